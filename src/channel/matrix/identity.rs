//! By which key people are known. The first is taken as it is; when it is another one later, somebody else
//! may be writing – or the same person has a new phone. Nothing is refused for it: people are told.

use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use matrix_sdk::Client;
use matrix_sdk::ruma::UserId;
use std::sync::{Mutex, PoisonError};

/// What somebody's key is remembered under, beside the account's own.
const KNOWN: &str = "linka.known_by.";

/// The keys people are known by.
pub struct Identities {
    client: Client,
    told: Mutex<BoxStream<'static, Vec<String>>>,
}

impl Identities {
    /// Follows what the server tells this client of people's keys.
    ///
    /// # Errors
    /// When the client has no keys of its own.
    pub async fn of(client: &Client) -> matrix_sdk::Result<Self> {
        let updates = client.encryption().user_identities_stream().await?;
        let users = updates.map(|updates| updates.new.into_keys().chain(updates.changed.into_keys()).map(|user| user.to_string()).collect());
        Ok(Self { client: client.clone(), told: Mutex::new(users.boxed()) })
    }

    /// Lists of whose keys something was told since this was asked last.
    pub fn told(&self) -> Vec<String> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut users = Vec::new();
        while let Some(Some(more)) = told.next().now_or_never() {
            users.extend(more);
        }
        users
    }

    /// Returns somebody's key when it is another one than this person is known by; a first one is remembered.
    pub async fn other_key(&self, user: &str) -> Option<String> {
        let id = UserId::parse(user).ok().filter(|id| self.client.user_id() != Some(id))?;
        let identity = self.client.encryption().get_user_identity(&id).await.ok()??;
        let key = identity.master_key().get_first_key()?.to_base64();
        let known = self.client.state_store().get_custom_value(name(user).as_bytes()).await.ok()?;
        if known.is_none() {
            self.remember(user, &key).await;
        }
        known.filter(|known| known != key.as_bytes()).map(|_| key)
    }

    /// Knows somebody by this key from now on.
    pub async fn remember(&self, user: &str, key: &str) {
        if let Err(error) = self.client.state_store().set_custom_value_no_read(name(user).as_bytes(), key.as_bytes().to_vec()).await {
            tracing::warn!(%error, "a person's key cannot be remembered; should it change, it is told once more");
        }
    }
}

fn name(user: &str) -> String {
    format!("{KNOWN}{user}")
}
