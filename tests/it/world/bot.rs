//! A world with a bot: workers and operators write to it, over the stand-in of the Bot API. Operators keep
//! the other devices they have. The Bot API and the line share one clock.

use super::World;
use crate::phone::within;
use crate::telegram::{BotApi, PUBLIC_URL, SECRET, Shown, TOKEN};
use linka::app::{App, Clock};
use linka::config::{Telegram, TelegramMode, TelegramSecrets};
use linka::domain::fold;
use linka::gateway::telegram::{Listener, Outpost, Turn, router};
use linka::routing::{Book, ContactPoint};
use std::sync::{Arc, Mutex};

/// Jana's own number at the Bot API.
pub const JANA: i64 = 7101;
/// Petr's.
pub const PETR: i64 = 7102;
/// The group of operators.
pub const GROUP: i64 = -1_001_234_567_890;

/// The bot of a world.
pub struct Post {
    pub api: BotApi,
    pub outpost: Outpost,
    pub clock: Clock,
    listener: Mutex<Option<Arc<Listener>>>,
}

impl Post {
    pub async fn open(time: &str, change: impl FnOnce(&mut Telegram)) -> Self {
        rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
        let clock = Clock::hand(super::prague(time));
        let now = clock.clone();
        let api = BotApi::open(Arc::new(move || now.now())).await;
        let mut telegram = Telegram { api_url: api.url(), public_url: Some(PUBLIC_URL.to_owned()), ..Telegram::default() };
        change(&mut telegram);
        let secrets = TelegramSecrets { token: TOKEN.to_owned(), webhook: Some(SECRET.to_owned()) };
        let outpost = Outpost::new(&telegram, &secrets).expect("a bot");
        Self { api, outpost, clock, listener: Mutex::default() }
    }

    /// The line has stopped: what it knew of updates is gone.
    pub fn forgets(&self) {
        self.listener.lock().expect("a listener").take();
    }

    fn listener(&self, app: Arc<App>) -> Arc<Listener> {
        let mut listener = self.listener.lock().expect("a listener");
        Arc::clone(listener.get_or_insert_with(|| self.outpost.listener(app)))
    }
}

/// Jana and Petr write from their own chats; their other devices stay.
pub fn with_bot(book: &mut Book) {
    for (id, chat) in [("jana", JANA), ("petr", PETR)] {
        let operator = book.operators.iter_mut().find(|operator| operator.id.as_str() == id).expect("an operator");
        operator.addresses.retain(|point| point.channel != "chat");
        operator.addresses.insert(0, ContactPoint { channel: "telegram".to_owned(), handle: chat.to_string() });
    }
}

impl World {
    /// A line with a bot, on Monday 2 February 2026 at 10:00.
    pub async fn with_bot() -> Self {
        Self::with_bot_where(|_| {}, |_| {}).await
    }

    /// The same, and updates are sent to the line.
    pub async fn with_webhook() -> Self {
        let world = Self::with_bot_where(|telegram| telegram.mode = TelegramMode::Webhook, |_| {}).await;
        world.begins().await;
        world
    }

    /// The same with something set otherwise, or other people.
    pub async fn with_bot_where(change: impl FnOnce(&mut Telegram), people: impl FnOnce(&mut Book)) -> Self {
        let post = Post::open("2026-02-02 10:00", change).await;
        for operator in [JANA, PETR] {
            post.api.has_begun(operator);
        }
        let book = |book: &mut Book| {
            with_bot(book);
            people(book);
        };
        Self::open_over("2026-02-02 10:00", book, super::Outside { post: Some(post), ..super::Outside::default() }).await
    }

    /// The bot of this world.
    pub fn bot(&self) -> &BotApi {
        &self.post().api
    }

    pub fn post(&self) -> &Post {
        self.0.outside.post.as_ref().expect("a world with a bot")
    }

    /// What listens for the bot.
    pub async fn listener(&self) -> Arc<Listener> {
        self.post().listener(self.app().await)
    }

    /// The line sets up what it needs at the Bot API.
    pub async fn begins(&self) {
        self.listener().await.begin().await.expect("a Bot API that does as it is told");
    }

    /// The line takes everything that waits at the Bot API, and everything that follows happens.
    pub async fn hears(&self) {
        let listener = self.listener().await;
        loop {
            let turn: Turn = listener.turn(false).await.expect("updates");
            assert_eq!(turn.taken, turn.came, "something was not taken");
            if turn.came == 0 {
                break;
            }
        }
        // Nobody reads and writes in no time at all.
        self.seconds(2).await;
    }

    /// The Bot API sends what waits to the line; returns how much was taken.
    pub async fn is_sent_updates(&self, secret: Option<&str>) -> usize {
        let taken = self.bot().delivers(router(self.listener().await), secret).await;
        self.settle().await;
        taken
    }

    /// Somebody asks at the line's own address for updates.
    pub async fn knocks(&self, request: axum::http::Request<axum::body::Body>) -> axum::http::StatusCode {
        within(router(self.listener().await))(request).await.status()
    }

    /// Nothing can be stored, or again.
    pub async fn database_is_full(&self, full: bool) {
        self.database(if full { "create trigger full before insert on event begin select raise(abort, 'disk full'); end" } else { "drop trigger full" }).await;
    }

