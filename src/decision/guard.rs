//! Guards against talking with a machine, or with ourselves: what gets no answer, and why.

use super::desk::Desk;
use crate::handbook::WORKER_FLOW;
use crate::domain::{Author, Bilingual, Contact, FRUITLESS_ANSWERS_MAX, Happened, Heard, Stage, fold};

/// Longest stretch of the last words that is kept to compare, in characters.
const COMPARED_CHARACTERS_MAX: usize = 120;
/// Words so short are keys and numbers, which people do press again and again.
const KEY_CHARACTERS_MAX: usize = 2;

/// Tells whether the line hears itself.
pub(super) fn is_own(desk: &Desk<'_>, heard: &Heard) -> bool {
    desk.handbook.own.contains(&heard.from)
}

/// Tells whether these words get no answer, counts them, and logs why.
pub(super) fn keeps_silent(desk: &mut Desk<'_>, contact: &mut Contact, words: &str) -> bool {
    let why = if desk.handbook.wording.is_automatic(words) {
        Bilingual::new("Vypadá to na automatickou odpověď.", "It looks like an automatic reply.")
    } else if is_fruitless(desk, contact, words) {
        Bilingual::new(
            format!("Už {FRUITLESS_ANSWERS_MAX}× za sebou jsme odpověděli a nic nového nepřišlo."),
            format!("We answered {FRUITLESS_ANSWERS_MAX} times in a row and nothing new came."),
        )
    } else {
        return false;
    };
    desk.log(contact, Author::Line, Happened::KeptSilent { why });
    true
}

/// While the line itself answers, the same words again bring nothing new; while somebody is
/// looked for, no words do.
fn is_fruitless(desk: &Desk<'_>, contact: &mut Contact, words: &str) -> bool {
    let words: String = fold(words.trim()).chars().take(COMPARED_CHARACTERS_MAX).collect();
    let known = words.chars().count() <= KEY_CHARACTERS_MAX || desk.handbook.flows.current(WORKER_FLOW).is_some_and(|flow| flow.shared.word(&words).is_some());
    let again = contact.last_words.as_deref() == Some(words.as_str());
    let fruitless = match contact.stage {
        Stage::Asking | Stage::Closed => again && !known,
        Stage::Waiting | Stage::Promised => true,
        Stage::Held => false,
    };
    contact.fruitless = if fruitless { contact.fruitless.saturating_add(1) } else { 0 };
    contact.last_words = Some(words);
    contact.fruitless > FRUITLESS_ANSWERS_MAX
}
