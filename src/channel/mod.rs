//! The outside world, one folder a medium. A channel carries a finished letter out and
//! says what became of it; what it hears it hands to `app` as an event. It decides
//! nothing and never touches the store.

pub mod matrix;
mod outward;
mod secret;
pub mod sim;
pub mod telegram;
pub mod twilio;
pub mod web;

pub use outward::outward;
pub use secret::Secret;

use crate::domain::{Ability, Address, Barrier, Delivery, Letter, Reported};
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;
use uuid::Uuid;

/// A way to reach people.
///
/// Sending one letter twice must show it once where [`Ability::idempotent`] says so; letters
/// to one address arrive in the order they are sent.
pub trait Channel: Send + Sync {
    /// Returns the name that addresses carry, such as `sms`.
    fn name(&self) -> &str;

    /// Tells what the channel is able to do.
    fn ability(&self) -> Ability;

    /// Returns the line's own handles on this channel, such as its phone number.
    fn own(&self) -> Vec<String> {
        Vec::new()
    }

    /// Returns the address that opens the line in the channel's application, with a code of an invitation
    /// written already where that can be; `None` where there is none, or it is not known yet.
    fn way_in(&self, _code: &str) -> Option<String> {
        None
    }

    /// Tells whether it can be used on this node now; one whose account only one node can have open at a
    /// time cannot where another has it.
    fn is_here(&self) -> bool {
        true
    }

    /// Hands one letter over; resolves when the channel has it or says why not.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>>;

    /// Shows at an address for a few seconds that an answer is being written; most channels have no sign
    /// for it. Trouble with it is the channel's own.
    fn shows_typing<'a>(&'a self, _to: &'a Address) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }

    /// Tells of which letters the channel can be asked what became of them.
    fn tells(&self) -> Tells {
        Tells::Nothing
    }

    /// Asks what became of a letter that was handed over, or perhaps was: then the channel looks for it.
    /// Returns every message it may be, oldest first, none when the channel never had it; `None` when it
    /// cannot tell.
    fn fate<'a>(&'a self, _letter: &'a Letter) -> BoxFuture<'a, Result<Option<Vec<Reported>>, SendError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

/// Of which letters a channel can be asked what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Of none.
    Nothing,
    /// Of those that may have gone out.
    Lost,
    /// Of those, and of those it has and says nothing more about.
    Every,
}

/// Tells a channel the time.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Hands a channel the bytes of a file the store keeps; `None` for one that is kept no more, or cannot be
/// read now.
pub type Files = Arc<dyn Fn(Uuid) -> BoxFuture<'static, Option<Vec<u8>>> + Send + Sync>;

/// A letter the channel has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// How far it came.
    pub delivery: Delivery,
    /// What the channel calls it from now on.
    pub reference: Option<String>,
}

impl From<Delivery> for Handed {
    fn from(delivery: Delivery) -> Self {
        Self { delivery, reference: None }
    }
}

/// Why a letter was not handed over. What follows stands in one table, [`SendError::then`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SendError {
    /// Nothing went out; worth another try after some seconds.
    #[error("the channel is busy")]
    Later {
        /// How long to wait at least, in seconds; 0 leaves it to the outbox.
        after_s: u32,
    },
    /// Nothing went out because there is too much at once, or the channel takes nothing now; it is no
    /// failed attempt of this letter.
    #[error("the channel takes no more at this moment")]
    Throttled {
        /// How long to wait at least, in seconds.
        after_s: u32,
    },
    /// This letter will never arrive, and why: too large, a kind the channel does not carry.
    #[error("the letter cannot be delivered: {reason}")]
    Never {
        /// The channel's words, without personal data.
        reason: String,
    },
    /// Nothing will arrive at this address, whatever is sent there.
    #[error("nothing arrives at the address: {reason}")]
    Barred {
        /// Blocked by the person, or not to be reached.
        barrier: Barrier,
        /// The channel's words, without personal data.
        reason: String,
    },
    /// The line is being stopped; the letter stays for the next start.
    #[error("the channel is being stopped")]
    Stopped,
    /// It may have gone out: the channel never answered.
    #[error("the channel did not answer")]
    Unknown,
    /// Our own fault, such as wrong credentials: the channel rests and a person is told.
    #[error("the channel refuses us: {reason}")]
    Ours {
        /// The channel's words.
        reason: String,
    },
}

/// What the outbox does about a [`SendError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Queues the letter again, at least so many seconds later.
    Again(u32),
    /// Reports this end.
    End(Delivery, String),
}

