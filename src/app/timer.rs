//! Due timers become events. One that could not be decided stays due and rings again.

use super::inbox::chain;
use super::{App, AppError};
use crate::domain::{Event, EventKey, TIMERS_MAX, Timer, What};
use futures_util::future::join_all;

impl App {
    /// Rings every timer that is due, the earliest first, and returns how many there were.
    ///
    /// # Errors
    /// When timers cannot be read.
    pub async fn ring_due(&self) -> Result<usize, AppError> {
        let timers = self.store().due_timers(self.clock().now(), TIMERS_MAX).await?;
        let rung = join_all(timers.iter().map(|timer| self.ring(timer))).await;
        Ok(rung.into_iter().filter(|rung| *rung).count())
    }

    async fn ring(&self, timer: &Timer) -> bool {
        let key = EventKey::new(format!("timer:{}:{}:{}", timer.id, timer.epoch, timer.due_at.timestamp_micros()));
        let event = Event { key, at: self.clock().now(), what: What::Rang(timer.clone()) };
        match self.accept(event).await {
            Ok(_) => true,
            Err(error) => {
                tracing::error!(error = chain(&error), alarm = timer.alarm.name(), "a timer could not be decided; it rings again");
                false
            }
        }
    }
}
