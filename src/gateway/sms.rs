//! Messages that come in, and reports on those that went out.
//!
//! The answer to a message is nothing: what it causes leaves by the outbox. A message is one event,
//! whatever way it comes a second time; one that could not be stored comes again.

use super::flood::{Flood, Tide};
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::channel::twilio::Form;
use crate::channel::twilio::sms::{SMS, outcome};
use crate::channel::twilio::twiml::Document;
use crate::domain::{Address, Event, EventKey, Heard, LetterId, Said, Via, What};
use crate::handbook::Handbook;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// The kind of message that carries a picture or a sound.
const PICTURE: &str = "mms";
/// Longest name of a message that is taken.
const NAME_MAX: usize = 100;

type Asked = State<Arc<Gateway>>;

/// Somebody has written.
pub(super) async fn came(State(gateway): Asked, headers: HeaderMap, hook: Webhook) -> Response {
    let token = headers.get("i-twilio-idempotency-token").and_then(|token| token.to_str().ok());
    let Some(message) = Incoming::read(&hook.form, token) else { return reply::unreadable() };
    if gateway.is_blocked(&message.from) {
        return gateway.document(&Document(Vec::new()));
    }
    let now = gateway.app.clock().now();
    if message.is_heard(&gateway.app.handbook(), &gateway.flood, now) {
        for event in message.events(now) {
            if let Err(error) = gateway.store(event).await {
                return reply::not_stored(&error);
            }
        }
    }
    gateway.document(&Document(Vec::new()))
}

/// The provider tells how a message fares.
pub(super) async fn status(State(gateway): Asked, hook: Webhook) -> Response {
    let Some(letter) = hook.carried("l").map(LetterId) else { return reply::unreadable() };
    let Some(what) = reported(&hook.form, letter) else { return reply::noted() };
    match gateway.store(Event { at: gateway.app.clock().now(), ..what }).await {
        Ok(_) => reply::noted(),
        Err(error) => reply::not_stored(&error),
    }
}

/// Reads a report; `None` for one that says nothing.
fn reported(form: &Form, letter: LetterId) -> Option<Event> {
    let said = |name| form.get(name).unwrap_or_default();
    let status = form.get("MessageStatus").or_else(|| form.get("SmsStatus"))?;
    let code = form.get("ErrorCode").and_then(|code| code.parse().ok()).filter(|code| *code > 0);
    let report = outcome(letter, said("MessageSid"), status, code)?;
    let key = EventKey::new(format!("sms:{letter}:{}:{status}:{}", said("MessageSid"), said("ErrorCode")));
    Some(Event { key, at: DateTime::UNIX_EPOCH, what: What::Reported(report) })
}

/// A message as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Incoming {
    key: String,
    from: String,
    to: String,
    words: String,
    pictures: bool,
}

impl Incoming {
    /// Reads a message. Its own name counts before that of the request: the same message may come
    /// again to another address of ours.
    fn read(form: &Form, token: Option<&str>) -> Option<Self> {
        let said = |name| form.get(name).unwrap_or_default();
        let named = [form.get("MessageSid"), form.get("SmsSid"), token];
        let key = named.into_iter().flatten().find(|name| !name.is_empty() && name.len() <= NAME_MAX)?;
        // Words a number was told to act on by itself: it has acted, and so do we.
        let words = match said("OptOutType") {
            "" => said("Body"),
            keyword => keyword,
        };
        Some(Self {
            key: format!("sms:{key}"),
            from: form.get("From")?.to_owned(),
            to: said("To").to_owned(),
            words: words.to_owned(),
            pictures: said("NumMedia").parse::<u32>().is_ok_and(|media| media > 0),
        })
    }

    fn from(&self) -> Address {
        Address::new(SMS, self.from.clone())
    }

