//! One call as a request tells of it.

use super::webhook::Webhook;
use crate::channel::twilio::voice::VOICE;
use crate::domain::{Address, ContactId, EventKey, Via};

/// What a caller's number looks like that is not shown, besides words: the letters of ANONYMOUS on a
/// keypad (<https://help.twilio.com/articles/223179988>).
const ANONYMOUS: &str = "+266696687";
/// Digits of a call's name that tell two hidden callers apart.
const TELLING: usize = 12;

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// The provider's name of it.
    pub(super) sid: String,
    /// The other end. Of a hidden number only this one call is known.
    pub(super) from: Address,
    /// The line's own number.
    pub(super) own: String,
}

impl Call {
    /// Reads a call that came in, or one the line has made; `None` when the request names no call.
    pub(super) fn read(hook: &Webhook) -> Option<Self> {
        let sid = Some(hook.said("CallSid")).filter(|sid| is_sid(sid))?.to_owned();
        let (from, own) = if hook.said("Direction").starts_with("outbound") { ("To", "From") } else { ("From", "To") };
        let handle = number(hook.said(from), &sid);
        Some(Self { sid, from: Address::new(VOICE, handle), own: hook.said(own).to_owned() })
    }

    /// How events of this call came in.
    pub(super) fn via(&self, contact: Option<ContactId>) -> Via {
        Via { own: Some(self.own.clone()), call: Some(self.sid.clone()), contact, ..Via::default() }
    }

    /// Names the event that began the call.
    pub(super) fn began(&self) -> EventKey {
        self.key("called")
    }

    /// Names an event of this call.
    pub(super) fn key(&self, what: &str) -> EventKey {
        EventKey::new(format!("voice:{}:{what}", self.sid))
    }
}

/// The caller's number; a hidden one gets a name of its own, so that no two of them are one person.
fn number(from: &str, sid: &str) -> String {
    let shown = Address::new(VOICE, from);
    if shown.is_number() && from != ANONYMOUS {
        return from.to_owned();
    }
    let telling = sid.len().checked_sub(TELLING).and_then(|at| sid.get(at..)).unwrap_or(sid);
    format!("withheld-{telling}")
}

/// `CA` and 32 hexadecimal digits.
fn is_sid(sid: &str) -> bool {
    sid.strip_prefix("CA").is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::{is_sid, number};

    #[test]
    fn a_hidden_number_is_nobodys() {
        let sid = "CA0123456789abcdef0123456789abcdef";
        for hidden in ["anonymous", "+266696687", "restricted", "", "sip:box@example.org", "unavailable"] {
            assert_eq!(number(hidden, sid), "withheld-456789abcdef", "{hidden}");
        }
        assert_eq!(number("+420719000201", sid), "+420719000201");
        assert!(is_sid(sid));
        assert!(["", "CA", "SM0123456789abcdef0123456789abcdef", "CA0123456789abcdef0123456789abcdeg"].into_iter().all(|sid| !is_sid(sid)));
    }
}
