//! What `flows/_common.toml` declares: languages, voices, patience, phrases and the
//! words understood in every state.

use super::wording::{Wording, Wordings};
use crate::domain::{Lang, fold_word};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use toml::Spanned;

/// Phrases the engine itself says; `_common.toml` must have each of them.
pub(crate) const PHRASES: [&str; 24] = [
    "option_voice",
    "option_text",
    "more",
    "from_start",
    "understood",
    "assumed",
    "further",
    "which_place",
    "which_region",
    "other_place",
    "no_candidate",
    "answered_already",
    "personal_data",
    "no_more",
    "sms_follows",
    "too_long",
    "passed_on",
    "cut",
    "postcode",
    "no_postcode",
    "sign_in",
    "signed_in",
    "not_signed_in",
    "locked_out",
];

/// Everything shared by the flows of one set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The format's number, 1.
    pub format: Spanned<u32>,
    /// Languages every text must exist in; the first one is the fallback.
    pub languages: Vec<Lang>,
    /// Who reads the texts on the phone, by language.
    #[serde(default)]
    pub voices: BTreeMap<Lang, Voice>,
    /// Patience with silence and wrong answers.
    pub defaults: Defaults,
    /// Wordings by name; further ones than the engine's are for templates (`phrase.NAME`).
    pub phrases: BTreeMap<Spanned<String>, Wording>,
    /// Phrases that are read by the voice of another language than the conversation's.
    #[serde(default)]
    pub read_in: BTreeMap<Spanned<String>, Lang>,
    /// How a key is spoken.
    #[serde(default)]
    pub keys: BTreeMap<Spanned<String>, Wording>,
    /// Words and keys understood in every state.
    #[serde(default)]
    pub words: Vec<Word>,
    /// The words as they are compared: each message is looked up here.
    #[serde(skip)]
    folded: OnceLock<HashMap<String, (Does, Lang)>>,
}

/// A voice of the telephone provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// The BCP 47 language, such as `cs-CZ`.
    pub language: String,
    /// The provider's name of the voice.
    pub voice: String,
}

/// Defaults by step kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// For every step that asks.
    pub menu: Patience,
}

/// How long and how often a question is repeated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patience {
    /// Options read at once on the phone.
    pub voice_max: Spanned<usize>,
    /// A silence, in seconds.
    pub timeout: u32,
    /// The silence that ends the patience.
    pub max_noinput: u8,
    /// The wrong answer that ends the patience.
    pub max_nomatch: u8,
    /// The step after that.
    pub fail: Option<Spanned<String>>,
    /// What is said at each silence.
    pub noinput: Wordings,
    /// What is said at each wrong answer.
    pub nomatch: Wordings,
}

/// A word or key understood in every state.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// What it does.
    pub does: Does,
    /// The key.
    pub key: Spanned<String>,
    /// Czech words.
    #[serde(default)]
    pub cs: Vec<Spanned<String>>,
    /// English words.
    #[serde(default)]
    pub en: Vec<Spanned<String>>,
}

/// What a global word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// Leads to a person.
    Operator,
    /// Says the question again.
    Repeat,
    /// Leads back to the choice of a topic.
    Menu,
    /// Changes the language.
    Language,
    /// Reads the next page of a long menu.
    More,
}

impl Word {
    /// Lists the words of one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &[Spanned<String>] {
        match lang {
            Lang::Cs => &self.cs,
            Lang::En => &self.en,
        }
    }
}

impl Shared {
    /// Returns a phrase, empty when the file lacks it.
    #[must_use]
    pub fn phrase(&self, name: &str, lang: Lang) -> &str {
        self.phrases.get(name).map_or("", |wording| wording.get(lang))
    }

    /// Finds what a key does in every state.
    #[must_use]
    pub fn key(&self, key: &str) -> Option<Does> {
        self.words.iter().find(|word| word.key.get_ref() == key).map(|word| word.does)
    }

    /// Finds what a whole message does in every state, and the language it is written in.
    #[must_use]
    pub fn word(&self, text: &str) -> Option<(Does, Option<Lang>)> {
        let said = fold_word(text);
        if said.is_empty() {
            return self.key(text.trim()).map(|does| (does, None));
        }
        let by_word = self.folded().get(&said).map(|(does, lang)| (*does, Some(*lang)));
        by_word.or_else(|| self.key(&said).map(|does| (does, None)))
    }

    fn folded(&self) -> &HashMap<String, (Does, Lang)> {
        self.folded.get_or_init(|| {
            let spoken = |word: &Word, lang: Lang| word.of(lang).iter().map(|known| fold_word(known.get_ref())).collect::<Vec<_>>();
            let all = self.words.iter().flat_map(|word| Lang::ALL.map(|lang| (word.does, lang, spoken(word, lang))));
            // Of two that say the same, the first one counts.
            let mut folded = HashMap::new();
            for (does, lang, known) in all.flat_map(|(does, lang, known)| known.into_iter().map(move |known| (does, lang, known))) {
                folded.entry(known).or_insert((does, lang));
            }
            folded
        })
    }

    /// Says a key aloud, such as `jedna`.
    #[must_use]
    pub fn spoken_key<'a>(&'a self, key: &'a str, lang: Lang) -> &'a str {
        self.keys.get(key).map(|wording| wording.get(lang)).filter(|name| !name.is_empty()).unwrap_or(key)
    }

    /// Finds the key of a global word.
    #[must_use]
    pub fn key_of(&self, does: Does) -> &str {
        self.words.iter().find(|word| word.does == does).map_or("", |word| word.key.get_ref())
    }
}
