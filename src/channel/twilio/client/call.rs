//! Calls the line makes, and changes to calls that are under way.

use super::message::{instant, text};
use super::{ApiError, Client};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A call to make (<https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewCall<'a> {
    /// Who is called, E.164.
    pub to: &'a str,
    /// The number that is shown: one of ours.
    pub from: &'a str,
    /// What happens once it is answered.
    pub url: &'a str,
    /// Who is told how it goes: initiated, ringing, answered, completed.
    pub status_callback: &'a str,
    /// How long it rings.
    pub timeout_s: u32,
    /// How long it may last; 0 is the provider's own limit.
    pub time_limit_s: u32,
}

/// A call as the API knows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Call {
    /// Its name: `CA…`.
    pub sid: String,
    /// How far it is: `queued`, `ringing`, `in-progress`, `completed`, `busy`, `failed`, `no-answer`, `canceled`, or a word we do not know.
    #[serde(default, deserialize_with = "text")]
    pub status: String,
    /// The call it is a leg of.
    #[serde(default)]
    pub parent_call_sid: Option<String>,
    /// When the API took it.
    #[serde(default, deserialize_with = "instant")]
    pub date_created: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Page {
    calls: Vec<Call>,
}

impl Client {
    /// Makes a call; never twice, whatever happens.
    ///
    /// # Errors
    /// `NoAnswer` when the phone may be ringing all the same.
    pub async fn create_call(&self, call: &NewCall<'_>) -> Result<Call, ApiError> {
        let (timeout, limit) = (call.timeout_s.to_string(), call.time_limit_s.to_string());
        let mut form = vec![("To", call.to), ("From", call.from), ("Url", call.url), ("Method", "POST"), ("Timeout", timeout.as_str())];
        form.extend((call.time_limit_s > 0).then_some(("TimeLimit", limit.as_str())));
        if !call.status_callback.is_empty() {
            form.extend([("StatusCallback", call.status_callback), ("StatusCallbackMethod", "POST")]);
            form.extend(["initiated", "ringing", "answered", "completed"].map(|event| ("StatusCallbackEvent", event)));
        }
        self.post(self.within(&["Calls.json"]), &form).await
    }

    /// Looks at a call.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn call(&self, sid: &str) -> Result<Call, ApiError> {
        self.get(self.within(&["Calls", &format!("{sid}.json")])).await
    }

    /// Lists the newest calls from a number of ours to a phone: how one finds out whether a phone was rung
    /// where that was never answered. No date is asked for: what is still queued was not started and has none.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn calls(&self, to: &str, from: &str) -> Result<Vec<Call>, ApiError> {
        self.listed(&[("To", to), ("From", from), ("PageSize", "50")]).await
    }

    /// Lists the calls that are going on, the newest thousand.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn calls_going_on(&self) -> Result<Vec<Call>, ApiError> {
        self.listed(&[("Status", "in-progress"), ("PageSize", "1000")]).await
    }

    async fn listed(&self, asked: &[(&str, &str)]) -> Result<Vec<Call>, ApiError> {
        let mut url = self.within(&["Calls.json"]);
        url.query_pairs_mut().extend_pairs(asked);
        Ok(self.get::<Page>(url).await?.calls)
    }

    /// Has a call under way go on with the document at `url`.
    ///
    /// # Errors
    /// [`ApiError::is_call_over`] when there is nobody left to go on.
    pub async fn redirect_call(&self, sid: &str, url: &str) -> Result<Call, ApiError> {
        self.update_call(sid, &[("Url", url), ("Method", "POST")]).await
    }

    /// Ends a call, ringing or answered.
    ///
    /// # Errors
    /// [`ApiError::is_call_over`] when it has ended already.
    pub async fn complete_call(&self, sid: &str) -> Result<Call, ApiError> {
        self.update_call(sid, &[("Status", "completed")]).await
    }

    /// Ends a call only while nobody has answered; one that was answered goes on.
    ///
    /// # Errors
    /// [`ApiError::is_call_over`] when it has ended already.
    pub async fn cancel_call(&self, sid: &str) -> Result<Call, ApiError> {
        self.update_call(sid, &[("Status", "canceled")]).await
    }

    async fn update_call(&self, sid: &str, form: &[(&str, &str)]) -> Result<Call, ApiError> {
        self.post(self.within(&["Calls", &format!("{sid}.json")]), form).await
    }
}
