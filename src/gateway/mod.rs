//! The door of the phone network: signed requests of the provider become events, and what an event
//! causes for a call is the answer. Nothing is decided here; a request that cannot be believed, read
//! or stored is refused in the provider's own terms.
//!
//! The doors of chat applications are rooms of their own beside: [`telegram`], [`matrix`].

mod audio;
mod budget;
mod call;
mod caller;
mod captcha;
mod exchange;
mod fallback;
mod flood;
mod gate;
mod inspection;
mod knock;
mod limit;
pub mod matrix;
mod number;
mod pin;
mod recording;
mod reply;
mod room;
mod rung;
mod setting;
mod sign_in;
mod sms;
pub mod telegram;
mod token;
mod webhook;

pub use audio::{Prompts, Shelf};
pub use exchange::Exchange;
pub use fallback::fallback;
pub use inspection::{Findings, hints, inspect, trouble};
pub use number::{Change, Look};
pub use setting::{ExchangeError, strays};

use crate::app::{Accepted, App, InboxError};
use crate::channel::twilio::client::Client;
use crate::channel::twilio::voice::{Links, Studio};
use crate::channel::twilio::{Profile, Verifier};
use crate::domain::{BODY_BYTES_MAX, Event};
use crate::handbook::Handbook;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use flood::Flood;
use limit::Guard;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

/// The gateway of one line.
pub struct Gateway {
    app: Arc<App>,
    verifier: Verifier,
    profile: &'static Profile,
    links: Links,
    /// Recorded prompts; what is not recorded is read.
    prompts: Prompts,
    flood: Arc<Flood>,
    patience: Duration,
    guard: Arc<Guard>,
    /// What recordings are fetched with, and how many days they are kept.
    client: Arc<Client>,
    recording_days: u32,
}

impl Gateway {
    /// Puts the gateway before a running line.
    #[must_use]
    pub fn new(app: Arc<App>, exchange: &Exchange) -> Self {
        let Exchange { links, profile, phone, patience, verifier, flood, guard, client, .. } = exchange;
        let (verifier, links, client) = (verifier.clone(), links.clone(), Arc::clone(client));
        let (prompts, flood, guard) = (exchange.prompts(&app), Arc::clone(flood), Arc::clone(guard));
        Self { app, verifier, profile, links, prompts, flood, patience: *patience, guard, client, recording_days: phone.recording_days }
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

    /// Stores an event within the line's patience. What takes longer may be stored all the same, and is
    /// known then when it comes again.
    async fn store(&self, event: Event) -> Result<Accepted, NotStored> {
        tokio::time::timeout(self.patience, self.app.accept(event)).await.map_err(|_| NotStored::Late)?.map_err(NotStored::Refused)
    }

    /// What documents are made with, by the handbook in force.
    fn studio<'a>(&'a self, handbook: &'a Handbook) -> Studio<'a> {
        Studio { links: &self.links, voices: handbook.voices(), recorded: &self.prompts }
    }
}

/// An event was not stored, as far as we know.
#[derive(Debug, Error)]
enum NotStored {
    /// It takes too long.
    #[error("it could not be stored in time")]
    Late,
    /// The line did not take it.
    #[error("the line did not take it")]
    Refused(#[source] InboxError),
}

/// Returns the addresses the provider calls.
pub fn router<S: Clone + Send + Sync + 'static>(gateway: Arc<Gateway>) -> Router<S> {
    Router::new()
        .route("/twilio/sms", post(sms::came))
        .route("/twilio/sms/status", post(sms::status))
        .route("/twilio/voice", post(caller::called))
        .route("/twilio/voice/captcha", post(captcha::answered))
        .route("/twilio/voice/pin", post(pin::answered))
        .route("/twilio/voice/sign-in", post(sign_in::answered))
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
