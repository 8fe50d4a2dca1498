//! The resource of messages.

use super::Asking;
use super::answer::{Refusal, Reply, date, dated, page};
use crate::phone::exchange::Exchange;
use crate::phone::grammar::is_e164;
use crate::phone::message::{Message, segments};
use crate::phone::verb::Target;
use serde_json::{Value, json};

/// The longest text taken.
const LETTERS_MAX: usize = 1_600;

impl Exchange {
    pub(super) fn post_message(&mut self, asking: &Asking<'_>) -> Result<Reply, Refusal> {
        let to = asking.said("To").ok_or_else(|| Refusal::new(400, 21_604, "A 'To' phone number is required."))?;
        let from = asking.said("From").ok_or_else(|| Refusal::new(400, 21_603, "A 'From' phone number is required."))?;
        let body = asking.said("Body").ok_or_else(|| Refusal::new(400, 21_602, "Message body is required."))?;
        if !is_e164(to) {
            return Err(Refusal::known(21_211, to).expect("a text"));
        }
        if let Some(refusal) = self.whims.refused.get(to).and_then(|code| Refusal::known(*code, to)) {
            return Err(refusal);
        }
        if to == from {
            return Err(Refusal::new(400, 21_266, "'To' and 'From' number cannot be the same"));
        }
        self.may_send(from)?;
        if body.chars().count() > LETTERS_MAX {
            return Err(Refusal::new(400, 21_617, "The concatenated message body exceeds the 1600 character limit."));
        }
        let message = Message {
            sid: self.sid("SM"),
            from: from.to_owned(),
            to: to.to_owned(),
            body: body.to_owned(),
            segments: segments(body),
            status: "queued".to_owned(),
            error: None,
            at: asking.now,
            validity_s: asking.field("ValidityPeriod").map(|_| asking.whole("ValidityPeriod", 0)),
            inbound: false,
            sent_at: None,
            callback: asking.said("StatusCallback").map(|url| Target { url: url.to_owned(), method: "POST".to_owned() }),
            read: false,
        };
        let reply = Reply::json(201, &self.message_json(&message)).made(&message.sid);
        self.posted(message, asking.now);
        Ok(reply)
    }

    /// A sender is a number of ours that can text, or a name of up to eleven letters.
    fn may_send(&self, from: &str) -> Result<(), Refusal> {
        let name = from.len() <= 11 && from.chars().any(|c| c.is_ascii_alphabetic()) && from.chars().all(|c| c.is_ascii_alphanumeric() || " &+-_".contains(c));
        match self.numbers.get(from) {
            _ if name => Ok(()),
            Some(number) if number.sms => Ok(()),
            Some(_) => Err(Refusal::known(21_606, from).expect("a text")),
            None if is_e164(from) => Err(Refusal::new(400, 21_659, &format!("'From' {from} is not a Twilio phone number or Short Code country mismatch"))),
            None => Err(Refusal::known(21_212, from).expect("a text")),
        }
    }

    pub(super) fn list_messages(&self, asking: &Asking<'_>) -> Reply {
        let wanted = |message: &&Message| {
            asking.said("To").is_none_or(|to| message.to == to)
                && asking.said("From").is_none_or(|from| message.from == from)
                && dated(asking, "DateSent", message.sent_at)
        };
        // The newest first, as documented.
        let found: Vec<_> = self.messages.iter().rev().filter(wanted).map(|message| self.message_json(message)).collect();
        page(asking, "messages", &found)
    }

    pub(super) fn get_message(&self, asking: &Asking<'_>, sid: &str) -> Result<Reply, Refusal> {
        let sid = sid.strip_suffix(".json").ok_or_else(|| Refusal::not_found(asking.path))?;
        let message = self.messages.iter().find(|message| message.sid == sid).ok_or_else(|| Refusal::not_found(asking.path))?;
        Ok(Reply::json(200, &self.message_json(message)))
    }

    /// A text is taken away (an empty body), or a message that has not left is called back.
    pub(super) fn update_message(&mut self, asking: &Asking<'_>, sid: &str) -> Result<Reply, Refusal> {
        let sid = sid.strip_suffix(".json").unwrap_or(sid);
        let message = self.messages.iter_mut().find(|message| message.sid == sid).ok_or_else(|| Refusal::not_found(asking.path))?;
        if asking.field("Body") == Some("") {
            message.body.clear();
        }
        if asking.field("Status") == Some("canceled") {
            if message.sent_at.is_some() {
                return Err(Refusal::new(400, 30_409, "Message is not in a cancelable state"));
            }
            "canceled".clone_into(&mut message.status);
        }
        let message = message.clone();
        Ok(Reply::json(200, &self.message_json(&message)))
    }

    fn message_json(&self, message: &Message) -> Value {
        let uri = format!("/2010-04-01/Accounts/{}/Messages/{}", self.account, message.sid);
        json!({
            "sid": message.sid,
            "account_sid": self.account,
            "messaging_service_sid": null,
            "api_version": "2010-04-01",
            "from": message.from,
            "to": message.to,
            "body": message.body,
            "status": message.status,
            "direction": if message.inbound { "inbound" } else { "outbound-api" },
            "num_segments": message.segments.to_string(),
            "num_media": "0",
            "error_code": message.error,
            "error_message": message.error.map(|code| format!("error {code}")),
            "price": null,
            "price_unit": "USD",
            "date_created": date(message.at),
            "date_updated": date(message.sent_at.unwrap_or(message.at)),
            "date_sent": message.sent_at.map(date),
            "uri": format!("{uri}.json"),
            "subresource_uris": {"media": format!("{uri}/Media.json")},
        })
    }
}
