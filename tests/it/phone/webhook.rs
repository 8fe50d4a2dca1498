//! Webhooks: what is told with each request, how failures are repeated, where else to turn.
//! Sources: the provider's pages on requests to the application and on connection overrides.

use super::exchange::{Event, Exchange};
use super::leg::{Direction, Leg};
use super::retry::Overrides;
use super::signature::{sign, sign_sha256};
use super::verb::Target;
use axum::body::Body;
use axum::http::{Request, header};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a status may be held back so that the next one overtakes it.
const HELD_S: i64 = 5;

/// What a webhook is for, and so what its answer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The next document of a leg.
    Document { leg: String, turn: u64 },
    /// The last word about a call that is over; its document is read but not played.
    Farewell,
    /// A recorded prompt.
    Media,
    /// A report about a call, a message or a recording.
    Status { of: String },
    /// A text message that came in.
    Text { message: String },
}

/// A request to the line.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    pub target: Target,
    pub params: Vec<(String, String)>,
    pub purpose: Purpose,
    pub token: String,
    pub tried: u32,
    pub since: DateTime<Utc>,
    pub fallback: Option<Target>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
}

/// What became of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered(Answer),
    Unreachable,
}

/// One request as it went out, and its answer.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub at: DateTime<Utc>,
    pub url: String,
    pub method: String,
    pub params: Vec<(String, String)>,
    pub token: String,
    /// The status of the answer; nothing when the line could not be reached.
    pub status: Option<u16>,
    pub body: Vec<u8>,
}

impl Delivery {
    /// A parameter of the request.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Webhook {
    /// The signed request; the fragment stays with the sender.
    pub(super) fn request(&self, auth_token: &str, sha256: bool) -> Request<Body> {
        let url = self.target.url.split('#').next().expect("an address");
        let form = serde_urlencoded::to_string(&self.params).expect("a form");
        let posts = self.target.method == "POST";
        let asked = if posts || form.is_empty() { url.to_owned() } else { format!("{url}{}{form}", if url.contains('?') { '&' } else { '?' }) };
        let signed: &[_] = if posts { &self.params } else { &[] };
        let host = reqwest::Url::parse(url).expect("an absolute address");
        let host = host.port().map_or_else(|| host.host_str().unwrap_or_default().to_owned(), |port| format!("{}:{port}", host.host_str().unwrap_or_default()));
        let mut request = Request::builder()
            .method(self.target.method.as_str())
            .uri(&asked)
            .header(header::HOST, host)
            .header(header::USER_AGENT, "TwilioProxy/1.1")
            .header(header::ACCEPT, "*/*")
            .header("I-Twilio-Idempotency-Token", &self.token);
        request = if sha256 {
            request.header("X-Twilio-Webhooks-Signature-Settings", "key=primary,algorithm=HMAC_SHA256").header("X-Twilio-Signature", sign_sha256(auth_token, &asked, signed))
        } else {
            request.header("X-Twilio-Signature", sign(auth_token, &asked, signed))
        };
        if posts {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
        }
        request.body(if posts { Body::from(form) } else { Body::empty() }).expect("a request")
    }
}

/// Fields every request about a person's number carries.
pub(super) fn places(from: &str, to: &str) -> Vec<(String, String)> {
    let country = |number: &str| if number.starts_with("+420") { "CZ" } else { "" }.to_owned();
    let mut params = Vec::new();
    for (side, number) in [("From", from), ("To", to)] {
        params.push((format!("{side}Country"), country(number)));
        params.extend(["City", "State", "Zip"].map(|part| (format!("{side}{part}"), String::new())));
    }
    params
}

impl Exchange {
    /// What every request about a call tells.
    pub(super) fn call_params(&self, sid: &str) -> Vec<(String, String)> {
        let leg = self.leg(sid);
        let pairs = [
            ("CallSid", leg.sid.as_str()),
            ("AccountSid", &self.account),
            ("From", &leg.from),
            ("To", &leg.to),
            ("Caller", &leg.from),
            ("Called", &leg.to),
            ("CallStatus", leg.status.name()),
            ("ApiVersion", "2010-04-01"),
            ("Direction", leg.direction.name()),
        ];
        let mut params: Vec<_> = pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        params.extend(leg.parent.clone().map(|parent| ("ParentCallSid".to_owned(), parent)));
        params.extend(places(&leg.from, &leg.to));
        params
    }

    /// Reports a step of a call to whoever asked for it.
    pub(super) fn report(&mut self, sid: &str, event: &str, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        let Some(callback) = leg.callback.clone().filter(|callback| callback.events.iter().any(|wanted| wanted == event)) else { return };
        let number = leg.reports;
        leg.reports += 1;
        let leg = self.leg(sid);
        let other = if leg.direction == Direction::Inbound { &leg.from } else { &leg.to };
        let silent = self.whims.silent.contains(other);
        let lost = silent || (self.whims.loses_end_of_ring && event == "completed" && leg.direction != Direction::Inbound);
        if lost {
            return;
        }
        let mut params = self.call_params(sid);
        let stamp = at.format("%a, %d %b %Y %H:%M:%S +0000").to_string();
        let source = "call-progress-events".to_owned();
        for (key, value) in [("Timestamp", stamp), ("CallbackSource", source), ("SequenceNumber", number.to_string())] {
            params.push((key.to_owned(), value));
        }
        if event == "completed" {
            let seconds = Leg::duration_s(self.leg(sid)).unwrap_or(0);
            params.push(("CallDuration".to_owned(), seconds.to_string()));
            params.push(("Duration".to_owned(), ((seconds + 59) / 60).to_string()));
        }
        self.report_out(callback.target, params, sid, at);
    }

