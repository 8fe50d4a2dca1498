//! Names of things. What an event causes is named after the event, so that a
//! replay makes the same names and changes nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::{Builder, Uuid};

const CAUSED: Uuid = Uuid::from_u128(0x6c69_6e6b_612d_6576_656e_742d_6361_7573);

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// Wraps a name as it stands.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// Returns the name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

uuid_ids! {
    /// Names one contact.
    ContactId,
    /// Names one outgoing letter.
    LetterId,
    /// Names one timer.
    TimerId,
    /// Names one entry of the contact log.
    EntryId,
    /// Names one worker, whatever channels the worker uses.
    WorkerId,
}

text_ids! {
    /// Names a line: a slug such as `ustecky`.
    LineId,
    /// Names an operator or a coordinator: a slug such as `jana`.
    OperatorId,
    /// Names a rule of the roster: an override, an absence, a cover or a swap.
    RuleId,
    /// Names an event as its source does, such as `sms:SM…` or `timer:…`; unique for ever.
    EventKey,
}

impl EventKey {
    /// Names the `n`-th thing the event of this key causes at `at`; the same event always gives the
    /// same names. They begin with the time, so that what is written together lies together.
    #[must_use]
    pub fn caused(&self, at: DateTime<Utc>, n: u32) -> Uuid {
        let [_, _, milliseconds @ ..] = at.timestamp_millis().to_be_bytes();
        beginning(milliseconds, Uuid::new_v5(&CAUSED, format!("{}#{n}", self.0).as_bytes()))
    }
}

impl ContactId {
    /// Names something a contact has once; it lies beside the contact.
    #[must_use]
    pub fn owned(self, name: &str) -> Uuid {
        neighbour(self.0, name)
    }
}

impl LetterId {
    /// Names something a letter has once; it lies beside the letter.
    #[must_use]
    pub fn owned(self, name: &str) -> Uuid {
        neighbour(self.0, name)
    }
}

fn neighbour(of: Uuid, name: &str) -> Uuid {
    let time = of.as_bytes().first_chunk().copied().unwrap_or_default();
    beginning(time, Uuid::new_v5(&of, name.as_bytes()))
}

/// Forty-eight bits of time before the rest of a hash: version 8 of RFC 9562.
fn beginning(milliseconds: [u8; 6], hash: Uuid) -> Uuid {
    let [_, _, _, _, _, _, rest @ ..] = hash.into_bytes();
    let mut bytes = milliseconds.into_iter().chain(rest);
    Builder::from_custom_bytes(std::array::from_fn(|_| bytes.next().unwrap_or_default())).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::{ContactId, EventKey};
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn names_repeat_differ_and_follow_the_time() {
        let at = DateTime::from_timestamp(1_770_000_000, 0).unwrap();
        let key = EventKey::new("sms:1");
        assert_eq!(key.caused(at, 1), key.caused(at, 1));
        assert_ne!(key.caused(at, 1), key.caused(at, 2));
        assert_ne!(key.caused(at, 1), EventKey::new("sms:2").caused(at, 1));
        for n in 0..50 {
            assert!(key.caused(at, n) < key.caused(at + TimeDelta::milliseconds(1), 50 - n));
        }
        let contact = ContactId(key.caused(at, 1));
        assert_eq!(contact.owned("due").as_bytes()[..6], contact.0.as_bytes()[..6]);
        assert_ne!(contact.owned("due"), contact.owned("remind"));
    }
}
