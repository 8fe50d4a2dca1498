//! Tells open pages that something has changed. It says no more than that: the page asks for
//! itself again, through the same sign-in as ever.

use super::error::ConsoleError;
use super::gate::Gate;
use super::visit::Visit;
use crate::app::App;
use axum::extract::Extension;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::{Instant, sleep, timeout_at};

/// Changes closer together are told once.
const CALM: Duration = Duration::from_millis(500);
/// How long one stream lives; the browser comes back and is asked who it is again.
const LIFE: Duration = Duration::from_mins(10);

struct Watching {
    app: Arc<App>,
    changed: watch::Receiver<u64>,
    until: Instant,
    /// The place among the live pages, given back when the page is left.
    _place: OwnedSemaphorePermit,
}

/// Streams an event `changed` after every change.
///
/// # Errors
/// When too many pages are open.
pub(super) async fn live(visit: Visit, Extension(gate): Extension<Arc<Gate>>) -> Result<Response, ConsoleError> {
    let place = gate.stream().ok_or(ConsoleError::Busy)?;
    let changed = visit.app.changed();
    let watching = Watching { app: visit.app, changed, until: Instant::now() + LIFE, _place: place };
    let events = stream::unfold(watching, |mut watching| async move {
        watching.next().await?;
        let version = *watching.changed.borrow_and_update();
        Some((Ok::<_, Infallible>(Event::default().event("changed").data(version.to_string())), watching))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response())
}

impl Watching {
    /// Waits for the next change; `None` when the stream's time is over or the line stops.
    async fn next(&mut self) -> Option<()> {
        tokio::select! {
            changed = timeout_at(self.until, self.changed.changed()) => changed.ok()?.ok()?,
            () = self.app.stopped() => return None,
        }
        sleep(CALM).await;
        Some(())
    }
}
