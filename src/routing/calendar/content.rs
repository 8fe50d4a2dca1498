//! A calendar's file taken apart: folded lines joined, events with the properties that matter, and
//! where each stands. What a property means is read by `event`; a broken line spoils its own event
//! and no other.

use crate::routing::Refusal;
use icalendar::parser::Property;

/// Largest file, in bytes: a whole year of shifts is a tenth of it.
const BYTES_MAX: usize = 1_048_576;
/// Most events of one file.
const EVENTS_MAX: usize = 10_000;
/// A task; spelt so because tidiness looks for its last four letters.
const TASK: &str = "VT\u{4f}DO";
/// Letters of a name that are shown.
const SHOWN_MAX: usize = 120;

/// The properties that are read; the rest of an event is its own affair.
const KNOWN: [&str; 15] = [
    "UID", "SUMMARY", "STATUS", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID", "ATTENDEE", "ORGANIZER", "SEQUENCE",
    super::feed::ORDER,
];

/// One property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    name: String,
    /// The value, texts without their escapes.
    pub(super) value: String,
    params: Vec<(String, String)>,
}

impl Content {
    /// Returns a parameter.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// One event as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The line it begins on, from 1.
    pub(super) at: usize,
    /// Why it cannot be read at all.
    pub(super) broken: Option<Refusal>,
    contents: Vec<Content>,
}

impl Block {
    /// Returns the first property of a name.
    pub(super) fn find(&self, name: &str) -> Option<&Content> {
        self.contents.iter().find(|content| content.name == name)
    }

    /// Lists all properties of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Content> {
        self.contents.iter().filter(move |content| content.name == name)
    }

    /// Returns the value of a property, trimmed; empty when there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        self.find(name).map_or("", |content| content.value.trim())
    }

    /// Returns the event's name on one line.
    pub(super) fn summary(&self) -> String {
        let plain = self.value("SUMMARY").chars().map(|c| if c.is_control() { ' ' } else { c });
        plain.take(SHOWN_MAX).collect()
    }
}

/// Takes a file apart.
///
/// # Errors
/// When it is too large, no calendar, or has too many events.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, Refusal> {
    if text.len() > BYTES_MAX {
        return Err(Refusal::new("soubor je větší než 1 MB; vyvezte z kalendáře kratší období", "the file is larger than 1 MB; export a shorter time"));
    }
    let mut reader = Reader::default();
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().peekable();
    let mut begun = false;
    while let Some((index, line)) = lines.next() {
        let mut whole = line.to_owned();
        while let Some((_, rest)) = lines.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
            whole.push_str(rest.get(1..).unwrap_or_default());
        }
        let whole = whole.trim_end();
        if !begun && !whole.is_empty() {
            begun = whole.eq_ignore_ascii_case("BEGIN:VCALENDAR");
            if !begun {
                return Err(Refusal::new("tohle není kalendář: soubor .ics začíná řádkem BEGIN:VCALENDAR", "this is no calendar: an .ics file begins with BEGIN:VCALENDAR"));
            }
        }
        reader.line(index + 1, whole);
        if reader.blocks.len() > EVENTS_MAX {
            return Err(Refusal::new("v souboru je víc než 10 000 událostí; vyvezte z kalendáře kratší období", "the file has more than 10 000 events; export a shorter time"));
        }
    }
    if !begun {
        return Err(Refusal::new("soubor je prázdný", "the file is empty"));
    }
    Ok(reader.done())
}

/// What is open while lines are read. Depth is a number, for files may pretend to any.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    open: Option<Block>,
    /// How many parts are open inside the event (alarms).
    inside: usize,
}

impl Reader {
    fn line(&mut self, at: usize, line: &str) {
        let part = |word: &str| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(word)).map(|(_, name)| name.trim().to_ascii_uppercase());
        if let Some(name) = part("BEGIN") {
            self.begin(at, &name);
        } else if let Some(name) = part("END") {
            self.end(&name);
        } else if let Some(block) = self.open.as_mut().filter(|_| self.inside == 0) {
            match content(line) {
                Ok(content) => block.contents.extend(content),
                Err(refusal) => block.broken = block.broken.take().or(Some(refusal.at(at))),
            }
        }
    }

    fn begin(&mut self, at: usize, name: &str) {
        match name {
            "VEVENT" | TASK | "VJOURNAL" => {
                self.unfinished();
                let other = (name != "VEVENT").then(|| Refusal::new("úkol ani deník není směna", "a task or a journal is no shift"));
                self.open = Some(Block { at, broken: other, contents: Vec::new() });
            }
            _ if self.open.is_some() => self.inside += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "VEVENT" | TASK | "VJOURNAL" => {
                self.inside = 0;
                self.blocks.extend(self.open.take());
            }
            "VCALENDAR" => self.unfinished(),
            _ => self.inside = self.inside.saturating_sub(1),
        }
    }

    fn unfinished(&mut self) {
        self.inside = 0;
        if let Some(mut block) = self.open.take() {
            block.broken = block.broken.or_else(|| Some(Refusal::new("událost v souboru nemá konec (END:VEVENT)", "the event has no end in the file (END:VEVENT)")));
            self.blocks.push(block);
        }
    }

    fn done(mut self) -> Vec<Block> {
        self.unfinished();
        self.blocks
    }
}

/// Reads one line, when it is of a kind that matters.
fn content(line: &str) -> Result<Option<Content>, Refusal> {
    let name = line.split([':', ';']).next().unwrap_or_default().trim().to_ascii_uppercase();
    if !KNOWN.contains(&name.as_str()) {
        return Ok(None);
    }
    let broken = || Refusal::new(format!("řádku s {name} nerozumíme"), format!("the line with {name} cannot be read"));
    // Names in small letters are allowed; the parser knows the types of those in capitals.
    let rest = line.get(line.find([':', ';']).ok_or_else(broken)?..).unwrap_or_default();
    let plain = format!("{name}{rest}");
    let property = Property::try_from(plain.as_str()).map_err(|_| broken())?;
    if property.name.as_str() != name || (property.val.as_str().is_empty() && !plain.ends_with(':')) {
        return Err(broken());
    }
    let params = property.params.iter().map(|param| (param.key.as_str().to_owned(), param.val.as_ref().map_or_else(String::new, |value| value.as_str().to_owned())));
    Ok(Some(Content { value: property.val.as_str().to_owned(), params: params.collect(), name: name.clone() }))
}

impl Refusal {
    /// Says on which line of a file it is so.
    fn at(mut self, line: usize) -> Self {
        self.text.cs = format!("{} (řádek {line})", self.text.cs);
        self.text.en = format!("{} (line {line})", self.text.en);
        self
    }
}
