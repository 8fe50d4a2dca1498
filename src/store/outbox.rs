//! The door out: which letters may leave now. `app::outbox` takes them, hands them to their
//! channels and reports back as events; the turn of the report marks them.

use super::dialect::on;
use super::error::Tried;
use super::letter::{LetterRow, letter_columns};
use super::{Batch, Store, StoreError, micros};
use crate::domain::{Address, ContactId, Letter, LetterId};
use chrono::{DateTime, Utc};

/// What one look into the outbox gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outgoing {
    /// Letters to hand over now, marked as being sent; at most one for each address.
    pub letters: Vec<Letter>,
    /// Those of them whose address wants no messages from the number they leave from.
    pub unwanted: Vec<LetterId>,
    /// Letters that were no longer worth sending, marked as withdrawn.
    pub expired: Vec<Letter>,
}

/// Letters that another node sends: of channels that are not to be used here, while they are not due too long.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// The channels.
    pub channels: Vec<String>,
    /// What was due by this instant is nobody's any more, and is taken wherever somebody looks.
    pub since: DateTime<Utc>,
}

impl Elsewhere {
    fn listed(&self) -> String {
        format!(",{},", self.channels.join(","))
    }
}

macro_rules! here {
    () => {
        "(due.due_at <= $2 or $3 not like '%,' || due.channel || ',%')"
    };
}

const ANY: &str = concat!(
    "select exists (select 1 from letter due where due.delivery = 'queued' and due.due_at <= $1 and ",
    here!(),
    ") or exists (select 1 from letter where delivery = 'queued' and expires_at <= $1)"
);

const EXPIRE: &str = concat!(
    "update letter set delivery = 'withdrawn' where delivery = 'queued' and expires_at <= $1 returning ",
    letter_columns!()
);

/// One that waits for its hour holds nobody up; one that is tried again keeps its place.
const TAKE: &str = concat!(
    "update letter set delivery = 'sending', attempts = attempts + 1, taken_at = $1
    where seq in (
        select due.seq from letter due
        where due.delivery = 'queued' and due.due_at <= $1 and ",
    here!(),
    " and not exists (
            select 1 from letter earlier
            where earlier.channel = due.channel and earlier.handle = due.handle and earlier.seq < due.seq
                and earlier.delivery in ('queued', 'sending') and (earlier.attempts > 0 or earlier.due_at <= $1))
        order by due.rank, due.due_at, due.seq limit $4)
    returning ",
    letter_columns!()
);

const STRANDED: &str = concat!(
    "select ",
    letter_columns!(),
    " from letter where delivery = 'sending' and taken_at <= $1 order by seq"
);

const NEXT: &str = "
    select min(at) from (
        select min(due_at) as at from letter where delivery = 'queued' and due_at > $1
        union all
        select min(due_at) as at from timer where due_at > $1
        union all
        select min(due_at) as at from swap where due_at > $1) as due";

impl Store {
    /// Takes the letters that may leave now, at most `limit`: due, not expired, and with no earlier
    /// letter to the same address still waiting or on its way, and not another node's. Answers come before notices.
    ///
    /// # Errors
    /// When the database fails; nothing was taken then.
    pub async fn take_due_letters(&self, now: DateTime<Utc>, limit: i64, elsewhere: &Elsewhere) -> Result<Outgoing, StoreError> {
        let now = micros(now);
        let (since, channels) = (micros(elsewhere.since), elsewhere.listed());
        let any: bool = on!(&self.read, pool => sqlx::query_scalar(ANY).bind(now).bind(since).bind(channels.as_str()).fetch_one(pool).await)
            .tried("look into the outbox")?;
        if !any {
            return Ok(Outgoing::default());
        }
        let mut batch = self.begin().await?;
        let expired = batch.expire(now).await?;
        let letters = batch.take(now, limit, elsewhere).await?;
        let unwanted = batch.unwanted(&letters).await?;
        batch.commit().await?;
        Ok(Outgoing { letters, unwanted, expired })
    }

