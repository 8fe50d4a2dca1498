//! Words cut into pieces a channel can carry. Nothing but the blanks at the cuts is lost.

/// Cuts words into pieces of at most `units_max`, each character counted by `units`: after a sentence
/// where there is one, else after a word, else hard.
#[must_use]
pub fn pieces(words: &str, units_max: usize, units: fn(char) -> usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some(limit) = overflow(rest, units_max, units) {
        let (head, _) = rest.split_at_checked(limit).unwrap_or((rest, ""));
        let cut = [". ", "? ", "! ", "\n", " "].iter().find_map(|end| head.rfind(end).map(|at| at + end.len()).filter(|cut| *cut > limit / 3));
        let (piece, after) = rest.split_at_checked(cut.unwrap_or(limit)).unwrap_or((rest, ""));
        pieces.push(piece.trim_end());
        rest = after.trim_start();
    }
    pieces.push(rest);
    pieces
}

/// Where the first character stands that has no room any more; never the very first.
fn overflow(words: &str, units_max: usize, units: fn(char) -> usize) -> Option<usize> {
    let mut used = 0;
    words.char_indices().find_map(|(at, c)| {
        used += units(c);
        (used > units_max && at > 0).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use crate::domain::{fold_for_sms, sms_parts, sms_units};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn pieces_end_with_sentences_and_lose_nothing() {
        let table: [(&str, usize, &[&str]); 5] = [
            ("Krátké.", 20, &["Krátké."]),
            ("První věta. Druhá věta. Třetí.", 24, &["První věta. Druhá věta.", "Třetí."]),
            ("aaaaaaaaaa", 4, &["aaaa", "aaaa", "aa"]),
            ("ab", 0, &["a", "b"]),
            ("", 5, &[""]),
        ];
        for (words, max, expected) in table {
            assert_eq!(pieces(words, max, |_| 1), expected, "{words}");
        }
    }

    proptest! {
        #[test]
        fn a_piece_fits_into_a_message(words in "(\\PC|[ .…ěšč€\\[🙂\u{301}]){0,120}", max in 8_usize..40) {
            let cut = pieces(&words, max, sms_units);
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&cut.concat()), bare(&words));
            for piece in cut {
                let folded = fold_for_sms(piece);
                prop_assert!(folded.chars().map(sms_units).sum::<usize>() <= max || piece.chars().count() == 1);
                prop_assert!(sms_parts(&folded) == 1);
            }
        }
    }
}
