//! What can go wrong with the database. Not found is never an error.

use crate::domain::{ContactId, EventKey};
use sqlx::error::DatabaseError;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A failure of the store: what was tried; the cause is the source.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address of the database is not one we know.
    #[error("the database address must begin with `sqlite:` or `postgres://`")]
    Address,
    /// The database could not be opened.
    #[error("cannot open the database {name}")]
    Open {
        /// The file, or the server's host; never a password.
        name: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The database was written by a newer program.
    #[error("the database was written by a newer linka (its schema has step {version}, which this program does not know): use the newer program")]
    Newer {
        /// The first unknown step of the schema.
        version: i64,
    },
    /// The schema could not be brought up to date.
    #[error("cannot bring the database's schema up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A statement failed.
    #[error("cannot {tried}")]
    Sql {
        /// What the statement was for.
        tried: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// A stored value is none this program knows.
    #[error("the database holds the {what} `{value}`, which this program does not know")]
    Unreadable {
        /// The kind of value.
        what: &'static str,
        /// The value.
        value: String,
    },
    /// There is no key for the files.
    #[error("the key of the files is missing{}", advice(path))]
    NoKey {
        /// Where it should lie; empty when it should have been handed in.
        path: PathBuf,
    },
    /// The file that should hold the key holds none.
    #[error("{} holds no key: 32 bytes as base64 or as hexadecimal digits", path.display())]
    BadKey {
        /// The file.
        path: PathBuf,
    },
    /// A file was sealed with another key than the one at hand.
    #[error("the file cannot be opened: it was sealed with another key than the one in use")]
    OtherKey,
    /// A sealed file is not what it was.
    #[error("the file cannot be opened: it was damaged or changed since it was sealed")]
    Altered,
    /// The machine gives no randomness.
    #[error("the machine gives no randomness")]
    Random,
    /// Another turn has changed the contact's owner or chain since it was read.
    #[error("contact {contact} has a higher epoch than {epoch}")]
    Stale {
        /// The contact.
        contact: ContactId,
        /// The epoch that was to be written.
        epoch: i64,
    },
    /// Somebody has changed the roster since the version a turn was decided by.
    #[error("the roster was changed after version {0}")]
    Overtaken(i64),
    /// The event's key is taken: it was decided before.
    #[error("event {0} was accepted before")]
    Duplicate(EventKey),
    /// A file beside the database could not be used.
    #[error("cannot {tried} {}", path.display())]
    File {
        /// What was tried.
        tried: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database has its own tool for this.
    #[error("{0}")]
    OwnTool(&'static str),
}

/// Where to look for a key.
fn advice(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        return "; set LINKA_DATA_KEY".to_owned();
    }
    format!("; put it back to {}, or set LINKA_DATA_KEY. Where it is lost for good, a new one in its place seals what comes from now on", path.display())
}

impl StoreError {
    /// Tells whether a file is there and cannot be opened.
    #[must_use]
    pub const fn is_sealed(&self) -> bool {
        matches!(self, Self::NoKey { .. } | Self::BadKey { .. } | Self::OtherKey | Self::Altered)
    }

    /// Tells whether the same call may succeed a moment later: the database was busy,
    /// unreachable or restarting.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        let (Self::Sql { source, .. } | Self::Open { source, .. }) = self else { return false };
        matches!(source, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed)
            || source.as_database_error().and_then(DatabaseError::code).is_some_and(|code| passing(&code))
    }
}

/// SQLite: busy and locked with their extended codes' low byte (<https://sqlite.org/rescode.html>);
/// PostgreSQL: connection, serialisation, deadlock, resources, shutdown
/// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn passing(code: &str) -> bool {
    const POSTGRES: [&str; 6] = ["08", "40001", "40P01", "53", "55P03", "57P"];
    if code.len() < 5 {
        return code.parse::<i32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6));
    }
    POSTGRES.iter().any(|class| code.starts_with(class))
}

/// Says what a statement was for when it fails.
pub(super) trait Tried<T> {
    /// Completes the sentence "cannot …".
    fn tried(self, tried: &'static str) -> Result<T, StoreError>;
}

impl<T> Tried<T> for Result<T, sqlx::Error> {
    fn tried(self, tried: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Sql { tried, source })
    }
}

#[cfg(test)]
mod tests {
    use super::passing;

    #[test]
    fn busy_passes_and_a_full_disk_does_not() {
        for code in ["5", "6", "261", "517", "40001", "57P01", "08006"] {
            assert!(passing(code), "{code}");
        }
        for code in ["13", "10", "2067", "23505", "22P02", ""] {
            assert!(!passing(code), "{code}");
        }
    }
}
