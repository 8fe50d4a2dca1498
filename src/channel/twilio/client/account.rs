//! The account itself: asked for to see whether the credentials are good.

use super::message::text;
use super::{ApiError, Client};
use crate::channel::twilio::Secret;
use serde::{Deserialize, Deserializer};

/// What the API says of the account (<https://www.twilio.com/docs/iam/api/account>).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
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
    /// The token its requests to us are signed with; nothing where it is not told, or masked.
    #[serde(default, deserialize_with = "token")]
    pub auth_token: Option<Secret>,
}

/// Reads a token: letters and digits, anything else stands for it and is none.
fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    let told = text(deserializer)?;
    let is_plain = told.len() >= 8 && told.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    Ok(is_plain.then(|| Secret::new(told)))
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
