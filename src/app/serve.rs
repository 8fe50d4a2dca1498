//! The loops of the running line, its pages over HTTP, and its orderly end. The only
//! place where tasks are spawned.

mod figures;
mod request;

use super::inbox::chain;
use super::{App, AppError};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use metrics_exporter_prometheus::PrometheusHandle;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::MissedTickBehavior;
use tokio_util::task::TaskTracker;

/// How often the loops look without being woken; a due timer is late by no more than this.
const TICK: Duration = Duration::from_millis(200);
/// How often the line looks for lines, operators and services that a command has changed.
const LOOK: Duration = Duration::from_secs(1);
/// How often channels are asked about letters of which nothing is heard.
const INQUIRE: Duration = Duration::from_secs(20);
/// How often, and after how long, letters nothing was heard of are looked at.
const STRANDED_EVERY: TimeDelta = TimeDelta::seconds(60);
const STRANDED_AFTER: TimeDelta = TimeDelta::minutes(5);
/// How long a stopping line waits for turns and pages to finish.
const GRACE: Duration = Duration::from_secs(10);

/// Spawns one of the line's own tasks.
#[expect(clippy::disallowed_methods, reason = "tasks are spawned here and tracked, nowhere else")]
pub(super) fn spawn(tasks: &TaskTracker, task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(tasks.track_future(task));
}

impl App {
    /// Starts the loops that deliver letters and ring timers.
    pub fn run_loops(self: &Arc<Self>) {
        let app = Arc::clone(self);
        spawn(&self.tasks, async move { app.work().await });
        let app = Arc::clone(self);
        spawn(&self.tasks, async move { app.watch().await });
        let app = Arc::clone(self);
        spawn(&self.tasks, async move { app.inquire().await });
    }

    /// Does a step of something beside the line – the gateway of the phone network – about once a
    /// second, until the line is stopped. A step that is cut off then must be one that can be repeated.
    pub fn run_beside<F: Future<Output = ()> + Send + 'static>(self: &Arc<Self>, step: impl Fn() -> F + Send + Sync + 'static) {
        let app = Arc::clone(self);
        spawn(&self.tasks, async move {
            while !app.stopping.is_cancelled() {
                tokio::select! {
                    () = app.stopping.cancelled() => {}
                    () = step() => tokio::time::sleep(LOOK).await,
                }
            }
        });
    }

    /// Follows what commands beside the line write (`linka import lines`), until it is stopped.
    async fn watch(self: Arc<Self>) {
        let (mut in_force, mut last) = (None, None);
        while !self.stopping.is_cancelled() {
            figures::keep();
            self.show_cost().await;
            if let Ok(version) = self.store().handbook_version().await {
                // An import writes line after line: it is taken over when it has come to rest.
                let at_rest = last.replace(version) == Some(version);
                let known = *in_force.get_or_insert(version);
                if at_rest && known != version && self.take_over().await {
                    in_force = Some(version);
                }
            }
            tokio::select! {
                () = self.stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Asks channels about silent letters, beside the delivering, which waits for no answer of theirs.
    async fn inquire(self: Arc<Self>) {
        while !self.stopping.is_cancelled() {
            if let Err(error) = self.ask_silent().await {
                tracing::error!(error = chain(&error), "silent letters cannot be read; trying again");
            }
            tokio::select! {
                () = self.stopping.cancelled() => {}
                () = tokio::time::sleep(INQUIRE) => {}
            }
        }
    }

    async fn take_over(&self) -> bool {
        match self.reload().await {
            Ok(()) => {
                let handbook = self.handbook();
                let (lines, operators) = (handbook.book.lines.len(), handbook.book.operators.len());
                tracing::info!(lines, operators, services = handbook.catalogue.len(), "changed lines, operators and services are in force");
                true
            }
            Err(error) => {
                tracing::error!(error = chain(&error), "changed lines cannot be read; the old ones stay in force");
                false
            }
        }
    }

    /// Delivers as soon as there is something, and on every tick also rings, until the line is stopped.
    async fn work(self: Arc<Self>) {
        let mut looked = self.clock().now();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !self.stopping.is_cancelled() {
            let now = self.clock().now();
            if now.signed_duration_since(looked) >= STRANDED_EVERY {
                looked = now;
                self.recover_stranded(now).await;
                if let Err(error) = self.audit().await {
                    tracing::error!(error = chain(&error), "the line cannot look after itself; trying again");
                }
            }
            let done = tokio::select! {
                () = self.stopping.cancelled() => return,
                _ = ticks.tick() => self.step().await,
                () = self.stirred.notified() => self.deliver_due().await,
            };
            if let Err(error) = done {
                tracing::error!(error = chain(&error), "letters and timers cannot be read; trying again");
            }
        }
    }

    /// Looks at letters whose fate could not be noted when it was known.
    async fn recover_stranded(&self, now: DateTime<Utc>) {
        let before = now.checked_sub_signed(STRANDED_AFTER).unwrap_or(now);
        match self.recover(before).await {
            Ok(0) => {}
            Ok(letters) => tracing::warn!(letters, "letters nothing was heard of were looked at"),
            Err(error) => tracing::error!(error = chain(&error), "letters on their way cannot be read; trying again"),
        }
    }

    /// Rings what is due and delivers what is due, once.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn step(&self) -> Result<usize, AppError> {
        let rung = self.ring_due().await? + self.follow_agenda().await;
        Ok(rung + self.deliver_due().await?)
    }

    /// Repeats [`App::step`] until nothing is due; stories call it instead of the loops.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn settle(&self) -> Result<(), AppError> {
        while self.step().await? > 0 {}
        Ok(())
    }

    /// Ends every loop after its current turn. Timers and letters stay for the next start.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        if tokio::time::timeout(GRACE, self.tasks.wait()).await.is_err() {
            tracing::warn!("a loop did not end in time; what it was doing is looked at again at the next start");
        }
        self.inbox.close().await;
        self.store.close().await;
    }
}

