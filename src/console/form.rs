//! Forms of the roster: what was typed, read field by field, with a sentence for everything that
//! cannot be read. It knows words and dates, no rules; the fields a page shows are in `inputs`.

use super::label;
use crate::domain::{Bilingual, Lang};
use crate::routing::{Minute, Refusal, Span, Window};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;

/// Longest words people are told, in characters: they also leave as an SMS.
const WORDS_MAX: usize = 300;
/// The years a roster may speak of; others are slips of the hand.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// The days of a week in the order people read them.
pub(super) const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// What a form sent, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    /// Makes what a form would send.
    #[must_use]
    pub(super) const fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Returns a field, trimmed; empty when it was not sent.
    #[must_use]
    pub(super) fn of(&self, name: &str) -> &str {
        self.0.iter().find(|(sent, _)| sent == name).map_or("", |(_, value)| value.trim())
    }

    /// Returns a field that somebody filled in.
    #[must_use]
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        Some(self.of(name)).filter(|value| !value.is_empty())
    }

    /// Lists the ticked days.
    #[must_use]
    pub(super) fn days(&self) -> Vec<Weekday> {
        WEEK.into_iter().filter(|day| self.given(day_name(*day)).is_some()).collect()
    }
}

/// Why a form was not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Trouble {
    /// Each reason as a sentence.
    pub(super) problems: Vec<String>,
    /// Nothing forbids it, it only looks wrong: it may be saved all the same.
    pub(super) passable: bool,
}

impl Trouble {
    /// Puts refusals into sentences.
    #[must_use]
    pub(super) fn refused(refusals: &[Refusal], lang: Lang) -> Self {
        let one = |refusal: &Refusal| {
            let text = format!("{}.", label::sentence(refusal.text.get(lang)));
            match &refusal.hint {
                Some(hint) => format!("{text} {}", label::sentence(hint.get(lang))),
                None => text,
            }
        };
        Self { problems: refusals.iter().map(one).collect(), passable: false }
    }

    /// One reason.
    #[must_use]
    pub(super) fn one(problem: impl Into<String>) -> Self {
        Self { problems: vec![problem.into()], passable: false }
    }
}