impl SendError {
    /// Decides what follows for a letter handed over `attempts` times.
    #[must_use]
    pub fn then(&self, attempts: i64, idempotent: bool) -> Then {
        let wait = back_off_s(attempts);
        match self {
            Self::Later { .. } | Self::Ours { .. } if attempts >= crate::domain::ATTEMPTS_MAX => Then::End(Delivery::Failed, self.to_string()),
            Self::Later { after_s } => Then::Again(wait.max(*after_s)),
            Self::Throttled { after_s } => Then::Again((*after_s).max(1)),
            Self::Ours { .. } => Then::Again(wait.max(60)),
            Self::Never { reason } | Self::Barred { reason, .. } => Then::End(Delivery::Failed, reason.clone()),
            Self::Stopped => Then::Again(0),
            Self::Unknown if idempotent && attempts < crate::domain::ATTEMPTS_MAX => Then::Again(wait),
            Self::Unknown => Then::End(Delivery::Unknown, self.to_string()),
        }
    }
}

impl SendError {
    /// Tells what bars the address, when the address is the reason.
    #[must_use]
    pub const fn barrier(&self) -> Option<Barrier> {
        match self {
            Self::Barred { barrier, .. } => Some(*barrier),
            Self::Later { .. } | Self::Throttled { .. } | Self::Never { .. } | Self::Stopped | Self::Unknown | Self::Ours { .. } => None,
        }
    }
}

/// Seconds before the next attempt: 2, 4, 8 … at most five minutes.
fn back_off_s(attempts: i64) -> u32 {
    let doublings = u32::try_from(attempts.clamp(1, 9)).unwrap_or(9);
    2_u32.saturating_pow(doublings).min(300)
}

/// The switched-on channels by name.
#[derive(Clone, Default)]
pub struct Channels(BTreeMap<String, Arc<dyn Channel>>);

impl Channels {
    /// Gathers channels; of two with one name the later stays.
    pub fn new(channels: impl IntoIterator<Item = Arc<dyn Channel>>) -> Self {
        Self(channels.into_iter().map(|channel| (channel.name().to_owned(), channel)).collect())
    }

    /// Finds a channel by name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<dyn Channel>> {
        self.0.get(name)
    }

    /// Returns every channel, by name.
    pub fn all(&self) -> impl Iterator<Item = &Arc<dyn Channel>> {
        self.0.values()
    }

    /// Returns the names of those that are another node's to use now.
    #[must_use]
    pub fn elsewhere(&self) -> Vec<String> {
        self.0.iter().filter(|(_, channel)| !channel.is_here()).map(|(name, _)| name.clone()).collect()
    }

    /// Returns each channel's name with the address that opens the line there.
    #[must_use]
    pub fn ways_in(&self, code: &str) -> Vec<(String, String)> {
        self.0.values().filter_map(|channel| Some((channel.name().to_owned(), channel.way_in(code)?))).collect()
    }

    /// Returns the line's own addresses.
    #[must_use]
    pub fn own(&self) -> Vec<Address> {
        self.0.values().flat_map(|channel| channel.own().into_iter().map(|handle| Address::new(channel.name(), handle))).collect()
    }

    /// Returns what each is able to do, as the handbook keeps it.
    #[must_use]
    pub fn abilities(&self) -> BTreeMap<String, Ability> {
        self.0.iter().map(|(name, channel)| (name.clone(), channel.ability())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{SendError, Then};
    use crate::domain::{ATTEMPTS_MAX, Barrier, Delivery};

    #[test]
    fn one_table_says_what_follows() {
        let later = SendError::Later { after_s: 30 };
        let table = [
            (later.clone(), 1, false, Then::Again(30)),
            (SendError::Later { after_s: 0 }, 3, false, Then::Again(8)),
            (later.clone(), ATTEMPTS_MAX, false, Then::End(Delivery::Failed, later.to_string())),
            (SendError::Throttled { after_s: 0 }, 3, false, Then::Again(1)),
            (SendError::Throttled { after_s: 20 }, ATTEMPTS_MAX + 5, false, Then::Again(20)),
            (SendError::Never { reason: "too large".into() }, 1, true, Then::End(Delivery::Failed, "too large".into())),
            (
                SendError::Barred { barrier: Barrier::Unreachable, reason: "no such number".into() },
                1,
                true,
                Then::End(Delivery::Failed, "no such number".into()),
            ),
            (SendError::Unknown, 1, false, Then::End(Delivery::Unknown, SendError::Unknown.to_string())),
            (SendError::Unknown, 1, true, Then::Again(2)),
            (SendError::Stopped, 1, false, Then::Again(0)),
            (SendError::Ours { reason: "token".into() }, 1, false, Then::Again(60)),
        ];
        for (error, attempts, idempotent, then) in table {
            assert_eq!(error.then(attempts, idempotent), then, "{error:?} {attempts} {idempotent}");
        }
    }
}
