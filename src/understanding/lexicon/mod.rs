//! The coordinator's word list (`config/lexicon.toml`), indexed and ready to be asked.
//! It says which words mean what; how findings are weighed is decided by `need`, `who` and `flag`.

mod builder;
mod file;
mod sense;

pub use file::LexiconError;
pub(super) use sense::{Criterion, Cue, Frame, Sense, Strength};

use super::words::Words;
use std::collections::HashMap;
use std::ops::Range;

/// The word list as it is delivered with the program.
const BUILTIN: &str = include_str!("../../../config/lexicon.toml");
/// Shortest stem in which one typo is forgiven; shorter ones resemble too many other words.
const TYPO_STEM_MIN: usize = 6;
/// Longest stem or word that is looked up, in characters; nothing longer is a word.
const WORD_MAX: usize = 32;
/// Most words one phrase can span.
const PHRASE_MAX: usize = 16;
/// Most words a `..` in a phrase may stand for.
const GAP_MAX: usize = 3;

/// One finding: the words of `span` were taken for `sense`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// What they stand for.
    pub sense: Sense,
    /// The words, by index.
    pub span: Range<usize>,
}

/// The word list, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Stems by what they must equal.
    whole: HashMap<String, Vec<usize>>,
    /// Stems by what a word must begin with.
    prefix: HashMap<String, Vec<usize>>,
    /// Stems by the sum of their letters with one left out, for typos; what shares a sum is compared again.
    near: HashMap<u64, Vec<usize>>,
    stems: Vec<Stem>,
    phrases: Vec<Phrase>,
    /// Phrases by a stem of their first element, as long as `stems`.
    by_first: Vec<Vec<usize>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Stem {
    text: String,
    open: bool,
}

#[derive(Debug, Clone)]
struct Phrase {
    sense: Sense,
    elements: Vec<Element>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Element {
    /// One word, by any of these stems.
    Stems(Vec<usize>),
    /// One word, whatever it is.
    Any,
    /// Up to [`GAP_MAX`] words.
    Gap,
}

impl Lexicon {
    /// Reads the word list that is delivered with the program.
    ///
    /// # Errors
    /// The delivered list has a mistake; a test keeps it from happening.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::read(BUILTIN)
    }

    /// Reads a word list in the format described at the top of `config/lexicon.toml`.
    ///
    /// # Errors
    /// The text is not TOML, a section's name is unknown or a phrase is malformed; each error names its line.
    pub fn read(text: &str) -> Result<Self, LexiconError> {
        builder::built(text)
    }

    /// Finds every phrase in `words`; words for which `exact` holds are not taken for a typo.
    pub(super) fn hits(&self, words: &Words<'_>, exact: &dyn Fn(usize) -> bool) -> Vec<Hit> {
        let stems: Vec<Vec<usize>> = (0..words.len())
            .map(|at| self.stems_of(words.word(at), exact(at)))
            .collect();
        let mut hits = Vec::new();
        for (at, here) in stems.iter().enumerate() {
            let mut phrases: Vec<usize> = here.iter().filter_map(|stem| self.by_first.get(*stem)).flatten().copied().collect();
            phrases.sort_unstable();
            phrases.dedup();
            for phrase in phrases {
                if let Some(phrase) = self.phrases.get(phrase)
                    && let Some(end) = ends(&phrase.elements, words, &stems, at)
                    && words.same_clause(at, end.saturating_sub(1))
                {
                    hits.push(Hit { sense: phrase.sense, span: at..end });
                }
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end), hit.sense));
        hits
    }

    fn stems_of(&self, word: &str, exact: bool) -> Vec<usize> {
        if word.len() > 4 * WORD_MAX || word.chars().count() > WORD_MAX {
            return Vec::new();
        }
        let mut found: Vec<usize> = self.whole.get(word).into_iter().flatten().copied().collect();
        for start in prefixes(word) {
            found.extend(self.prefix.get(start).into_iter().flatten().copied());
        }
        let numeral = super::numeral::cardinal(word).is_some() || super::numeral::ordinal(word).is_some();
        if found.is_empty() && !exact && !numeral && word.chars().count() >= TYPO_STEM_MIN - 1 && !word.starts_with(|c: char| c.is_ascii_digit()) {
            found = self.near_stems(word);
        }
        found
    }

    /// Stems from which the word differs by one letter left out, added, changed or swapped.
    fn near_stems(&self, word: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let candidates = prefixes(word).chain(std::iter::once(word)).filter(|start| start.chars().count() + 1 >= TYPO_STEM_MIN);
        for start in candidates {
            for key in without_one(start) {
                for stem in self.near.get(&key).into_iter().flatten() {
                    if !found.contains(stem) && self.stems.get(*stem).is_some_and(|stem| is_near(stem, start, word)) {
                        found.push(*stem);
                    }
                }
            }
        }
        found
    }
}

