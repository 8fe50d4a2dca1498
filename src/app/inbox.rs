//! The door in. Waiting events are taken together into one transaction, one commit makes
//! all of them last, then all are answered. How each is decided stands in `turn`.

use super::crowd::Crowd;
use super::error::InboxError;
use super::{load, turn};
use crate::decision::Prepared;
use crate::domain::{BATCH_EVENTS_MAX, Delivery, Event, Letter, Seed, WAITING_EVENTS_MAX, What};
use crate::handbook::Handbook;
use crate::store::{Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// The answer to an event that is stored for good.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The letters it caused, in order; a repeat gets the same ones.
    pub letters: Vec<Letter>,
    /// The event was known already.
    pub repeated: bool,
    /// It put a changed roster in force.
    pub roster: bool,
}

/// How often an event is decided anew while others go on changing the roster.
const OVERTAKEN_MAX: usize = 3;

struct Waiting {
    event: Prepared,
    answer: oneshot::Sender<Result<Accepted, InboxError>>,
}

/// The waiting room before the switch.
pub(super) struct Inbox {
    waiting: mpsc::Sender<Waiting>,
    handbook: Arc<RwLock<Arc<Handbook>>>,
    closing: CancellationToken,
    tasks: TaskTracker,
}

impl Inbox {
    pub(super) fn open(store: Store, handbook: Arc<RwLock<Arc<Handbook>>>, changed: watch::Sender<u64>, stirred: Arc<Notify>) -> Self {
        let (waiting, receiver) = mpsc::channel(WAITING_EVENTS_MAX);
        let (closing, tasks) = (CancellationToken::new(), TaskTracker::new());
        let desk = Desk { store, handbook: Arc::clone(&handbook), changed, stirred, closing: closing.clone(), crowd: Mutex::default() };
        super::serve::spawn(&tasks, desk.work(receiver));
        Self { waiting, handbook, closing, tasks }
    }

