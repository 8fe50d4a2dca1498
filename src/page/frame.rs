//! What every page shares: the visitor's language, the headers that keep a browser safe,
//! and friendly words where something went wrong.

use super::trouble::Trouble;
use crate::app::App;
use crate::console::own_forms;
use crate::domain::{BODY_BYTES_MAX, Lang};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;

/// Nothing but our own styles, scripts and pictures; our own pages in a frame (the stage
/// shows the worker's page in one).
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";
/// The cookie that remembers the language for a year.
const COOKIE: &str = "lang";

/// Wraps pages: size of forms, language, headers, friendly errors.
pub(super) fn around(pages: Router<Arc<App>>) -> Router<Arc<App>> {
    pages.layer(from_fn(own_forms)).layer(from_fn(dress)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// The visitor's language: the one just chosen, else the one remembered, else Czech.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tongue(pub(super) Lang);

impl<S: Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let lang = chosen(parts.uri.query()).or_else(|| remembered(&parts.headers));
        Ok(Self(lang.unwrap_or_default()))
    }
}

fn chosen(query: Option<&str>) -> Option<Lang> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_code)
}

fn remembered(headers: &HeaderMap) -> Option<Lang> {
    Lang::from_code(cookie(headers, COOKIE)?)
}

/// Finds a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

async fn dress(request: Request, next: Next) -> Response {
    let new = chosen(request.uri().query());
    let lang = new.or_else(|| remembered(request.headers())).unwrap_or_default();
    let back = if request.uri().path().starts_with("/w") { "/w" } else { "/" };
    let mut response = next.run(request).await;
    if is_bare_trouble(&response) {
        let unready = response.extensions().get::<NotSetUp>().is_some();
        response = if unready { said(response.status(), lang, back, not_set_up(lang)) } else { trouble(response.status(), lang, back) };
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Some(value) = new.and_then(|lang| HeaderValue::from_str(&format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code())).ok()) {
        headers.append(header::SET_COOKIE, value);
    }
    response
}

/// Tells whether a response says no more than that something went wrong.
fn is_bare_trouble(response: &Response<Body>) -> bool {
    let status = response.status();
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    (status.is_client_error() || status.is_server_error()) && !html
}

fn trouble(status: StatusCode, lang: Lang, back: &str) -> Response {
    said(status, lang, back, words(status, lang))
}

fn said(status: StatusCode, lang: Lang, back: &str, (title, advice): (&str, &str)) -> Response {
    let page = Trouble { lang, title: title.to_owned(), advice: advice.to_owned(), back: back.to_owned() };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// Marks a refusal of a line that has nobody to hand anything to.
#[derive(Debug, Clone, Copy)]
pub(super) struct NotSetUp;

fn not_set_up(lang: Lang) -> (&'static str, &'static str) {
    (
        lang.pick("Linka ještě není nastavená", "The line is not set up yet"),
        lang.pick(
            "Zatím tu není žádná regionální linka ani operátor, kterému bychom dotaz předali. Správce je nahraje příkazem linka import lines SOUBOR; pak tu linku najdete.",
            "There is no regional line yet and no operator to pass a question to. The administrator imports them with linka import lines FILE; then the line is here.",
        ),
    )
}

fn words(status: StatusCode, lang: Lang) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            lang.pick("Tahle stránka tu není", "This page is not here"),
            lang.pick("Odkaz je možná starý. Začněte prosím znovu.", "The link may be old. Please start again."),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            lang.pick("Tohle je na nás moc dlouhé", "This is too long for us"),
            lang.pick("Pošlete prosím kratší text, třeba na dvakrát.", "Please send a shorter text, in two parts if need be."),
        ),
        status if status.is_client_error() => (
            lang.pick("Tomuhle nerozumíme", "We do not understand this"),
            lang.pick("Vraťte se prosím a zkuste to znovu.", "Please go back and try again."),
        ),
        _ => (
            lang.pick("Teď to nejde uložit", "This cannot be stored now"),
            lang.pick("Nic se neztratilo, jen to ještě nemáme. Zkuste to prosím za chvíli znovu.", "Nothing is lost, we just do not have it yet. Please try again in a moment."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_chosen_or_remembered() {
        let mut headers = HeaderMap::new();
        assert_eq!(remembered(&headers), None);
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; lang=en; c=d"));
        assert_eq!(remembered(&headers), Some(Lang::En));
        assert_eq!(chosen(Some("who=x&lang=cs")), Some(Lang::Cs));
        assert_eq!(chosen(Some("lang=klingon")), None);
    }
}
