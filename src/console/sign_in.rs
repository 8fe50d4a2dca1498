//! Signing in and out.

use super::address;
use super::error::ConsoleError;
use super::frame::Frame;
use super::gate::Gate;
use super::guard::language;
use super::label::counted;
use super::peer::Peer;
use super::session::{self, Token, no_cookie};
use super::visit::{Visit, page};
use crate::app::App;
use crate::domain::Lang;
use askama::Template;
use axum::Form;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde::Deserialize;
use std::sync::Arc;

/// Longest name, in characters.
const NAME_MAX: usize = 64;

/// The page with name and password.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub(super) struct SignInPage {
    /// The page around it.
    pub(super) frame: Frame,
    /// The name that was typed.
    pub(super) name: String,
    /// Where to go afterwards.
    pub(super) next: String,
    /// Why it did not work.
    pub(super) trouble: Option<String>,
    /// Name and password of the demo; nothing outside it.
    pub(super) hint: Option<(&'static str, &'static str)>,
}

/// What is sent.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Credentials {
    name: String,
    password: String,
    next: String,
}

/// What is sent to sign out.
#[derive(Deserialize)]
pub(super) struct Leaving {
    token: String,
}

/// Where to go after signing in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    next: String,
}

/// Shows the form.
///
/// # Errors
/// When the page cannot be written.
pub(super) async fn form(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    uri: Uri,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ConsoleError> {
    let next = asked.map(|Query(asked)| asked.next).unwrap_or_default();
    show(&app, language(&headers, &uri), String::new(), &next, None)
}

/// Signs in.
///
/// # Errors
/// When the store fails.
pub(super) async fn enter(
    State(app): State<Arc<App>>,
    Extension(gate): Extension<Arc<Gate>>,
    peer: Peer,
    headers: HeaderMap,
    uri: Uri,
    Form(sent): Form<Credentials>,
) -> Result<Response, ConsoleError> {
    let lang = language(&headers, &uri);
    let name: String = sent.name.trim().chars().take(NAME_MAX).collect();
    if let Err(left) = gate.guess(&name, peer, app.clock().now()) {
        refused("console");
        let response = show(&app, lang, name, &sent.next, Some(wait(left, lang)))?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, (left.num_seconds() + 1).to_string())], response).into_response());
    }
    let user = app.store().user(&name).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let Some(right) = gate.verify(sent.password, hash).await else { return Err(ConsoleError::Busy) };
    let Some(user) = user.filter(|_| right) else {
        refused("console");
        let trouble =
            lang.pick("Jméno nebo heslo nesouhlasí. Zkuste to prosím znovu.", "The name or the password is not right. Please try again.");
        let response = show(&app, lang, name, &sent.next, Some(trouble.to_owned()))?;
        return Ok((StatusCode::UNAUTHORIZED, response).into_response());
    };
    gate.forget(&name, peer);
    let token = Token::random()?;
    session::begin(&app, &token, &user.name).await?;
    Ok(going(address::inside(&sent.next), &token.cookie(&headers)))
}

/// Counts a refused sign-in and notes it: at which door, never who was guessed or from where.
pub(crate) fn refused(door: &'static str) {
    metrics::counter!("linka_sign_ins_refused_total", "door" => door).increment(1);
    tracing::info!(door, "a sign-in was refused");
}

/// Signs out.
///
/// # Errors
/// When the form is not ours or the store fails.
pub(super) async fn leave(visit: Visit, headers: HeaderMap, Form(sent): Form<Leaving>) -> Result<Response, ConsoleError> {
    visit.confirm(&sent.token)?;
    visit.end().await?;
    Ok(going("/console/sign-in", &no_cookie(&headers)))
}

fn show(app: &App, lang: Lang, name: String, next: &str, trouble: Option<String>) -> Result<Response, ConsoleError> {
    let next = address::inside(next).to_owned();
    let mut frame = Frame::outside(lang);
    frame.url = address::with("/console/sign-in", [("next", if next == "/console" { "" } else { next.as_str() })]);
    page(&SignInPage { frame, name, next, trouble, hint: app.is_demo().then_some(super::DEMO) })
}

fn going(to: &str, cookie: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Says how long to wait before the next guess.
fn wait(left: TimeDelta, lang: Lang) -> String {
    let (seconds, minutes) = (left.num_seconds() + 1, left.num_minutes() + 1);
    let (count, cs, en) = if seconds <= 90 {
        (seconds, counted(seconds, "sekundu", "sekundy", "sekund"), if seconds == 1 { "second" } else { "seconds" })
    } else {
        (minutes, counted(minutes, "minutu", "minuty", "minut"), if minutes == 1 { "minute" } else { "minutes" })
    };
    match lang {
        Lang::Cs => format!("Příliš mnoho pokusů za sebou. Počkejte prosím {count} {cs} a zkuste to znovu."),
        Lang::En => format!("Too many attempts in a row. Please wait {count} {en} and try again."),
    }
}

#[cfg(test)]
mod tests {
    use super::wait;
    use crate::domain::Lang;
    use chrono::TimeDelta;

    #[test]
    fn the_wait_is_said_in_people_s_units() {
        for (seconds, words) in [(0, "1 sekundu"), (29, "30 sekund"), (100, "2 minuty"), (290, "5 minut")] {
            let text = wait(TimeDelta::seconds(seconds), Lang::Cs);
            assert!(text.contains(&format!(" {words} ")), "{text}");
        }
    }
}
