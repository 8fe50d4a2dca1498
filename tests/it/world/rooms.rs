//! A world on a real homeserver: workers and operators write in encrypted rooms with clients of their own.
//! The homeserver keeps the machine's time; the line keeps the story's.

use super::World;
use crate::matrix::{Gate, Homeserver, PASSWORD, Person, SERVER};
use futures_util::future::join_all;
use linka::app::{App, files};
use linka::channel::matrix::Account;
use linka::channel::{Channels, sim};
use linka::config::Matrix;
use linka::domain::{Address, Event, Heard, Said, Via, What};
use linka::gateway::matrix::{House, Listener, Turn};
use linka::routing::{Book, ContactPoint};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The line's own user.
pub const LINKA: &str = "@linka:zkouska.example";

/// The homeserver, the line's account there, and everybody with a client.
pub struct Home {
    pub server: Arc<Homeserver>,
    /// What stands between the line and the server.
    pub gate: Gate,
    account: Account,
    settings: Matrix,
    house: Mutex<House>,
    listener: tokio::sync::Mutex<Option<Arc<Listener>>>,
    people: Mutex<Vec<Arc<Person>>>,
    _folder: TempDir,
}

impl Home {
    async fn open(settings: Matrix) -> Option<Self> {
        rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
        let server = Arc::new(Homeserver::open().await?);
        server.register("linka").await;
        let folder = tempfile::tempdir().expect("a folder");
        let account = House::account(folder.path());
        let gate = Gate::before(server.url()).await;
        let signed_in = account.login(gate.url(), "linka", PASSWORD).await.expect("a sign-in");
        assert!(signed_in.verified && signed_in.recovery.is_some(), "{signed_in:?}");
        let house = House::new(account.clone(), &settings);
        Some(Self { server, gate, account, settings, house: Mutex::new(house), listener: tokio::sync::Mutex::default(), people: Mutex::default(), _folder: folder })
    }

    pub fn house(&self) -> House {
        self.house.lock().expect("a house").clone()
    }

    /// The line has stopped: only what lies in the folder is left.
    pub async fn closes(&self) {
        self.listener.lock().await.take();
        *self.house.lock().expect("a house") = House::new(self.account.clone(), &self.settings);
    }

    /// The line has started: it has the account open.
    pub async fn opens(&self, app: &Arc<App>) {
        let listener = self.house().open(Arc::clone(app)).await.expect("an account");
        *self.listener.lock().await = Some(listener);
    }


    pub fn unread(&self) -> Vec<String> {
        self.people.lock().expect("people").iter().flat_map(|person| person.unread()).collect()
    }

    fn people(&self) -> Vec<Arc<Person>> {
        self.people.lock().expect("people").clone()
    }
}

/// Jana and Petr write from their own accounts; their other devices stay.
fn with_accounts(book: &mut Book) {
    with_account(book, "jana");
    with_account(book, "petr");
}

fn with_account(book: &mut Book, id: &str) {
    let operator = book.operators.iter_mut().find(|operator| operator.id.as_str() == id).expect("an operator");
    operator.addresses.retain(|point| !matches!(point.channel.as_str(), "chat" | "telegram"));
    operator.addresses.insert(0, ContactPoint { channel: "matrix".to_owned(), handle: format!("@{id}:{SERVER}") });
}

impl World {
    /// A line on a homeserver, on Monday 2 February 2026 at 10:00; `None` where there is none to be started.
    pub async fn in_rooms() -> Option<Self> {
        Self::in_rooms_where(Matrix::default()).await
    }

    /// The same with something set otherwise.
    pub async fn in_rooms_where(settings: Matrix) -> Option<Self> {
        let home = Home::open(settings).await?;
        Some(Self::open_over("2026-02-02 10:00", with_accounts, super::Outside { home: Some(home), ..super::Outside::default() }).await)
    }

    /// A line with a bot and on a homeserver: Jana writes in her chat, Petr in his room.
    pub async fn in_rooms_with_bot() -> Option<Self> {
        let home = Home::open(Matrix::default()).await?;
        let post = super::bot::Post::open("2026-02-02 10:00", |_| {}).await;
        post.api.has_begun(super::JANA);
        let people = |book: &mut Book| {
            super::bot::with_bot(book);
            with_account(book, "petr");
        };
        Some(Self::open_over("2026-02-02 10:00", people, super::Outside { home: Some(home), post: Some(post), ..super::Outside::default() }).await)
    }

