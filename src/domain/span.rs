//! A half-open stretch of time. What a stretch means on a wall and how stretches are cut and
//! joined is the business of `routing`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A stretch of time from `from` (inside) to `to` (outside).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first instant inside.
    pub from: DateTime<Utc>,
    /// The first instant outside.
    pub to: DateTime<Utc>,
}

impl Span {
    /// Tells whether `at` lies inside.
    #[must_use]
    pub fn covers(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.to
    }

    /// Returns the common part of two stretches, if there is any.
    #[must_use]
    pub fn common(&self, other: &Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }
}
