//! One contact and everything that happened to it.

use crate::domain::{Contact, ContactId, Entry, Letter};
use crate::store::dialect::on;
use crate::store::entry::Logged;
use crate::store::error::Tried;
use crate::store::letter::{LetterRow, letter_columns};
use crate::store::{Store, StoreError};
use sqlx::types::Json;

/// A letter and what its channel said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The letter with its fate.
    pub letter: Letter,
    /// What the channel said when it failed.
    pub error: Option<String>,
}

/// Everything that happened to a contact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The log, in the order it was written.
    pub entries: Vec<Entry>,
    /// The letters, in the order they were written.
    pub letters: Vec<Posted>,
}

const BY_ID: &str = "select body from contact where id = $1";

const BY_NUMBER: &str = "select body from contact where number = $1";

const LOG: &str = "select entries from log where contact = $1 order by seq";

const LETTERS: &str = concat!("select ", letter_columns!(), " from letter where contact = $1 order by seq");

impl Store {
    /// Returns one contact.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contact(&self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        let row: Option<(Json<Contact>,)> =
            on!(&self.read, pool => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(pool).await)
                .tried("read a contact")?;
        Ok(row.map(|(Json(contact),)| contact))
    }

    /// Returns the contact with the number people say.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contact_by_number(&self, number: i64) -> Result<Option<Contact>, StoreError> {
        let row: Option<(Json<Contact>,)> =
            on!(&self.read, pool => sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(pool).await)
                .tried("read a contact")?;
        Ok(row.map(|(Json(contact),)| contact))
    }

    /// Returns a contact's log and letters; both are empty when there is no such contact.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn timeline(&self, contact: ContactId) -> Result<Timeline, StoreError> {
        let turns: Vec<(Json<Vec<Logged<'_>>>,)> =
            on!(&self.read, pool => sqlx::query_as(LOG).bind(contact.0).fetch_all(pool).await)
                .tried("read a contact's log")?;
        let letters: Vec<LetterRow> =
            on!(&self.read, pool => sqlx::query_as(LETTERS).bind(contact.0).fetch_all(pool).await)
                .tried("read a contact's letters")?;
        Ok(Timeline {
            entries: turns.into_iter().flat_map(|(Json(turn),)| turn).map(|logged| logged.entry(contact)).collect(),
            letters: letters.into_iter().map(posted).collect::<Result<_, _>>()?,
        })
    }
}

fn posted(mut row: LetterRow) -> Result<Posted, StoreError> {
    let error = row.error.take();
    Ok(Posted { letter: row.letter()?, error })
}
