//! The only place that reads the time. The demo moves it, stories turn it by hand.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock, moved by so many microseconds: it goes on from where it was moved to.
    Moved(Arc<AtomicI64>),
    /// Stands still until it is turned; microseconds since 1970.
    Hand(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that shows `at` now and can be moved.
    #[must_use]
    pub fn moved(at: DateTime<Utc>) -> Self {
        Self::Moved(Arc::new(AtomicI64::new(micros(at) - micros(machine()))))
    }

    /// A clock that stands at `at`.
    #[must_use]
    pub fn hand(at: DateTime<Utc>) -> Self {
        Self::Hand(Arc::new(AtomicI64::new(micros(at))))
    }

    /// Reads the time in UTC, cut to microseconds, which is what the store keeps.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => machine(),
            Self::Moved(by) => {
                let now = machine();
                now.checked_add_signed(TimeDelta::microseconds(by.load(Ordering::SeqCst))).unwrap_or(now)
            }
            Self::Hand(at) => DateTime::from_timestamp_micros(at.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// Moves a movable clock to `at`; the machine's clock stays.
    pub fn move_to(&self, at: DateTime<Utc>) {
        match self {
            Self::System => {}
            Self::Moved(by) => by.store(micros(at) - micros(machine()), Ordering::SeqCst),
            Self::Hand(hand) => hand.store(micros(at), Ordering::SeqCst),
        }
    }

    /// Tells whether [`Clock::move_to`] does anything.
    #[must_use]
    pub const fn is_movable(&self) -> bool {
        !matches!(self, Self::System)
    }
}

const fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
