//! The one resolver: is a line open at an instant, who is on duty, and if nobody is, when
//! does it open. Everything that says or does something about duty asks here; the words
//! for it are in `explain`.

use super::{Line, OperatorId, hours, roster, wall::Wall};
use crate::domain::Bilingual;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// The state of a line at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Duty {
    /// Whether the line is open.
    pub open: bool,
    /// Who answers, the first to be asked first; may be empty while the line is open.
    pub on_duty: Vec<OnDuty>,
    /// When an open line closes; `None` when it is closed or does not close within a week.
    pub closes_at: Option<DateTime<Utc>>,
    /// When a closed line opens; `None` when it is open or does not open within
    /// [`crate::domain::OPENING_DAYS_MAX`] days.
    pub next_open: Option<DateTime<Utc>>,
    /// The words of the closure in force, or of the special day on which the line is closed now.
    pub closure: Option<Bilingual>,
}

/// One person on duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OnDuty {
    /// Who.
    pub operator: OperatorId,
    /// The place in the row; 1 is asked first.
    pub order: u8,
    /// The end of the duty: of touching shifts or of the opening, whichever is sooner. A duty
    /// longer than a week ends where the week of search did.
    pub until: DateTime<Utc>,
}

/// Resolves who is on duty for `line` at `at`.
#[must_use]
pub fn duty(line: &Line, at: DateTime<Utc>) -> Duty {
    let wall = Wall::around(line.zone, at);
    match hours::open_until(line, &wall, at) {
        Some(closes_at) => {
            let on_duty = roster::on_duty(line, &wall, at, closes_at);
            Duty { open: true, on_duty, closes_at, next_open: None, closure: None }
        }
        None => Duty {
            open: false,
            on_duty: Vec::new(),
            closes_at: None,
            next_open: hours::opening_after(line, &wall, at),
            closure: hours::words_at(line, &wall, at).cloned(),
        },
    }
}
