//! Text messages: what comes in, what goes out, and how far it got.

use super::exchange::{Event, Exchange};
use super::verb::{Callback, Target};
use super::webhook::{Answer, Purpose, Webhook, places};
use chrono::{DateTime, Utc};

/// The basic alphabet of text messages (3GPP TS 23.038).
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension; each of these takes two places.
const GSM_EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// A text message, in or out.
#[derive(Clone, Debug)]
pub struct Message {
    pub sid: String,
    pub from: String,
    pub to: String,
    pub body: String,
    pub segments: usize,
    pub status: String,
    pub error: Option<u32>,
    pub at: DateTime<Utc>,
    pub validity_s: Option<i64>,
    pub(super) inbound: bool,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) callback: Option<Target>,
    pub(super) read: bool,
}

impl Message {
    /// Where the line wants to hear how it fares.
    pub fn status_url(&self) -> Option<&str> {
        self.callback.as_ref().map(|callback| callback.url.as_str())
    }
}

/// How many parts a text is cut into, counted letter by letter.
pub fn segments(body: &str) -> usize {
    let cost = |c: char| if GSM.contains(c) { Some(1) } else { GSM_EXTENSION.contains(c).then_some(2) };
    let costs: Option<Vec<usize>> = body.chars().map(cost).collect();
    let (costs, alone, part) = costs.map_or_else(|| (body.chars().map(char::len_utf16).collect(), 70, 67), |costs| (costs, 160, 153));
    if costs.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut parts, mut filled) = (1, 0);
    for cost in costs {
        if filled + cost > part {
            parts += 1;
            filled = 0;
        }
        filled += cost;
    }
    parts
}

impl Exchange {
    /// Somebody texts one of the account's numbers.
    pub(super) fn texted(&mut self, from: &str, to: &str, body: &str, media: usize, at: DateTime<Utc>) -> String {
        let sid = self.sid(if media > 0 { "MM" } else { "SM" });
        let message = Message {
            sid: sid.clone(),
            from: from.to_owned(),
            to: to.to_owned(),
            body: body.to_owned(),
            segments: segments(body),
            status: "received".to_owned(),
            error: None,
            at,
            validity_s: None,
            inbound: true,
            sent_at: Some(at),
            callback: None,
            read: true,
        };
        let parts = message.segments.to_string();
        self.messages.push(message);
        let Some(number) = self.numbers.get(to).filter(|number| number.sms).cloned() else { return sid };
        let Some(target) = number.target("sms_url", "sms_method") else { return sid };
        let mut params = Vec::new();
        for (key, value) in [
            ("ToCountry", "CZ"),
            ("MessageSid", &sid),
            ("SmsSid", &sid),
            ("SmsMessageSid", &sid),
            ("SmsStatus", "received"),
            ("AccountSid", &self.account),
            ("From", from),
            ("To", to),
            ("Body", body),
            ("NumMedia", &media.to_string()),
            ("NumSegments", &parts),
            ("ApiVersion", "2010-04-01"),
        ] {
            params.push((key.to_owned(), value.to_owned()));
        }
        for n in 0..media {
            params.push((format!("MediaUrl{n}"), format!("{}/2010-04-01/Accounts/{}/Messages/{sid}/Media/ME{n:032x}", self.base, self.account)));
            params.push((format!("MediaContentType{n}"), "image/jpeg".to_owned()));
        }
        params.extend(places(from, to).into_iter().filter(|(key, _)| key != "ToCountry"));
        self.send(&target, params, Purpose::Text { message: sid.clone() }, number.target("sms_fallback_url", "sms_fallback_method"), at);
        sid
    }

    /// The line answers a text: with nothing, for its replies leave by themselves.
    pub(super) fn text_answered(&mut self, webhook: &Webhook, answer: &Answer) {
        if answer.body.is_empty() {
            return;
        }
        if self.read_document(&webhook.target.url, answer).is_some_and(|verbs| !verbs.is_empty()) {
            self.fault(format!("a text message was answered with the verbs of a call at {}", webhook.target.url));
        }
    }

    /// A message of the line was accepted; the network carries it on.
    pub(super) fn posted(&mut self, message: Message, at: DateTime<Utc>) {
        let sid = message.sid.clone();
        let last = if self.whims.lost.contains_key(&message.to) { "undelivered" } else { "delivered" };
        self.messages.push(message);
        for status in ["sent", last] {
            self.queue.put(at, Event::Moved { message: sid.clone(), status });
        }
    }

    /// A message got further.
    pub(super) fn moved(&mut self, sid: &str, status: &'static str, at: DateTime<Utc>) {
        let whims = &self.whims;
        let Some(message) = self.messages.iter_mut().find(|message| message.sid == sid) else { return };
        if message.status == "canceled" {
            return;
        }
        status.clone_into(&mut message.status);
        message.sent_at.get_or_insert(at);
        message.error = whims.lost.get(&message.to).copied().filter(|_| status == "undelivered");
        let (message, silent) = (message.clone(), whims.silent.contains(&message.to));
        if let (Some(target), false) = (message.callback.clone(), silent) {
            let mut params = Vec::new();
            for (key, value) in [
                ("MessageSid", sid),
                ("SmsSid", sid),
                ("MessageStatus", status),
                ("SmsStatus", status),
                ("AccountSid", &self.account),
                ("From", &message.from),
                ("To", &message.to),
                ("ApiVersion", "2010-04-01"),
            ] {
                params.push((key.to_owned(), value.to_owned()));
            }
            params.extend(message.error.map(|code| ("ErrorCode".to_owned(), code.to_string())));
            self.report_out(target, params, sid, at);
        }
    }

    /// Messages of the line that reached a phone.
    pub(super) fn arrived<'a>(&'a mut self, at: &'a str) -> impl Iterator<Item = &'a mut Message> {
        self.messages.iter_mut().filter(move |message| !message.inbound && message.status == "delivered" && (at.is_empty() || message.to == at))
    }
}

/// A callback that wants every event.
pub(super) fn callback(target: Target, events: Vec<String>) -> Callback {
    Callback { target, events: if events.is_empty() { vec!["completed".to_owned()] } else { events } }
}

#[test]
fn texts_are_cut_as_phones_cut_them() {
    let table: &[(&str, usize, usize)] = &[("a", 160, 1), ("a", 161, 2), ("a", 306, 2), ("a", 307, 3), ("€", 80, 1), ("€", 81, 2), ("č", 70, 1), ("č", 71, 2), ("é", 160, 1), ("", 0, 1), ("😀", 35, 1), ("😀", 36, 2)];
    for (letter, times, parts) in table {
        assert_eq!(segments(&letter.repeat(*times)), *parts, "{times} × {letter}");
    }
}
