//! PINs typed on a phone or a page, whosever they are: their hashes, and how often they were wrong.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{OperatorId, lockout};
use chrono::{DateTime, Utc};

/// Whose PIN it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinOf<'a> {
    /// A prison's, by its code.
    Prison(&'a str),
    /// An operator's.
    Operator(&'a OperatorId),
}

/// A PIN as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Pin {
    /// The hash as a PHC string.
    pub pin_hash: String,
    /// Until when no PIN is accepted.
    pub locked_until: Option<DateTime<Utc>>,
}

/// Wrong PINs that lock, whoever typed them: a machine that calls from many numbers finds nothing among a
/// million. One caller is locked out long before, by the count of the line that runs.
const FAILURES_MAX: i64 = 20;

/// The same statements for each table that keeps PINs.
struct Statements {
    read: &'static str,
    fail: &'static str,
    lock: &'static str,
    clear: &'static str,
}

macro_rules! statements {
    ($table:literal, $key:literal) => {
        Statements {
            read: concat!("select pin_hash, locked_until from ", $table, " where ", $key, " = $1"),
            fail: concat!("update ", $table, " set failures = failures + 1 where ", $key, " = $1 returning failures"),
            lock: concat!("update ", $table, " set locked_until = $2 where ", $key, " = $1"),
            clear: concat!("update ", $table, " set failures = 0, locked_until = null where ", $key, " = $1"),
        }
    };
}

const OF_PRISON: Statements = statements!("prison_login", "code");

const OF_OPERATOR: Statements = statements!("operator_pin", "operator");

const SAVE_OPERATOR: &str = "
    insert into operator_pin (operator, pin_hash, failures) values ($1, $2, 0)
    on conflict (operator) do update set pin_hash = excluded.pin_hash, failures = 0, locked_until = null";

const WITH_PIN: &str = "select operator from operator_pin order by operator";

const REMOVE_OPERATOR: &str = "delete from operator_pin where operator = $1";

impl<'a> PinOf<'a> {
    const fn statements(self) -> &'static Statements {
        match self {
            Self::Prison(_) => &OF_PRISON,
            Self::Operator(_) => &OF_OPERATOR,
        }
    }

    fn key(self) -> &'a str {
        match self {
            Self::Prison(code) => code,
            Self::Operator(id) => id.as_str(),
        }
    }
}

impl Store {
    /// Returns a PIN; `None` where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pin(&self, of: PinOf<'_>) -> Result<Option<Pin>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(of.statements().read).bind(of.key()).fetch_optional(pool).await).tried("read a PIN")
    }

    /// Writes an operator's PIN; a changed one lifts the lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_operator_pin(&self, operator: &OperatorId, pin_hash: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(SAVE_OPERATOR).bind(operator.as_str()).bind(pin_hash).execute(&mut *writing.tx).await.map(drop))
            .tried("write an operator's PIN")?;
        batch.raise().await
    }

    /// Returns the operators who have a PIN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators_with_pin(&self) -> Result<Vec<OperatorId>, StoreError> {
        let known: Vec<String> = on!(&self.read, pool => sqlx::query_scalar(WITH_PIN).fetch_all(pool).await).tried("read who has a PIN")?;
        Ok(known.into_iter().map(OperatorId).collect())
    }

    /// Removes an operator's PIN; tells whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_operator_pin(&self, operator: &OperatorId) -> Result<bool, StoreError> {
        let mut batch = self.begin().await?;
        let removed = on!(&mut batch.writer, writing =>
            sqlx::query(REMOVE_OPERATOR).bind(operator.as_str()).execute(&mut *writing.tx).await.map(|done| done.rows_affected()))
        .tried("remove an operator's PIN")?;
        batch.raise().await?;
        Ok(removed > 0)
    }

    /// Notes a wrong PIN. The twentieth locks for an hour, each further one for twice as long; the end of
    /// the lock is returned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_pin_failure(&self, of: PinOf<'_>, at: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut batch = self.begin().await?;
        let failures: Option<i64> = on!(&mut batch.writer, writing =>
            sqlx::query_scalar(of.statements().fail).bind(of.key()).fetch_optional(&mut *writing.tx).await)
        .tried("note a wrong PIN")?;
        let until = failures.and_then(|failures| lockout(failures, FAILURES_MAX)).and_then(|lock| micros(at).checked_add_signed(lock));
        if let Some(until) = until {
            batch.lock_pin(of, until).await?;
        }
        batch.commit().await?;
        Ok(until)
    }

    /// Notes a right PIN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clear_pin_failures(&self, of: PinOf<'_>) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(of.statements().clear).bind(of.key()).execute(&mut *writing.tx).await.map(drop))
            .tried("clear wrong PINs")?;
        batch.commit().await
    }
}

impl Batch {
    async fn lock_pin(&mut self, of: PinOf<'_>, until: DateTime<Utc>) -> Result<(), StoreError> {
        on!(&mut self.writer, writing => sqlx::query(of.statements().lock).bind(of.key()).bind(until).execute(&mut *writing.tx).await.map(drop))
            .tried("lock a PIN")
    }
}
