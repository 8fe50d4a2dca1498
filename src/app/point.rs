//! Contact points: a fresh code for one that is to be proven. What becomes of it is decided.

use super::{App, AppError};
use crate::domain::{Address, Challenge, Event, What};

impl App {
    /// Sends a code to a contact point and tells whether one went out: not so soon after the last,
    /// and not more than a few a day. A form that is sent twice is one order.
    ///
    /// # Errors
    /// When it could not be stored; no code went out then.
    pub async fn verify(&self, form: &str, address: Address) -> Result<bool, AppError> {
        let challenge = Challenge { address };
        let event = Event { key: Challenge::key(form), at: self.clock().now(), what: What::Challenged(challenge) };
        Ok(!self.accept(event).await?.letters.is_empty())
    }
}
