//! What can fail around the switch. None of it loses an accepted event.

use super::attachment::FileError;
use crate::catalogue::CatalogueError;
use crate::handbook::HandbookError;
use crate::place::PlaceError;
use crate::routing::RoutingError;
use crate::store::StoreError;
use thiserror::Error;

/// An event was not taken; its sender must try again.
#[derive(Debug, Error)]
pub enum InboxError {
    /// Too many events wait; nothing was stored.
    #[error("too many events are waiting")]
    Full,
    /// The line is being stopped; nothing was stored.
    #[error("the line is being stopped")]
    Stopping,
    /// The store did not take it.
    #[error("the event could not be stored")]
    Store(#[from] StoreError),
    /// The commit of the whole batch failed; nothing of it was stored.
    #[error("the batch could not be committed: {0}")]
    Commit(String),
    /// The machine gives no randomness; nothing was stored.
    #[error("the machine gives no randomness")]
    Random,
    /// The decision itself broke; the event was put aside.
    #[error("the event could not be decided")]
    Decision,
}

/// The line could not be put together or kept running.
#[derive(Debug, Error)]
pub enum AppError {
    /// The database failed.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// A declared file is wrong.
    #[error("the declared files cannot be used")]
    Handbook(#[from] HandbookError),
    /// The lines of the demo are wrong.
    #[error("the lines cannot be used")]
    Routing(#[from] RoutingError),
    /// Places cannot be used.
    #[error("the places cannot be used")]
    Places(#[from] PlaceError),
    /// Services cannot be used.
    #[error("the services cannot be used")]
    Catalogue(#[from] CatalogueError),
    /// An event was not taken.
    #[error("the event was not taken")]
    Inbox(#[from] InboxError),
    /// A file was not kept.
    #[error("the file was not kept")]
    Kept(#[from] FileError),
    /// Calls to the outside cannot be prepared.
    #[error("calls to the outside cannot be prepared")]
    Outward(#[source] reqwest::Error),
    /// The address to listen on cannot be used.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A file cannot be read or written.
    #[error("cannot use {path}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}
