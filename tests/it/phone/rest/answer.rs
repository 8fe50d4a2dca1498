//! What the REST answers: resources and lists as JSON, files, and refusals with the documented texts.

use super::Asking;
use axum::body::Body;
use axum::http::{Response, header};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// How long the asker of too much is told to wait, in seconds.
const RETRY_AFTER_S: u32 = 1;

/// An answer.
pub struct Reply {
    pub status: u16,
    /// The call or message this made.
    pub made: Option<String>,
    kind: &'static str,
    body: Vec<u8>,
    retry_after_s: Option<u32>,
}

impl Reply {
    pub fn json(status: u16, value: &Value) -> Self {
        let body = value.to_string().into_bytes();
        Self { status, made: None, kind: "application/json;charset=utf-8", body, retry_after_s: None }
    }

    pub fn file(kind: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, made: None, kind, body, retry_after_s: None }
    }

    pub fn gone() -> Self {
        Self { status: 204, made: None, kind: "application/json;charset=utf-8", body: Vec::new(), retry_after_s: None }
    }

    pub fn made(mut self, sid: &str) -> Self {
        self.made = Some(sid.to_owned());
        self
    }

    pub fn response(self) -> Response<Body> {
        let mut response = Response::builder().status(self.status).header(header::CONTENT_TYPE, self.kind).header("Twilio-Request-Id", "RQ0");
        if let Some(seconds) = self.retry_after_s {
            response = response.header(header::RETRY_AFTER, seconds);
        }
        response.body(Body::from(self.body)).expect("a response")
    }
}

/// A request that is not granted.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    pub code: u32,
    pub message: String,
}

impl Refusal {
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned() }
    }

    pub fn not_found(path: &str) -> Self {
        Self::new(404, 20_404, &format!("The requested resource {path} was not found"))
    }

    /// The documented text of a code about a number.
    pub fn known(code: u32, number: &str) -> Option<Self> {
        let (status, message) = match code {
            20_500 => (500, "An internal server error has occurred".to_owned()),
            20_429 => (429, "Too Many Requests".to_owned()),
            21_210 => (400, format!("The source phone number provided, {number}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.")),
            21_211 => (400, format!("The 'To' number {number} is not a valid phone number.")),
            21_212 => (400, format!("The 'From' number {number} is not a valid phone number, shortcode, or alphanumeric sender ID.")),
            21_214 => (400, format!("'To' phone number cannot be reached: {number}")),
            21_215 => (400, format!("Account not authorized to call {number}. Perhaps you need to enable some international permissions")),
            21_408 => (400, format!("Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {number}.")),
            21_606 => (400, format!("The From phone number {number} is not a valid, SMS-capable inbound phone number or short code for your account.")),
            21_610 => (400, "Attempt to send to unsubscribed recipient".to_owned()),
            21_611 => (429, "This 'From' number has exceeded the maximum number of queued messages".to_owned()),
            21_612 => (400, format!("The 'To' phone number: {number}, is not currently reachable using the 'From' phone number via SMS.")),
            21_614 => (400, format!("'To' number is not a valid mobile number: {number}")),
            30_001 => (429, "Queue overflow".to_owned()),
            _ => return None,
        };
        Some(Self { status, code, message })
    }

    pub fn reply(self) -> Reply {
        let more = format!("https://www.twilio.com/docs/errors/{}", self.code);
        let mut reply = Reply::json(self.status, &json!({"code": self.code, "message": self.message, "more_info": more, "status": self.status}));
        reply.retry_after_s = (self.status == 429).then_some(RETRY_AFTER_S);
        reply
    }
}

/// A time as resources write it.
pub fn date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The same for a time that may not be known yet, which fits no filter: the provider does not say so, which
/// is the stricter reading.
pub fn dated(asking: &Asking<'_>, name: &str, at: Option<DateTime<Utc>>) -> bool {
    let asked = ["", "<", ">"].into_iter().any(|sign| asking.said(&format!("{name}{sign}")).is_some());
    at.map_or(!asked, |at| within(asking, name, at))
}

/// Tells whether a time fits the filters `Name`, `Name<` and `Name>` (a day or a moment).
pub fn within(asking: &Asking<'_>, name: &str, at: DateTime<Utc>) -> bool {
    let day = |text: &str| text.get(..10).map(str::to_owned).unwrap_or_default();
    let own = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let cut = |text: &str| if text.len() > 10 { own.clone() } else { day(&own) };
    asking.said(name).is_none_or(|text| day(text) == day(&own))
        && asking.said(&format!("{name}>")).is_none_or(|text| cut(text).as_str() >= text)
        && asking.said(&format!("{name}<")).is_none_or(|text| cut(text).as_str() <= text)
}

/// One page of a list.
pub fn page(asking: &Asking<'_>, key: &str, items: &[Value]) -> Reply {
    let (size, number) = (asking.whole("PageSize", 50).clamp(1, 1_000), asking.whole("Page", 0).max(0));
    let (size, number) = (usize::try_from(size).expect("a size"), usize::try_from(number).expect("a page"));
    let shown: Vec<_> = items.iter().skip(size * number).take(size).cloned().collect();
    let uri = |page: usize| {
        let mut query: Vec<_> = asking.form.iter().filter(|(key, _)| !matches!(key.as_str(), "Page" | "PageSize" | "PageToken")).cloned().collect();
        query.push(("PageSize".to_owned(), size.to_string()));
        query.push(("Page".to_owned(), page.to_string()));
        format!("{}?{}", asking.path, serde_urlencoded::to_string(query).expect("a query"))
    };
    let next = (size * (number + 1) < items.len()).then(|| uri(number + 1));
    let previous = number.checked_sub(1).map(uri);
    let (start, end) = (size * number, (size * number + shown.len()).saturating_sub(1));
    Reply::json(
        200,
        &json!({
            key: shown,
            "page": number,
            "page_size": size,
            "start": start,
            "end": end,
            "uri": uri(number),
            "first_page_uri": uri(0),
            "next_page_uri": next,
            "previous_page_uri": previous,
        }),
    )
}
