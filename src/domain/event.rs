//! What happened outside. Everything enters the line as one of these.

use super::{Address, Attachment, Barrier, Bell, Challenge, ContactId, Delivery, EventKey, FileNews, LetterId, Look, Outcome, Region, Review, RuleId, Spent, Timer, Via};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a person did on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Wrote or spoke free words.
    Text(String),
    /// Pressed a button of the question named by `step`.
    Choice {
        /// The question the button belongs to.
        step: String,
        /// The button's value.
        value: String,
    },
    /// Pressed keys during a call.
    Keys(String),
    /// Rang the line.
    Called,
    /// Pressed nothing in time.
    Silence,
    /// Left a spoken message.
    Recorded {
        /// Its length.
        seconds: u32,
        /// Where it is kept.
        reference: String,
    },
    /// Signed in with the code and the PIN of an organisation, which the event introduces.
    SignedIn,
    /// Tried to sign in: the code or the PIN was wrong.
    NotSignedIn,
    /// Tried to sign in after too many wrong tries.
    LockedOut {
        /// When the next try is judged again.
        until: DateTime<Utc>,
    },
    /// Ended the call.
    HungUp,
    /// Is back on the line: the phones that rang for the caller have stopped.
    Back {
        /// Somebody had picked up and they talked.
        talked: bool,
    },
    /// Sent a file, perhaps with words.
    Attached {
        /// The file, which the store keeps.
        file: Attachment,
        /// The words; empty without any.
        words: String,
    },
    /// Changed a message sent before; these are its words now.
    Edited(String),
    /// Took back a message sent before.
    Deleted,
    /// Sent something the line cannot take, named in one word (`sticker`, `location`, `contact`).
    Unsupported(String),
    /// Has blocked the line: nothing that is sent there arrives.
    Blocked,
    /// Takes the line's messages again.
    Unblocked,
    /// Encrypts with other keys than the line knew this person by: it may be somebody else.
    NewKeys,
    /// Is no longer alone with the line in the room where they wrote: what is sent there from now on goes to
    /// another one.
    NotAlone,
}

impl Said {
    /// What [`Said::Unsupported`] calls a file that is larger than the line takes.
    pub const LARGE_FILE: &'static str = "large file";
    /// What [`Said::Unsupported`] calls words whose key has not come.
    pub const UNREADABLE: &'static str = "unreadable";
}

/// Words or keys from an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Who.
    pub from: Address,
    /// What.
    pub said: Said,
    /// The letter it answers, where the channel tells.
    pub about: Option<LetterId>,
    /// The organisation the channel vouches for (a prison that signed in with its PIN).
    pub introduced: Option<String>,
    /// How it came in.
    #[serde(default)]
    pub via: Via,
}

impl Heard {
    /// Returns the words that were written, new, changed or beside a file.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        if let Said::Text(words) | Said::Edited(words) | Said::Attached { words, .. } = &self.said { Some(words) } else { None }
    }
}

/// News about a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Which letter.
    pub letter: LetterId,
    /// How far it came.
    pub delivery: Delivery,
    /// What the channel said when it failed; no personal data.
    pub error: Option<String>,
    /// Why nothing at all arrives at the address, when the address and not the letter is the reason.
    #[serde(default)]
    pub barrier: Option<Barrier>,
    /// When to try again, for a report of `Queued`.
    pub again_at: Option<DateTime<Utc>>,
    /// What the channel calls the message, or the call it rings.
    #[serde(default)]
    pub reference: Option<String>,
    /// What did not arrive may arrive later: how it is to be repeated.
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// There was too much at once; for a report of `Queued`, which is then no attempt.
    #[serde(default)]
    pub throttled: bool,
    /// The channel is going to be asked what became of it; for a report of `Unknown`, of which nothing
    /// follows until then.
    #[serde(default)]
    pub asked: bool,
    /// Somebody on the way took it for unwanted, and will take the next ones for it too.
    #[serde(default)]
    pub filtered: bool,
    /// What the attempt has cost.
    #[serde(default)]
    pub spent: Spent,
}

