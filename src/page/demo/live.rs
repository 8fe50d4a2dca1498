//! The stage's live wire: one word whenever the line has committed something.

use crate::app::App;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::sync::Arc;

/// Follows the line until it stops or the visitor leaves.
pub(super) async fn follow(State(app): State<Arc<App>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changed = app.changed();
    let words = unfold((app, changed), |(app, mut changed)| async move {
        tokio::select! {
            news = changed.changed() => news.ok()?,
            () = app.stopped() => return None,
        }
        let version = *changed.borrow_and_update();
        Some((Ok(Event::default().data(version.to_string())), (app, changed)))
    });
    Sse::new(words).keep_alive(KeepAlive::default())
}
