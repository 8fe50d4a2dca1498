//! The coordinator's console at `/console`: plain pages that work without a script. It reads
//! through the store's views and writes by events, the roster with its versions; whoever is not signed in sees one form.

mod address;
mod asset;
mod attachment;
mod calendar;
mod contact;
mod contacts;
mod dry_run;
mod duty;
mod error;
mod export;
mod field;
mod filter;
mod form;
mod frame;
mod gate;
mod guard;
mod inputs;
pub(crate) mod label;
mod live;
pub(crate) mod moment;
pub(crate) mod names;
mod overview;
pub mod password;
mod peer;
mod people;
mod qr;
mod reason;
mod review;
mod roster;
mod row;
mod section;
mod services;
mod session;
mod sheet;
mod sign_in;
pub(crate) mod telling;
pub(crate) mod timeline;
mod visit;
mod watch;

#[cfg(test)]
mod tests;

pub(crate) use attachment::served;
pub use error::ConsoleError;
pub(crate) use guard::own_forms;
pub(crate) use peer::Peer;
pub use reason::reason_in_words;
pub(crate) use sign_in::refused as sign_in_refused;

use crate::app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension};
use axum::middleware::from_fn;
use axum::response::Redirect;
use axum::routing::{get, post};
use std::sync::Arc;

/// The invented name and password of the demo; they exist nowhere else.
pub const DEMO: (&str, &str) = ("alena", "zkusebni-heslo");

/// Longest form, in bytes: the longest note four times over.
const FORM_BYTES_MAX: usize = 64 * 1024;

/// Returns the console's pages.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/console", get(overview::show))
        .route("/console/sign-in", get(sign_in::form).post(sign_in::enter))
        .route("/console/sign-out", post(sign_in::leave))
        .route("/console/contacts", get(contacts::list))
        .route("/console/contacts.csv", get(export::file))
        .route("/console/contact/{number}", get(contact::show))
        .route("/console/contact/{number}/file/{id}", get(attachment::show))
        .route("/console/contact/{number}/review", post(review::review))
        .route("/console/contact/{number}/outcome", post(review::outcome))
        .route("/console/contact/{number}/region", post(review::region))
        .route("/console/contact/{number}/note", post(review::note))
        .route("/console/duty", get(duty::show))
        .route("/console/roster/{line}", get(roster::show))
        .route("/console/roster/{line}/history", get(roster::history::show))
        .route("/console/roster/{line}/import", get(roster::import::form).post(roster::import::take).layer(DefaultBodyLimit::max(roster::import::BYTES_MAX)))
        .route("/console/roster/{line}/{rule}", get(roster::back).post(roster::edit))
        .route("/console/people", get(people::show))
        .route("/console/people/swap", get(people::back_to_swaps).post(people::swap::answer))
        .route("/console/people/blocked", get(people::blocked::back).post(people::blocked::edit))
        .route("/console/people/pin", get(people::pin::back).post(people::pin::edit))
        .route("/console/people/invite", get(people::invite::back).post(people::invite::edit))
        .route("/console/people/poster/{id}", get(people::poster::show))
        .route("/console/people/verify", get(people::point::back).post(people::point::verify))
        .route("/console/people/{rule}", get(people::back).post(people::edit))
        .route("/console/calendar", get(calendar::address::elsewhere).post(calendar::address::edit))
        .route("/console/services", get(services::list))
        .route("/console/live", get(live::live))
        .route("/console/asset/{name}", get(asset::serve))
        .route("/console/", get(|| async { Redirect::permanent("/console") }))
        .route("/console/{*other}", get(nothing).post(nothing))
        .layer(Extension(Arc::new(gate::Gate::default())))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(from_fn(guard::guard))
        // Fetched by programs: no sign-in, no pages around what is refused.
        .route("/calendar/{file}", get(calendar::feed::serve))
}

async fn nothing() -> ConsoleError {
    ConsoleError::NotFound
}
