//! Events of a file read as rules of a line. What is not understood is set aside with the reason.

use super::content::Block;
use super::feed::{NAMED, ORDER};
use super::moment::{Moment, When};
use super::weekly::Weekly;
use super::wish::Wish;
use super::{Unread, who};
use crate::domain::{Bilingual, OperatorId, RuleId, fold};
use crate::routing::wall::Wall;
use crate::routing::{Change, Closure, Line, Operator, Override, Refusal, Shift, Span};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The longest single event that is a shift.
const LENGTH_MAX: TimeDelta = TimeDelta::days(31);
/// Longest words of a closure, in characters: they also leave as an SMS.
const WORDS_MAX: usize = 300;
/// What the name of a closure begins with.
const CLOSED: [&str; 5] = ["zavreno", "uzavreno", "uzavreni", "closed", "closure"];

/// What the reader knows.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) line: &'a Line,
    pub(super) operators: &'a [Operator],
    pub(super) now: DateTime<Utc>,
}

/// One event that was understood, with those that change single occurrences of it.
pub(super) struct Reading {
    pub(super) at: usize,
    pub(super) summary: String,
    /// What the names of its rules begin with.
    pub(super) key: String,
    /// The rules it asks for; none for one that was called off.
    pub(super) wishes: Vec<Wish>,
    series: Option<(OperatorId, Weekly)>,
}

/// Everything that was read.
#[derive(Default)]
pub(super) struct Readings {
    pub(super) read: Vec<Reading>,
    pub(super) unread: Vec<Unread>,
    /// Events that are over.
    pub(super) past: usize,
}

impl Readings {
    /// Reads all events: first those that stand for themselves, then those that change another.
    pub(super) fn of(known: Known<'_>, blocks: &[Block]) -> Self {
        let (mut all, mut by_key) = (Self::default(), BTreeMap::new());
        let (changing, own): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.find("RECURRENCE-ID").is_some());
        for block in own {
            let key = key(known, block);
            let read = if by_key.contains_key(&key) { Err(twice()) } else { known.event(block, &key) };
            match read {
                Ok(Some((wishes, series))) => {
                    by_key.insert(key.clone(), Some(all.read.len()));
                    all.read.push(Reading { at: block.at, summary: block.summary(), key, wishes, series });
                }
                Ok(None) => {
                    by_key.insert(key, None);
                    all.past += 1;
                }
                Err(refusal) => all.unread.push(Unread::new(block, refusal)),
            }
        }
        for block in changing {
            let series = match by_key.get(&key(known, block)) {
                // A change of what is over is over.
                Some(None) => {
                    all.past += 1;
                    continue;
                }
                Some(Some(at)) => all.read.get_mut(*at),
                None => None,
            };
            let read = series.ok_or_else(alone).and_then(|series| known.occurrence(block, series));
            all.unread.extend(read.err().map(|refusal| Unread::new(block, refusal)));
        }
        all.unread.sort_by_key(|unread| unread.at);
        all
    }
}

type Event = (Vec<Wish>, Option<(OperatorId, Weekly)>);