    pub fn home(&self) -> &Home {
        self.0.outside.home.as_ref().expect("a world on a homeserver")
    }

    /// Somebody with a new account and a client.
    pub async fn account(&self, name: &str) -> Arc<Person> {
        let person = Arc::new(Person::joins(&self.home().server, name).await);
        self.home().people.lock().expect("people").push(Arc::clone(&person));
        person
    }

    /// Somebody with a new account and a client whose way to the homeserver may be troubled.
    pub async fn account_behind(&self, gate: &Gate, name: &str) -> Arc<Person> {
        let id = self.home().server.register(name).await;
        let person = Arc::new(Person::signs_in(gate.url(), &id).await);
        self.home().people.lock().expect("people").push(Arc::clone(&person));
        person
    }

    /// Another device of somebody's account.
    pub async fn device_of(&self, person: &Person) -> Arc<Person> {
        let device = Arc::new(Person::signs_in(&self.home().server.url(), &person.id).await);
        self.home().people.lock().expect("people").push(Arc::clone(&device));
        device
    }

    async fn listener_in_rooms(&self) -> Arc<Listener> {
        Arc::clone(self.home().listener.lock().await.as_ref().expect("a line that listens"))
    }

    /// The people of a line meet in this room from now on.
    pub async fn people_meet_in(&self, line: &str, room: &str) {
        self.changes_line(line, |changed| changed.room = Some(Address::new("matrix", room))).await;
    }

    /// At how many addresses of operators nothing arrives.
    pub async fn points_in_trouble(&self) -> usize {
        let points = self.app().await.store().points().await.expect("contact points");
        points.iter().filter(|point| point.trouble.is_some()).count()
    }

    /// The line looks, and nobody tells it anything.
    pub async fn cannot_listen(&self) {
        assert!(self.listener_in_rooms().await.turn(false).await.is_err(), "somebody told it something");
    }

    /// The line looks once at what was said.
    pub async fn listens(&self) -> Turn {
        self.listener_in_rooms().await.turn(false).await.expect("a homeserver that tells")
    }

    /// The line looks once, what follows leaves, and everybody looks once: enough where nobody is invited.
    pub async fn passes_words_on(&self) {
        self.listens().await;
        self.settle().await;
        self.everybody_looks().await;
    }

    async fn everybody_looks(&self) -> usize {
        join_all(self.home().people().iter().map(|person| person.looks())).await.into_iter().sum()
    }

    /// Everybody looks, and the line too, until nobody has anything new.
    pub async fn talks(&self) {
        let mut quiet = 0;
        while quiet < 2 {
            let mut new = self.everybody_looks().await;
            new += self.listens().await.taken;
            self.settle().await;
            new += self.everybody_looks().await;
            quiet = if new == 0 { quiet + 1 } else { 0 };
        }
    }
}

/// Other nodes on the same database.
impl World {
    /// A node on which nobody has signed in.
    pub async fn node_without_account(&self) -> (Arc<App>, House) {
        let nothing = House::account(&self.0.folder.path().join("elsewhere"));
        self.node_of(House::new(nothing, &Matrix::default())).await
    }

    /// A node that shares the account's folder.
    pub async fn node_with_account(&self) -> (Arc<App>, House) {
        self.node_of(House::new(self.home().account.clone(), &Matrix::default())).await
    }

    async fn node_of(&self, house: House) -> (Arc<App>, House) {
        let store = super::store_in(&self.0.folder).await;
        let rooms = house.channel(files(&store));
        let channels = Channels::new(sim::channels(&self.0.devices).into_iter().chain([rooms]));
        let app = App::start(store, channels, self.0.clock.clone(), super::handbook(), true).await.expect("a line");
        (app, house)
    }

    /// A short message comes in at a node, which does all it can about it.
    pub async fn texted_at(&self, node: &App, from: &str, words: &str) {
        let heard = Heard { from: Address::new("sms", from), said: Said::Text(words.to_owned()), about: None, introduced: None, via: Via::default() };
        node.accept(Event { key: self.key(), at: self.0.clock.now(), what: What::Heard(heard) }).await.expect("an accepted event");
        node.settle().await.expect("a step of the line");
    }
}
