//! Files sent along with messages: written whole before the event that names them is accepted,
//! read by whoever they are passed to, forgotten after a while.

use super::dialect::on;
use super::error::Tried;
use super::letter::unknown;
use super::vault::Sealed;
use super::{Store, StoreError, micros};
use crate::domain::{Attachment, Format};
use chrono::{DateTime, Utc};
use sqlx::types::Uuid;

const KEEP: &str = "insert into attachment (id, format, body, sealed_by, at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing";

const READ: &str = "select format, body, sealed_by from attachment where id = $1";

const ANY_SEALED: &str = "select exists (select 1 from attachment where sealed_by is not null)";

const SEALED_ELSEWHERE: &str = "select count(*) from attachment where sealed_by is not null and sealed_by <> $1";

const THERE: &str = "select exists (select 1 from attachment where id = $1)";

const OLD: &str = "select exists (select 1 from attachment where at < $1)";

const FORGET: &str = "delete from attachment where at < $1";

impl Store {
    /// Keeps a file, sealed; one of the same name is there already and stays.
    ///
    /// # Errors
    /// When the database fails, or there is no key to seal with.
    pub async fn keep_attachment(&self, file: Attachment, body: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
        // A key is made only where none was lost.
        let first = self.vault.name()?.is_none() && !self.any_sealed().await?;
        let Sealed { by, body } = self.vault.seal(file.id, file.format, body, first)?;
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(KEEP)
            .bind(file.id).bind(file.format.extension()).bind(body).bind(by).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("keep a file")?;
        batch.commit().await
    }

    /// Returns a file, unless it was forgotten.
    ///
    /// # Errors
    /// When the database fails or holds a format this program does not know, when the file's key is
    /// not here, or the file was changed.
    pub async fn attachment(&self, id: Uuid) -> Result<Option<(Format, Vec<u8>)>, StoreError> {
        let row: Option<(String, Vec<u8>, Option<String>)> =
            on!(&self.read, pool => sqlx::query_as(READ).bind(id).fetch_optional(pool).await).tried("read a file")?;
        let Some((format, body, by)) = row else { return Ok(None) };
        let format = Format::from_extension(&format).ok_or_else(|| unknown("format of a file", &format))?;
        Ok(Some((format, self.vault.open(id, format, Sealed { by, body })?)))
    }

    /// Tells whether a file is still kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_attachment(&self, id: Uuid) -> Result<bool, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(THERE).bind(id).fetch_one(pool).await).tried("look for a file")
    }

    /// Counts the files that the key in use does not open.
    ///
    /// # Errors
    /// When the database fails, or the key's file holds no key.
    pub async fn sealed_elsewhere(&self) -> Result<i64, StoreError> {
        let own = self.vault.name()?.unwrap_or_default();
        on!(&self.read, pool => sqlx::query_scalar(SEALED_ELSEWHERE).bind(own.as_str()).fetch_one(pool).await).tried("count sealed files")
    }

    async fn any_sealed(&self) -> Result<bool, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(ANY_SEALED).fetch_one(pool).await).tried("look for sealed files")
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
