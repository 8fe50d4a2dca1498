//! What a phone call needs to be answered again, or led on: letters by name, by cause and by call.

use crate::domain::{Address, ContactId, EventKey, Letter, LetterId};
use crate::store::dialect::on;
use crate::store::error::Tried;
use crate::store::letter::{LetterRow, letter_columns};
use crate::store::{Store, StoreError};
use sqlx::types::Uuid;

const LETTER: &str = concat!("select ", letter_columns!(), " from letter where id = $1");

const CAUSED: &str = concat!("select ", letter_columns!(), " from letter where cause = $1 order by seq");

const LAST_SAID: &str = concat!(
    "select ",
    letter_columns!(),
    " from letter where contact = $1 and reference = $2 and operator is null order by seq desc limit 1"
);

const SENDER_OF: &str = "select channel, handle from event where key = $1";

const CONTACT_OF: &str = "select contact from event where key = $1";

impl Store {
    /// Returns a letter.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn letter(&self, id: LetterId) -> Result<Option<Letter>, StoreError> {
        let row: Option<LetterRow> =
            on!(&self.read, pool => sqlx::query_as(LETTER).bind(id.0).fetch_optional(pool).await).tried("read a letter")?;
        row.map(LetterRow::letter).transpose()
    }

    /// Returns what an event caused, in order; nothing when it never happened.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn caused_by(&self, key: &EventKey) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> =
            on!(&self.read, pool => sqlx::query_as(CAUSED).bind(key.as_str()).fetch_all(pool).await).tried("read an event's letters")?;
        rows.into_iter().map(LetterRow::letter).collect()
    }

    /// Returns what was said last to the worker of a contact in one call.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn last_said_in(&self, call: &str, contact: ContactId) -> Result<Option<Letter>, StoreError> {
        let row: Option<LetterRow> = on!(&self.read, pool =>
            sqlx::query_as(LAST_SAID).bind(contact.0).bind(call).fetch_optional(pool).await)
        .tried("read what was said last in a call")?;
        row.map(LetterRow::letter).transpose()
    }

    /// Returns who caused an event; `None` when it never happened, or nobody was heard.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sender_of(&self, key: &EventKey) -> Result<Option<Address>, StoreError> {
        let found: Option<(Option<String>, Option<String>)> =
            on!(&self.read, pool => sqlx::query_as(SENDER_OF).bind(key.as_str()).fetch_optional(pool).await).tried("read who caused an event")?;
        let (channel, handle) = found.unwrap_or_default();
        Ok(channel.zip(handle).map(|(channel, handle)| Address::new(channel, handle)))
    }

    /// Returns the contact an event turned out to be about; `None` when it never happened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contact_of(&self, key: &EventKey) -> Result<Option<ContactId>, StoreError> {
        let found: Option<Option<Uuid>> = on!(&self.read, pool => sqlx::query_scalar(CONTACT_OF).bind(key.as_str()).fetch_optional(pool).await)
            .tried("read an event's contact")?;
        Ok(found.flatten().map(ContactId))
    }
}
