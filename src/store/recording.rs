//! Spoken messages the phone network has recorded: what is still to be done about each. The gateway
//! writes the wish before it answers the network and takes what is due; the sound itself is a file.

use super::dialect::on;
use super::error::Tried;
use super::letter::unknown;
use super::{Store, StoreError, micros};
use crate::domain::{Address, ContactId, Recording, RecordingState};
use chrono::{DateTime, Utc};
use sqlx::types::Uuid;

macro_rules! columns {
    () => {
        "reference, contact, channel, handle, seconds, state, attempts, file, at, due_at, forget_at"
    };
}

const WANT: &str = concat!(
    "insert into recording (",
    columns!(),
    ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (reference) do nothing"
);

const DUE: &str = concat!("select ", columns!(), " from recording where state <> 'deleted' and due_at <= $1 order by due_at, reference limit $2");

const MOVE: &str = "update recording set state = $2, attempts = $3, file = $4, due_at = $5 where reference = $1";

const OLD: &str = concat!(
    "select ",
    columns!(),
    " from recording where forget_at <= $1 and (file is not null or state = 'deleted') order by forget_at, reference"
);

const FORGET_FILE: &str = "delete from attachment where id = $1";

const FORGET: &str = "delete from recording where reference = $1 and state = 'deleted'";

const EMPTY: &str = "update recording set file = null where reference = $1";

#[derive(Debug, sqlx_macros::FromRow)]
struct RecordingRow {
    reference: String,
    contact: Uuid,
    channel: String,
    handle: String,
    seconds: i64,
    state: String,
    attempts: i64,
    file: Option<Uuid>,
    at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    forget_at: DateTime<Utc>,
}

impl RecordingRow {
    fn recording(self) -> Result<Recording, StoreError> {
        Ok(Recording {
            reference: self.reference,
            contact: ContactId(self.contact),
            from: Address::new(self.channel, self.handle),
            seconds: u32::try_from(self.seconds).unwrap_or_default(),
            state: RecordingState::from_name(&self.state).ok_or_else(|| unknown("state of a recording", &self.state))?,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            file: self.file,
            at: self.at,
            due_at: self.due_at,
            forget_at: self.forget_at,
        })
    }
}

impl Store {
    /// Writes that a recording is to be fetched; one that is known stays as it is.
    ///
    /// # Errors
    /// When the database fails; the network has to tell again then.
    pub async fn want_recording(&self, recording: &Recording) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(WANT)
            .bind(recording.reference.as_str())
            .bind(recording.contact.0)
            .bind(recording.from.channel.as_str())
            .bind(recording.from.handle.as_str())
            .bind(i64::from(recording.seconds))
            .bind(recording.state.name())
            .bind(i64::from(recording.attempts))
            .bind(recording.file)
            .bind(micros(recording.at))
            .bind(micros(recording.due_at))
            .bind(micros(recording.forget_at))
            .execute(&mut *writing.tx).await.map(drop))
        .tried("note a recording")?;
        batch.commit().await
    }

    /// Returns the recordings something is to be done about by now, the longest due first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_recordings(&self, now: DateTime<Utc>, limit: i64) -> Result<Vec<Recording>, StoreError> {
        let rows: Vec<RecordingRow> =
            on!(&self.read, pool => sqlx::query_as(DUE).bind(micros(now)).bind(limit).fetch_all(pool).await).tried("look for recordings")?;
        rows.into_iter().map(RecordingRow::recording).collect()
    }

    /// Writes how far a recording has come, and when its next step is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_recording(&self, recording: &Recording) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(MOVE)
            .bind(recording.reference.as_str())
            .bind(recording.state.name())
            .bind(i64::from(recording.attempts))
            .bind(recording.file)
            .bind(micros(recording.due_at))
            .execute(&mut *writing.tx).await.map(drop))
        .tried("note how far a recording has come")?;
        batch.commit().await
    }

    /// Returns the recordings whose time is over and of which something is left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn old_recordings(&self, now: DateTime<Utc>) -> Result<Vec<Recording>, StoreError> {
        let rows: Vec<RecordingRow> =
            on!(&self.read, pool => sqlx::query_as(OLD).bind(micros(now)).fetch_all(pool).await).tried("look for old recordings")?;
        rows.into_iter().map(RecordingRow::recording).collect()
    }

    /// Forgets a recording with its file; one that is still at the provider is remembered until it is
    /// deleted there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_recording(&self, recording: &Recording) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => {
            sqlx::query(FORGET_FILE).bind(recording.file).execute(&mut *writing.tx).await.tried("forget a recording's file")?;
            sqlx::query(FORGET).bind(recording.reference.as_str()).execute(&mut *writing.tx).await.tried("forget a recording")?;
            sqlx::query(EMPTY).bind(recording.reference.as_str()).execute(&mut *writing.tx).await.tried("forget a recording's file")?;
        });
        batch.commit().await
    }
}
