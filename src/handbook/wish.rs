//! What whoever asks may want of the line itself, and not for a client: a table of words in
//! `flows/_operator.toml`, matched without diacritics, with or without the slash.

use super::HandbookError;
use super::command::{Words, beginning, table};
use crate::domain::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A wish of a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// The list of own questions.
    Mine,
    /// A new question beside those that are open.
    Another,
    /// What can be said here.
    Help,
    /// To begin, as applications say it at their first word.
    Begin,
}

/// The table of wishes, longest words first.
#[derive(Debug, Clone)]
pub struct Wishes(Vec<(String, (Wish, Lang))>);

impl Wishes {
    /// Takes the table of a file; one word for two wishes refuses the whole file.
    ///
    /// # Errors
    /// [`HandbookError::Wording`] naming each word that stands twice.
    pub(super) fn check(wishes: &BTreeMap<Wish, Words>) -> Result<Self, HandbookError> {
        let mut mistakes = Vec::new();
        let words = wishes.iter().flat_map(|(wish, words)| Lang::ALL.map(|lang| ((*wish, lang), words.of(lang).iter().map(String::as_str))));
        let wishes = table(words, &mut mistakes);
        if mistakes.is_empty() { Ok(Self(wishes)) } else { Err(HandbookError::Wording(mistakes)) }
    }

    /// Finds the wish a text is, the language it is worded in, and what stands behind it.
    ///
    /// A wish stands alone. Only a new question may follow at once, behind a slash or behind words that
    /// leave no doubt; and without the slash a call for help is one for whoever reads it.
    #[must_use]
    pub fn find<'a>(&self, text: &'a str) -> Option<(Wish, Lang, &'a str)> {
        let text = text.trim();
        let slash = text.strip_prefix('/');
        let words = slash.unwrap_or(text);
        let ((wish, lang), rest) = beginning(&self.0, words)?;
        let clear = slash.is_some() || words.strip_suffix(rest).is_some_and(|wish| wish.trim().contains(' '));
        (rest.is_empty() || (wish == Wish::Another && clear)).then_some((wish, lang, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::Wish;
    use crate::domain::Lang;
    use crate::handbook::Wording;

    #[test]
    fn wishes_are_told_from_questions() {
        let wishes = Wording::builtin().unwrap().wishes;
        for (text, expected) in [
            ("moje dotazy", Some((Wish::Mine, Lang::Cs, ""))),
            ("/dotazy", Some((Wish::Mine, Lang::Cs, ""))),
            ("My questions!", Some((Wish::Mine, Lang::En, ""))),
            ("/novy", Some((Wish::Another, Lang::Cs, ""))),
            ("/novy dluhy Teplice", Some((Wish::Another, Lang::Cs, "dluhy Teplice"))),
            ("Nový dotaz: dluhy Teplice", Some((Wish::Another, Lang::Cs, "dluhy Teplice"))),
            ("another client, debts in Teplice", Some((Wish::Another, Lang::En, "debts in Teplice"))),
            ("nový Bor", None),
            ("moje dotazy už nikdo nečte", None),
            ("/pomoc", Some((Wish::Help, Lang::Cs, ""))),
            ("pomoc s bydlením", None),
            ("/start", Some((Wish::Begin, Lang::En, ""))),
            ("bydlení Most", None),
            ("", None),
        ] {
            assert_eq!(wishes.find(text), expected, "{text}");
        }
    }
}
