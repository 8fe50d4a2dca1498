//! What is set of the phone network becomes its client, its channels and its door.

use super::limit::Guard;
use super::{Gateway, Prompts, Shelf, flood::Flood};
use crate::app::{App, Clock};
use crate::channel::Channel;
use crate::channel::twilio::client::{Client, Credentials, SetupError};
use crate::channel::twilio::sms::{SmsChannel, SmsSettings};
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
    /// The phone on duty is none.
    #[error("[phone] duty_phone is “{0}”; write a phone of the service as +420 and nine digits, and none of the line's own numbers")]
    DutyPhone(String),
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
    pub(super) flood: Arc<Flood>,
    pub(super) guard: Arc<Guard>,
    /// What addresses of our own are signed with.
    tokens: Vec<Secret>,
}

impl Exchange {
    /// Puts together what is set.
    ///
    /// # Errors
    /// When an address, a number or the vendor cannot be used.
    pub fn new(phone: &Phone, secrets: &PhoneSecrets) -> Result<Self, ExchangeError> {
        let profile = profile(phone)?;
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
        if let Some(duty) = &phone.duty_phone {
            check_duty(phone, duty)?;
        }
        if !(1..=ATTACHMENT_DAYS_MAX).contains(&phone.recording_days.into()) {
            return Err(ExchangeError::RecordingDays(phone.recording_days));
        }
        let account = &secrets.account_sid;
        let token = secrets.auth_tokens.first().cloned().unwrap_or_default();
        let (user, secret) = secrets.api_key.clone().unwrap_or_else(|| (account.clone(), token));
        let credentials = Credentials { account_sid: account.clone(), user, secret: Secret::new(secret) };
        Ok(Self {
            client: Arc::new(Client::new(&phone.api_url, credentials)?),
            links: Links::new(&phone.public_url),
            profile,
            guard: Arc::new(Guard::new(phone, Secret::new(secrets.auth_tokens.first().cloned().unwrap_or_default()))),
            phone: phone.clone(),
            flood: Arc::new(Flood::new(phone.limits.messages_of_number)),
            patience: PATIENCE,
            tokens: secrets.auth_tokens.iter().map(Secret::new).collect(),
            verifier: Verifier::new(&phone.public_url, secrets.auth_tokens.iter().map(Secret::new), profile),
        })
    }

    /// Returns the channels that go over the phone network.
    #[must_use]
    pub fn channels(&self, clock: &Clock) -> Vec<Arc<dyn Channel>> {
        let (client, links, numbers) = (|| Arc::clone(&self.client), || self.links.clone(), &self.phone.numbers);
        let mut channels: Vec<Arc<dyn Channel>> = Vec::new();
        if numbers.iter().any(|one| one.voice) {
            channels.push(Arc::new(VoiceChannel::new(client(), links(), self.profile, numbers)));
        }
        if numbers.iter().any(|one| one.sms) {
            let settings = SmsSettings { parts_per_second: self.phone.parts_per_second, keeps_diacritics: self.phone.keeps_diacritics };
            let clock = clock.clone();
            channels.push(Arc::new(SmsChannel::new(client(), links(), self.profile, numbers, settings, Arc::new(move || clock.now()))));
        }
        channels
    }

    pub(super) fn prompts(&self, app: &App) -> Prompts {
        let spoken = Shelf::read(&app.handbook(), self.phone.audio.as_deref());
        for warning in spoken.warnings() {
            tracing::warn!("{warning}");
        }
        Prompts::new(spoken, &self.tokens, self.links.clone(), app.clock().clone())
    }

    /// Puts the door of the phone network before a running line.
    #[must_use]
    pub fn gateway(&self, app: Arc<App>) -> Arc<Gateway> {
        Arc::new(Gateway::new(app, self))
    }
}

/// Reads how the vendor differs from others.
pub(super) fn profile(phone: &Phone) -> Result<&'static Profile, ExchangeError> {
    let vendor = serde_json::from_value::<Vendor>(phone.vendor.as_str().into());
    vendor.map(Vendor::profile).map_err(|_| ExchangeError::Vendor(phone.vendor.clone()))
}

/// Checks that a phone can be called when the line cannot answer: it must not lead back here.
pub(super) fn check_duty(phone: &Phone, duty: &str) -> Result<(), ExchangeError> {
    let own = phone.numbers.iter().any(|one| one.number == duty);
    if is_number(duty) && !own { Ok(()) } else { Err(ExchangeError::DutyPhone(duty.to_owned())) }
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
            (Phone { duty_phone: Some("719000111".to_owned()), ..good() }, "duty_phone"),
            (Phone { duty_phone: Some("+420719880001".to_owned()), ..good() }, "duty_phone"),
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
