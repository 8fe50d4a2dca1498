//! The provider's REST, version 2010-04-01, on a real port: who may ask, for what, in which shape.
//! Each resource is a file beside; what they may be asked with is [`shape`]'s one table.

pub mod answer;
mod call;
mod line;
mod message;
mod number;
mod recording;
mod shape;

use super::exchange::Exchange;
use super::{Inner, Network};
use answer::{Refusal, Reply};
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, Request, Response, header};
use base64::Engine;
use chrono::{DateTime, Utc};
use line::Wire;
use std::sync::Weak;

/// The longest request taken.
const BYTES_MAX: usize = 64 * 1024;

/// One request to the REST as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub at: DateTime<Utc>,
    pub method: String,
    pub path: String,
    pub form: Vec<(String, String)>,
    /// The status it was answered with, even when the answer got lost.
    pub status: u16,
}

impl Asked {
    /// A field of the form or the query.
    pub fn field(&self, name: &str) -> Option<&str> {
        field(&self.form, name)
    }
}

/// A field of a form, the last one of that name.
fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Opens a port.
pub(super) async fn listen() -> (line::Port, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    (line::Port(listener), base)
}

/// Answers until the network is gone.
pub(super) async fn serve(port: line::Port, network: Weak<Inner>) {
    let app = axum::Router::new().fallback(take).with_state(network);
    axum::serve(port, app.into_make_service_with_connect_info::<Wire>()).await.expect("a server");
}

async fn take(State(network): State<Weak<Inner>>, ConnectInfo(wire): ConnectInfo<Wire>, request: Request<Body>) -> Response<Body> {
    let Some(network) = network.upgrade().map(Network) else { return Response::default() };
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BYTES_MAX).await.unwrap_or_default();
    let mut form: Vec<(String, String)> = serde_urlencoded::from_str(head.uri.query().unwrap_or_default()).unwrap_or_default();
    if head.method == Method::POST {
        form = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    }
    let now = network.now();
    let asking = Asking { method: head.method.as_str(), path: head.uri.path(), headers: &head.headers, form: &form, now };
    let (reply, statuses_first, cut, hang) = {
        let mut exchange = network.exchange();
        let reply = exchange.asked(&asking).unwrap_or_else(Refusal::reply);
        exchange.requests.push(Asked { at: now, method: asking.method.to_owned(), path: asking.path.to_owned(), form: form.clone(), status: reply.status });
        let (cut, hang) = if reply.made.is_some() { exchange.whims.loses_answer() } else { (false, false) };
        (reply, exchange.whims.statuses_first, cut, hang)
    };
    if let (Some(made), true) = (&reply.made, statuses_first) {
        network.sends_statuses_of(made).await;
    }
    if hang {
        drop(network);
        std::future::pending::<()>().await;
    }
    if cut {
        wire.cut();
    }
    reply.response()
}

/// A request on its way to a resource.
pub(super) struct Asking<'a> {
    method: &'a str,
    path: &'a str,
    headers: &'a HeaderMap,
    form: &'a [(String, String)],
    now: DateTime<Utc>,
}

impl Asking<'_> {
    fn field(&self, name: &str) -> Option<&str> {
        field(self.form, name)
    }

    /// A field that says something.
    fn said(&self, name: &str) -> Option<&str> {
        self.field(name).filter(|value| !value.is_empty())
    }

    fn whole(&self, name: &str, otherwise: i64) -> i64 {
        self.field(name).and_then(|value| value.parse().ok()).unwrap_or(otherwise)
    }
}

