//! The door of the phone network: signed requests of the provider become events, and what an event
//! causes for a call is the answer. Nothing is decided here; a request that cannot be believed, read
//! or stored is refused in the provider's own terms.

mod audio;
mod call;
mod caller;
mod exchange;
mod recording;
mod reply;
mod rung;
mod webhook;

pub use audio::{Prompts, Shelf};
pub use exchange::{Exchange, ExchangeError};

use crate::app::App;
use crate::channel::twilio::client::Client;
use crate::channel::twilio::voice::{AllRead, Links, Recorded, Studio};
use crate::channel::twilio::{Profile, Verifier};
use crate::domain::BODY_BYTES_MAX;
use crate::handbook::Handbook;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use std::sync::Arc;

/// The gateway of one line.
pub struct Gateway {
    app: Arc<App>,
    verifier: Verifier,
    profile: &'static Profile,
    links: Links,
    /// Recorded prompts; without them every text is read.
    prompts: Option<Prompts>,
    /// What recordings are fetched with, and how many days they are kept.
    client: Option<Arc<Client>>,
    recording_days: u32,
}

impl Gateway {
    /// Puts the gateway before a running line.
    #[must_use]
    pub fn new(app: Arc<App>, verifier: Verifier, profile: &'static Profile, links: Links) -> Self {
        Self { app, verifier, profile, links, prompts: None, client: None, recording_days: 0 }
    }

    /// Plays prompts somebody has recorded.
    #[must_use]
    pub fn playing(self, prompts: Prompts) -> Self {
        Self { prompts: Some(prompts), ..self }
    }

    /// Fetches spoken messages and keeps each for so many days.
    #[must_use]
    pub fn fetching(self, client: Arc<Client>, recording_days: u32) -> Self {
        Self { client: Some(client), recording_days, ..self }
    }

    /// Does what is due by itself: spoken messages are fetched.
    pub async fn step(&self) {
        if let Err(error) = self.fetch_due().await {
            tracing::error!(%error, "spoken messages cannot be looked after; trying again");
        }
    }

    const fn links(&self) -> &Links {
        &self.links
    }

    /// What documents are made with, by the handbook in force.
    fn studio<'a>(&'a self, handbook: &'a Handbook) -> Studio<'a> {
        let recorded = self.prompts.as_ref().map_or(&AllRead as &dyn Recorded, |prompts| prompts);
        Studio { links: &self.links, voices: handbook.voices(), recorded }
    }
}

/// Returns the addresses the provider calls.
pub fn router<S: Clone + Send + Sync + 'static>(gateway: Arc<Gateway>) -> Router<S> {
    Router::new()
        .route("/twilio/voice", post(caller::called))
        .route("/twilio/voice/step", post(caller::answered))
        .route("/twilio/voice/back", post(caller::back))
        .route("/twilio/voice/turn", post(caller::turn))
        .route("/twilio/voice/wait", post(caller::wait))
        .route("/twilio/voice/status", post(caller::status))
        .route("/twilio/voice/recording", post(recording::told))
        .route("/twilio/voice/whisper", post(rung::picked_up))
        .route("/twilio/voice/answer", post(rung::answered))
        .route("/twilio/voice/called", post(rung::called_back))
        .route("/twilio/voice/over", post(rung::over))
        .route("/twilio/voice/leg", post(rung::status))
        .route("/twilio/audio/{lang}/{file}", get(audio::serve))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(gateway)
}
