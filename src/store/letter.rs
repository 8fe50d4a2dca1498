//! Letters as rows.

use super::dialect::on;
use super::error::Tried;
use super::rows::{Rows, filled, pieces, read_rows};
use super::sorted::Mark;
use super::{Batch, StoreError, micros};
use crate::domain::{
    Address, Body, ContactId, Delivery, EventKey, Lang, Letter, LetterId, OperatorId, Sort,
};
use chrono::{DateTime, Utc};
use sqlx::types::{Json, Uuid};
use std::collections::HashSet;

/// The columns of a [`LetterRow`].
macro_rules! letter_columns {
    () => {
        "letter.seq, letter.id, letter.cause, letter.channel, letter.handle, letter.contact, letter.operator, \
         letter.sort, letter.rank, letter.lang, letter.body, letter.created_at, letter.due_at, letter.expires_at, \
         letter.delivery, letter.attempts, letter.throttled, letter.asks, letter.error, letter.own, letter.reference"
    };
}
pub(super) use letter_columns;

/// One row of `letter`.
#[derive(Debug, sqlx_macros::FromRow)]
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
    throttled: i64,
    pub(super) asks: i64,
    pub(super) error: Option<String>,
    own: Option<String>,
    reference: Option<String>,
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
            urgent: self.rank < 0,
            lang,
            body: self.body.0,
            created_at: self.created_at,
            due_at: self.due_at,
            expires_at: self.expires_at,
            delivery,
            attempts: self.attempts - self.throttled,
            own: self.own,
            reference: self.reference,
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

/// What is urgent leaves before everything else, in the order of the sorts.
const AHEAD: i64 = 10;

const fn rank(letter: &Letter) -> i64 {
    let (_, rank) = sort_name(letter.sort);
    if letter.urgent { rank - AHEAD } else { rank }
}

fn sort_from(name: &str) -> Option<Sort> {
    SORTS.into_iter().find(|sort| sort_name(*sort).0 == name)
}

/// A letter that stands for several is written by the first of them.
const SEND: Rows = Rows {
    before: "insert into letter (id, cause, channel, handle, contact, operator, sort, rank, lang, body, \
        created_at, due_at, expires_at, delivery, attempts, own, reference) values ",
    columns: 17,
    after: " on conflict (id) do nothing",
};

/// Those that wait for their hour hold nobody up.
const HURRY: &str = "
    update letter set rank = rank - $1, due_at = $2
    where channel = $3 and handle = $4 and delivery = 'queued' and rank >= 0 and (attempts > 0 or due_at <= $5)";

const MARK: Rows = Rows {
    before: "with report (id, delivery, error, due_at, reference, throttled, after) as (values ",
    columns: 7,
    after: ") update letter set delivery = report.delivery, error = report.error, \
        due_at = coalesce(report.due_at, letter.due_at), reference = coalesce(report.reference, letter.reference), \
        throttled = letter.throttled + report.throttled from report \
        where letter.id = report.id and report.after like '%,' || letter.delivery || ',%'",
};

/// What a statement looks up by id.
const WANTED: &str = "with wanted (id) as (values ";

const BY_ID: Rows = Rows {
    before: WANTED,
    columns: 1,
    after: concat!(") select ", letter_columns!(), " from letter where id in (select id from wanted)"),
};

const RINGING: Rows = Rows {
    before: WANTED,
    columns: 1,
    after: concat!(
        ") select ",
        letter_columns!(),
        " from letter where contact in (select id from wanted) and operator is not null
            and delivery in ('queued', 'sending', 'unknown', 'sent') order by seq"
    ),
};

const WAITING: &str = concat!("select ", letter_columns!(), " from letter where channel = $1 and handle = $2 and delivery = 'queued' order by seq");

