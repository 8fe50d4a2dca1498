//! Where a person can be reached, and what the channel there is able to do.

use super::{Lang, Medium};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A person's end of a channel: `sms` and `+420719000101`, `web` and a session.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// The channel's name in the channel list, such as `sms`.
    pub channel: String,
    /// The person's handle there: an E.164 number, a room, a session.
    pub handle: String,
}

impl Address {
    /// Joins a channel and a handle.
    pub fn new(channel: impl Into<String>, handle: impl Into<String>) -> Self {
        Self { channel: channel.into(), handle: handle.into() }
    }

    /// Reads what a person writes as channel, colon, handle; `None` when either is missing.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (channel, handle) = text.split_once(':').map(|(channel, handle)| (channel.trim(), handle.trim()))?;
        (!channel.is_empty() && !handle.is_empty()).then(|| Self::new(channel, handle))
    }

    /// Tells whether the handle is a phone number one can call or text back (E.164).
    /// Withheld callers (`anonymous`, `restricted`, empty, `+266696687`) are not.
    #[must_use]
    pub fn is_number(&self) -> bool {
        let Some(digits) = self.handle.strip_prefix('+') else { return false };
        self.handle != "+266696687" && (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    }

    /// Tells whether a short message can arrive there: a number that is no landline. In the Czech
    /// numbering plan mobile numbers begin with 6 or 7; 2 to 5 are landlines, 8 and 9 services and
    /// private networks (decree 117/2007 Sb.). Other countries' numbers are tried.
    #[must_use]
    pub fn takes_messages(&self) -> bool {
        self.is_number() && self.handle.strip_prefix("+420").is_none_or(|national| national.len() == 9 && national.starts_with(['6', '7']))
    }

    /// Returns the word a person reads for the channel: of the medium it is named after, else its own name.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        Medium::from_name(&self.channel).map_or(self.channel.as_str(), |medium| medium.label(lang))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.channel, self.handle)
    }
}

/// What a channel is able to do; the core asks this and never the channel's brand.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent ability that the core asks for by name")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ability {
    /// What the person holds.
    pub medium: Medium,
    /// Options can be shown as buttons that come back as a choice.
    pub buttons: bool,
    /// The person can answer on the same address.
    pub two_way: bool,
    /// Sending the same letter twice shows it once, so a "maybe sent" may be repeated.
    pub idempotent: bool,
    /// What an event causes is handed over in the answer to that event (a phone call).
    pub inline: bool,
    /// The channel tells by itself when a phone has rung long enough.
    pub ends_rings: bool,
    /// Files can be sent and received.
    pub files: bool,
    /// Words that were sent can be changed.
    pub edits: bool,
    /// What belongs to one contact stays together in a room of many people.
    pub threads: bool,
    /// Longest text of one letter, in UTF-16 units, as chat applications count them, or in those of a
    /// short message; longer ones are split at sentences.
    pub characters_max: usize,
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn landlines_and_withheld_numbers_take_no_messages() {
        let table = [
            ("+420719000101", true),
            ("+420604000101", true),
            ("+420228880001", false),
            ("+420596880001", false),
            ("+420800880001", false),
            ("+420974880001", false),
            ("+42071900010", false),
            ("+421900000001", true),
            ("+4915100000001", true),
            ("+266696687", false),
            ("anonymous", false),
            ("Linka", false),
            ("116123", false),
            ("", false),
        ];
        for (handle, takes) in table {
            assert_eq!(Address::new("sms", handle).takes_messages(), takes, "{handle}");
        }
    }
}
