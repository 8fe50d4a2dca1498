//! The word list as it is written in TOML, and what can be wrong with it. `builder` turns it into a lexicon.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What is wrong with a word list.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The file is not TOML or has an unknown section; the message names the line.
    #[error("the word list cannot be read: {0}")]
    Toml(#[source] Box<toml::de::Error>),
    /// A section is named after a topic, criterion or flag that does not exist.
    #[error("line {line}: there is no {kind} called “{name}”{hint}")]
    Unknown {
        /// The line of the section, from 1.
        line: usize,
        /// `topic`, `who` or `flag`.
        kind: &'static str,
        /// The name as written.
        name: String,
        /// The nearest known name, as ` – did you mean …?`, or empty.
        hint: String,
    },
    /// A phrase is empty or has a mark in the wrong place.
    #[error("line {line}: the phrase “{phrase}” {problem}")]
    Phrase {
        /// The line of the phrase, from 1.
        line: usize,
        /// The phrase as written.
        phrase: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

pub(super) type Lists = BTreeMap<toml::Spanned<String>, Vec<toml::Spanned<String>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) topic: BTreeMap<toml::Spanned<String>, TopicFile>,
    #[serde(default)]
    pub(super) who: Lists,
    #[serde(default)]
    pub(super) flag: Lists,
    #[serde(default)]
    pub(super) context: Lists,
    #[serde(default)]
    pub(super) ignore: Vec<toml::Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct TopicFile {
    pub(super) things: Vec<toml::Spanned<String>>,
    pub(super) troubles: Vec<toml::Spanned<String>>,
    pub(super) needs: Vec<toml::Spanned<String>>,
    pub(super) hints: Vec<toml::Spanned<String>>,
}
