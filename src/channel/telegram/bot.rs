//! The bot's account at the Bot API: one client that sends, one that waits for updates.

use crate::channel::Secret;
use teloxide::Bot;
use teloxide::net::default_reqwest_settings;
use teloxide::types::Me;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use thiserror::Error;

/// How long one request for updates waits for one, in seconds.
pub const LONG_POLL_S: u32 = 25;
/// How long a request may take; a file of five megabytes goes out meanwhile on a slow line.
const ANSWER_MAX: Duration = Duration::from_secs(15);
/// What a request for updates may take beyond its waiting.
const SLACK: Duration = Duration::from_secs(10);

/// The clients cannot be made.
#[derive(Debug, Error)]
pub enum SetupError {
    /// The address is none.
    #[error("“{0}” is no address of a Bot API")]
    Address(String),
    /// The client cannot be built.
    #[error("the client cannot be built")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The clients of one account; they hold its token and are never shown.
#[derive(Clone)]
pub struct Bots {
    /// Sends and asks.
    pub sender: Bot,
    /// Waits for updates.
    pub listener: Bot,
    /// What the bot is called, once it was asked.
    pub name: Arc<OnceLock<String>>,
}

impl Bots {
    /// Makes the clients; `api_url` is where the Bot API is, or a server of one's own that speaks it.
    ///
    /// # Errors
    /// [`SetupError`] when the address is none, or a client cannot be built.
    pub fn new(api_url: &str, token: &Secret) -> Result<Self, SetupError> {
        let bad = || SetupError::Address(api_url.to_owned());
        let url: reqwest::Url = api_url.trim_end_matches('/').parse().map_err(|_| bad())?;
        if url.cannot_be_a_base() || !url.has_host() || !matches!(url.scheme(), "http" | "https") || url.query().is_some() {
            return Err(bad());
        }
        let bot = |answer_max| {
            let client = default_reqwest_settings().timeout(answer_max).build().map_err(|error| SetupError::Client(Box::new(error)))?;
            Ok(Bot::with_client(token.expose(), client).set_api_url(url.clone()))
        };
        let wait = Duration::from_secs(LONG_POLL_S.into()).saturating_add(SLACK);
        Ok(Self { sender: bot(ANSWER_MAX)?, listener: bot(wait)?, name: Arc::default() })
    }
}

/// What the bot is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number; messages are numbered anew for another one.
    pub id: u64,
    /// Its name, without the sign before it.
    pub name: String,
    /// It hears every message of a group, and not only what is for it.
    pub hears_groups: bool,
    /// It can be added to groups.
    pub joins_groups: bool,
}

impl From<Me> for Account {
    fn from(me: Me) -> Self {
        let name = me.user.username.clone().unwrap_or_default();
        Self { id: me.user.id.0, name, hears_groups: me.can_read_all_group_messages, joins_groups: me.can_join_groups }
    }
}
