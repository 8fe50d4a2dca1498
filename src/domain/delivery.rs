//! The fate of a letter. States only climb, and a terminal one stays.

use serde::{Deserialize, Serialize};

/// How far a letter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Waits for its turn.
    Queued,
    /// Is being handed to the channel at this moment.
    Sending,
    /// May have gone out: the channel never answered. Never repeated blindly.
    Unknown,
    /// The channel has it.
    Sent,
    /// The person's device has it.
    Delivered,
    /// The person has read it, or picked up the phone.
    Read,
    /// Will not arrive.
    Failed,
    /// No longer needed: withdrawn or expired before it went out.
    Withdrawn,
}

impl Delivery {
    /// Every state, in rank order.
    pub const ALL: [Self; 8] =
        [Self::Queued, Self::Sending, Self::Unknown, Self::Sent, Self::Delivered, Self::Read, Self::Failed, Self::Withdrawn];

    /// Returns the name used in the database and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a name written by [`Delivery::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Sending => 1,
            Self::Unknown => 2,
            Self::Sent => 3,
            Self::Delivered | Self::Failed | Self::Withdrawn => 4,
            Self::Read => 5,
        }
    }

    /// Tells whether nothing but a reading can follow.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        self.rank() >= 4
    }

    /// Returns the state after hearing `report`: the higher of the two, a terminal one kept.
    ///
    /// The one step back is from `Sending` to `Queued`, which only the outbox takes,
    /// when the channel said that nothing went out.
    #[must_use]
    pub const fn after(self, report: Self) -> Self {
        let retried = matches!((self, report), (Self::Sending, Self::Queued));
        let read = matches!((self, report), (Self::Delivered, Self::Read));
        if retried || read || (!self.is_terminal() && report.rank() > self.rank()) { report } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Delivery;

    #[test]
    fn a_state_never_goes_back_and_a_terminal_one_stays() {
        for old in Delivery::ALL {
            for new in Delivery::ALL {
                let after = old.after(new);
                assert!(after == old || after == new);
                assert!(after.rank() >= old.rank() || (old == Delivery::Sending && new == Delivery::Queued));
                if matches!(old, Delivery::Failed | Delivery::Read | Delivery::Withdrawn) {
                    assert_eq!(after, old);
                }
            }
        }
    }
}
