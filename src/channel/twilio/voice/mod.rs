//! Calls: the channel that rings phones and leads calls on, and the documents calls follow.
//!
//! A caller's own requests are answered by the gateway with what they caused. This channel carries
//! what nobody asked for at that moment: a phone to ring, a call to lead on, a call to end.

mod link;
mod render;

pub use link::{Links, spoken};
pub use render::{AllRead, Awaited, Piece, Recorded, Side, Studio};

use super::client::{ApiError, Call, Client, NewCall};
use super::{Profile, fault, made_since};
use crate::channel::{Channel, Handed, SendError, Tells};
use crate::domain::{Ability, Body, Delivery, Letter, Medium, OwnNumber, Reported};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The name calls have in addresses.
pub const VOICE: &str = "voice";
/// Words read in one go: about two minutes.
const CHARACTERS_MAX: usize = 2_000;

/// The phone network as a channel.
pub struct VoiceChannel {
    client: Arc<Client>,
    links: Links,
    profile: &'static Profile,
    numbers: Vec<String>,
}

impl VoiceChannel {
    /// Puts the channel together over the provider's client.
    #[must_use]
    pub fn new(client: Arc<Client>, links: Links, profile: &'static Profile, numbers: &[OwnNumber]) -> Self {
        let numbers = numbers.iter().filter(|one| one.voice).map(|one| one.number.clone()).collect();
        Self { client, links, profile, numbers }
    }

    async fn carry(&self, letter: &Letter) -> Result<Handed, SendError> {
        match (&letter.body, &letter.reference) {
            (Body::Ring { seconds, caller: None, .. }, _) => self.ring(letter, *seconds).await,
            // The caller's own call joins the two by itself; a call that was never made needs no end.
            (Body::Join { .. }, _) | (Body::HangUp, None) => Ok(Delivery::Sent.into()),
            (Body::HangUp, Some(call)) if letter.operator.is_some() => self.release(call, letter).await,
            (Body::Ring { caller: Some(call), .. }, _) | (Body::HangUp | Body::Text { .. }, Some(call)) => self.lead(call, letter).await,
            (Body::Text { .. } | Body::Rewrite { .. }, _) => Err(SendError::Never { reason: "nobody is on the phone there".to_owned() }),
        }
    }

    /// The number a phone is rung from.
    fn caller_id<'a>(&'a self, letter: &'a Letter) -> &'a str {
        letter.own.as_deref().or_else(|| self.numbers.first().map(String::as_str)).unwrap_or_default()
    }

    async fn ring(&self, letter: &Letter, seconds: u32) -> Result<Handed, SendError> {
        let from = self.caller_id(letter);
        let (url, status) = (self.profile.step_url(&self.links.whisper(letter.id)), self.profile.report_url(&self.links.leg(letter.id)));
        let call = NewCall { to: &letter.to.handle, from, url: &url, status_callback: &status, timeout_s: seconds, time_limit_s: render::CALL_SECONDS_MAX };
        let made = self.client.create_call(&call).await.map_err(|error| fault::send_error(&error))?;
        Ok(Handed { delivery: Delivery::Sent, reference: Some(made.sid) })
    }

    /// Looks for the call a phone was perhaps rung by; everything else may be repeated and is never in doubt.
    async fn ask(&self, letter: &Letter) -> Result<Option<Vec<Reported>>, SendError> {
        if !matches!(letter.body, Body::Ring { caller: None, .. }) {
            return Ok(None);
        }
        let listed = self.client.calls(&letter.to.handle, self.caller_id(letter)).await.map_err(|error| fault::send_error(&error))?;
        let since = made_since(letter);
        let rung = |call: &&Call| call.parent_call_sid.is_none() && call.date_created.is_none_or(|at| at >= since);
        Ok(Some(listed.iter().filter(rung).rev().map(|call| rang(letter, call)).collect()))
    }

    /// Leads a call to what it is to hear now. Done twice it only begins to hear it again.
    async fn lead(&self, call: &str, letter: &Letter) -> Result<Handed, SendError> {
        let url = self.profile.step_url(&spoken(&self.links.turn(letter.id), letter.lang));
        handed(self.client.redirect_call(call, &url).await)
    }

    /// Lets a phone go that is no longer needed: whoever has picked it up hears so.
    async fn release(&self, call: &str, letter: &Letter) -> Result<Handed, SendError> {
        match self.client.redirect_call(call, &self.profile.step_url(&self.links.ring_over(letter.id))).await {
            Err(error) if error.is_call_over() => handed(self.client.complete_call(call).await),
            other => handed(other),
        }
    }
}

/// How far a call came that rings a phone. One that is over has reached nobody: whoever pressed 1 was heard.
fn rang(letter: &Letter, call: &Call) -> Reported {
    let is_over = matches!(call.status.as_str(), "completed" | "busy" | "no-answer" | "failed" | "canceled");
    let delivery = if is_over { Delivery::Failed } else { Delivery::Sent };
    let error = is_over.then(|| format!("the call is over: {}", call.status));
    Reported { reference: Some(call.sid.clone()), error, ..Reported::of(letter.id, delivery) }
}

/// A call that is over hears nothing more, and needs no end.
fn handed(result: Result<Call, ApiError>) -> Result<Handed, SendError> {
    match result {
        Ok(_) => Ok(Delivery::Sent.into()),
        Err(error) if error.is_call_over() => Ok(Delivery::Sent.into()),
        // Leading a call on and ending one may be repeated.
        Err(ApiError::NoAnswer) => Err(SendError::Later { after_s: 0 }),
        Err(error) => Err(fault::send_error(&error)),
    }
}

impl Channel for VoiceChannel {
    fn name(&self) -> &str {
        VOICE
    }

    fn ability(&self) -> Ability {
        Ability {
            medium: Medium::Voice,
            buttons: false,
            two_way: true,
            idempotent: false,
            inline: true,
            ends_rings: true,
            files: false,
            edits: false,
            threads: false,
            characters_max: CHARACTERS_MAX,
        }
    }

    fn own(&self) -> Vec<String> {
        self.numbers.clone()
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>> {
        Box::pin(self.carry(letter))
    }

    fn tells(&self) -> Tells {
        Tells::Lost
    }

    fn fate<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Option<Vec<Reported>>, SendError>> {
        Box::pin(self.ask(letter))
    }
}
