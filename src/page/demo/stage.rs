//! The stage as a whole page: clock, scenarios, devices and the log side by side.

use super::caller::Caller;
use super::clock::Clock;
use super::desk::Desk;
use super::log::Log;
use super::play::Play;
use super::scenario::{Scenario, scenarios};
use super::scene::Scene;
use crate::app::App;
use crate::domain::Lang;
use crate::page::PageError;
use crate::page::frame::Tongue;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Html;
use std::sync::Arc;

/// The page `/demo`.
#[derive(Debug, Clone, Template)]
#[template(path = "demo/stage.html")]
pub(super) struct Stage {
    /// The visitor's language.
    pub lang: Lang,
    /// What the stage shows.
    pub scene: Scene,
    /// The scenarios to play.
    pub scenarios: Vec<Scenario>,
    /// The parts that change.
    pub parts: Parts,
}

/// The parts of the stage that change; a live page fetches them alone.
#[derive(Debug, Clone, Template)]
#[template(path = "demo/parts.html")]
pub(super) struct Parts {
    /// The clock bar.
    pub clock: Clock,
    /// The worker's device.
    pub caller: Caller,
    /// The operators' devices.
    pub desk: Desk,
    /// The log.
    pub log: Log,
    /// What went wrong with the last act, in friendly words; empty when nothing did.
    pub trouble: String,
}

/// Shows the whole stage.
pub(super) async fn show(State(app): State<Arc<App>>, Tongue(lang): Tongue, Query(scene): Query<Scene>, headers: HeaderMap) -> Result<Html<String>, PageError> {
    let scene = scene.checked().ok_or(PageError::Form)?;
    let play = Play::read(app, scene.clone(), lang, &headers).await?;
    let stage = Stage { lang, scene, scenarios: scenarios(), parts: play.parts(String::new()).await? };
    Ok(Html(stage.render()?))
}

/// Shows the parts that change.
pub(super) async fn show_parts(State(app): State<Arc<App>>, Tongue(lang): Tongue, Query(scene): Query<Scene>, headers: HeaderMap) -> Result<Html<String>, PageError> {
    let scene = scene.checked().ok_or(PageError::Form)?;
    let play = Play::read(app, scene, lang, &headers).await?;
    Ok(Html(play.parts(String::new()).await?.render()?))
}
