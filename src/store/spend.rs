//! What left and cost money, by local day.

use super::dialect::on;
use super::error::Tried;
use super::{Store, StoreError};
use chrono::NaiveDate;

/// What was spent on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// Parts of messages.
    pub parts: i64,
    /// Minutes of calls to phones.
    pub minutes: i64,
}

const PART: &str = "part";
const MINUTE: &str = "minute";

const ADD: &str = "
    insert into spend (day, kind, units) values ($1, $2, $3)
    on conflict (day, kind) do update set units = spend.units + excluded.units";

const OF_DAY: &str = "select kind, units from spend where day = $1";

impl Store {
    /// Adds what was spent on a local day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_spent(&self, day: NaiveDate, spent: Spent) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        for (kind, units) in [(PART, spent.parts), (MINUTE, spent.minutes)].into_iter().filter(|(_, units)| *units > 0) {
            on!(&mut batch.writer, writing => sqlx::query(ADD).bind(day.to_string()).bind(kind).bind(units).execute(&mut *writing.tx).await.map(drop))
                .tried("count what was spent")?;
        }
        batch.commit().await
    }

    /// Returns what was spent on a local day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn spent(&self, day: NaiveDate) -> Result<Spent, StoreError> {
        let rows: Vec<(String, i64)> =
            on!(&self.read, pool => sqlx::query_as(OF_DAY).bind(day.to_string()).fetch_all(pool).await).tried("read what was spent")?;
        let of = |kind: &str| rows.iter().find(|(known, _)| known == kind).map_or(0, |(_, units)| *units);
        Ok(Spent { parts: of(PART), minutes: of(MINUTE) })
    }
}
