//! A regional line and the people who answer on it: plain data, as the configuration,
//! the database and the console hold it. Who is on duty is the business of `duty`.

use super::Reach;
use super::absence::stand_in;
use super::{Absence, Cover, Escalation, Minute, Override, Rotation, Span, SpecialDay, Window};
use crate::domain::{Address, Bilingual, Lang, LineId, OperatorId, Region, RuleId};
use chrono::{DateTime, NaiveDate, Utc, Weekday};
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
    /// Days with other hours.
    #[serde(default)]
    pub special: Vec<SpecialDay>,
    /// Who serves in turns.
    #[serde(default)]
    pub rotations: Vec<Rotation>,
    /// What differs from all that for a while, in the order of making.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// When people of this line are away; the [`super::Book`] gathers them, they are stored apart.
    #[serde(skip)]
    pub absences: Vec<Absence>,
    /// When this line serves what is another's; the [`super::Book`] gathers them, they are stored apart.
    #[serde(skip)]
    pub covers: Vec<Cover>,
    /// Who gets what nobody else takes; every escalation ends here.
    pub coordinator: OperatorId,
    /// Whom to ask, one after another.
    pub escalation: Escalation,
    /// The room where its people are together: what is offered is shown there too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Address>,
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

    /// Returns who coordinates at `at`: the coordinator, or the one who stands in; nobody when all
    /// of them are away.
    #[must_use]
    pub fn coordinator_at(&self, at: DateTime<Utc>) -> Option<&OperatorId> {
        stand_in(&self.absences, &self.coordinator, at)
    }

    /// Lists everybody the line names: on shifts, in rotations and overrides, and its coordinator.
    pub fn people(&self) -> impl Iterator<Item = &OperatorId> {
        let shifts = self.shifts.iter().map(|shift| &shift.operator);
        let turns = self.rotations.iter().flat_map(|rotation| &rotation.people);
        let changes = self.overrides.iter().flat_map(|one| [one.change.taken_off(), one.change.put_on()]);
        shifts.chain(turns).chain(changes.flatten()).chain([&self.coordinator])
    }

    /// Returns the special hours of openings that start on `date`.
    pub(super) fn special_on(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.special.iter().find(|special| special.date == date)
    }
}

/// A stretch when a line is closed, with the words callers get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The stable name, where it came with one: from an imported calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<RuleId>,
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
    /// The stable name, where it came with one: from an imported calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<RuleId>,
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
    /// Which contact point is used how soon while an offer stays unanswered; without a rule the
    /// first one alone.
    #[serde(default)]
    pub reach: Vec<Reach>,
    /// Contacts the operator may have open before new ones go to others.
    #[serde(default)]
    pub contacts_max: Option<u8>,
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