    pub(super) async fn accept(&self, event: Event) -> Result<Accepted, InboxError> {
        let event = prepared(&self.handbook, event)?;
        let (answer, answered) = oneshot::channel();
        self.waiting.try_send(Waiting { event, answer }).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => InboxError::Full,
            mpsc::error::TrySendError::Closed(_) => InboxError::Stopping,
        })?;
        answered.await.unwrap_or(Err(InboxError::Stopping))
    }

    /// Takes no more events; those that wait are decided and committed first.
    pub(super) async fn close(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// Where waiting events are taken, batch by batch.
struct Desk {
    store: Store,
    handbook: Arc<RwLock<Arc<Handbook>>>,
    changed: watch::Sender<u64>,
    /// Told when there may be something to deliver.
    stirred: Arc<Notify>,
    closing: CancellationToken,
    /// Who was sent how much lately.
    crowd: Mutex<Crowd>,
}

impl Desk {
    async fn work(self, mut receiver: mpsc::Receiver<Waiting>) {
        let mut waiting = Vec::with_capacity(BATCH_EVENTS_MAX);
        loop {
            let taken = tokio::select! {
                taken = receiver.recv_many(&mut waiting, BATCH_EVENTS_MAX) => taken,
                () = self.closing.cancelled(), if !receiver.is_closed() => {
                    receiver.close();
                    continue;
                }
            };
            if taken == 0 {
                return;
            }
            metrics::histogram!("linka_batch_events").record(u32::try_from(waiting.len()).unwrap_or(u32::MAX));
            let (events, answers): (Vec<_>, Vec<_>) = waiting.drain(..).map(|Waiting { event, answer }| (event, answer)).unzip();
            let results = self.decide(&events).await;
            let stirs = events.iter().zip(&results).any(|(event, result)| stirs(&event.event, result));
            for (answer, result) in answers.into_iter().zip(results) {
                // The sender may have gone; the event is stored all the same.
                let _ = answer.send(result);
            }
            self.changed.send_modify(|version| *version += 1);
            if stirs {
                self.stirred.notify_one();
            }
            if let Err(error) = self.store.wrote(events.len()).await {
                tracing::warn!(error = chain(&error), "the log could not be copied; a later commit does it");
            }
        }
    }

    /// Takes a batch. A turn that was decided by a roster somebody else has changed since is decided
    /// again; where a turn changed the roster, what comes next is decided by the new one.
    async fn decide(&self, events: &[Prepared]) -> Vec<Result<Accepted, InboxError>> {
        let mut results = self.batch(events).await;
        for _ in 0..OVERTAKEN_MAX {
            if !results.iter().any(overtaken) || !self.renew().await {
                break;
            }
            let late = results.iter_mut().zip(events).filter(|(result, _)| overtaken(result));
            let (late, again): (Vec<_>, Vec<_>) = late.filter_map(|(result, late)| Some((result, prepared(&self.handbook, late.event.clone()).ok()?))).unzip();
            for (place, result) in late.into_iter().zip(self.batch(&again).await) {
                *place = result;
            }
        }
        if results.iter().flatten().any(|accepted| accepted.roster) {
            self.renew().await;
        }
        results
    }

    /// Puts the stored roster in force, and tells whether it could be read.
    async fn renew(&self) -> bool {
        let renewed = load::renew(&self.store, &self.handbook).await;
        if let Err(error) = &renewed {
            // It is written; the running line takes it over within seconds by itself.
            tracing::error!(error = chain(error), "the changed roster could not be read again at once");
        }
        renewed.is_ok()
    }

    /// Runs every event in its own turn and commits once; a failed commit fails all of them.
    async fn batch(&self, events: &[Prepared]) -> Vec<Result<Accepted, InboxError>> {
        match self.turns(events).await {
            Ok(results) => results,
            Err(error) => {
                let said = chain(&error);
                tracing::error!(error = said, events = events.len(), "nothing of a batch could be stored");
                metrics::counter!("linka_batches_failed_total").increment(1);
                events.iter().map(|_| Err(InboxError::Commit(said.clone()))).collect()
            }
        }
    }

    async fn turns(&self, events: &[Prepared]) -> Result<Vec<Result<Accepted, InboxError>>, StoreError> {
        let mut batch = self.store.begin().await?;
        let results = turn::take(&mut batch, events, &self.crowd).await;
        batch.commit().await?;
        for (Prepared { event, .. }, result) in events.iter().zip(&results) {
            if let Err(error) = result
                && !overtaken(result)
            {
                tracing::error!(error = chain(error), event = kind(event), "an event was not taken");
            }
            metrics::counter!("linka_events_total", "kind" => kind(event), "taken" => if result.is_ok() { "yes" } else { "no" }).increment(1);
        }
        Ok(results)
    }
}

/// Reads an event by the handbook in force.
fn prepared(handbook: &RwLock<Arc<Handbook>>, event: Event) -> Result<Prepared, InboxError> {
    let handbook = Arc::clone(&handbook.read().unwrap_or_else(PoisonError::into_inner));
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| InboxError::Random)?;
    turn::unbroken(|| Prepared::new(handbook, event, Seed(Uuid::from_bytes(bytes)))).ok_or(InboxError::Decision)
}

/// Tells whether a letter may leave now that could not before: a new one, or the next to an address where
/// the one before it has arrived.
fn stirs(event: &Event, result: &Result<Accepted, InboxError>) -> bool {
    let queued = |accepted: &Accepted| accepted.letters.iter().any(|letter| letter.delivery == Delivery::Queued);
    result.as_ref().is_ok_and(|accepted| matches!(event.what, What::Reported(_)) || queued(accepted))
}

const fn overtaken(result: &Result<Accepted, InboxError>) -> bool {
    matches!(result, Err(InboxError::Store(StoreError::Overtaken(_))))
}

const fn kind(event: &Event) -> &'static str {
    match event.what {
        What::Heard(_) => "heard",
        What::Ordered { .. } => "ordered",
        What::Challenged(_) => "challenged",
        What::Reported(_) => "reported",
        What::Rang(_) => "rang",
        What::Struck(_) => "struck",
        What::Looked(_) => "looked",
        What::CostReached { .. } => "cost_reached",
        What::Audited(_) => "audited",
        What::Filed { .. } => "filed",
        What::SwapDue(_) => "swap_due",
    }
}

/// An error with its causes, in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        said.push_str(": ");
        said.push_str(&cause.to_string());
        source = cause.source();
    }
    said
}
