//! Contacts as rows: the whole contact as JSON, and columns for what is searched and sorted.

use super::dialect::on;
use super::error::Tried;
use super::rows::Rows;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{Contact, ContactId, Destination, LineId, OperatorId, Outcome, Place, Region, fold};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::error::ErrorKind;
use sqlx::types::{Json, Uuid};

/// An older epoch becomes a null, which the column refuses.
const KEEP: Rows = Rows {
    before: "insert into contact (number, id, worker, line, region, channel, medium, stage, owner, epoch, urgent, \
        opened_at, changed_at, answered_at, promise_due, closed_at, outcome, review, words, body) values ",
    columns: 20,
    after: " on conflict (id) do update set \
        epoch = case when contact.epoch <= excluded.epoch then excluded.epoch end, urgent = excluded.urgent, \
        changed_at = excluded.changed_at, answered_at = excluded.answered_at, promise_due = excluded.promise_due, \
        outcome = excluded.outcome, words = excluded.words, body = excluded.body",
};

/// Every index of contacts would be rewritten with each turn if [`KEEP`] set what they stand on.
const MOVE: Rows = Rows {
    before: "with moved (id, line, region, stage, owner, review, closed_at) as (values ",
    columns: 7,
    after: ") update contact set line = moved.line, region = moved.region, stage = moved.stage, owner = moved.owner, \
        review = moved.review, closed_at = moved.closed_at from moved \
        where contact.id = moved.id and (contact.line is distinct from moved.line \
            or contact.region is distinct from moved.region or contact.stage <> moved.stage \
            or contact.owner is distinct from moved.owner or contact.review <> moved.review \
            or contact.closed_at is distinct from moved.closed_at)",
};

const OPEN_OF_OWNER: &str = "
    select body, exists (select 1 from contact as other where other.worker = contact.worker
        and other.stage <> 'closed' and other.id <> contact.id) from contact
    where owner = $1 and stage <> 'closed' order by opened_at, number limit 100";

const OPEN_ON_LINE: &str = "
    select body from contact where line = $1 and stage <> 'closed' and stage <> 'asking'
    order by opened_at, number limit 50";

const ADRIFT: &str = "
    select id, epoch from contact where stage <> 'closed' and owner is null and changed_at < $1
    and not exists (select 1 from timer where timer.contact = contact.id) order by opened_at, number limit 100";

impl Store {
    /// Reads the open contacts an operator has, as [`Batch::held`] does in a turn.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn held_by(&self, operator: &OperatorId) -> Result<Vec<Contact>, StoreError> {
        let rows: Vec<(Json<Contact>,)> = on!(&self.read, pool => sqlx::query_as(OPEN_OF_OWNER).bind(operator.as_str()).fetch_all(pool).await)
            .tried("read an operator's contacts")?;
        Ok(rows.into_iter().map(|(Json(contact),)| contact).collect())
    }

    /// Lists open contacts that nobody has and no timer will move, untouched since an instant, with their epochs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn adrift(&self, before: DateTime<Utc>) -> Result<Vec<(ContactId, i64)>, StoreError> {
        let rows: Vec<(Uuid, i64)> = on!(&self.read, pool => sqlx::query_as(ADRIFT).bind(micros(before)).fetch_all(pool).await)
            .tried("look for contacts adrift")?;
        Ok(rows.into_iter().map(|(id, epoch)| (ContactId(id), epoch)).collect())
    }
}

const FINISHED: &str = "
    select count(*) from contact where owner = $1 and stage = 'closed' and closed_at >= $2 and opened_at >= $3";

