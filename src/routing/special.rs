//! Days with hours of their own: shorter, longer, none, or open on a public holiday.

use super::{Minute, Window, WindowError};
use crate::domain::Bilingual;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A date on which other hours hold than every week, also when it is a public holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The date the hours start on.
    pub date: NaiveDate,
    /// The openings that start on that date; none means closed.
    pub hours: Vec<Times>,
    /// What people are told, if anything.
    pub text: Option<Bilingual>,
}

impl SpecialDay {
    /// Lists the openings as windows of their weekday.
    pub(super) fn windows(&self) -> impl Iterator<Item = Window> + '_ {
        let weekday = self.date.weekday();
        self.hours.iter().map(move |times| Window { weekday, from: times.from, to: times.to })
    }
}

/// Hours of one day; they end on the next day when `to` is not after `from`. Written `09:00-12:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Times {
    /// When they start.
    pub from: Minute,
    /// When they end.
    pub to: Minute,
}

impl Times {
    /// Reads hours such as `9:00-12:00`.
    ///
    /// # Errors
    /// Says which part is not understood.
    pub fn read(text: &str) -> Result<Self, WindowError> {
        let shape = || WindowError::Times(text.to_owned());
        let (from, to) = text.trim().split_once(['-', '–']).ok_or_else(shape)?;
        let (from, to) = (Minute::read(from)?, Minute::read(to)?);
        if from == Minute::END { Err(WindowError::StartsAtEnd) } else { Ok(Self { from, to }) }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

impl TryFrom<String> for Times {
    type Error = WindowError;

    fn try_from(text: String) -> Result<Self, WindowError> {
        Self::read(&text)
    }
}

impl From<Times> for String {
    fn from(times: Times) -> Self {
        times.to_string()
    }
}
