//! Who guessed whose PIN, and how often: each caller and browser has a lock of its own, so that a stranger
//! shuts nobody else out. Held in memory; a restart forgives, and the store counts on for all together.

use crate::domain::lockout;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Wrong PINs of one caller that lock: five of a million find nothing.
const FAILURES_MAX: i64 = 5;
/// Callers remembered at once; the oldest is forgotten first.
const CALLERS_MAX: usize = 10_000;

/// What is known of guesses, by whose PIN it is and who tries.
#[derive(Debug, Default)]
pub(super) struct Tries(Mutex<HashMap<(String, String), Tried>>);

#[derive(Debug, Clone, Copy)]
struct Tried {
    /// Wrong PINs since the last right one.
    wrong: i64,
    last: DateTime<Utc>,
    locked_until: Option<DateTime<Utc>>,
    /// A right PIN was typed from there once.
    known: bool,
}

impl Tries {
    /// Until when nothing is judged that this caller types.
    pub(super) fn locked(&self, whose: &str, by: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.held().get(&key(whose, by))?.locked_until.filter(|until| *until > now)
    }

    /// Tells whether a right PIN was typed from there once.
    pub(super) fn is_known(&self, whose: &str, by: &str) -> bool {
        self.held().get(&key(whose, by)).is_some_and(|tried| tried.known)
    }

    /// Counts a wrong PIN; returns the end of the lock it brings.
    pub(super) fn wrong(&self, whose: &str, by: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut tries = self.held();
        let before = tries.get(&key(whose, by)).copied();
        let wrong = before.map_or(0, |tried| tried.wrong).saturating_add(1);
        let locked_until = lockout(wrong, FAILURES_MAX).and_then(|lock| now.checked_add_signed(lock));
        put(&mut tries, key(whose, by), Tried { wrong, last: now, locked_until, known: before.is_some_and(|tried| tried.known) });
        locked_until
    }

    /// The PIN was right.
    pub(super) fn right(&self, whose: &str, by: &str, now: DateTime<Utc>) {
        put(&mut self.held(), key(whose, by), Tried { wrong: 0, last: now, locked_until: None, known: true });
    }

    fn held(&self) -> MutexGuard<'_, HashMap<(String, String), Tried>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(whose: &str, by: &str) -> (String, String) {
    (whose.to_owned(), by.to_owned())
}

fn put(tries: &mut HashMap<(String, String), Tried>, key: (String, String), now: Tried) {
    if tries.len() >= CALLERS_MAX && !tries.contains_key(&key) {
        let oldest = tries.iter().min_by_key(|(_, tried)| tried.last).map(|(key, _)| key.clone());
        oldest.map(|oldest| tries.remove(&oldest));
    }
    tries.insert(key, now);
}

#[cfg(test)]
mod tests {
    use super::{CALLERS_MAX, Tries};
    use chrono::{DateTime, TimeDelta, Utc};

    #[test]
    fn each_caller_has_a_lock_of_its_own() {
        let (tries, now) = (Tries::default(), DateTime::<Utc>::UNIX_EPOCH);
        let ends: Vec<_> = (0..6).map(|_| tries.wrong("BEL", "a", now).map(|until| (until - now).num_hours())).collect();
        assert_eq!(ends, [None, None, None, None, Some(1), Some(2)]);
        assert_eq!(tries.locked("BEL", "a", now), Some(now + TimeDelta::hours(2)));
        assert_eq!(tries.locked("BEL", "a", now + TimeDelta::hours(2)), None);
        assert_eq!((tries.locked("BEL", "b", now), tries.locked("TEP", "a", now)), (None, None));
        assert!(!tries.is_known("BEL", "a"));
        tries.right("BEL", "a", now);
        assert_eq!(tries.locked("BEL", "a", now), None);
        tries.wrong("BEL", "a", now);
        assert!(tries.is_known("BEL", "a") && !tries.is_known("BEL", "b"));
    }

    #[test]
    fn callers_are_bounded() {
        let (tries, now) = (Tries::default(), DateTime::<Utc>::UNIX_EPOCH);
        for n in 0..CALLERS_MAX + 20 {
            tries.wrong("BEL", &n.to_string(), now + TimeDelta::seconds(i64::try_from(n).unwrap()));
        }
        assert_eq!(tries.held().len(), CALLERS_MAX);
    }
}