impl Exchange {
    fn asked(&mut self, asking: &Asking<'_>) -> Result<Reply, Refusal> {
        if self.whims.is_down {
            return Err(Refusal::new(503, 20_503, "Service is unavailable. Please try again"));
        }
        if self.whims.throttled > 0 {
            self.whims.throttled -= 1;
            return Err(Refusal::new(429, 20_429, "Too Many Requests"));
        }
        self.admits(asking.headers)?;
        let account = format!("/2010-04-01/Accounts/{}", self.account);
        let path = asking.path.strip_prefix(&account).ok_or_else(|| Refusal::not_found(asking.path))?;
        let path: Vec<_> = path.split('/').collect();
        self.judges(asking, &path)?;
        match (asking.method, path.as_slice()) {
            ("GET", [".json"]) if self.whims.no_account => Err(Refusal::not_found(asking.path)),
            ("GET", [".json"]) => Ok(Reply::json(200, &self.account_json())),
            ("POST", ["", "Messages.json"]) => self.post_message(asking),
            ("GET", ["", "Messages.json"]) => Ok(self.list_messages(asking)),
            ("GET", ["", "Messages", sid]) => self.get_message(asking, sid),
            ("POST", ["", "Messages", sid]) => self.update_message(asking, sid),
            ("POST", ["", "Calls.json"]) => self.post_call(asking),
            ("GET", ["", "Calls.json"]) => Ok(self.list_calls(asking)),
            ("GET", ["", "Calls", sid]) => self.get_call(asking, sid),
            ("POST", ["", "Calls", sid]) => self.update_call(asking, sid),
            ("GET", ["", "Recordings.json"]) => Ok(self.list_recordings(asking)),
            ("GET", ["", "Recordings", sid]) => self.get_recording(asking, sid),
            ("DELETE", ["", "Recordings", sid]) => self.delete_recording(asking, sid),
            ("GET", ["", "IncomingPhoneNumbers.json"]) => Ok(self.list_numbers(asking)),
            ("GET", ["", "IncomingPhoneNumbers", sid]) => self.get_number(asking, sid),
            ("POST", ["", "IncomingPhoneNumbers", sid]) => self.update_number(asking, sid),
            _ => {
                self.fault(format!("20404 nothing answers {} {}", asking.method, asking.path));
                Err(Refusal::not_found(asking.path))
            }
        }
    }

    /// Basic authentication by the account's token or by an API key.
    fn admits(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let refused = || Refusal::new(401, 20_003, "Authenticate");
        let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(refused)?;
        let pair = header.strip_prefix("Basic ").and_then(|encoded| base64::engine::general_purpose::STANDARD.decode(encoded).ok());
        let pair = pair.and_then(|pair| String::from_utf8(pair).ok()).ok_or_else(refused)?;
        let by = |token: &str| format!("{}:{token}", self.account);
        let known = [by(&self.token), by(&self.whims.spare_token), format!("{}:{}", self.key.0, self.key.1)];
        if known.contains(&pair) || self.whims.any_token { Ok(()) } else { Err(refused()) }
    }

    /// Forms must be forms and hold only what the resource knows; anything else is a fault too.
    fn judges(&mut self, asking: &Asking<'_>, path: &[&str]) -> Result<(), Refusal> {
        let kind = asking.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if asking.method == "POST" && !kind.starts_with("application/x-www-form-urlencoded") {
            self.fault(format!("{} {} is no form: {kind}", asking.method, asking.path));
            return Err(Refusal::new(415, 20_415, "Unsupported Media Type"));
        }
        let wrong = shape::wrong(asking.method, path, asking.form);
        let Some(first) = wrong.first().cloned() else { return Ok(()) };
        for wrong in wrong {
            self.fault(format!("20001 {} {}: {wrong}", asking.method, asking.path));
        }
        Err(Refusal::new(400, 20_001, &format!("Invalid parameter: {first}")))
    }

    fn account_json(&self) -> serde_json::Value {
        serde_json::json!({
            "sid": self.account,
            "friendly_name": "Linka",
            "status": "active",
            "type": "Full",
            "auth_token": self.token,
            "owner_account_sid": self.account,
            "date_created": "Mon, 05 Jan 2026 08:00:00 +0000",
            "date_updated": "Mon, 05 Jan 2026 08:00:00 +0000",
            "uri": format!("/2010-04-01/Accounts/{}.json", self.account),
            "subresource_uris": {},
        })
    }
}