    /// Another line on the same database.
    pub async fn second_node(&self) -> Arc<App> {
        let store = super::store_in(&self.0.folder).await;
        let channels = super::channels(&self.0.devices, &self.0.outside, &store, &self.0.clock);
        App::start(store, channels, self.0.clock.clone(), super::handbook(), true).await.expect("a line")
    }

    /// The letter the Bot API calls so.
    pub async fn letter_called(&self, reference: &str) -> linka::domain::Letter {
        let app = self.app().await;
        let id = app.store().letter_called("telegram", reference).await.expect("the store").expect("a letter of that name");
        app.store().letter(id).await.expect("the store").expect("a letter")
    }

    /// A person with an own chat.
    pub fn person(&self, id: i64) -> Person {
        self.bot().knows(id);
        Person { world: self.clone(), id, chat: id }
    }

    /// Somebody in an own chat who has asked for a person in the Ústí Region.
    pub async fn asked_in_chat(&self) -> Person {
        let worker = self.person(9001);
        worker.writes("bydlení Most, klient muž, prosím spojit s člověkem").await;
        worker.expect(["Most"]);
        worker
    }

    /// Somebody in an own chat whose contact Jana has taken, and what the line told Jana of it.
    pub async fn held_in_chat(&self) -> (Person, Person, Shown) {
        let (worker, jana) = (self.asked_in_chat().await, self.person(JANA));
        let offer = jana.expect(["Most", "Převezmete ho?"]);
        jana.presses(&offer, "Přijmout").await;
        let taken = jana.expect(["je váš"]);
        worker.expect(["má operátor"]);
        (worker, jana, taken)
    }
}

/// Somebody in a chat with the bot.
#[derive(Clone)]
pub struct Person {
    world: World,
    id: i64,
    chat: i64,
}

impl Person {
    /// The same person in a group.
    #[must_use]
    pub fn within(mut self, group: i64) -> Self {
        self.chat = group;
        self
    }

    /// Writes, and the line hears it.
    pub async fn writes(&self, text: &str) -> i64 {
        let id = self.writes_unheard(text);
        self.world.hears().await;
        id
    }

    /// Writes; the line hears it later.
    pub fn writes_unheard(&self, text: &str) -> i64 {
        self.world.bot().writes(self.id, self.chat, text, None)
    }

    /// Replies to a message.
    pub async fn replies(&self, to: &Shown, text: &str) {
        self.world.bot().writes(self.id, self.chat, text, Some(to.id));
        self.world.hears().await;
    }

    /// Changes an own message.
    pub async fn changes(&self, message: i64, text: &str) {
        self.world.bot().changes(self.id, self.chat, message, text);
        self.world.hears().await;
    }

    /// Presses a button.
    pub async fn presses(&self, shown: &Shown, label: &str) {
        self.world.bot().presses(self.id, shown, label, false);
        self.world.hears().await;
    }

    /// Presses a button of a message so old that it is shown no more.
    pub async fn presses_old(&self, shown: &Shown, label: &str) {
        self.world.bot().presses(self.id, shown, label, true);
        self.world.hears().await;
    }

    /// Sends anything.
    pub async fn sends(&self, what: serde_json::Value) {
        self.world.bot().sends(self.id, self.chat, &what, None);
        self.world.hears().await;
    }

    /// Sends a file under a name of the Bot API: `photo`, `voice`, `document`.
    pub async fn attaches(&self, shown: &str, bytes: &[u8], caption: &str) {
        self.sends(self.file(shown, bytes, u64::try_from(bytes.len()).expect("a size"), caption)).await;
    }

    /// A file, as large as it says.
    pub fn file(&self, shown: &str, bytes: &[u8], size: u64, caption: &str) -> serde_json::Value {
        let id = self.world.bot().keeps(bytes, size);
        let file = serde_json::json!({"file_id": id, "file_unique_id": "u", "file_size": size, "width": 90, "height": 90, "duration": 3, "mime_type": "audio/ogg"});
        let file = if shown == "photo" { serde_json::json!([file]) } else { file };
        if caption.is_empty() { serde_json::json!({shown: file}) } else { serde_json::json!({shown: file, "caption": caption}) }
    }

    /// Blocks the bot, or lets it in again.
    pub async fn blocks(&self, blocked: bool) {
        self.world.bot().blocks(self.id, blocked);
        self.world.hears().await;
    }

    /// Reads the next message, which must say all of `parts`.
    pub fn expect<const N: usize>(&self, parts: [&str; N]) -> Shown {
        let shown = self.world.bot().next(self.chat).unwrap_or_else(|| panic!("telegram:{} expected {parts:?} and got nothing", self.chat));
        let said = fold(&shown.text);
        for part in parts {
            assert!(said.contains(&fold(part)), "telegram:{} expected “{part}” in:\n{}", self.chat, shown.text);
        }
        shown
    }

    /// Nothing has arrived.
    pub fn hears_nothing(&self) {
        if let Some(shown) = self.world.bot().next(self.chat) {
            panic!("telegram:{} expected nothing and got:\n{}", self.chat, shown.text);
        }
    }

    /// Reads everything that arrived.
    pub fn reads_all(&self) -> Vec<String> {
        std::iter::from_fn(|| self.world.bot().next(self.chat)).map(|shown| shown.text).collect()
    }
}
