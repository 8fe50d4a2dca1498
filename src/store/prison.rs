//! Prisons that sign in with a code and a PIN, the phones they are known by, and their signed-in browsers.

use super::dialect::on;
use super::error::Tried;
use super::{Store, StoreError, micros};
use chrono::{DateTime, Utc};

/// A prison that may use the worker's page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
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

/// A phone by which a caller is known to ring from a prison.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct PrisonPhone {
    /// The number.
    pub number: String,
    /// The prison's code.
    pub code: String,
    /// The prison's name.
    pub name: String,
}

/// A signed-in browser of the worker's page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct WebSession {
    /// The handle of the address it writes from.
    pub handle: String,
    /// The organisation that signed in.
    pub organisation: String,
    /// When it signed in (µs UTC).
    pub created_at: DateTime<Utc>,
}

const SAVE: &str = "
    insert into prison_login (code, name, pin_hash, failures) values ($1, $2, $3, 0)
    on conflict (code) do update set name = excluded.name, pin_hash = excluded.pin_hash, failures = 0,
        locked_until = null";

const LOGIN: &str = "select code, name, pin_hash, failures, locked_until from prison_login where code = $1";

const LOGINS: &str = "select code, name, pin_hash, failures, locked_until from prison_login order by code";

const ADD_PHONE: &str = "
    insert into prison_phone (number, code) values ($1, $2) on conflict (number) do update set code = excluded.code";

const REMOVE_PHONE: &str = "delete from prison_phone where number = $1";

const PHONES: &str = "
    select number, prison_phone.code, name from prison_phone join prison_login on prison_login.code = prison_phone.code
    order by prison_phone.code, number";

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
        batch.raise().await
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

    /// Remembers a prison's phone; one that was another's changes hands.
    ///
    /// # Errors
    /// When the database fails, or nobody has the code.
    pub async fn add_prison_phone(&self, number: &str, code: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(ADD_PHONE).bind(number).bind(code).execute(&mut *writing.tx).await.map(drop))
            .tried("remember a prison's phone")?;
        batch.raise().await
    }

    /// Forgets a prison's phone; tells whether it was known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_prison_phone(&self, number: &str) -> Result<bool, StoreError> {
        let mut batch = self.begin().await?;
        let removed = on!(&mut batch.writer, writing =>
            sqlx::query(REMOVE_PHONE).bind(number).execute(&mut *writing.tx).await.map(|done| done.rows_affected()))
        .tried("forget a prison's phone")?;
        batch.raise().await?;
        Ok(removed > 0)
    }

    /// Returns every known phone of a prison, by code and number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prison_phones(&self) -> Result<Vec<PrisonPhone>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(PHONES).fetch_all(pool).await).tried("read the prisons' phones")
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
