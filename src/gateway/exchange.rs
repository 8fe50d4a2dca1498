//! What is set of the phone network becomes its client, its channels and its door.

use super::{Gateway, Prompts, Shelf};
use crate::app::App;
use crate::channel::Channel;
use crate::channel::twilio::client::{Client, Credentials, SetupError};
use crate::channel::twilio::voice::{Links, VoiceChannel};
use crate::channel::twilio::{Profile, Secret, Vendor, Verifier};
use crate::config::{Phone, PhoneSecrets};
use crate::domain::ATTACHMENT_DAYS_MAX;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

/// The provider waits fifteen seconds in all; a third of that is for us.
const PATIENCE: Duration = Duration::from_secs(5);

/// The phone network cannot be used as it is set.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// Nobody knows such a vendor.
    #[error("[phone] vendor is “{0}”; write “twilio”, or “compatible” for a server that speaks the same")]
    Vendor(String),
    /// The public address is none.
    #[error("[phone] public_url is “{0}”; write where the provider reaches this line, such as https://linka.example")]
    PublicUrl(String),
    /// A number is none.
    #[error("[phone] number “{0}” is none; write it as +420 and nine digits, or as a name of at most eleven letters for messages only")]
    Number(String),
    /// There is no number at all.
    #[error("[phone] has no numbers; add [[phone.numbers]] with number, voice and sms")]
    NoNumber,
    /// A recorded message cannot be kept so long.
    #[error("[phone] recording_days is {0}; a message is kept for 1 to {ATTACHMENT_DAYS_MAX} days")]
    RecordingDays(u32),
    /// The client cannot be made.
    #[error("[phone] api_url cannot be used")]
    Api(#[from] SetupError),
}

/// The phone network, ready to be used.
#[derive(Clone)]
pub struct Exchange {
    /// Asks the provider.
    pub client: Arc<Client>,
    /// Our own addresses.
    pub links: Links,
    /// How the provider differs from others.
    pub profile: &'static Profile,
    /// What is set.
    pub phone: Phone,
    /// How long a caller is kept without a word while something is stored.
    pub patience: Duration,
    pub(super) verifier: Verifier,
    /// What addresses of our own are signed with.
    tokens: Vec<Secret>,
}

impl Exchange {
    /// Puts together what is set.
    ///
    /// # Errors
    /// When an address, a number or the vendor cannot be used.
    pub fn new(phone: &Phone, secrets: &PhoneSecrets) -> Result<Self, ExchangeError> {
        let vendor: Vendor = serde_json::from_value(phone.vendor.as_str().into()).map_err(|_| ExchangeError::Vendor(phone.vendor.clone()))?;
        let address = reqwest::Url::parse(&phone.public_url).ok().filter(|url| url.has_host() && url.query().is_none() && matches!(url.scheme(), "http" | "https"));
        if address.is_none() {
            return Err(ExchangeError::PublicUrl(phone.public_url.clone()));
        }
        if phone.numbers.is_empty() {
            return Err(ExchangeError::NoNumber);
        }
        if let Some(wrong) = phone.numbers.iter().find(|one| !is_number(&one.number) && (one.voice || !is_name(&one.number))) {
            return Err(ExchangeError::Number(wrong.number.clone()));
        }
        if !(1..=ATTACHMENT_DAYS_MAX).contains(&phone.recording_days.into()) {
            return Err(ExchangeError::RecordingDays(phone.recording_days));
        }
        let account = &secrets.account_sid;
        let token = secrets.auth_tokens.first().cloned().unwrap_or_default();
        let (user, secret) = secrets.api_key.clone().unwrap_or_else(|| (account.clone(), token));
        let credentials = Credentials { account_sid: account.clone(), user, secret: Secret::new(secret) };
        let profile = vendor.profile();
        Ok(Self {
            client: Arc::new(Client::new(&phone.api_url, credentials)?),
            links: Links::new(&phone.public_url),
            profile,
            phone: phone.clone(),
            patience: PATIENCE,
            tokens: secrets.auth_tokens.iter().map(Secret::new).collect(),
            verifier: Verifier::new(&phone.public_url, secrets.auth_tokens.iter().map(Secret::new), profile),
        })
    }

    /// Returns the channels that go over the phone network.
    #[must_use]
    pub fn channels(&self) -> Vec<Arc<dyn Channel>> {
        vec![Arc::new(VoiceChannel::new(Arc::clone(&self.client), self.links.clone(), self.profile, &self.phone.numbers))]
    }

    /// Returns the recorded prompts; what lies in their folder in vain is warned of.
    pub(super) fn prompts(&self, app: &App) -> Prompts {
        let shelf = Shelf::read(&app.handbook(), self.phone.audio.as_deref());
        for warning in shelf.warnings() {
            tracing::warn!("{warning}");
        }
        Prompts::new(shelf, &self.tokens, self.links.clone(), app.clock().clone())
    }

    /// Puts the door of the phone network before a running line.
    #[must_use]
    pub fn gateway(&self, app: Arc<App>) -> Arc<Gateway> {
        Arc::new(Gateway::new(app, self))
    }
}

/// A number in full: a plus and up to fifteen digits (ITU-T E.164).
fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| (8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

/// A name messages may carry: up to eleven letters, digits and spaces, one letter at least
/// (<https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id>).
fn is_name(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'+' | b'-' | b'_' | b'&'));
    (1..=11).contains(&text.len()) && plain && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{Exchange, ExchangeError};
    use crate::config::{Phone, PhoneSecrets};
    use crate::domain::OwnNumber;

    fn number(number: &str, voice: bool) -> OwnNumber {
        OwnNumber { number: number.to_owned(), line: None, voice, sms: true }
    }

    #[test]
    fn what_is_set_wrong_is_named() {
        rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
        let secrets = PhoneSecrets { account_sid: format!("AC{}", "0".repeat(32)), auth_tokens: vec!["t".to_owned()], api_key: None };
        let good = || Phone { public_url: "https://linka.example".to_owned(), numbers: vec![number("+420719880001", true)], ..Phone::default() };
        assert!(Exchange::new(&good(), &secrets).is_ok());
        assert!(Exchange::new(&Phone { numbers: vec![number("LINKA", false)], ..good() }, &secrets).is_ok());
        let table = [
            (Phone { vendor: "twillio".to_owned(), ..good() }, "vendor"),
            (Phone { public_url: "linka.example".to_owned(), ..good() }, "public_url"),
            (Phone { public_url: String::new(), ..good() }, "public_url"),
            (Phone { numbers: vec![number("719880001", true)], ..good() }, "719880001"),
            (Phone { numbers: vec![number("LINKA", true)], ..good() }, "LINKA"),
            (Phone { numbers: Vec::new(), ..good() }, "numbers"),
            (Phone { recording_days: 0, ..good() }, "recording_days"),
            (Phone { recording_days: 31, ..good() }, "recording_days"),
            (Phone { api_url: "nowhere".to_owned(), ..good() }, "api_url"),
        ];
        for (phone, named) in table {
            let error: ExchangeError = Exchange::new(&phone, &secrets).err().expect(named);
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
