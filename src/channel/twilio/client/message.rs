//! Short messages: sent, looked at, listed.

use super::{ApiError, Client};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A message to send (<https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource>).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NewMessage<'a> {
    /// Who gets it, E.164.
    pub to: &'a str,
    /// Who sends it: one of our numbers or an alphanumeric name.
    pub from: &'a str,
    /// The words; at most 1 600 characters.
    pub body: &'a str,
    /// Who is told how it fares.
    pub status_callback: Option<&'a str>,
    /// Seconds it may wait at the provider before it is no longer worth sending: 1 to 36 000.
    pub validity_s: Option<u32>,
}

/// A message as the API knows it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// Its name: `SM…`.
    pub sid: String,
    /// How far it is, in the API's words; see [`delivery`](crate::channel::twilio::delivery).
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    /// Why it did not arrive; see [`fault`](crate::channel::twilio::fault).
    #[serde(default, deserialize_with = "code")]
    pub error_code: Option<u32>,
    /// Who gets it.
    #[serde(default)]
    pub to: Option<String>,
    /// Who sends it.
    #[serde(default)]
    pub from: Option<String>,
    /// The words.
    #[serde(default)]
    pub body: Option<String>,
    /// When the API took it.
    #[serde(default, deserialize_with = "instant")]
    pub date_created: Option<DateTime<Utc>>,
    /// When it left.
    #[serde(default, deserialize_with = "instant")]
    pub date_sent: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Page {
    messages: Vec<Message>,
}

impl Client {
    /// Sends a message; never twice, whatever happens.
    ///
    /// # Errors
    /// `NoAnswer` when it may have gone out all the same.
    pub async fn create_message(&self, message: &NewMessage<'_>) -> Result<Message, ApiError> {
        let validity = message.validity_s.map(|seconds| seconds.to_string());
        let mut form = vec![("To", message.to), ("From", message.from), ("Body", message.body)];
        form.extend(message.status_callback.map(|url| ("StatusCallback", url)));
        form.extend(validity.as_deref().map(|seconds| ("ValidityPeriod", seconds)));
        self.post(self.within(&["Messages.json"]), &form).await
    }

    /// Looks at a message.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn message(&self, sid: &str) -> Result<Message, ApiError> {
        self.get(self.within(&["Messages", &format!("{sid}.json")])).await
    }

    /// Lists the newest messages from a sender to a number: how one finds out whether a message went out
    /// whose creation was never answered. No date is asked for: what is still queued has not been sent and
    /// has none, and a filter by it may leave it out.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn messages(&self, to: &str, from: &str) -> Result<Vec<Message>, ApiError> {
        let mut url = self.within(&["Messages.json"]);
        url.query_pairs_mut().extend_pairs([("To", to), ("From", from), ("PageSize", "200")]);
        Ok(self.get::<Page>(url).await?.messages)
    }
}

/// Neither numbers nor words.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sid, status, error_code, .. } = self;
        f.debug_struct("Message").field("sid", sid).field("status", status).field("error_code", error_code).finish_non_exhaustive()
    }
}

impl fmt::Debug for NewMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewMessage").finish_non_exhaustive()
    }
}

/// Reads a text, where nothing is an empty one.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads an error code, as a number or in quotes. What cannot be read is no reason to lose the message's name.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    Ok(number.and_then(|code| u32::try_from(code).ok()))
}

/// Reads `Wed, 18 Aug 2027 20:01:40 +0000` or an ISO instant; anything else is no instant.
pub(super) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    let read = DateTime::parse_from_rfc2822(&text).or_else(|_| DateTime::parse_from_rfc3339(&text));
    Ok(read.ok().map(|at| at.with_timezone(&Utc)))
}
