//! What is set of the phone network becomes its client, its channels and its door.

use super::limit::Guard;
use super::setting::{ExchangeError, check, check_account};
use super::{Gateway, Prompts, Shelf, flood::Flood};
use crate::app::{App, Clock};
use crate::channel::Channel;
use crate::channel::twilio::client::{Client, Credentials};
use crate::channel::twilio::sms::{SmsChannel, SmsSettings};
use crate::channel::twilio::voice::{Links, VoiceChannel};
use crate::channel::twilio::{Profile, Secret, Verifier};
use crate::config::{Phone, PhoneSecrets};
use std::sync::Arc;
use std::time::Duration;

/// The provider waits fifteen seconds in all; a third of that is for us.
const PATIENCE: Duration = Duration::from_secs(5);

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
        let profile = check(phone)?;
        check_account(profile, secrets)?;
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
