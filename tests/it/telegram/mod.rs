//! A strict stand-in of the Bot API on a private port, and the people behind it: the methods the line uses,
//! their documented limits and error texts, updates with the documented meaning of their offset. What the
//! line asks in a way that is not documented is a fault, and no story ends with one.

mod chat;
mod files;
mod people;
mod rest;
mod shape;
mod state;
mod trial;
mod updates;

pub use people::Shown;

use chrono::{DateTime, Utc};
use state::State;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::Notify;

/// The token of the stand-in's bot; nobody's.
pub const TOKEN: &str = "900000001:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
/// Where updates are sent to.
pub const PUBLIC_URL: &str = "https://line.example.org";
/// What proves whose they are.
pub const SECRET: &str = "tajemstvi_pro-zkousku";

/// Tells the time.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The Bot API; cheap to clone.
#[derive(Clone)]
pub struct BotApi(Arc<Inner>);

pub struct Inner {
    state: Mutex<State>,
    /// Told when there is an update, or another question for updates.
    woken: Notify,
    base: String,
    now: Now,
}

impl BotApi {
    /// Opens the stand-in on a port of its own.
    pub async fn open(now: Now) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let api = Self(Arc::new(Inner { state: Mutex::default(), woken: Notify::new(), base, now }));
        #[expect(clippy::disallowed_methods, reason = "the stand-in runs beside the line")]
        tokio::spawn(rest::serve(listener, Arc::downgrade(&api.0)));
        api
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        self.0.base.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> DateTime<Utc> {
        (self.0.now)()
    }

    fn from(weak: &Weak<Inner>) -> Option<Self> {
        weak.upgrade().map(Self)
    }

    /// Changes what is wrong with the Bot API.
    pub fn suffers(&self, change: impl FnOnce(&mut state::Whims)) {
        change(&mut self.state().whims);
        self.0.woken.notify_waiters();
    }

    /// How often a method was asked for.
    pub fn asked(&self, method: &str) -> usize {
        self.state().asked.iter().filter(|asked| asked.eq_ignore_ascii_case(method)).count()
    }

    /// The menus that were set: scope, language, words.
    pub fn menus(&self) -> Vec<(String, String, Vec<String>)> {
        self.state().menus.clone()
    }

    /// Somebody else has set a webhook, or taken it away.
    pub fn has_webhook(&self, url: Option<&str>) {
        self.state().webhook = url.map(|url| state::Webhook { url: url.to_owned(), secret: String::new(), error: None });
    }

    /// The webhook that is set.
    pub fn webhook(&self) -> Option<String> {
        self.state().webhook.as_ref().map(|webhook| webhook.url.clone())
    }

    /// Updates that were not confirmed.
    pub fn waiting(&self) -> usize {
        self.state().updates.len()
    }

    /// Nothing was asked in a wrong way, and every press was acknowledged.
    pub fn ends(&self) {
        let state = self.state();
        assert!(state.faults.is_empty(), "the Bot API was asked wrongly:\n{}", state.faults.join("\n"));
        let turning: Vec<_> = state.queries.iter().filter(|(_, done)| !**done).map(|(query, _)| query).collect();
        assert!(turning.is_empty(), "presses nobody acknowledged: {turning:?}");
    }
}
