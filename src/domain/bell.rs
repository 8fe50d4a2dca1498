//! News for an operator about a shift, at its time.

use super::{EventKey, LineId, OperatorId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a bell says of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Toll {
    /// It is over.
    Ends,
    /// It begins in half an hour.
    Soon,
    /// It begins.
    Begins,
}

impl Toll {
    const fn name(self) -> &'static str {
        match self {
            Self::Ends => "ends",
            Self::Soon => "soon",
            Self::Begins => "begins",
        }
    }
}

/// One bell of one operator's shift on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bell {
    /// Whose shift.
    pub operator: OperatorId,
    /// On which line.
    pub line: LineId,
    /// What it says.
    pub toll: Toll,
    /// When it rings.
    pub at: DateTime<Utc>,
    /// The shift's first instant.
    pub from: DateTime<Utc>,
    /// The first instant after the shift.
    pub to: DateTime<Utc>,
}

impl Bell {
    /// Names the event: however often a bell is rung, it is heard once.
    #[must_use]
    pub fn key(&self) -> EventKey {
        EventKey::new(format!("bell:{}:{}:{}:{}", self.toll.name(), self.line, self.operator, self.at.timestamp()))
    }
}
