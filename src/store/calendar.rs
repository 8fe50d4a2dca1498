//! The addresses of calendar feeds, by the hash of their secret word. Words are made and hashed by
//! `console`; the store only keeps the hashes.

use super::dialect::on;
use super::error::Tried;
use super::{Store, StoreError, micros};
use crate::domain::CalendarOf;
use chrono::{DateTime, Utc};

/// An address that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFeed {
    /// Whose calendar it shows.
    pub of: CalendarOf,
    /// The console's user who made it.
    pub author: String,
    /// When it was made (µs UTC).
    pub created_at: DateTime<Utc>,
}

const GIVE: &str = "
    insert into calendar_feed (kind, id, token_hash, author, created_at) values ($1, $2, $3, $4, $5)
    on conflict (kind, id) do update
    set token_hash = excluded.token_hash, author = excluded.author, created_at = excluded.created_at";

const REVOKE: &str = "delete from calendar_feed where kind = $1 and id = $2";

const OF: &str = "select kind, id from calendar_feed where token_hash = $1";

const ALL: &str = "select kind, id, author, created_at from calendar_feed order by kind, id";

impl Store {
    /// Keeps the address of a calendar by the hash of its word; the one before it is dead.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_calendar(&self, of: &CalendarOf, token_hash: &[u8], at: DateTime<Utc>, author: &str) -> Result<(), StoreError> {
        let (mut batch, (kind, id)) = (self.begin().await?, of.key());
        on!(&mut batch.writer, writing => sqlx::query(GIVE)
            .bind(kind).bind(id).bind(token_hash).bind(author).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("keep the address of a calendar")?;
        batch.commit().await
    }

    /// Forgets the address of a calendar; one that is not there is no error.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_calendar(&self, of: &CalendarOf) -> Result<(), StoreError> {
        let (mut batch, (kind, id)) = (self.begin().await?, of.key());
        on!(&mut batch.writer, writing => sqlx::query(REVOKE).bind(kind).bind(id).execute(&mut *writing.tx).await.map(drop))
            .tried("forget the address of a calendar")?;
        batch.commit().await
    }

    /// Returns whose calendar the word of this hash opens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calendar_of(&self, token_hash: &[u8]) -> Result<Option<CalendarOf>, StoreError> {
        let row: Option<(String, String)> =
            on!(&self.read, pool => sqlx::query_as(OF).bind(token_hash).fetch_optional(pool).await).tried("read the address of a calendar")?;
        Ok(row.and_then(|(kind, id)| CalendarOf::from_key(&kind, &id)))
    }

    /// Returns every address that was given out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calendar_feeds(&self) -> Result<Vec<CalendarFeed>, StoreError> {
        let rows: Vec<(String, String, String, DateTime<Utc>)> =
            on!(&self.read, pool => sqlx::query_as(ALL).fetch_all(pool).await).tried("read the addresses of calendars")?;
        let feed = |(kind, id, author, created_at): (String, String, String, DateTime<Utc>)| {
            CalendarOf::from_key(&kind, &id).map(|of| CalendarFeed { of, author, created_at })
        };
        Ok(rows.into_iter().filter_map(feed).collect())
    }
}
