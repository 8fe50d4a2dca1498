//! People who take turns: the same windows, another person each day or week.
//! Whose turn it is, is arithmetic on the date a window starts on; nothing is stored.

use super::Window;
use crate::domain::OperatorId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Windows that several people serve in turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// The row of people; the first one begins on `start`. A person may stand in it more than once.
    pub people: Vec<OperatorId>,
    /// When, every week; a window belongs to the date it starts on.
    pub windows: Vec<Window>,
    /// The place in the row of those on duty: 1 is asked first.
    pub order: u8,
    /// The date the first person's turn begins; turns change on its weekday.
    pub start: NaiveDate,
    /// How long one turn is.
    pub turn: Turn,
    /// The first day a window may start on; `start` when left out. An earlier day counts turns backwards.
    pub valid_from: Option<NaiveDate>,
    /// The last day a window may start on.
    pub valid_to: Option<NaiveDate>,
}

impl Rotation {
    /// Returns whose turn it is on `date`; nobody's when the rotation is not valid then.
    #[must_use]
    pub fn person_on(&self, date: NaiveDate) -> Option<&OperatorId> {
        let people = i64::try_from(self.people.len()).ok().filter(|people| *people > 0)?;
        if date < self.first_day() || self.valid_to.is_some_and(|last| last < date) {
            return None;
        }
        let turns = date.signed_duration_since(self.start).num_days().div_euclid(self.turn.days());
        self.people.get(usize::try_from(turns.rem_euclid(people)).ok()?)
    }

    /// Returns the first day a window may start on.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        self.valid_from.unwrap_or(self.start)
    }
}

/// The length of one turn, at least a day. Written `day`, `3 days`, `week` or `2 weeks`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Turn {
    /// So many days.
    Days(u8),
    /// So many weeks.
    Weeks(u8),
}

impl Turn {
    /// Returns the length in days.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::Days(days) => i64::from(days.max(1)),
            Self::Weeks(weeks) => 7 * i64::from(weeks.max(1)),
        }
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(0 | 1) => f.write_str("day"),
            Self::Days(days) => write!(f, "{days} days"),
            Self::Weeks(0 | 1) => f.write_str("week"),
            Self::Weeks(weeks) => write!(f, "{weeks} weeks"),
        }
    }
}

impl TryFrom<String> for Turn {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (count, unit) = text.trim().split_once(' ').unwrap_or(("1", text.trim()));
        let count: Option<u8> = count.parse().ok().filter(|count| *count > 0);
        match (count, unit.trim()) {
            (Some(count), "day" | "days") => Ok(Self::Days(count)),
            (Some(count), "week" | "weeks") => Ok(Self::Weeks(count)),
            (_, _) => Err(format!("`{text}` is not a turn such as \"week\", \"2 weeks\" or \"day\"")),
        }
    }
}

impl From<Turn> for String {
    fn from(turn: Turn) -> Self {
        turn.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{Rotation, Turn};
    use crate::routing::OperatorId;

    #[test]
    fn turns_are_counted_from_the_start() {
        let mut rotation = Rotation {
            people: ["jana", "petr", "eva"].map(OperatorId::new).into(),
            windows: Vec::new(),
            order: 1,
            start: "2026-12-02".parse().unwrap(),
            turn: Turn::Weeks(1),
            valid_from: None,
            valid_to: "2027-01-31".parse().ok(),
        };
        let who = |rotation: &Rotation, date: &str| rotation.person_on(date.parse().unwrap()).map_or("-".to_owned(), ToString::to_string);
        let table = [
            ("2026-12-01", "-"),
            ("2026-12-02", "jana"),
            ("2026-12-08", "jana"),
            ("2026-12-09", "petr"),
            ("2026-12-16", "eva"),
            ("2026-12-23", "jana"),
            ("2027-01-31", "eva"),
            ("2027-02-01", "-"),
        ];
        for (date, expected) in table {
            assert_eq!(who(&rotation, date), expected, "{date}");
        }
        rotation.valid_from = "2026-11-01".parse().ok();
        assert_eq!((who(&rotation, "2026-12-01"), who(&rotation, "2026-11-20")), ("eva".into(), "petr".into()));
        rotation.turn = Turn::Days(2);
        assert_eq!(["2026-12-03", "2026-12-04", "2026-12-01"].map(|date| who(&rotation, date)), ["jana", "petr", "eva"]);
        rotation.people.clear();
        assert_eq!(who(&rotation, "2026-12-04"), "-");
    }

    #[test]
    fn turns_are_written_as_they_are_read() {
        for text in ["day", "3 days", "week", "2 weeks"] {
            assert_eq!(Turn::try_from(text.to_owned()).unwrap().to_string(), text);
        }
        for text in ["", "month", "0 days", "-1 week", "300 weeks"] {
            assert!(Turn::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
