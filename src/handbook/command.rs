//! What an operator can tell the line: a table of words in `flows/_operator.toml`,
//! matched without diacritics, with or without the slash.

use super::HandbookError;
use crate::domain::{Lang, Outcome, fold};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A command of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Takes an offered contact.
    Take,
    /// Declines an offer.
    Decline,
    /// Keeps an internal note.
    Note,
    /// Hands a contact to another operator or line.
    HandOver,
    /// Passes every open contact to the next in service.
    PassAll,
    /// Finishes a contact with an outcome.
    Close,
    /// Calls the worker back through the line.
    CallBack,
    /// Rests for some minutes.
    Pause,
    /// Ends the rest.
    Resume,
    /// Lists the operator's own shifts.
    Shifts,
    /// Asks a colleague for a swap of shifts, or lists swaps.
    Swap,
    /// Agrees to a swap.
    Agree,
    /// Refuses a swap.
    Refuse,
    /// Takes a question for a swap back.
    Unswap,
    /// Tells who is on duty.
    Who,
    /// Lists the operator's open contacts.
    Open,
    /// Lists the contacts that were offered and wait.
    Offers,
    /// Lists the answers that are ready.
    Replies,
    /// Takes the address written from out of the roster.
    Leave,
    /// Lists the commands.
    Help,
}

/// The words of one entry in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    cs: Vec<String>,
    en: Vec<String>,
}

impl Words {
    /// Returns the words of both languages.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.cs.iter().chain(&self.en).map(String::as_str)
    }

    /// Returns the words of one language.
    pub(super) fn of(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Cs => &self.cs,
            Lang::En => &self.en,
        }
    }
}

/// The command table, longest words first.
#[derive(Debug, Clone)]
pub struct Commands {
    commands: Vec<(String, Command)>,
    outcomes: Vec<(String, Outcome)>,
}

impl Commands {
    /// Takes the tables of a file; one word for two commands refuses the whole file.
    ///
    /// # Errors
    /// [`HandbookError::Wording`] naming each word that stands twice.
    pub fn check(commands: &BTreeMap<Command, Words>, outcomes: BTreeMap<String, Words>) -> Result<Self, HandbookError> {
        let mut mistakes = Vec::new();
        let commands = table(commands.iter().map(|(command, words)| (*command, words.all())), &mut mistakes);
        let mut known = Vec::new();
        for (code, words) in outcomes {
            match Outcome::from_code(&code) {
                Some(outcome) => known.push((outcome, words)),
                None => mistakes.push(format!("[outcomes] {code} is not an outcome")),
            }
        }
        let outcomes = table(known.iter().map(|(outcome, words)| (*outcome, words.all())), &mut mistakes);
        if mistakes.is_empty() { Ok(Self { commands, outcomes }) } else { Err(HandbookError::Wording(mistakes)) }
    }

    /// Finds the command a text begins with and returns what stands behind it.
    ///
    /// With a slash any command word counts. Without one, a command that takes words of its
    /// own (`note`, `hand over`, `close`, `pause`) must stand alone or before a number, so
    /// that an answer beginning with such a word still reaches the worker.
    #[must_use]
    pub fn find<'a>(&self, text: &'a str) -> Option<(Command, &'a str)> {
        let slash = text.trim().starts_with('/');
        let (command, rest) = self.begins(text)?;
        let bare = rest.is_empty() || rest.starts_with('#') || rest.chars().all(|c| c.is_ascii_digit());
        (slash || bare).then_some((command, rest))
    }

    /// Finds the command a text begins with, whatever stands behind it.
    #[must_use]
    pub fn begins<'a>(&self, text: &'a str) -> Option<(Command, &'a str)> {
        let text = text.trim();
        beginning(&self.commands, text.strip_prefix('/').unwrap_or(text))
    }

    /// Tells whether a folded word is a command.
    pub(super) fn has(&self, word: &str) -> bool {
        self.commands.iter().any(|(known, _)| known == word)
    }

    /// Finds the outcome a text begins with and returns the reason behind it.
    #[must_use]
    pub fn outcome<'a>(&self, text: &'a str) -> Option<(Outcome, &'a str)> {
        beginning(&self.outcomes, text.trim()).or_else(|| numbered(text.trim()))
    }
}

/// An outcome by its number in the list people see; nobody chooses that a contact was abandoned.
fn numbered(text: &str) -> Option<(Outcome, &str)> {
    let (number, more) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let number: usize = number.trim_end_matches(['.', ',', ':', ')']).parse().ok()?;
    let outcome = Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Abandoned).nth(number.checked_sub(1)?)?;
    Some((*outcome, more.trim()))
}

/// Lists folded words with what they mean, the longest first; one that stands twice is a mistake.
pub(super) fn table<'a, T: Copy, W: IntoIterator<Item = &'a str>>(entries: impl IntoIterator<Item = (T, W)>, mistakes: &mut Vec<String>) -> Vec<(String, T)> {
    let mut table: Vec<(String, T)> = Vec::new();
    for (value, words) in entries {
        for word in words.into_iter().map(fold) {
            if table.iter().any(|(known, _)| *known == word) {
                mistakes.push(format!("the word „{word}“ stands twice"));
            }
            table.push((word, value));
        }
    }
    table.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    table
}

/// Matches whole words at the beginning, the longest first; punctuation may follow.
pub(super) fn beginning<'a, T: Copy>(table: &[(String, T)], text: &'a str) -> Option<(T, &'a str)> {
    table.iter().find_map(|(word, value)| {
        let taken: String = fold(text);
        if !taken.starts_with(word.as_str()) {
            return None;
        }
        // Folding never changes the number of characters of Czech letters, so characters are counted.
        let end = text.char_indices().nth(word.chars().count()).map_or(text.len(), |(at, _)| at);
        let rest = text.get(end..)?;
        if rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        Some((*value, rest.trim_start_matches([':', ',', '.', '!', '?', ')', '–', '-']).trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::Command;
    use crate::domain::Outcome;
    use crate::handbook::wording::Wording;

    #[test]
    fn commands_are_found_without_diacritics_and_slash() {
        let commands = Wording::builtin().unwrap().commands;
        let table = [
            ("přijmout", Some((Command::Take, ""))),
            ("Prijmout!", Some((Command::Take, ""))),
            ("beru #1001", Some((Command::Take, "#1001"))),
            ("prijmout 1001", Some((Command::Take, "1001"))),
            ("/poznamka volat zítra", Some((Command::Note, "volat zítra"))),
            ("poznámka na okraj: tohle je odpověď", None),
            ("/předat Petr", Some((Command::HandOver, "Petr"))),
            ("/KONEC zajištěno od pondělí", Some((Command::Close, "zajištěno od pondělí"))),
            ("konec trestu má v pátek", None),
            ("jsem zpět", Some((Command::Resume, ""))),
            ("kdo slouží", Some((Command::Who, ""))),
            ("kdokoli může přijít", None),
            ("Dobrý den, místo je.", None),
        ];
        for (text, expected) in table {
            assert_eq!(commands.find(text), expected, "{text}");
        }
    }

    #[test]
    fn outcomes_are_found_with_their_reason() {
        let commands = Wording::builtin().unwrap().commands;
        assert_eq!(commands.outcome("zajisteno, od 1. 12."), Some((Outcome::Placed, "od 1. 12.")));
        assert_eq!(commands.outcome("bez místa"), Some((Outcome::NoPlace, "")));
        assert_eq!(commands.outcome("cokoli"), None);
    }
}
