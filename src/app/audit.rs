//! Looking after the line itself: contacts nothing would move again get their next step back, late
//! timers raise an alarm, and while all is well a watcher outside is told so.

use super::inbox::chain;
use super::serve::spawn;
use super::{App, AppError};
use crate::domain::{ContactId, Event, EventKey, OperatorId, Point, What};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// A timer that is so late means that nobody rings timers; a contact is left alone for so long.
const LATE: TimeDelta = TimeDelta::seconds(60);
/// How long a watcher outside may take to answer.
const ANSWER_MAX: Duration = Duration::from_secs(10);

impl App {
    /// Looks for contacts adrift and for late timers; tells whether all was well.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn audit(&self) -> Result<bool, AppError> {
        let now = self.clock().now();
        let before = now.checked_sub_signed(LATE).unwrap_or(now);
        self.forget_recordings(now).await?;
        self.forget_files(now).await?;
        let late = self.store().late_timers(before).await?;
        if late > 0 {
            tracing::error!(timers = late, "timers are more than a minute late");
        }
        let adrift = self.store().adrift(before).await?;
        for (contact, epoch) in &adrift {
            self.repair(*contact, *epoch, now).await;
        }
        self.measure_reach(now).await?;
        metrics::gauge!("linka_timers_late").set(f64::from(u32::try_from(late).unwrap_or(u32::MAX)));
        metrics::counter!("linka_contacts_adrift_total").increment(u64::try_from(adrift.len()).unwrap_or(u64::MAX));
        Ok(late == 0 && adrift.is_empty())
    }

    /// Contact points where nothing arrives, and coordinators nothing reaches at all.
    async fn measure_reach(&self, now: DateTime<Utc>) -> Result<(), AppError> {
        let handbook = self.handbook();
        let troubled: Vec<Point> = self.store().points().await?.into_iter().filter(|point| point.trouble.is_some()).collect();
        let cut_off = |who: &OperatorId| {
            let addresses = handbook.operator(who).map(|operator| operator.addresses.as_slice()).unwrap_or_default();
            addresses.iter().all(|address| Point::of(&troubled, who, address).is_some())
        };
        let coordinators: BTreeSet<&OperatorId> = handbook.book.lines.iter().map(|line| line.coordinator_at(now).unwrap_or(&line.coordinator)).collect();
        let unreached = coordinators.into_iter().filter(|who| cut_off(who)).count();
        metrics::gauge!("linka_contact_points_troubled").set(f64::from(u32::try_from(troubled.len()).unwrap_or(u32::MAX)));
        metrics::gauge!("linka_coordinators_unreached").set(f64::from(u32::try_from(unreached).unwrap_or(u32::MAX)));
        Ok(())
    }

    /// At most once an hour for a contact that stays where it is.
    async fn repair(&self, contact: ContactId, epoch: i64, now: DateTime<Utc>) {
        tracing::error!(contact = %contact, "a contact had no next step; it gets one");
        let key = EventKey::new(format!("audit:{contact}:{epoch}:{}", now.timestamp() / 3_600));
        if let Err(error) = self.accept(Event { key, at: now, what: What::Audited(contact) }).await {
            tracing::error!(error = chain(&error), "a contact without a next step could not be repaired");
        }
    }

    /// Tells a watcher outside, again and again, that the line is well. When it is not, or has
    /// stopped, the watcher hears nothing and raises the alarm.
    ///
    /// # Errors
    /// When no connection to the outside can be prepared.
    pub fn keep_beating(self: &Arc<Self>, url: String, every: Duration) -> Result<(), AppError> {
        let client = reqwest::Client::builder().timeout(ANSWER_MAX).build().map_err(AppError::Outward)?;
        let app = Arc::clone(self);
        spawn(&self.tasks, async move {
            while !app.stopping.is_cancelled() {
                if app.is_well().await {
                    beat(&client, &url).await;
                }
                tokio::select! {
                    () = app.stopping.cancelled() => {}
                    () = tokio::time::sleep(every) => {}
                }
            }
        });
        Ok(())
    }

    async fn is_well(&self) -> bool {
        let now = self.clock().now();
        let late = self.store().late_timers(now.checked_sub_signed(LATE).unwrap_or(now)).await;
        late.is_ok_and(|late| late == 0)
    }
}

/// The address may carry a secret, so it is never logged.
async fn beat(client: &reqwest::Client, url: &str) {
    let answered = client.get(url).send().await.and_then(reqwest::Response::error_for_status);
    if let Err(error) = answered {
        tracing::warn!(error = chain(&error.without_url()), "the heartbeat was not heard");
    }
}
