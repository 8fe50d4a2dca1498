//! What is set of Telegram: how updates come in. The bot's token comes from the environment or a file,
//! never from here.

use super::{ConfigError, secret};
use serde::Deserialize;

/// The bot through which workers and operators write.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telegram {
    /// Where the Bot API is, or a server of one's own that speaks it.
    pub api_url: String,
    /// How updates come in.
    pub mode: TelegramMode,
    /// Where updates are sent to, for a webhook: `https://linka.example`, with a path where one stands before it.
    pub public_url: Option<String>,
    /// Messages of one person within an hour; nobody who means well sends more.
    pub messages_of_person: u32,
}

/// How updates come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TelegramMode {
    /// The line asks for them; nothing has to reach it from outside.
    #[default]
    Polling,
    /// They are sent to the line.
    Webhook,
}

impl Default for Telegram {
    fn default() -> Self {
        Self { api_url: "https://api.telegram.org".to_owned(), mode: TelegramMode::Polling, public_url: None, messages_of_person: 120 }
    }
}

/// The secrets of the bot.
#[derive(Clone, PartialEq, Eq)]
pub struct TelegramSecrets {
    /// What the bot signs in with.
    pub token: String,
    /// What proves that an update comes from the Bot API, for a webhook.
    pub webhook: Option<String>,
}

/// Shows that there are secrets and not which.
impl std::fmt::Debug for TelegramSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TelegramSecrets(…)")
    }
}

impl TelegramSecrets {
    /// The variable the token comes from.
    pub const TOKEN: &'static str = "LINKA_TELEGRAM_TOKEN";
    /// The variable the webhook's secret comes from.
    pub const WEBHOOK: &'static str = "LINKA_TELEGRAM_WEBHOOK_SECRET";

    /// Reads the secrets; each variable may have `_FILE` behind its name and then names a file.
    ///
    /// # Errors
    /// [`ConfigError::Secret`] when the token is missing or empty, or a file cannot be read.
    pub fn read() -> Result<Self, ConfigError> {
        let missing = || ConfigError::Secret { name: Self::TOKEN, why: "it is not set, and [telegram] needs the bot's token".to_owned() };
        Ok(Self { token: secret(Self::TOKEN)?.ok_or_else(missing)?, webhook: secret(Self::WEBHOOK)? })
    }
}
