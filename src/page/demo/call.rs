//! A phone on the stage: what was said during its calls, and what it is doing now.
//! Both are read off the stored conversation; the stage keeps no state of its own.

use super::caller::Call;
use super::desk::Ring;
use crate::domain::{Body, Delivery, Expects, Lang, Letter};
use crate::page::bubble::{Bubble, Side};
use crate::page::thread::Screen;
use crate::store;

/// Writes down a worker's calls: the line's voice, pressed keys, the beginning and the end.
pub(super) fn transcript(screen: &Screen<'_>, stored: &[store::Bubble]) -> Vec<Bubble> {
    let mut now = Call::Idle;
    let mut lines = Vec::new();
    for bubble in stored {
        // The network reports the end of a call that the line has ended; nobody did that.
        let reported = now == Call::Idle && bubble.kind == "hung_up";
        lines.extend(line(screen, bubble).filter(|_| !reported));
        now = next(now, bubble);
    }
    lines
}

fn line(screen: &Screen<'_>, stored: &store::Bubble) -> Option<Bubble> {
    let lang = screen.lang;
    let id = stored.letter.as_ref().map_or_else(|| format!("m{}", stored.at.timestamp_micros()), |letter| letter.id.to_string());
    let aside = |words: &str| Some(screen.aside(id.clone(), words, stored.at));
    match (&stored.letter, stored.kind.as_str()) {
        (Some(letter), _) => match &letter.body {
            Body::Text { .. } | Body::Rewrite { .. } => screen.bubble(stored, false),
            Body::Join { .. } => aside(lang.pick("spojeno s operátorem", "connected to an operator")),
            Body::HangUp => aside(lang.pick("linka zavěsila", "the line hung up")),
            Body::Ring { .. } => None,
        },
        (None, "called") => aside(lang.pick("voláte linku", "you call the line")),
        (None, "silence") => aside(lang.pick("ticho", "silence")),
        (None, "hung_up") => aside(lang.pick("zavěsili jste", "you hung up")),
        (None, "keys") => Some(screen.plain(id, Side::Mine, keys(&stored.words).to_owned(), stored.at)),
        (None, _) => screen.bubble(stored, false),
    }
}

/// The log writes a key as "[klávesa 3]"; a phone shows the key alone.
fn keys(words: &str) -> &str {
    words.trim_matches(['[', ']']).rsplit(' ').next().unwrap_or(words)
}

/// Tells what a worker's phone is doing.
pub(super) fn call(stored: &[store::Bubble]) -> Call {
    stored.iter().fold(Call::Idle, next)
}

fn next(call: Call, bubble: &store::Bubble) -> Call {
    match (&bubble.letter, bubble.kind.as_str()) {
        (Some(letter), _) => after(call, letter),
        (None, "called") => Call::Waiting,
        (None, "hung_up") => Call::Idle,
        (None, _) => call,
    }
}

fn after(call: Call, letter: &Letter) -> Call {
    match (&letter.body, call) {
        (_, Call::Idle) | (Body::HangUp, _) => Call::Idle,
        (Body::Join { .. }, _) => Call::Joined,
        (Body::Text { expects: Expects::Key { .. } | Expects::Keys { .. }, .. }, _) => Call::Live,
        (Body::Text { expects: Expects::SignIn { .. }, .. }, _) => Call::SignIn,
        (Body::Text { expects: Expects::Recording { .. }, .. }, _) => Call::Recording,
        (Body::Text { expects: Expects::Nothing | Expects::Text, .. }, _) => Call::Waiting,
        (Body::Rewrite { .. } | Body::Ring { .. }, call) => call,
    }
}

/// Tells what an operator's phone is doing.
pub(super) fn ring(stored: &[store::Bubble]) -> Ring {
    stored.iter().fold(Ring::Quiet, |ring, bubble| match &bubble.letter {
        Some(letter) => match &letter.body {
            Body::Ring { whisper, .. } if rings(letter) => Ring::Rings { letter: letter.id.to_string(), whisper: whisper.clone() },
            Body::Ring { .. } | Body::HangUp => Ring::Quiet,
            Body::Join { .. } => Ring::Joined { letter: rung(&ring) },
            Body::Text { text, expects: Expects::Keys { .. }, .. } => Ring::Asks { letter: rung(&ring), words: heard(&ring, text) },
            Body::Text { .. } | Body::Rewrite { .. } => ring,
        },
        None if bubble.kind == "hung_up" => Ring::Quiet,
        None => ring,
    })
}

fn rings(letter: &Letter) -> bool {
    matches!(letter.delivery, Delivery::Sent | Delivery::Delivered | Delivery::Read | Delivery::Unknown)
}

fn rung(ring: &Ring) -> String {
    match ring {
        Ring::Rings { letter, .. } | Ring::Asks { letter, .. } | Ring::Joined { letter } => letter.clone(),
        Ring::Quiet => String::new(),
    }
}

/// What was said last: while keys come one by one, nothing new.
fn heard(ring: &Ring, text: &str) -> String {
    match ring {
        Ring::Asks { words, .. } if text.is_empty() => words.clone(),
        Ring::Quiet | Ring::Rings { .. } | Ring::Asks { .. } | Ring::Joined { .. } => text.to_owned(),
    }
}

/// Says what a worker's phone is doing.
pub(super) const fn said(call: Call, lang: Lang) -> &'static str {
    match call {
        Call::Idle => lang.pick("zavěšeno", "on the hook"),
        Call::Live => lang.pick("hovor trvá, stiskněte klávesu", "in a call, press a key"),
        Call::Waiting => lang.pick("hovor trvá, vydržte", "in a call, please hold"),
        Call::SignIn => lang.pick("zadejte kód a PIN níže", "type the code and the PIN below"),
        Call::Recording => lang.pick("po tónu mluvte", "speak after the tone"),
        Call::Joined => lang.pick("hovoříte s operátorem", "talking to an operator"),
    }
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn a_key_is_shown_alone() {
        assert_eq!(keys("[klávesa 3]"), "3");
        assert_eq!(keys("#"), "#");
    }
}
