//! What a caller does: rings, presses keys, says nothing, leaves a message, comes back from phones
//! that rang, puts the phone down.

use super::call::Call;
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::channel::twilio::twiml::{Document, Verb};
use crate::channel::twilio::voice::Side;
use crate::domain::{Body, Contact, ContactId, Event, EventKey, Heard, Letter, LetterId, Said, Stage, Via, What};
use crate::handbook::Phrase;
use crate::store::StoreError;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;
use uuid::Uuid;

/// Times a caller is asked for a moment before the line gives up.
const MOMENTS_MAX: u32 = 3;
/// Seconds between two looks of a caller who waits.
const PAUSE_S: u32 = 2;
/// What a request told, as far as it must not be lost while the caller is asked for a moment.
const TOLD: [&str; 6] = ["Digits", "RecordingSid", "RecordingDuration", "DialCallStatus", "DialBridged", "ev"];

type Asked = State<Arc<Gateway>>;

/// Somebody calls the line.
pub(super) async fn called(State(gateway): Asked, hook: Webhook) -> Response {
    let Some(call) = Call::read(&hook) else { return reply::unreadable() };
    gateway.admit(&hook, &call).await
}

/// A caller answers a prompt, or says nothing.
pub(super) async fn answered(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(contact), Some(prompt)) = (Call::read(&hook), contact(&hook), letter(&hook, "l")) else { return reply::unreadable() };
    gateway.replies(&hook, &call, answer(&hook), None, (contact, prompt)).await
}

/// The phones that rang for a caller have stopped.
pub(super) async fn back(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(contact), Some(ring)) = (Call::read(&hook), contact(&hook), letter(&hook, "l")) else { return reply::unreadable() };
    if is_over(&hook) {
        return gateway.rung_off(&call, contact).await;
    }
    let event = gateway.event(&call, Said::Back { talked: talked(&hook) }, contact, call.key(&format!("{ring}:back")));
    gateway.take(&hook, &call, Some(contact), event).await
}

/// A call is led to a letter nobody asked for at that moment.
pub(super) async fn turn(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(id)) = (Call::read(&hook), letter(&hook, "l")) else { return reply::unreadable() };
    match gateway.app.store().letter(id).await {
        Ok(Some(letter)) => gateway.go_on(&call, letter.contact, Some(&letter.cause)).await,
        Ok(None) => reply::unreadable(),
        Err(error) => gateway.moment(&hook, &error),
    }
}

/// A caller waits and nothing is to be said.
pub(super) async fn wait(State(gateway): Asked, hook: Webhook) -> Response {
    let (Some(call), Some(id)) = (Call::read(&hook), contact(&hook)) else { return reply::unreadable() };
    match gateway.app.store().contact(id).await {
        Ok(Some(contact)) if is_waiting(&contact, &call) => {
            gateway.document(&Document(vec![Verb::Pause { seconds: PAUSE_S }, Verb::Redirect { url: gateway.links().wait(id) }]))
        }
        Ok(contact) => gateway.only(Phrase::VoiceGoodbye, contact.map(|contact| contact.lang).or(hook.lang()), Verb::Hangup),
        Err(error) => gateway.moment(&hook, &error),
    }
}

/// The provider tells how a call that came in goes; only its end is news.
pub(super) async fn status(State(gateway): Asked, hook: Webhook) -> Response {
    let Some(call) = Call::read(&hook) else { return reply::unreadable() };
    if !is_over(&hook) {
        return reply::noted();
    }
    gateway.guard.leaves(&call);
    match gateway.contact_of(&call).await {
        Ok(Some(contact)) => gateway.rung_off(&call, contact).await,
        Ok(None) => reply::noted(),
        Err(error) => reply::not_stored(&error),
    }
}

/// Whether the caller's own call has ended.
fn is_over(hook: &Webhook) -> bool {
    matches!(hook.said("CallStatus"), "completed" | "busy" | "failed" | "no-answer" | "canceled")
}

