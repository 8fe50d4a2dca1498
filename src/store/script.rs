//! The statements of one or many turns, sent together. On SQLite each statement costs a change of
//! threads there and back, more than its work, so all of them travel as one text; PostgreSQL takes
//! them one by one. Either way all of them happen or none.

use super::StoreError;
use super::error::Tried;
use super::rows::Rows;
use futures_util::TryStreamExt;
use sqlx::error::{BoxDynError, ErrorKind};
use sqlx::{
    Arguments as _, AssertSqlSafe, Database, Encode, Executor, PgConnection, Postgres, Sqlite, SqliteConnection,
    Type,
};
use std::borrow::Cow;
use std::fmt;

/// Statements with their values, in order.
pub(super) struct Script<DB: Database> {
    statements: Vec<Statement>,
    /// On SQLite one list for all statements, on PostgreSQL one for each.
    values: Vec<DB::Arguments>,
    joined: bool,
    /// The first value that could not be encoded.
    unfit: Option<BoxDynError>,
}

struct Statement {
    tried: &'static str,
    /// Its values are `$1`, `$2` … in the order of the text.
    text: Cow<'static, str>,
    /// The violation that is a refusal, and what it means.
    refused: Option<(ErrorKind, StoreError)>,
}

impl Statement {
    fn failed(self, source: sqlx::Error) -> StoreError {
        match (self.refused, &source) {
            (Some((kind, refused)), sqlx::Error::Database(error)) if same(&error.kind(), &kind) => refused,
            _ => StoreError::Sql { tried: self.tried, source },
        }
    }
}

/// `ErrorKind` has no equality of its own.
fn same(one: &ErrorKind, other: &ErrorKind) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

const SAVEPOINT: &str = "savepoint turn";
const RELEASE: &str = "release savepoint turn";
const UNDO: &str = "rollback to savepoint turn";

impl<DB: Database> Script<DB> {
    fn new(joined: bool) -> Self {
        Self { statements: Vec::new(), values: Vec::new(), joined, unfit: None }
    }

    /// Begins the next statement; `tried` completes "cannot …".
    pub(super) fn add(&mut self, tried: &'static str, text: &'static str) -> &mut Self {
        self.begin(tried, Cow::Borrowed(text))
    }

    /// Begins the next statement, one for `n` rows whose values follow row by row.
    pub(super) fn rows(&mut self, tried: &'static str, rows: &Rows, n: usize) -> &mut Self {
        self.begin(tried, Cow::Owned(rows.text(n)))
    }

    fn begin(&mut self, tried: &'static str, text: Cow<'static, str>) -> &mut Self {
        if !self.joined || self.values.is_empty() {
            self.values.push(DB::Arguments::default());
        }
        self.statements.push(Statement { tried, text, refused: None });
        self
    }

    /// Gives the statement its next value.
    pub(super) fn bind<'v, T: Encode<'v, DB> + Type<DB>>(&mut self, value: T) -> &mut Self {
        if let Some(values) = self.values.last_mut()
            && let Err(error) = values.add(value)
        {
            self.unfit = Some(error);
        }
        self
    }

    /// Says what it means when the statement breaks a rule of this kind. A refusal has to be a
    /// failure, for nothing but a failure stops a text of many statements.
    pub(super) fn or(&mut self, kind: ErrorKind, refused: StoreError) {
        if let Some(statement) = self.statements.last_mut() {
            statement.refused = Some((kind, refused));
        }
    }

    fn fit(&mut self) -> Result<(), StoreError> {
        match self.unfit.take() {
            Some(error) => Err(sqlx::Error::Encode(error)).tried("write a value"),
            None => Ok(()),
        }
    }
}

impl Script<Sqlite> {
    /// A script whose statements travel as one.
    pub(super) fn sqlite() -> Self {
        Self::new(true)
    }

    /// Runs every statement; when one fails or is refused, all are taken back. A text that
    /// `recurs` is kept prepared; the others would only fill the memory.
    pub(super) async fn run(mut self, on: &mut SqliteConnection, recurs: bool) -> Result<(), StoreError> {
        self.fit()?;
        let result = self.send(on, recurs).await;
        if result.is_err() {
            sqlx::query(UNDO).execute(&mut *on).await.tried("undo a turn")?;
            sqlx::query(RELEASE).execute(&mut *on).await.tried("undo a turn")?;
        }
        result
    }

    async fn send(mut self, on: &mut SqliteConnection, recurs: bool) -> Result<(), StoreError> {
        // The text is made of constants alone; every value is bound.
        let text = self.text();
        let values = self.values.pop().unwrap_or_default();
        let mut results = on.fetch_many(sqlx::query_with(AssertSqlSafe(text), values).persistent(recurs));
        // The savepoint answers first.
        results.try_next().await.tried("begin a turn")?;
        for statement in self.statements {
            results.try_next().await.map_err(|error| statement.failed(error))?;
        }
        while results.try_next().await.tried("end a turn")?.is_some() {}
        Ok(())
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(self.statements.iter().map(|statement| statement.text.len() * 2).sum());
        text.push_str(SAVEPOINT);
        for statement in &self.statements {
            text.push_str(";\n");
            text.push_str(&nameless(&statement.text));
        }
        text.push_str(";\n");
        text.push_str(RELEASE);
        text
    }
}

impl Script<Postgres> {
    /// A script whose statements are sent one by one.
    pub(super) fn postgres() -> Self {
        Self::new(false)
    }

    /// Runs every statement; when one fails or is refused, all are taken back.
    pub(super) async fn run(mut self, on: &mut PgConnection) -> Result<(), StoreError> {
        self.fit()?;
        sqlx::query(SAVEPOINT).execute(&mut *on).await.tried("begin a turn")?;
        let result = self.send(on).await;
        if result.is_err() {
            sqlx::query(UNDO).execute(&mut *on).await.tried("undo a turn")?;
        }
        sqlx::query(RELEASE).execute(&mut *on).await.tried("end a turn")?;
        result
    }

    async fn send(self, on: &mut PgConnection) -> Result<(), StoreError> {
        for (mut statement, values) in self.statements.into_iter().zip(self.values) {
            let text = std::mem::take(&mut statement.text).into_owned();
            let done = sqlx::query_with(AssertSqlSafe(text), values).execute(&mut *on).await;
            done.map_err(|error| statement.failed(error))?;
        }
        Ok(())
    }
}

impl<DB: Database> fmt::Debug for Script<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.statements.iter().map(|statement| statement.tried)).finish()
    }
}

/// Writes `?` for `$1`, `$2` … of a statement: SQLite would search a list of so many names again
/// and again.
pub(super) fn nameless(statement: &str) -> String {
    let mut parts = statement.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('?');
        text.push_str(part.trim_start_matches(|character: char| character.is_ascii_digit()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::nameless;

    #[test]
    fn values_lose_their_names() {
        let text = nameless("insert into b values ($1, $2, $10) returning c");
        assert_eq!(text, "insert into b values (?, ?, ?) returning c");
    }
}
