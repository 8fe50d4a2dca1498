//! What coordinators were warned of, as rows.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{LineId, Warned};
use chrono::{DateTime, Utc};

const KEEP: &str = "
    insert into warned (key, line, first_at, again_at) values ($1, $2, $3, $4)
    on conflict (key) do update set again_at = excluded.again_at";

const SETTLE: &str = "delete from warned where key = $1";

const ALL: &str = "select key, line, first_at, again_at from warned order by key";

#[derive(Debug, sqlx_macros::FromRow)]
struct WarnedRow {
    key: String,
    line: String,
    first_at: DateTime<Utc>,
    again_at: Option<DateTime<Utc>>,
}

impl WarnedRow {
    fn warned(self) -> Warned {
        let Self { key, line, first_at, again_at } = self;
        Warned { key, line: LineId(line), first_at, again_at }
    }
}

impl Store {
    /// Returns everything coordinators were warned of that is not over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn warned(&self) -> Result<Vec<Warned>, StoreError> {
        let rows: Vec<WarnedRow> =
            on!(&self.read, pool => sqlx::query_as(ALL).fetch_all(pool).await).tried("read what coordinators were warned of")?;
        Ok(rows.into_iter().map(WarnedRow::warned).collect())
    }
}

impl Batch {
    /// Writes that somebody was warned, or warned again.
    pub(super) fn keep_warned(&mut self, warned: &Warned) {
        on!(&mut self.writer, writing => {
            writing.script.add("write a warning", KEEP)
            .bind(warned.key.as_str())
            .bind(warned.line.as_str())
            .bind(micros(warned.first_at))
            .bind(warned.again_at.map(micros));
        });
    }

    /// Forgets a warning: its matter is solved or over.
    pub(super) fn settle(&mut self, key: &str) {
        on!(&mut self.writer, writing => {
            writing.script.add("forget a warning", SETTLE).bind(key);
        });
    }

    /// Reads everything coordinators were warned of.
    pub(super) async fn warned(&mut self) -> Result<Vec<Warned>, StoreError> {
        let rows: Vec<WarnedRow> =
            on!(&mut self.writer, writing => sqlx::query_as(ALL).fetch_all(&mut *writing.tx).await)
                .tried("read what coordinators were warned of")?;
        Ok(rows.into_iter().map(WarnedRow::warned).collect())
    }
}