    /// Tells whether a person may have written it, one who writes as people do. Names and short numbers
    /// belong to machines, and cannot be answered.
    fn is_heard(&self, handbook: &Handbook, flood: &Flood, now: DateTime<Utc>) -> bool {
        if !self.from().is_number() {
            tracing::info!("a message from a name or a short number, which nobody can answer, was passed over");
            return false;
        }
        if handbook.operator_at(&self.from()).is_some() {
            return true;
        }
        let tide = flood.count(&self.from, now);
        if tide == Tide::Rising {
            tracing::warn!("one number sends more messages than a person does; it is not heard for the rest of the hour");
        }
        tide == Tide::Fair
    }

    /// Words count, and what comes with them is refused politely.
    fn events(&self, at: DateTime<Utc>) -> Vec<Event> {
        let event = |key: String, said| {
            let via = Via { own: Some(self.to.clone()).filter(|to| !to.is_empty()), ..Via::default() };
            let heard = Heard { from: self.from(), said, about: None, introduced: None, via };
            Event { key: EventKey::new(key), at, what: What::Heard(heard) }
        };
        let words = (!self.pictures || !self.words.trim().is_empty()).then(|| event(self.key.clone(), Said::Text(self.words.clone())));
        let picture = self.pictures.then(|| event(format!("{}:{PICTURE}", self.key), Said::Unsupported(PICTURE.to_owned())));
        words.into_iter().chain(picture).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Incoming, reported};
    use crate::channel::twilio::Form;
    use crate::domain::{Delivery, LetterId, Said, What};
    use chrono::DateTime;
    use uuid::Uuid;

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().copied().collect()
    }

    #[test]
    fn a_message_is_one_event_and_its_picture_another() {
        let text = |words: &str| Said::Text(words.to_owned());
        let picture = || Said::Unsupported("mms".to_owned());
        let table = [
            ("Ahoj", "0", "", vec![text("Ahoj")]),
            ("", "0", "", vec![text("")]),
            ("Ahoj", "1", "", vec![text("Ahoj"), picture()]),
            (" ", "2", "", vec![picture()]),
            ("už ne", "0", "STOP", vec![text("STOP")]),
        ];
        for (body, media, opt_out, expected) in table {
            let pairs = [("MessageSid", "SM1"), ("From", "+420719000001"), ("To", "+420719880001"), ("Body", body), ("NumMedia", media), ("OptOutType", opt_out)];
            let events = Incoming::read(&form(&pairs), None).unwrap().events(DateTime::UNIX_EPOCH);
            let said: Vec<_> = events.iter().filter_map(|event| if let What::Heard(heard) = &event.what { Some(heard.said.clone()) } else { None }).collect();
            assert_eq!(said, expected, "{body} {media}");
            assert!(events.iter().all(|event| event.via().unwrap().own.as_deref() == Some("+420719880001")));
        }
    }

    #[test]
    fn a_message_without_a_name_is_named_by_its_request() {
        let from = ("From", "+420719000001");
        let key = |pairs: &[(&str, &str)], token| Incoming::read(&form(pairs), token).map(|message| message.key);
        assert_eq!(key(&[from, ("MessageSid", "SM1")], Some("t1")).as_deref(), Some("sms:SM1"));
        assert_eq!(key(&[from, ("MessageSid", "")], Some("t1")).as_deref(), Some("sms:t1"));
        assert_eq!(key(&[from], None), None);
        assert_eq!(key(&[("MessageSid", "SM1")], None), None);
    }

    #[test]
    fn a_report_is_named_by_all_it_says() {
        let letter = LetterId(Uuid::nil());
        let event = |status: &str, code: &str| reported(&form(&[("MessageSid", "SM1"), ("MessageStatus", status), ("ErrorCode", code)]), letter);
        let failed = event("undelivered", "30003").unwrap();
        assert!(matches!(&failed.what, What::Reported(report) if report.delivery == Delivery::Failed && report.repeat.is_some()));
        assert_ne!(failed.key, event("undelivered", "30008").unwrap().key);
        assert_eq!(event("sent", "").unwrap().key, event("sent", "").unwrap().key);
        assert_eq!(event("received", ""), None);
    }
}
