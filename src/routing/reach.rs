//! How soon each of an operator's contact points is used, while an offer stays unanswered.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One step of a personal rule, written `sms 2`: by SMS, two minutes after the offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reach {
    /// The channel of the contact point.
    pub channel: String,
    /// Minutes since the offer.
    pub after_minutes: u32,
}

/// Later than this an offer has long gone elsewhere.
const MINUTES_MAX: u32 = 120;

impl TryFrom<String> for Reach {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.trim().rsplit_once(char::is_whitespace);
        let minutes = parts.and_then(|(_, minutes)| minutes.parse().ok()).filter(|minutes| *minutes <= MINUTES_MAX);
        parts.zip(minutes).map_or_else(
            || Err(format!("`{text}` is not a step such as \"sms 2\": a channel and 0 to {MINUTES_MAX} minutes")),
            |((channel, _), after_minutes)| Ok(Self { channel: channel.trim().to_owned(), after_minutes }),
        )
    }
}

impl From<Reach> for String {
    fn from(reach: Reach) -> Self {
        reach.to_string()
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.channel, self.after_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;

    #[test]
    fn a_step_is_written_as_it_is_read() {
        for text in ["chat 0", "sms 2", "voice 120"] {
            assert_eq!(Reach::try_from(text.to_owned()).unwrap().to_string(), text);
        }
        for text in ["", "sms", "2", "sms x", "sms 121", "sms -1"] {
            assert!(Reach::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
