//! The console as a browser meets it: requests to the real router over the real line in memory.

mod roster;
mod swap;

use crate::app::{App, Clock, seed_demo};
use crate::channel::{Channels, sim};
use crate::console::{DEMO, password, router};
use crate::domain::{Address, Event, EventKey, Heard, Said, What, Via};
use crate::handbook::Handbook;
use crate::store::Store;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use chrono::{DateTime, TimeZone, Utc};
use std::net::SocketAddr;
use std::sync::Arc;
use tower::util::ServiceExt;

/// Wednesday 25 November 2026, 10:15 in Prague: the lines are open.
fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 9, 15, 0).unwrap()
}

/// A browser with its cookie.
struct Browser {
    app: Arc<App>,
    cookie: String,
}

impl Browser {
    async fn new() -> Self {
        let store = Store::open("sqlite::memory:").await.unwrap();
        let handbook = Handbook::builtin().unwrap();
        seed_demo(&store, &handbook.gazetteer, now()).await.unwrap();
        store.add_user(DEMO.0, &password::hash(DEMO.1).unwrap(), "coordinator", now()).await.unwrap();
        let channels = Channels::new(sim::channels(&Arc::default()));
        let app = App::start(store, channels, Clock::hand(now()), handbook, true).await.unwrap();
        Self { app, cookie: String::new() }
    }

    async fn signed_in() -> Self {
        let mut browser = Self::new().await;
        let (status, headers, _) = browser.post("/console/sign-in", &[("name", DEMO.0), ("password", DEMO.1)]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        browser.cookie = headers.get(header::SET_COOKIE).unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
        browser
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, axum::http::HeaderMap, String) {
        let response = router().with_state(Arc::clone(&self.app)).oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        // A stream of news never ends; what it says is the business of the browser test.
        let streamed = headers.get(header::CONTENT_TYPE).is_some_and(|media| media == "text/event-stream");
        let body = if streamed { Vec::new() } else { to_bytes(response.into_body(), 1 << 24).await.unwrap().to_vec() };
        (status, headers, String::from_utf8(body).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, axum::http::HeaderMap, String) {
        self.ask(Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap()).await
    }

    async fn text(&self, path: &str) -> String {
        let (status, _, text) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        text
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, axum::http::HeaderMap, String) {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", super::address::encode(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.ask(request.unwrap()).await
    }

    /// The word the forms of this session carry.
    async fn word(&self) -> String {
        let page = self.text("/console").await;
        page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    async fn hears(&self, key: &str, words: &str) {
        let heard = Heard {
            from: Address::new("chat", format!("worker-{key}")),
            said: Said::Text(words.to_owned()),
            about: None,
            introduced: Some("Věznice Bělušice".to_owned()),
            via: Via::default(),
        };
        self.app.accept(Event { key: EventKey::new(key), at: now(), what: What::Heard(heard) }).await.unwrap();
    }

    /// The operator on duty takes the contact and closes it.
    async fn closes(&self, number: i64) {
        for words in ["přijmout".to_owned(), format!("#{number} /konec jiné: zkouška")] {
            let heard = Heard { from: Address::new("chat", "jana"), said: Said::Text(words.clone()), about: None, introduced: None, via: Via::default() };
            self.app.accept(Event { key: EventKey::new(format!("jana:{words}")), at: now(), what: What::Heard(heard) }).await.unwrap();
        }
        let contact = self.app.store().contact_by_number(number).await.unwrap().unwrap();
        assert!(!contact.is_open(), "{contact:?}");
    }

    /// One set of pages, which remembers guesses.
    fn router(&self) -> Router {
        router().with_state(Arc::clone(&self.app))
    }

    /// Tries to sign in from an address.
    async fn guesses_at(&self, pages: &Router, address: &str, secret: &str) -> StatusCode {
        let body = format!("name={}&password={secret}", DEMO.0);
        let request = Request::post("/console/sign-in").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
        let mut request = request.unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 4711)));
        pages.clone().oneshot(request).await.unwrap().status()
    }
}

const PAGES: [&str; 10] = [
    "/console",
    "/console/contacts",
    "/console/contacts.csv",
    "/console/contact/1001",
    "/console/duty",
    "/console/roster/ustecky",
    "/console/roster/ustecky/history",
    "/console/roster/ustecky/import",
    "/console/people",
    "/console/services",
];

