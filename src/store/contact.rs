//! Contacts as rows: the whole contact as JSON, and columns for what is searched and sorted.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, StoreError, micros};
use crate::domain::{Contact, ContactId, Destination, LineId, OperatorId, Outcome, Place, Region, fold};
use sqlx::error::ErrorKind;
use sqlx::types::Json;

/// An older epoch becomes a null, which the column refuses.
const KEEP: &str = "
    insert into contact (number, id, worker, line, region, channel, medium, stage, owner, epoch, urgent,
        opened_at, changed_at, answered_at, promise_due, closed_at, outcome, review, words, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
    on conflict (id) do update set
        epoch = case when contact.epoch <= excluded.epoch then excluded.epoch end, urgent = excluded.urgent,
        changed_at = excluded.changed_at, answered_at = excluded.answered_at, promise_due = excluded.promise_due,
        outcome = excluded.outcome, words = excluded.words, body = excluded.body";

/// Every index of contacts would be rewritten with each turn if [`KEEP`] set what they stand on.
const MOVE: &str = "
    update contact set line = $2, region = $3, stage = $4, owner = $5, review = $6, closed_at = $7
    where id = $1 and (line is distinct from $2 or region is distinct from $3 or stage <> $4
        or owner is distinct from $5 or review <> $6 or closed_at is distinct from $7)";

const BY_ID: &str = "select body from contact where id = $1";

const OPEN_OF_OWNER: &str = "
    select body from contact where owner = $1 and stage <> 'closed' order by opened_at, number limit 100";

impl Batch {
    /// Writes a contact, new or changed, unless its stored epoch is higher.
    pub(super) fn keep(&mut self, contact: &Contact) {
        let line = contact.line.as_ref().map(LineId::as_str);
        let region = contact.need.destination.as_ref().and_then(Destination::region).map(Region::code);
        let owner = contact.owner.as_ref().map(OperatorId::as_str);
        let closed_at = contact.closed_at.map(micros);
        on!(&mut self.writer, writing => {
            writing.script.add("write a contact", KEEP)
                .bind(contact.number)
                .bind(contact.id.0)
                .bind(contact.worker.0)
                .bind(line)
                .bind(region)
                .bind(contact.address.channel.as_str())
                .bind(contact.medium.name())
                .bind(contact.stage.code())
                .bind(owner)
                .bind(contact.epoch)
                .bind(contact.urgent)
                .bind(micros(contact.opened_at))
                .bind(micros(contact.changed_at))
                .bind(contact.answered_at.map(micros))
                .bind(contact.promise_due.map(micros))
                .bind(closed_at)
                .bind(contact.outcome.map(Outcome::code))
                .bind(contact.review.code())
                .bind(words(contact))
                .bind(Json(contact))
                .or(ErrorKind::NotNullViolation, StoreError::Stale { contact: contact.id, epoch: contact.epoch });
            writing.script.add("move a contact", MOVE)
                .bind(contact.id.0)
                .bind(line)
                .bind(region)
                .bind(contact.stage.code())
                .bind(owner)
                .bind(contact.review.code())
                .bind(closed_at);
        });
    }

    /// Reads one contact.
    pub(super) async fn contact(&mut self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        let row: Option<(Json<Contact>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(&mut *writing.tx).await)
                .tried("read a contact")?;
        Ok(row.map(|(Json(contact),)| contact))
    }

    /// Reads the open contacts an operator has, oldest first; nobody holds more than a hundred.
    pub(super) async fn held(&mut self, operator: &OperatorId) -> Result<Vec<Contact>, StoreError> {
        let rows: Vec<(Json<Contact>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(OPEN_OF_OWNER).bind(operator.as_str()).fetch_all(&mut *writing.tx).await)
                .tried("read an operator's contacts")?;
        Ok(rows.into_iter().map(|(Json(contact),)| contact).collect())
    }
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
