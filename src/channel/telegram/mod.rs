//! Telegram: what an update says, how a letter leaves, what an error means. Pieces without an opinion –
//! they know neither the app nor the store; the gateway puts them together.
//!
//! Limits and texts are those of the Bot API (<https://core.telegram.org/bots/api>).

mod bot;
mod fault;
mod incoming;
mod menu;
mod outgoing;
mod pace;
mod press;
mod rescue;
mod send;
mod talk;

pub use bot::{Account, Bots, LONG_POLL_S, SetupError};
pub use fault::send_error;
pub use incoming::{Deed, Found, Incoming, incoming, read, message_of};
pub use menu::menus;
pub use press::Press;
pub use send::TelegramChannel;
pub use talk::{FetchError, Talk, Trouble};

/// The channel's name in addresses; the handle is a chat's number.
pub const NAME: &str = "telegram";

/// What the channel calls one of its messages.
#[must_use]
pub fn reference(chat: i64, message: i32) -> String {
    format!("{chat}:{message}")
}
