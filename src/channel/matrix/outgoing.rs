//! How a letter is written as an event's content, and the signs its choices can be answered with. Pure.

use crate::channel::outward;
use crate::domain::{Ability, Body, Choice, Letter};
use serde_json::{Value, json};

/// Choices that are also put under their message as signs to press: each is a request of its own, and
/// homeservers allow few in a row.
const SIGNS_MAX: usize = 3;

/// Returns the content of the message a letter becomes; `None` for what cannot be written.
pub(super) fn content(letter: &Letter, ability: &Ability) -> Option<Value> {
    let words = outward(letter, ability);
    match &letter.body {
        Body::Text { choices, .. } => {
            let body = with_choices(&words, choices);
            let mut content = json!({ "msgtype": "m.text", "body": body });
            if let (Some(root), Some(object)) = (&letter.reference, content.as_object_mut()) {
                object.insert("m.relates_to".to_owned(), thread(root));
            }
            (!body.trim().is_empty()).then_some(content)
        }
        Body::Rewrite { .. } => {
            let new = json!({ "msgtype": "m.text", "body": words });
            let relation = json!({ "rel_type": "m.replace", "event_id": letter.reference.as_deref()? });
            Some(json!({ "msgtype": "m.text", "body": format!("* {words}"), "m.new_content": new, "m.relates_to": relation }))
        }
        Body::Ring { .. } | Body::Join { .. } | Body::HangUp => None,
    }
}

/// Stands in the thread, and for older clients as a reply to where it began.
pub(super) fn thread(root: &str) -> Value {
    json!({ "rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": { "event_id": root } })
}

fn with_choices(words: &str, choices: &[Choice]) -> String {
    let lines = choices.iter().map(|Choice { key, label, .. }| format!("\n{key} – {label}"));
    std::iter::once(words.to_owned()).chain(lines).collect()
}

/// The signs that stand for the choices of a letter, in their order.
pub(super) fn signs(letter: &Letter) -> Vec<String> {
    let Body::Text { choices, .. } = &letter.body else { return Vec::new() };
    if choices.len() > SIGNS_MAX { Vec::new() } else { choices.iter().filter_map(|choice| sign(&choice.key)).collect() }
}

/// The keycap of a digit.
fn sign(key: &str) -> Option<String> {
    (key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{key}\u{fe0f}\u{20e3}"))
}

/// The key a sign or a short text stands for: a keycap, `1`, `1.`, ` 1) `.
#[must_use]
pub fn key(sign: &str) -> Option<&str> {
    let key = sign.trim().trim_end_matches(['\u{fe0f}', '\u{20e3}', '.', ')']);
    (key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_digit())).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::{key, sign, with_choices};
    use crate::domain::Choice;

    #[test]
    fn a_sign_stands_for_its_key() {
        for digit in ["0", "1", "9"] {
            assert_eq!(key(&sign(digit).unwrap()), Some(digit));
        }
        for (text, expected) in [(" 2. ", Some("2")), ("3)", Some("3")), ("12", None), ("👍", None), ("", None), ("ano", None)] {
            assert_eq!(key(text), expected, "{text}");
        }
        assert_eq!(sign("10"), None);
    }

    #[test]
    fn choices_are_numbered_lines() {
        let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned(), value: String::new() };
        assert_eq!(with_choices("Převezmete ho?", &[choice("1", "Přijmout"), choice("2", "Odmítnout")]), "Převezmete ho?\n1 – Přijmout\n2 – Odmítnout");
        assert_eq!(with_choices("Dobrý den.", &[]), "Dobrý den.");
    }
}
