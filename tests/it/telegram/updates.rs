//! Updates: asked for with an offset that confirms what came before it, or sent to an address.

use super::rest::{Answer, Asking, Refusal};
use super::{BotApi, PUBLIC_URL};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;
use std::time::Duration;
use tower::ServiceExt;

/// What the line is told of; nothing else may be asked for.
const KNOWN: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];

impl BotApi {
    pub(super) async fn updates(&self, asking: &Asking) -> Answer {
        let (offset, limit, timeout) = (asking.number("offset").unwrap_or_default(), asking.number("limit").unwrap_or(100), asking.number("timeout").unwrap_or_default());
        let wanted = asking.parameters.get("allowed_updates").and_then(Value::as_array).cloned().unwrap_or_default();
        if !(1..=100).contains(&limit) || !(0..=50).contains(&timeout) || wanted.iter().any(|kind| !KNOWN.contains(&kind.as_str().unwrap_or_default())) {
            self.state().fault(format!("getUpdates was asked with {:?}", asking.parameters));
        }
        let mine = {
            let mut state = self.state();
            state.polls += 1;
            state.polls
        };
        self.0.woken.notify_waiters();
        let until = tokio::time::Instant::now() + Duration::from_secs(u64::try_from(timeout).unwrap_or_default());
        loop {
            let woken = self.0.woken.notified();
            {
                let mut state = self.state();
                if state.webhook.is_some() {
                    return Err(Refusal::conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"));
                }
                if state.whims.rival || state.polls != mine {
                    return Err(Refusal::conflict("terminated by other getUpdates request; make sure that only one bot instance is running"));
                }
                state.updates.retain(|(id, _)| i64::from(*id) >= offset);
                if !state.updates.is_empty() || tokio::time::Instant::now() >= until {
                    let limit = usize::try_from(limit).unwrap_or(1);
                    return Ok(state.updates.iter().take(limit).map(|(_, update)| update.clone()).collect());
                }
            }
            let _ = tokio::time::timeout_at(until, woken).await;
        }
    }

    /// Sends what waits to the address that is set, as the line's router answers there; what is refused stays
    /// and comes again. Returns how many were taken.
    /// With another secret it is as if a stranger sent it.
    pub async fn delivers(&self, line: axum::Router, secret: Option<&str>) -> usize {
        let mut taken = 0;
        loop {
            let next = {
                let state = self.state();
                let webhook = state.webhook.as_ref().expect("a webhook");
                let secret = secret.unwrap_or(&webhook.secret).to_owned();
                state.updates.front().map(|(id, update)| (*id, update.to_string(), webhook.url.clone(), secret))
            };
            let Some((id, update, url, secret)) = next else { return taken };
            let path = url.strip_prefix(PUBLIC_URL).expect("an address of the line");
            let mut request = Request::post(path).header("content-type", "application/json");
            if !secret.is_empty() {
                request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
            }
            let response = line.clone().oneshot(request.body(Body::from(update)).expect("a request")).await.expect("a router that never fails");
            let mut state = self.state();
            if response.status() != StatusCode::OK {
                let error = format!("Wrong response from the webhook: {}", response.status());
                if let Some(webhook) = state.webhook.as_mut() {
                    webhook.error = Some(error);
                }
                return taken;
            }
            state.updates.retain(|(waiting, _)| *waiting != id);
            taken += 1;
        }
    }
}
