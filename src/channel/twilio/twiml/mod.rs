//! What a call is told to do: the portable subset of `TwiML` as types
//! (<https://www.twilio.com/docs/voice/twiml>). A document knows no conversation; whoever
//! answers a webhook composes it, [`Document::write`] makes the XML.

mod element;
mod text;
mod verb;

pub use crate::flow::Voice;

use super::Profile;
use element::Element;

/// Largest document, in bytes; the provider refuses more than 64 kB (error 11750).
const BYTES_MAX: usize = 64_000;

/// A document: what happens in a call, one after another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document(pub Vec<Verb>);

/// One thing that happens in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Reads words aloud.
    Say(Say),
    /// Plays a recorded prompt.
    Play {
        /// Where it is fetched from.
        url: String,
    },
    /// Is silent.
    Pause {
        /// For how long.
        seconds: u32,
    },
    /// Waits for keys.
    Gather(Gather),
    /// Rings other phones.
    Dial(Dial),
    /// Records what the caller says.
    Record(Record),
    /// Goes on with another document.
    Redirect {
        /// Where it is fetched from.
        url: String,
    },
    /// Does not take the call; it costs nothing.
    Reject {
        /// What the caller hears.
        reason: Rejection,
    },
    /// Ends the call.
    Hangup,
}

/// Words read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The words.
    pub text: String,
    /// Who reads them.
    pub voice: Voice,
}

/// What is heard while keys are awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// Words read aloud.
    Say(Say),
    /// A recorded prompt.
    Play {
        /// Where it is fetched from.
        url: String,
    },
    /// Silence.
    Pause {
        /// For how long.
        seconds: u32,
    },
}

/// Waits for keys; silence, `*` and `#` reach `action` like any other answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gather {
    /// What is heard meanwhile; a key ends it.
    pub prompts: Vec<Prompt>,
    /// Who gets the keys.
    pub action: String,
    /// How many keys; 0 is any number, ended by `finish_on_key` or else by `#`.
    pub digits: u8,
    /// The key that ends the answer.
    pub finish_on_key: Option<char>,
    /// Seconds of silence after the last key or prompt.
    pub timeout_s: u32,
    /// What silence means.
    pub silence: Silence,
}

/// What becomes of a question for keys nobody presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Silence {
    /// It is told as an answer is.
    #[default]
    Told,
    /// The document goes on below.
    GoesOn,
}

/// Rings phones; the first to answer is joined with the caller.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dial {
    /// Who is told how it ended. Without one the document goes on below, as the static fallback does.
    pub action: String,
    /// The number shown to whom is called; empty shows the caller's own.
    pub caller_id: String,
    /// How long it rings.
    pub timeout_s: u32,
    /// How long the call may last; 0 is the provider's own limit.
    pub time_limit_s: u32,
    /// The phones.
    pub legs: Vec<Leg>,
    /// The country whose ringing tone the caller hears, such as `cz`.
    pub ring_tone: Option<String>,
}

/// One phone that rings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leg {
    /// Its number, E.164.
    pub number: String,
    /// The document it hears before it is joined.
    pub url: Option<String>,
    /// Who is told how the ringing goes; empty is nobody.
    pub status_callback: String,
}

/// Records what the caller says, after a tone, without silence around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Who goes on with the call.
    pub action: String,
    /// Longest recording.
    pub max_length_s: u32,
    /// Silence that ends it.
    pub silence_s: u32,
    /// The key that ends it.
    pub finish_on_key: Option<char>,
    /// Who is told when the file is there, or that none is.
    pub recording_callback: String,
}

/// What a caller hears whose call is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// The busy tone.
    Busy,
    /// That the number is not in service.
    Rejected,
}

impl Document {
    /// Writes the XML a vendor takes. Characters that XML cannot carry are left out, long words
    /// are read in pieces, and a document beyond the provider's limit loses the ends of its texts.
    #[must_use]
    pub fn write(&self, profile: &Profile) -> String {
        let longest = self.0.iter().flat_map(Verb::texts).map(|text| text.chars().count()).max().unwrap_or(0);
        let halves = std::iter::successors(Some(longest), |limit| (*limit > 0).then_some(limit / 2));
        let mut written = halves.map(|limit| self.written(profile, limit));
        written.find(|xml| xml.len() <= BYTES_MAX).unwrap_or_else(|| Self::default().written(profile, 0))
    }

    fn written(&self, profile: &Profile, characters_max: usize) -> String {
        let verbs = self.0.iter().flat_map(|verb| verb.elements(profile, characters_max)).collect();
        Element::new("Response").with(verbs).document()
    }
}

#[cfg(test)]
mod tests;
