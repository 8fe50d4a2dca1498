//! A caller who works in a prison says so by the prison's code and its PIN. The code is typed by the
//! letters on the keys. The PIN is judged and forgotten: it stands in no address, no event and no log.

use super::call::Call;
use super::caller::{contact, letter, step};
use super::pin::{DIGITS_MAX, THINKING_S};
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::app::Judged;
use crate::channel::twilio::twiml::Verb;
use crate::channel::twilio::voice::{Awaited, spoken};
use crate::domain::{ContactId, EventKey, LetterId, Said, keys_of};
use crate::handbook::Phrase;
use crate::store::{PinOf, PrisonLogin, StoreError};
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// What goes along in the place of a code nobody has.
const NO_CODE: &str = "0";

/// A caller typed a code, then its PIN; or nothing.
pub(super) async fn answered(State(gateway): State<Arc<Gateway>>, mut hook: Webhook) -> Response {
    let typed = hook.take_keys();
    let (Some(call), Some(contact), Some(prompt)) = (Call::read(&hook), contact(&hook), letter(&hook, "l")) else { return reply::unreadable() };
    let key = step(&call, prompt);
    // What was typed is not carried along when the caller was asked for a moment: it is asked for anew.
    if typed.is_empty() && hook.carried::<u32>("again").is_some() && gateway.guard.tried(key.as_str()).is_none() {
        return gateway.go_on(&call, Some(contact), None).await;
    }
    match hook.carried::<String>("code") {
        None if typed.is_empty() => gateway.replies(&hook, &call, Said::Silence, None, (contact, prompt)).await,
        None => gateway.asks_for_code_pin(contact, prompt, &typed).await,
        Some(code) => gateway.signs_in(&hook, &call, (contact, prompt), (&code, &typed)).await,
    }
}

impl Gateway {
    /// Asks for the PIN of a code, whether there is such a code or not. Only a code there is goes along:
    /// whoever types on without a hash types a PIN.
    async fn asks_for_code_pin(&self, contact: ContactId, prompt: LetterId, typed: &str) -> Response {
        let handbook = self.app.handbook();
        let known = self.login(typed).await.ok().flatten();
        let code = known.map_or_else(|| NO_CODE.to_owned(), |login| keys_of(&login.code));
        let lang = self.app.store().letter(prompt).await.ok().flatten().map(|letter| letter.lang).unwrap_or_default();
        let said = [(handbook.wording.phrases.say(Phrase::SignInPin, lang, &[]), lang)];
        let action = spoken(&format!("{}&code={code}", self.links().sign_in(contact, prompt)), lang);
        let awaited = Awaited { digits: DIGITS_MAX, timeout_s: THINKING_S, action: action.clone() };
        self.document(&self.studio(&handbook).asks(&said, awaited, Verb::Redirect { url: action }))
    }

    async fn signs_in(&self, hook: &Webhook, call: &Call, asked: (ContactId, LetterId), (code, pin): (&str, &str)) -> Response {
        match self.signed_in(call, code, pin, &step(call, asked.1)).await {
            Ok((Judged::Right, Some(login))) => self.replies(hook, call, Said::SignedIn, Some(login.name), asked).await,
            Ok((judged, _)) => {
                metrics::counter!("linka_sign_ins_refused_total", "door" => "phone").increment(1);
                let said = if let Judged::Locked(until) = judged { Said::LockedOut { until } } else { Said::NotSignedIn };
                self.replies(hook, call, said, None, asked).await
            }
            Err(error) => self.moment(hook, &error),
        }
    }

    /// The prison whose code is typed so.
    async fn login(&self, keys: &str) -> Result<Option<PrisonLogin>, StoreError> {
        Ok(self.app.store().prison_logins().await?.into_iter().find(|login| keys_of(&login.code) == keys))
    }

    /// Whether the code and the PIN that were typed are right, and the prison they are of.
    async fn signed_in(&self, call: &Call, code: &str, pin: &str, key: &EventKey) -> Result<(Judged, Option<PrisonLogin>), StoreError> {
        let login = self.login(code).await?;
        let of = login.as_ref().map_or("", |login| login.code.as_str());
        Ok((self.judge(PinOf::Prison(of), call, pin, key.as_str()).await?, login))
    }
}
