//! The worker's live wire: a word whenever this very conversation has changed.

use super::session::Session;
use crate::app::App;
use crate::domain::{Address, Delivery};
use crate::page::PageError;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Several commits within this time are one piece of news.
const GATHER: Duration = Duration::from_millis(250);

/// Follows the conversation until the line stops or the worker leaves.
pub(super) async fn follow(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, PageError> {
    let Some(session) = Session::read(&app, &headers).await? else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let wire = Wire { changed: app.changed(), address: session.address(), seen: None, app };
    let words = unfold(wire, |mut wire| async move {
        wire.news().await?;
        Some((Ok::<_, Infallible>(Event::default().data("news")), wire))
    });
    Ok(Sse::new(words).keep_alive(KeepAlive::default()).into_response())
}

struct Wire {
    app: Arc<App>,
    changed: watch::Receiver<u64>,
    address: Address,
    seen: Option<Last>,
}

/// What tells one state of a conversation from the next.
type Last = (DateTime<Utc>, String, Option<Delivery>);

impl Wire {
    /// Completes when the conversation looks different; `None` ends the wire.
    async fn news(&mut self) -> Option<()> {
        loop {
            tokio::select! {
                news = self.changed.changed() => news.ok()?,
                () = self.app.stopped() => return None,
            }
            tokio::time::sleep(GATHER).await;
            let last = self.last().await;
            if last != self.seen {
                self.seen = last;
                return Some(());
            }
        }
    }

    async fn last(&self) -> Option<Last> {
        let thread = self.app.store().thread(&self.address, 1).await.ok()?;
        let bubble = thread.into_iter().next_back()?;
        Some((bubble.at, bubble.words, bubble.letter.map(|letter| letter.delivery)))
    }
}
