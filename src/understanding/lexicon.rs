//! The coordinator's word list (`config/lexicon.toml`), read and indexed.
//! It says which words mean what; how findings are weighed is decided by `need`, `who` and `flag`.

use super::words::Words;
use crate::domain::{Topic, fold};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The word list as it is delivered with the program.
const BUILTIN: &str = include_str!("../../config/lexicon.toml");
/// Shortest stem in which one typo is forgiven; shorter ones resemble too many other words.
const TYPO_STEM_MIN: usize = 6;
/// Longest stem or word that is looked up, in characters; nothing longer is a word.
const WORD_MAX: usize = 32;
/// Most words one phrase can span.
const PHRASE_MAX: usize = 16;
/// Most words a `..` in a phrase may stand for.
const GAP_MAX: usize = 3;

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

/// What a phrase of the word list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sense {
    /// A topic, and how much the phrase says about it.
    Topic(Topic, Strength),
    /// A criterion of the client.
    Who(Criterion),
    /// Something that raises a flag.
    Flag(Cue),
    /// A word of the surroundings: asks, has, lost …
    Context(Frame),
    /// Ordinary words that would be mistaken for something else.
    Ignore,
}

/// How much a phrase says about its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A thing one asks for; who has it does not need it.
    Thing,
    /// A trouble; who has it needs help.
    Trouble,
    /// Words that mean the need whatever stands around them.
    Need,
    /// Counts only when nothing else is said.
    Hint,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) enum $name { $(#[doc = concat!("`", $code, "`")] $variant),+ }
        impl $name {
            const CODES: &'static [(&'static str, Self)] = &[$(($code, Self::$variant)),+];
            /// Returns the name used in the word list.
            pub(super) fn code(self) -> &'static str {
                Self::CODES.iter().find(|(_, value)| *value == self).map_or("", |(code, _)| code)
            }
        }
    };
}

names! {
    /// What words say of the client.
    Criterion {
        Man "man", Woman "woman", ManHint "man_hint", WomanHint "woman_hint",
        Children "children", NoChildren "no_children", ChildWord "child_word",
        Couple "couple", Pet "pet", Disability "disability", Pregnant "pregnant", NoIncome "no_income",
        Foreigner "foreigner", Substitution "substitution", WithoutId "without_id", Released "released_already",
        Minor "minor", Senior "senior", Person "person", People "people",
    }
}

names! {
    /// What words say of the message itself.
    Cue {
        Urgent "urgent", Homeless "homeless_now", Bulk "bulk", Restricted "restricted", Offence "offence",
        SelfHarm "self_harm", NotStaff "not_staff", Staff "staff", ProviderUpdate "provider_update",
        OutcomeReport "outcome_report", WantsPerson "wants_person", Abusive "abusive", Selling "selling",
    }
}

names! {
    /// Words around a finding that change its meaning.
    Frame {
        Asks "asks", Has "has", Settled "settled", Lost "lost", Without "without", Before "before", Refuses "refuses",
        Release "release", ReleasePast "release_past", OtherDate "other_date",
    }
}

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
    /// Stems with one letter left out, for typos.
    near: HashMap<String, Vec<usize>>,
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

