//! What an author of a lines file got wrong: where, what, and what was probably meant.

use crate::domain::fold;
use std::fmt;
use thiserror::Error;

/// Why lines could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RoutingError {
    /// The file has mistakes; all of them are listed, one a line.
    #[error("{}", listed(.0))]
    Mistakes(Vec<Mistake>),
}

/// One mistake or warning, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line of the file, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " — {hint}"))
    }
}

fn listed(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Returns line and column of a byte of `text`, both from 1.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.get(start..).unwrap_or("").chars().count() + 1)
}

/// Suggests the nearest of `known`, unless nothing is near.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|known| format!("did you mean `{known}`?"))
}

/// Returns the nearest of `known`, unless nothing is near.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(word);
    let distance = |known: &str| strsim::damerau_levenshtein(&wanted, &fold(known));
    let nearest = known.into_iter().map(|known| (distance(known), known)).min_by_key(|(distance, _)| *distance);
    let near = (wanted.chars().count() / 3).max(1);
    nearest.filter(|(distance, _)| *distance <= near).map(|(_, known)| known)
}
