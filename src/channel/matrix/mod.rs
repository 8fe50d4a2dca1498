//! Matrix: what an event says, how a letter leaves, what an error means, and the account the line has.
//! Pieces without an opinion – they know neither the app nor the store; the gateway puts them together.
//!
//! A handle is a user (`@jana:example.org`), who is written to in a room of their own, or a room
//! (`!team:example.org`), where what belongs to one contact stands in one thread.

mod account;
mod fault;
mod identity;
mod incoming;
mod outgoing;
mod rooms;
mod seat;
mod send;
mod talk;
mod waiting;

pub use account::{Account, AccountError, SignedIn};
pub use fault::{Trouble, send_error};
pub use identity::Identities;
pub use incoming::{Deed, Incoming, incoming};
pub use outgoing::key;
pub use seat::{Seat, Seated};
pub use send::MatrixChannel;
pub use talk::{Found, News, Standing, Talk};
pub use waiting::{Place, Waiting};

/// The channel's name in addresses.
pub const NAME: &str = "matrix";
