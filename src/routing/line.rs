//! A regional line and the people who answer on it: plain data, as the configuration,
//! the database and the console hold it. Who is on duty is the business of `duty`.

use super::{Escalation, Minute, Span, Window};
use crate::domain::{Address, Bilingual, Lang, LineId, OperatorId, Region};
use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// One desk: the regions it serves, when, and who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The stable name.
    pub id: LineId,
    /// The name people read.
    pub name: Bilingual,
    /// The regions whose returning clients it serves.
    pub regions: Vec<Region>,
    /// The zone of every wall-clock time of this line.
    pub zone: Tz,
    /// When the line is open, every week.
    pub hours: Vec<Window>,
    /// Whether public holidays are closed.
    pub holidays: bool,
    /// Stretches when the line is closed besides.
    pub closures: Vec<Closure>,
    /// Who answers when, every week.
    pub shifts: Vec<Shift>,
    /// Who gets what nobody else takes; every escalation ends here.
    pub coordinator: OperatorId,
    /// Whom to ask, one after another.
    pub escalation: Escalation,
    /// Opening time within which an answer is promised, in minutes.
    pub promise_minutes: u32,
}

impl Line {
    /// The zone of a line that names none.
    pub const ZONE: Tz = Tz::Europe__Prague;
    /// The promise of a line that names none, in minutes of opening time.
    pub const PROMISE_MINUTES: u32 = 60;

    /// Returns how the line is called in a sentence: `Linka Ústecký kraj`, `The Ústí Region line`.
    #[must_use]
    pub fn title(&self, lang: Lang) -> String {
        let name = self.name.get(lang);
        match lang {
            Lang::Cs => format!("Linka {name}"),
            Lang::En => format!("The {name} line"),
        }
    }

    /// Returns the hours of a line that names none: Monday and Wednesday 9:00–15:00.
    #[must_use]
    pub fn usual_hours() -> Vec<Window> {
        let times = Minute::new(9, 0).zip(Minute::new(15, 0));
        times.map_or_else(Vec::new, |(from, to)| [Weekday::Mon, Weekday::Wed].map(|weekday| Window { weekday, from, to }).into())
    }

    /// Lists the shifts that start on `date`.
    pub(super) fn shifts_on(&self, date: NaiveDate) -> impl Iterator<Item = &Shift> {
        let weekday = date.weekday();
        self.shifts.iter().filter(move |shift| shift.window.weekday == weekday && shift.valid_on(date))
    }
}

/// A stretch when a line is closed, with the words callers get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The first closed instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
    /// What people are told.
    pub text: Bilingual,
}

impl Closure {
    /// Returns the closed stretch.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// One operator's weekly window on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Who answers.
    pub operator: OperatorId,
    /// When, every week.
    pub window: Window,
    /// The place in the row: 1 is asked first; equal numbers are asked together.
    pub order: u8,
    /// The first day a shift may start on.
    pub valid_from: Option<NaiveDate>,
    /// The last day a shift may start on.
    pub valid_to: Option<NaiveDate>,
}

impl Shift {
    /// Tells whether the shift is bound to no dates.
    pub(super) const fn always_valid(&self) -> bool {
        self.valid_from.is_none() && self.valid_to.is_none()
    }

    /// Tells whether the shift takes place when it starts on `date`.
    #[must_use]
    pub fn valid_on(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= date) && self.valid_to.is_none_or(|last| date <= last)
    }
}

/// A person who answers on a line, or coordinates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The stable name.
    pub id: OperatorId,
    /// The name colleagues read.
    pub name: String,
    /// The languages spoken, the best first.
    pub languages: Vec<Lang>,
    /// Where the operator is reached, in order of preference.
    pub addresses: Vec<Address>,
}

/// Finds the line that serves `region`; the first one when two claim it.
#[must_use]
pub fn line_for(lines: &[Line], region: Region) -> Option<&Line> {
    lines.iter().find(|line| line.regions.contains(&region))
}

/// Returns what colleagues call an operator: the first name, the whole name where two share it,
/// the id where the operator is not known.
#[must_use]
pub fn called<'a>(operators: &'a [Operator], id: &'a OperatorId) -> &'a str {
    fn first(name: &str) -> &str {
        name.split_whitespace().next().unwrap_or(name)
    }
    let Some(operator) = operators.iter().find(|operator| operator.id == *id) else {
        return id.as_str();
    };
    let short = first(&operator.name);
    let shared = operators.iter().filter(|other| first(&other.name) == short).count() > 1;
    if shared { &operator.name } else { short }
}
