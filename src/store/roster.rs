//! The rows of the roster – lines, operators, absences, covers – and every version they ever had,
//! so that "who was on duty then" stays true after changes. The store knows nothing of their shape.

use super::dialect::on;
use super::error::Tried;
use super::handbook::RAISE;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{RosterChange, RosterRow};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::error::ErrorKind;
use sqlx::types::Json;

/// What a row of the roster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RosterKind {
    /// A line with its hours, shifts and overrides.
    Line,
    /// A person who answers or coordinates.
    Operator,
    /// A person's absence.
    Absence,
    /// One line serving another's regions for a while.
    Cover,
}

/// The statements of one kind.
struct Statements {
    name: &'static str,
    save: &'static str,
    remove: &'static str,
    all: &'static str,
}

macro_rules! statements {
    ($table:literal) => {
        Statements {
            name: $table,
            save: concat!("insert into ", $table, " (id, body) values ($1, $2) on conflict (id) do update set body = excluded.body"),
            remove: concat!("delete from ", $table, " where id = $1"),
            all: concat!("select body from ", $table, " order by id"),
        }
    };
}

const LINE: Statements = statements!("line");
const OPERATOR: Statements = statements!("operator");
const ABSENCE: Statements = statements!("absence");
const COVER: Statements = statements!("cover");

impl RosterKind {
    const fn statements(self) -> &'static Statements {
        match self {
            Self::Line => &LINE,
            Self::Operator => &OPERATOR,
            Self::Absence => &ABSENCE,
            Self::Cover => &COVER,
        }
    }
}

/// One row to be written or removed.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterEdit {
    kind: RosterKind,
    id: String,
    body: Option<Value>,
}

impl RosterEdit {
    /// Makes an edit that writes a row, new or changed.
    ///
    /// # Errors
    /// When the body cannot be written as JSON.
    pub fn save<T: Serialize>(kind: RosterKind, id: &str, body: &T) -> Result<Self, StoreError> {
        let body = serde_json::to_value(body).map_err(|error| sqlx::Error::Encode(error.into()));
        Ok(Self { kind, id: id.to_owned(), body: Some(body.tried("write the roster")?) })
    }

    /// Makes an edit that removes a row; one that is not there is no error.
    #[must_use]
    pub fn remove(kind: RosterKind, id: &str) -> Self {
        Self { kind, id: id.to_owned(), body: None }
    }
}

/// One version of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterVersion<T> {
    /// From when it was in force.
    pub at: DateTime<Utc>,
    /// Who made it: a console user, an operator, `import`.
    pub author: String,
    /// The row; `None` where it was removed.
    pub body: Option<T>,
}

const KEEP: &str = "insert into roster_version (kind, id, at, author, body) values ($1, $2, $3, $4, $5)";

/// A version after another than the one seen becomes a null, which the column refuses.
const KEEP_AFTER: &str = "
    insert into roster_version (kind, id, at, author, body)
    values ($1, $2, case when (select coalesce(max(seq), 0) from roster_version) = $3 then $4 end, $5, $6)";

/// Before anything was kept, the first that was kept is taken to have been in force.
const FIRST: &str = "select min(at) from roster_version";

/// The version of each row that was written last of those in force by an instant.
const IN_FORCE: &str = "
    select body from roster_version version
    where kind = $1 and at <= $2 and body is not null and not exists (
        select 1 from roster_version later
        where later.kind = version.kind and later.id = version.id and later.at <= $2 and later.seq > version.seq)
    order by id";

/// Versions are numbered as they are written; 0 before the first one.
const LAST: &str = "select coalesce(max(seq), 0) from roster_version";
const LAST_OF: &str = "select coalesce(max(seq), 0) from roster_version where kind = $1 and id = $2";

const NEWEST: &str = "select seq, at from roster_version order by seq desc limit 1";

const HISTORY: &str = "select at, author, body from roster_version where kind = $1 and id = $2 order by seq desc limit $3";

impl Store {
    /// Writes rows of the roster in one piece, in force from `at`, and keeps each as a version;
    /// `author` is who changed it.
    ///
    /// # Errors
    /// When the database fails; nothing has changed then.
    pub async fn write_roster(&self, edits: &[RosterEdit], at: DateTime<Utc>, author: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        for edit in edits {
            batch.edit_roster(edit, micros(at), author).await?;
        }
        batch.raise().await
    }

    /// Writes as [`Store::write_roster`] does, but only when nothing of the roster was written after
    /// the version `seen`; tells whether it was written.
    ///
    /// # Errors
    /// When the database fails; nothing has changed then.
    pub async fn write_roster_after(&self, seen: i64, edits: &[RosterEdit], at: DateTime<Utc>, author: &str) -> Result<bool, StoreError> {
        let mut batch = self.begin().await?;
        let last: i64 = on!(&mut batch.writer, writing => sqlx::query_scalar(LAST).fetch_one(&mut *writing.tx).await)
            .tried("read the roster's last version")?;
        if last != seen {
            return Ok(false);
        }
        for edit in edits {
            batch.edit_roster(edit, micros(at), author).await?;
        }
        batch.raise().await.map(|()| true)
    }

