//! Leases: one row for each thing only one node may do at a time. A node takes or renews its lease by
//! the database's one writer, so that two never hold it at the same instant.

use super::dialect::on;
use super::error::Tried;
use super::{Store, StoreError, micros};
use chrono::{DateTime, Utc};

/// Nobody else's lease is taken before its time is over.
const TAKE: &str = "
    insert into lease (name, holder, until) values ($1, $2, $3)
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until <= $4";

const DROP: &str = "delete from lease where name = $1 and holder = $2";

impl Store {
    /// Takes or renews a lease until an instant; tells whether `holder` has it now.
    ///
    /// # Errors
    /// When the database fails; nothing was taken then, as far as is known.
    pub async fn take_lease(&self, name: &str, holder: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut batch = self.begin().await?;
        let taken = on!(&mut batch.writer, writing => sqlx::query(TAKE)
            .bind(name).bind(holder).bind(micros(until)).bind(micros(now))
            .execute(&mut *writing.tx).await.map(|done| done.rows_affected()))
        .tried("take a lease")?;
        batch.commit().await?;
        Ok(taken > 0)
    }

    /// Lets a lease go; one that is somebody else's stays.
    ///
    /// # Errors
    /// When the database fails; the lease ends by itself then.
    pub async fn drop_lease(&self, name: &str, holder: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(DROP).bind(name).bind(holder).execute(&mut *writing.tx).await.map(drop))
            .tried("let a lease go")?;
        batch.commit().await
    }
}
