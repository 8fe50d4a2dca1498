//! Whom the line's numbers call at the provider: what is set there beside what should be.

use super::Exchange;
use crate::channel::twilio::client::{ApiError, NumberSettings, PhoneNumber};
use crate::domain::OwnNumber;
use serde::Serialize;

/// One of the line's numbers as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The number.
    pub number: String,
    /// What the provider calls it; `None` where the account has no such number.
    pub sid: Option<String>,
    /// What is to be set otherwise.
    pub changes: Vec<Change>,
    /// What only a person can mend, a sentence each.
    pub problems: Vec<String>,
    /// Whether somebody speaks when the line is down.
    #[serde(skip)]
    pub has_fallback: bool,
}

/// A setting that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its name at the provider.
    pub setting: &'static str,
    /// What is set.
    pub was: String,
    /// What should be.
    pub now: String,
}

/// What should be set of a number; what is `None` stays.
#[derive(Default)]
struct Wanted {
    voice: Option<String>,
    status: Option<String>,
    fallback: Option<String>,
    sms: Option<String>,
}

impl Exchange {
    /// Looks at the line's numbers; `fallback` is where the document for the worst case stands.
    ///
    /// # Errors
    /// When the provider does not list the account's numbers.
    pub async fn look(&self, fallback: Option<&str>) -> Result<Vec<Look>, ApiError> {
        let there = self.client.numbers().await?;
        // A name that messages carry is no number: nothing comes back to it.
        let own = self.phone.numbers.iter().filter(|own| own.is_two_way());
        Ok(own.map(|own| compared(own, there.iter().find(|one| one.phone_number == own.number), &self.wanted(own, fallback))).collect())
    }

    /// Sets a number as it should be and looks at it again.
    ///
    /// # Errors
    /// When the provider refuses.
    pub async fn set(&self, look: &Look, fallback: Option<&str>) -> Result<Look, ApiError> {
        let own = self.phone.numbers.iter().find(|own| own.number == look.number);
        let (Some(own), Some(sid)) = (own, &look.sid) else { return Ok(look.clone()) };
        let wanted = self.wanted(own, fallback);
        let settings = NumberSettings {
            sms_url: wanted.sms.as_deref(),
            sms_fallback_url: None,
            voice_url: wanted.voice.as_deref(),
            voice_fallback_url: wanted.fallback.as_deref(),
            status_callback: wanted.status.as_deref(),
        };
        let set = self.client.update_number(sid, &settings).await?;
        Ok(compared(own, Some(&set), &wanted))
    }

    fn wanted(&self, own: &OwnNumber, fallback: Option<&str>) -> Wanted {
        let voice = |path: &str| own.voice.then(|| self.links.at(path));
        Wanted {
            voice: voice("/twilio/voice").map(|url| self.profile.step_url(&url)),
            status: voice("/twilio/voice/status").map(|url| self.profile.report_url(&url)),
            fallback: fallback.filter(|_| own.voice).map(str::to_owned),
            sms: own.sms.then(|| self.profile.report_url(&self.links.at("/twilio/sms"))),
        }
    }
}

fn compared(own: &OwnNumber, there: Option<&PhoneNumber>, wanted: &Wanted) -> Look {
    let number = own.number.clone();
    let Some(there) = there else {
        let missing = format!("{number}: the account has no such number; get it at the provider, or correct [[phone.numbers]]");
        return Look { number, sid: None, changes: Vec::new(), problems: vec![missing], has_fallback: false };
    };
    let problems = obstacles(own, there).map(|problem| format!("{number}: {problem}")).collect();
    let has_fallback = !own.voice || wanted.fallback.is_some() || said(there.voice_fallback_url.as_ref()).is_some();
    Look { number, sid: Some(there.sid.clone()), changes: changes(there, wanted), problems, has_fallback }
}

fn changes(there: &PhoneNumber, wanted: &Wanted) -> Vec<Change> {
    let rows = [
        ("voice_url", &there.voice_url, &wanted.voice, "voice_method", &there.voice_method, "POST"),
        ("voice_fallback_url", &there.voice_fallback_url, &wanted.fallback, "voice_fallback_method", &there.voice_fallback_method, "GET"),
        ("status_callback", &there.status_callback, &wanted.status, "status_callback_method", &there.status_callback_method, "POST"),
        ("sms_url", &there.sms_url, &wanted.sms, "sms_method", &there.sms_method, "POST"),
    ];
    let change = |setting, was: &str, now: &str| (was != now).then(|| Change { setting, was: was.to_owned(), now: now.to_owned() });
    let changed = rows.into_iter().filter_map(|(setting, was, now, how, method, wanted)| {
        let now = now.as_ref()?;
        // A server that tells no method has one way only.
        let method = method.as_deref().and_then(|method| change(how, method, wanted));
        Some(change(setting, was.as_deref().unwrap_or_default(), now).into_iter().chain(method))
    });
    changed.flatten().collect()
}

/// Why a number does not do what is set of it.
fn obstacles(own: &OwnNumber, there: &PhoneNumber) -> impl Iterator<Item = &'static str> {
    let can = |what: fn(&crate::channel::twilio::client::Capabilities) -> bool| there.capabilities.as_ref().is_none_or(what);
    let led = |by: &Option<String>| said(by.as_ref()).is_some();
    [
        (own.voice && !can(|can| can.voice), "it cannot be called; set voice = false, or get a number that can"),
        (own.sms && !can(|can| can.sms), "it takes no messages; set sms = false, or get another number for messages"),
        (own.voice && led(&there.trunk_sid), "a SIP trunk takes its calls; take the number off the trunk at the provider"),
        (own.voice && led(&there.voice_application_sid), "an application takes its calls; take the number off the application at the provider"),
        (own.sms && led(&there.sms_application_sid), "an application takes its messages; take the number off the application at the provider"),
    ]
    .into_iter()
    .filter_map(|(is_so, problem)| is_so.then_some(problem))
}

fn said(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}
