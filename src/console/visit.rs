//! One request of somebody who is signed in. Nobody else gets past it.

use super::address::{self, without};
use super::error::ConsoleError;
use super::frame::{Frame, Tab};
use super::guard::language;
use super::moment;
use super::session::{self, Token};
use crate::app::App;
use crate::domain::Lang;
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// Sent by the script that refreshes a page: no sign of a person at the desk.
const REFRESH: &str = "x-linka-refresh";

/// A request of a signed-in user.
pub(super) struct Visit {
    /// The running line.
    pub(super) app: Arc<App>,
    /// Who.
    pub(super) user: String,
    /// In which language.
    pub(super) lang: Lang,
    /// When.
    pub(super) now: DateTime<Utc>,
    token: Token,
    url: String,
    done: Option<String>,
}

impl Visit {
    /// Puts what was just written in force at once; the running line would do so within seconds by itself.
    pub(super) async fn takes_over(&self) {
        if let Err(error) = self.app.reload().await {
            tracing::error!(error = %error, "what was changed could not be read again at once");
        }
    }

    /// Returns what the page around the content needs.
    #[must_use]
    pub(super) fn frame(&self, tab: Tab) -> Frame {
        let clock = self.app.clock().is_movable().then(|| {
            let day = moment::long_day(moment::day_of(self.now), self.lang);
            format!("{day}, {}", moment::time(self.now))
        });
        Frame {
            lang: self.lang,
            tab,
            user: self.user.clone(),
            token: self.token.form_word(),
            url: self.url.clone(),
            notice: self.done.as_deref().and_then(|done| notice(done, self.lang)),
            clock,
        }
    }

    /// Returns the word an address carries after a form was taken.
    #[must_use]
    pub(super) fn done(&self) -> Option<&str> {
        self.done.as_deref()
    }

    /// Takes a form only with the session's own word in it.
    ///
    /// # Errors
    /// [`ConsoleError::Foreign`] when the word is another one.
    pub(super) fn confirm(&self, word: &str) -> Result<(), ConsoleError> {
        if self.token.confirms(word) { Ok(()) } else { Err(ConsoleError::Foreign) }
    }

    /// Ends the session.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn end(&self) -> Result<(), ConsoleError> {
        Ok(self.app.store().end_session(&self.token.hash()).await?)
    }
}

/// Writes a page.
///
/// # Errors
/// When the template fails.
pub(super) fn page(template: &impl Template) -> Result<Response, ConsoleError> {
    Ok(Html(template.render()?).into_response())
}

/// Says what has just been done, by the short word an address carries.
fn notice(done: &str, lang: Lang) -> Option<&'static str> {
    Some(match done {
        "reviewed" => lang.pick("Kontakt je zkontrolovaný.", "The contact is reviewed."),
        "queried" => lang.pick("Otázka je zapsaná a odchází operátorovi.", "The question is noted and on its way to the operator."),
        "outcome" => {
            lang.pick("Výsledek je opravený. Co platilo předtím, zůstává v průběhu.", "The outcome is corrected. What it was before stays in the log.")
        }
        "region" => {
            lang.pick("Kraj návratu je opravený. Co platilo předtím, zůstává v průběhu.", "The region is corrected. What it was before stays in the log.")
        }
        "import" => lang.pick("Rozpis z kalendáře je zapsaný.", "The roster from the calendar is written."),
        "calendar" => lang.pick("Adresa kalendáře je zrušená. Kdo ji má, už nic neuvidí.", "The address of the calendar is revoked. Whoever has it sees nothing any more."),
        "code" => lang.pick("Kód odešel. Jakmile ho operátor odepíše, bude spojení ověřené.", "The code is on its way. The contact point is verified as soon as it comes back."),
        "invite" => lang.pick("Kód je zrušený, nikdo už se jím nepřihlásí.", "The code is revoked, nobody can join by it any more."),
        "pin" => lang.pick("PIN je zrušený, na telefonu už neplatí.", "The PIN is taken away and no longer valid on the phone."),
        "code-later" => {
            lang.pick("Nový kód teď neodešel: jeden tam šel před chvílí, nebo jich dnes bylo dost.", "No new code went out: one was sent a moment ago, or there were enough today.")
        }
        "note" => lang.pick("Poznámka je uložená.", "The note is saved."),
        _ => return None,
    })
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let refresh = parts.headers.contains_key(REFRESH);
        let token = Token::of(&parts.headers).ok_or_else(|| turned_away(parts, refresh))?;
        let found = session::resume(app, &token, !refresh && !wants_stream(&parts.headers)).await;
        let session = found.map_err(|error| ConsoleError::from(error).into_response())?.ok_or_else(|| turned_away(parts, refresh))?;
        Ok(Self {
            app: Arc::clone(app),
            user: session.user,
            lang: language(&parts.headers, &parts.uri),
            now: app.clock().now(),
            token,
            url: without(&parts.uri, &["lang", "done"]),
            done: address::value(&parts.uri, "done").map(str::to_owned),
        })
    }
}

fn wants_stream(headers: &HeaderMap) -> bool {
    headers.get("accept").is_some_and(|accept| accept.as_bytes() == b"text/event-stream")
}

/// Sends a person to sign in and back again; a script gets a plain no.
fn turned_away(parts: &Parts, refresh: bool) -> Response {
    if refresh || wants_stream(&parts.headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Redirect::to(&format!("/console/sign-in?next={}", address::encode(&back(&parts.method, &parts.uri)))).into_response()
}

/// Where to go after signing in: the page itself, or the page a form belonged to.
fn back(method: &Method, uri: &Uri) -> String {
    if method == Method::GET {
        return without(uri, &["lang", "done"]);
    }
    let mut parts = uri.path().splitn(5, '/').skip(2);
    match (parts.next(), parts.next()) {
        (Some("contact"), Some(number)) => format!("/console/contact/{number}"),
        (Some("roster"), Some(line)) => format!("/console/roster/{line}"),
        (Some("people"), Some(_)) => "/console/people".to_owned(),
        _ => "/console".to_owned(),
    }
}
