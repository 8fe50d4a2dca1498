//! What a person holds in the hand: the only thing the core knows of a channel
//! besides what it is able to do.

use super::Lang;
use serde::{Deserialize, Serialize};

/// A kind of channel, as texts and flows tell them apart. Never a brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// A chat application: long texts, buttons where the channel can.
    Chat,
    /// The worker's plain web page.
    Web,
    /// Short messages: folded, counted in parts.
    Sms,
    /// A phone call: spoken texts and a keypad.
    Voice,
}

impl Medium {
    /// Every medium.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Web, Self::Sms, Self::Voice];

    /// Returns the lower-case name used in flows and commands.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Web => "web",
            Self::Sms => "sms",
            Self::Voice => "voice",
        }
    }

    /// Returns the word a person reads.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Chat => lang.pick("chat", "chat"),
            Self::Web => lang.pick("web", "web"),
            Self::Sms => lang.pick("SMS", "SMS"),
            Self::Voice => lang.pick("telefon", "phone"),
        }
    }

    /// Reads a name written by [`Medium::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.name() == name)
    }
}
