//! Something that becomes an event when its time comes, also after downtime.

use super::{ContactId, LetterId, TimerId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a timer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// The next step of the escalation while nobody has taken the contact.
    Escalate {
        /// The index of the step to take.
        step: u32,
    },
    /// The operator took the contact and has been silent.
    Silent,
    /// One phone has rung long enough.
    Ring {
        /// The letter that rings.
        letter: LetterId,
    },
    /// An offer is still unanswered: the operator's next contact point is used.
    Nudge {
        /// The letter that offered first.
        letter: LetterId,
        /// The step of the operator's own rule to take.
        step: u8,
    },
    /// The caller has waited long enough.
    Queue,
    /// A promise is near its deadline.
    Remind,
    /// A promise has reached its deadline.
    Due,
    /// A conversation nobody went on with is about to end.
    Fade,
    /// A conversation nobody went on with.
    Expire,
}

impl Alarm {
    /// Returns the name of the kind, for the database and the figures.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Escalate { .. } => "escalate",
            Self::Silent => "silent",
            Self::Ring { .. } => "ring",
            Self::Nudge { .. } => "nudge",
            Self::Queue => "queue",
            Self::Remind => "remind",
            Self::Due => "due",
            Self::Fade => "fade",
            Self::Expire => "expire",
        }
    }
}

impl Alarm {
    /// Names the timer of this kind on a contact: there is at most one, so setting it again moves it.
    #[must_use]
    pub fn timer_of(self, contact: ContactId) -> TimerId {
        TimerId(match self {
            Self::Ring { letter } | Self::Nudge { letter, .. } => letter.owned(self.name()),
            Self::Escalate { .. } | Self::Silent | Self::Queue | Self::Remind | Self::Due | Self::Fade | Self::Expire => contact.owned(self.name()),
        })
    }
}

/// One timer. It belongs to one epoch of its contact; an older one is void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// Its name.
    pub id: TimerId,
    /// The contact it wakes.
    pub contact: ContactId,
    /// The contact's epoch when it was set.
    pub epoch: i64,
    /// What it stands for.
    pub alarm: Alarm,
    /// When it is due (µs UTC).
    pub due_at: DateTime<Utc>,
}
