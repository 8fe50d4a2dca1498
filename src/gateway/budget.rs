//! Phones that ring for a caller ring by the caller's own document, past the outbox: when the day has cost
//! enough they are reported as not rung, and the conversation goes on to a message or a promise.

use super::Gateway;
use crate::channel::SendError;
use crate::domain::{Body, Delivery, Event, EventKey, Letter, Medium, Reported, What};

/// Rounds of phones that are refused for one caller; a line has fewer people on duty.
const ROUNDS_MAX: usize = 50;

impl Gateway {
    /// Tells whether phones were to ring that must not, and has the conversation go on without them.
    pub(super) async fn costs_too_much(&self, letters: &[Letter]) -> bool {
        let (mut refused, mut letters) = (false, letters.to_vec());
        for _ in 0..ROUNDS_MAX {
            let round = self.refuse(&letters).await;
            if round.is_empty() {
                break;
            }
            (refused, letters) = (true, round);
        }
        refused
    }

    /// Refuses the phones among letters that must not ring; returns what follows from it.
    async fn refuse(&self, letters: &[Letter]) -> Vec<Letter> {
        let mut caused = Vec::new();
        for letter in letters.iter().filter(|letter| matches!(letter.body, Body::Ring { caller: Some(_), .. })) {
            let Some(SendError::Never { reason }) = self.app.over_budget(letter, Medium::Voice).await else { continue };
            let report = Reported { error: Some(reason), ..Reported::of(letter.id, Delivery::Failed) };
            let event = Event { key: EventKey::new(format!("letter:{}:cost", letter.id)), at: self.app.clock().now(), what: What::Reported(report) };
            match self.app.accept(event).await {
                Ok(accepted) => caused.extend(accepted.letters),
                Err(error) => tracing::warn!(%error, "a phone that must not ring could not be noted"),
            }
        }
        caused
    }
}
