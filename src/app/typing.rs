//! Somebody types: while an operator writes an answer, the chat it will go to shows that it is being
//! written – by the line, as every answer is. Nothing of it is stored, and nothing waits for it.

use super::App;
use crate::domain::{Address, Stage};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A chat is told no more often; where it is shown it lasts a little longer.
const EVERY: TimeDelta = TimeDelta::seconds(3);
/// Longer nobody waits for a channel to show it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where it was shown lately, and when.
#[derive(Debug, Default)]
pub(super) struct Shown(Mutex<BTreeMap<Address, DateTime<Utc>>>);

impl Shown {
    /// Notes that it is shown somewhere; tells whether it was not just now.
    fn is_due(&self, at: &Address, now: DateTime<Utc>) -> bool {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|_, last| (TimeDelta::zero()..EVERY).contains(&now.signed_duration_since(*last)));
        if shown.contains_key(at) {
            return false;
        }
        shown.insert(at.clone(), now);
        true
    }
}

impl App {
    /// Shows the worker that an answer is being written, when it is an operator who types and it is clear
    /// to whom. Whatever goes wrong about it harms nobody.
    pub async fn types(&self, from: &Address) {
        let Some(to) = self.answers(from).await else { return };
        let Some(channel) = self.channels().named(&to.channel).filter(|channel| channel.is_here()) else { return };
        if self.shown.is_due(&to, self.clock().now()) && tokio::time::timeout(PATIENCE, channel.shows_typing(&to)).await.is_err() {
            tracing::debug!(channel = to.channel, "that somebody types could not be shown in time");
        }
    }

    /// Where words go that are written at an operator's address: to the one contact that is open there.
    async fn answers(&self, from: &Address) -> Option<Address> {
        let handbook = self.handbook();
        let held = self.store().held_by(&handbook.operator_at(from)?.id).await.ok()?;
        match held.as_slice() {
            [contact] if contact.stage == Stage::Held => Some(contact.address.clone()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::domain::Address;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn a_chat_is_told_once_in_a_few_seconds() {
        let (shown, now) = (Shown::default(), DateTime::UNIX_EPOCH);
        let (one, other) = (Address::new("chat", "one"), Address::new("chat", "other"));
        let due = |at: &Address, milliseconds| shown.is_due(at, now + TimeDelta::milliseconds(milliseconds));
        assert!(due(&one, 0) && !due(&one, 0) && !due(&one, 2_999) && due(&other, 2_999));
        assert!(due(&one, 3_000) && !due(&one, 5_000));
        assert!(due(&one, -60_000), "a clock that was set back silences nobody");
    }
}
