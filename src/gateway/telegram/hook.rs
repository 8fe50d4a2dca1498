//! Updates that are sent to the line. Each proves by a secret whose it is, and is acknowledged when it is
//! stored for good; whatever is not comes again.

use super::Listener;
use super::setting::PATH;
use crate::channel::Secret;
use crate::channel::telegram::read;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use std::slice;
use std::sync::Arc;

/// What proves whose an update is (<https://core.telegram.org/bots/api#setwebhook>).
const PROOF: &str = "x-telegram-bot-api-secret-token";
/// Largest update that is read: two messages of the longest, each sign written as six.
const BYTES_MAX: usize = 512 * 1_024;

/// Returns the address updates are sent to; none where the line asks for them.
pub fn router<S: Clone + Send + Sync + 'static>(listener: Arc<Listener>) -> Router<S> {
    let routes = if listener.hook.is_some() { Router::new().route(PATH, post(came)) } else { Router::new() };
    routes.layer(DefaultBodyLimit::max(BYTES_MAX)).with_state(listener)
}

async fn came(State(listener): State<Arc<Listener>>, headers: HeaderMap, body: Bytes) -> Response {
    let proof = headers.get(PROOF).and_then(|proof| proof.to_str().ok());
    let proven = listener.hook.as_ref().zip(proof).is_some_and(|((_, secret), proof)| *secret == Secret::new(proof));
    if !proven {
        tracing::warn!("an update without the right secret was refused");
        return (StatusCode::FORBIDDEN, "the secret does not fit").into_response();
    }
    let Some(update) = read(&body) else {
        tracing::warn!("an update that cannot be read was passed over");
        return StatusCode::OK.into_response();
    };
    let account = match listener.account().await {
        Ok(account) => account,
        Err(trouble) => {
            tracing::warn!(%trouble, "the bot's own name is not known; the update comes again");
            return again();
        }
    };
    if listener.take(slice::from_ref(&update), account).await == 1 { StatusCode::OK.into_response() } else { again() }
}

fn again() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")]).into_response()
}
