//! Opening and closing: pools, pragmas, migrations. Called once, by `main` and by tests.

use super::dialect::{Pool, Side};
use super::vault::{DataKey, Vault};
use super::{Store, StoreError};
use sqlx::{ConnectOptions, Connection};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

static SQLITE: Migrator = sqlx_macros::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx_macros::migrate!("migrations/postgres");

/// Another process (a command beside the running line) holds the write lock no longer than this.
const BUSY_MAX: Duration = Duration::from_secs(10);
/// A turn that waits longer for a connection is refused rather than piled up.
const ACQUIRE_MAX: Duration = Duration::from_secs(30);
/// A server that does not answer a first connection for so long is not there.
const CONNECT_MAX: Duration = Duration::from_secs(4);
/// Readers on SQLite: pages of the console; more than the cores gains nothing.
const READERS_MAX: u32 = 4;
/// Connections to PostgreSQL of one node.
const POSTGRES_MAX: u32 = 16;
/// Prepared statements kept on each connection; the program has fewer.
const STATEMENTS_MAX: usize = 200;
/// Results SQLite's thread may be ahead of us by, so that it never waits in the middle of a script.
const RESULTS_MAX: usize = 256;
/// Bytes of a page. A turn touches the last page of some thirty trees: small pages write less.
const PAGE_BYTES: u32 = 2_048;
/// Pages the log may grow by before a commit copies them into the file, where turns were not counted (see
/// `checkpoint`), as in an import.
const CHECKPOINT_PAGES: &str = "32000";
/// What the log's file shrinks to afterwards, in bytes.
const LOG_BYTES_MAX: &str = "67108864";

impl Store {
    /// Opens a database and brings its schema up to date.
    ///
    /// `sqlite:/path/file.db` is created when missing; `sqlite::memory:` is a file in the
    /// temporary folder that goes with the last clone, and so does the key of its files;
    /// `postgres://…` is a server's database. Without a key no file is kept.
    ///
    /// # Errors
    /// When the address is neither, the database cannot be opened or migrated, or when a
    /// newer program wrote it ([`StoreError::Newer`]).
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return open_postgres(url).await;
        }
        let path = url.strip_prefix("sqlite:").ok_or(StoreError::Address)?;
        if path == ":memory:" {
            let temporary = Temporary::create()?;
            let store = open_sqlite(&temporary.0.join("linka.db")).await?;
            return Ok(Self { _temporary: Some(Arc::new(temporary)), ..store.with_key(DataKey::fresh()?) });
        }
        open_sqlite(Path::new(path.strip_prefix("//").unwrap_or(path))).await
    }

    /// Seals files with this key.
    #[must_use]
    pub fn with_key(self, key: DataKey) -> Self {
        Self { vault: Arc::new(Vault::of(key)), ..self }
    }

    /// Seals files with the key in this file, which is made with the first of them.
    #[must_use]
    pub fn with_key_file(self, path: PathBuf) -> Self {
        Self { vault: Arc::new(Vault::in_file(path)), ..self }
    }

    /// Tells whether this is the embedded database, a file of our own.
    #[must_use]
    pub const fn is_sqlite(&self) -> bool {
        matches!(self.write, Side::Sqlite(_))
    }

    /// Closes every connection; on SQLite the writer goes last and empties the log.
    pub async fn close(&self) {
        super::dialect::on!(&self.read, pool => pool.close().await);
        super::dialect::on!(&self.write, pool => pool.close().await);
    }
}

async fn open_sqlite(path: &Path) -> Result<Store, StoreError> {
    let open = |source| StoreError::Open { name: path.display().to_string(), source };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_MAX)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS_MAX)
        .row_buffer_size(RESULTS_MAX)
        .disable_statement_logging();
    let write = writer(options.clone()).await.map_err(open)?;
    SQLITE.run(&write).await.map_err(migrated)?;
    let read = readers(options).await.map_err(open)?;
    Ok(Store { write: Pool::Sqlite(write), read: Pool::Sqlite(read), written: Arc::default(), vault: Arc::new(Vault::empty()), _temporary: None })
}

/// SQLite before 3.51.3 can damage its log when two connections write or checkpoint at once
/// (<https://sqlite.org/wal.html#walresetbug>), so one connection does both.
async fn writer(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .page_size(PAGE_BYTES)
        .synchronous(SqliteSynchronous::Full)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16384")
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        .pragma("journal_size_limit", LOG_BYTES_MAX);
    kept(1).connect_with(options).await
}

async fn readers(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let options = options.read_only(true).pragma("query_only", "on").pragma("cache_size", "-4096");
    kept(READERS_MAX).connect_with(options).await
}

fn kept(connections_max: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections_max)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(ACQUIRE_MAX)
}

async fn open_postgres(url: &str) -> Result<Store, StoreError> {
    let named = |name: String| move |source| StoreError::Open { name, source };
    let options = PgConnectOptions::from_str(url)
        .map_err(named("at the given address".to_owned()))?
        .statement_cache_capacity(STATEMENTS_MAX)
        .disable_statement_logging();
    let name = format!("on {}", options.get_host());
    // The pool tries again until its time is up and forgets why; one connection before it says at once.
    let silent = |_| sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, format!("no answer within {} s", CONNECT_MAX.as_secs())));
    let first = tokio::time::timeout(CONNECT_MAX, options.connect()).await.map_err(silent).flatten().map_err(named(name.clone()))?;
    let pool: PgPool = PgPoolOptions::new()
        .max_connections(POSTGRES_MAX)
        .acquire_timeout(ACQUIRE_MAX)
        .connect_with(options)
        .await
        .map_err(named(name))?;
    // The server keeps no grudge when this is lost instead of closed.
    let _ = first.close().await;
    POSTGRES.run(&pool).await.map_err(migrated)?;
    Ok(Store { write: Pool::Postgres(pool.clone()), read: Pool::Postgres(pool), written: Arc::default(), vault: Arc::new(Vault::empty()), _temporary: None })
}

fn migrated(error: MigrateError) -> StoreError {
    if let MigrateError::VersionMissing(version) = error { StoreError::Newer { version } } else { StoreError::Migrate(error) }
}

/// A folder that is removed when nobody uses it any more.
#[derive(Debug)]
pub(super) struct Temporary(PathBuf);

impl Temporary {
    fn create() -> Result<Self, StoreError> {
        let mut name = [0_u8; 16];
        let path = std::env::temp_dir();
        let failed = |source| StoreError::File { tried: "make a folder in", path: std::env::temp_dir(), source };
        getrandom::fill(&mut name).map_err(std::io::Error::from).map_err(failed)?;
        let path = path.join(format!("linka-{}", uuid::Uuid::from_bytes(name).simple()));
        std::fs::create_dir(&path).map_err(failed)?;
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Nobody is left to tell; the system empties its temporary folder in time.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
