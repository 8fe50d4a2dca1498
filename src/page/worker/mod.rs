//! The worker's page, `/w`: a prison signs in with its code and PIN and talks to the line
//! by plain forms, in any browser. A channel like any other: what is written here becomes
//! events, what the line answers is read from the store.

mod live;
mod say;
pub(super) mod session;
mod sign_in;
mod talk;

use super::{frame, upload};
use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// Returns the worker's pages.
pub(super) fn router() -> Router<Arc<App>> {
    let pages = Router::new()
        .route("/w", get(talk::show))
        .route("/w/thread", get(talk::show_thread))
        .route("/w/live", get(live::follow))
        .route("/w/in", post(sign_in::take))
        .route("/w/out", post(session::leave))
        .route("/w/say", post(say::write).layer(upload::roomy()))
        .route("/w/file/{id}", get(say::file))
        .route("/w/press", post(say::press))
        .route("/w/new", post(session::start_anew));
    frame::around(pages)
}
