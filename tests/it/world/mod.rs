//! A whole line in a test: embedded database, simulated devices, a clock turned by hand.
//! It may not end with unread messages, undelivered letters or overdue timers.

mod bot;
mod desk;
mod device;
mod file;
mod people;
mod phone;
mod pocket;
mod record;
mod rooms;
mod roster;
mod time;

pub use bot::{GROUP, JANA, PETR, Person};
pub use desk::between;
pub use device::{Operator, Room, Worker};
pub use phone::{PRAHA, USTECKY};
pub use rooms::LINKA;

use chrono_tz::Europe::Prague;
use linka::channel::web::Web;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use linka::app::{App, Clock, demo_book, files, save_book, seed_demo};
use linka::channel::sim::{self, SimDevices};
use linka::channel::Channels;
use linka::domain::{Address, Delivery, Effect, Event, EventKey, Order, Reported, What};
use linka::handbook::Handbook;
use linka::routing::Book;
use linka::store::{Ask, Asked, Batch, Elsewhere, Known, Store, Turn};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use tempfile::TempDir;

/// What stands outside a world besides its simulated devices.
#[derive(Default)]
struct Outside {
    /// The phone network.
    wires: Option<phone::Wires>,
    /// The Bot API.
    post: Option<bot::Post>,
    /// A homeserver.
    home: Option<rooms::Home>,
}

/// The whole world; cheap to clone, ended once.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    app: tokio::sync::Mutex<Arc<App>>,
    clock: Clock,
    devices: Arc<SimDevices>,
    pockets: Mutex<BTreeMap<Address, VecDeque<sim::Received>>>,
    folder: TempDir,
    outside: Outside,
    serial: AtomicU64,
    ended: std::sync::atomic::AtomicBool,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.ended.load(Ordering::SeqCst), "a story must close its world with `world.ends().await`");
        }
    }
}

/// The built-in handbook is read once for all stories.
fn handbook() -> Handbook {
    static HANDBOOK: OnceLock<Handbook> = OnceLock::new();
    HANDBOOK.get_or_init(|| Handbook::builtin().expect("the built-in handbook")).clone()
}

/// Reads a wall-clock time in Prague: `2026-02-04 09:00`.
pub fn prague(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time such as 2026-02-04 09:00");
    Prague.from_local_datetime(&local).earliest().expect("a time that exists").with_timezone(&Utc)
}

/// Tells whether an event with this key was accepted before.
pub async fn accepted(batch: &mut Batch, key: &EventKey) -> bool {
    let asked = Asked { key, at: DateTime::UNIX_EPOCH, ask: Ask::Nothing, code: None };
    let known = batch.read(&[asked]).await.expect("a look-up");
    matches!(known.as_slice(), [Known::Before(_)])
}

fn channels(devices: &Arc<SimDevices>, outside: &Outside, store: &Store, clock: &Clock) -> Channels {
    let web: Arc<dyn linka::channel::Channel> = Arc::new(Web);
    let real = outside.wires.as_ref().map(|wires| wires.exchange.channels(clock)).unwrap_or_default();
    let bot = outside.post.as_ref().map(|post| post.outpost.channel(files(store), clock));
    let rooms = outside.home.as_ref().map(|home| home.house().channel(files(store)));
    Channels::new(std::iter::once(web).chain(sim::channels(devices)).chain(real).chain(bot).chain(rooms))
}

impl World {
    /// A line with the demo's regional lines and services, on Monday 2 February 2026 at 10:00.
    pub async fn open() -> Self {
        Self::open_at("2026-02-02 10:00").await
    }

    /// The same at another time.
    pub async fn open_at(time: &str) -> Self {
        Self::open_with(time, |_| {}).await
    }

    /// The same with changed lines.
    pub async fn open_with(time: &str, change: impl FnOnce(&mut Book)) -> Self {
        Self::open_over(time, change, Outside::default()).await
    }

