//! Ordinary Czech words that are also villages, and frequent words a typo is
//! never looked for behind. Both are tables under `config/places/`.

use super::PlaceError;
use std::collections::{HashMap, HashSet};

/// How much a word must be supported before it counts as a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Guard {
    /// Counts like any other name.
    Free,
    /// An everyday word: a town needs a preposition or its own clause, a village more.
    Ordinary,
    /// Needs a word such as "obec", a neighbouring town, or a capital after a preposition.
    Always,
}

/// The two lists, folded.
#[derive(Debug)]
pub(super) struct Words {
    guards: HashMap<Box<str>, Guard>,
    common: HashSet<Box<str>>,
}

const ORDINARY: &str = include_str!("../../config/places/ordinary_words.csv");
const COMMON: &str = include_str!("../../config/places/common_words.txt");

impl Words {
    pub(super) fn builtin() -> Result<Self, PlaceError> {
        let mut guards = HashMap::new();
        let mut reader = csv::Reader::from_reader(ORDINARY.as_bytes());
        for (line, record) in (2..).zip(reader.records()) {
            let wrong = |what: String| PlaceError::Table { table: "ordinary_words.csv", line, what };
            let record = record.map_err(|e| wrong(e.to_string()))?;
            let guard = match record.get(0) {
                Some("village") => Guard::Ordinary,
                Some("always") => Guard::Always,
                other => return Err(wrong(format!("class is village or always, not {other:?}"))),
            };
            guards.extend(record.get(1).unwrap_or_default().split_whitespace().map(|w| (w.into(), guard)));
        }
        let lines = COMMON.lines().filter(|l| !l.starts_with('#'));
        Ok(Self { guards, common: lines.flat_map(str::split_whitespace).map(Into::into).collect() })
    }

    pub(super) fn guard(&self, key: &str) -> Guard {
        self.guards.get(key).copied().unwrap_or(Guard::Free)
    }

    /// Tells whether a word is too frequent to be a misspelt name.
    pub(super) fn is_common(&self, key: &str) -> bool {
        self.common.contains(key) || self.guards.contains_key(key)
    }
}
