//! The calendar itself, at an address that is its own secret: read-only, without signing in. A word
//! nobody was given and one that was revoked get the same answer.

use crate::app::{App, AppError, stored_book};
use crate::console::session::Token;
use crate::routing::{Edition, calendar};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// How an address ends; programs look at it.
pub(super) const ENDING: &str = ".ics";

/// Nothing is kept on the way; a program asks each time whether there is news.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
];

const NOBODY: &str = "Tenhle kalendář tu není. Adresa je možná neúplná, nebo už neplatí; o novou požádejte koordinátora.\n\n\
    There is no such calendar. The address may be incomplete or no longer valid; please ask the coordinator for a new one.\n";

const LATER: &str = "Kalendář teď nejde načíst. Zkuste to prosím za chvíli.\n\n\
    The calendar cannot be read now. Please try again in a moment.\n";

/// Serves a calendar.
pub(in crate::console) async fn serve(State(app): State<Arc<App>>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let mut response = match written(&app, &file).await {
        Ok(Some(text)) => answered(text, &headers),
        Ok(None) => (StatusCode::NOT_FOUND, NOBODY).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "a calendar cannot be read");
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], LATER).into_response()
        }
    };
    response.headers_mut().extend(HEADERS);
    response
}

/// Writes the calendar behind a file's name. The version is read before the book: what is saved in
/// between is then shown under the older number, never the other way round.
async fn written(app: &App, file: &str) -> Result<Option<String>, AppError> {
    let Some(token) = file.strip_suffix(ENDING).and_then(Token::read) else { return Ok(None) };
    let Some(of) = app.store().calendar_of(&token.hash()).await? else { return Ok(None) };
    let (version, at) = app.store().newest_roster_version().await?.unwrap_or((0, DateTime::<Utc>::UNIX_EPOCH));
    let book = stored_book(app.store(), None).await?;
    Ok(calendar(&book, &of, Edition { version, at }, app.clock().now()))
}

/// Sends the text, or says that the program has it already.
fn answered(text: String, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes())));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let known = known.map(|one| one.trim().trim_start_matches("W/")).any(|one| one == "*" || one == tag);
    if known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let media = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CONTENT_DISPOSITION, "inline; filename=\"linka.ics\"")];
    (media, [(header::ETAG, tag)], text).into_response()
}
