//! People who sign in to the console, and their signed-in browsers. Hashes are made and judged
//! by `console`; the store only keeps them.

use super::dialect::on;
use super::error::Tried;
use super::{Store, StoreError, micros};
use chrono::{DateTime, Utc};

/// A user of the console.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct User {
    /// The name used to sign in.
    pub name: String,
    /// The password's hash as a PHC string.
    pub password_hash: String,
    /// The role's name.
    pub role: String,
    /// When the user was added (µs UTC).
    pub created_at: DateTime<Utc>,
}

/// A signed-in browser of the console.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Session {
    /// Who is signed in.
    #[sqlx(rename = "username")]
    pub user: String,
    /// The user's role's name.
    pub role: String,
    /// When the user signed in (µs UTC).
    pub created_at: DateTime<Utc>,
    /// When the session was last used (µs UTC).
    pub seen_at: DateTime<Utc>,
}

const ADD_USER: &str = "
    insert into console_user (name, password_hash, role, created_at) values ($1, $2, $3, $4)
    on conflict (name) do update set password_hash = excluded.password_hash, role = excluded.role";

const REMOVE_USER: &str = "delete from console_user where name = $1";

const USER: &str = "select name, password_hash, role, created_at from console_user where name = $1";

const USERS: &str = "select name, password_hash, role, created_at from console_user order by name";

const ADD_SESSION: &str =
    "insert into console_session (token_hash, username, created_at, seen_at) values ($1, $2, $3, $3)";

const SESSION: &str = "
    select username, role, console_session.created_at, seen_at
    from console_session join console_user on name = username where token_hash = $1";

const TOUCH: &str = "update console_session set seen_at = $2 where token_hash = $1";

const END: &str = "delete from console_session where token_hash = $1";

const SWEEP: &str = "delete from console_session where seen_at < $1 or created_at < $2";

impl Store {
    /// Adds a user, or changes the password and role of the one with this name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_user(
        &self,
        name: &str,
        password_hash: &str,
        role: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(ADD_USER)
            .bind(name).bind(password_hash).bind(role).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("write a user")?;
        batch.commit().await
    }

    /// Removes a user and signs every browser of the user out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_user(&self, name: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(REMOVE_USER).bind(name).execute(&mut *writing.tx).await.map(drop))
            .tried("remove a user")?;
        batch.commit().await
    }

    /// Returns a user by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn user(&self, name: &str) -> Result<Option<User>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(USER).bind(name).fetch_optional(pool).await).tried("read a user")
    }

    /// Returns every user, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(USERS).fetch_all(pool).await).tried("read the users")
    }

    /// Keeps a signed-in browser by the hash of its token.
    ///
    /// # Errors
    /// When the database fails or there is no such user.
    pub async fn add_session(&self, token_hash: &[u8], user: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(ADD_SESSION)
            .bind(token_hash).bind(user).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("keep a session")?;
        batch.commit().await
    }

    /// Returns the session with this token hash; how long it is good for is the caller's to judge.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
        on!(&self.read, pool => sqlx::query_as(SESSION).bind(token_hash).fetch_optional(pool).await)
            .tried("read a session")
    }

    /// Notes that a session was used. Each call is a durable write: once a minute is enough.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_session(&self, token_hash: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(TOUCH)
            .bind(token_hash).bind(micros(at)).execute(&mut *writing.tx).await.map(drop))
        .tried("note a session's use")?;
        batch.commit().await
    }

    /// Signs one browser out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(END).bind(token_hash).execute(&mut *writing.tx).await.map(drop))
            .tried("end a session")?;
        batch.commit().await
    }

    /// Removes the sessions last used before `seen` or begun before `created`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_sessions(&self, seen: DateTime<Utc>, created: DateTime<Utc>) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(SWEEP)
            .bind(micros(seen)).bind(micros(created)).execute(&mut *writing.tx).await.map(drop))
        .tried("sweep old sessions")?;
        batch.commit().await
    }
}
