//! The front page: what this is and where to go.

use super::PageError;
use super::frame::Tongue;
use crate::app::App;
use crate::domain::Lang;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use std::sync::Arc;

#[derive(Debug, Template)]
#[template(path = "home.html")]
struct Home {
    lang: Lang,
    /// Whether there is a stage to go to.
    demo: bool,
}

/// Shows the front page.
pub(super) async fn show(State(app): State<Arc<App>>, Tongue(lang): Tongue) -> Result<Html<String>, PageError> {
    Ok(Html(Home { lang, demo: app.is_demo() }.render()?))
}
