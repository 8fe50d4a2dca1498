//! The forms of the conversation: words and presses become events.

use super::session::Session;
use super::talk;
use crate::app::App;
use crate::domain::{Event, EventKey, Heard, LetterId, Said, What};
use crate::page::frame::Tongue;
use crate::page::{PageError, token};
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;

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
pub(super) async fn write(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(form): Form<Words>) -> Result<Response, PageError> {
    let Some(session) = Session::read(&app, &headers).await? else { return Ok(Redirect::to("/w").into_response()) };
    if form.words.contains(char::REPLACEMENT_CHARACTER) {
        let trouble = lang.pick(
            "Některé znaky jsme nepřečetli, zprávu jsme zatím neuložili. Opravte ji prosím a pošlete znovu.",
            "We could not read some characters, so the message was not stored. Please correct it and send it again.",
        );
        return talk::page(&app, lang, session, trouble.to_owned(), form.words).await;
    }
    let key = token::of_words(&form.key, &form.words);
    let event = event(&app, &session, &key, Said::Text(form.words.clone()), None)?;
    match app.accept(event).await {
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
    let event = event(&app, &session, &form.key, Said::Choice { step: form.step, value: form.value }, about)?;
    app.accept(event).await?;
    Ok(Redirect::to("/w#end").into_response())
}

/// The key is bound to the conversation, so that nobody's form answers for another.
fn event(app: &App, session: &Session, key: &str, said: Said, about: Option<LetterId>) -> Result<Event, PageError> {
    if !token::is_key(key) {
        return Err(PageError::Form);
    }
    let from = session.address();
    let key = EventKey::new(format!("{from}:{key}"));
    let heard = Heard { from, said, about, introduced: Some(session.organisation.clone()) };
    Ok(Event { key, at: app.clock().now(), what: What::Heard(heard) })
}
