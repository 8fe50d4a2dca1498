//! Who answers for a region at an instant, and when a closed line opens again.
//!
//! [`duty`] is the one resolver: flows, texts, the console, the forecast and
//! calendars ask it or the two rules below it (hours and roster). Nothing
//! here reads a clock, a file or a database; the instant is always passed in.
//!
//! The rules of time, held by the tables in `tests.rs` and by a minute-by-minute oracle:
//! - Intervals are half-open: 9:00–15:00 contains 9:00 and not 15:00.
//! - The weekday of a window belongs to its start; a window may run over midnight.
//! - A wall-clock start is its first occurrence, an end its last; an hour the zone
//!   leaves out is the first instant after it.
//! - A public holiday cancels the openings that *start* on it; a closure cuts exactly
//!   from its first to its last instant.
//! - A special day has its own hours, on a public holiday too; what began the day before runs out.
//! - Who serves is found in this order: weekly shifts and rotations, then overrides in the order
//!   of their making, then absences with their substitutes. Each person counts once, with the
//!   lowest place in the row.
//! - A person is on duty only while the line is open.

mod absence;
mod bell;
mod book;
mod calendar;
mod change;
mod cover;
mod duty;
mod edit;
mod escalation;
mod explain;
mod forecast;
mod holiday;
mod hours;
mod line;
mod mistake;
mod morning;
mod promise;
mod reach;
mod reached;
mod read;
mod refusal;
mod roster;
mod rotation;
mod say;
mod span;
mod special;
mod swap;
mod wall;
mod warning;
mod window;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use crate::domain::{Address as ContactPoint, LineId, OperatorId, RuleId};
pub use absence::Absence;
pub use bell::bells;
pub use book::Book;
pub use calendar::{CalendarImport, Edition, Fate, ImportEntry, Unread, calendar, import_calendar};
pub use change::{Change, Override};
pub use cover::{Cover, Covered, explain_cover, line_for};
pub use duty::{Duty, OnDuty, duty};
pub use edit::{chain as chain_refusals, step_in_words};
pub use escalation::{Escalation, Step, Target, reach};
pub use explain::explain;
pub use forecast::{Day, Served, days};
pub use holiday::{easter_sunday, holiday};
pub use hours::next_open;
pub use line::{Closure, Line, Operator, Shift, called};
pub use mistake::{Mistake, RoutingError};
pub use morning::{last_morning, mornings, waking, waking_of};
pub use promise::promise_due;
pub use reach::Reach;
pub use read::read_lines;
pub use refusal::Refusal;
pub use rotation::{Rotation, Turn};
pub use say::{day_and_month as say_day, say_date, say_shift, say_time, say_when, stretch as say_stretch, window as say_window};
pub use span::Span;
pub use special::{SpecialDay, Times};
pub use swap::{shift_on, swap_holds, swap_overrides};
pub use warning::{Alike, Warning, WarningKind, alike, warnings};
pub use window::{Minute, Window, WindowError};