    async fn open_over(time: &str, change: impl FnOnce(&mut Book), outside: Outside) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = outside.post.as_ref().map_or_else(|| Clock::hand(prague(time)), |post| post.clock.clone());
        let store = store_in(&folder).await;
        let handbook = outside.wires.as_ref().map_or_else(handbook, phone::Wires::handbook);
        seed_demo(&store, &handbook.gazetteer, clock.now()).await.expect("the demo's data");
        let mut book = demo_book().expect("the demo's lines");
        change(&mut book);
        save_book(&store, &book, clock.now(), "test").await.expect("the lines");
        let devices = Arc::new(SimDevices::remembering());
        let channels = channels(&devices, &outside, &store, &clock);
        let app = App::start(store, channels, clock.clone(), handbook, true).await.expect("a line");
        if let Some(home) = &outside.home {
            home.opens(&app).await;
        }
        Self(Arc::new(Inner {
            app: tokio::sync::Mutex::new(app),
            clock,
            devices,
            pockets: Mutex::default(),
            folder,
            outside,
            serial: AtomicU64::new(1),
            ended: false.into(),
        }))
    }

    pub(crate) async fn app(&self) -> Arc<App> {
        Arc::clone(&*self.0.app.lock().await)
    }

    /// A fault of the line: the newest contact loses everything that would have moved it.
    pub async fn loses_timers(&self) {
        let (app, contact) = (self.app().await, self.contact().await);
        let event = Event { key: self.key(), at: app.clock().now(), what: What::Audited(contact.id) };
        let effects = [Effect::Clear(contact.id)];
        let mut batch = app.store().begin().await.expect("a batch");
        batch.apply(&[Turn { event: &event, contact: None, words: None, effects: &effects }]).await.expect("a turn");
        batch.commit().await.expect("a commit");
    }

    /// The line looks after itself; says whether all was well.
    pub async fn audits(&self) -> bool {
        let well = self.app().await.audit().await.expect("an audit");
        self.settle().await;
        well
    }

    pub(super) fn key(&self) -> EventKey {
        EventKey::new(format!("story:{}", self.0.serial.fetch_add(1, Ordering::SeqCst)))
    }

    /// Gives an event to the line and lets everything it causes happen.
    pub(super) async fn happens(&self, key: EventKey, what: What) -> linka::app::Accepted {
        let app = self.app().await;
        let accepted = app.accept(Event { key, at: app.clock().now(), what: what.clone() }).await.expect("an accepted event");
        if let What::Heard(heard) = &what {
            self.pocket_inline(&heard.from, &accepted);
        }
        self.settle().await;
        accepted
    }

    /// The channel tells how a letter fares.
    pub async fn reported(&self, received: &sim::Received, delivery: Delivery) {
        let report = Reported::of(received.letter.id, delivery);
        self.happens(self.key(), What::Reported(report)).await;
    }

    /// The console orders something.
    pub async fn ordered(&self, order: Order) {
        self.happens(self.key(), What::Ordered { by: "alena".to_owned(), order }).await;
    }

    /// Closes the story: nothing may be left unread, undelivered, overdue or adrift.
    pub async fn ends(self) {
        self.settle().await;
        self.0.ended.store(true, Ordering::SeqCst);
        if let Some(wires) = &self.0.outside.wires {
            wires.network.comes_to_rest().await;
            self.pocket_messages().await;
            wires.network.ends();
        }
        let mut unread: Vec<String> = self.0.devices.unread().into_iter().map(|left| format!("{}: {}", left.letter.to, left.words)).collect();
        unread.extend(self.pocketed());
        unread.extend(self.0.outside.home.iter().flat_map(rooms::Home::unread));
        if let Some(post) = &self.0.outside.post {
            unread.extend(post.api.unread());
            post.api.ends();
        }
        assert!(unread.is_empty(), "nobody expected these messages:\n{}", unread.join("\n"));
        let app = self.app().await;
        let now = self.0.clock.now();
        assert!(app.store().due_timers(now, 10).await.expect("timers").is_empty(), "timers are overdue");
        let outgoing = app.store().take_due_letters(now, 10, &Elsewhere::default()).await.expect("the outbox");
        assert!(outgoing.letters.is_empty(), "letters are undelivered");
        let findings = app.store().check().await.expect("a check");
        assert!(findings.is_sound(), "the store is not sound: {findings:?}");
        app.stop().await;
    }
}

async fn store_in(folder: &TempDir) -> Store {
    Store::open(&format!("sqlite:{}", folder.path().join("linka.db").display())).await.expect("a database").with_key_file(folder.path().join("key"))
}

/// Starts a line over a database that was left behind and lets everything leave, also what
/// is tried again a little later.
pub async fn deliver_the_rest(store: Store) {
    let devices = Arc::new(SimDevices::default());
    let clock = Clock::hand(Clock::System.now());
    let channels = channels(&devices, &Outside::default(), &store, &clock);
    let app = App::start(store, channels, clock.clone(), handbook(), true).await.expect("a line");
    app.recover(app.clock().now()).await.expect("a recovered line");
    app.settle().await.expect("a settled line");
    clock.move_to(clock.now() + chrono::TimeDelta::minutes(10));
    app.settle().await.expect("a settled line");
    app.stop().await;
}
