//! What one turn of a conversation asks the host to do.

use super::Position;
use crate::domain::{Bilingual, Need};

/// The result of one turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// Where the conversation stands now.
    pub position: Position,
    /// What to do, in this order.
    pub acts: Vec<Act>,
    /// The links walked, from step to step, for coverage and for counts in the drawing.
    pub walked: Vec<(String, String)>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Says something and tells what kind of answer is awaited.
    Say(Prompt),
    /// Sends a short message beside the call.
    AlsoSms {
        /// The message, not folded yet.
        text: String,
    },
    /// Records what the catalogue was asked.
    LookedUp {
        /// What was asked, without a person.
        need: Need,
        /// Ids of the services that were named.
        services: Vec<String>,
        /// Whether anything fitted.
        found: bool,
    },
    /// Asks for an operator: a call rings, a chat is offered.
    HandOver {
        /// Somebody's life or a day's matter: past every queue.
        urgent: bool,
        /// Everybody's phone rings at once, not one after another.
        together: bool,
        /// How long each operator's phone rings, in seconds.
        ring_seconds: u32,
        /// How long a caller waits in all, in seconds.
        queue_seconds_max: u32,
        /// What the operator hears or reads before accepting.
        whisper: Bilingual,
    },
    /// Promises an answer.
    Promise {
        /// What the operator will be asked, masked.
        body: String,
    },
    /// Adds words to the contact for whoever takes it.
    PassedOn {
        /// The words, masked.
        body: String,
    },
    /// Records an answer.
    Saved {
        /// The name given by `save`.
        name: String,
        /// The value: a code, never a key.
        value: String,
    },
    /// Ends the conversation; a call is hung up.
    Ended {
        /// Why.
        reason: EndReason,
    },
}

/// Why a conversation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndReason {
    /// It reached this `end` step.
    Finished(String),
    /// The caller hung up.
    HungUp,
    /// It took more turns or steps than a conversation may; an answer was promised.
    TooLong,
    /// Its flow does not exist any more; an answer was promised.
    Lost,
}

/// One message to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The text; for SMS and voice it holds the options too, elsewhere the channel shows them.
    pub text: String,
    /// What can be chosen.
    pub options: Vec<Choice>,
    /// The question's id, given back by a button press.
    pub step: String,
    /// The kind of answer awaited.
    pub expects: Expects,
    /// Whether a key may be pressed before the text is over.
    pub barge_in: bool,
}

/// One option of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The key or number.
    pub key: String,
    /// What the person reads.
    pub label: String,
    /// What a button gives back.
    pub value: String,
}

/// The kind of answer a prompt awaits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    /// None.
    Nothing,
    /// Keys of a phone.
    Key {
        /// How many at most.
        digits_max: u8,
        /// How long a silence is waited, in seconds.
        timeout_s: u32,
    },
    /// The code of the person's organisation and its PIN.
    SignIn {
        /// How long a silence is waited, in seconds.
        timeout_s: u32,
    },
    /// A written message or a button.
    Text,
    /// A recorded message.
    Recording {
        /// The longest recording, in seconds.
        seconds_max: u32,
        /// The silence that ends it, in seconds.
        silence_s: u32,
        /// The key that ends it.
        finish_key: char,
    },
}