#[tokio::test]
async fn nobody_gets_in_without_signing_in() {
    let browser = Browser::new().await;
    browser.hears("one", "bydlení v Mostě pro muže, chci mluvit s člověkem").await;
    for path in PAGES {
        let (status, headers, text) = browser.get(path).await;
        assert_eq!((status, text.as_str()), (StatusCode::SEE_OTHER, ""), "{path}");
        assert!(headers.get(header::LOCATION).unwrap().to_str().unwrap().starts_with("/console/sign-in?next="), "{path}");
    }
    for action in ["review", "outcome", "region", "note"] {
        let (status, headers, _) = browser.post(&format!("/console/contact/1001/{action}"), &[("token", "x"), ("words", "x")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{action}");
        assert_eq!(headers.get(header::LOCATION).unwrap(), "/console/sign-in?next=/console/contact/1001");
    }
    let stream = Request::get("/console/live").header(header::ACCEPT, "text/event-stream").body(Body::empty()).unwrap();
    assert_eq!(browser.ask(stream).await.0, StatusCode::UNAUTHORIZED, "a script gets a plain no");
    assert_eq!(browser.get("/console/asset/console.css?v=1").await.0, StatusCode::OK);
}

#[tokio::test]
async fn wrong_passwords_are_refused_and_counted() {
    let browser = Browser::new().await;
    for (name, secret) in [(DEMO.0, "jiné heslo"), ("nikdo", DEMO.1), ("", ""), (DEMO.0, "")] {
        let (status, headers, text) = browser.post("/console/sign-in", &[("name", name), ("password", secret)]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(text.contains("Jméno nebo heslo nesouhlasí") && !headers.contains_key(header::SET_COOKIE));
    }
}

#[tokio::test]
async fn a_stranger_cannot_shut_the_owner_of_a_name_out() {
    let browser = Browser::new().await;
    let app = browser.router();
    for _ in 0..5 {
        assert_eq!(browser.guesses_at(&app, "203.0.113.7", "spatne").await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(browser.guesses_at(&app, "203.0.113.7", DEMO.1).await, StatusCode::TOO_MANY_REQUESTS, "the stranger has to wait");
    assert_eq!(browser.guesses_at(&app, "198.51.100.1", DEMO.1).await, StatusCode::SEE_OTHER, "the owner elsewhere has not");
}

#[tokio::test]
async fn every_page_is_dressed_in_both_languages() {
    let browser = Browser::signed_in().await;
    browser.hears("one", "bydlení v Mostě pro muže, chci mluvit s člověkem").await;
    for path in PAGES.iter().chain(&["/console/contact/77", "/console/nothing"]) {
        for (lang, word) in [("cs", "Odhlásit"), ("en", "Sign out")] {
            let joint = if path.contains('?') { '&' } else { '?' };
            let (status, headers, text) = browser.get(&format!("{path}{joint}lang={lang}")).await;
            for name in ["content-security-policy", "cache-control", "referrer-policy", "x-content-type-options"] {
                assert!(headers.contains_key(name), "{path} lacks {name}");
            }
            let page = headers.get(header::CONTENT_TYPE).unwrap().to_str().unwrap().starts_with("text/html");
            assert!(
                !page || status == StatusCode::NOT_FOUND || (text.contains(word) && text.contains(&format!("<html lang=\"{lang}\">"))),
                "{path}"
            );
            assert!(!page || !text.contains("style=") && !text.contains("<script>") && !text.contains("onclick"), "{path} has inline code");
        }
    }
}

#[tokio::test]
async fn orders_go_through_events_and_keep_the_original() {
    let browser = Browser::signed_in().await;
    browser.hears("one", "bydlení v Mostě pro muže, chci mluvit s člověkem").await;
    let word = browser.word().await;
    let page = browser.text("/console/contact/1001").await;
    assert!(!page.contains("/console/contact/1001/outcome"), "an open contact has no outcome to correct");
    let early = [("outcome", "placed"), ("token", word.as_str()), ("key", "form-early-key")];
    assert_eq!(browser.post("/console/contact/1001/outcome", &early).await.0, StatusCode::BAD_REQUEST);
    browser.closes(1001).await;
    let orders: [(&str, &[(&str, &str)]); 4] = [
        ("outcome", &[("outcome", "placed"), ("reason", "=1+1;\"x\"")]),
        ("outcome", &[("outcome", "referred")]),
        ("region", &[("region", "CZ064")]),
        ("note", &[("words", "volat <b>zítra</b>")]),
    ];
    for (at, (action, fields)) in orders.into_iter().enumerate() {
        let key = format!("form-{at}-key");
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("token", word.as_str()), ("key", &key)]).collect();
        for _ in 0..2 {
            let (status, headers, text) = browser.post(&format!("/console/contact/1001/{action}"), &fields).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{action}: {text}");
            assert_eq!(headers.get(header::LOCATION).unwrap().to_str().unwrap(), format!("/console/contact/1001?done={action}"));
        }
    }
    let page = browser.text("/console/contact/1001").await;
    for part in ["zajištěno (původně jiné)", "předáno službě (původně zajištěno)", "Jihomoravský kraj (původně Most", "opraveno"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("volat &#60;b&#62;zítra").count(), 1, "once, and as text");
    let file = browser.text("/console/contacts.csv").await;
    assert!(file.contains(";Věznice Bělušice;chat;chat;"), "{file}");
    assert!(file.starts_with('\u{feff}') && file.contains(";\"'=1+1;\"\"x\"\"\";"), "{file}");
}

#[tokio::test]
async fn bad_forms_change_nothing() {
    let browser = Browser::signed_in().await;
    browser.hears("one", "bydlení v Mostě pro muže, chci mluvit s člověkem").await;
    let word = browser.word().await;
    let good = [
        ("token", word.as_str()),
        ("key", "a-good-key-1"),
        ("words", "x"),
        ("outcome", "placed"),
        ("region", "CZ064"),
        ("review", "reviewed"),
    ];
    let table: [(&str, (&str, &str), StatusCode); 8] = [
        ("note", ("token", "wrong"), StatusCode::FORBIDDEN),
        ("note", ("key", ""), StatusCode::BAD_REQUEST),
        ("note", ("words", "  "), StatusCode::BAD_REQUEST),
        ("outcome", ("outcome", "splendid"), StatusCode::BAD_REQUEST),
        ("region", ("region", "CZ999"), StatusCode::BAD_REQUEST),
        ("review", ("review", "new"), StatusCode::BAD_REQUEST),
        ("review", ("review", "queried"), StatusCode::BAD_REQUEST),
        ("nothing", ("words", "x"), StatusCode::NOT_FOUND),
    ];
    for (action, (name, value), expected) in table {
        let fields = good.map(|field| if field.0 == name { (name, value) } else { field });
        let (status, _, text) = browser.post(&format!("/console/contact/1001/{action}"), &fields).await;
        assert_eq!(status, expected, "{action} {name}");
        assert!(text.contains("<h1>"), "a refusal is a page");
    }
    assert_eq!(browser.post("/console/contact/77/note", &good).await.0, StatusCode::NOT_FOUND);
    let long = "x".repeat(70_000);
    assert_eq!(browser.post("/console/contact/1001/note", &[("words", &long)]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let foreign = Request::builder().method(Method::POST).uri("/console/sign-in").header("sec-fetch-site", "cross-site");
    assert_eq!(browser.ask(foreign.body(Body::empty()).unwrap()).await.0, StatusCode::FORBIDDEN);
    assert!(!browser.text("/console/contact/1001").await.contains("koordinátor)"), "nothing was written");
}

#[tokio::test]
async fn the_list_is_paged_by_key_and_searched() {
    let browser = Browser::signed_in().await;
    for n in 0..60 {
        browser
            .hears(
                &format!("w{n}"),
                if n == 7 { "dluhy v Děčíně, chci mluvit s člověkem" } else { "bydlení v Mostě, chci mluvit s člověkem" },
            )
            .await;
    }
    let first = browser.text("/console/contacts").await;
    assert!(first.contains("#1060") && first.contains("#1011") && !first.contains("#1010<") && !first.contains("rel=\"prev\""));
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    let second = browser.text(&next).await;
    assert!(second.contains("#1010") && second.contains("#1001") && !second.contains("rel=\"next\"") && second.contains("rel=\"prev\""));
    for (query, rows) in [
        ("q=%231008", 1),
        ("q=D%C4%9B%C4%8D%C3%ADn%C4%9B", 1),
        ("region=CZ042", 50),
        ("region=CZ010", 0),
        ("q=1234567", 0),
        ("stage=held", 0),
    ] {
        let page = browser.text(&format!("/console/contacts?{query}")).await;
        assert_eq!(page.matches("<th scope=\"row\">").count(), rows, "{query}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let browser = Browser::signed_in().await;
    let word = browser.word().await;
    assert_eq!(browser.post("/console/sign-out", &[("token", "x")]).await.0, StatusCode::FORBIDDEN);
    let (status, headers, _) = browser.post("/console/sign-out", &[("token", &word)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(headers.get(header::SET_COOKIE).unwrap().to_str().unwrap().contains("Max-Age=0"));
    for path in PAGES {
        assert_eq!(browser.get(path).await.0, StatusCode::SEE_OTHER, "the old cookie opens nothing: {path}");
    }
    let (status, headers, _) = browser.post("/console/contact/1001/note", &[("token", &word), ("key", "form-late-key"), ("words", "x")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(headers.get(header::LOCATION).unwrap().to_str().unwrap().starts_with("/console/sign-in"), "nor does it write");
    let stream = Request::get("/console/live").header(header::COOKIE, &browser.cookie).header(header::ACCEPT, "text/event-stream");
    assert_eq!(browser.ask(stream.body(Body::empty()).unwrap()).await.0, StatusCode::UNAUTHORIZED);
}
