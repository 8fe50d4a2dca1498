//! What a visitor does on the stage: each form becomes the event a real device would
//! send. The answer is the stage again, whole or – for a live page – its parts.

use super::cast::{CAST, Role};
use super::clock;
use super::play::Play;
use super::scene::{Device, Scene};
use crate::app::{Accepted, App, InboxError, Judged, demo_services, save_services};
use crate::channel::sim::VOICE;
use crate::console::served;
use crate::domain::{Address, AttachmentError, Body, Event, EventKey, Heard, Lang, LetterId, OperatorId, Said, What, Via};
use crate::page::frame::Tongue;
use crate::page::upload::{self, Sent};
use crate::page::{PageError, moment, token};
use crate::store::PinOf;
use crate::understanding::mask;
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, Datelike, Utc};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// What a script says it wants instead of the whole page.
const PARTS: &str = "text/x-parts";
/// Keys pressed at once on an operator's phone.
const KEYS_MAX: usize = 12;
/// The last year the clock of the demo can be moved to.
const YEAR_MAX: i32 = 2100;

/// Any form of the stage. One flat set of fields: forms send only text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Deed {
    device: Device,
    who: String,
    run: u32,
    contact: i64,
    key: String,
    /// Who presses a button: `caller` or `operator`.
    from: String,
    operator: String,
    channel: String,
    words: String,
    about: String,
    step: String,
    value: String,
    press: String,
    jump: String,
    to: String,
}

impl Deed {
    fn scene(&self) -> Option<Scene> {
        Scene { device: self.device, who: self.who.clone(), run: self.run, contact: self.contact }.checked()
    }

    fn about(&self) -> Option<LetterId> {
        self.about.parse().ok().map(LetterId)
    }

    /// The operator's address on the named channel; nobody else's.
    fn operator_address(&self, app: &App, channel: &str) -> Option<Address> {
        let handbook = app.handbook();
        let operator = handbook.operator(&OperatorId::new(self.operator.as_str()))?;
        operator.addresses.iter().find(|address| address.channel == channel).cloned()
    }
}

/// One act: the app, the visitor, the form.
struct Act {
    app: Arc<App>,
    lang: Lang,
    headers: HeaderMap,
    scene: Scene,
    deed: Deed,
    /// The organisation whose code and PIN were right.
    vouched: Option<String>,
}

type Acted = Result<Response, PageError>;

impl Act {
    fn new(app: Arc<App>, lang: Lang, headers: HeaderMap, deed: Deed) -> Result<Self, PageError> {
        let scene = deed.scene().ok_or(PageError::Form)?;
        Ok(Self { app, lang, headers, scene, deed, vouched: None })
    }

    /// Hands what was said to the line and shows the stage again.
    async fn hear(self, from: Option<Address>, said: Option<Said>) -> Acted {
        let (Some(from), Some(said)) = (from, said) else { return Err(PageError::Form) };
        if !token::is_key(&self.deed.key) {
            return Err(PageError::Form);
        }
        let introduced = Role::named(&self.scene.who).filter(|_| self.app.handbook().operator_at(&from).is_none());
        let introduced = self.vouched.clone().or_else(|| introduced.and_then(|role| role.organisation).map(str::to_owned));
        let heard = Heard { from: from.clone(), said, about: self.deed.about(), introduced, via: Via::default() };
        let taken = match self.tell("", heard.clone()).await {
            Ok(taken) if hangs_up(&taken, &from) => self.tell("-end", Heard { said: Said::HungUp, ..heard }).await,
            other => other,
        };
        let trouble = match taken {
            Ok(_) => String::new(),
            Err(error) => {
                tracing::warn!(%error, "the stage's event was not taken");
                self.lang.pick("Linka to teď nemohla uložit. Zkuste to prosím znovu.", "The line could not store this now. Please try again.").to_owned()
            }
        };
        self.show(trouble).await
    }

    /// Hands over words, and a file where the device can send one.
    async fn send(self, from: Option<Address>, file: Option<Result<Vec<u8>, AttachmentError>>) -> Acted {
        let Some(from) = from else { return Err(PageError::Form) };
        let files = self.app.handbook().ability(&from.channel).is_some_and(|ability| ability.files);
        let key = EventKey::new(format!("demo:{from}:{}", self.deed.key));
        match upload::said(&self.app, &key, &self.deed.words, file.filter(|_| files)).await {
            Ok(said) => self.hear(Some(from), Some(said)).await,
            Err(error) => {
                let trouble = upload::trouble(&error, self.lang).to_owned();
                self.show(trouble).await
            }
        }
    }

    async fn tell(&self, part: &str, heard: Heard) -> Result<Accepted, InboxError> {
        let key = EventKey::new(format!("demo:{}:{}{part}", heard.from, self.deed.key));
        self.app.accept(Event { key, at: self.app.clock().now(), what: What::Heard(heard) }).await
    }

    /// Shows the stage: its parts to a script, else the whole page anew.
    async fn show(self, trouble: String) -> Acted {
        let live = self.headers.get(header::ACCEPT).is_some_and(|accept| accept == PARTS);
        if !live && trouble.is_empty() {
            return Ok(Redirect::to(&self.scene.link()).into_response());
        }
        let play = Play::read(self.app, self.scene, self.lang, &self.headers).await?;
        Ok(Html(play.parts(trouble).await?.render()?).into_response())
    }

