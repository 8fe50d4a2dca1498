//! Letters of one call become one document: what is said, what is awaited, which phones ring.

use super::{Links, spoken};
use crate::channel::twilio::twiml::{Dial, Document, Gather, Leg, Prompt, Record, Say, Silence, Verb, Voice};
use crate::domain::{Body, ContactId, Expects, Lang, Letter, LetterId};
use std::collections::BTreeMap;

/// How long a call between two people may last, in seconds.
pub(super) const CALL_SECONDS_MAX: u32 = 3_600;
/// Silence that ends a recorded message, in seconds.
const RECORD_SILENCE_S: u32 = 5;
/// Seconds between what is said of a recording and its tone; less than one is not to be had.
const BEFORE_TONE_S: u32 = 1;
/// Keys the code of a prison has at most.
const CODE_KEYS_MAX: u8 = 12;
/// The key that ends a recorded message.
const RECORD_END: char = '#';
/// The country whose ringing tone a caller hears.
const RING_TONE: &str = "cz";

/// Whose call it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A worker's, who belongs to a contact.
    Caller(Option<ContactId>),
    /// An operator's, whose phone this letter rang for a caller: the caller's own call joins the two.
    Rung(LetterId),
    /// An operator's, whose phone this letter rang for nobody who waits.
    Called(LetterId),
}

/// What documents are made with.
#[derive(Clone, Copy)]
pub struct Studio<'a> {
    /// The addresses a call comes back to.
    pub links: &'a Links,
    /// Who reads, by language.
    pub voices: &'a BTreeMap<Lang, Voice>,
    /// Recorded prompts instead of a voice that reads.
    pub recorded: &'a dyn Recorded,
}

/// Keys that are awaited outside any conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// How many at most; several end with `#` too.
    pub digits: u8,
    /// Seconds of silence that end it.
    pub timeout_s: u32,
    /// Where they go.
    pub action: String,
}

/// Prompts somebody has spoken.
pub trait Recorded: Sync {
    /// Cuts a text into what is played and what is read, in order.
    fn pieces(&self, text: &str, lang: Lang) -> Vec<Piece>;
}

/// A piece of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words to read, and the language they are read in.
    Read(String, Lang),
    /// A file to play, by its address.
    Played(String),
}

