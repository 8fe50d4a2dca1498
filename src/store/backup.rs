//! A consistent copy of the running database, and a look at whether it is sound.

use super::dialect::{Side, on};
use super::error::Tried;
use super::{Store, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;

/// What a check found; both lists are empty when all is well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// What SQLite's integrity and foreign-key checks say; PostgreSQL keeps these itself.
    pub damage: Vec<String>,
    /// Numbers of contacts that are open, owned by nobody and waited for by no timer.
    pub adrift: Vec<i64>,
}

impl Findings {
    /// Tells whether nothing was found.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty() && self.adrift.is_empty()
    }
}

const COPY: &str = "vacuum into $1";

const INTEGRITY: &str = "pragma integrity_check(100)";

const FOREIGN_KEYS: &str = "select distinct \"table\" || ' points to a missing ' || \"parent\" from pragma_foreign_key_check";

const ADRIFT: &str = "
    select number from contact
    where stage <> 'closed' and owner is null and not exists (select 1 from timer where timer.contact = contact.id)
    order by number limit 100";

impl Store {
    /// Writes a consistent copy to a new file while the line goes on.
    ///
    /// # Errors
    /// When the file exists or cannot be written, and on PostgreSQL, which has `pg_dump`.
    pub async fn backup(&self, path: &Path) -> Result<(), StoreError> {
        let Side::Sqlite(pool) = &self.read else {
            return Err(StoreError::OwnTool("this database is on PostgreSQL: copy it with `pg_dump`"));
        };
        let failed = |tried| move |source| StoreError::File { tried, path: path.to_owned(), source };
        let Some(name) = path.to_str() else {
            return Err(failed("write a copy to")(std::io::ErrorKind::InvalidFilename.into()));
        };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            let source = std::io::ErrorKind::NotFound.into();
            return Err(StoreError::File { tried: "write a copy into the folder", path: folder.to_owned(), source });
        }
        if path.exists() {
            return Err(failed("write a copy over")(std::io::ErrorKind::AlreadyExists.into()));
        }
        copy_to(pool, name).await.tried("copy the database")?;
        let copy = tokio::fs::File::open(path).await.map_err(failed("open the copy"))?;
        copy.sync_all().await.map_err(failed("make the copy last in"))
    }

    /// Looks for damage and for contacts that nothing would ever move again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(&self) -> Result<Findings, StoreError> {
        let damage = match &self.read {
            Side::Sqlite(pool) => {
                let mut said: Vec<String> =
                    sqlx::query_scalar(INTEGRITY).fetch_all(pool).await.tried("check the database")?;
                said.retain(|said| said != "ok");
                let dangling: Vec<String> =
                    sqlx::query_scalar(FOREIGN_KEYS).fetch_all(pool).await.tried("check the database's links")?;
                said.extend(dangling);
                said
            }
            Side::Postgres(_) => Vec::new(),
        };
        let adrift = on!(&self.read, pool => sqlx::query_scalar(ADRIFT).fetch_all(pool).await)
            .tried("look for contacts adrift")?;
        Ok(Findings { damage, adrift })
    }
}

/// A reader of its own: it stays in one snapshot until the copy is written, and SQLite counts
/// writing another file as a write.
async fn copy_to(readers: &SqlitePool, name: &str) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::clone(&readers.connect_options()).pragma("query_only", "off");
    let mut reader = options.connect().await?;
    sqlx::query(COPY).bind(name).execute(&mut reader).await?;
    reader.close().await
}