    /// Returns the number of the last version of anything in the roster, or of one row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roster_version(&self, row: Option<(RosterKind, &str)>) -> Result<i64, StoreError> {
        match row {
            None => on!(&self.read, pool => sqlx::query_scalar(LAST).fetch_one(pool).await),
            Some((kind, id)) => on!(&self.read, pool => sqlx::query_scalar(LAST_OF).bind(kind.statements().name).bind(id).fetch_one(pool).await),
        }
        .tried("read the roster's last version")
    }

    /// Returns number and instant of the last version of anything in the roster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_roster_version(&self) -> Result<Option<(i64, DateTime<Utc>)>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(NEWEST).fetch_optional(pool).await).tried("read the roster's last version")
    }

    /// Returns every row of a kind, by id: as it is, or as it was in force at an instant.
    ///
    /// # Errors
    /// When the database fails or a row is not of this shape.
    pub async fn load_roster<T: DeserializeOwned + Send + Unpin + 'static>(
        &self,
        kind: RosterKind,
        at: Option<DateTime<Utc>>,
    ) -> Result<Vec<T>, StoreError> {
        let statements = kind.statements();
        let rows: Vec<(Json<T>,)> = match at {
            None => on!(&self.read, pool => sqlx::query_as(statements.all).fetch_all(pool).await),
            Some(at) => {
                let first: Option<DateTime<Utc>> =
                    on!(&self.read, pool => sqlx::query_scalar(FIRST).fetch_one(pool).await).tried("read the roster's history")?;
                let at = first.map_or(at, |first| first.max(micros(at)));
                on!(&self.read, pool => sqlx::query_as(IN_FORCE).bind(statements.name).bind(at).fetch_all(pool).await)
            }
        }
        .tried("read the roster")?;
        Ok(rows.into_iter().map(|(Json(body),)| body).collect())
    }

    /// Returns the last versions of one row, the newest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails or a version is not of this shape.
    pub async fn roster_history<T: DeserializeOwned + Send + Unpin + 'static>(
        &self,
        kind: RosterKind,
        id: &str,
        limit: i64,
    ) -> Result<Vec<RosterVersion<T>>, StoreError> {
        let rows: Vec<(DateTime<Utc>, String, Option<Json<T>>)> = on!(&self.read, pool => sqlx::query_as(HISTORY)
            .bind(kind.statements().name).bind(id).bind(limit).fetch_all(pool).await)
        .tried("read the roster's history")?;
        Ok(rows.into_iter().map(|(at, author, body)| RosterVersion { at, author, body: body.map(|Json(body)| body) }).collect())
    }
}

impl Batch {
    /// Writes a changed row of the roster and keeps it as a version, unless the roster was changed since
    /// the version it was decided by.
    pub(super) fn change_roster(&mut self, roster: &RosterChange) {
        let (kind, id) = match &roster.row {
            RosterRow::Line(line) => (&LINE, line.as_str()),
            RosterRow::Operator(operator) => (&OPERATOR, operator.as_str()),
        };
        on!(&mut self.writer, writing => {
            let script = writing.script.add("keep a version of the roster", KEEP_AFTER);
            script.bind(kind.name).bind(id).bind(roster.after).bind(micros(roster.at)).bind(roster.author.as_str()).bind(Json(&roster.body));
            script.or(ErrorKind::NotNullViolation, StoreError::Overtaken(roster.after));
            writing.script.add("write the roster", kind.save).bind(id).bind(Json(&roster.body));
            writing.script.add("raise the handbook's version", RAISE);
        });
    }

    async fn edit_roster(&mut self, edit: &RosterEdit, at: DateTime<Utc>, author: &str) -> Result<(), StoreError> {
        let (statements, body) = (edit.kind.statements(), edit.body.as_ref().map(Json));
        on!(&mut self.writer, writing => match &body {
            Some(body) => sqlx::query(statements.save).bind(&edit.id).bind(body).execute(&mut *writing.tx).await.map(drop),
            None => sqlx::query(statements.remove).bind(&edit.id).execute(&mut *writing.tx).await.map(drop),
        })
        .tried("write the roster")?;
        on!(&mut self.writer, writing => sqlx::query(KEEP)
            .bind(statements.name).bind(&edit.id).bind(at).bind(author).bind(body).execute(&mut *writing.tx).await.map(drop))
        .tried("keep a version of the roster")
    }
}
