//! The account itself: asked for to see whether the credentials are good.

use super::message::text;
use super::{ApiError, Client};
use serde::Deserialize;

/// What the API says of the account (<https://www.twilio.com/docs/iam/api/account>).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// Its name: `AC…`.
    pub sid: String,
    /// What people call it.
    #[serde(default, deserialize_with = "text")]
    pub friendly_name: String,
    /// `active`, `suspended` or `closed`.
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    /// `Trial` or `Full`; a trial reaches verified numbers only.
    #[serde(default, deserialize_with = "text", rename = "type")]
    pub kind: String,
}

impl Client {
    /// Asks for the account.
    ///
    /// # Errors
    /// `Refused` with 401 when the credentials are wrong.
    pub async fn account(&self) -> Result<Account, ApiError> {
        self.get(self.address(&[&format!("{}.json", self.credentials.account_sid)])).await
    }
}
