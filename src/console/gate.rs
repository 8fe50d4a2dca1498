//! What the console limits: guesses of one name from one address, password hashes at once, open live pages and
//! exports. Held in memory for the running program; a restart forgives, which costs an attacker
//! more than it gives.

use super::password;
use super::peer::Peer;
use crate::domain::fold;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Failures of one name from one address before each further guess has to wait.
const FAILURES_FREE: u32 = 5;
/// The first pause; it doubles with each further failure.
const PAUSE_FIRST_S: i64 = 30;
/// The longest pause: a person who forgot the password is not shut out for a day.
const PAUSE_MAX_S: i64 = 15 * 60;
/// Names with addresses remembered at once; the oldest is forgotten first.
const NAMES_MAX: usize = 10_000;
/// Hashes at once: each takes 19 MiB and a whole core for 30 ms.
const HASHES_MAX: usize = 2;
/// How long a sign-in waits for its turn to be hashed.
const HASH_WAIT: Duration = Duration::from_secs(5);
/// Open live pages: each holds one connection.
const STREAMS_MAX: usize = 64;
/// Exports at once: each reads the whole list.
const EXPORTS_MAX: usize = 2;

/// The limits of the console.
pub(super) struct Gate {
    guesses: Mutex<HashMap<(String, Peer), Guesses>>,
    hashes: Semaphore,
    streams: Arc<Semaphore>,
    exports: Arc<Semaphore>,
}

#[derive(Debug, Clone, Copy)]
struct Guesses {
    failures: u32,
    last: DateTime<Utc>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            guesses: Mutex::default(),
            hashes: Semaphore::new(HASHES_MAX),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
            exports: Arc::new(Semaphore::new(EXPORTS_MAX)),
        }
    }
}

impl Gate {
    /// Names are counted together with the address the guess comes from, so that a stranger who
    /// guesses cannot shut the owner of a name out.
    ///
    /// Lets one guess through, or says how long to wait. The guess counts as a failure at once, so
    /// that many at the same moment do not slip by; [`Gate::forget`] takes a right one back.
    ///
    /// # Errors
    /// The time left when the name has to wait.
    pub(super) fn guess(&self, name: &str, peer: Peer, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let mut guesses = self.guesses.lock().unwrap_or_else(PoisonError::into_inner);
        let name = (fold(name.trim()), peer);
        if let Some(left) = guesses.get(&name).and_then(|known| known.left(now)) {
            return Err(left);
        }
        if guesses.len() >= NAMES_MAX && !guesses.contains_key(&name) {
            let oldest = guesses.iter().min_by_key(|(_, known)| known.last).map(|(name, _)| name.clone());
            oldest.map(|oldest| guesses.remove(&oldest));
        }
        let known = guesses.entry(name).or_insert(Guesses { failures: 0, last: now });
        *known = Guesses { failures: known.failures.saturating_add(1), last: now };
        Ok(())
    }

    /// Forgets the failures of a name from an address: the password was right.
    pub(super) fn forget(&self, name: &str, peer: Peer) {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner).remove(&(fold(name.trim()), peer));
    }

    /// Judges a password, at most two at once; without a hash (an unknown name) the answer is no and
    /// takes as long. `None` when too many wait for their turn.
    pub(super) async fn verify(&self, password: String, hash: Option<String>) -> Option<bool> {
        let turn = tokio::time::timeout(HASH_WAIT, self.hashes.acquire()).await.ok()?.ok()?;
        let judged = tokio::task::spawn_blocking(move || {
            let right = password::verify(&password, hash.as_deref().unwrap_or_else(|| password::nobody()));
            right && hash.is_some()
        });
        let judged = judged.await.ok();
        drop(turn);
        judged
    }

    /// Takes a place among the live pages; `None` when there is none.
    #[must_use]
    pub(super) fn stream(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.streams).try_acquire_owned().ok()
    }

    /// Takes a place among the exports; `None` when there is none.
    #[must_use]
    pub(super) fn export(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.exports).try_acquire_owned().ok()
    }
}

impl Guesses {
    /// How long the next guess has to wait; `None` when it may come. A clock that was moved back
    /// (the demo's) never locks anybody out.
    fn left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let beyond = self.failures.checked_sub(FAILURES_FREE)?;
        let pause = PAUSE_FIRST_S.checked_shl(beyond.min(20)).unwrap_or(PAUSE_MAX_S).min(PAUSE_MAX_S);
        let since = now.signed_duration_since(self.last);
        let left = TimeDelta::seconds(pause).checked_sub(&since)?;
        (since >= TimeDelta::zero() && left > TimeDelta::zero()).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, Peer};
    use chrono::{DateTime, TimeDelta, Utc};

    fn peer(address: &str) -> Peer {
        Peer::network(address.parse().unwrap())
    }

    #[test]
    fn after_five_failures_each_guess_waits_longer() {
        let (gate, here, elsewhere) = (Gate::default(), peer("198.51.100.1"), peer("203.0.113.7"));
        let mut now = DateTime::<Utc>::UNIX_EPOCH;
        for _ in 0..5 {
            assert!(gate.guess("Marie", here, now).is_ok());
        }
        for pause in [30, 60, 120, 240, 480, 900, 900] {
            assert_eq!(gate.guess(" MARIE", here, now).unwrap_err(), TimeDelta::seconds(pause), "another spelling is the same name");
            now += TimeDelta::seconds(pause);
            assert!(gate.guess("marie", here, now).is_ok());
        }
        assert!(gate.guess("petr", here, now).is_ok(), "others are not held up");
        assert!(gate.guess("marie", elsewhere, now).is_ok(), "nor is the name's owner at another address");
        assert!(gate.guess("marie", here, now - TimeDelta::hours(1)).is_ok(), "a clock moved back holds nobody up");
        gate.forget("marie", here);
        assert!(gate.guess("marie", here, now).is_ok());
    }

    #[test]
    fn names_are_bounded() {
        let gate = Gate::default();
        let start = DateTime::<Utc>::UNIX_EPOCH;
        for n in 0..super::NAMES_MAX + 50 {
            assert!(gate.guess(&format!("n{n}"), peer("198.51.100.1"), start + TimeDelta::seconds(i64::try_from(n).unwrap())).is_ok());
        }
        assert_eq!(gate.guesses.lock().unwrap().len(), super::NAMES_MAX);
    }

    #[tokio::test]
    async fn places_are_bounded() {
        let gate = Gate::default();
        let held: Vec<_> = (0..2).map(|_| gate.export().unwrap()).collect();
        assert!(gate.export().is_none());
        drop(held);
        assert!(gate.export().is_some());
        assert_eq!(gate.verify("heslo".to_owned(), None).await, Some(false));
    }
}
