//! Words on their way into a document: what XML cannot carry is left out, what is too long
//! for one `<Say>` becomes several.

use crate::domain::pieces;

/// Longest text of one `<Say>`, in characters (<https://www.twilio.com/docs/voice/twiml/say>).
pub(super) const SAY_CHARACTERS_MAX: usize = 4_096;

/// Leaves out what XML 1.0 has no way to write (<https://www.w3.org/TR/xml/#charsets>). A carriage
/// return, which every parser would read as a line feed, is one already here.
pub(super) fn legal(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    unified.chars().filter(|character| is_legal(*character)).collect()
}

/// The same for attributes, where parsers read line feeds and tabs as spaces.
pub(super) fn legal_in_attribute(text: &str) -> String {
    text.chars().filter(|character| is_legal(*character) && !character.is_control()).collect()
}

/// Cuts words to be read into texts of a size that may be read, none of them blank.
pub(super) fn readable(text: &str, characters_max: usize) -> Vec<String> {
    let text = legal(text);
    let text = text.trim();
    let kept = if characters_max == 0 { "" } else { pieces(text, characters_max, |_| 1).first().copied().unwrap_or_default() };
    pieces(kept, SAY_CHARACTERS_MAX, |_| 1).into_iter().filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

const fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
