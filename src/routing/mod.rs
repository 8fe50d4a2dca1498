//! Who answers for a region at an instant, and when a closed line opens again.
//!
//! [`duty`] is the one resolver: flows, texts, the console, the forecast and every later
//! calendar ask it or the two rules below it (hours and roster). Nothing
//! here reads a clock, a file or a database; the instant is always passed in.
//!
//! The rules of time, held by the tables in `tests.rs` and by a minute-by-minute oracle:
//! - Intervals are half-open: 9:00–15:00 contains 9:00 and not 15:00.
//! - The weekday of a window belongs to its start; a window may run over midnight.
//! - A wall-clock start is its first occurrence, an end its last; an hour the zone
//!   leaves out is the first instant after it.
//! - A public holiday cancels the openings that *start* on it; a closure cuts exactly
//!   from its first to its last instant.
//! - A person is on duty only while the line is open.

mod bell;
mod duty;
mod escalation;
mod explain;
mod forecast;
mod holiday;
mod hours;
mod line;
mod mistake;
mod promise;
mod read;
mod roster;
mod say;
mod span;
mod wall;
mod window;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use crate::domain::{Address as ContactPoint, LineId, OperatorId};
pub use bell::bells;
pub use duty::{Duty, OnDuty, duty};
pub use escalation::{Escalation, Step, Target, reach, step};
pub use explain::explain;
pub use forecast::{Day, Served, days};
pub use holiday::{easter_sunday, holiday};
pub use hours::next_open;
pub use line::{Closure, Line, Operator, Shift, called, line_for};
pub use mistake::{Mistake, RoutingError};
pub use promise::promise_due;
pub use read::{Book, read_lines};
pub use say::{say_date, say_time, say_when};
pub use span::Span;
pub use window::{Minute, Window, WindowError};
