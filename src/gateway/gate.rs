//! Who is let in: a blocked number is refused, too many calls are turned away, an operator may prove who
//! speaks, a stranger may have to press a key. Everybody else begins at once.

use super::call::Call;
use super::caller::Introduction;
use super::limit::Room;
use super::webhook::Webhook;
use super::{Gateway, captcha};
use crate::channel::twilio::twiml::{Document, Rejection, Verb};
use crate::domain::OperatorId;
use crate::handbook::Phrase;
use crate::store::StoreError;
use axum::response::Response;

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
                self.only(Phrase::GateTooOften, None, Verb::Hangup)
            }
            Ok(Entry::Operator(operator)) => self.asks_for_pin(&operator, 1),
            Ok(Entry::Stranger) => self.asks_for_key(call, 1),
            Ok(Entry::Open(known)) => self.begin(hook, call, known).await,
            Err(error) => self.moment(hook, &error),
        }
    }

    /// Tells whether nothing from this handle is answered; what writes from there is not stored either.
    pub(super) fn is_blocked(&self, handle: &str) -> bool {
        self.app.handbook().directory.is_blocked(handle)
    }

    async fn entry(&self, call: &Call) -> Result<Entry, StoreError> {
        let (handbook, now) = (self.app.handbook(), self.app.clock().now());
        if handbook.directory.is_blocked(&call.from.handle) {
            return Ok(Entry::Refused(Rejection::Rejected));
        }
        let mut room = self.guard.enters(call, now);
        if room == Room::None && self.makes_room(now).await {
            room = self.guard.enters(call, now);
        }
        if room == Room::None {
            return Ok(Entry::Refused(Rejection::Busy));
        }
        if let Some(operator) = handbook.operator_at(&call.from) {
            let has_pin = handbook.directory.has_pin(&operator.id);
            return Ok(if has_pin { Entry::Operator(operator.id.clone()) } else { Entry::Open(Introduction::default()) });
        }
        if let Some(organisation) = handbook.directory.prison(&call.from.handle) {
            return Ok(Entry::Open(Introduction { organisation: Some(organisation.to_owned()), proven: false }));
        }
        if room == Room::Free && self.guard.calls_too_often(call, now) {
            // The same request again is to be turned away again.
            self.guard.leaves(call);
            return Ok(Entry::TooOften);
        }
        let known = !self.guard.captcha || self.app.store().has_reached_a_person(&call.from).await?;
        Ok(if known { Entry::Open(Introduction::default()) } else { Entry::Stranger })
    }
}

/// One line in the log and one in the figures; the number is nobody's business there.
pub(super) fn turned_away(call: &Call, why: &'static str) {
    tracing::warn!(call = call.sid, why, "a call was turned away");
    metrics::counter!(captcha::TURNED_AWAY, "why" => why).increment(1);
}
