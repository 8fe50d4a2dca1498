//! The coordinator's browser, and programs that fetch what lies at an address.

use super::World;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use linka::console::{password, router};
use std::fmt::Write;
use tower::util::ServiceExt;

/// A signed-in coordinator.
pub struct Desk {
    world: World,
    cookie: String,
}

impl World {
    /// A coordinator signs in to the console.
    pub async fn coordinator(&self) -> Desk {
        let app = self.app().await;
        let hash = password::hash("zkusebni-heslo").expect("a hash");
        app.store().add_user("alena", &hash, "coordinator", app.clock().now()).await.expect("a user");
        let desk = Desk { world: self.clone(), cookie: String::new() };
        let (status, headers, _) = desk.posts("/console/sign-in", &[("name", "alena"), ("password", "zkusebni-heslo")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "the coordinator signs in");
        let cookie = headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok()).and_then(|cookie| cookie.split(';').next());
        Desk { cookie: cookie.expect("a cookie").to_owned(), ..desk }
    }

    /// A program fetches an address without signing in.
    pub async fn fetches(&self, path: &str, known: Option<&str>) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header(header::IF_NONE_MATCH, known.unwrap_or("\"nothing\""));
        self.asked(request.body(Body::empty()).expect("a request")).await
    }

    async fn asked(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let (status, headers, body) = self.asked_for_bytes(request).await;
        (status, headers, String::from_utf8(body).expect("UTF-8"))
    }

    async fn asked_for_bytes(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let response = router().with_state(self.app().await).oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
        (status, headers, body.to_vec())
    }
}

impl Desk {
    /// Opens a page.
    pub async fn reads(&self, path: &str) -> String {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).expect("a request");
        let (status, _, text) = self.world.asked(request).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        text
    }

    /// Opens a file.
    pub async fn opens(&self, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).expect("a request");
        self.world.asked_for_bytes(request).await
    }

    /// Sends a form of ours.
    pub async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let page = self.reads("/console").await;
        let token = between(&page, "name=\"token\" value=\"", "\"");
        let (status, _, text) = self.posts(path, &[&[("token", token)], fields].concat()).await;
        (status, text)
    }

    /// Makes the address of a calendar (`line` or `operator`) and copies it.
    pub async fn makes_calendar(&self, kind: &str, id: &str) -> String {
        let (status, page) = self.sends("/console/calendar", &[("kind", kind), ("id", id)]).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        between(&page, "id=\"made\" readonly value=\"", "\"").to_owned()
    }

    async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
        let plain = |text: &str| {
            text.bytes().fold(String::with_capacity(text.len() * 3), |mut plain, byte| {
                write!(plain, "%{byte:02X}").expect("a string takes it");
                plain
            })
        };
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect();
        let request = Request::post(path).header(header::COOKIE, &self.cookie).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.world.asked(request.body(Body::from(body.join("&"))).expect("a request")).await
    }
}

/// What stands between two marks.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap_or_else(|| panic!("no {before} in {text}")).0
}
