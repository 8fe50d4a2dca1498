//! Reads `flows/_operator.toml`: wordings, command words and outcome words.

use super::reply::{Replies, Reply};
use super::{Command, Commands, HandbookError, Phrases, Wish, Wishes, command::Words};
use crate::domain::{Bilingual, fold};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The name of the file that holds the operator's side.
pub const FILE: &str = "_operator.toml";

const BUILTIN: &str = include_str!("../../flows/_operator.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    commands: BTreeMap<Command, Words>,
    outcomes: BTreeMap<String, Words>,
    replies: BTreeMap<String, Reply>,
    wishes: BTreeMap<Wish, Words>,
    automatic: Words,
    thanks: Words,
    courtesies: Words,
    another: Words,
    phrases: BTreeMap<String, Bilingual>,
}

/// The operator's side in words.
#[derive(Debug, Clone)]
pub struct Wording {
    /// What the line says.
    pub phrases: Phrases,
    /// What an operator can say.
    pub commands: Commands,
    /// What an operator has ready to say.
    pub replies: Replies,
    /// What whoever asks can want of the line itself.
    pub wishes: Wishes,
    /// Signs of a machine's message, folded.
    automatic: Vec<String>,
    /// Words of thanks and farewell, folded.
    thanks: Vec<String>,
    /// What stands around thanks, folded.
    courtesies: Vec<String>,
    /// Words that begin another question, folded.
    another: Vec<String>,
}

impl Wording {
    /// Reads the file the program was built with.
    ///
    /// # Errors
    /// As [`Wording::read`]; a test keeps the built-in file good.
    pub fn builtin() -> Result<Self, HandbookError> {
        Self::read(BUILTIN)
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// [`HandbookError::Toml`] with line and column, or [`HandbookError::Wording`] with every mistake.
    pub fn read(text: &str) -> Result<Self, HandbookError> {
        let file: File = toml::from_str(text).map_err(|source| HandbookError::Toml { file: FILE.to_owned(), source: Box::new(source) })?;
        let commands = Commands::check(&file.commands, file.outcomes)?;
        let mut mistakes = Vec::new();
        let replies = Replies::check(file.replies, |word| commands.has(word), &mut mistakes);
        if !mistakes.is_empty() {
            return Err(HandbookError::Wording(mistakes));
        }
        let folded = |words: &Words| words.all().map(fold).collect();
        Ok(Self {
            phrases: Phrases::check(file.phrases)?,
            commands,
            replies,
            wishes: Wishes::check(&file.wishes)?,
            automatic: folded(&file.automatic),
            thanks: folded(&file.thanks),
            courtesies: folded(&file.courtesies),
            another: folded(&file.another),
        })
    }

    /// Tells whether a machine wrote the text: an out-of-office note, a returned message.
    #[must_use]
    pub fn is_automatic(&self, text: &str) -> bool {
        let text = fold(text);
        self.automatic.iter().any(|sign| text.contains(sign.as_str()))
    }

    /// Tells whether the text is nothing but thanks.
    #[must_use]
    pub fn is_thanks(&self, text: &str) -> bool {
        let text = fold(text);
        let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let thanks = |word: &str| self.thanks.iter().any(|known| known == word);
        words().any(thanks) && words().all(|word| thanks(word) || self.courtesies.iter().any(|known| known == word))
    }

    /// Tells whether the text says itself that it is about something else than before.
    #[must_use]
    pub fn is_about_another(&self, text: &str) -> bool {
        let text = fold(text);
        self.another.iter().any(|sign| text.contains(sign.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Wording;

    #[test]
    fn thanks_are_nothing_but_thanks() {
        let wording = Wording::builtin().unwrap();
        for text in ["Děkuji", "děkuji moc, hezký den!", "OK díky", "Thank you very much.", "Děkujeme za pomoc."] {
            assert!(wording.is_thanks(text), "{text}");
        }
        for text in ["", "na pomoc", "díky, a kdy může přijít?", "dobře, a co doklady", "to je moc", "😊"] {
            assert!(!wording.is_thanks(text), "{text}");
        }
    }

    #[test]
    fn another_question_says_so() {
        let wording = Wording::builtin().unwrap();
        for (text, another) in [("Mám ještě dalšího klienta", true), ("nový dotaz", true), ("a kdy tam může přijít?", false)] {
            assert_eq!(wording.is_about_another(text), another, "{text}");
        }
    }
}
