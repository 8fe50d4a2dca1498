//! Names of things. What an event causes is named after the event, so that a
//! replay makes the same names and changes nothing.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

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
    /// Names an event as its source does, such as `sms:SM…` or `timer:…`; unique for ever.
    EventKey,
}

impl EventKey {
    /// Names the `n`-th thing this event causes; the same event always gives the same names.
    #[must_use]
    pub fn caused(&self, n: u32) -> Uuid {
        Uuid::new_v5(&CAUSED, format!("{}#{n}", self.0).as_bytes())
    }
}
