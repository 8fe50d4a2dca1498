//! The running whole: the one door in, the one door out, timers, the clock, and the
//! loops that drive them. Everything that has to be awaited meets here.
//!
//! Each part is a step that can be called alone ([`App::accept`], [`App::deliver_due`],
//! [`App::ring_due`], [`App::ask_silent`]); `serve` calls them on a tick, stories call them until nothing is due.

mod agenda;
mod attachment;
mod audit;
mod budget;
mod clock;
mod crowd;
mod error;
mod group;
mod inbox;
mod invitation;
mod lease;
mod load;
mod outbox;
mod pin;
mod point;
mod recording;
pub mod serve;
mod silent;
mod timer;
mod tries;
mod turn;
mod typing;

pub use attachment::{FileError, files};
pub use clock::Clock;
pub use error::{AppError, InboxError};
pub use inbox::Accepted;
pub use invitation::invite;
pub use pin::Judged;
pub use load::{Book, demo_book, demo_services, save_book, save_services, seats, seed_demo, stored_book};

use crate::channel::Channels;
use crate::domain::Event;
use crate::handbook::Handbook;
use crate::store::Store;
use inbox::Inbox;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// The running line.
pub struct App {
    store: Store,
    channels: Channels,
    clock: Clock,
    /// Swapped whole when the stored lines, operators or services change.
    handbook: Arc<RwLock<Arc<Handbook>>>,
    inbox: Inbox,
    changed: watch::Sender<u64>,
    /// Told when there may be something to deliver.
    stirred: Arc<Notify>,
    stopping: CancellationToken,
    tasks: TaskTracker,
    agenda: Mutex<Option<agenda::Agenda>>,
    tries: tries::Tries,
    /// Where it was shown lately that somebody types.
    shown: typing::Shown,
    /// What this running line is called where several share one database.
    node: String,
    /// Pages of the simulated devices and the movable clock are served.
    demo: bool,
}

impl App {
    /// Puts a line together over an open store. Nothing runs yet but the inbox.
    ///
    /// # Errors
    /// When the stored lines, operators or services cannot be read.
    pub async fn start(store: Store, channels: Channels, clock: Clock, base: Handbook, demo: bool) -> Result<Arc<Self>, AppError> {
        let mut handbook = base;
        handbook.channels = channels.abilities();
        handbook.own = channels.own();
        let handbook = load::stored(&store, handbook).await?;
        let handbook = Arc::new(RwLock::new(Arc::new(handbook)));
        let (changed, _) = watch::channel(0);
        let stirred = Arc::new(Notify::new());
        let tasks = TaskTracker::new();
        let stopping = CancellationToken::new();
        let inbox = Inbox::open(store.clone(), Arc::clone(&handbook), changed.clone(), Arc::clone(&stirred));
        Ok(Arc::new(Self { store, channels, clock, handbook, inbox, changed, stirred, stopping, tasks, agenda: Mutex::default(), tries: tries::Tries::default(), shown: typing::Shown::default(), node: Uuid::now_v7().to_string(), demo }))
    }

    /// Takes one event in: decided, written and committed when this returns, or not taken at all.
    /// A repeat gets the first answer.
    ///
    /// # Errors
    /// [`InboxError`] when it was not stored; the sender must try again.
    pub async fn accept(&self, event: Event) -> Result<Accepted, InboxError> {
        self.inbox.accept(event).await
    }

    /// Reads the stored lines, operators and services again and swaps the handbook.
    ///
    /// # Errors
    /// When they cannot be read; the old handbook stays in force.
    pub async fn reload(&self) -> Result<(), AppError> {
        load::renew(&self.store, &self.handbook).await?;
        self.changed.send_modify(|version| *version += 1);
        Ok(())
    }

    /// Returns each channel's name with the address that opens the line there, with a code where that can be.
    #[must_use]
    pub fn ways_in(&self, code: &str) -> Vec<(String, String)> {
        self.channels.ways_in(code)
    }

    /// Returns the handbook in force.
    #[must_use]
    pub fn handbook(&self) -> Arc<Handbook> {
        Arc::clone(&self.handbook.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the store, for reading.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns the switched-on channels.
    #[must_use]
    pub const fn channels(&self) -> &Channels {
        &self.channels
    }

    /// Returns a number that rises after every commit, for pages that follow live.
    #[must_use]
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Tells whether this is the demo.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        self.demo
    }

    /// Completes when the line is being stopped; live pages end then.
    pub async fn stopped(&self) {
        self.stopping.cancelled().await;
    }
}
