//! The line is full: perhaps of calls whose end nobody told. The provider knows which are going on.

use super::Gateway;
use chrono::{DateTime, Utc};

impl Gateway {
    /// Asks the provider, not too often, which calls are going on, and forgets the others; tells whether
    /// there is room again. No answer in time leaves things as they were.
    pub(super) async fn makes_room(&self, now: DateTime<Utc>) -> bool {
        if !self.guard.may_look(now) {
            return false;
        }
        match tokio::time::timeout(self.patience, self.client.calls_going_on()).await {
            Ok(Ok(calls)) => {
                let lost = self.guard.keeps(&calls.into_iter().map(|call| call.sid).collect(), now);
                if lost > 0 {
                    tracing::warn!(calls = lost, "calls had ended without a word; their room is free again");
                }
                lost > 0
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "the line is full, and the provider does not say which calls are going on");
                false
            }
            Err(_) => false,
        }
    }
}
