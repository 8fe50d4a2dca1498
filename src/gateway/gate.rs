//! Who is let in: a blocked number is refused, too many calls are turned away, an operator may prove who
//! speaks, a stranger may have to press a key. Everybody else begins at once.

use super::call::Call;
use super::caller::Introduction;
use super::webhook::Webhook;
use super::{Gateway, captcha};
use crate::channel::twilio::twiml::{Document, Rejection, Verb};
use crate::domain::{Lang, OperatorId};
use crate::handbook::Phrase;
use crate::store::{PinOf, StoreError};
use axum::response::Response;
use chrono::TimeDelta;

/// How a call goes on.
enum Entry {
    /// Not at all.
    Refused(Rejection),
    /// It called too often within an hour.
    TooOften,
    /// An operator's phone: whoever speaks may prove to be that operator.
    Operator(OperatorId),
    /// A stranger's.
    Stranger,
    /// At once.
    Open(Introduction),
}

impl Gateway {
    /// Lets a call in, or not.
    pub(super) async fn admit(&self, hook: &Webhook, call: &Call) -> Response {
        match self.entry(call).await {
            Ok(Entry::Refused(reason)) => {
                turned_away(call, if matches!(reason, Rejection::Busy) { "busy" } else { "blocked" });
                self.document(&Document(vec![Verb::Reject { reason }]))
            }
            Ok(Entry::TooOften) => {
                turned_away(call, "often");
                self.only(Phrase::GateTooOften, Lang::Cs, Verb::Hangup)
            }
            Ok(Entry::Operator(operator)) => self.asks_for_pin(&operator, 1),
            Ok(Entry::Stranger) => self.asks_for_key(call, 1),
            Ok(Entry::Open(known)) => self.begin(hook, call, known).await,
            Err(error) => self.moment(hook, &error),
        }
    }

    /// Tells whether nothing from this handle is answered; what writes from there is not stored either.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn is_blocked(&self, handle: &str) -> Result<bool, StoreError> {
        self.app.store().is_blocked(handle).await
    }

    async fn entry(&self, call: &Call) -> Result<Entry, StoreError> {
        let (store, now) = (self.app.store(), self.app.clock().now());
        if self.is_blocked(&call.from.handle).await? {
            return Ok(Entry::Refused(Rejection::Rejected));
        }
        if store.contact_of(&call.began()).await?.is_some() {
            return Ok(Entry::Open(Introduction::default()));
        }
        if !self.guard.enters(call, now) && !self.makes_room(call, now).await {
            return Ok(Entry::Refused(Rejection::Busy));
        }
        if let Some(operator) = self.app.handbook().operator_at(&call.from).map(|operator| operator.id.clone()) {
            let has_pin = store.pin(PinOf::Operator(&operator)).await?.is_some();
            return Ok(if has_pin { Entry::Operator(operator) } else { Entry::Open(Introduction::default()) });
        }
        if let Some(organisation) = store.prison_of_phone(&call.from.handle).await? {
            return Ok(Entry::Open(Introduction { organisation: Some(organisation), proven: false }));
        }
        let max = self.guard.limits.calls_of_number;
        let hour = now.checked_sub_signed(TimeDelta::hours(1)).unwrap_or(now);
        // Each hidden caller is somebody of whom nothing else is known: all of them together are only
        // held up by the calls at the same time.
        if call.from.is_number() && store.calls_since(&call.from, hour, max).await? >= i64::from(max) {
            return Ok(Entry::TooOften);
        }
        let known = !self.guard.captcha || store.has_reached_a_person(&call.from).await?;
        Ok(if known { Entry::Open(Introduction::default()) } else { Entry::Stranger })
    }
}

/// One line in the log and one in the figures; the number is nobody's business there.
pub(super) fn turned_away(call: &Call, why: &'static str) {
    tracing::warn!(call = call.sid, why, "a call was turned away");
    metrics::counter!(captcha::TURNED_AWAY, "why" => why).increment(1);
}