impl Reported {
    /// Says how far a letter came, and nothing else.
    #[must_use]
    pub const fn of(letter: LetterId, delivery: Delivery) -> Self {
        Self {
            letter,
            delivery,
            error: None,
            barrier: None,
            again_at: None,
            reference: None,
            repeat: None,
            throttled: false,
            asked: false,
            filtered: false,
            spent: Spent { parts: 0, minutes: 0 },
        }
    }
}

/// How a letter that did not arrive is sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// How long to wait, in seconds.
    pub after_s: u32,
    /// How often it may be handed over in all.
    pub attempts_max: i64,
}

/// What a signed-in user wants done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Moves the review; a query is sent to the operator.
    Review {
        /// Which contact.
        contact: ContactId,
        /// Where the review stands now.
        review: Review,
        /// What to write beside it, or to ask.
        note: Option<String>,
    },
    /// Corrects the outcome; the original stays in the log.
    CorrectOutcome {
        /// Which contact.
        contact: ContactId,
        /// The right outcome.
        outcome: Outcome,
        /// Why.
        reason: Option<String>,
    },
    /// Corrects the destination's region; the original stays in the log.
    CorrectRegion {
        /// Which contact.
        contact: ContactId,
        /// The right region.
        region: Region,
    },
    /// Writes an internal note.
    Note {
        /// Which contact.
        contact: ContactId,
        /// The note.
        words: String,
    },
    /// Answers a swap of shifts for the one who was asked.
    AnswerSwap {
        /// Which swap.
        swap: RuleId,
        /// Whether it is agreed to.
        agreed: bool,
    },
}

impl Order {
    /// Returns the contact the order is about, where it is about one.
    #[must_use]
    pub const fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Review { contact, .. }
            | Self::CorrectOutcome { contact, .. }
            | Self::CorrectRegion { contact, .. }
            | Self::Note { contact, .. } => Some(*contact),
            Self::AnswerSwap { .. } => None,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Somebody wrote, said or pressed something.
    Heard(Heard),
    /// A user of the console wants something done.
    Ordered {
        /// The user's name.
        by: String,
        /// What.
        order: Order,
    },
    /// Somebody wants a contact point proven.
    Challenged(Challenge),
    /// A channel told how a letter fares.
    Reported(Reported),
    /// A timer is due.
    Rang(Timer),
    /// The auditor found a contact without a next step.
    Audited(ContactId),
    /// It is time to tell an operator of a shift.
    Struck(Bell),
    /// Something became of a file of a contact.
    Filed {
        /// Which contact.
        contact: ContactId,
        /// What.
        news: FileNews,
    },
    /// A swap that waits for an answer is to be looked at.
    SwapDue(RuleId),
    /// It is time to look ahead.
    Looked(Look),
    /// What left today has cost as much as a day may.
    CostReached {
        /// How much, in the currency of the prices.
        cost: String,
    },
}

/// One event, named by its source so that a repeat is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its name.
    pub key: EventKey,
    /// When the line received it (µs UTC).
    pub at: DateTime<Utc>,
    /// What happened.
    pub what: What,
}

impl Event {
    /// Tells how it came in, when somebody was heard.
    #[must_use]
    pub const fn via(&self) -> Option<&Via> {
        if let What::Heard(heard) = &self.what { Some(&heard.via) } else { None }
    }

    /// Returns what was heard, when somebody was.
    #[must_use]
    pub const fn heard(&self) -> Option<&Heard> {
        if let What::Heard(heard) = &self.what { Some(heard) } else { None }
    }

    /// Returns the address that was heard, when somebody was.
    #[must_use]
    pub const fn from(&self) -> Option<&Address> {
        match &self.what {
            What::Heard(heard) => Some(&heard.from),
            What::Ordered { .. } | What::Challenged(_) | What::Reported(_) | What::Rang(_) | What::Audited(_) | What::Filed { .. } | What::Struck(_) | What::SwapDue(_) | What::Looked(_) | What::CostReached { .. } => None,
        }
    }
}
