//! The two languages the line speaks, and a text that exists in both.

use serde::{Deserialize, Serialize};

/// A language of the line. Czech is the fallback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Čeština.
    #[default]
    Cs,
    /// English.
    En,
}

impl Lang {
    /// Every language, the fallback first.
    pub const ALL: [Self; 2] = [Self::Cs, Self::En];

    /// Returns the ISO 639-1 code: `cs` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cs => "cs",
            Self::En => "en",
        }
    }

    /// Reads an ISO 639-1 code; anything but `cs` and `en` is `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Picks the text of this language.
    #[must_use]
    pub const fn pick<'a>(self, cs: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Cs => cs,
            Self::En => en,
        }
    }
}

/// One wording in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// The Czech wording.
    pub cs: String,
    /// The English wording.
    pub en: String,
}

impl Bilingual {
    /// Pairs the two wordings.
    pub fn new(cs: impl Into<String>, en: impl Into<String>) -> Self {
        Self { cs: cs.into(), en: en.into() }
    }

    /// Returns the wording in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.cs, &self.en)
    }
}
