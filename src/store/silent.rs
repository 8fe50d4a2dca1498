//! Letters of which nothing was heard for a while: which of them a channel is to be asked about.

use super::dialect::on;
use super::error::Tried;
use super::letter::{LetterRow, letter_columns};
use super::{Store, StoreError, micros};
use crate::domain::{Address, Delivery, Letter, LetterId};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::Uuid;

/// A letter nothing was heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    /// Which.
    pub letter: Letter,
    /// How often it was asked about, this time included.
    pub asks: i64,
    /// It is not asked about again.
    pub last: bool,
}

/// How long a letter has been away when it is asked about. Whatever no one knows after that, no one
/// will; one of which nobody knows whether it left is asked about twice, people wait for it.
const AFTER: [TimeDelta; 4] = [TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(30), TimeDelta::hours(4)];
/// When there is nothing more to ask.
const ASKS_MAX: i64 = 4;

/// What is silent: the words of the index `letter_silent`.
macro_rules! due {
    () => {
        "channel = $1 and asks < 4 and (delivery = 'unknown' or (delivery = 'sent' and reference is not null))
            and ((asks = 0 and taken_at <= $2) or (asks = 1 and taken_at <= $3)
                or (asks = 2 and taken_at <= $4) or (asks = 3 and taken_at <= $5))
            and (delivery = 'unknown' or delivery = $6)"
    };
}

const ANY: &str = concat!("select exists (select 1 from letter where ", due!(), ")");

const TAKE: &str = concat!(
    "update letter set asks = case when delivery = 'unknown' and asks = 1 then 4 else asks + 1 end
    where seq in (select seq from letter where ",
    due!(),
    " order by taken_at, seq limit $7) returning ",
    letter_columns!()
);

impl Store {
    /// Takes letters a channel is to be asked about now, at most `limit`, the longest silent first: those
    /// that may have gone out, and those that came as far as `too`.
    ///
    /// # Errors
    /// When the database fails; nothing was taken then.
    pub async fn take_silent(&self, channel: &str, too: Delivery, now: DateTime<Utc>, limit: i64) -> Result<Vec<Silent>, StoreError> {
        let [first, second, third, fourth] = AFTER.map(|after| micros(now.checked_sub_signed(after).unwrap_or(now)));
        let any: bool = on!(&self.read, pool => sqlx::query_scalar(ANY)
            .bind(channel).bind(first).bind(second).bind(third).bind(fourth).bind(too.name())
            .fetch_one(pool).await)
        .tried("look for silent letters")?;
        if !any {
            return Ok(Vec::new());
        }
        let mut batch = self.begin().await?;
        let mut rows: Vec<LetterRow> = on!(&mut batch.writer, writing => sqlx::query_as(TAKE)
            .bind(channel).bind(first).bind(second).bind(third).bind(fourth).bind(too.name()).bind(limit)
            .fetch_all(&mut *writing.tx).await)
        .tried("take silent letters")?;
        batch.commit().await?;
        rows.sort_by_key(|row| row.seq);
        rows.into_iter().map(silent).collect()
    }
}

fn silent(row: LetterRow) -> Result<Silent, StoreError> {
    let asks = row.asks;
    Ok(Silent { letter: row.letter()?, asks, last: asks >= ASKS_MAX })
}

const CALLED: &str = "select exists (select 1 from letter where channel = $1 and handle = $2 and reference = $3 and id <> $4)";

const CALLED_SO: &str = "select id from letter where channel = $1 and reference = $2 order by seq desc limit 1";

impl Store {
    /// Finds the letter a channel calls by this name: what somebody answers by replying to a message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter_called(&self, channel: &str, reference: &str) -> Result<Option<LetterId>, StoreError> {
        let found: Option<(Uuid,)> = on!(&self.read, pool => sqlx::query_as(CALLED_SO).bind(channel).bind(reference).fetch_optional(pool).await)
            .tried("look for a letter by its name outside")?;
        Ok(found.map(|(id,)| LetterId(id)))
    }

    /// Tells whether another letter to the same address is known by this name outside.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_called(&self, to: &Address, reference: &str, but: LetterId) -> Result<bool, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(CALLED)
            .bind(to.channel.as_str()).bind(to.handle.as_str()).bind(reference).bind(but.0)
            .fetch_one(pool).await)
        .tried("look for a letter by its name outside")
    }
}