/// What is known of a caller before the call begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Introduction {
    /// The organisation the number or the code belongs to.
    pub(super) organisation: Option<String>,
    /// A PIN has shown who speaks.
    pub(super) proven: bool,
}

impl Gateway {
    /// Lets a caller in.
    pub(super) async fn begin(&self, hook: &Webhook, call: &Call, known: Introduction) -> Response {
        let Introduction { organisation, proven } = known;
        let via = Via { proven, ..call.via(None) };
        let heard = Heard { from: call.from.clone(), said: Said::Called, about: None, introduced: organisation, via };
        let event = Event { key: call.began(), at: self.app.clock().now(), what: What::Heard(heard) };
        self.take(hook, call, None, event).await
    }

    fn event(&self, call: &Call, said: Said, contact: ContactId, key: EventKey) -> Event {
        let heard = Heard { from: call.from.clone(), said, about: None, introduced: None, via: call.via(Some(contact)) };
        Event { key, at: self.app.clock().now(), what: What::Heard(heard) }
    }

    /// The contact of a call: of its first answer, which may have begun another one, else of its beginning.
    async fn contact_of(&self, call: &Call) -> Result<Option<ContactId>, StoreError> {
        let store = self.app.store();
        for prompt in store.caused_by(&call.began()).await? {
            if let Some(contact) = store.contact_of(&step(call, prompt.id)).await? {
                return Ok(Some(contact));
            }
        }
        store.contact_of(&call.began()).await
    }

    /// The caller has put the phone down, whichever request says so first.
    async fn rung_off(&self, call: &Call, contact: ContactId) -> Response {
        match self.store(self.event(call, Said::HungUp, contact, call.key("over"))).await {
            Ok(_) => reply::noted(),
            Err(error) => reply::not_stored(&error),
        }
    }

    /// Stores what a caller did about a prompt of a contact, in which the caller may be introduced, and
    /// answers with what it caused.
    pub(super) async fn replies(&self, hook: &Webhook, call: &Call, said: Said, introduced: Option<String>, (contact, prompt): (ContactId, LetterId)) -> Response {
        let via = Via { prompt: Some(prompt), ..call.via(Some(contact)) };
        let heard = Heard { from: call.from.clone(), said, about: None, introduced, via };
        let event = Event { key: step(call, prompt), at: self.app.clock().now(), what: What::Heard(heard) };
        self.take(hook, call, Some(contact), event).await
    }

    /// Stores what a caller did and answers with what it caused. A repeat gets the first answer.
    async fn take(&self, hook: &Webhook, call: &Call, contact: Option<ContactId>, event: Event) -> Response {
        match self.store(event).await {
            Ok(accepted) if self.costs_too_much(&accepted.letters).await => self.go_on(call, contact, None).await,
            Ok(accepted) => match self.hand_over(call, contact, &accepted.letters) {
                Some(answer) => answer,
                None => self.go_on(call, contact, None).await,
            },
            Err(error) => self.moment(hook, &error),
        }
    }

    /// Makes the document of the letters that are for this call.
    fn hand_over(&self, call: &Call, contact: Option<ContactId>, letters: &[Letter]) -> Option<Response> {
        let letters: Vec<&Letter> = letters.iter().filter(|letter| is_for(letter, call)).collect();
        let contact = letters.iter().find_map(|letter| letter.contact).or(contact);
        let handbook = self.app.handbook();
        let operators = letters.iter().find(|letter| letter.operator.is_some() && !matches!(letter.body, Body::Ring { .. }));
        let side = operators.map_or(Side::Caller(contact), |letter| Side::Called(letter.id));
        let document = self.studio(&handbook).document(&letters, side)?;
        Some(self.document(&document))
    }

