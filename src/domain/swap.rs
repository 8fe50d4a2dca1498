//! One operator asks another to serve instead. What an accepted swap changes is worked out by
//! `routing`; who asks, agrees and is told by `decision`.

use super::{Author, LetterId, LineId, OperatorId, RuleId, Span};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How far a swap has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SwapState {
    /// It waits for an answer.
    Pending,
    /// It was agreed to and holds.
    Accepted,
    /// The one who was asked said no.
    Declined,
    /// The one who asked took it back.
    Withdrawn,
    /// Nobody answered before the first of its shifts began.
    Expired,
}

impl SwapState {
    /// Returns the name used in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

/// A swap two operators of a line agree on, or do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// The stable name.
    pub id: RuleId,
    /// The line of both shifts.
    pub line: LineId,
    /// Who asks.
    pub from: OperatorId,
    /// Who is asked.
    pub to: OperatorId,
    /// What the one who asks would not serve.
    pub shift: Span,
    /// What the one who asks would serve instead; `None` asks for help without return.
    pub counter: Option<Span>,
    /// How far it has come.
    pub state: SwapState,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When the one who is asked is reminded, or the question lapses; `None` once it is settled.
    pub due_at: Option<DateTime<Utc>>,
    /// The letters that ask; a button of any of them answers.
    pub letters: Vec<LetterId>,
    /// Who settled it.
    pub settled_by: Option<Author>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
}

impl Swap {
    /// Lists what changes hands: who serves no more, who serves instead, and when.
    pub fn legs(&self) -> impl Iterator<Item = (&OperatorId, &OperatorId, Span)> {
        let back = self.counter.map(|span| (&self.to, &self.from, span));
        std::iter::once((&self.from, &self.to, self.shift)).chain(back)
    }

    /// Returns when the first of its shifts begins: nobody can agree to it any more.
    #[must_use]
    pub fn begins(&self) -> DateTime<Utc> {
        self.legs().map(|(.., span)| span.from).min().unwrap_or(self.shift.from)
    }

    /// Returns when the last of its shifts ends.
    #[must_use]
    pub fn ends(&self) -> DateTime<Utc> {
        self.legs().map(|(.., span)| span.to).max().unwrap_or(self.shift.to)
    }
}