impl Known<'_> {
    /// Reads an event that stands for itself; `None` when it is over.
    fn event(self, block: &Block, key: &str) -> Result<Option<Event>, Refusal> {
        if let Some(broken) = &block.broken {
            return Err(broken.clone());
        }
        if is_cancelled(block) {
            return Ok(Some((Vec::new(), None)));
        }
        if let Some(part) = ["RDATE", "EXRULE"].into_iter().find(|part| block.find(part).is_some()) {
            return Err(Refusal::new(format!("dnům navíc ({part}) nerozumíme; udělejte z nich vlastní události"), format!("further days ({part}) are not understood; make events of them")));
        }
        let when = When::read(block, self.line.zone)?;
        let read = match (closure(block)?, block.find("RRULE")) {
            (Some(_), Some(_)) => return Err(Refusal::new("opakované uzavření neumíme; zapište každé zvlášť", "a repeated closure is not understood; write each one down")),
            (Some(text), None) => (vec![self.closed(key, text, &when)], None),
            (None, rule) => {
                let operator = who::serves(block, self.line, self.operators)?;
                match rule {
                    None => (vec![self.once(block, key, operator, &when)?], None),
                    Some(rule) => self.weekly(block, key, operator, &rule.value, &when)?,
                }
            }
        };
        // A series may be over and still ask for its days off: those are over as well.
        let over = read.0.iter().all(|wish| wish.is_past(self.now, self.line.zone));
        Ok((!over).then_some(read))
    }

    fn closed(self, key: &str, text: Bilingual, when: &When) -> Wish {
        let span = when.span(self.line.zone);
        Wish::Closure(Closure { id: Some(RuleId::new(key)), from: span.from, to: span.to, text })
    }

    fn once(self, block: &Block, id: &str, operator: OperatorId, when: &When) -> Result<Wish, Refusal> {
        if matches!(when, When::Days(..)) {
            return Err(Refusal {
                hint: Some(Bilingual::new("zapište ji s časem; uzavření linky pojmenujte „Zavřeno: proč“", "give it a time; name a closure of the line `Closed: why`")),
                ..Refusal::new("celodenní událost neříká, od kdy do kdy se slouží", "an event of whole days does not say when duty begins and ends")
            });
        }
        let span = when.span(self.line.zone);
        if span.to.signed_duration_since(span.from) > LENGTH_MAX {
            return Err(Refusal::new("událost je delší než 31 dní", "the event is longer than 31 days"));
        }
        let change = Change::Add { operator, order: order(block)? };
        Ok(Wish::Change(Override { id: RuleId::new(id), from: span.from, to: span.to, change }))
    }

    fn weekly(self, block: &Block, key: &str, operator: OperatorId, rule: &str, when: &When) -> Result<Event, Refusal> {
        let (weekly, order) = (Weekly::read(rule, when, self.line.zone)?, order(block)?);
        let shift = |window: &crate::routing::Window| Shift {
            id: Some(RuleId::new(format!("{key}-{}", window.weekday.to_string().to_lowercase()))),
            operator: operator.clone(),
            window: *window,
            order,
            valid_from: Some(weekly.first),
            valid_to: weekly.last,
        };
        let mut wishes: Vec<Wish> = weekly.windows.iter().map(shift).map(Wish::Shift).collect();
        let mut left_out = Vec::new();
        for content in block.all("EXDATE") {
            left_out.extend(Moment::read_all(content, self.line.zone)?.into_iter().map(|moment| moment.date_in(self.line.zone)));
        }
        left_out.sort_unstable();
        left_out.dedup();
        // A day on which nothing would happen needs no leaving out.
        wishes.extend(left_out.into_iter().filter_map(|date| self.off(key, &operator, &weekly, date)));
        Ok((wishes, Some((operator, weekly))))
    }

    /// The person does not serve the occurrence of a date, unless there is none or it is over.
    fn off(self, key: &str, operator: &OperatorId, weekly: &Weekly, date: NaiveDate) -> Option<Wish> {
        let span = Wall::exact(self.line.zone).span(weekly.on(date)?, date);
        let change = Change::Remove { operator: operator.clone() };
        let off = Wish::Change(Override { id: RuleId::new(format!("{key}-off-{}", date.format("%Y%m%d"))), from: span.from, to: span.to, change });
        (span.from < span.to && !off.is_past(self.now, self.line.zone)).then_some(off)
    }

    /// Reads an event that changes one occurrence of another: that one is left out, and the person
    /// serves when and if it says so.
    fn occurrence(self, block: &Block, series: &mut Reading) -> Result<(), Refusal> {
        if let Some(broken) = &block.broken {
            return Err(broken.clone());
        }
        let Reading { key, wishes, series: Some((operator, weekly)), .. } = series else { return Err(alone()) };
        let zone = self.line.zone;
        let date = block.find("RECURRENCE-ID").map(|content| Moment::read(content, zone)).transpose()?.map(|moment| moment.date_in(zone));
        let window = date.and_then(|date| weekly.on(date).map(|window| (date, window)));
        let (date, window) = window.ok_or_else(|| Refusal::new("mění den, na který opakování nepřipadá", "it changes a day on which nothing is repeated"))?;
        let mut new = Vec::new();
        if !is_cancelled(block) {
            let id = format!("{key}-on-{}", date.format("%Y%m%d"));
            new.push(self.once(block, &id, who::serves(block, self.line, self.operators)?, &When::read(block, zone)?)?);
        }
        let planned: Span = Wall::exact(zone).span(window, date);
        let same = |wish: &Wish| matches!(wish, Wish::Change(Override { from, to, change: Change::Add { operator: who, .. }, .. }) if who == operator && (*from, *to) == (planned.from, planned.to));
        if new.iter().any(same) {
            return Ok(());
        }
        let off = self.off(key, operator, weekly, date).into_iter();
        for wish in off.chain(new).filter(|wish| !wish.is_past(self.now, zone)) {
            if !wishes.iter().any(|other| other.id() == wish.id()) {
                wishes.push(wish);
            }
        }
        Ok(())
    }
}

/// What the names of an event's rules begin with; an event without a name of its own is known by
/// what it says.
fn key(known: Known<'_>, block: &Block) -> String {
    let uid = match block.value("UID") {
        "" => ["SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE"].map(|name| block.value(name)).join("\n"),
        uid => uid.to_owned(),
    };
    format!("ical-{}", Uuid::new_v5(&NAMED, format!("import\n{}\n{uid}", known.line.id).as_bytes()).simple())
}

fn alone() -> Refusal {
    Refusal::new("mění opakovanou událost, která v souboru není nebo jí nerozumíme", "it changes a repeated event that is not in the file or not understood")
}

fn twice() -> Refusal {
    Refusal::new("událost se stejným UID už v souboru je", "an event with the same UID stands in the file already")
}

fn is_cancelled(block: &Block) -> bool {
    block.value("STATUS").eq_ignore_ascii_case("CANCELLED")
}

fn order(block: &Block) -> Result<u8, Refusal> {
    let text = match block.value(ORDER) {
        "" => return Ok(1),
        text => text,
    };
    text.parse().ok().filter(|order| (1..=99).contains(order)).ok_or_else(|| Refusal::new("pořadí je číslo od 1 do 99", "the place in the row is a number from 1 to 99"))
}

/// Returns the words of a closure, when the event is one: `Zavřeno: stěhujeme se`.
fn closure(block: &Block) -> Result<Option<Bilingual>, Refusal> {
    let summary: String = block.value("SUMMARY").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let (first, rest) = summary.split_at(summary.find(|c: char| !c.is_alphanumeric()).unwrap_or(summary.len()));
    if !CLOSED.contains(&fold(first).as_str()) {
        return Ok(None);
    }
    let text = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | ','));
    if text.chars().count() > WORDS_MAX {
        return Err(Refusal::new("text uzavření je moc dlouhý, vejde se 300 znaků", "the words of the closure are too long, 300 characters fit"));
    }
    Ok(Some(if text.is_empty() { Bilingual::new("Linka je mimořádně zavřená.", "The line is closed.") } else { Bilingual::new(text, text) }))
}
