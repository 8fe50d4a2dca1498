//! One outgoing message: written by the decision, carried by the outbox.

use super::{Address, Attachment, ContactId, Delivery, EventKey, Keyword, Lang, LetterId, OperatorId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One choice a person can make, by button, number or key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The key or number that stands for it.
    pub key: String,
    /// What the person reads.
    pub label: String,
    /// What comes back.
    pub value: String,
}

/// What a phone call waits for after a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    /// Nothing: the call goes on or ends.
    #[default]
    Nothing,
    /// A key, within a number of seconds.
    Key {
        /// Seconds of silence before the silence itself becomes an event.
        timeout_s: u32,
    },
    /// So many keys in a row, such as a code; a channel may hand them over one by one.
    Keys {
        /// How many.
        count: u8,
        /// Seconds of silence before the silence itself becomes an event.
        timeout_s: u32,
    },
    /// The code of an organisation, letter by letter on the keys, and its PIN. The channel makes sure
    /// of both and tells only whether they were right.
    SignIn {
        /// Seconds of silence before the silence itself becomes an event.
        timeout_s: u32,
    },
    /// A spoken message.
    Recording {
        /// Longest recording, in seconds.
        seconds_max: u32,
    },
    /// A free text, where one can write.
    Text,
}

/// What a letter carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Words, with choices where there are any.
    Text {
        /// The words.
        text: String,
        /// The question these choices belong to; it comes back with a choice.
        #[serde(default)]
        step: String,
        /// The choices.
        #[serde(default)]
        choices: Vec<Choice>,
        /// What a call waits for.
        #[serde(default)]
        expects: Expects,
        /// A file that goes along.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<Attachment>,
    },
    /// Changes the words of a message sent before and takes its choices away.
    Rewrite {
        /// The letter that was sent.
        letter: LetterId,
        /// What stands there from now on.
        text: String,
    },
    /// Rings a phone and, once it is picked up, asks to press 1.
    Ring {
        /// What is said before the question; no names.
        whisper: String,
        /// How long it rings.
        seconds: u32,
        /// The call of whoever waits to be connected, as the channel names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caller: Option<String>,
    },
    /// Joins the caller with the operator who pressed 1.
    Join {
        /// The other end.
        with: Address,
    },
    /// Ends a call.
    HangUp,
}

impl Body {
    /// Plain words without choices.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), step: String::new(), choices: Vec::new(), expects: Expects::Nothing, file: None }
    }

    /// A file with a few words to it.
    pub fn file(file: Attachment, text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), step: String::new(), choices: Vec::new(), expects: Expects::Nothing, file: Some(file) }
    }

    /// Tells whether it answers a [`Keyword`].
    #[must_use]
    pub fn answers_keyword(&self) -> bool {
        self.says_what_is_wanted() || matches!(self, Self::Text { step, .. } if step == Keyword::STEP)
    }

    /// Tells whether it says that messages are wanted, or that they are not.
    #[must_use]
    pub fn says_what_is_wanted(&self) -> bool {
        matches!(self, Self::Text { step, .. } if step == Keyword::STANDING)
    }

    /// Returns the file that goes along.
    #[must_use]
    pub const fn attachment(&self) -> Option<Attachment> {
        match self {
            Self::Text { file, .. } => *file,
            Self::Rewrite { .. } | Self::Ring { .. } | Self::Join { .. } | Self::HangUp => None,
        }
    }

    /// Returns the words a person reads or hears.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text { text, .. } | Self::Rewrite { text, .. } => text,
            Self::Ring { whisper, .. } => whisper,
            Self::Join { .. } | Self::HangUp => "",
        }
    }
}

/// Why a letter is sent; answers leave before notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The line's own answer to whoever wrote.
    Answer,
    /// Words passed between a worker and an operator.
    Relay,
    /// An offer of a contact to an operator.
    Offer,
    /// Anything else worth knowing.
    Notice,
}

/// One outgoing message and its fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its name, derived from the event that caused it.
    pub id: LetterId,
    /// The event that caused it.
    pub cause: EventKey,
    /// Where it goes.
    pub to: Address,
    /// The contact it belongs to.
    pub contact: Option<ContactId>,
    /// The operator it is for; `None` when it is for the worker.
    pub operator: Option<OperatorId>,
    /// Why it is sent.
    pub sort: Sort,
    /// A life may be in danger: it leaves before everything else.
    #[serde(default)]
    pub urgent: bool,
    /// The language of its words.
    pub lang: Lang,
    /// What it carries.
    pub body: Body,
    /// When it was written (µs UTC).
    pub created_at: DateTime<Utc>,
    /// When it may leave.
    pub due_at: DateTime<Utc>,
    /// When it is no longer worth sending.
    pub expires_at: Option<DateTime<Utc>>,
    /// How far it has come.
    pub delivery: Delivery,
    /// How often it was handed to the channel.
    pub attempts: i64,
    /// The line's own handle it leaves from; `None` leaves it to the channel.
    pub own: Option<String>,
    /// What the channel calls the message, or what it belongs to: a call, a thread, the message it changes.
    pub reference: Option<String>,
}
