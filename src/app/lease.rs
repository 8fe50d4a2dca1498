//! What only one of several nodes may do at a time, such as listening where a provider allows one
//! listener: whoever holds the lease does it, and renews the lease meanwhile. A node that stops lets go
//! at once; of one that is gone the lease ends by itself.

use super::inbox::chain;
use super::serve::spawn;
use super::{App, AppError};
use chrono::TimeDelta;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a lease lasts that nobody renews: so long nobody listens after a node has died.
const LASTS: TimeDelta = TimeDelta::seconds(12);
/// How often it is renewed, and asked for by those who do not have it.
const EVERY: Duration = Duration::from_secs(3);
/// When nothing is known of the lease for so long, somebody else may have it soon.
const UNSURE: Duration = Duration::from_secs(9);

impl App {
    /// Takes the lease of this name, or renews it; tells whether this node has it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn hold(&self, name: &str) -> Result<bool, AppError> {
        let now = self.clock().now();
        let until = now.checked_add_signed(LASTS).unwrap_or(now);
        Ok(self.store().take_lease(name, &self.node, now, until).await?)
    }

    /// Lets the lease of this name go, so that another node has it at once.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn let_go(&self, name: &str) -> Result<(), AppError> {
        Ok(self.store().drop_lease(name, &self.node).await?)
    }

    /// Does something for as long as this node holds the lease, until the line is stopped. What is done
    /// may be cut off at any point where it waits; what ends by itself lets go, so that another node may try.
    pub fn run_alone<F: Future<Output = ()> + Send + 'static>(self: &Arc<Self>, name: &'static str, work: impl Fn() -> F + Send + Sync + 'static) {
        let app = Arc::clone(self);
        spawn(&self.tasks, async move {
            while !app.stopping.is_cancelled() {
                if app.holds(name).await {
                    tokio::select! {
                        () = app.stopping.cancelled() => {}
                        () = app.loses(name) => tracing::warn!(name, "another node has taken over what one may do alone"),
                        () = work() => {}
                    }
                    app.lets_go(name).await;
                }
                tokio::select! {
                    () = app.stopping.cancelled() => {}
                    () = tokio::time::sleep(EVERY) => {}
                }
            }
        });
    }

    async fn lets_go(&self, name: &str) {
        if let Err(error) = self.let_go(name).await {
            tracing::warn!(name, error = chain(&error), "a lease could not be let go; it ends by itself");
        }
    }

    async fn holds(&self, name: &str) -> bool {
        let held = self.hold(name).await;
        held.inspect_err(|error| tracing::warn!(name, error = chain(error), "a lease cannot be taken; trying again")).unwrap_or(false)
    }

    /// Renews a lease that is held; completes when it is lost, or nobody can tell for too long.
    async fn loses(&self, name: &str) {
        let mut sure = Instant::now();
        loop {
            tokio::time::sleep(EVERY).await;
            match self.hold(name).await {
                Ok(true) => sure = Instant::now(),
                Err(_) if sure.elapsed() < UNSURE => {}
                Ok(false) | Err(_) => return,
            }
        }
    }
}
