//! A key a stranger is asked to press before the call begins: a person hears which one, a machine that
//! calls through lists does not. The key follows from the call's name, so nothing is kept.

use super::call::Call;
use super::caller::Introduction;
use super::gate::turned_away;
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::channel::twilio::Secret;
use crate::channel::twilio::twiml::Verb;
use crate::channel::twilio::voice::Awaited;
use crate::domain::{Lang, spoken_key};
use crate::handbook::Phrase;
use axum::extract::State;
use axum::response::Response;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::Arc;

/// The figure of calls that were not let in.
pub(super) const TURNED_AWAY: &str = "linka_calls_turned_away_total";
/// Keys a stranger may press in vain.
const TRIES_MAX: u32 = 3;
/// How long a stranger may think.
const THINKING_S: u32 = 8;

/// A stranger pressed a key, or none in time.
pub(super) async fn answered(State(gateway): State<Arc<Gateway>>, hook: Webhook) -> Response {
    let (Some(call), Some(attempt)) = (Call::read(&hook), hook.carried::<u32>("t")) else { return reply::unreadable() };
    let right = hook.said("Digits").chars().eq([key(&gateway.guard.seal, &call.sid, attempt)]);
    if right {
        return gateway.begin(&hook, &call, Introduction::default()).await;
    }
    if attempt < TRIES_MAX {
        return gateway.asks_for_key(&call, attempt.saturating_add(1));
    }
    turned_away(&call, "captcha");
    gateway.only(Phrase::GateNoKey, None, Verb::Hangup)
}

impl Gateway {
    /// Asks a stranger for a key, in both languages: nobody knows yet which one is spoken.
    pub(super) fn asks_for_key(&self, call: &Call, attempt: u32) -> Response {
        let handbook = self.app.handbook();
        let key = key(&self.guard.seal, &call.sid, attempt).to_string();
        let said = Lang::ALL.map(|lang| (handbook.wording.phrases.say(Phrase::GateKey, lang, &[("key", spoken_key(&key, lang).pressed)]), lang));
        let action = self.links().at(&format!("/twilio/voice/captcha?t={attempt}"));
        let awaited = Awaited { digits: 1, timeout_s: THINKING_S, action: action.clone() };
        self.document(&self.studio(&handbook).asks(&said, awaited, Verb::Redirect { url: action }))
    }
}

/// The key of a try: one of 1 to 9, as hard to guess as the secret.
fn key(seal: &Secret, sid: &str, attempt: u32) -> char {
    let mac = Hmac::<Sha256>::new_from_slice(seal.expose().as_bytes()).map(|mac| mac.chain_update(format!("key:{sid}:{attempt}")).finalize().into_bytes());
    let first = mac.ok().and_then(|bytes| bytes.first().copied()).unwrap_or_default();
    char::from_digit(u32::from(first) % 9 + 1, 10).unwrap_or('1')
}

#[cfg(test)]
mod tests {
    use super::{Secret, key};
    use std::collections::BTreeSet;

    #[test]
    fn the_key_follows_from_the_call_and_the_secret() {
        let (one, other) = (Secret::new("one"), Secret::new("other"));
        let keys = |seal: &Secret| (0..60).map(|n| key(seal, &format!("CA{n:032x}"), 1)).collect::<String>();
        assert_eq!(keys(&one), keys(&one));
        assert_ne!(keys(&one), keys(&other));
        assert_eq!(keys(&one).chars().collect::<BTreeSet<_>>(), ('1'..='9').collect());
        assert!((1..9).any(|attempt| key(&one, "CA", attempt) != key(&one, "CA", 0)), "another try is another key");
    }
}
