//! PINs typed on a phone or a page, whosever they are: their hashes, and how often they were wrong.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use crate::domain::OperatorId;
use chrono::{DateTime, TimeDelta, Utc};

/// Whose PIN it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinOf<'a> {
    /// A prison's, by its code.
    Prison(&'a str),
    /// An operator's.
    Operator(&'a OperatorId),
}

/// A PIN as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Pin {
    /// The hash as a PHC string.
    pub pin_hash: String,
    /// Until when no PIN is accepted.
    pub locked_until: Option<DateTime<Utc>>,
}

/// Wrong PINs that lock: five of a million tries in an hour find nothing.
const FAILURES_MAX: i64 = 5;
/// The first lock.
const LOCK: TimeDelta = TimeDelta::hours(1);
/// Each further failure doubles the lock, up to 32 hours: nobody is shut out for days.
const DOUBLINGS_MAX: i64 = 5;

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

const OPERATORS: &str = "select operator from operator_pin order by operator";

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

    /// Returns the operators who have a PIN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators_with_pin(&self) -> Result<Vec<OperatorId>, StoreError> {
        let rows: Vec<String> = on!(&self.read, pool => sqlx::query_scalar(OPERATORS).fetch_all(pool).await).tried("read who has a PIN")?;
        Ok(rows.into_iter().map(OperatorId).collect())
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

    /// Notes a wrong PIN. The fifth locks for an hour, each further one for twice as long; the end of
    /// the lock is returned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_pin_failure(&self, of: PinOf<'_>, at: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut batch = self.begin().await?;
        let failures: Option<i64> = on!(&mut batch.writer, writing =>
            sqlx::query_scalar(of.statements().fail).bind(of.key()).fetch_optional(&mut *writing.tx).await)
        .tried("note a wrong PIN")?;
        let until = failures.and_then(lock).and_then(|lock| micros(at).checked_add_signed(lock));
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

/// How long a PIN is locked after so many failures in a row.
fn lock(failures: i64) -> Option<TimeDelta> {
    let further = failures.checked_sub(FAILURES_MAX).filter(|further| *further >= 0)?;
    LOCK.checked_mul(1 << further.min(DOUBLINGS_MAX))
}

#[cfg(test)]
mod tests {
    use super::lock;

    #[test]
    fn the_fifth_failure_locks_and_each_further_one_doubles() {
        let hours: Vec<i64> = (3..13).map(|n| lock(n).map_or(0, |lock| lock.num_hours())).collect();
        assert_eq!(hours, [0, 0, 1, 2, 4, 8, 16, 32, 32, 32]);
    }
}
