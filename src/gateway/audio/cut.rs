//! Finds known texts inside a prompt. Only whole sentences are found: half a sentence in another
//! voice would sound like a mistake.

use crate::domain::Lang;

/// A text that is not simply read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The words.
    pub(super) text: String,
    /// The language of the prompts it stands in.
    pub(super) lang: Lang,
    /// Its recording.
    pub(super) file: Option<String>,
    /// Whose voice reads it without one.
    pub(super) read_in: Option<Lang>,
}

/// Cuts a prompt into known texts (`Ok`) and what is left (`Err`), in order. The longest known text
/// is found first; `known` must be sorted so.
pub(super) fn cut<'a>(text: &'a str, known: &'a [Known]) -> Vec<Result<&'a Known, &'a str>> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    for (n, candidate) in known.iter().enumerate() {
        if let Some((before, after)) = around(text, &candidate.text) {
            let shorter = known.get(n..).unwrap_or_default();
            let mut pieces = cut(before, shorter);
            pieces.push(Ok(candidate));
            pieces.extend(cut(after, shorter));
            return pieces;
        }
    }
    vec![Err(text)]
}

/// What stands before and after whole sentences of a text.
fn around<'a>(text: &'a str, sentences: &str) -> Option<(&'a str, &'a str)> {
    text.match_indices(sentences).find_map(|(at, found)| {
        let (before, rest) = text.split_at_checked(at)?;
        let after = rest.get(found.len()..)?;
        let begins = before.is_empty() || before.ends_with(char::is_whitespace) && ends_a_sentence(before);
        let ends = after.is_empty() || after.starts_with(char::is_whitespace) && ends_a_sentence(found);
        (begins && ends).then_some((before, after))
    })
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().trim_end_matches(['“', '”', '"', ')']).ends_with(['.', '!', '?', '…', ':'])
}

#[cfg(test)]
mod tests {
    use super::{Known, cut};
    use crate::domain::Lang;

    fn cut_by(text: &str, known: &[&str]) -> String {
        let mut known: Vec<Known> = known.iter().map(|text| Known { text: (*text).to_owned(), lang: Lang::Cs, file: None, read_in: None }).collect();
        known.sort_by_key(|known| std::cmp::Reverse(known.text.len()));
        let pieces = cut(text, &known);
        pieces.iter().map(|piece| piece.map_or_else(str::to_owned, |known| format!("[{}]", known.text))).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn only_whole_sentences_are_cut_out() {
        let table: [(&str, &[&str], &str); 11] = [
            ("", &["Ano."], ""),
            ("Dobrý den.", &[], "Dobrý den."),
            ("Dobrý den.", &["Dobrý den."], "[Dobrý den.]"),
            ("Dobrý den. Kam? Bydlení: jedna.", &["Kam?", "Dobrý den."], "[Dobrý den.]|[Kam?]|Bydlení: jedna."),
            ("Dobrý den. For English. Nula.", &["For English."], "Dobrý den.|[For English.]|Nula."),
            ("Dobrý den. Kam?", &["Dobrý den. Kam?", "Kam?"], "[Dobrý den. Kam?]"),
            ("Kam? Kam?", &["Kam?"], "[Kam?]|[Kam?]"),
            ("Další možnosti: osm.", &["Další možnosti"], "Další možnosti: osm."),
            ("A pak Kam? Ne.", &["Kam?"], "A pak Kam? Ne."),
            ("Ano.Ne. Ne.", &["Ne."], "Ano.Ne.|[Ne.]"),
            ("  Ano.  Ne.  ", &["Ano."], "[Ano.]|Ne."),
        ];
        for (text, known, expected) in table {
            assert_eq!(cut_by(text, known), expected, "{text} by {known:?}");
        }
    }
}