impl Batch {
    /// Writes contacts, new or changed, unless a stored epoch is higher.
    pub(super) fn keep(&mut self, contacts: &[&Contact]) {
        let Some(first) = contacts.first() else { return };
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("write a contact", &KEEP, contacts.len());
            for contact in contacts {
                script
                    .bind(contact.number)
                    .bind(contact.id.0)
                    .bind(contact.worker.0)
                    .bind(line(contact))
                    .bind(region(contact))
                    .bind(contact.address.channel.as_str())
                    .bind(contact.medium.name())
                    .bind(contact.stage.code())
                    .bind(owner(contact))
                    .bind(contact.epoch)
                    .bind(contact.urgent)
                    .bind(micros(contact.opened_at))
                    .bind(micros(contact.changed_at))
                    .bind(contact.answered_at.map(micros))
                    .bind(contact.promise_due.map(micros))
                    .bind(contact.closed_at.map(micros))
                    .bind(contact.outcome.map(Outcome::code))
                    .bind(contact.review.code())
                    .bind(words(contact))
                    .bind(Json(*contact));
            }
            script.or(ErrorKind::NotNullViolation, StoreError::Stale { contact: first.id, epoch: first.epoch });
            let script = writing.script.rows("move a contact", &MOVE, contacts.len());
            for contact in contacts {
                script
                    .bind(contact.id.0)
                    .bind(line(contact))
                    .bind(region(contact))
                    .bind(contact.stage.code())
                    .bind(owner(contact))
                    .bind(contact.review.code())
                    .bind(contact.closed_at.map(micros));
            }
        });
    }

    /// Reads the open contacts an operator has, oldest first; nobody holds more than a hundred.
    pub(super) async fn held(&mut self, operator: &OperatorId) -> Result<Vec<Contact>, StoreError> {
        let rows: Vec<(Json<Contact>, bool)> =
            on!(&mut self.writer, writing => sqlx::query_as(OPEN_OF_OWNER).bind(operator.as_str()).fetch_all(&mut *writing.tx).await)
                .tried("read an operator's contacts")?;
        Ok(rows.into_iter().map(|(Json(contact), beside)| Contact { beside, ..contact }).collect())
    }
}

/// Contacts so old are not what somebody finishes in a shift.
const SHIFT_DAYS_MAX: TimeDelta = TimeDelta::days(30);

impl Batch {
    /// Reads the open contacts of a line, oldest first, at most fifty.
    pub(super) async fn open_on(&mut self, line: &LineId) -> Result<Vec<Contact>, StoreError> {
        let rows: Vec<(Json<Contact>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(OPEN_ON_LINE).bind(line.as_str()).fetch_all(&mut *writing.tx).await)
                .tried("read a line's open contacts")?;
        Ok(rows.into_iter().map(|(Json(contact),)| contact).collect())
    }

    /// Counts what an operator has finished since an instant.
    pub(super) async fn finished_by(&mut self, operator: &OperatorId, since: DateTime<Utc>) -> Result<i64, StoreError> {
        let oldest = micros(since.checked_sub_signed(SHIFT_DAYS_MAX).unwrap_or(since));
        on!(&mut self.writer, writing => sqlx::query_scalar(FINISHED)
            .bind(operator.as_str())
            .bind(micros(since))
            .bind(oldest)
            .fetch_one(&mut *writing.tx).await)
        .tried("count what an operator finished")
    }
}

fn line(contact: &Contact) -> Option<&str> {
    contact.line.as_ref().map(LineId::as_str)
}

fn region(contact: &Contact) -> Option<&'static str> {
    contact.need.destination.as_ref().and_then(Destination::region).map(Region::code)
}

fn owner(contact: &Contact) -> Option<&str> {
    contact.owner.as_ref().map(OperatorId::as_str)
}

/// What the console's search finds a contact by, besides its log: folded, one word group a line.
fn words(contact: &Contact) -> String {
    let place = match &contact.need.destination {
        Some(Destination::Place(Place { municipality: Some(place), .. })) => Some(place.name.as_str()),
        Some(Destination::Place(Place { municipality: None, .. }) | Destination::Abroad(_)) | None => None,
    };
    let parts = [contact.worker_name.as_deref(), contact.question.as_deref(), place, contact.reason.as_deref()];
    fold(&parts.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}
