//! Weekly windows of wall-clock time and how people write them: `Mo 09:00-15:00`.
//! What instants they mean in a zone is the business of `wall`.

use crate::domain::fold;
use chrono::Weekday;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Why a written window cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WindowError {
    /// The text has another shape.
    #[error("`{0}` is not a window such as \"Mo 09:00-15:00\"")]
    Shape(String),
    /// The text is no times of one day.
    #[error("`{0}` is not a time of day such as \"09:00-12:00\"")]
    Times(String),
    /// The day is not known.
    #[error("`{0}` is not a day; write Mo, Tu, We, Th, Fr, Sa, Su or Po, Út, St, Čt, Pá, So, Ne")]
    Day(String),
    /// The time does not exist on a clock.
    #[error("`{0}` is not a time; write 00:00 to 24:00")]
    Time(String),
    /// A window cannot start at the end of a day.
    #[error("a window cannot start at 24:00; write 00:00 of the next day")]
    StartsAtEnd,
}

/// A minute of a day, 0 to 1440; 1440 is written `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Minute(u16);

impl Minute {
    /// The end of a day.
    pub const END: Self = Self(1_440);

    /// Takes an hour and a minute; what no clock shows is `None`.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if minute < 60 && (hour < 24 || (hour == 24 && minute == 0)) { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// Returns the minutes since midnight.
    #[must_use]
    pub const fn of_day(self) -> u16 {
        self.0
    }

    /// Returns the time as a person writes it: `9:00`.
    pub(super) fn spoken(self) -> String {
        format!("{}:{:02}", self.0 / 60, self.0 % 60)
    }

    /// Reads `9:00`, `09:00` or `24:00`.
    ///
    /// # Errors
    /// [`WindowError::Time`] for anything else.
    pub fn read(text: &str) -> Result<Self, WindowError> {
        let digits = |part: &str, most: usize| {
            let plain = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if plain { part.parse().ok() } else { None }
        };
        text.split_once(':')
            .filter(|(_, minute)| minute.len() == 2)
            .and_then(|(hour, minute)| Self::new(digits(hour, 2)?, digits(minute, 2)?))
            .ok_or_else(|| WindowError::Time(text.to_owned()))
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for Minute {
    type Error = WindowError;

    fn try_from(text: String) -> Result<Self, WindowError> {
        Self::read(&text)
    }
}

impl From<Minute> for String {
    fn from(minute: Minute) -> Self {
        minute.to_string()
    }
}

/// A window of every week; it ends on the next day when `to` is not after `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Window {
    /// The day the window starts on.
    pub weekday: Weekday,
    /// When it starts.
    pub from: Minute,
    /// When it ends; not after `from` means on the next day.
    pub to: Minute,
}

impl Window {
    /// Reads one window, such as `Mo 09:00-15:00`.
    ///
    /// # Errors
    /// Says which part is not understood; a text of several days is refused as a shape.
    pub fn read(text: &str) -> Result<Self, WindowError> {
        match Self::read_many(text)?.as_slice() {
            [one] => Ok(*one),
            _ => Err(WindowError::Shape(text.to_owned())),
        }
    }

    /// Reads the same hours of one or more days: `Mo 09:00-15:00`, `Mo,We 09:00-15:00`, `Mo-Fr 22:00-06:00`.
    ///
    /// # Errors
    /// Says which part is not understood.
    pub fn read_many(text: &str) -> Result<Vec<Self>, WindowError> {
        let shape = || WindowError::Shape(text.to_owned());
        let (days, times) = text.trim().rsplit_once(char::is_whitespace).ok_or_else(shape)?;
        let (from, to) = times.split_once(['-', '–']).ok_or_else(shape)?;
        let (from, to) = (Minute::read(from)?, Minute::read(to)?);
        if from == Minute::END {
            return Err(WindowError::StartsAtEnd);
        }
        Ok(read_days(days)?.into_iter().map(|weekday| Self { weekday, from, to }).collect())
    }

    /// Returns how long the window is by the clock on the wall, in minutes.
    #[must_use]
    pub const fn minutes(&self) -> u16 {
        if self.to.0 > self.from.0 { self.to.0 - self.from.0 } else { self.to.0 + Minute::END.0 - self.from.0 }
    }

    /// Tells whether two windows share a minute of the week.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        const WEEK: u32 = 7 * 1_440;
        let start = |window: &Self| window.weekday.num_days_from_monday() * 1_440 + u32::from(window.from.0);
        let distance = |a: &Self, b: &Self| (start(b) + WEEK - start(a)) % WEEK;
        distance(self, other) < u32::from(self.minutes()) || distance(other, self) < u32::from(other.minutes())
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = match self.weekday {
            Weekday::Mon => "Mo",
            Weekday::Tue => "Tu",
            Weekday::Wed => "We",
            Weekday::Thu => "Th",
            Weekday::Fri => "Fr",
            Weekday::Sat => "Sa",
            Weekday::Sun => "Su",
        };
        write!(f, "{day} {}-{}", self.from, self.to)
    }
}

