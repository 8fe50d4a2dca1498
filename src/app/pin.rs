//! The one place that judges a PIN, whether it was typed on a page or on a phone. Wrong ones lock whoever
//! types them; very many, from wherever, lock the PIN for all but those who typed it right before.

use super::App;
use crate::store::{PinOf, StoreError};
use argon2::{Argon2, PasswordHash, PasswordVerifier};
use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;

/// PINs judged at one moment; each takes tens of milliseconds of a whole core.
static JUDGING: Semaphore = Semaphore::const_new(2);
/// Longest PIN that is looked at.
const CHARACTERS_MAX: usize = 64;
/// A hash no PIN of ours matches, judged where there is none.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$uGcjmDLjkLqgpWMtJVJdGFkEoEVLhm0RNaBpqLWA3Vs";

/// What a typed PIN is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// The right one.
    Right,
    /// A wrong one, or nobody has one.
    Wrong,
    /// No PIN is looked at until then.
    Locked(DateTime<Utc>),
}

impl App {
    /// Judges a PIN that `by` typed: a phone's number, a browser's address, or one word for all who hide
    /// theirs. One of nobody takes as long as one of somebody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn judge_pin(&self, of: PinOf<'_>, by: &str, typed: &str) -> Result<Judged, StoreError> {
        let typed = typed.trim().to_owned();
        if typed.is_empty() || typed.chars().count() > CHARACTERS_MAX {
            return Ok(Judged::Wrong);
        }
        let Ok(_turn) = JUDGING.acquire().await else { return Ok(Judged::Wrong) };
        let (whose, now) = (format!("{of:?}"), self.clock().now());
        if let Some(until) = self.tries.locked(&whose, by, now) {
            return Ok(Judged::Locked(until));
        }
        let pin = self.store().pin(of).await?;
        let locked = pin.as_ref().and_then(|pin| pin.locked_until).filter(|until| *until > now);
        if let Some(until) = locked.filter(|_| !self.tries.is_known(&whose, by)) {
            return Ok(Judged::Locked(until));
        }
        let hash = pin.as_ref().map_or(NOBODY, |pin| pin.pin_hash.as_str()).to_owned();
        let right = tokio::task::spawn_blocking(move || verify(&hash, &typed)).await.unwrap_or(false);
        if right && pin.is_some() {
            self.store().clear_pin_failures(of).await?;
            self.tries.right(&whose, by, now);
            return Ok(Judged::Right);
        }
        let all = self.store().note_pin_failure(of, now).await?;
        let own = self.tries.wrong(&whose, by, now);
        Ok(own.or(all).map_or(Judged::Wrong, Judged::Locked))
    }
}

fn verify(hash: &str, pin: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, verify};

    #[test]
    fn nobody_has_a_well_formed_hash_that_matches_nothing() {
        assert!(argon2::PasswordHash::new(NOBODY).is_ok());
        assert!(!verify(NOBODY, "246810"));
        assert!(!verify("no hash", "246810"));
    }
}
