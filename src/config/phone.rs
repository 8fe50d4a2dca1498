//! What is set of the phone network: where it reaches the line, which numbers are the line's, and how
//! much it may cost. Its secrets come from the environment or from files, never from here.

use super::{ConfigError, secret};
use crate::domain::{OwnNumber, Tariff};
use serde::Deserialize;

/// The gateway to the phone network, the same for calls and messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phone {
    /// Where the provider reaches the line: `https://linka.example`, with a path where one stands before it.
    pub public_url: String,
    /// Where the line reaches the provider, or a server of one's own that speaks the same language.
    pub api_url: String,
    /// Whose habits to follow: `twilio`, or `compatible` for everybody else.
    pub vendor: String,
    /// The line's own numbers.
    pub numbers: Vec<OwnNumber>,
    /// The phone callers are joined with while the line itself cannot answer; left out, the coordinator's.
    pub duty_phone: Option<String>,
    /// Message parts one number sends in a second.
    pub parts_per_second: f64,
    /// Diacritics stay in messages, which makes them longer and dearer.
    pub keeps_diacritics: bool,
    /// Unknown callers press a key that is read to them before anything else.
    pub captcha: bool,
    /// A folder of recorded prompts, `cs/hello.mp3`; relative to the configuration file.
    pub audio: Option<std::path::PathBuf>,
    /// Days a recorded message is kept.
    pub recording_days: u32,
    /// How much is too much.
    pub limits: PhoneLimits,
}

/// How much is too much; nobody who means well meets these.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhoneLimits {
    /// Calls from one number within an hour.
    pub calls_of_number: u32,
    /// Messages from one number within an hour.
    pub messages_of_number: u32,
    /// Calls at the same time.
    pub calls_at_once: u32,
    /// What one day may cost, in the currency of the two prices.
    pub cost_of_day: f64,
    /// The price of one message part.
    pub price_of_part: f64,
    /// The price of one minute of a call out.
    pub price_of_minute: f64,
}

impl Default for Phone {
    fn default() -> Self {
        Self {
            public_url: String::new(),
            api_url: "https://api.twilio.com".to_owned(),
            vendor: "twilio".to_owned(),
            numbers: Vec::new(),
            duty_phone: None,
            parts_per_second: 1.0,
            keeps_diacritics: false,
            captcha: false,
            audio: None,
            recording_days: 30,
            limits: PhoneLimits::default(),
        }
    }
}

impl Phone {
    /// Returns what messages and calls cost.
    #[must_use]
    pub const fn tariff(&self) -> Tariff {
        let PhoneLimits { cost_of_day, price_of_part, price_of_minute, .. } = self.limits;
        Tariff { of_day: cost_of_day, part: price_of_part, minute: price_of_minute, keeps_diacritics: self.keeps_diacritics }
    }
}

impl Default for PhoneLimits {
    fn default() -> Self {
        Self { calls_of_number: 20, messages_of_number: 60, calls_at_once: 100, cost_of_day: 2_000.0, price_of_part: 2.0, price_of_minute: 2.0 }
    }
}

/// The secrets of the account with the provider.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneSecrets {
    /// The account: `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// What signs requests of the provider; the second one while a new one takes over.
    pub auth_tokens: Vec<String>,
    /// A key for requests of ours, its name and its secret, instead of the token.
    pub api_key: Option<(String, String)>,
}

/// Shows that there are secrets and not which.
impl std::fmt::Debug for PhoneSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PhoneSecrets({} tokens)", self.auth_tokens.len())
    }
}

impl PhoneSecrets {
    /// Reads the secrets; each variable may have `_FILE` behind its name and then names a file.
    ///
    /// # Errors
    /// [`ConfigError::Secret`] when one that is needed is missing or empty, or a file cannot be read.
    pub fn read() -> Result<Self, ConfigError> {
        let needed = |name: &'static str| secret(name)?.ok_or(ConfigError::Secret { name, why: "it is not set".to_owned() });
        let key = (secret("LINKA_TWILIO_API_KEY_SID")?, secret("LINKA_TWILIO_API_KEY_SECRET")?);
        let half = |name| ConfigError::Secret { name, why: "a key is its name and its secret, and only the other one is set".to_owned() };
        let api_key = match key {
            (Some(_), None) => return Err(half("LINKA_TWILIO_API_KEY_SECRET")),
            (None, Some(_)) => return Err(half("LINKA_TWILIO_API_KEY_SID")),
            (sid, secret) => sid.zip(secret),
        };
        Ok(Self {
            account_sid: needed("LINKA_TWILIO_ACCOUNT_SID")?,
            auth_tokens: [Some(needed("LINKA_TWILIO_AUTH_TOKEN")?), secret("LINKA_TWILIO_AUTH_TOKEN_NEXT")?].into_iter().flatten().collect(),
            api_key,
        })
    }
}
