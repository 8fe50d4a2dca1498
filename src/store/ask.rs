//! What has to be read before an event can be decided, and what was found.

use crate::domain::{Address, ContactId, EventKey, Letter, LetterId, LineId, OperatorId, Situation, Timer};
use chrono::{DateTime, Utc};

/// What an event is about, so that only that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Nothing stored: only who rests and the next number.
    Nothing,
    /// The worker at this address, with the contact that is named, else the open one or the one closed last.
    Worker {
        /// Where.
        address: Address,
        /// The contact, where the channel knows it.
        contact: Option<ContactId>,
        /// The letter that was answered, where the channel tells.
        letter: Option<LetterId>,
        /// The message that is changed or taken back.
        original: Option<EventKey>,
        /// The call in which something is answered: what was said there last.
        call: Option<String>,
        /// Where this worker gets short messages, if anywhere: which of the line's numbers none is wanted from.
        texts: Option<Address>,
        /// The worker asks for all questions, also those that are finished.
        all: bool,
    },
    /// The worker at this address, who sent a code that may be another worker's.
    Link {
        /// Where it came from.
        address: Address,
        /// The code.
        code: String,
    },
    /// The worker at this address, or an operator who wrote from there, and from which of the line's
    /// numbers the address wants no messages.
    Keyword {
        /// Where it came from.
        address: Address,
        /// The contact, where the channel knows it.
        contact: Option<ContactId>,
        /// Whose address it is, when it is an operator's.
        operator: Option<OperatorId>,
    },
    /// An operator, with what the operator has and may take, and the letter that was answered.
    Operator {
        /// Who.
        operator: OperatorId,
        /// The letter that was answered, where the channel tells.
        letter: Option<LetterId>,
        /// The message that is changed or taken back.
        original: Option<EventKey>,
        /// The number of a contact that is named.
        number: Option<i64>,
    },
    /// An operator whose shift on a line begins or ends: what is open, and what was finished since.
    Shift {
        /// Who.
        operator: OperatorId,
        /// On which line.
        line: LineId,
        /// When the shift began.
        from: DateTime<Utc>,
    },
    /// A letter and its contact.
    Letter(LetterId),
    /// A letter that failed, its contact, every contact point of whom it was for, and where else its
    /// worker can be reached.
    Failure(LetterId),
    /// Every contact point, and what coordinators were warned of.
    Ahead,
    /// A contact.
    Contact(ContactId),
    /// A timer's contact.
    Timer(Timer),
    /// The swaps of shifts that are not over.
    Swaps,
}

impl Ask {
    pub(super) const fn address(&self) -> Option<&Address> {
        if let Self::Worker { address, .. } | Self::Link { address, .. } | Self::Keyword { address, .. } = self { Some(address) } else { None }
    }

    pub(super) const fn letter(&self) -> Option<LetterId> {
        match self {
            Self::Letter(letter) | Self::Failure(letter) => Some(*letter),
            Self::Operator { letter, .. } | Self::Worker { letter, .. } => *letter,
            Self::Nothing | Self::Link { .. } | Self::Keyword { .. } | Self::Shift { .. } | Self::Ahead | Self::Contact(_) | Self::Timer(_) | Self::Swaps => None,
        }
    }

    /// Where it matters whether short messages are wanted.
    pub(super) const fn texts(&self) -> Option<&Address> {
        match self {
            Self::Worker { texts, .. } => texts.as_ref(),
            Self::Keyword { address, .. } => Some(address),
            Self::Nothing | Self::Link { .. } | Self::Operator { .. } | Self::Shift { .. } | Self::Letter(_) | Self::Failure(_) | Self::Ahead | Self::Contact(_) | Self::Timer(_) | Self::Swaps => None,
        }
    }

    pub(super) const fn original(&self) -> Option<&EventKey> {
        if let Self::Worker { original, .. } | Self::Operator { original, .. } = self { original.as_ref() } else { None }
    }

    pub(super) fn call(&self) -> Option<&str> {
        if let Self::Worker { call, .. } = self { call.as_deref() } else { None }
    }

    pub(super) const fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Contact(contact) => Some(*contact),
            Self::Worker { contact, .. } | Self::Keyword { contact, .. } => *contact,
            Self::Timer(timer) => Some(timer.contact),
            Self::Nothing | Self::Link { .. } | Self::Operator { .. } | Self::Shift { .. } | Self::Letter(_) | Self::Failure(_) | Self::Ahead | Self::Swaps => None,
        }
    }
}

/// One event that waits for its turn.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The event's key.
    pub key: &'a EventKey,
    /// The event's time.
    pub at: DateTime<Utc>,
    /// What it is about.
    pub ask: Ask,
    /// The code that was sent, which may be an invitation's, and where it came from.
    pub code: Option<(&'a Address, String)>,
}

/// What the store knows about an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It was accepted before, and caused these letters.
    Before(Vec<Letter>),
    /// It is new; these are the facts around it.
    Now(Box<Situation>),
}
