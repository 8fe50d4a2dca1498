//! Where the account's client is found while this node has the account open. Two programs that use one
//! device's keys at once would spoil them, so the channel has no client of its own: whoever listens opens
//! the account, and as long as it does letters leave here.

use matrix_sdk::Client;
use std::sync::{Arc, PoisonError, RwLock};

/// The account's client, where this node has one.
#[derive(Clone, Default)]
pub struct Seat(Arc<RwLock<Option<Client>>>);

/// Keeps the account open on this node for as long as it lives.
pub struct Seated(Seat);

impl Seat {
    /// Opens the account on this node.
    #[must_use]
    pub fn take(&self, client: Client) -> Seated {
        self.set(Some(client));
        Seated(self.clone())
    }

    /// Returns the client; `None` where another node has the account, or none.
    #[must_use]
    pub fn client(&self) -> Option<Client> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, client: Option<Client>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = client;
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.0.set(None);
    }
}
