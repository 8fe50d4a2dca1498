//! A text in the languages of the line, as it stands in a file: with its place, so
//! that a mistake in it can be pointed at.

use crate::domain::{Bilingual, Lang, Medium};
use serde::Deserialize;
use toml::Spanned;

/// One wording; a language may be missing until the checker has seen it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The Czech text.
    pub cs: Option<Spanned<String>>,
    /// The English text.
    pub en: Option<Spanned<String>>,
}

impl Wording {
    /// Returns the text of one language with its place, `None` when it is missing.
    #[must_use]
    pub const fn spanned(&self, lang: Lang) -> Option<&Spanned<String>> {
        match lang {
            Lang::Cs => self.cs.as_ref(),
            Lang::En => self.en.as_ref(),
        }
    }

    /// Returns the text of `lang`, of the other language when it is missing, or nothing.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let others = Lang::ALL.into_iter().filter(|other| *other != lang);
        std::iter::once(lang).chain(others).find_map(|lang| self.spanned(lang)).map_or("", |text| text.get_ref())
    }

    /// Returns both wordings without their places.
    #[must_use]
    pub fn bilingual(&self) -> Bilingual {
        Bilingual::new(self.get(Lang::Cs), self.get(Lang::En))
    }
}

/// Several wordings one after the other, one for each time it happens.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wordings {
    /// The Czech texts.
    pub cs: Option<Vec<Spanned<String>>>,
    /// The English texts.
    pub en: Option<Vec<Spanned<String>>>,
}

impl Wordings {
    /// Returns the texts of one language, `None` when they are missing.
    pub fn of(&self, lang: Lang) -> Option<&[Spanned<String>]> {
        match lang {
            Lang::Cs => self.cs.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }

    /// Returns the text for the `count`-th time (from 1); the last one repeats.
    pub fn nth(&self, lang: Lang, count: u8) -> &str {
        let texts = self.of(lang).or_else(|| self.of(Lang::Cs)).unwrap_or_default();
        let index = usize::from(count.saturating_sub(1)).min(texts.len().saturating_sub(1));
        texts.get(index).map_or("", |text| text.get_ref())
    }
}

/// A step's text and what replaces it on some media.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// The text for every medium.
    pub text: &'a Wording,
    /// What is spoken instead.
    pub voice: Option<&'a Wording>,
    /// What is written in a short message instead.
    pub sms: Option<&'a Wording>,
    /// What is written in a chat and on the web page instead.
    pub chat: Option<&'a Wording>,
}

impl<'a> Texts<'a> {
    /// Picks the wording of one medium.
    pub fn on(self, medium: Medium) -> &'a Wording {
        let own = match medium {
            Medium::Voice => self.voice,
            Medium::Sms => self.sms,
            Medium::Chat | Medium::Web => self.chat,
        };
        own.unwrap_or(self.text)
    }

    /// Lists every wording that is present, with the key it stands under.
    pub fn all(self) -> Vec<(&'static str, &'a Wording)> {
        let own = [("voice", self.voice), ("sms", self.sms), ("chat", self.chat)];
        let own = own.into_iter().filter_map(|(key, wording)| Some((key, wording?)));
        std::iter::once(("text", self.text)).chain(own).collect()
    }
}
