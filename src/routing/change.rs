//! Overrides: what is different from the plan between two instants.
//! They take effect in the order in which they were made, before absences do.

use super::Span;
use crate::domain::{OperatorId, RuleId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One change of the plan for a while. A line's list is in the order of making; of overlapping
/// ones the earlier made acts first and the later sees what it left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The stable name.
    pub id: RuleId,
    /// The first changed instant.
    pub from: DateTime<Utc>,
    /// The first instant after the change.
    pub to: DateTime<Utc>,
    /// What changes.
    pub change: Change,
}

impl Override {
    /// Returns the changed stretch.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// What an override does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Somebody serves besides.
    Add {
        /// Who.
        operator: OperatorId,
        /// The place in the row.
        order: u8,
    },
    /// Somebody does not serve.
    Remove {
        /// Who.
        operator: OperatorId,
    },
    /// Somebody serves instead of another, in the same place of the row; nothing happens while the
    /// other would not be on duty.
    Replace {
        /// Who does not serve.
        operator: OperatorId,
        /// Who serves instead.
        by: OperatorId,
    },
}

impl Change {
    /// Returns whom the change takes off duty.
    #[must_use]
    pub const fn taken_off(&self) -> Option<&OperatorId> {
        match self {
            Self::Add { .. } => None,
            Self::Remove { operator } | Self::Replace { operator, .. } => Some(operator),
        }
    }

    /// Returns whom the change puts on duty.
    #[must_use]
    pub const fn put_on(&self) -> Option<&OperatorId> {
        match self {
            Self::Add { operator, .. } | Self::Replace { by: operator, .. } => Some(operator),
            Self::Remove { .. } => None,
        }
    }
}
