//! What can be wrong with a declared file, in words its author understands.

use crate::flow::Problem;
use crate::place::PlaceError;
use crate::understanding::LexiconError;
use thiserror::Error;

/// A handbook file was refused; the old one stays in force.
#[derive(Debug, Error)]
pub enum HandbookError {
    /// A file is no TOML or has unknown keys; the source says line and column.
    #[error("{file} cannot be read")]
    Toml {
        /// The file's name.
        file: String,
        /// What the reader said.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// Wordings or command words are wrong; each mistake on its own line.
    #[error("{} is not complete:\n{}", super::wording::FILE, .0.join("\n"))]
    Wording(Vec<String>),
    /// Declared conversations are wrong.
    #[error("the flows have mistakes:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Flows(Vec<Problem>),
    /// The tables of places are wrong.
    #[error("the tables of places cannot be read")]
    Places(#[from] PlaceError),
    /// The table of words is wrong.
    #[error("the table of words cannot be read")]
    Lexicon(#[from] LexiconError),
}
