//! Invitations as rows, and the wrong codes that came.

use super::dialect::on;
use super::error::Tried;
use super::letter::unknown;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{Address, Guesses, Guest, Invitation, OperatorId};
use chrono::{DateTime, Utc};

const ADD: &str = "
    insert into invitation (id, code, operator, prison, author, made_at, expires_at, uses, uses_max)
    values ($1, $2, $3, $4, $5, $6, $7, 0, $8)";

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, invitation.code, operator, prison, name, author, made_at, expires_at, revoked_at, uses, uses_max
            from invitation left join prison_login on prison_login.code = invitation.prison ",
            $rest
        )
    };
}

const BY_CODE: &str = select!("where invitation.code = $1");

const BY_ID: &str = select!("where id = $1");

const OPEN: &str = select!("where revoked_at is null and expires_at > $1 and uses < uses_max order by made_at desc, id");

const REVOKE: &str = "update invitation set revoked_at = $2 where id = $1 and revoked_at is null";

const USE: &str = "update invitation set uses = uses + 1 where id = $1";

const GUESSES: &str = "select failures, last_at, locked_until from invitation_guess where channel = $1 and handle = $2";

const COUNT: &str = "
    insert into invitation_guess (channel, handle, failures, last_at, locked_until) values ($1, $2, $3, $4, $5)
    on conflict (channel, handle) do update set
        failures = excluded.failures, last_at = excluded.last_at, locked_until = excluded.locked_until";

const FORGET: &str = "delete from invitation_guess where channel = $1 and handle = $2";

const SWEEP: &str = "delete from invitation_guess where last_at < $1";

#[derive(Debug, sqlx_macros::FromRow)]
struct Row {
    id: String,
    code: String,
    operator: Option<String>,
    prison: Option<String>,
    name: Option<String>,
    author: String,
    made_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    uses: i64,
    uses_max: i64,
}

impl Row {
    fn invitation(self) -> Result<Invitation, StoreError> {
        let guest = match (self.operator, self.prison.zip(self.name)) {
            (Some(operator), _) => Guest::Operator(OperatorId(operator)),
            (None, Some((code, name))) => Guest::Prison { code, name },
            (None, None) => return Err(unknown("guest of an invitation", &self.id)),
        };
        let Self { id, code, author, made_at, expires_at, revoked_at, uses, uses_max, .. } = self;
        Ok(Invitation { id, code, guest, author, made_at, expires_at, revoked_at, uses, uses_max })
    }
}

impl Store {
    /// Keeps a new invitation.
    ///
    /// # Errors
    /// When the database fails, or nobody has the prison's code.
    pub async fn invite(&self, invitation: &Invitation) -> Result<(), StoreError> {
        let (operator, prison) = match &invitation.guest {
            Guest::Operator(operator) => (Some(operator.as_str()), None),
            Guest::Prison { code, .. } => (None, Some(code.as_str())),
        };
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(ADD)
            .bind(&invitation.id).bind(&invitation.code).bind(operator).bind(prison).bind(&invitation.author)
            .bind(micros(invitation.made_at)).bind(micros(invitation.expires_at)).bind(invitation.uses_max)
            .execute(&mut *writing.tx).await.map(drop))
        .tried("keep an invitation")?;
        batch.commit().await
    }

    /// Takes an invitation back; tells whether there was one to take back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_invitation(&self, id: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut batch = self.begin().await?;
        let revoked = on!(&mut batch.writer, writing =>
            sqlx::query(REVOKE).bind(id).bind(micros(at)).execute(&mut *writing.tx).await.map(|done| done.rows_affected()))
        .tried("take an invitation back")?;
        batch.commit().await?;
        Ok(revoked > 0)
    }

    /// Returns the invitations that are taken at an instant, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_invitations(&self, now: DateTime<Utc>) -> Result<Vec<Invitation>, StoreError> {
        let rows: Vec<Row> = on!(&self.read, pool => sqlx::query_as(OPEN).bind(micros(now)).fetch_all(pool).await).tried("read the invitations")?;
        rows.into_iter().map(Row::invitation).collect()
    }

    /// Returns an invitation by its name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitation(&self, id: &str) -> Result<Option<Invitation>, StoreError> {
        let row: Option<Row> = on!(&self.read, pool => sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await).tried("read an invitation")?;
        row.map(Row::invitation).transpose()
    }
}

impl Batch {
    /// Finds an invitation by its code.
    pub(super) async fn invitation(&mut self, code: &str) -> Result<Option<Invitation>, StoreError> {
        let row: Option<Row> =
            on!(&mut self.writer, writing => sqlx::query_as(BY_CODE).bind(code).fetch_optional(&mut *writing.tx).await).tried("look for an invitation")?;
        row.map(Row::invitation).transpose()
    }

    /// Returns the wrong codes that came from an address.
    pub(super) async fn guesses(&mut self, address: &Address) -> Result<Option<Guesses>, StoreError> {
        let row: Option<(i64, DateTime<Utc>, Option<DateTime<Utc>>)> = on!(&mut self.writer, writing => sqlx::query_as(GUESSES)
            .bind(&address.channel).bind(&address.handle).fetch_optional(&mut *writing.tx).await)
        .tried("read wrong codes")?;
        Ok(row.map(|(failures, last_at, locked_until)| Guesses { failures, last_at, locked_until }))
    }

    /// Counts that an invitation was taken.
    pub(super) fn use_invitation(&mut self, id: &str) {
        on!(&mut self.writer, writing => {
            writing.script.add("use an invitation", USE).bind(id);
        });
    }

    /// Writes how many wrong codes came from an address, and forgets old ones.
    pub(super) fn count_guesses(&mut self, address: &Address, guesses: Option<Guesses>) {
        let (channel, handle) = (address.channel.as_str(), address.handle.as_str());
        on!(&mut self.writer, writing => match guesses {
            Some(guesses) => {
                let old = guesses.last_at.checked_sub_signed(Guesses::REMEMBERED).unwrap_or(guesses.last_at);
                writing.script.add("sweep wrong codes", SWEEP).bind(micros(old));
                let script = writing.script.add("count a wrong code", COUNT).bind(channel).bind(handle).bind(guesses.failures);
                script.bind(micros(guesses.last_at)).bind(guesses.locked_until.map(micros));
            }
            None => {
                writing.script.add("forget wrong codes", FORGET).bind(channel).bind(handle);
            }
        });
    }
}
