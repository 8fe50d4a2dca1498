//! What is set of Telegram becomes its clients, its channel and its door.

use super::setting::{TelegramError, check};
use super::words::Words;
use super::{Listener, hook};
use crate::app::{App, Clock};
use crate::channel::telegram::{Bots, Talk, TelegramChannel};
use crate::channel::{Channel, Files, Secret};
use crate::config::{Telegram, TelegramSecrets};
use crate::gateway::flood::Flood;
use axum::Router;
use std::sync::Arc;
use std::sync::atomic::AtomicI32;

/// Telegram, ready to be used.
#[derive(Clone)]
pub struct Outpost {
    /// What is set.
    pub telegram: Telegram,
    /// Where updates are sent to, and what proves whose they are; `None` where the line asks for them.
    pub(super) hook: Option<(reqwest::Url, Secret)>,
    pub(super) bots: Bots,
    flood: Arc<Flood>,
}

impl Outpost {
    /// Puts together what is set.
    ///
    /// # Errors
    /// When an address or a secret cannot be used.
    pub fn new(telegram: &Telegram, secrets: &TelegramSecrets) -> Result<Self, TelegramError> {
        let hook = check(telegram, secrets)?;
        let bots = Bots::new(&telegram.api_url, &Secret::new(&secrets.token)).map_err(TelegramError::Api)?;
        Ok(Self { hook, bots, flood: Arc::new(Flood::new(telegram.messages_of_person)), telegram: telegram.clone() })
    }

    /// Returns the channel.
    #[must_use]
    pub fn channel(&self, files: Files, clock: &Clock) -> Arc<dyn Channel> {
        let clock = clock.clone();
        Arc::new(TelegramChannel::new(&self.bots, files, Arc::new(move || clock.now())))
    }

    /// Puts the door before a running line.
    #[must_use]
    pub fn listener(&self, app: Arc<App>) -> Arc<Listener> {
        Arc::new(Listener {
            app,
            talk: self.talk(),
            mode: self.telegram.mode,
            hook: self.hook.clone(),
            account: tokio::sync::OnceCell::new(),
            flood: Arc::clone(&self.flood),
            counted: std::sync::Mutex::default(),
            words: Words::default(),
            offset: AtomicI32::new(0),
            missed: std::sync::Mutex::default(),
        })
    }

    /// Listens until the line is stopped, on one node at a time; returns the address updates are sent to.
    pub fn open<S: Clone + Send + Sync + 'static>(&self, app: &Arc<App>) -> Router<S> {
        let listener = self.listener(Arc::clone(app));
        let listening = Arc::clone(&listener);
        app.run_alone(crate::channel::telegram::NAME, move || {
            let listener = Arc::clone(&listening);
            async move { listener.run().await }
        });
        hook::router(listener)
    }

    pub(super) fn talk(&self) -> Talk {
        Talk::new(self.bots.clone())
    }
}