/// The routes every line serves, whatever its pages.
pub fn health() -> Router<Arc<App>> {
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready)).route("/metrics", get(figures))
}

async fn ready(State(app): State<Arc<App>>) -> impl IntoResponse {
    match app.store().handbook_version().await {
        Ok(_) => (StatusCode::OK, "ready".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {error}")),
    }
}

async fn figures() -> impl IntoResponse {
    figures::recorder().map(PrometheusHandle::render).ok_or(StatusCode::SERVICE_UNAVAILABLE)
}

/// Opens the address to listen on.
///
/// # Errors
/// [`AppError::Listen`] when it is taken or not ours.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, AppError> {
    figures::recorder();
    TcpListener::bind(address).await.map_err(|source| AppError::Listen { address: address.to_string(), source })
}

/// Serves `pages` until `stop` completes, then ends the line in order.
///
/// # Errors
/// When the listener fails.
pub async fn serve(app: Arc<App>, listener: TcpListener, pages: Router<Arc<App>>, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), AppError> {
    let address = listener.local_addr().map(|address| address.to_string()).unwrap_or_default();
    let recovered = app.recover(app.clock().now()).await?;
    if recovered > 0 {
        tracing::info!(letters = recovered, "letters that were on their way at the last stop were looked at");
    }
    figures::letters(app.handbook().channels.keys().map(String::as_str));
    app.keep_agenda().await?;
    app.run_loops();
    if app.handbook().book.lines.is_empty() {
        tracing::warn!("no line is set up yet; workers are told so until lines are imported with `linka import lines FILE`");
    }
    tracing::info!(address, "the line is running");
    let router = request::noted(pages.merge(health())).with_state(Arc::clone(&app));
    let stopping = Arc::clone(&app);
    let served = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping: the current turn is finished, timers and letters are kept");
        stopping.stopping.cancel();
    });
    let result = tokio::select! {
        result = async { served.await } => result,
        () = overdue(&app) => Ok(()),
    };
    app.stop().await;
    result.map_err(|source| AppError::Listen { address, source })
}

/// Completes when a stopping line has waited long enough for its pages.
async fn overdue(app: &App) {
    app.stopped().await;
    tokio::time::sleep(GRACE).await;
}

