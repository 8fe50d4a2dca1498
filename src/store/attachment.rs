//! Files sent along with messages: written whole before the event that names them is accepted,
//! read by whoever they are passed to, forgotten after a while.

use super::dialect::on;
use super::error::Tried;
use super::letter::unknown;
use super::{Store, StoreError, micros};
use crate::domain::{Attachment, Format};
use chrono::{DateTime, Utc};
use sqlx::types::Uuid;

const KEEP: &str = "insert into attachment (id, format, body, at) values ($1, $2, $3, $4) on conflict (id) do nothing";

const READ: &str = "select format, body from attachment where id = $1";

const OLD: &str = "select exists (select 1 from attachment where at < $1)";

const FORGET: &str = "delete from attachment where at < $1";

impl Store {
    /// Keeps a file; one of the same name is there already and stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_attachment(&self, file: Attachment, body: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(KEEP)
            .bind(file.id).bind(file.format.extension()).bind(body).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("keep a file")?;
        batch.commit().await
    }

    /// Returns a file, unless it was forgotten.
    ///
    /// # Errors
    /// When the database fails or holds a format this program does not know.
    pub async fn attachment(&self, id: Uuid) -> Result<Option<(Format, Vec<u8>)>, StoreError> {
        let row: Option<(String, Vec<u8>)> =
            on!(&self.read, pool => sqlx::query_as(READ).bind(id).fetch_optional(pool).await).tried("read a file")?;
        let Some((format, body)) = row else { return Ok(None) };
        let format = Format::from_extension(&format).ok_or_else(|| unknown("format of a file", &format))?;
        Ok(Some((format, body)))
    }

    /// Forgets files kept before an instant, and returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_attachments(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let old: bool = on!(&self.read, pool => sqlx::query_scalar(OLD).bind(micros(before)).fetch_one(pool).await).tried("look for old files")?;
        if !old {
            return Ok(0);
        }
        let mut batch = self.begin().await?;
        let forgotten = on!(&mut batch.writer, writing =>
            sqlx::query(FORGET).bind(micros(before)).execute(&mut *writing.tx).await.map(|done| done.rows_affected()))
        .tried("forget old files")?;
        batch.commit().await?;
        Ok(forgotten)
    }
}
