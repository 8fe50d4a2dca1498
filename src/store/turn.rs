//! One writing transaction and the turns in it. `app::inbox` begins a batch, gives each waiting
//! events their turns (`read`, decide, `apply`) and commits once for all.

use super::dialect::{self, Writer, on};
use super::error::Tried;
use super::letter::{LetterRow, letter_columns};
use super::{Store, StoreError};
use crate::domain::{EventKey, Letter};

/// The one writing transaction. There is never a second one: on SQLite the writing connection is
/// one, on PostgreSQL an advisory lock stands for it. Dropped without [`Batch::commit`], nothing
/// of it has happened.
#[derive(Debug)]
pub struct Batch {
    pub(super) writer: Writer,
}

impl Store {
    /// Begins the writing transaction, waiting for the one before it to end.
    ///
    /// # Errors
    /// When the database cannot be reached, or another process holds it for too long.
    pub async fn begin(&self) -> Result<Batch, StoreError> {
        let writer = dialect::begin(&self.write).await.tried("begin a batch")?;
        Ok(Batch { writer })
    }
}

const REPLIES: &str = concat!("select ", letter_columns!(), " from letter where cause = $1 order by seq");

impl Batch {
    /// Returns the letters an event caused, in the order they were written: the answer to its repeat.
    pub(super) async fn replies_to(&mut self, key: &EventKey) -> Result<Vec<Letter>, StoreError> {
        let rows: Vec<LetterRow> =
            on!(&mut self.writer, writing => sqlx::query_as(REPLIES).bind(key.as_str()).fetch_all(&mut *writing.tx).await)
                .tried("read an event's letters")?;
        rows.into_iter().map(LetterRow::letter).collect()
    }

    /// Makes every turn of the batch last. Only after this may anything be sent or acknowledged.
    ///
    /// # Errors
    /// When the database fails; nothing of the batch is then sure to have happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        dialect::commit(self.writer).await
    }
}