    /// Returns the letters taken at or before `now` whose fate was never reported: after a crash,
    /// read at the start, nobody knows whether they went out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stranded(&self, now: DateTime<Utc>) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> =
            on!(&self.read, pool => sqlx::query_as(STRANDED).bind(micros(now)).fetch_all(pool).await)
                .tried("read stranded letters")?;
        rows.into_iter().map(LetterRow::letter).collect()
    }

    /// Returns the first instant after `now` at which a letter, a timer or a swap falls due; what is due
    /// already is to be taken, not waited for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(NEXT).bind(micros(now)).fetch_one(pool).await)
            .tried("look for the next thing due")
    }
}

const LAST: &str = concat!(
    "select ",
    letter_columns!(),
    " from letter where channel = $1 and handle = $2 order by seq desc limit 1"
);

const REFERENCE: &str = "select reference from letter where id = $1";

/// What was sent there first about a contact: the index leads over the contact's letters.
const THREAD: &str = "
    select reference from letter where contact = $1 and channel = $2 and handle = $3 and reference is not null
    order by seq limit 1";

impl Store {
    /// Returns the letter that was written last to an address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_letter(&self, to: &Address) -> Result<Option<Letter>, StoreError> {
        let row: Option<LetterRow> = on!(&self.read, pool => sqlx::query_as(LAST).bind(to.channel.as_str()).bind(to.handle.as_str()).fetch_optional(pool).await)
            .tried("read the last letter to an address")?;
        row.map(LetterRow::letter).transpose()
    }

    /// Returns what its channel calls a letter that was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reference_of(&self, letter: LetterId) -> Result<Option<String>, StoreError> {
        let found: Option<Option<String>> = on!(&self.read, pool => sqlx::query_scalar(REFERENCE).bind(letter.0).fetch_optional(pool).await)
            .tried("read what a channel calls a letter")?;
        Ok(found.flatten())
    }

    /// Returns what the channel calls the first letter that was sent to a room about a contact.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn thread_of(&self, room: &Address, contact: ContactId) -> Result<Option<String>, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(THREAD)
            .bind(contact.0)
            .bind(room.channel.as_str())
            .bind(room.handle.as_str())
            .fetch_optional(pool).await)
        .tried("read the thread of a contact")
    }
}

const LAST_EVENT: &str = "select at from event order by seq desc limit 1";

/// A row of an event never dies, so the last number is their count.
const EVENTS: &str = "select coalesce(max(seq), 0) from event";

impl Store {
    /// Returns when the last event was accepted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_event_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(LAST_EVENT).fetch_optional(pool).await).tried("read the last event's time")
    }

    /// Returns how many events were accepted so far, give or take those that were refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events(&self) -> Result<i64, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(EVENTS).fetch_one(pool).await).tried("count the events")
    }
}

impl Batch {
    async fn expire(&mut self, now: DateTime<Utc>) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> =
            on!(&mut self.writer, writing => sqlx::query_as(EXPIRE).bind(now).fetch_all(&mut *writing.tx).await)
                .tried("withdraw expired letters")?;
        in_order(rows)
    }

    async fn take(&mut self, now: DateTime<Utc>, limit: i64, elsewhere: &Elsewhere) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> = on!(&mut self.writer, writing => sqlx::query_as(TAKE)
            .bind(now)
            .bind(micros(elsewhere.since))
            .bind(elsewhere.listed())
            .bind(limit)
            .fetch_all(&mut *writing.tx).await)
        .tried("take letters from the outbox")?;
        in_order(rows)
    }
}

/// An update returns its rows in no order.
fn in_order(mut rows: Vec<LetterRow>) -> Result<Vec<Letter>, StoreError> {
    rows.sort_by_key(|row| (row.rank, row.due_at, row.seq));
    rows.into_iter().map(LetterRow::letter).collect()
}
