//! Copying SQLite's log into the file. Left to itself it happens within a commit, and whoever waits for
//! that commit waits for the copying too; so it is done between commits, when all have their answer.

use super::dialect::Side;
use super::error::Tried;
use super::{Store, StoreError};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Turns after which the log is copied: what they wrote is mostly the same few pages again and again, so that
/// copying seldom is copying less. A copy takes some 20 ms, which at 300 turns a second one in a hundred meets.
const TURNS: usize = 512;

const COPY: &str = "pragma wal_checkpoint(passive)";

/// Turns written since the log was copied.
#[derive(Debug, Default)]
pub(super) struct Written(AtomicUsize);

impl Store {
    /// Copies SQLite's log into the file once enough turns were written; to be called after `turns` more of
    /// them have their answers. PostgreSQL looks after itself.
    ///
    /// # Errors
    /// When the database fails; what was committed stays so.
    pub async fn wrote(&self, turns: usize) -> Result<(), StoreError> {
        let Side::Sqlite(pool) = &self.write else { return Ok(()) };
        let written = self.written.0.fetch_add(turns, Ordering::Relaxed).saturating_add(turns);
        if written < TURNS {
            return Ok(());
        }
        self.written.0.store(0, Ordering::Relaxed);
        sqlx::query(COPY).execute(pool).await.map(drop).tried("copy the log into the file")
    }
}
