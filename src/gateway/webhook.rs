//! A request of the provider that was proven to be one.

use super::Gateway;
use super::reply;
use crate::channel::twilio::{Form, Request as Signed, Verdict};
use crate::domain::Lang;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What whoever does not sign is told.
pub(super) const UNSIGNED: &str = "the request is not signed";

/// What a request says, its signature seen and found good.
pub(super) struct Webhook {
    /// What the provider wrote.
    pub(super) form: Form,
    /// What our own address carries.
    query: Form,
    /// Our own address, without its query.
    path: String,
}

impl Webhook {
    /// Returns what the provider wrote under a name, now or before the caller was asked for a moment;
    /// empty when it wrote nothing.
    pub(super) fn said(&self, name: &str) -> &str {
        self.form.get(name).or_else(|| self.query.get(name)).unwrap_or_default()
    }

    /// Takes the keys out, so that they are carried nowhere: they are a PIN.
    pub(super) fn take_keys(&mut self) -> String {
        let keys = self.form.get("Digits").unwrap_or_default().to_owned();
        self.form = self.form.pairs().filter(|(name, _)| *name != "Digits").collect();
        keys
    }

    /// Makes the address under which the same request comes once more, with what it told.
    pub(super) fn again(&self, moments: u32, told: &[&str]) -> String {
        let carried = self.query.pairs().filter(|(name, _)| *name != "again" && !told.contains(name));
        let told = told.iter().map(|name| (*name, self.said(name))).filter(|(_, value)| !value.is_empty());
        let again = moments.to_string();
        let all: Form = carried.chain(told).chain([("again", again.as_str())]).collect();
        format!("{}?{}", self.path, all.encoded())
    }

    /// The language the call goes on in, where our own address carries it.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.query.get("lang").and_then(Lang::from_code)
    }

    /// Reads an id our own address carries.
    pub(super) fn carried<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.query.get(name)?.parse().ok()
    }
}

impl FromRequest<Arc<Gateway>> for Webhook {
    type Rejection = Response;

    async fn from_request(request: Request, gateway: &Arc<Gateway>) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let body = Bytes::from_request(Request::from_parts(parts.clone(), body), gateway).await.map_err(IntoResponse::into_response)?;
        match gateway.verifier.judge(&signed(&target, &parts.headers, &body)) {
            Verdict::Genuine => {
                let query = parts.uri.query().unwrap_or_default();
                Ok(Self { form: Form::parse(&body), query: Form::parse(query.as_bytes()), path: parts.uri.path().to_owned() })
            }
            Verdict::Missing => Err(reply::refused(StatusCode::BAD_REQUEST, UNSIGNED)),
            Verdict::Wrong => Err(reply::refused(StatusCode::FORBIDDEN, "the signature does not fit; check the public address and the token")),
        }
    }
}

fn signed<'a>(target: &'a str, headers: &'a HeaderMap, body: &'a [u8]) -> Signed<'a> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Signed {
        target,
        signature: text("x-twilio-signature"),
        settings: text("x-twilio-webhooks-signature-settings"),
        content_type: text(header::CONTENT_TYPE.as_str()),
        body,
    }
}
