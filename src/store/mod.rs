//! The stored line: events, contacts, letters, timers, the handbook's tables, sign-ins.
//!
//! This is the only SQL of the program. It carries out what was decided and hands back what
//! it was asked for; it never decides. `app` writes through [`Batch`] (one writer at a time,
//! everywhere), the console reads through the views, commands use both.
//!
//! One text runs on SQLite and PostgreSQL; what differs stands in `dialect`.

mod account;
mod apply;
mod ask;
mod attachment;
mod backup;
mod blocked;
mod calendar;
mod checkpoint;
mod contact;
mod dialect;
mod entry;
mod error;
mod handbook;
mod invitation;
mod lease;
mod letter;
mod link;
mod open;
mod opt_out;
mod outbox;
mod pin;
mod point;
mod prison;
mod recording;
mod roster;
mod rows;
mod script;
mod silent;
mod situation;
mod sorted;
mod spend;
mod swap;
mod timer;
mod turn;
mod vault;
mod view;
mod warned;

pub use account::{Session, User};
pub use apply::Turn;
pub use ask::{Ask, Asked, Known};
pub use backup::Findings;
pub use blocked::Blocked;
pub use calendar::CalendarFeed;
pub use error::StoreError;
pub use outbox::{Elsewhere, Outgoing};
pub use pin::{Pin, PinOf};
pub use prison::{PrisonLogin, PrisonPhone, WebSession};
pub use roster::{RosterEdit, RosterKind, RosterVersion};
pub use silent::Silent;
pub use turn::Batch;
pub use vault::DataKey;
pub use view::{Attention, Bubble, Cursor, Filter, Page, Posted, Timeline};

use checkpoint::Written;
use chrono::{DateTime, SubsecRound, Utc};
use dialect::Pool;
use open::Temporary;
use std::sync::Arc;
use vault::Vault;

/// The open database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    /// On SQLite exactly one connection, which alone writes and checkpoints.
    write: Pool,
    /// On SQLite a few connections that cannot write; on PostgreSQL the same pool.
    read: Pool,
    /// How much was written since SQLite's log was copied into the file.
    written: Arc<Written>,
    /// What files are sealed with.
    vault: Arc<Vault>,
    /// The folder of a database that nobody wants to keep; removed with the last clone.
    _temporary: Option<Arc<Temporary>>,
}

/// Cuts an instant to what both databases keep: microseconds.
fn micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}
