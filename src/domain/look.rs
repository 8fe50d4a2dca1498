//! A look ahead: on the morning of every working day, and soon after the roster has changed.

use super::{EventKey, LineId};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Why it is time to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The roster has changed: only what is near is told at once.
    Change,
    /// A working day begins.
    Morning,
}

impl Occasion {
    const fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Morning => "morning",
        }
    }
}

/// A look at what the coming days hold for the lines of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Lines of which zone.
    pub zone: Tz,
    /// When it was time.
    pub at: DateTime<Utc>,
    /// Why.
    pub occasion: Occasion,
}

impl Look {
    /// Names the event: however often it is time, it is looked once.
    #[must_use]
    pub fn key(&self) -> EventKey {
        EventKey::new(format!("look:{}:{}:{}", self.occasion.name(), self.zone.name(), self.at.timestamp()))
    }
}

/// Something a coordinator was warned of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warned {
    /// The matter's name.
    pub key: String,
    /// On which line.
    pub line: LineId,
    /// When it was told.
    pub first_at: DateTime<Utc>,
    /// When it was told again, shortly before it matters.
    pub again_at: Option<DateTime<Utc>>,
}
