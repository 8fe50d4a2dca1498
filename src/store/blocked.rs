//! Numbers nobody answers, and whether one that calls ever reached a person.

use super::dialect::on;
use super::error::Tried;
use super::{Store, StoreError, micros};
use crate::domain::Address;
use chrono::{DateTime, Utc};

/// A number nobody answers, or the beginning of many.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Blocked {
    /// The number; with `*` at its end every number that begins so.
    pub number: String,
    /// Why.
    pub reason: String,
    /// Who has decided it.
    pub author: String,
    /// Since when (µs UTC).
    pub at: DateTime<Utc>,
}

const SAVE: &str = "
    insert into blocked (number, reason, author, at) values ($1, $2, $3, $4)
    on conflict (number) do update set reason = excluded.reason, author = excluded.author, at = excluded.at";

const REMOVE: &str = "delete from blocked where number = $1";

const ALL: &str = "select number, reason, author, at from blocked order by number";

const REACHED: &str = "
    select exists (select 1 from worker_address join contact on contact.worker = worker_address.worker
        where worker_address.channel = $1 and worker_address.handle = $2
            and (contact.owner is not null or contact.answered_at is not null))";

impl Store {
    /// Blocks a number, or writes anew why.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn block(&self, blocked: &Blocked) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(SAVE)
            .bind(&blocked.number).bind(&blocked.reason).bind(&blocked.author).bind(micros(blocked.at))
            .execute(&mut *writing.tx).await.map(drop))
        .tried("block a number")?;
        batch.raise().await
    }

    /// Lets a number in again; tells whether it was blocked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unblock(&self, number: &str) -> Result<bool, StoreError> {
        let mut batch = self.begin().await?;
        let removed =
            on!(&mut batch.writer, writing => sqlx::query(REMOVE).bind(number).execute(&mut *writing.tx).await.map(|done| done.rows_affected()))
                .tried("let a number in again")?;
        batch.raise().await?;
        Ok(removed > 0)
    }

    /// Returns every blocked number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocked(&self) -> Result<Vec<Blocked>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(ALL).fetch_all(pool).await).tried("read the blocked numbers")
    }

    /// Tells whether anybody of the line has ever had a contact from this address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_reached_a_person(&self, from: &Address) -> Result<bool, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(REACHED).bind(from.channel.as_str()).bind(from.handle.as_str()).fetch_one(pool).await)
            .tried("look whether a number is known")
    }
}

impl Blocked {
    /// Longest reason, in characters.
    pub const REASON_CHARACTERS_MAX: usize = 200;

    /// Tells whether a text is a number, or the beginning of one with `*` behind it.
    #[must_use]
    pub fn is_number(text: &str) -> bool {
        let (digits, least) = match text.strip_suffix('*') {
            Some(beginning) => (beginning, 1),
            None => (text, 3),
        };
        digits.strip_prefix('+').is_some_and(|digits| (least..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::Blocked;

    #[test]
    fn what_may_be_blocked() {
        for (text, is) in [("+420719000201", true), ("+2357*", true), ("+4*", true), ("*", false), ("+*", false), ("719000201", false), ("withheld-1*", false), ("+42*0", false)] {
            assert_eq!(Blocked::is_number(text), is, "{text}");
        }
    }
}
