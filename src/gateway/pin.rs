//! Whoever calls from an operator's phone may prove with a PIN to be that operator. The PIN is judged and
//! forgotten: it stands in no address, no event and no log.

use super::call::Call;
use super::caller::Introduction;
use super::gate::turned_away;
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::app::Judged;
use crate::channel::twilio::twiml::Verb;
use crate::channel::twilio::voice::Awaited;
use crate::domain::OperatorId;
use crate::handbook::Phrase;
use crate::routing::{Line, say_when};
use crate::store::{PinOf, StoreError};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// Keys that are taken for a PIN at most. A hash ends it: were it to end with its last digit, the hash
/// people press would answer the next question.
pub(super) const DIGITS_MAX: u8 = 12;
/// PINs that may be typed in one call.
const TRIES_MAX: u32 = 3;
/// How long whoever types a PIN may think.
pub(super) const THINKING_S: u32 = 6;

/// Somebody typed a PIN, or only `#`, or nothing.
pub(super) async fn answered(State(gateway): State<Arc<Gateway>>, mut hook: Webhook) -> Response {
    let typed = hook.take_keys();
    let (Some(call), Some(attempt)) = (Call::read(&hook), hook.carried::<u32>("t")) else { return reply::unreadable() };
    let Some(operator) = gateway.app.handbook().operator_at(&call.from).map(|operator| operator.id.clone()) else { return reply::unreadable() };
    let name = call.key(&format!("pin:{attempt}"));
    if gateway.guard.tried(name.as_str()).is_none() && !typed.bytes().any(|key| key.is_ascii_digit()) {
        return gateway.begin(&hook, &call, Introduction::default()).await;
    }
    match gateway.judge(PinOf::Operator(&operator), &call, &typed, name.as_str()).await {
        Ok(Judged::Right) => gateway.begin(&hook, &call, Introduction { organisation: None, proven: true }).await,
        Ok(Judged::Locked(until)) => {
            turned_away(&call, "pin");
            gateway.tells_of_lock(&operator, until, attempt.saturating_add(1))
        }
        Ok(Judged::Wrong) if attempt < TRIES_MAX => gateway.asks_for_pin(&operator, attempt.saturating_add(1)),
        Ok(Judged::Wrong) => {
            turned_away(&call, "pin");
            gateway.begin(&hook, &call, Introduction::default()).await
        }
        Err(error) => {
            // The caller is asked anew: what was typed is not carried along.
            tracing::warn!(%error, "a PIN could not be judged");
            gateway.asks_for_pin(&operator, attempt)
        }
    }
}

impl Gateway {
    /// Asks whoever calls from an operator's phone for the PIN.
    pub(super) fn asks_for_pin(&self, operator: &OperatorId, attempt: u32) -> Response {
        let handbook = self.app.handbook();
        let lang = handbook.operator(operator).and_then(|operator| operator.languages.first().copied()).unwrap_or_default();
        let phrase = if attempt > 1 { Phrase::GatePinAgain } else { Phrase::GatePin };
        let said = [(handbook.wording.phrases.say(phrase, lang, &[]), lang)];
        let action = self.links().at(&format!("/twilio/voice/pin?t={attempt}"));
        let awaited = Awaited { digits: DIGITS_MAX, timeout_s: THINKING_S, action: action.clone() };
        self.document(&self.studio(&handbook).asks(&said, awaited, Verb::Redirect { url: action }))
    }

    /// Says until when a PIN is locked; then the call goes on as a caller's.
    fn tells_of_lock(&self, operator: &OperatorId, until: DateTime<Utc>, attempt: u32) -> Response {
        let handbook = self.app.handbook();
        let lang = handbook.operator(operator).and_then(|operator| operator.languages.first().copied()).unwrap_or_default();
        let until = say_when(until, Line::ZONE, self.app.clock().now(), lang);
        let text = handbook.wording.phrases.say(Phrase::GatePinLocked, lang, &[("until", &until)]);
        // Whoever types nothing is a caller.
        let url = self.links().at(&format!("/twilio/voice/pin?t={attempt}"));
        self.document(&self.studio(&handbook).only(&[(text, lang)], Verb::Redirect { url }))
    }

    /// Judges a PIN once, however often its request comes. When the whole line is tried too often, none
    /// is right for a while.
    pub(super) async fn judge(&self, of: PinOf<'_>, call: &Call, typed: &str, name: &str) -> Result<Judged, StoreError> {
        if let Some(judged) = self.guard.tried(name) {
            return Ok(judged);
        }
        if !self.guard.may_try(self.app.clock().now()) {
            tracing::warn!("too many PINs are tried by phone; none is looked at for a minute");
            return Ok(Judged::Wrong);
        }
        // All who hide their number are one: hiding is no way to begin anew.
        let by = if call.from.is_number() { call.from.handle.as_str() } else { "hidden" };
        let judged = self.app.judge_pin(of, by, typed).await?;
        self.guard.remember(name.to_owned(), judged);
        Ok(judged)
    }
}