    fn caller(&self) -> Option<Address> {
        Role::named(&self.scene.who).or(CAST.first().copied())?.address(&self.scene)
    }
}

/// A phone network reports the end of a call, also when the line has put the phone down.
fn hangs_up(taken: &Accepted, phone: &Address) -> bool {
    taken.letters.iter().any(|letter| letter.to == *phone && letter.body == Body::HangUp)
}

/// The worker writes.
pub(super) async fn write(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, sent: Sent<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, sent.form)?;
    let from = act.caller();
    act.send(from, sent.file).await
}

/// The worker or an operator presses a button under a message.
pub(super) async fn press(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(deed): Form<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, deed)?;
    let from = if act.deed.from == "operator" { act.deed.operator_address(&act.app, &act.deed.channel) } else { act.caller() };
    let said = Said::Choice { step: act.deed.step.clone(), value: act.deed.value.clone() };
    act.hear(from, Some(said)).await
}

/// The worker uses the phone: calls, presses a key or nothing, hangs up.
pub(super) async fn phone(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(deed): Form<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, deed)?;
    let said = match act.deed.press.as_str() {
        "call" => Some(Said::Called),
        "hangup" => Some(Said::HungUp),
        "silence" => Some(Said::Silence),
        key => key.chars().all(|sign| sign.is_ascii_digit() || "*#".contains(sign)).then(|| Said::Keys(key.to_owned())).filter(|_| key.len() == 1),
    };
    let from = act.caller();
    act.hear(from, said).await
}

/// The worker speaks after the tone. What a recording would hold is typed here; two and a
/// half words a second make its length.
pub(super) async fn say(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(deed): Form<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, deed)?;
    let words = mask(act.deed.words.trim()).text;
    let seconds = u32::try_from(words.split_whitespace().count() * 2 / 5 + 2).unwrap_or(u32::MAX);
    let from = act.caller();
    act.hear(from, (!words.is_empty()).then_some(Said::Recorded { seconds, reference: words })).await
}

/// The worker signs in on the phone; the stage has two fields for what is typed on keys there.
pub(super) async fn sign_in(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(deed): Form<Deed>) -> Acted {
    let mut act = Act::new(app, lang, headers, deed)?;
    let code = act.deed.words.trim().to_uppercase();
    let from = act.caller();
    let by = from.as_ref().map(|from| from.handle.clone()).unwrap_or_default();
    let said = match act.app.judge_pin(PinOf::Prison(&code), &by, &act.deed.value).await? {
        Judged::Right => Said::SignedIn,
        Judged::Wrong => Said::NotSignedIn,
        Judged::Locked(until) => Said::LockedOut { until },
    };
    let login = if said == Said::SignedIn { act.app.store().prison_login(&code).await? } else { None };
    act.vouched = login.map(|login| login.name);
    act.hear(from, Some(said)).await
}

/// An operator writes, by chat or SMS.
pub(super) async fn answer(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, sent: Sent<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, sent.form)?;
    let from = act.deed.operator_address(&act.app, &act.deed.channel).filter(|address| address.channel != VOICE);
    act.send(from, sent.file).await
}

/// Hands out a file: every device of the stage is the visitor's.
pub(super) async fn file(State(app): State<Arc<App>>, Path(id): Path<Uuid>) -> Acted {
    let found = app.store().attachment(id).await?;
    Ok(found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), served))
}

/// An operator picks up and presses 1, keys a code in, or hangs up.
pub(super) async fn ring(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(deed): Form<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, deed)?;
    let from = act.deed.operator_address(&act.app, VOICE);
    let said = match act.deed.press.as_str() {
        "1" => Said::Keys("1".to_owned()),
        "keys" => Said::Keys(act.deed.words.chars().filter(|sign| sign.is_ascii_digit() || "*#".contains(*sign)).take(KEYS_MAX).collect()),
        _ => Said::HungUp,
    };
    act.hear(from, Some(said)).await
}

/// Services tell their free places every few days: on a later day they have done so again.
async fn confirm_services(app: &App, told: DateTime<Utc>) -> Result<(), PageError> {
    let now = app.clock().now();
    if now.date_naive() == told.date_naive() {
        return Ok(());
    }
    save_services(app.store(), &demo_services(&app.handbook().gazetteer, now)).await?;
    Ok(app.reload().await?)
}

/// The visitor moves the clock, forward only.
pub(super) async fn clock(State(app): State<Arc<App>>, Tongue(lang): Tongue, headers: HeaderMap, Form(deed): Form<Deed>) -> Acted {
    let act = Act::new(app, lang, headers, deed)?;
    let now = act.app.clock().now();
    let to = if act.deed.jump.is_empty() { moment::read(&act.deed.to) } else { clock::landing(&act.deed.jump, now) };
    let trouble = match to {
        Some(to) if to >= now && to.year() <= YEAR_MAX => {
            act.app.move_clock(to).await?;
            confirm_services(&act.app, now).await?;
            ""
        }
        Some(to) if to < now => lang.pick("Hodiny jdou jen dopředu: co se stalo, stalo se.", "The clock only goes forward: what happened has happened."),
        Some(_) | None => lang.pick("Takový čas hodiny neznají.", "The clock does not know such a time."),
    };
    act.show(trouble.to_owned()).await
}
