//! Everything in which SQLite and PostgreSQL differ for us. Statements are one text for both;
//! `on!` gives the same Rust body to either driver.

use super::StoreError;
use super::error::Tried;
use super::script::Script;
use sqlx::{Database, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::mem;

/// The same thing of one driver or the other.
#[derive(Debug, Clone)]
pub(super) enum Side<S, P> {
    /// Of SQLite.
    Sqlite(S),
    /// Of PostgreSQL.
    Postgres(P),
}

/// Connections to read or write with.
pub(super) type Pool = Side<SqlitePool, PgPool>;

/// The one that writes.
pub(super) type Writer = Side<Writing<Sqlite>, Writing<Postgres>>;

/// A transaction, and the statements that are still to be sent.
#[derive(Debug)]
pub(super) struct Writing<DB: Database> {
    pub(super) tx: Transaction<'static, DB>,
    pub(super) script: Script<DB>,
}

/// Instantiates one body for both drivers: `on!(&self.read, pool => sqlx::query(SQL).execute(pool).await)`.
macro_rules! on {
    ($side:expr, $driver:ident => $body:expr) => {
        match $side {
            $crate::store::dialect::Side::Sqlite($driver) => $body,
            $crate::store::dialect::Side::Postgres($driver) => $body,
        }
    };
}
pub(super) use on;

/// Takes SQLite's write lock at once, so that a turn never has to give up half-way.
const BEGIN_SQLITE: &str = "begin immediate";

const BEGIN_POSTGRES: &str = "begin";

/// One writer at a time on PostgreSQL too; freed by commit and rollback. The number is `linka` in ASCII.
const LOCK_POSTGRES: &str = "select pg_advisory_xact_lock(465625312097)";

/// Begins the one writing transaction, waiting for the one before it.
pub(super) async fn begin(pool: &Pool) -> Result<Writer, sqlx::Error> {
    match pool {
        Side::Sqlite(pool) => {
            let tx = pool.begin_with(BEGIN_SQLITE).await?;
            Ok(Side::Sqlite(Writing { tx, script: Script::sqlite() }))
        }
        Side::Postgres(pool) => {
            let mut tx = pool.begin_with(BEGIN_POSTGRES).await?;
            sqlx::query(LOCK_POSTGRES).execute(&mut *tx).await?;
            Ok(Side::Postgres(Writing { tx, script: Script::postgres() }))
        }
    }
}

/// Sends the statements that were added; all of them happen, or none. See [`Script`] for `recurs`.
pub(super) async fn run(writer: &mut Writer, recurs: bool) -> Result<(), StoreError> {
    match writer {
        Side::Sqlite(Writing { tx, script }) => mem::replace(script, Script::sqlite()).run(tx, recurs).await,
        Side::Postgres(Writing { tx, script }) => mem::replace(script, Script::postgres()).run(tx).await,
    }
}

/// Makes the transaction last.
pub(super) async fn commit(writer: Writer) -> Result<(), StoreError> {
    on!(writer, writing => writing.tx.commit().await).tried("commit a batch")
}
