//! The stage of the demo, `/demo`: every device of the line in one browser, on the real
//! line. Served in the demo only; nothing here can do what a person on a device cannot,
//! except to move the clock.

mod act;
mod call;
mod caller;
mod cast;
mod clock;
mod desk;
mod live;
mod log;
mod play;
mod scenario;
mod scene;
mod stage;

pub(super) use cast::CAST;

use super::{frame, upload};
use crate::app::App;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// Returns the pages of the stage.
pub(super) fn router() -> Router<Arc<App>> {
    let stage = Router::new()
        .route("/demo", get(stage::show))
        .route("/demo/parts", get(stage::show_parts))
        .route("/demo/live", get(live::follow))
        .route("/demo/write", post(act::write).layer(upload::roomy()))
        .route("/demo/press", post(act::press))
        .route("/demo/phone", post(act::phone))
        .route("/demo/say", post(act::say))
        .route("/demo/sign-in", post(act::sign_in))
        .route("/demo/answer", post(act::answer).layer(upload::roomy()))
        .route("/demo/file/{id}", get(act::file))
        .route("/demo/ring", post(act::ring))
        .route("/demo/clock", post(act::clock));
    frame::around(stage)
}