/// Reads the fields of one form and gathers what cannot be understood.
pub(super) struct Reading<'a> {
    typed: &'a Typed,
    lang: Lang,
    problems: Vec<String>,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    #[must_use]
    pub(super) const fn of(typed: &'a Typed, lang: Lang) -> Self {
        Self { typed, lang, problems: Vec::new() }
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, cs: &str, en: &str) {
        self.problems.push(self.lang.pick(cs, en).to_owned());
    }

    /// Returns what was read when nothing was wrong.
    ///
    /// # Errors
    /// Everything that was.
    pub(super) fn done<T>(self, read: Option<T>) -> Result<T, Trouble> {
        match read.filter(|_| self.problems.is_empty()) {
            Some(read) => Ok(read),
            None => Err(Trouble { problems: self.problems, passable: false }),
        }
    }

    /// Reads a choice that must be made.
    pub(super) fn chosen(&mut self, name: &str, cs: &str, en: &str) -> Option<&'a str> {
        let given = self.typed.given(name);
        if given.is_none() {
            self.problem(cs, en);
        }
        given
    }

    /// Reads a date; an empty field is `None` and no problem.
    pub(super) fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.typed.given(name)?;
        let date = read_date(text);
        if date.is_none() {
            self.problems.push(match self.lang {
                Lang::Cs => format!("„{text}“ není datum. Napište ho třeba 24. 12. 2026."),
                Lang::En => format!("“{text}” is not a date. Write it as 2026-12-24."),
            });
        }
        date
    }

    /// Reads a date that must be there.
    pub(super) fn needed_date(&mut self, name: &str) -> Option<NaiveDate> {
        if self.typed.given(name).is_none() {
            self.problem("Vyplňte prosím den.", "Please fill in the day.");
        }
        self.date(name)
    }

    /// Reads a time; an empty field is `None` and no problem.
    pub(super) fn time(&mut self, name: &str) -> Option<Minute> {
        let text = self.typed.given(name)?;
        let minute = read_time(text);
        if minute.is_none() {
            self.problems.push(match self.lang {
                Lang::Cs => format!("„{text}“ není čas. Napište ho třeba 9:00; konec dne je 24:00."),
                Lang::En => format!("“{text}” is not a time. Write it as 9:00; the end of a day is 24:00."),
            });
        }
        minute
    }

    /// Reads two times of a day; `None` where one of them is missing or wrong.
    pub(super) fn times(&mut self, from: &str, to: &str) -> Option<(Minute, Minute)> {
        let wanted = [from, to].map(|name| self.typed.given(name).is_some());
        let (from, to) = (self.time(from), self.time(to));
        if wanted.contains(&false) {
            self.problem("Vyplňte prosím čas od i do.", "Please fill in both times.");
        }
        if from == Some(Minute::END) {
            self.problem(
                "Na začátku nemůže být 24:00. Napište 0:00 následujícího dne.",
                "24:00 cannot be a start. Write 0:00 of the next day.",
            );
        }
        from.zip(to).filter(|(from, _)| *from != Minute::END)
    }

    /// Reads the same times of every ticked day.
    pub(super) fn windows(&mut self, from: &str, to: &str) -> Option<Vec<Window>> {
        let (days, times) = (self.typed.days(), self.times(from, to));
        if days.is_empty() {
            self.problem("Vyberte prosím aspoň jeden den.", "Please choose a day at least.");
        }
        let (from, to) = times?;
        Some(days.into_iter().map(|weekday| Window { weekday, from, to }).collect())
    }

    /// Reads a stretch: without times whole days, without the last day the same one – or the next
    /// one, when the end is not after the start.
    pub(super) fn span(&mut self, zone: Tz) -> Option<Span> {
        let (first, last) = (self.needed_date("from_date"), self.date("to_date"));
        let (begins, ends) = (self.time("from_time"), self.time("to_time"));
        let slip = |given: Option<&str>, read: bool| given.is_some() && !read;
        if slip(self.typed.given("from_time"), begins.is_some()) || slip(self.typed.given("to_time"), ends.is_some()) || slip(self.typed.given("to_date"), last.is_some()) {
            return None;
        }
        let (first, begins, ends) = (first?, begins.unwrap_or_else(midnight), ends.unwrap_or(Minute::END));
        let over = u64::from(last.is_none() && ends <= begins);
        let last = last.unwrap_or(first).checked_add_days(Days::new(over))?;
        Some(Span::on_wall(zone, on(first, begins)?, on(last, ends)?))
    }

    /// Reads words for both languages; where the English is missing, the Czech stand for it.
    pub(super) fn words(&mut self) -> Option<Bilingual> {
        let cs = self.typed.given("cs")?;
        let en = self.typed.given("en").unwrap_or(cs);
        if [cs, en].iter().any(|text| text.chars().count() > WORDS_MAX) {
            self.problem("Text je moc dlouhý, vejde se 300 znaků.", "The text is too long, 300 characters fit.");
        }
        Some(Bilingual::new(cs, en))
    }

    /// Reads a place in the row; the first one when it is left out.
    pub(super) fn order(&mut self) -> u8 {
        let Some(text) = self.typed.given("order") else { return 1 };
        let order = text.parse().ok().filter(|order| (1..=99).contains(order));
        if order.is_none() {
            self.problem("Pořadí je číslo od 1 do 99.", "The place in the row is a number from 1 to 99.");
        }
        order.unwrap_or(1)
    }
}

fn midnight() -> Minute {
    Minute::new(0, 0).unwrap_or(Minute::END)
}

/// Joins a date and a time; 24:00 is the beginning of the next day.
fn on(date: NaiveDate, minute: Minute) -> Option<NaiveDateTime> {
    let midnight = date.and_time(NaiveTime::MIN);
    midnight.checked_add_signed(chrono::TimeDelta::minutes(i64::from(minute.of_day())))
}

/// Reads `2026-12-24` as browsers send it, or `24. 12. 2026` as people write it.
#[must_use]
pub(super) fn read_date(text: &str) -> Option<NaiveDate> {
    let plain = text.replace(' ', "");
    let date = NaiveDate::parse_from_str(&plain, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(&plain, "%d.%m.%Y"));
    date.ok().filter(|date| YEARS.contains(&date.year()))
}

