//! How fast messages may leave: thirty a second in all, one a second to a chat on the average, twenty a
//! minute to a group (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>).
//! A letter that has to wait keeps its place in the outbox; nothing is queued here.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// So many in all within a second.
const IN_ALL: Limit = Limit { messages: 30, seconds: 1 };
/// To one person: what belongs together leaves together.
const TO_PERSON: Limit = Limit { messages: 5, seconds: 5 };
/// To a group.
const TO_GROUP: Limit = Limit { messages: 20, seconds: 60 };
/// Chats remembered; when there are more, those whose stretch is over are forgotten, else all.
const CHATS_MAX: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Limit {
    messages: u32,
    seconds: u32,
}

/// A stretch of time and what left within it.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    since: DateTime<Utc>,
    messages: u32,
}

impl Limit {
    fn is_over(self, stretch: Stretch, now: DateTime<Utc>) -> bool {
        let passed = now.signed_duration_since(stretch.since);
        passed < TimeDelta::zero() || passed >= TimeDelta::seconds(self.seconds.into())
    }

    /// The seconds to wait until another message may leave; 0 when it may now.
    fn wait(self, stretch: Option<Stretch>, now: DateTime<Utc>) -> u32 {
        let full = stretch.filter(|stretch| !self.is_over(*stretch, now) && stretch.messages >= self.messages);
        let passed = full.map(|stretch| now.signed_duration_since(stretch.since).num_seconds());
        passed.map_or(0, |passed| self.seconds.saturating_sub(u32::try_from(passed).unwrap_or_default()).max(1))
    }

    fn counted(self, stretch: Option<Stretch>, now: DateTime<Utc>) -> Stretch {
        let going_on = stretch.filter(|stretch| !self.is_over(*stretch, now));
        going_on.map_or(Stretch { since: now, messages: 1 }, |stretch| Stretch { messages: stretch.messages.saturating_add(1), ..stretch })
    }
}

/// What has left lately.
#[derive(Debug, Default)]
pub(super) struct Pace {
    all: Option<Stretch>,
    chats: HashMap<i64, Stretch>,
}

impl Pace {
    /// Counts a message that leaves now.
    ///
    /// # Errors
    /// The seconds to wait, when it may not.
    pub(super) fn take(&mut self, chat: i64, now: DateTime<Utc>) -> Result<(), u32> {
        let limit = limit(chat);
        let stretch = self.chats.get(&chat).copied();
        let wait = IN_ALL.wait(self.all, now).max(limit.wait(stretch, now));
        if wait > 0 {
            return Err(wait);
        }
        if self.chats.len() >= CHATS_MAX && stretch.is_none() {
            self.chats.retain(|chat, stretch| !self::limit(*chat).is_over(*stretch, now));
            if self.chats.len() >= CHATS_MAX {
                self.chats.clear();
            }
        }
        self.all = Some(IN_ALL.counted(self.all, now));
        self.chats.insert(chat, limit.counted(stretch, now));
        Ok(())
    }
}

/// Groups have negative numbers.
const fn limit(chat: i64) -> Limit {
    if chat < 0 { TO_GROUP } else { TO_PERSON }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use chrono::{DateTime, TimeDelta, Utc};

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_000_000, 0).unwrap() + TimeDelta::milliseconds(milliseconds)
    }

    fn let_through(pace: &mut Pace, chats: impl IntoIterator<Item = i64>, now: i64) -> usize {
        chats.into_iter().filter(|chat| pace.take(*chat, at(now)).is_ok()).count()
    }

    #[test]
    fn each_chat_has_its_pace_and_all_together_too() {
        let mut pace = Pace::default();
        assert_eq!(let_through(&mut pace, [7; 9], 0), 5);
        assert_eq!(pace.take(7, at(1_500)), Err(4));
        assert_eq!(let_through(&mut pace, [7; 9], 5_000), 5);
        assert_eq!(let_through(&mut pace, 100..200, 10_000), 30);
        assert_eq!(pace.take(150, at(10_500)), Err(1));
        assert_eq!(let_through(&mut pace, 130..200, 11_000), 30);
        assert_eq!(let_through(&mut pace, [-5; 40], 12_000), 20);
        assert_eq!(pace.take(-5, at(40_000)), Err(32));
        assert_eq!(pace.take(-5, at(72_000)), Ok(()));
        // A clock that was set back begins anew.
        assert_eq!(pace.take(-5, at(0)), Ok(()));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut pace = Pace::default();
        for second in 0..2_000 {
            let_through(&mut pace, second * 30..(second + 1) * 30, second * 1_000);
        }
        assert!(pace.chats.len() <= super::CHATS_MAX, "{}", pace.chats.len());
    }
}
