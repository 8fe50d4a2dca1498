//! A whole line in a test: embedded database, simulated devices, a clock turned by hand.
//! It may not end with unread messages, undelivered letters or overdue timers.

mod bot;
mod desk;
mod device;
mod file;
mod phone;
mod rooms;

pub use bot::{GROUP, JANA, PETR};
pub use desk::between;
pub use device::{Operator, Room, Worker};
pub use phone::{PRAHA, USTECKY};
pub use rooms::LINKA;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Prague;
use linka::app::{App, Clock, demo_book, files, save_book, seed_demo, stored_book};
use linka::channel::sim::{self, Fault, SimDevices};
use linka::channel::{Channels, web::Web};
use linka::domain::{Address, Contact, Delivery, Effect, Event, EventKey, Happened, LineId, OperatorId, Order, Point, Reported, Standing, Swap, What};
use linka::handbook::Handbook;
use linka::routing::{Book, Line, duty};
use linka::store::{Ask, Asked, Batch, Elsewhere, Known, RosterEdit, RosterKind, RosterVersion, Store, Turn};
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

    /// A worker of a prison, whose devices the line has never seen.
    pub fn worker(&self, organisation: &str) -> Worker {
        let n = self.0.serial.fetch_add(1, Ordering::SeqCst);
        Worker::new(self.clone(), Some(organisation.to_owned()), format!("+4207192{n:05}"))
    }

    /// Somebody the line knows nothing about.
    pub fn stranger(&self) -> Worker {
        let n = self.0.serial.fetch_add(1, Ordering::SeqCst);
        Worker::new(self.clone(), None, format!("+4207193{n:05}"))
    }

    /// Somebody with this very number.
    pub fn numbered(&self, number: &str) -> Worker {
        Worker::new(self.clone(), None, number.to_owned())
    }

    /// A worker in the Ústí Region whose contact Jana has taken.
    pub async fn held_by_jana(&self) -> (Worker, Operator) {
        let worker = self.worker("Věznice Bělušice");
        worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
        worker.expect_reply(["Most"]).await;
        let jana = self.operator("Jana").await;
        let offer = jana.expect_offer(["Most"]).await;
        jana.takes(&offer).await;
        worker.expect_reply(["má operátor"]).await;
        (worker, jana)
    }

    /// Somebody the line knows nothing about, who texts the number of the Ústí Region.
    pub fn texter(&self) -> Worker {
        self.stranger().on("sms").to(USTECKY)
    }

    /// The same, and Jana has taken the contact in her chat.
    pub async fn texter_held_by_jana(&self) -> (Worker, Operator) {
        let worker = self.texter();
        worker.texts("bydleni Most, klient muz, prosim spojit s clovekem").await;
        worker.expect_reply(["Most"]).await;
        let jana = self.operator("Jana").await;
        let offer = jana.expect_offer(["Most"]).await;
        jana.takes(&offer).await;
        worker.expect_reply(["ma operator"]).await;
        (worker, jana)
    }

    /// An operator by the name colleagues use.
    pub async fn operator(&self, name: &str) -> Operator {
        let app = self.app().await;
        let handbook = app.handbook();
        let known = handbook.book.operators.iter().find(|operator| linka::routing::called(&handbook.book.operators, &operator.id) == name);
        Operator::new(self.clone(), known.unwrap_or_else(|| panic!("no operator is called {name}")).clone())
    }

    /// The room of a line, `room:ustecky` or one in a channel without threads, `chat:ustecky`.
    pub async fn room(&self, line: &str, channel: &str) -> Room {
        let at = Address::new(channel, format!("lidé {line}"));
        self.changes_line(line, |changed| changed.room = Some(at.clone())).await;
        Room::new(self.clone(), at)
    }

    /// Somebody changes a line; the change is in force at once.
    pub async fn changes_line(&self, id: &str, change: impl FnOnce(&mut Line)) {
        let app = self.app().await;
        let mut line = app.handbook().line(&LineId::new(id)).expect("a line").clone();
        change(&mut line);
        let edit = RosterEdit::save(RosterKind::Line, id, &line).expect("a line");
        app.store().write_roster(&[edit], self.0.clock.now(), "test").await.expect("a roster");
        app.reload().await.expect("a handbook");
    }

    pub(crate) async fn app(&self) -> Arc<App> {
        Arc::clone(&*self.0.app.lock().await)
    }

    /// Turns the clock to a wall-clock time in Prague; everything due happens.
    pub async fn clock(&self, time: &str) {
        self.turn_to(prague(time)).await;
    }

    /// Somebody sets the machine's clock, ahead or back.
    pub async fn clock_is_set(&self, time: &str) {
        self.0.clock.move_to(prague(time));
        self.settle().await;
    }

    /// Turns the clock on by minutes.
    pub async fn minutes(&self, minutes: i64) {
        self.seconds(minutes * 60).await;
    }

    /// Turns the clock on by seconds.
    pub async fn seconds(&self, seconds: i64) {
        self.turn_to(self.0.clock.now() + chrono::TimeDelta::seconds(seconds)).await;
    }

    async fn turn_to(&self, at: DateTime<Utc>) {
        match &self.0.outside.wires {
            Some(wires) => wires.network.passes_until(at).await,
            None => self.app().await.move_clock(at).await.expect("a line that goes on"),
        }
        self.pocket_messages().await;
    }

    /// The running line takes over what was written beside it.
    pub async fn takes_over(&self) {
        self.app().await.reload().await.expect("the stored handbook");
    }

    /// Lets everything that is due happen.
    pub async fn settle(&self) {
        match &self.0.outside.wires {
            Some(wires) => wires.network.settles().await,
            None => self.app().await.settle().await.expect("a step of the line"),
        }
        self.pocket_messages().await;
    }

    /// Stops the line and starts it again on the same database.
    pub async fn restarts(&self) {
        let mut app = self.0.app.lock().await;
        app.stop().await;
        let store = store_in(&self.0.folder).await;
        if let Some(post) = &self.0.outside.post {
            post.forgets();
        }
        if let Some(home) = &self.0.outside.home {
            home.closes().await;
        }
        let outside = &self.0.outside;
        let (channels, handbook) = (channels(&self.0.devices, outside, &store, &self.0.clock), outside.wires.as_ref().map_or_else(handbook, phone::Wires::handbook));
        let fresh = App::start(store, channels, self.0.clock.clone(), handbook, true).await.expect("a line");
        if let Some(home) = &outside.home {
            home.opens(&fresh).await;
        }
        fresh.recover(self.0.clock.now()).await.expect("a recovered line");
        *app = fresh;
        drop(app);
        self.settle().await;
    }

    /// The key of stored files is moved away, or put back; the line is started again.
    pub async fn moves_key(&self, away: bool) {
        let (here, there) = (self.0.folder.path().join("key"), self.0.folder.path().join("lost"));
        let (from, to) = if away { (here, there) } else { (there, here) };
        std::fs::rename(from, to).expect("a key that moves");
        self.restarts().await;
    }

    /// From now on operators are told of their shifts; most stories are about something else.
    pub async fn tells_of_shifts(&self) {
        self.app().await.keep_agenda().await.expect("an agenda");
        self.settle().await;
    }

    /// Somebody changes the roster; the running line takes it over.
    pub async fn roster(&self, change: impl FnOnce(&mut Book)) {
        let app = self.app().await;
        let mut book = Book::clone(&app.handbook().book);
        change(&mut book);
        save_book(app.store(), &book, app.clock().now(), "test").await.expect("the lines");
        app.reload().await.expect("the new lines");
        self.settle().await;
    }

    /// The process is stopped and started again later.
    pub async fn is_down_until(&self, time: &str) {
        self.app().await.stop().await;
        self.0.clock.move_to(prague(time));
        self.restarts().await;
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

    /// Breaks a channel (`sms`) or a device (`chat:jana`).
    pub fn breaks(&self, on: &str, fault: Fault) {
        self.0.devices.set_fault(on, Some(fault));
    }

    /// Mends it again.
    pub fn mends(&self, on: &str) {
        self.0.devices.set_fault(on, None);
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

    /// What a call's own event caused is handed over in the answer to it.
    fn pocket_inline(&self, from: &Address, accepted: &linka::app::Accepted) {
        let mut pockets = self.0.pockets.lock().expect("pockets");
        let inline = accepted.letters.iter().filter(|letter| letter.to == *from && from.channel == sim::VOICE);
        for letter in inline {
            let words = letter.body.words().to_owned();
            pockets.entry(from.clone()).or_default().push_back(sim::Received { letter: letter.clone(), words });
        }
    }

    /// The conversation of an address as its person saw it.
    pub(super) async fn thread(&self, address: &Address) -> Vec<linka::store::Bubble> {
        self.app().await.store().thread(address, 100).await.expect("a thread")
    }

    /// The next message on a device, in the order of arrival.
    pub(super) fn next(&self, at: &Address) -> Option<sim::Received> {
        let mut pockets = self.0.pockets.lock().expect("pockets");
        let pocket = pockets.entry(at.clone()).or_default();
        pocket.extend(self.0.devices.take(at));
        pocket.pop_front()
    }

    /// Reads everything on every device without a look at it, and says how many messages it was.
    pub fn puts_devices_away(&self) -> usize {
        let unread = self.0.devices.unread();
        for left in &unread {
            self.0.devices.take(&left.letter.to);
        }
        self.0.pockets.lock().expect("pockets").clear();
        unread.len() + self.0.outside.wires.as_ref().map_or(0, |wires| wires.network.inbox("").len())
    }

    /// Reads everything on every device.
    pub fn reads_devices(&self) -> Vec<String> {
        let words = self.0.devices.unread().into_iter().map(|left| left.words).collect();
        self.puts_devices_away();
        words
    }

    /// The same as putting them away, but one device (`chat:jana`) stays as it is.
    pub fn puts_devices_away_but(&self, device: &str) {
        for left in self.0.devices.unread().iter().filter(|left| left.letter.to.to_string() != device) {
            self.0.devices.take(&left.letter.to);
        }
    }

    /// How many matters coordinators were warned of that are not over.
    pub async fn warned(&self) -> usize {
        self.app().await.store().warned().await.expect("warnings").len()
    }

    /// The channel tells how a letter fares.
    pub async fn reported(&self, received: &sim::Received, delivery: Delivery) {
        let report = Reported::of(received.letter.id, delivery);
        self.happens(self.key(), What::Reported(report)).await;
    }

    /// What lies unread in pockets.
    fn pocketed(&self) -> Vec<String> {
        let pockets = self.0.pockets.lock().expect("pockets");
        pockets.values().flatten().map(|left| format!("{}: {}", left.letter.to, left.words)).collect()
    }

    /// The console orders something.
    pub async fn ordered(&self, order: Order) {
        self.happens(self.key(), What::Ordered { by: "alena".to_owned(), order }).await;
    }

    /// Somebody changes the roster beside the running line, which learns of it at its next look.
    pub async fn roster_changes_unseen(&self, change: impl FnOnce(&mut Book)) {
        let app = self.app().await;
        let mut book = stored_book(app.store(), None).await.expect("the roster");
        change(&mut book);
        save_book(app.store(), &book, self.0.clock.now(), "test").await.expect("a changed roster");
    }

    /// Somebody changes the roster, and it is in force.
    pub async fn roster_changes(&self, change: impl FnOnce(&mut Book)) {
        self.roster_changes_unseen(change).await;
        self.app().await.reload().await.expect("the roster");
        self.settle().await;
    }

    /// Somebody takes an absence or a cover away.
    pub async fn roster_loses(&self, kind: RosterKind, id: &str) {
        let app = self.app().await;
        app.store().write_roster(&[RosterEdit::remove(kind, id)], self.0.clock.now(), "test").await.expect("a changed roster");
        app.reload().await.expect("the roster");
    }

    /// Who is on duty on the line of Ústí at a time, by the roster in force now.
    pub async fn on_duty(&self, time: &str) -> Vec<String> {
        on_duty(&self.app().await.handbook().book, time)
    }

    /// Who was on duty then, by the roster that was in force then.
    pub async fn was_on_duty(&self, time: &str) -> Vec<String> {
        let book = stored_book(self.app().await.store(), Some(prague(time))).await.expect("the roster as it was");
        on_duty(&book, time)
    }

    /// Every swap whose shifts are not over.
    pub async fn swaps(&self) -> Vec<Swap> {
        self.app().await.store().swaps_since(self.0.clock.now()).await.expect("swaps")
    }

    /// Who made the versions of the line of Ústí, the newest first.
    pub async fn roster_authors(&self) -> Vec<String> {
        let app = self.app().await;
        let versions: Vec<RosterVersion<Line>> = app.store().roster_history(RosterKind::Line, "ustecky", 50).await.expect("a history");
        versions.into_iter().map(|version| version.author).collect()
    }

    /// The coordinator wants a contact point proven; says whether a code went out.
    pub async fn verifies(&self, operator: &str, channel: &str) -> bool {
        let address = self.address_of(operator, channel).await;
        let went = self.app().await.verify(self.key().as_str(), address).await.expect("an order");
        self.settle().await;
        went
    }

    /// How a contact point stands.
    pub async fn standing(&self, operator: &str, channel: &str) -> Standing {
        let (app, address) = (self.app().await, self.address_of(operator, channel).await);
        let points = app.store().points().await.expect("contact points");
        Point::of(&points, &OperatorId::new(operator), &address).map_or(Standing::Unverified, |point| point.standing(app.clock().now()))
    }

    async fn address_of(&self, operator: &str, channel: &str) -> Address {
        let handbook = self.app().await.handbook();
        let operator = handbook.operator(&OperatorId::new(operator)).expect("an operator");
        operator.addresses.iter().find(|address| address.channel == channel).expect("an address").clone()
    }

    /// The newest contact.
    pub async fn contact(&self) -> Contact {
        let app = self.app().await;
        let page = app.store().contacts(&linka::store::Filter::default(), None, 1).await.expect("contacts");
        page.rows.into_iter().next().expect("a contact")
    }

    /// Every contact.
    pub async fn every_contact(&self) -> Vec<Contact> {
        let (app, mut after, mut all) = (self.app().await, None, Vec::new());
        loop {
            let page = app.store().contacts(&linka::store::Filter::default(), after, 100).await.expect("contacts");
            all.extend(page.rows);
            after = page.next;
            if after.is_none() {
                return all;
            }
        }
    }

    /// How many contacts there are (at most 100 are counted).
    pub async fn contacts(&self) -> usize {
        let app = self.app().await;
        app.store().contacts(&linka::store::Filter::default(), None, 100).await.expect("contacts").rows.len()
    }

    /// What the log says of the newest contact, in order.
    pub async fn log(&self) -> Vec<Happened> {
        let (app, contact) = (self.app().await, self.contact().await);
        let timeline = app.store().timeline(contact.id).await.expect("a timeline");
        timeline.entries.into_iter().map(|entry| entry.what).collect()
    }

    /// Everything written down anywhere in the database, as one text.
    pub async fn everything_stored(&self) -> String {
        let copy = self.0.folder.path().join("copy.db");
        let _ = std::fs::remove_file(&copy);
        self.app().await.store().backup(&copy).await.expect("a copy");
        String::from_utf8_lossy(&std::fs::read(&copy).expect("the copy")).into_owned()
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

fn on_duty(book: &Book, time: &str) -> Vec<String> {
    let line = book.line(&LineId::new("ustecky")).expect("the line of Ústí");
    duty(line, prague(time)).on_duty.into_iter().map(|person| person.operator.to_string()).collect()
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
