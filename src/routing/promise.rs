//! "We will answer by …": a deadline counted in the line's opening time, so that a promise
//! given on Friday evening does not run out at night.

use super::{Line, hours, wall::Wall};
use chrono::{DateTime, TimeDelta, Utc};

/// The deadline when a line has no opening in sight: a day, after which the coordinator acts.
const WITHOUT_OPENING: TimeDelta = TimeDelta::days(1);
/// Openings a promise may run over; a longer one is due at the last of them.
const OPENINGS_MAX: usize = 500;

/// Returns by when an answer promised at `now` is due: the line's `promise_minutes` of open
/// time later, counted from the next opening when the line is closed.
#[must_use]
pub fn promise_due(line: &Line, now: DateTime<Utc>) -> DateTime<Utc> {
    let mut left = TimeDelta::minutes(i64::from(line.promise_minutes));
    let mut due = None;
    let mut at = now;
    for _ in 0..OPENINGS_MAX {
        let wall = Wall::around(line.zone, at);
        let Some(opens) = hours::next_opening(line, &wall, at) else { break };
        let closes = hours::open_until(line, &Wall::around(line.zone, opens), opens).flatten();
        match closes {
            Some(closes) if closes - opens < left => {
                left -= closes - opens;
                due = Some(closes);
                at = closes;
            }
            Some(_) | None => return later(opens, left),
        }
    }
    due.unwrap_or_else(|| later(now, WITHOUT_OPENING))
}

fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(at)
}
