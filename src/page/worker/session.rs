//! A signed-in browser: a random secret in a cookie, its hash in the store. The handle it
//! writes from is a conversation's name, not a person's.

use crate::app::App;
use crate::channel::web;
use crate::domain::Address;
use crate::page::{PageError, frame, token};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use std::sync::Arc;

/// The cookie with the secret.
const COOKIE: &str = "linka_w";
/// How long a browser stays signed in: a promise may be long, a shared office PC has a way out.
const LASTS: TimeDelta = TimeDelta::days(30);

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    /// The handle the browser writes from.
    pub handle: String,
    /// The organisation that signed in.
    pub organisation: String,
}

impl Session {
    /// Finds who is signed in with this browser.
    ///
    /// # Errors
    /// When the store cannot be read, and as long as no line is set up.
    pub(crate) async fn read(app: &App, headers: &HeaderMap) -> Result<Option<Self>, PageError> {
        if app.handbook().book.lines.is_empty() {
            return Err(PageError::NotSetUp);
        }
        let Some(secret) = frame::cookie(headers, COOKIE) else { return Ok(None) };
        let found = app.store().web_session(&token::hash(secret)).await?;
        let now = app.clock().now();
        let good = found.filter(|session| now.signed_duration_since(session.created_at) < LASTS);
        Ok(good.map(|session| Self { handle: session.handle, organisation: session.organisation }))
    }

    /// Returns the address the browser writes from.
    #[must_use]
    pub(crate) fn address(&self) -> Address {
        Address::new(web::NAME, self.handle.as_str())
    }

    /// Signs a browser in and sends it to the conversation.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(super) async fn begin(app: &App, headers: &HeaderMap, organisation: &str, handle: Option<String>) -> Result<Response, PageError> {
        let secret = token::fresh()?;
        let handle = match handle {
            Some(handle) => handle,
            None => token::fresh()?,
        };
        let now = app.clock().now();
        if let Some(old) = now.checked_sub_signed(LASTS) {
            app.store().sweep_web_sessions(old).await?;
        }
        app.store().add_web_session(&token::hash(&secret), &handle, organisation, now).await?;
        Ok(redirect(&secret, LASTS.num_seconds(), headers))
    }
}

/// Signs the browser out.
pub(super) async fn leave(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, PageError> {
    if let Some(secret) = frame::cookie(&headers, COOKIE) {
        app.store().end_web_session(&token::hash(secret)).await?;
    }
    Ok(redirect("", 0, &headers))
}

/// Begins a new question, about another client: a new conversation of the same prison.
pub(super) async fn start_anew(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, PageError> {
    match Session::read(&app, &headers).await? {
        Some(session) => Session::begin(&app, &headers, &session.organisation, None).await,
        None => Ok(Redirect::to("/w").into_response()),
    }
}

/// Sets the cookie. Behind a proxy that speaks TLS it is never sent in the clear.
fn redirect(secret: &str, seconds: i64, headers: &HeaderMap) -> Response {
    let secure = if headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https") { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let cookies: Vec<_> = HeaderValue::from_str(&cookie).into_iter().map(|value| (header::SET_COOKIE, value)).collect();
    (AppendHeaders(cookies), Redirect::to("/w")).into_response()
}
