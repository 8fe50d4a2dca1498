//! The last look at words before they leave: folded where a medium needs it, and cut
//! into pieces a channel can carry.

use crate::domain::{Ability, Body, Letter, Medium, fold_for_sms};

/// Returns the words of a letter as the person gets them.
#[must_use]
pub fn outward(letter: &Letter, ability: &Ability) -> String {
    let words = match &letter.body {
        Body::Text { text, .. } => text.as_str(),
        Body::Ring { whisper, .. } => whisper.as_str(),
        Body::Join { .. } | Body::HangUp => "",
    };
    match ability.medium {
        Medium::Sms => fold_for_sms(words),
        Medium::Chat | Medium::Web | Medium::Voice => words.to_owned(),
    }
}

/// Cuts words into pieces of at most `characters_max`, after a sentence where there is one,
/// else after a word, else hard.
#[must_use]
pub fn pieces(words: &str, characters_max: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some((limit, _)) = rest.char_indices().nth(characters_max.max(1)) {
        let (head, _) = rest.split_at_checked(limit).unwrap_or((rest, ""));
        let cut = [". ", "? ", "! ", "\n", " "].iter().find_map(|end| head.rfind(end).map(|at| at + end.len()).filter(|cut| *cut > limit / 3));
        let (piece, after) = rest.split_at_checked(cut.unwrap_or(limit)).unwrap_or((rest, ""));
        pieces.push(piece.trim_end());
        rest = after.trim_start();
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_end_with_sentences_and_lose_nothing() {
        assert_eq!(pieces("Krátké.", 20), ["Krátké."]);
        assert_eq!(pieces("První věta. Druhá věta. Třetí.", 24), ["První věta. Druhá věta.", "Třetí."]);
        assert_eq!(pieces("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
    }
}
