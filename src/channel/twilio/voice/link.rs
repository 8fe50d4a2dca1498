//! The addresses a call comes back to. Each names what it is about and nothing personal.

use crate::domain::{ContactId, Lang, LetterId};

/// Adds the language the call goes on in: when nothing can be read, the line still knows how to say so.
#[must_use]
pub fn spoken(url: &str, lang: Lang) -> String {
    format!("{url}&lang={}", lang.code())
}

/// Makes the addresses below the public one.
#[derive(Debug, Clone)]
pub struct Links {
    base: String,
}

impl Links {
    /// Takes the address under which the provider reaches the line.
    #[must_use]
    pub fn new(public_base: &str) -> Self {
        Self { base: public_base.trim_end_matches('/').to_owned() }
    }

    /// Makes any address of ours from its path and query.
    #[must_use]
    pub fn at(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.base)
    }

    /// Where the caller's answer to a prompt goes.
    #[must_use]
    pub fn step(&self, contact: ContactId, prompt: LetterId) -> String {
        self.at(&format!("/twilio/voice/step?c={contact}&l={prompt}"))
    }

    /// Where the code of a caller who signs in goes.
    #[must_use]
    pub fn sign_in(&self, contact: ContactId, prompt: LetterId) -> String {
        self.at(&format!("/twilio/voice/sign-in?c={contact}&l={prompt}"))
    }

    /// Where a caller goes on who answered nothing at all.
    #[must_use]
    pub fn fell_through(&self, contact: ContactId, prompt: LetterId) -> String {
        format!("{}&ev=silence", self.step(contact, prompt))
    }

    /// Where the call comes back to when the phones it rang have stopped.
    #[must_use]
    pub fn back(&self, contact: ContactId, ring: LetterId) -> String {
        self.at(&format!("/twilio/voice/back?c={contact}&l={ring}"))
    }

    /// Where a call is led that gets a letter without having asked.
    #[must_use]
    pub fn turn(&self, letter: LetterId) -> String {
        self.at(&format!("/twilio/voice/turn?l={letter}"))
    }

    /// Where a caller waits while nothing else is to be said.
    #[must_use]
    pub fn wait(&self, contact: ContactId) -> String {
        self.at(&format!("/twilio/voice/wait?c={contact}"))
    }

    /// What a phone hears that was rung and picked up.
    #[must_use]
    pub fn whisper(&self, ring: LetterId) -> String {
        self.at(&format!("/twilio/voice/whisper?l={ring}"))
    }

    /// What a phone hears that is no longer needed.
    #[must_use]
    pub fn ring_over(&self, ring: LetterId) -> String {
        self.at(&format!("/twilio/voice/over?l={ring}"))
    }

    /// Where the keys of a phone that was rung go.
    #[must_use]
    pub fn answer(&self, ring: LetterId, prompt: LetterId) -> String {
        self.at(&format!("/twilio/voice/answer?l={ring}&n={prompt}"))
    }

    /// Where it is told how the ringing of a phone goes.
    #[must_use]
    pub fn leg(&self, ring: LetterId) -> String {
        self.at(&format!("/twilio/voice/leg?l={ring}"))
    }

    /// Where it is told that a recorded message is there.
    #[must_use]
    pub fn recording(&self, contact: ContactId) -> String {
        self.at(&format!("/twilio/voice/recording?c={contact}"))
    }
}
