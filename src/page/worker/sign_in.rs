//! The sign-in of the worker's page: a prison's code and PIN. A wrong code and a wrong PIN
//! read the same; whoever types five wrong PINs is locked out for a while, by phone as here.

use super::session::Session;
use crate::app::{App, Judged};
use crate::console::{Peer, sign_in_refused};
use crate::domain::Lang;
use crate::page::demo::CAST;
use crate::page::frame::Tongue;
use crate::page::{PageError, moment};
use crate::store::{PinOf, PrisonLogin};
use askama::Template;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::sync::Arc;

/// Longest code that is looked at.
const CHARACTERS_MAX: usize = 64;

/// The form, with what went wrong last time.
#[derive(Debug, Default, Template)]
#[template(path = "worker/sign_in.html")]
pub(super) struct SignIn {
    /// The visitor's language.
    pub(super) lang: Lang,
    /// What went wrong, in friendly words; empty at first.
    pub(super) trouble: String,
    /// The code as it was typed, so that only the PIN is typed again.
    pub(super) code: String,
    /// The number of an earlier question, as it was typed.
    pub(super) number: String,
    /// Codes and PINs of the demo; empty outside it.
    pub(super) hints: Vec<(String, String, String)>,
}

impl SignIn {
    /// The empty form; the demo shows its codes and PINs.
    pub(super) fn new(app: &App, lang: Lang) -> Self {
        Self { lang, hints: if app.is_demo() { hints() } else { Vec::new() }, ..Self::default() }
    }

    pub(super) fn page(&self) -> Result<Response, PageError> {
        Ok(Html(self.render()?).into_response())
    }
}

fn hints() -> Vec<(String, String, String)> {
    let prisons = CAST.iter().filter_map(|role| Some((role.organisation?, role.sign_in?)));
    prisons.map(|(name, (code, pin))| (name.to_owned(), code.to_owned(), pin.to_owned())).collect()
}

/// What was typed.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    code: String,
    pin: String,
    #[serde(default)]
    number: String,
}

/// Takes a code and a PIN.
pub(super) async fn take(State(app): State<Arc<App>>, Tongue(lang): Tongue, peer: Peer, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, PageError> {
    let code: String = typed.code.trim().to_uppercase().chars().take(CHARACTERS_MAX).collect();
    let now = app.clock().now();
    let trouble = match (app.judge_pin(PinOf::Prison(&code), &peer.word(), &typed.pin).await?, app.store().prison_login(&code).await?) {
        (Judged::Right, Some(login)) => match handle(&app, &login, &typed.number).await? {
            Ok(handle) => return Session::begin(&app, &headers, &login.name, handle).await,
            Err(NoSuchQuestion) => lang.pick("Dotaz s tímto číslem u vaší věznice nevidíme. Nechte pole prázdné a začněte nový.", "We see no question with this number from your prison. Leave the field empty and start a new one.").to_owned(),
        },
        (Judged::Locked(until), _) => locked(until, now, lang),
        (Judged::Right | Judged::Wrong, _) => wrong(lang),
    };
    sign_in_refused("worker");
    SignIn { trouble, code: typed.code, number: typed.number, ..SignIn::new(&app, lang) }.page()
}

/// The worker asked for an earlier question that is not there.
struct NoSuchQuestion;

/// Returns the conversation to go on with: a new one, or the one of the prison's own question.
async fn handle(app: &App, login: &PrisonLogin, number: &str) -> Result<Result<Option<String>, NoSuchQuestion>, PageError> {
    let number = number.trim().trim_start_matches('#');
    if number.is_empty() {
        return Ok(Ok(None));
    }
    let Ok(number) = number.parse() else { return Ok(Err(NoSuchQuestion)) };
    let contact = app.store().contact_by_number(number).await?;
    let own = contact.filter(|contact| contact.address.channel == crate::channel::web::NAME && contact.worker_name.as_ref() == Some(&login.name));
    Ok(own.map(|contact| Some(contact.address.handle)).ok_or(NoSuchQuestion))
}

fn wrong(lang: Lang) -> String {
    lang.pick("Kód nebo PIN nesedí. Zkuste to prosím znovu; po pěti chybných pokusech se přihlášení na hodinu zamkne.", "The code or the PIN is not right. Please try again; after five wrong tries signing in is locked for an hour.").to_owned()
}

fn locked(until: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    let until = moment::near(until, now, lang);
    match lang {
        Lang::Cs => format!("Po pěti chybných pokusech je přihlášení zamčené do {until}. Spěchá-li to, zavolejte na linku."),
        Lang::En => format!("After five wrong tries signing in is locked until {until}. If it is urgent, call the line."),
    }
}
