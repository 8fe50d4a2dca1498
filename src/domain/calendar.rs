//! Whose duty a calendar feed tells: that of a line, or of one operator on every line.

use super::{LineId, OperatorId};

/// Whose calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CalendarOf {
    /// Everybody's duty on a line, and its closures.
    Line(LineId),
    /// One person's duty, whatever the line.
    Operator(OperatorId),
}

impl CalendarOf {
    /// Returns kind and name as they are stored: `("line", "ustecky")`.
    #[must_use]
    pub fn key(&self) -> (&'static str, &str) {
        match self {
            Self::Line(id) => ("line", id.as_str()),
            Self::Operator(id) => ("operator", id.as_str()),
        }
    }

    /// Reads kind and name; another kind is `None`.
    #[must_use]
    pub fn from_key(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "line" => Some(Self::Line(LineId::new(id))),
            "operator" => Some(Self::Operator(OperatorId::new(id))),
            _ => None,
        }
    }
}
