//! Letters as rows.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, StoreError, micros};
use crate::domain::{
    Address, Body, ContactId, Delivery, EventKey, Lang, Letter, LetterId, OperatorId, Sort,
};
use chrono::{DateTime, Utc};
use sqlx::types::{Json, Uuid};

/// The columns of a [`LetterRow`].
macro_rules! letter_columns {
    () => {
        "letter.seq, letter.id, letter.cause, letter.channel, letter.handle, letter.contact, letter.operator, \
         letter.sort, letter.rank, letter.lang, letter.body, letter.created_at, letter.due_at, letter.expires_at, \
         letter.delivery, letter.attempts, letter.error"
    };
}
pub(super) use letter_columns;

/// One row of `letter`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct LetterRow {
    pub(super) seq: i64,
    id: Uuid,
    cause: String,
    channel: String,
    handle: String,
    contact: Option<Uuid>,
    operator: Option<String>,
    sort: String,
    pub(super) rank: i64,
    lang: String,
    body: Json<Body>,
    created_at: DateTime<Utc>,
    pub(super) due_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    delivery: String,
    attempts: i64,
    pub(super) error: Option<String>,
}

impl LetterRow {
    /// Returns the letter the row holds.
    pub(super) fn letter(self) -> Result<Letter, StoreError> {
        let sort = sort_from(&self.sort).ok_or_else(|| unknown("kind of letter", &self.sort))?;
        let lang = Lang::from_code(&self.lang).ok_or_else(|| unknown("language", &self.lang))?;
        let delivery = Delivery::from_name(&self.delivery).ok_or_else(|| unknown("delivery", &self.delivery))?;
        Ok(Letter {
            id: LetterId(self.id),
            cause: EventKey::new(self.cause),
            to: Address::new(self.channel, self.handle),
            contact: self.contact.map(ContactId),
            operator: self.operator.map(OperatorId),
            sort,
            lang,
            body: self.body.0,
            created_at: self.created_at,
            due_at: self.due_at,
            expires_at: self.expires_at,
            delivery,
            attempts: self.attempts,
        })
    }
}

/// A stored value that is none of ours.
pub(super) fn unknown(what: &'static str, value: &str) -> StoreError {
    StoreError::Unreadable { what, value: value.to_owned() }
}

const SORTS: [Sort; 4] = [Sort::Answer, Sort::Relay, Sort::Offer, Sort::Notice];

/// The name in the database, and the rank: of letters that are due, lower ones leave first.
const fn sort_name(sort: Sort) -> (&'static str, i64) {
    match sort {
        Sort::Answer => ("answer", 0),
        Sort::Relay => ("relay", 1),
        Sort::Offer => ("offer", 2),
        Sort::Notice => ("notice", 3),
    }
}

fn sort_from(name: &str) -> Option<Sort> {
    SORTS.into_iter().find(|sort| sort_name(*sort).0 == name)
}

macro_rules! insert_letters {
    ($($row:literal)+) => {
        concat!(
            "insert into letter (id, cause, channel, handle, contact, operator, sort, rank, lang, body, \
             created_at, due_at, expires_at, delivery, attempts) values ",
            $($row),+
        )
    };
}

/// The statement for one, two and three letters at once: a turn mostly writes one to three.
const SEND: [&str; 3] = [
    insert_letters!("($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"),
    insert_letters!(
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ", ($16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)"
    ),
    insert_letters!(
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ", ($16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)"
        ", ($31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45)"
    ),
];

const MARK: &str = "
    update letter set delivery = $2, error = $3, due_at = coalesce($4, due_at)
    where id = $1 and $5 like '%,' || delivery || ',%'";

const ONE: &str = concat!("select ", letter_columns!(), " from letter where id = $1");

const RINGING: &str = concat!(
    "select ",
    letter_columns!(),
    " from letter where contact = $1 and operator is not null
      and delivery in ('queued', 'sending', 'unknown', 'sent') order by seq"
);

impl Batch {
    /// Puts letters into the outbox, in this order.
    pub(super) fn send(&mut self, letters: &[&Letter]) {
        for some in letters.chunks(SEND.len()) {
            let Some(text) = SEND.get(some.len() - 1) else { continue };
            on!(&mut self.writer, writing => {
                let script = writing.script.add("write letters", text);
                for letter in some {
                    let (sort, rank) = sort_name(letter.sort);
                    script
                        .bind(letter.id.0)
                        .bind(letter.cause.as_str())
                        .bind(letter.to.channel.as_str())
                        .bind(letter.to.handle.as_str())
                        .bind(letter.contact.map(|contact| contact.0))
                        .bind(letter.operator.as_ref().map(OperatorId::as_str))
                        .bind(sort)
                        .bind(rank)
                        .bind(letter.lang.code())
                        .bind(Json(&letter.body))
                        .bind(micros(letter.created_at))
                        .bind(micros(letter.due_at))
                        .bind(letter.expires_at.map(micros))
                        .bind(letter.delivery.name())
                        .bind(letter.attempts);
                }
            });
        }
    }

    /// Moves a letter to a new state; a report that would move it back changes nothing.
    pub(super) fn mark(
        &mut self,
        letter: LetterId,
        delivery: Delivery,
        error: Option<&str>,
        due_at: Option<DateTime<Utc>>,
    ) {
        on!(&mut self.writer, writing => {
            writing.script.add("mark a letter", MARK)
            .bind(letter.0)
            .bind(delivery.name())
            .bind(error)
            .bind(due_at.map(micros))
            .bind(leading_to(delivery));
        });
    }

    /// Reads one letter.
    pub(super) async fn letter(&mut self, id: LetterId) -> Result<Option<Letter>, StoreError> {
        let row: Option<LetterRow> =
            on!(&mut self.writer, writing => sqlx::query_as(ONE).bind(id.0).fetch_optional(&mut *writing.tx).await)
                .tried("read a letter")?;
        row.map(LetterRow::letter).transpose()
    }

    /// Reads the letters of a contact for operators whose fate is still open.
    pub(super) async fn ringing(&mut self, contact: ContactId) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> =
            on!(&mut self.writer, writing => sqlx::query_as(RINGING).bind(contact.0).fetch_all(&mut *writing.tx).await)
                .tried("read a contact's letters")?;
        rows.into_iter().map(LetterRow::letter).collect()
    }
}

/// The states from which a letter may come into this one, as `,queued,sending,`.
fn leading_to(delivery: Delivery) -> String {
    let names = Delivery::ALL.into_iter().filter(|old| old.after(delivery) == delivery).map(Delivery::name);
    format!(",{},", names.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::{Delivery, SORTS, leading_to, sort_from, sort_name};

    #[test]
    fn a_sort_is_read_as_it_was_written() {
        for sort in SORTS {
            assert_eq!(sort_from(sort_name(sort).0), Some(sort));
        }
    }

    #[test]
    fn only_climbing_states_lead_on() {
        assert_eq!(leading_to(Delivery::Queued), ",queued,sending,");
        assert_eq!(leading_to(Delivery::Read), ",queued,sending,unknown,sent,delivered,read,");
        assert!(!leading_to(Delivery::Failed).contains("delivered"));
    }
}