impl Batch {
    /// Puts letters into the outbox, in this order.
    pub(super) fn send(&mut self, letters: &[&Letter]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("write letters", &SEND, letters.len());
            for letter in letters {
                let (sort, _) = sort_name(letter.sort);
                script
                    .bind(letter.id.0)
                    .bind(letter.cause.as_str())
                    .bind(letter.to.channel.as_str())
                    .bind(letter.to.handle.as_str())
                    .bind(letter.contact.map(|contact| contact.0))
                    .bind(letter.operator.as_ref().map(OperatorId::as_str))
                    .bind(sort)
                    .bind(rank(letter))
                    .bind(letter.lang.code())
                    .bind(Json(&letter.body))
                    .bind(micros(letter.created_at))
                    .bind(micros(letter.due_at))
                    .bind(letter.expires_at.map(micros))
                    .bind(letter.delivery.name())
                    .bind(letter.attempts)
                    .bind(letter.own.as_deref())
                    .bind(letter.reference.as_deref());
            }
        });
        letters.iter().filter(|letter| letter.urgent).for_each(|letter| self.hurry(letter));
    }

    /// Letters to one address leave in order, so that those an urgent one would wait for are urgent too.
    fn hurry(&mut self, urgent: &Letter) {
        on!(&mut self.writer, writing => {
            writing.script.add("hurry letters before an urgent one", HURRY)
                .bind(AHEAD)
                .bind(micros(urgent.created_at))
                .bind(urgent.to.channel.as_str())
                .bind(urgent.to.handle.as_str())
                .bind(micros(urgent.created_at));
        });
    }

    /// Moves letters to new states; a report that would move one back changes nothing.
    pub(super) fn mark(&mut self, marks: &[Mark<'_>]) {
        let letters: HashSet<_> = marks.iter().map(|mark| mark.letter).collect();
        // One statement sees a letter once; of two reports on it the second meets what the first left.
        if letters.len() == marks.len() {
            pieces(marks).for_each(|marks| self.mark_apart(marks));
        } else {
            marks.chunks(1).for_each(|mark| self.mark_apart(mark));
        }
    }

    fn mark_apart(&mut self, marks: &[Mark<'_>]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("mark a letter", &MARK, marks.len());
            for mark in marks {
                script
                    .bind(mark.letter.0)
                    .bind(mark.delivery.name())
                    .bind(mark.error)
                    .bind(mark.due_at.map(micros))
                    .bind(mark.reference)
                    .bind(i64::from(mark.uncounted))
                    .bind(leading_to(mark.delivery));
            }
        });
    }

    /// Reads letters, in no order.
    pub(super) async fn letters(&mut self, ids: &[LetterId]) -> Result<Vec<Letter>, StoreError> {
        let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
        self.look_up(&BY_ID, &ids).await
    }

    /// Reads the letters of contacts for operators whose fate is still open, in their order.
    pub(super) async fn ringing(&mut self, contacts: &[ContactId]) -> Result<Vec<Letter>, StoreError> {
        let ids: Vec<_> = contacts.iter().map(|id| id.0).collect();
        self.look_up(&RINGING, &ids).await
    }

    /// Reads the letters that wait to leave to an address, in their order.
    pub(super) async fn waiting_to(&mut self, address: &Address) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> = on!(&mut self.writer, writing => sqlx::query_as(WAITING)
            .bind(address.channel.as_str())
            .bind(address.handle.as_str())
            .fetch_all(&mut *writing.tx).await)
        .tried("read the letters that wait for an address")?;
        rows.into_iter().map(LetterRow::letter).collect()
    }

    async fn look_up(&mut self, rows: &Rows, ids: &[Uuid]) -> Result<Vec<Letter>, StoreError> {
        let mut letters = Vec::new();
        for piece in filled(ids) {
            let found: Vec<LetterRow> = read_rows!(self, rows, piece, |query, id| query.bind(id)).tried("read letters")?;
            for row in found {
                letters.push(row.letter()?);
            }
        }
        Ok(letters)
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
