//! Due timers, and swaps that wait too long, become events. What could not be decided stays due and
//! rings again.

use super::inbox::chain;
use super::{App, AppError};
use crate::domain::{Event, EventKey, RuleId, TIMERS_MAX, Timer, What};
use chrono::{DateTime, Utc};
use futures_util::future::join_all;

/// Most stops on one way of a moved clock; what is left then happens at its end.
const STOPS_MAX: usize = 5_000;

impl App {
    /// Rings every timer and every swap that is due, the earliest first, and returns how many there were.
    ///
    /// # Errors
    /// When timers cannot be read.
    pub async fn ring_due(&self) -> Result<usize, AppError> {
        let timers = self.store().due_timers(self.clock().now(), TIMERS_MAX).await?;
        let rung = join_all(timers.iter().map(|timer| self.ring(timer))).await;
        let swaps = self.store().due_swaps(self.clock().now(), TIMERS_MAX).await?;
        let reminded = join_all(swaps.iter().map(|(swap, due_at)| self.remind(swap, *due_at))).await;
        Ok(rung.into_iter().chain(reminded).filter(|rung| *rung).count())
    }

    /// Moves a movable clock on to `to`; what falls due on the way happens at its own time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn move_clock(&self, to: DateTime<Utc>) -> Result<(), AppError> {
        for _ in 0..STOPS_MAX {
            self.settle().await?;
            let Some(due) = self.next_due().await?.filter(|due| *due < to) else { break };
            self.clock().move_to(due);
        }
        self.clock().move_to(to);
        self.settle().await
    }

    /// Returns when the line has something to do next.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, AppError> {
        let stored = self.store().next_due(self.clock().now()).await?;
        Ok(stored.into_iter().chain(self.next_item()).min())
    }

    async fn remind(&self, swap: &RuleId, due_at: DateTime<Utc>) -> bool {
        let key = EventKey::new(format!("swap:{swap}:{}", due_at.timestamp_micros()));
        self.decided(key, What::SwapDue(swap.clone()), "swap").await
    }

    async fn ring(&self, timer: &Timer) -> bool {
        let key = EventKey::new(format!("timer:{}:{}:{}", timer.id, timer.epoch, timer.due_at.timestamp_micros()));
        self.decided(key, What::Rang(timer.clone()), timer.alarm.name()).await
    }

    async fn decided(&self, key: EventKey, what: What, alarm: &'static str) -> bool {
        match self.accept(Event { key, at: self.clock().now(), what }).await {
            Ok(_) => true,
            Err(error) => {
                tracing::error!(error = chain(&error), alarm, "a timer could not be decided; it rings again");
                false
            }
        }
    }
}