/// Reads `9:00`, `9.00`, `9` or `24:00`.
#[must_use]
pub(super) fn read_time(text: &str) -> Option<Minute> {
    let plain = text.replace('.', ":");
    let plain = if plain.contains(':') { plain } else { format!("{plain}:00") };
    Minute::read(&plain).ok()
}

/// Names the box of a day.
#[must_use]
pub(super) const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "day-mo",
        Weekday::Tue => "day-tu",
        Weekday::Wed => "day-we",
        Weekday::Thu => "day-th",
        Weekday::Fri => "day-fr",
        Weekday::Sat => "day-sa",
        Weekday::Sun => "day-su",
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, Typed, read_date, read_time};
    use crate::domain::Lang;
    use crate::routing::{Line, Window};

    /// Fields by name, as they are typed.
    type Fields = &'static [(&'static str, &'static str)];

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn dates_and_times_as_people_write_them() {
        for (text, date) in [("2026-12-24", "2026-12-24"), ("24. 12. 2026", "2026-12-24"), ("4.1.2027", "2027-01-04")] {
            assert_eq!(read_date(text).unwrap().to_string(), date, "{text}");
        }
        for text in ["", "zítra", "2026-02-30", "31. 6. 2026", "20260-01-01", "0026-01-01", "24. 12."] {
            assert_eq!(read_date(text), None, "{text}");
        }
        for (text, minute) in [("9:00", 540), ("09:05", 545), ("9.30", 570), ("9", 540), ("24:00", 1440), ("0:00", 0)] {
            assert_eq!(read_time(text).unwrap().of_day(), minute, "{text}");
        }
        for text in ["", "25:00", "9:5", "24:01", "devět", "9:60", "-1"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    #[test]
    fn stretches_take_what_is_left_out() {
        let table: [(Fields, &str, &str); 6] = [
            (&[("from_date", "2026-12-02")], "2026-12-01T23:00:00Z", "2026-12-02T23:00:00Z"),
            (&[("from_date", "2026-12-02"), ("to_date", "2026-12-04")], "2026-12-01T23:00:00Z", "2026-12-04T23:00:00Z"),
            (&[("from_date", "2026-12-02"), ("from_time", "9:00"), ("to_time", "15:00")], "2026-12-02T08:00:00Z", "2026-12-02T14:00:00Z"),
            (&[("from_date", "2026-12-02"), ("from_time", "22:00"), ("to_time", "6:00")], "2026-12-02T21:00:00Z", "2026-12-03T05:00:00Z"),
            // The hour that is there twice: from its first beginning to its last end.
            (&[("from_date", "2026-10-25"), ("from_time", "2:00"), ("to_time", "2:30")], "2026-10-25T00:00:00Z", "2026-10-25T01:30:00Z"),
            // The hour that is not there: the first instant after it.
            (&[("from_date", "2026-03-29"), ("from_time", "2:30"), ("to_time", "5:00")], "2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"),
        ];
        for (pairs, from, to) in table {
            let typed = typed(pairs);
            let mut reading = Reading::of(&typed, Lang::Cs);
            let span = reading.span(Line::ZONE);
            let span = reading.done(span).unwrap();
            assert_eq!((span.from, span.to), (from.parse().unwrap(), to.parse().unwrap()), "{pairs:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let typed = typed(&[("from_date", "30. 2. 2026"), ("from_time", "25:00"), ("order", "0"), ("to", "24:00"), ("from", "24:00")]);
        let mut reading = Reading::of(&typed, Lang::Cs);
        assert_eq!((reading.span(Line::ZONE), reading.order(), reading.windows("from", "to")), (None, 1, None));
        let trouble = reading.done(Some(())).unwrap_err();
        let said = trouble.problems.join(" ");
        for part in ["„30. 2. 2026“ není datum", "„25:00“ není čas", "Pořadí je číslo", "nemůže být 24:00", "aspoň jeden den"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn ticked_days_share_their_times() {
        let typed = typed(&[("day-mo", "1"), ("day-we", "1"), ("from", "22:00"), ("to", "6")]);
        let mut reading = Reading::of(&typed, Lang::Cs);
        let windows = reading.windows("from", "to");
        let windows: Vec<String> = reading.done(windows).unwrap().iter().map(Window::to_string).collect();
        assert_eq!(windows, ["Mo 22:00-06:00", "We 22:00-06:00"]);
    }
}
