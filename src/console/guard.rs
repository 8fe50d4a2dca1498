//! What stands around every page of the console: forms are taken only from our own pages, a chosen
//! language is remembered, refusals become pages, and browsers are told to trust nothing else.

use super::error::{ConsoleError, Refusal};
use super::frame::Frame;
use crate::domain::Lang;
use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

/// The cookie that remembers the language, shared with the worker's page.
const LANGUAGE: &str = "lang";

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
        ),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// A refusal in words.
#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage {
    frame: Frame,
    title: &'static str,
    text: &'static str,
}

/// Lets a request through and dresses the answer.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let (lang, chosen) = (language(request.headers(), request.uri()), asked_language(request.uri()));
    let mut response = own_forms(request, next).await;
    if let Some(refusal) = refusal(&response) {
        response = refused(response, refusal, lang);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    if let Some(value) =
        chosen.and_then(|lang| HeaderValue::from_str(&format!("{LANGUAGE}={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code())).ok())
    {
        headers.append(header::SET_COOKIE, value);
    }
    response
}

/// Lets only forms of our own pages through. Whatever pages take forms stand behind it: these, the
/// worker's page and the stage.
pub(crate) async fn own_forms(request: Request, next: Next) -> Response {
    if is_foreign(request.method(), request.headers()) { ConsoleError::Foreign.into_response() } else { next.run(request).await }
}

/// Finds out how a response refuses: in our own words, or in bare ones of the parts below
/// (a form too large, a method nobody serves). A plain 401 is for scripts and stays plain.
fn refusal(response: &Response) -> Option<Refusal> {
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        return Some(*refusal);
    }
    let (status, html) =
        (response.status(), response.headers().get(header::CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"text/html")));
    match status {
        StatusCode::UNAUTHORIZED => None,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Refusal::NotFound),
        status if status.is_client_error() && !html => Some(Refusal::Form),
        status if status.is_server_error() && !html => Some(Refusal::Later),
        _ => None,
    }
}

/// Puts a refusal on a page and keeps its status and headers.
fn refused(bare: Response, refusal: Refusal, lang: Lang) -> Response {
    let frame = Frame::outside(lang);
    let page = RefusedPage { frame, title: refusal.title(lang), text: refusal.text(lang) };
    let Ok(text) = page.render() else { return bare };
    let (status, retry) = (bare.status(), bare.headers().get(header::RETRY_AFTER).cloned());
    let mut response = (status, Html(text)).into_response();
    retry.map(|after| response.headers_mut().insert(header::RETRY_AFTER, after));
    response
}

/// Returns the visitor's language: the one asked for, else the one remembered, else Czech.
#[must_use]
pub(super) fn language(headers: &HeaderMap, uri: &Uri) -> Lang {
    let remembered = || CookieJar::from_headers(headers).get(LANGUAGE).and_then(|cookie| Lang::from_code(cookie.value()));
    asked_language(uri).or_else(remembered).unwrap_or_default()
}

fn asked_language(uri: &Uri) -> Option<Lang> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_code)
}

/// Tells whether a request that changes something comes from another site. Browsers say so in
/// `Sec-Fetch-Site`, older ones in `Origin`; what says neither is no browser and needs the form's
/// word all the same.
fn is_foreign(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => site != "same-origin",
        (None, Some(origin)) => said("host") != origin.split_once("://").map(|(_, host)| host),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_foreign, language};
    use crate::domain::Lang;
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        let table: [(&[(&str, &str)], bool); 9] = [
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://linka.example"), ("host", "linka.example")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], false),
            (&[("origin", "https://evil.example"), ("host", "linka.example")], true),
            (&[("origin", "https://linka.example.evil.example"), ("host", "linka.example")], true),
            (&[("origin", "null"), ("host", "linka.example")], true),
            (&[("host", "linka.example")], false),
        ];
        for (pairs, foreign) in table {
            assert_eq!(is_foreign(&Method::POST, &headers(pairs)), foreign, "{pairs:?}");
            assert!(!is_foreign(&Method::GET, &headers(pairs)), "looking is free");
        }
    }

    #[test]
    fn the_language_is_asked_remembered_or_czech() {
        let uri = |text: &'static str| Uri::from_static(text);
        let table = [
            (uri("/console"), None, Lang::Cs),
            (uri("/console?lang=en"), None, Lang::En),
            (uri("/console?q=1&lang=cs"), Some("lang=en"), Lang::Cs),
            (uri("/console?lang=de"), Some("lang=en"), Lang::En),
        ];
        for (uri, cookie, expected) in table {
            let headers = cookie.map(|cookie| headers(&[("cookie", cookie)])).unwrap_or_default();
            assert_eq!(language(&headers, &uri), expected, "{uri}");
        }
    }
}
