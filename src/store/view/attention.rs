//! The coordinator's first glance: how much there is of everything, without counting.

use crate::domain::{Review, Stage};
use crate::store::dialect::on;
use crate::store::error::Tried;
use crate::store::letter::unknown;
use crate::store::{Store, StoreError, micros};
use chrono::{DateTime, TimeDelta, Utc};

/// Counters for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attention {
    /// Contacts of each stage, in the stages' order.
    pub stages: Vec<(Stage, i64)>,
    /// Contacts of each state of the review, in their order.
    pub reviews: Vec<(Review, i64)>,
    /// Open contacts that have to be answered at once.
    pub urgent: i64,
    /// Promises past their deadline.
    pub overdue: i64,
    /// Letters of the last seven days that will not arrive.
    pub failed: i64,
    /// Letters of the last seven days that may or may not have gone out.
    pub uncertain: i64,
}

const TALLY: &str = "select kind, value, n from tally where kind in ('stage', 'review')";

const NOW: &str = "
    select
        (select count(*) from contact where stage <> 'closed' and urgent) as urgent,
        (select count(*) from contact where stage <> 'closed' and promise_due <= $1) as overdue,
        (select count(*) from letter where delivery = 'failed' and created_at > $2) as failed,
        (select count(*) from letter where delivery = 'unknown' and created_at > $2) as uncertain";

#[derive(Debug, sqlx_macros::FromRow)]
struct NowRow {
    urgent: i64,
    overdue: i64,
    failed: i64,
    uncertain: i64,
}

impl Store {
    /// Returns the counters as of `now`.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn attention(&self, now: DateTime<Utc>) -> Result<Attention, StoreError> {
        let tally: Vec<(String, String, i64)> =
            on!(&self.read, pool => sqlx::query_as(TALLY).fetch_all(pool).await).tried("read the counters")?;
        let recent = now.checked_sub_signed(TimeDelta::days(7)).unwrap_or(now);
        let row: NowRow = on!(&self.read, pool =>
            sqlx::query_as(NOW).bind(micros(now)).bind(micros(recent)).fetch_one(pool).await)
        .tried("read what needs attention")?;
        let mut seen = Attention {
            stages: Stage::ALL.iter().map(|stage| (*stage, 0)).collect(),
            reviews: Review::ALL.iter().map(|review| (*review, 0)).collect(),
            urgent: row.urgent,
            overdue: row.overdue,
            failed: row.failed,
            uncertain: row.uncertain,
        };
        for (kind, value, n) in tally {
            seen.note(&kind, &value, n)?;
        }
        Ok(seen)
    }
}

impl Attention {
    fn note(&mut self, kind: &str, value: &str, n: i64) -> Result<(), StoreError> {
        if kind == "stage" {
            let stage = Stage::from_code(value).ok_or_else(|| unknown("stage", value))?;
            self.stages.iter_mut().filter(|(of, _)| *of == stage).for_each(|(_, count)| *count = n);
        } else {
            let review = Review::from_code(value).ok_or_else(|| unknown("review", value))?;
            self.reviews.iter_mut().filter(|(of, _)| *of == review).for_each(|(_, count)| *count = n);
        }
        Ok(())
    }
}
