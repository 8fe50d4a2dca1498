//! Phones the line has rung: what whoever picks up hears, presses, and how the ringing ends.

use super::call::Call;
use super::caller::{contact, letter, talked};
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::channel::twilio::twiml::{Document, Verb};
use crate::channel::twilio::voice::Side;
use crate::domain::{Body, Delivery, Event, Heard, Letter, LetterId, Reported, Said, Spent, What, minutes_begun};
use crate::handbook::Phrase;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// How long whoever picks up may think.
const THINKING_S: u32 = 8;

type Asked = State<Arc<Gateway>>;

/// Somebody, or something, has picked up.
pub(super) async fn picked_up(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(id)) = (Call::read(&hook), letter(&hook, "l")) else { return reply::unreadable() };
    let ring = match gateway.app.store().letter(id).await {
        Ok(Some(ring)) => ring,
        Ok(None) => return reply::unreadable(),
        Err(error) => return reply::not_stored(&error),
    };
    gateway.name(&call, id).await;
    match &ring.body {
        Body::Ring { whisper, .. } if is_ringing(&ring) => {
            let handbook = gateway.app.handbook();
            gateway.document(&gateway.studio(&handbook).whisper(&ring, whisper, THINKING_S))
        }
        _ => gateway.only(Phrase::RingOver, Some(ring.lang), Verb::Hangup),
    }
}

/// Whoever picked up pressed a key, or none in time.
pub(super) async fn answered(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(id), Some(prompt)) = (Call::read(&hook), letter(&hook, "l"), letter(&hook, "n")) else { return reply::unreadable() };
    let ring = match gateway.app.store().letter(id).await {
        Ok(Some(ring)) => ring,
        Ok(None) => return reply::unreadable(),
        Err(error) => return reply::not_stored(&error),
    };
    let asked = match gateway.app.store().letter(prompt).await {
        Ok(asked) => asked.unwrap_or_else(|| ring.clone()),
        Err(error) => return reply::not_stored(&error),
    };
    let keys = hook.said("Digits");
    let (said, about) = match (&asked.body, keys) {
        (_, "") => (Said::Silence, ring.id),
        (Body::Text { step, choices, .. }, _) if !choices.is_empty() => match choices.iter().find(|choice| choice.key == keys) {
            Some(choice) => (Said::Choice { step: step.clone(), value: choice.value.clone() }, asked.id),
            None => return gateway.tell(&call, &ring, std::slice::from_ref(&asked)),
        },
        _ => (Said::Keys(keys.to_owned()), ring.id),
    };
    let event = gateway.of_phone(&call, &ring, about, said, &format!("{prompt}:answer"));
    match gateway.store(event).await {
        Ok(accepted) => gateway.tell(&call, &ring, &accepted.letters),
        Err(error) => reply::not_stored(&error),
    }
}

/// An operator who called a worker back is alone on the line again.
pub(super) async fn called_back(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(id), Some(contact)) = (Call::read(&hook), letter(&hook, "l"), contact(&hook)) else { return reply::unreadable() };
    let ring = match gateway.app.store().letter(id).await {
        Ok(Some(ring)) => ring,
        Ok(None) => return reply::unreadable(),
        Err(error) => return reply::not_stored(&error),
    };
    let back = Said::Back { talked: talked(&hook) };
    let heard = Heard { from: ring.to.clone(), said: back, about: Some(ring.id), introduced: None, via: call.via(Some(contact)) };
    let event = Event { key: call.key(&format!("{}:called-back", hook.said("DialCallSid"))), at: gateway.app.clock().now(), what: What::Heard(heard) };
    match gateway.store(event).await {
        Ok(accepted) => gateway.tell(&call, &ring, &accepted.letters),
        Err(error) => reply::not_stored(&error),
    }
}

/// A phone that is no longer needed is let go.
pub(super) async fn over(State(gateway): Asked, hook: Webhook) -> Response {
    let lang = match letter(&hook, "l") {
        Some(id) => gateway.app.store().letter(id).await.ok().flatten().map(|letter| letter.lang),
        None => None,
    };
    gateway.only(Phrase::RingOver, lang, Verb::Hangup)
}

/// The provider tells how the ringing of a phone goes.
pub(super) async fn status(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(id)) = (Call::read(&hook), letter(&hook, "l")) else { return reply::unreadable() };
    match hook.said("CallStatus") {
        "queued" | "initiated" | "ringing" => {
            gateway.name(&call, id).await;
            reply::noted()
        }
        "completed" | "busy" | "no-answer" | "failed" | "canceled" => gateway.ended(&hook, &call, id).await,
        _ => reply::noted(),
    }
}

impl Gateway {
    /// Remembers what the provider calls the call that rings a phone, to end it by. It is tried again
    /// with the next word about that call.
    async fn name(&self, call: &Call, ring: LetterId) {
        let reported = Reported { reference: Some(call.sid.clone()), ..Reported::of(ring, Delivery::Sent) };
        let event = Event { key: call.key(&format!("{ring}:named")), at: self.app.clock().now(), what: What::Reported(reported) };
        if let Err(error) = self.store(event).await {
            tracing::warn!(%error, "the call to a phone could not be noted");
        }
    }

    async fn ended(&self, hook: &Webhook, call: &Call, id: LetterId) -> Response {
        let ring = match self.app.store().letter(id).await {
            Ok(Some(ring)) => ring,
            Ok(None) => return reply::noted(),
            Err(error) => return reply::not_stored(&error),
        };
        let minutes = hook.said("CallDuration").parse().map_or(0, minutes_begun);
        if minutes > 0 {
            let spent = Spent { parts: 0, minutes };
            let report = Reported { spent, ..Reported::of(ring.id, Delivery::Sent) };
            let event = Event { key: call.key(&format!("{}:cost", ring.id)), at: self.app.clock().now(), what: What::Reported(report) };
            if let Err(error) = self.store(event).await {
                return reply::not_stored(&error);
            }
        }
        match self.store(self.of_phone(call, &ring, ring.id, Said::HungUp, "over")).await {
            Ok(_) => reply::noted(),
            Err(error) => reply::not_stored(&error),
        }
    }

    /// Something the person at a phone of ours did.
    fn of_phone(&self, call: &Call, ring: &Letter, about: LetterId, said: Said, what: &str) -> Event {
        let heard = Heard { from: ring.to.clone(), said, about: Some(about), introduced: None, via: call.via(None) };
        Event { key: call.key(what), at: self.app.clock().now(), what: What::Heard(heard) }
    }

    /// Tells whoever holds the phone what came of it; with nothing to tell the call ends.
    fn tell(&self, call: &Call, ring: &Letter, letters: &[Letter]) -> Response {
        let letters: Vec<&Letter> = letters.iter().filter(|letter| letter.to == ring.to && letter.reference.as_ref() == Some(&call.sid)).collect();
        let side = if matches!(ring.body, Body::Ring { caller: Some(_), .. }) { Side::Rung(ring.id) } else { Side::Called(ring.id) };
        let handbook = self.app.handbook();
        let document = self.studio(&handbook).document(&letters, side);
        match (document, side) {
            (Some(document), _) => self.document(&document),
            (None, Side::Called(_)) => self.only(Phrase::VoiceGoodbye, Some(ring.lang), Verb::Hangup),
            (None, Side::Rung(_) | Side::Caller(_)) => self.document(&Document(vec![Verb::Hangup])),
        }
    }
}

/// Whether the phone is still wanted.
const fn is_ringing(ring: &Letter) -> bool {
    matches!(ring.delivery, Delivery::Queued | Delivery::Sending | Delivery::Unknown | Delivery::Sent)
}
