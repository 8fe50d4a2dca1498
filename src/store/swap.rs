//! Swaps of shifts as rows: the whole swap as JSON, and columns for what is searched.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{RuleId, Swap};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

const WRITE: &str = "
    insert into swap (id, ends_at, due_at, body) values ($1, $2, $3, $4)
    on conflict (id) do update set ends_at = excluded.ends_at, due_at = excluded.due_at, body = excluded.body";

/// Nobody has a thousand shifts to come. One that still waits is never left out, however late it is.
const SINCE: &str = "select body from swap where ends_at > $1 or due_at is not null order by ends_at, id limit 1000";

const DUE: &str = "select id, due_at from swap where due_at <= $1 order by due_at, id limit $2";

impl Batch {
    /// Writes a swap, new or changed.
    pub(super) fn swap(&mut self, swap: &Swap) {
        on!(&mut self.writer, writing => {
            writing.script.add("write a swap", WRITE)
                .bind(swap.id.as_str())
                .bind(micros(swap.ends()))
                .bind(swap.due_at.map(micros))
                .bind(Json(swap));
        });
    }

    /// Reads the swaps of shifts that are not over at an instant, in every state, and all that wait.
    pub(super) async fn swaps(&mut self, now: DateTime<Utc>) -> Result<Vec<Swap>, StoreError> {
        let rows: Vec<(Json<Swap>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(SINCE).bind(micros(now)).fetch_all(&mut *writing.tx).await)
                .tried("read swaps")?;
        Ok(rows.into_iter().map(|(Json(swap),)| swap).collect())
    }
}

impl Store {
    /// Returns the swaps whose last shift ends after an instant, in every state, and all that wait, by
    /// that end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn swaps_since(&self, at: DateTime<Utc>) -> Result<Vec<Swap>, StoreError> {
        let rows: Vec<(Json<Swap>,)> =
            on!(&self.read, pool => sqlx::query_as(SINCE).bind(micros(at)).fetch_all(pool).await).tried("read swaps")?;
        Ok(rows.into_iter().map(|(Json(swap),)| swap).collect())
    }

    /// Returns the swaps that are to be looked at by themselves, and since when, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_swaps(&self, now: DateTime<Utc>, limit: i64) -> Result<Vec<(RuleId, DateTime<Utc>)>, StoreError> {
        let rows: Vec<(String, DateTime<Utc>)> =
            on!(&self.read, pool => sqlx::query_as(DUE).bind(micros(now)).bind(limit).fetch_all(pool).await).tried("read due swaps")?;
        Ok(rows.into_iter().map(|(id, due_at)| (RuleId(id), due_at)).collect())
    }
}
