//! Vendors that speak the same language with small differences, as one table. What stands
//! here is what other servers document; everything else is the portable subset.

use super::Algorithm;
use serde::Deserialize;

/// Who stands behind the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    /// Twilio itself.
    #[default]
    Twilio,
    /// Another server with the same API and documents.
    Compatible,
}

/// How a vendor differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a table: each column is one difference")]
pub struct Profile {
    /// Whether a voice is named beside its language. Names are Twilio's own catalogue
    /// (<https://www.twilio.com/docs/voice/twiml/say/text-speech>); another server has voices of
    /// its own and finds one by the language.
    pub voices: bool,
    /// Whether `<Dial>` names a ringing tone. Somleng, for one, reads only `action`, `method`,
    /// `callerId` and `timeout` there (somleng-switch, `models/twiml/dial_verb.rb`).
    pub ring_tone: bool,
    /// Whether `<Pause>` may stand in `<Gather>`. Somleng refuses a document with anything but
    /// `<Say>` and `<Play>` there (somleng-switch, `models/twiml/gather_verb.rb`); the spaces
    /// between sentences do instead.
    pub pause_in_gather: bool,
    /// Whether a URL's fragment says how often a request is repeated
    /// (<https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides>). A server
    /// that does not know it might send it along, and the signature would not fit.
    pub overrides: bool,
    /// Whether an account is named `AC` and 32 hexadecimal digits
    /// (<https://www.twilio.com/docs/glossary/what-is-a-sid>); others have names of their own.
    pub accounts: bool,
    /// The signatures it makes. The setting for SHA-256 is a beta of Twilio's alone
    /// (<https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys>).
    pub algorithms: &'static [Algorithm],
}

// `trim` on <Record> stays for all: SignalWire and Telnyx document it, Somleng passes over it
// (developer.signalwire.com/compatibility-api/cxml/voice/record,
// developers.telnyx.com/docs/voice/programmable-voice/texml-verbs/record).
const TWILIO: Profile =
    Profile { voices: true, ring_tone: true, pause_in_gather: true, overrides: true, accounts: true, algorithms: &[Algorithm::Sha1, Algorithm::Sha256] };
const COMPATIBLE: Profile =
    Profile { voices: false, ring_tone: false, pause_in_gather: false, overrides: false, accounts: false, algorithms: &[Algorithm::Sha1] };

/// Two repeats of a report: nobody waits for it.
const REPORT: &str = "#rc=2&rp=ct,rt,5xx";
/// One quick repeat of a step: a caller waits, and after the second failure the fallback speaks.
const STEP: &str = "#rc=1&rp=ct,5xx&rt=6000";

impl Vendor {
    /// Returns how the vendor differs.
    #[must_use]
    pub const fn profile(self) -> &'static Profile {
        match self {
            Self::Twilio => &TWILIO,
            Self::Compatible => &COMPATIBLE,
        }
    }
}

impl Profile {
    /// Returns the address of a step as it stands in documents and requests: repeated once where it fails.
    /// Safe, because every step answers a repeat as it answered the first time.
    #[must_use]
    pub fn step_url(&self, url: &str) -> String {
        self.with(url, STEP)
    }

    /// Returns the address of a report – a status, a recording, the end of a dial: repeated twice.
    #[must_use]
    pub fn report_url(&self, url: &str) -> String {
        self.with(url, REPORT)
    }

    fn with(&self, url: &str, fragment: &str) -> String {
        if self.overrides && !url.is_empty() && !url.contains('#') { format!("{url}{fragment}") } else { url.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::Vendor;

    #[test]
    fn repeats_are_asked_for_where_they_are_understood() {
        let (twilio, other) = (Vendor::Twilio.profile(), Vendor::Compatible.profile());
        let url = "https://line.example.org/t/v/step?n=1";
        assert_eq!(twilio.step_url(url), format!("{url}#rc=1&rp=ct,5xx&rt=6000"));
        assert_eq!(twilio.report_url(url), format!("{url}#rc=2&rp=ct,rt,5xx"));
        assert_eq!(twilio.report_url("https://a/#x"), "https://a/#x");
        assert_eq!((other.step_url(url), other.report_url(url)), (url.to_owned(), url.to_owned()));
    }

    #[test]
    fn a_vendor_is_named_in_lower_case() {
        let read = |name: &str| serde_json::from_value::<Vendor>(name.into()).ok();
        assert_eq!(["twilio", "compatible", "Twilio"].map(read), [Some(Vendor::Twilio), Some(Vendor::Compatible), None]);
    }
}
