//! The door of Matrix: what is said in rooms becomes events; how far was listened moves on only when they
//! are stored for good. Nothing is decided here.

mod aside;
mod house;
mod inspection;
mod listen;
mod reading;
mod typing;

pub use house::House;
pub use inspection::{inspect, strays};
pub use listen::Turn;

use super::flood::Flood;
use crate::app::App;
use crate::channel::matrix::{Identities, News, Seated, Talk};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// What listens for one account.
pub struct Listener {
    app: Arc<App>,
    talk: Talk,
    identities: Identities,
    /// Where the account keeps how far it has listened.
    folder: PathBuf,
    flood: Arc<Flood>,
    /// Rooms that were told that open words are not read there.
    told: Mutex<BTreeSet<String>>,
    typing: typing::Typing,
    /// What was heard and could not be stored yet.
    behind: tokio::sync::Mutex<Option<News>>,
    /// The account is open here, and letters leave here, as long as somebody listens.
    _seated: Seated,
}
