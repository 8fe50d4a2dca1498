//! The forms of the conversation: words and presses become events.

use super::session::Session;
use super::talk;
use crate::app::App;
use crate::console::served;
use crate::domain::{Event, EventKey, Heard, LetterId, Said, What, Via};
use crate::page::frame::Tongue;
use crate::page::thread::BUBBLES_MAX;
use crate::page::upload::{self, Sent};
use crate::page::{PageError, token};
use crate::store::Bubble;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// A message.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    key: String,
    #[serde(default)]
    words: String,
}

/// A press.
#[derive(Debug, Deserialize)]
pub(super) struct Press {
    key: String,
    about: String,
    step: String,
    value: String,
}

/// The worker writes.
pub(super) async fn write(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, sent: Sent<Words>) -> Result<Response, PageError> {
    let Sent { form, file } = sent;
    let Some(session) = Session::read(&app, &headers).await? else { return Ok(Redirect::to("/w").into_response()) };
    if form.words.contains(char::REPLACEMENT_CHARACTER) {
        let trouble = lang.pick(
            "Některé znaky jsme nepřečetli, zprávu jsme zatím neuložili. Opravte ji prosím a pošlete znovu.",
            "We could not read some characters, so the message was not stored. Please correct it and send it again.",
        );
        return talk::page(&app, lang, session, trouble.to_owned(), form.words).await;
    }
    let key = token::of_words(&form.key, &form.words);
    let key = event_key(&session, &key)?;
    let said = match upload::said(&app, &key, &form.words, file).await {
        Ok(said) => said,
        Err(error) => return talk::page(&app, lang, session, upload::trouble(&error, lang).to_owned(), form.words).await,
    };
    match app.accept(event(&app, &session, key, said, None)).await {
        Ok(_) => Ok(Redirect::to("/w#end").into_response()),
        Err(error) => {
            tracing::warn!(%error, "a worker's words were not taken");
            let trouble = lang.pick("Zprávu jsme teď nemohli uložit. Pošlete ji prosím ještě jednou.", "We could not store the message now. Please send it once more.");
            talk::page(&app, lang, session, trouble.to_owned(), form.words).await
        }
    }
}

/// The worker presses a button under the last question.
pub(super) async fn press(State(app): State<Arc<App>>, headers: HeaderMap, Form(form): Form<Press>) -> Result<Response, PageError> {
    let Some(session) = Session::read(&app, &headers).await? else { return Ok(Redirect::to("/w").into_response()) };
    let about = form.about.parse().ok().map(LetterId);
    let key = event_key(&session, &form.key)?;
    let said = Said::Choice { step: form.step, value: form.value };
    app.accept(event(&app, &session, key, said, about)).await?;
    Ok(Redirect::to("/w#end").into_response())
}

/// Hands out a file that was sent to this conversation.
pub(super) async fn file(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let Some(session) = Session::read(&app, &headers).await? else { return Ok(Redirect::to("/w").into_response()) };
    let thread = app.store().thread(&session.address(), BUBBLES_MAX).await?;
    let sent_here = |bubble: &Bubble| bubble.letter.as_ref().and_then(|letter| letter.body.attachment()).is_some_and(|file| file.id == id);
    let found = if thread.iter().any(sent_here) { app.store().attachment(id).await? } else { None };
    Ok(found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), served))
}

/// The key is bound to the conversation, so that nobody's form answers for another.
fn event_key(session: &Session, key: &str) -> Result<EventKey, PageError> {
    if !token::is_key(key) {
        return Err(PageError::Form);
    }
    Ok(EventKey::new(format!("{}:{key}", session.address())))
}

fn event(app: &App, session: &Session, key: EventKey, said: Said, about: Option<LetterId>) -> Event {
    let heard = Heard { from: session.address(), said, about, introduced: Some(session.organisation.clone()), via: Via::default() };
    Event { key, at: app.clock().now(), what: What::Heard(heard) }
}
