//! The door of Telegram: updates become events, whether the line asks for them or they are sent to it,
//! and are acknowledged only when they are stored for good. Nothing is decided here.

mod door;
mod hook;
mod inspection;
mod listen;
mod outpost;
mod reading;
mod setting;
mod words;

pub use hook::router;
pub use inspection::{hints, inspect};
pub use listen::Turn;
pub use outpost::Outpost;
pub use setting::{TelegramError, strays};

use super::flood::Flood;
use crate::app::App;
use crate::channel::Secret;
use crate::channel::telegram::{Account, Talk, Trouble};
use crate::config::TelegramMode;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicI32;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;
use words::Words;

/// What listens for one bot.
pub struct Listener {
    app: Arc<App>,
    talk: Talk,
    mode: TelegramMode,
    /// Where updates are sent to, and what proves whose they are.
    hook: Option<(reqwest::Url, Secret)>,
    account: OnceCell<Account>,
    flood: Arc<Flood>,
    /// What the flood has counted already.
    counted: Mutex<HashSet<String>>,
    words: Words,
    /// The first update that is still to be taken.
    offset: AtomicI32,
    /// How often a file could not be fetched.
    missed: Mutex<HashMap<String, u32>>,
}

impl Listener {
    /// The bot's account; asked for once.
    async fn account(&self) -> Result<&Account, Trouble> {
        self.account.get_or_try_init(|| self.talk.account()).await
    }
}
