//! Prisons that sign in to the worker's page with a code and a PIN, and their signed-in browsers.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use chrono::{DateTime, TimeDelta, Utc};

/// A prison that may use the worker's page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PrisonLogin {
    /// The code it signs in with.
    pub code: String,
    /// Its name, as operators see it.
    pub name: String,
    /// The PIN's hash as a PHC string.
    pub pin_hash: String,
    /// Wrong PINs since the last right one.
    pub failures: i64,
    /// Until when no PIN is accepted.
    pub locked_until: Option<DateTime<Utc>>,
}

/// A signed-in browser of the worker's page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WebSession {
    /// The handle of the address it writes from.
    pub handle: String,
    /// The organisation that signed in.
    pub organisation: String,
    /// When it signed in (µs UTC).
    pub created_at: DateTime<Utc>,
}

/// Wrong PINs that lock a code: five of a million tries in an hour find nothing.
const FAILURES_MAX: i64 = 5;
/// The first lock.
const LOCK: TimeDelta = TimeDelta::hours(1);
/// Each further failure doubles the lock, up to 32 hours: a prison is never shut out for days.
const DOUBLINGS_MAX: i64 = 5;

const SAVE: &str = "
    insert into prison_login (code, name, pin_hash, failures) values ($1, $2, $3, 0)
    on conflict (code) do update set name = excluded.name, pin_hash = excluded.pin_hash, failures = 0,
        locked_until = null";

const LOGIN: &str = "select code, name, pin_hash, failures, locked_until from prison_login where code = $1";

const LOGINS: &str = "select code, name, pin_hash, failures, locked_until from prison_login order by code";

const FAIL: &str = "update prison_login set failures = failures + 1 where code = $1 returning failures";

const LOCK_UNTIL: &str = "update prison_login set locked_until = $2 where code = $1";

const CLEAR: &str = "update prison_login set failures = 0, locked_until = null where code = $1";

const ADD_SESSION: &str =
    "insert into web_session (token_hash, handle, organisation, created_at) values ($1, $2, $3, $4)";

const END_SESSION: &str = "delete from web_session where token_hash = $1";

const SESSION: &str = "select handle, organisation, created_at from web_session where token_hash = $1";

const SWEEP: &str = "delete from web_session where created_at < $1";

impl Store {
    /// Writes a prison's code, name and PIN; a changed PIN lifts the lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_prison_login(&self, code: &str, name: &str, pin_hash: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(SAVE)
            .bind(code).bind(name).bind(pin_hash).execute(&mut *writing.tx).await.map(drop))
        .tried("write a prison's sign-in")?;
        batch.commit().await
    }

    /// Returns a prison by its code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prison_login(&self, code: &str) -> Result<Option<PrisonLogin>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(LOGIN).bind(code).fetch_optional(pool).await)
            .tried("read a prison's sign-in")
    }

    /// Returns every prison that may sign in, by code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prison_logins(&self) -> Result<Vec<PrisonLogin>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(LOGINS).fetch_all(pool).await).tried("read the prisons' sign-ins")
    }

    /// Notes a wrong PIN. The fifth locks the code for an hour, each further one for twice as long;
    /// the end of the lock is returned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_login_failure(
        &self,
        code: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut batch = self.begin().await?;
        let failures: Option<i64> =
            on!(&mut batch.writer, writing => sqlx::query_scalar(FAIL).bind(code).fetch_optional(&mut *writing.tx).await)
                .tried("note a failed sign-in")?;
        let until = failures.and_then(lock).and_then(|lock| micros(at).checked_add_signed(lock));
        if let Some(until) = until {
            batch.lock_login(code, until).await?;
        }
        batch.commit().await?;
        Ok(until)
    }

    /// Notes a right PIN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clear_login_failures(&self, code: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(CLEAR).bind(code).execute(&mut *writing.tx).await.map(drop))
            .tried("clear failed sign-ins")?;
        batch.commit().await
    }

    /// Keeps a signed-in browser of the worker's page by the hash of its token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_web_session(
        &self,
        token_hash: &[u8],
        handle: &str,
        organisation: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(ADD_SESSION)
            .bind(token_hash).bind(handle).bind(organisation).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("keep a web session")?;
        batch.commit().await
    }

    /// Returns the web session with this token hash; how long it is good for is the caller's to judge.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn web_session(&self, token_hash: &[u8]) -> Result<Option<WebSession>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(SESSION).bind(token_hash).fetch_optional(pool).await)
            .tried("read a web session")
    }

    /// Ends a web session; one that is not there is no error.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_web_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(END_SESSION).bind(token_hash).execute(&mut *writing.tx).await.map(drop))
            .tried("end a web session")?;
        batch.commit().await
    }

    /// Removes the web sessions begun before an instant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_web_sessions(&self, created: DateTime<Utc>) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(SWEEP).bind(micros(created)).execute(&mut *writing.tx).await.map(drop))
            .tried("sweep old web sessions")?;
        batch.commit().await
    }
}

impl Batch {
    async fn lock_login(&mut self, code: &str, until: DateTime<Utc>) -> Result<(), StoreError> {
        on!(&mut self.writer, writing => sqlx::query(LOCK_UNTIL).bind(code).bind(until).execute(&mut *writing.tx).await.map(drop))
            .tried("lock a sign-in")
    }
}

/// How long a code is locked after so many failures in a row.
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