/// The findings that may touch the words of `around`; `hits` are in the order of their first word.
pub(super) fn near<'a>(hits: &'a [Hit], around: &Range<usize>) -> &'a [Hit] {
    let from = hits.partition_point(|hit| hit.span.start + PHRASE_MAX < around.start);
    let to = hits.partition_point(|hit| hit.span.start < around.end);
    hits.get(from..to).unwrap_or_default()
}

/// Tells whether `start` (all of `word` where the stem is closed) is one typo away from the stem.
fn is_near(stem: &Stem, start: &str, word: &str) -> bool {
    // "medik…" is no typo of "mediac…": the stem's last letter is missing only where the word ends
    let cut = stem.text.starts_with(start) && start.len() < word.len();
    // "odstěhovat", "pacienty": another ending of a whole word is another form, no typo
    let ending = !stem.open && word.len() >= stem.text.len() && word.get(..stem.text.len().saturating_sub(1)).is_some_and(|begins| stem.text.starts_with(begins)) && !is_doubled(word);
    (stem.open || start.len() == word.len())
        && !cut
        && !ending
        && stem.text.chars().next() == start.chars().next()
        && strsim::osa_distance(&stem.text, start) <= 1
        && (stem.text.len() > TYPO_STEM_MIN || stem.text.len() != start.len() || is_swap(&stem.text, start))
}

/// "klientt": the last letter was hit twice.
fn is_doubled(word: &str) -> bool {
    word.bytes().rev().take(2).collect::<Vec<u8>>().windows(2).any(|pair| pair.first() == pair.last())
}

/// "bydlnei": two letters changed places; in a short stem one other letter makes another word ("sezónu", "seženu").
fn is_swap(stem: &str, start: &str) -> bool {
    stem.bytes().zip(start.bytes()).filter(|(a, b)| a != b).count() != 1
}

/// Follows the elements of a phrase from word `at`; returns the index behind its last word.
fn ends(elements: &[Element], words: &Words<'_>, stems: &[Vec<usize>], at: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else { return Some(at) };
    match first {
        Element::Stems(any) => {
            let here = stems.get(at)?;
            any.iter().any(|stem| here.contains(stem)).then_some(())?;
            ends(rest, words, stems, at + 1)
        }
        Element::Any => {
            stems.get(at)?;
            ends(rest, words, stems, at + 1)
        }
        Element::Gap => {
            let start = at.checked_sub(1)?;
            (at..=at + GAP_MAX).filter(|next| words.same_clause(start, *next)).find_map(|next| ends(rest, words, stems, next))
        }
    }
}

fn prefixes(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().skip(1).filter_map(|(at, _)| word.get(..at)).chain(std::iter::once(word))
}

/// Sums (FNV-1a) of the word and of the word with each of its letters left out.
fn without_one(word: &str) -> impl Iterator<Item = u64> + '_ {
    let left_out = word.char_indices().map(|(at, c)| sum(word.bytes().enumerate().filter(move |(byte, _)| !(at..at + c.len_utf8()).contains(byte)).map(|(_, byte)| byte)));
    left_out.chain(std::iter::once(sum(word.bytes())))
}

fn sum(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