type Lists = BTreeMap<toml::Spanned<String>, Vec<toml::Spanned<String>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    topic: BTreeMap<toml::Spanned<String>, TopicFile>,
    #[serde(default)]
    who: Lists,
    #[serde(default)]
    flag: Lists,
    #[serde(default)]
    context: Lists,
    #[serde(default)]
    ignore: Vec<toml::Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct TopicFile {
    things: Vec<toml::Spanned<String>>,
    troubles: Vec<toml::Spanned<String>>,
    needs: Vec<toml::Spanned<String>>,
    hints: Vec<toml::Spanned<String>>,
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
        let file: File = toml::from_str(text).map_err(|error| LexiconError::Toml(Box::new(error)))?;
        let mut builder = Builder { text, lexicon: Self::default(), known: HashMap::new() };
        for (name, lists) in &file.topic {
            let topic = Topic::from_code(name.get_ref())
                .ok_or_else(|| builder.unknown("topic", name, Topic::ALL.iter().map(|topic| topic.code())))?;
            builder.all(Sense::Topic(topic, Strength::Thing), &lists.things)?;
            builder.all(Sense::Topic(topic, Strength::Trouble), &lists.troubles)?;
            builder.all(Sense::Topic(topic, Strength::Need), &lists.needs)?;
            builder.all(Sense::Topic(topic, Strength::Hint), &lists.hints)?;
        }
        builder.section("who", &file.who, Criterion::CODES, Sense::Who)?;
        builder.section("flag", &file.flag, Cue::CODES, Sense::Flag)?;
        builder.section("context", &file.context, Frame::CODES, Sense::Context)?;
        builder.all(Sense::Ignore, &file.ignore)?;
        Ok(builder.lexicon)
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
            for key in without_one(start).chain(std::iter::once(start.to_owned())) {
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
    (stem.open || start.len() == word.len())
        && stem.text.chars().next() == start.chars().next()
        && strsim::osa_distance(&stem.text, start) <= 1
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

fn without_one(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(|(at, c)| {
        let mut shorter = word.to_owned();
        shorter.replace_range(at..at + c.len_utf8(), "");
        shorter
    })
}

struct Builder<'a> {
    text: &'a str,
    lexicon: Lexicon,
    known: HashMap<Stem, usize>,
}

impl Builder<'_> {
    fn section<T: Copy>(&mut self, kind: &'static str, lists: &Lists, codes: &[(&str, T)], sense: impl Fn(T) -> Sense) -> Result<(), LexiconError> {
        for (name, phrases) in lists {
            let (_, value) = codes
                .iter()
                .find(|(code, _)| code == name.get_ref())
                .ok_or_else(|| self.unknown(kind, name, codes.iter().map(|(code, _)| *code)))?;
            self.all(sense(*value), phrases)?;
        }
        Ok(())
    }

    fn all(&mut self, sense: Sense, phrases: &[toml::Spanned<String>]) -> Result<(), LexiconError> {
        phrases.iter().try_for_each(|phrase| self.add(sense, phrase))
    }

    fn add(&mut self, sense: Sense, phrase: &toml::Spanned<String>) -> Result<(), LexiconError> {
        let problem = |problem| LexiconError::Phrase { line: self.line(phrase), phrase: phrase.get_ref().clone(), problem };
        let parts: Vec<&str> = phrase.get_ref().split_whitespace().collect();
        match (parts.first(), parts.last()) {
            (None, _) | (_, None) => return Err(problem("is empty")),
            (Some(&("_" | "..")), _) | (_, Some(&"..")) => return Err(problem("must begin and end with a word")),
            _ => {}
        }
        if parts.iter().any(|part| part.split('|').any(|word| word.trim_matches('*').is_empty() || word.trim_end_matches('*').contains('*'))) {
            return Err(problem("has a * that is not at the end of a word"));
        }
        let elements: Vec<Element> = parts.iter().map(|part| self.element(part)).collect();
        let at = self.lexicon.phrases.len();
        if let Some(Element::Stems(first)) = elements.first() {
            for stem in first {
                if let Some(phrases) = self.lexicon.by_first.get_mut(*stem) {
                    phrases.push(at);
                }
            }
        }
        self.lexicon.phrases.push(Phrase { sense, elements });
        Ok(())
    }

    fn element(&mut self, part: &str) -> Element {
        match part {
            "_" => Element::Any,
            ".." => Element::Gap,
            words => Element::Stems(words.split('|').map(|word| self.stem(word)).collect()),
        }
    }

    fn stem(&mut self, word: &str) -> usize {
        let open = word.ends_with('*');
        let stem = Stem { text: fold(word.trim_end_matches('*')), open };
        if let Some(known) = self.known.get(&stem) {
            return *known;
        }
        let at = self.lexicon.stems.len();
        let exact = if open { &mut self.lexicon.prefix } else { &mut self.lexicon.whole };
        exact.entry(stem.text.clone()).or_default().push(at);
        if stem.text.chars().count() >= TYPO_STEM_MIN {
            for key in without_one(&stem.text).chain(std::iter::once(stem.text.clone())) {
                let near = self.lexicon.near.entry(key).or_default();
                if near.last() != Some(&at) {
                    near.push(at);
                }
            }
        }
        self.known.insert(stem.clone(), at);
        self.lexicon.stems.push(stem);
        self.lexicon.by_first.push(Vec::new());
        at
    }

    fn unknown<'b>(&self, kind: &'static str, name: &toml::Spanned<String>, known: impl Iterator<Item = &'b str>) -> LexiconError {
        let nearest = known.map(|code| (strsim::osa_distance(code, name.get_ref()), code)).min();
        let hint = nearest.filter(|(far, _)| *far <= 3).map_or_else(String::new, |(_, code)| format!(" – did you mean “{code}”?"));
        LexiconError::Unknown { line: self.line(name), kind, name: name.get_ref().clone(), hint }
    }

    fn line<T>(&self, at: &toml::Spanned<T>) -> usize {
        self.text.get(..at.span().start).unwrap_or_default().matches('\n').count() + 1
    }
}
