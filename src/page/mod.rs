//! Pages for people who do not sign in to the console: the front page, the worker's page
//! and, in the demo, the stage. They read the store and write only by events.
//!
//! Every page works by plain forms and links; scripts only make it live.

pub mod asset;
mod bubble;
mod demo;
mod error;
mod frame;
mod home;
mod moment;
mod thread;
mod token;
mod trouble;
pub(crate) mod upload;
mod worker;

pub use error::PageError;

use crate::app::App;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use std::sync::Arc;

/// Returns the pages every line serves: the front page, their files, the worker's page.
pub fn worker_router() -> Router<Arc<App>> {
    let front = Router::new().route("/", get(home::show)).route("/asset/{name}", get(asset::show));
    let nowhere = async || StatusCode::NOT_FOUND;
    frame::around(front.fallback(nowhere)).merge(worker::router())
}

/// Returns the pages of the stage, which only the demo serves.
pub fn demo_router() -> Router<Arc<App>> {
    demo::router()
}
