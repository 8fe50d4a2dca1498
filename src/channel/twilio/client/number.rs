//! The account's numbers and whom they call when somebody writes or rings.

use super::{ApiError, Client};
use serde::Deserialize;

/// Pages that are read at most; fifty numbers stand on one.
const PAGES_MAX: usize = 20;

/// A number of the account (<https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneNumber {
    /// Its name: `PN…`.
    pub sid: String,
    /// The number, E.164.
    pub phone_number: String,
    /// What people call it.
    #[serde(default)]
    pub friendly_name: Option<String>,
    /// Who is called when a message comes.
    #[serde(default)]
    pub sms_url: Option<String>,
    /// How.
    #[serde(default)]
    pub sms_method: Option<String>,
    /// Who is called when that fails.
    #[serde(default)]
    pub sms_fallback_url: Option<String>,
    /// Who is called when the phone rings.
    #[serde(default)]
    pub voice_url: Option<String>,
    /// How.
    #[serde(default)]
    pub voice_method: Option<String>,
    /// Who is called when that fails.
    #[serde(default)]
    pub voice_fallback_url: Option<String>,
    /// How.
    #[serde(default)]
    pub voice_fallback_method: Option<String>,
    /// Who is told when a call is over.
    #[serde(default)]
    pub status_callback: Option<String>,
    /// How.
    #[serde(default)]
    pub status_callback_method: Option<String>,
    /// An application whose addresses are used for messages instead of these.
    #[serde(default)]
    pub sms_application_sid: Option<String>,
    /// An application whose addresses are used for calls instead of these.
    #[serde(default)]
    pub voice_application_sid: Option<String>,
    /// A trunk that takes the calls instead of these addresses.
    #[serde(default)]
    pub trunk_sid: Option<String>,
    /// What the number can do.
    #[serde(default)]
    pub capabilities: Option<Capabilities>,
}

/// What a number can do; many Czech ones can only ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// Calls.
    #[serde(alias = "Voice")]
    pub voice: bool,
    /// Short messages.
    #[serde(alias = "SMS")]
    pub sms: bool,
}

/// What to change of a number; what is `None` stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberSettings<'a> {
    /// Who is called when a message comes, by POST.
    pub sms_url: Option<&'a str>,
    /// Who is called when that fails.
    pub sms_fallback_url: Option<&'a str>,
    /// Who is called when the phone rings, by POST.
    pub voice_url: Option<&'a str>,
    /// Where a document is fetched from when that fails, by GET: files are served to nothing else.
    pub voice_fallback_url: Option<&'a str>,
    /// Who is told when a call is over, by POST.
    pub status_callback: Option<&'a str>,
}

#[derive(Deserialize)]
struct Page {
    incoming_phone_numbers: Vec<PhoneNumber>,
    #[serde(default)]
    next_page_uri: Option<String>,
}

impl Client {
    /// Lists the account's numbers, all pages of them.
    ///
    /// # Errors
    /// `Unfit` when a page leads to another host.
    pub async fn numbers(&self) -> Result<Vec<PhoneNumber>, ApiError> {
        let mut numbers = Vec::new();
        let mut url = self.within(&["IncomingPhoneNumbers.json"]);
        url.query_pairs_mut().append_pair("PageSize", "50");
        for _ in 0..PAGES_MAX {
            let page: Page = self.get(url).await?;
            numbers.extend(page.incoming_phone_numbers);
            let Some(next) = page.next_page_uri.filter(|next| !next.is_empty()) else { break };
            url = self.base.join(&next).ok().filter(|next| self.is_own(next)).ok_or(ApiError::Unfit("not on the API's host"))?;
        }
        Ok(numbers)
    }

    /// Changes whom a number calls.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn update_number(&self, sid: &str, settings: &NumberSettings<'_>) -> Result<PhoneNumber, ApiError> {
        let method = |name, url: Option<&str>| url.map(|_| (name, "POST"));
        let file = |name, url: Option<&str>| url.map(|_| (name, "GET"));
        let named = |name, url| Option::map(url, |url| (name, url));
        let form: Vec<(&str, &str)> = [
            named("SmsUrl", settings.sms_url),
            method("SmsMethod", settings.sms_url),
            named("SmsFallbackUrl", settings.sms_fallback_url),
            named("VoiceUrl", settings.voice_url),
            method("VoiceMethod", settings.voice_url),
            named("VoiceFallbackUrl", settings.voice_fallback_url),
            file("VoiceFallbackMethod", settings.voice_fallback_url),
            named("StatusCallback", settings.status_callback),
            method("StatusCallbackMethod", settings.status_callback),
        ]
        .into_iter()
        .flatten()
        .collect();
        self.post(self.within(&["IncomingPhoneNumbers", &format!("{sid}.json")]), &form).await
    }
}