    /// Sends a status, in its place or in the wrong one.
    pub(super) fn report_out(&mut self, target: Target, params: Vec<(String, String)>, of: &str, at: DateTime<Utc>) {
        let purpose = Purpose::Status { of: of.to_owned() };
        let webhook = Webhook { target, params, purpose, token: self.token_of_request(), tried: 0, since: at, fallback: None };
        if !self.whims.reorders {
            return self.queue.put(at, Event::Send(Box::new(webhook)));
        }
        if let Some(earlier) = self.held.remove(of) {
            self.queue.put(at, Event::Send(Box::new(webhook)));
            self.queue.put(at, Event::Send(earlier));
        } else {
            self.held.insert(of.to_owned(), Box::new(webhook));
            self.queue.put(at + TimeDelta::seconds(HELD_S), Event::Released { of: of.to_owned() });
        }
    }

    /// One attempt is over: the answer will be read, the request repeated, or given up.
    pub(super) fn attempted(&mut self, mut webhook: Box<Webhook>, outcome: Outcome, took_ms: i64, at: DateTime<Utc>) {
        let overrides = Overrides::of(&webhook.target.url).unwrap_or_else(|wrong| {
            self.fault(format!("{wrong} in {}", webhook.target.url));
            Overrides::default()
        });
        let left_ms = overrides.total_ms - (at - webhook.since).num_milliseconds();
        let limit_ms = overrides.read_ms.min(left_ms);
        let (trouble, ms, code) = match outcome {
            Outcome::Unreachable => ("ct", 0, 11205),
            Outcome::Answered(_) if took_ms > limit_ms => ("rt", limit_ms, 11205),
            Outcome::Answered(answer) if (200..300).contains(&answer.status) => {
                return self.queue.put(at + TimeDelta::milliseconds(took_ms), Event::Answered(webhook, answer));
            }
            Outcome::Answered(answer) if answer.status >= 500 => ("5xx", took_ms, 11200),
            Outcome::Answered(_) => ("4xx", took_ms, 11200),
        };
        let over = at + TimeDelta::milliseconds(ms);
        webhook.tried += 1;
        if overrides.repeats(trouble) && webhook.tried <= overrides.retries && ms < left_ms {
            self.queue.put(over, Event::Send(webhook));
        } else {
            self.queue.put(over, Event::Failed(webhook, code));
        }
    }

    /// An answer arrives.
    pub(super) fn answered(&mut self, webhook: Webhook, answer: &Answer, at: DateTime<Utc>) {
        match &webhook.purpose {
            Purpose::Document { leg, turn } => {
                let (leg, waits) = (leg.clone(), self.leg(leg).turn == *turn);
                match self.read_document(&webhook.target.url, answer) {
                    Some(verbs) if waits => {
                        self.leg_mut(&leg).page = verbs.into();
                        self.run(&leg, at);
                    }
                    None => self.failed(webhook, 12_100, at),
                    Some(_) => {}
                }
            }
            Purpose::Farewell if answer.body.is_empty() => {}
            Purpose::Farewell => self.read_document(&webhook.target.url, answer).into_iter().for_each(drop),
            Purpose::Text { .. } => self.text_answered(&webhook, answer),
            Purpose::Media if answer.content_type.starts_with("audio/") && !answer.body.is_empty() => {}
            Purpose::Media => self.fault(format!("12300 no sound at {}: {}", webhook.target.url, answer.content_type)),
            Purpose::Status { .. } => {}
        }
    }

    /// A request is given up: the fallback is asked once, then the call ends.
    pub(super) fn failed(&mut self, webhook: Webhook, code: u32, at: DateTime<Utc>) {
        let waiting = match &webhook.purpose {
            Purpose::Document { leg, turn } => self.leg(leg).turn == *turn,
            Purpose::Text { .. } => true,
            Purpose::Farewell | Purpose::Status { .. } => false,
            Purpose::Media => return self.fault(format!("{code} no sound at {}", webhook.target.url)),
        };
        if !waiting {
            return;
        }
        let error = vec![("ErrorCode".to_owned(), code.to_string()), ("ErrorUrl".to_owned(), webhook.target.url.clone())];
        match (webhook.fallback, webhook.purpose) {
            (Some(fallback), Purpose::Document { leg, .. }) if webhook.target != fallback => self.fetch(&leg, &fallback, error, at),
            (_, Purpose::Document { leg, .. }) => self.gives_up(&leg, at),
            (Some(fallback), purpose) => {
                let mut params = webhook.params;
                params.extend(error);
                self.send(&fallback, params, purpose, None, at);
            }
            (None, _) => {}
        }
    }
}