    /// Says again what an event has caused, else what was said last; a call with nothing to go on with ends.
    pub(super) async fn go_on(&self, call: &Call, contact: Option<ContactId>, key: Option<&EventKey>) -> Response {
        match self.said_before(call, contact, key).await {
            Ok(letters) => match (self.hand_over(call, contact, &letters), contact) {
                (Some(answer), _) => answer,
                (None, Some(contact)) => self.document(&Document(vec![Verb::Redirect { url: self.links().wait(contact) }])),
                (None, None) => self.only(Phrase::VoiceGoodbye, None, Verb::Hangup),
            },
            Err(error) => {
                tracing::error!(%error, "what was said in a call cannot be read");
                self.trouble(None)
            }
        }
    }

    async fn said_before(&self, call: &Call, contact: Option<ContactId>, key: Option<&EventKey>) -> Result<Vec<Letter>, StoreError> {
        let store = self.app.store();
        if let Some(key) = key {
            let caused = store.caused_by(key).await?;
            if !caused.is_empty() {
                return Ok(caused);
            }
        }
        let Some(contact) = contact else { return Ok(Vec::new()) };
        match store.last_said_in(&call.sid, contact).await? {
            Some(last) => store.caused_by(&last.cause).await,
            None => Ok(Vec::new()),
        }
    }

    /// Asks the caller for a moment and comes back with what was told; after some moments the line says
    /// that something is wrong.
    pub(super) fn moment(&self, hook: &Webhook, error: &dyn std::error::Error) -> Response {
        let moments: u32 = hook.carried("again").unwrap_or(0);
        tracing::warn!(error = %error, moments, "a caller has to wait: nothing can be stored or read");
        if moments >= MOMENTS_MAX {
            return self.trouble(hook.lang());
        }
        let handbook = self.app.handbook();
        let url = self.links().at(&hook.again(moments + 1, &TOLD));
        let mut document = self.studio(&handbook).only(&reply::said(&handbook, Phrase::VoiceMoment, hook.lang()), Verb::Pause { seconds: PAUSE_S });
        document.0.push(Verb::Redirect { url });
        self.document(&document)
    }
}

/// Names what a caller did about a prompt.
pub(super) fn step(call: &Call, prompt: LetterId) -> EventKey {
    call.key(&format!("{prompt}:step"))
}

/// What a caller did about a prompt. Nothing, and a hash alone where several keys are awaited, are silence.
fn answer(hook: &Webhook) -> Said {
    if let Ok(seconds) = hook.said("RecordingDuration").parse() {
        let reference = hook.said("RecordingSid").to_owned();
        return if seconds > 0 { Said::Recorded { seconds, reference } } else { Said::Silence };
    }
    match hook.said("Digits") {
        "" | "hangup" => Said::Silence,
        keys => Said::Keys(keys.to_owned()),
    }
}

/// Whether the caller and an operator were joined. Only our own record says that somebody took the
/// call; this says whether the two have heard each other.
pub(super) fn talked(hook: &Webhook) -> bool {
    match hook.said("DialBridged") {
        "" => matches!(hook.said("DialCallStatus"), "completed" | "answered"),
        bridged => bridged == "true",
    }
}

fn is_for(letter: &Letter, call: &Call) -> bool {
    match &letter.body {
        Body::Ring { caller, .. } => caller.as_ref() == Some(&call.sid),
        Body::Text { .. } | Body::Rewrite { .. } | Body::Join { .. } | Body::HangUp => letter.reference.as_ref() == Some(&call.sid) && letter.to.channel == call.from.channel,
    }
}

fn is_waiting(contact: &Contact, call: &Call) -> bool {
    contact.call.as_ref() == Some(&call.sid) && matches!(contact.stage, Stage::Waiting | Stage::Held | Stage::Asking)
}

pub(super) fn contact(hook: &Webhook) -> Option<ContactId> {
    hook.carried::<Uuid>("c").map(ContactId)
}

pub(super) fn letter(hook: &Webhook, name: &str) -> Option<LetterId> {
    hook.carried::<Uuid>(name).map(LetterId)
}