impl Studio<'_> {
    /// Makes the document that hands letters over to a call; `None` when they say nothing to it.
    #[must_use]
    pub fn document(&self, letters: &[&Letter], side: Side) -> Option<Document> {
        let mut verbs = Vec::new();
        for letter in letters {
            match &letter.body {
                Body::Text { text, expects, .. } => verbs.extend(self.said(letter, text, *expects, side)),
                Body::Join { with } => verbs.extend(self.joined(letter, &with.handle, side)),
                Body::Rewrite { .. } | Body::Ring { .. } | Body::HangUp => {}
            }
        }
        verbs.extend(self.rung(letters));
        if letters.iter().any(|letter| matches!(letter.body, Body::HangUp)) {
            verbs.push(Verb::Hangup);
        }
        let bridged = matches!(side, Side::Rung(_)) && letters.iter().any(|letter| matches!(letter.body, Body::Join { .. }));
        if verbs.is_empty() && !bridged {
            return None;
        }
        if let (Side::Caller(Some(contact)), Some(last), Some(Verb::Say(_) | Verb::Play { .. })) = (side, letters.last(), verbs.last()) {
            verbs.push(Verb::Redirect { url: spoken(&self.links.wait(contact), last.lang) });
        }
        Some(Document(verbs))
    }

    /// Makes the document a picked-up phone hears first.
    #[must_use]
    pub fn whisper(&self, ring: &Letter, whisper: &str, timeout_s: u32) -> Document {
        let action = self.links.answer(ring.id, ring.id);
        let gather = Gather { prompts: self.prompts(whisper, ring.lang), action, digits: 1, finish_on_key: None, timeout_s, silence: Silence::Told };
        Document(vec![Verb::Gather(gather), Verb::Hangup])
    }

    /// Makes a document that asks for keys outside any conversation.
    #[must_use]
    pub fn asks(&self, said: &[(String, Lang)], awaited: Awaited, after: Verb) -> Document {
        let prompts = said.iter().flat_map(|(text, lang)| self.prompts(text, *lang)).collect();
        let Awaited { digits, timeout_s, action } = awaited;
        let finish_on_key = (digits > 1).then_some('#');
        Document(vec![Verb::Gather(Gather { prompts, action, digits, finish_on_key, timeout_s, silence: Silence::Told }), after])
    }

    /// Makes a document that says something and then ends the call, or goes on elsewhere.
    #[must_use]
    pub fn only(&self, said: &[(String, Lang)], then: Verb) -> Document {
        Document(said.iter().flat_map(|(text, lang)| self.prompts(text, *lang)).map(verb).chain([then]).collect())
    }

    fn said(&self, letter: &Letter, text: &str, expects: Expects, side: Side) -> Vec<Verb> {
        let prompts = self.prompts(text, letter.lang);
        let (digits, timeout_s) = match expects {
            Expects::Nothing | Expects::Text => return prompts.into_iter().map(verb).collect(),
            Expects::Recording { seconds_max } => return self.recorded(letter, prompts, seconds_max),
            Expects::Key { timeout_s } => (1, timeout_s),
            Expects::Keys { count, timeout_s } => (count, timeout_s),
            Expects::SignIn { timeout_s } => (CODE_KEYS_MAX, timeout_s),
        };
        let (action, after) = match (side, letter.contact) {
            (Side::Rung(ring) | Side::Called(ring), _) => (self.links.answer(ring, letter.id), Verb::Hangup),
            (Side::Caller(Some(contact)), _) | (Side::Caller(None), Some(contact)) if matches!(expects, Expects::SignIn { .. }) => {
                (spoken(&self.links.sign_in(contact, letter.id), letter.lang), self.fell_through(contact, letter))
            }
            (Side::Caller(Some(contact)), _) | (Side::Caller(None), Some(contact)) => {
                (spoken(&self.links.step(contact, letter.id), letter.lang), self.fell_through(contact, letter))
            }
            (Side::Caller(None), None) => return prompts.into_iter().map(verb).collect(),
        };
        let finish_on_key = (digits > 1).then_some('#');
        vec![Verb::Gather(Gather { prompts, action, digits, finish_on_key, timeout_s, silence: Silence::Told }), after]
    }

    fn recorded(&self, letter: &Letter, prompts: Vec<Prompt>, seconds_max: u32) -> Vec<Verb> {
        let Some(contact) = letter.contact else { return Vec::new() };
        let record = Record {
            action: spoken(&self.links.step(contact, letter.id), letter.lang),
            max_length_s: seconds_max,
            silence_s: RECORD_SILENCE_S,
            finish_on_key: Some(RECORD_END),
            recording_callback: self.links.recording(contact),
        };
        // Whoever presses a key meanwhile need not hear the rest; whoever presses none speaks.
        let action = record.action.clone();
        let told = Gather { prompts, action, digits: 1, finish_on_key: None, timeout_s: BEFORE_TONE_S, silence: Silence::GoesOn };
        vec![Verb::Gather(told), Verb::Record(record), self.fell_through(contact, letter)]
    }

    /// Goes on where a caller answered nothing at all.
    fn fell_through(&self, contact: ContactId, prompt: &Letter) -> Verb {
        Verb::Redirect { url: spoken(&self.links.fell_through(contact, prompt.id), prompt.lang) }
    }

    /// Rings the phones of a caller; they are told by their own addresses which of them was picked up.
    fn rung(&self, letters: &[&Letter]) -> Option<Verb> {
        let rings = || letters.iter().filter(|letter| matches!(letter.body, Body::Ring { .. }));
        let first = rings().next()?;
        let lang = letters.iter().find(|letter| letter.operator.is_none()).map(|letter| letter.lang);
        let back = self.links.back(first.contact?, first.id);
        let leg = |ring: &&Letter| Leg {
            number: ring.to.handle.clone(),
            url: Some(self.links.whisper(ring.id)),
            status_callback: self.links.leg(ring.id),
        };
        let timeout_s = rings().map(|ring| if let Body::Ring { seconds, .. } = ring.body { seconds } else { 0 }).max()?;
        Some(Verb::Dial(Dial {
            action: lang.map_or_else(|| back.clone(), |lang| spoken(&back, lang)),
            caller_id: first.own.clone().unwrap_or_default(),
            timeout_s,
            time_limit_s: CALL_SECONDS_MAX,
            legs: rings().map(leg).collect(),
            ring_tone: Some(RING_TONE.to_owned()),
        }))
    }

    /// Calls the worker for an operator who calls back; neither sees the other's number.
    fn joined(&self, letter: &Letter, number: &str, side: Side) -> Option<Verb> {
        let Side::Called(ring) = side else { return None };
        Some(Verb::Dial(Dial {
            action: self.links.at(&format!("/twilio/voice/called?c={}&l={ring}", letter.contact?)),
            caller_id: letter.own.clone().unwrap_or_default(),
            timeout_s: 40,
            time_limit_s: CALL_SECONDS_MAX,
            legs: vec![Leg { number: number.to_owned(), url: None, status_callback: String::new() }],
            ring_tone: Some(RING_TONE.to_owned()),
        }))
    }

    fn prompts(&self, text: &str, lang: Lang) -> Vec<Prompt> {
        let prompt = |piece| match piece {
            Piece::Read(text, lang) => Prompt::Say(Say { text, voice: self.voice(lang) }),
            Piece::Played(url) => Prompt::Play { url },
        };
        self.recorded.pieces(text, lang).into_iter().map(prompt).collect()
    }

    fn voice(&self, lang: Lang) -> Voice {
        let usual = || Voice { language: lang.pick("cs-CZ", "en-GB").to_owned(), voice: String::new() };
        self.voices.get(&lang).cloned().unwrap_or_else(usual)
    }
}

fn verb(prompt: Prompt) -> Verb {
    match prompt {
        Prompt::Say(say) => Verb::Say(say),
        Prompt::Play { url } => Verb::Play { url },
        Prompt::Pause { seconds } => Verb::Pause { seconds },
    }
}

/// Nothing is recorded: every text is read.
#[derive(Debug, Clone, Copy)]
pub struct AllRead;

impl Recorded for AllRead {
    fn pieces(&self, text: &str, lang: Lang) -> Vec<Piece> {
        if text.trim().is_empty() { Vec::new() } else { vec![Piece::Read(text.to_owned(), lang)] }
    }
}
