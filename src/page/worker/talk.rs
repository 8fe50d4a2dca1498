//! The conversation on the worker's page: plain forms that work without a script.

use super::session::Session;
use super::sign_in::SignIn;
use crate::app::App;
use crate::domain::{Contact, Lang, Stage};
use crate::page::bubble::Bubble;
use crate::page::frame::Tongue;
use crate::page::thread::{BUBBLES_MAX, Screen};
use crate::page::{PageError, token};
use crate::routing::{Line, say_when};
use crate::store;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// The page of a signed-in worker.
#[derive(Debug, Template)]
#[template(path = "worker/talk.html")]
pub(super) struct Talk {
    /// The visitor's language.
    pub(super) lang: Lang,
    /// The organisation that signed in.
    pub(super) organisation: String,
    /// The part that changes.
    pub(super) thread: Thread,
    /// What went wrong with the last form; empty when nothing did.
    pub(super) trouble: String,
    /// The key of the next event from this page.
    pub(super) key: String,
    /// Words typed before something went wrong.
    pub(super) words: String,
}

/// The part of the conversation that changes; a live page fetches it alone.
#[derive(Debug, Template)]
#[template(path = "worker/thread.html")]
pub(super) struct Thread {
    /// The visitor's language.
    pub(super) lang: Lang,
    /// The number of the contact and where it stands; `None` before the first word.
    pub(super) standing: Option<Standing>,
    /// What was said so far, oldest first.
    pub(super) bubbles: Vec<Bubble>,
}

/// Where the worker's contact stands.
#[derive(Debug)]
pub(super) struct Standing {
    /// The short number people say.
    pub(super) number: i64,
    /// The stage in words.
    pub(super) stage: String,
    /// The class of the stage's chip.
    pub(super) tone: &'static str,
    /// The promise in words; empty when there is none.
    pub(super) promise: String,
    /// Whether anything was masked.
    pub(super) masked: bool,
}

/// Shows the conversation, or the sign-in.
pub(super) async fn show(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap) -> Result<Response, PageError> {
    match Session::read(&app, &headers).await? {
        Some(session) => page(&app, lang, session, String::new(), String::new()).await,
        None => SignIn::new(&app, lang).page(),
    }
}

/// Shows the part that changes.
pub(super) async fn show_thread(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap) -> Result<Response, PageError> {
    match Session::read(&app, &headers).await? {
        Some(session) => Ok(Html(Thread::read(&app, lang, &session).await?.render()?).into_response()),
        None => Ok(StatusCode::UNAUTHORIZED.into_response()),
    }
}

/// Shows the conversation, with what went wrong and the words that were not taken.
pub(super) async fn page(app: &App, lang: Lang, session: Session, trouble: String, words: String) -> Result<Response, PageError> {
    let thread = Thread::read(app, lang, &session).await?;
    let talk = Talk { lang, organisation: session.organisation, thread, trouble, key: token::fresh()?, words };
    Ok(Html(talk.render()?).into_response())
}

impl Thread {
    async fn read(app: &App, lang: Lang, session: &Session) -> Result<Self, PageError> {
        let stored = app.store().thread(&session.address(), BUBBLES_MAX).await?;
        let (handbook, now) = (app.handbook(), app.clock().now());
        let key = token::fresh()?;
        let screen = Screen { handbook: &handbook, lang, now, press_at: "/w/press", files_at: "/w/file", carries: Vec::new(), key: &key };
        let bubbles = screen.worker(&stored);
        let standing = contact(app, &stored).await?.map(|contact| standing(&contact, now, lang));
        Ok(Self { lang, standing, bubbles })
    }
}

/// The contact the last answer belongs to.
async fn contact(app: &App, stored: &[store::Bubble]) -> Result<Option<Contact>, PageError> {
    let own = stored.iter().rev().find_map(|bubble| bubble.letter.as_ref()?.contact);
    match own {
        Some(id) => Ok(app.store().contact(id).await?),
        None => Ok(None),
    }
}

fn promise(due: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    format!("{} {}", lang.pick("ozveme se nejpozději", "we will answer"), say_when(due, Line::ZONE, now, lang)) + lang.pick("", " at the latest")
}

fn standing(contact: &Contact, now: DateTime<Utc>, lang: Lang) -> Standing {
    let due = contact.promise_due.filter(|_| contact.is_open() && contact.owner.is_none());
    Standing {
        number: contact.number,
        stage: contact.stage.label(lang).to_owned(),
        tone: match contact.stage {
            Stage::Held => "good",
            Stage::Waiting | Stage::Promised => "warn",
            Stage::Asking | Stage::Closed => "",
        },
        promise: due.map(|due| promise(due, now, lang)).unwrap_or_default(),
        masked: contact.told_personal_data,
    }
}