impl TryFrom<String> for Window {
    type Error = WindowError;

    fn try_from(text: String) -> Result<Self, WindowError> {
        Self::read(&text)
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

fn read_days(text: &str) -> Result<Vec<Weekday>, WindowError> {
    let mut days = Vec::new();
    for part in text.split(',') {
        match part.split_once(['-', '–']) {
            Some((first, last)) => days.extend(day_range(read_day(first)?, read_day(last)?)),
            None => days.push(read_day(part)?),
        }
    }
    Ok(days)
}

fn day_range(first: Weekday, last: Weekday) -> Vec<Weekday> {
    let mut days = vec![first];
    let mut day = first;
    while day != last {
        day = day.succ();
        days.push(day);
    }
    days
}

/// English and Czech names of days share no beginning, so both are always taken.
fn read_day(text: &str) -> Result<Weekday, WindowError> {
    const NAMES: [(Weekday, &[&str]); 7] = [
        (Weekday::Mon, &["mo", "mon", "monday", "po", "pondeli"]),
        (Weekday::Tue, &["tu", "tue", "tuesday", "ut", "utery"]),
        (Weekday::Wed, &["we", "wed", "wednesday", "st", "streda"]),
        (Weekday::Thu, &["th", "thu", "thursday", "ct", "ctvrtek"]),
        (Weekday::Fri, &["fr", "fri", "friday", "pa", "patek"]),
        (Weekday::Sat, &["sa", "sat", "saturday", "so", "sobota"]),
        (Weekday::Sun, &["su", "sun", "sunday", "ne", "nedele"]),
    ];
    let word = fold(text.trim());
    let known = NAMES.iter().find(|(_, names)| names.contains(&word.as_str()));
    known.map(|(day, _)| *day).ok_or_else(|| WindowError::Day(text.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Window, WindowError};

    #[test]
    fn windows_are_written_as_they_are_read() {
        for text in ["Mo 09:00-15:00", "Su 00:00-24:00", "Fr 22:00-06:00", "We 00:00-00:00"] {
            assert_eq!(Window::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Window::read("Středa 9:00–15:00").unwrap().to_string(), "We 09:00-15:00");
    }

    #[test]
    fn several_days_at_once() {
        let days = |text: &str| Window::read_many(text).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(days("Po,St 9:00-15:00"), ["Mo 09:00-15:00", "We 09:00-15:00"]);
        assert_eq!(days("Sa-Mo 22:00-06:00"), ["Sa 22:00-06:00", "Su 22:00-06:00", "Mo 22:00-06:00"]);
    }

    #[test]
    fn mistakes_name_what_is_wrong() {
        let table = [
            ("Mo 25:00-26:00", WindowError::Time("25:00".into())),
            ("Mo 09:60-15:00", WindowError::Time("09:60".into())),
            ("Mo 24:01-15:00", WindowError::Time("24:01".into())),
            ("Mo 9-15", WindowError::Time("9".into())),
            ("Mo 09:00-+5:00", WindowError::Time("+5:00".into())),
            ("Xx 09:00-15:00", WindowError::Day("Xx".into())),
            ("Mo 24:00-06:00", WindowError::StartsAtEnd),
            ("09:00-15:00", WindowError::Shape("09:00-15:00".into())),
            ("Mo 09:00", WindowError::Shape("Mo 09:00".into())),
            ("", WindowError::Shape(String::new())),
        ];
        for (text, error) in table {
            assert_eq!(Window::read_many(text), Err(error), "{text}");
        }
    }

    #[test]
    fn overlaps_know_the_week_is_round() {
        let table = [
            ("Mo 09:00-12:00", "Mo 12:00-15:00", false),
            ("Mo 09:00-12:00", "Mo 11:59-15:00", true),
            ("Su 22:00-06:00", "Mo 05:00-07:00", true),
            ("Su 22:00-06:00", "Mo 06:00-07:00", false),
            ("Mo 09:00-09:00", "Tu 08:59-10:00", true),
            ("Mo 09:00-15:00", "Tu 09:00-15:00", false),
        ];
        for (a, b, expected) in table {
            let (a, b) = (Window::read(a).unwrap(), Window::read(b).unwrap());
            assert_eq!((a.overlaps(&b), b.overlaps(&a)), (expected, expected), "{a} and {b}");
        }
    }
}
