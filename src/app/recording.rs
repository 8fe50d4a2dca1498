//! Spoken messages: kept as files, told to their contacts, forgotten with their time. How they are
//! fetched is the matter of whoever brings them.

use super::inbox::chain;
use super::{App, AppError};
use crate::domain::{Attachment, ContactId, Event, EventKey, FileNews, Heard, Recording, Said, Via, What};
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl App {
    /// Keeps a recording as a file and hands it to its contact. Done again it is the same file and
    /// the same event.
    ///
    /// # Errors
    /// When it is no recording the line takes, or nothing could be stored.
    pub async fn keep_recording(&self, recording: &Recording, sound: &[u8]) -> Result<Attachment, AppError> {
        let key = EventKey::new(format!("recording:{}", recording.reference));
        let file = self.keep_file_of(&key, recording.at, sound).await?;
        let said = Said::Attached { file, words: String::new() };
        let via = Via { contact: Some(recording.contact), ..Via::default() };
        let heard = Heard { from: recording.from.clone(), said, about: None, introduced: None, via };
        self.accept(Event { key, at: self.clock().now(), what: What::Heard(heard) }).await?;
        Ok(file)
    }

    /// Tells, once, that a recording cannot be had.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn miss_recording(&self, recording: &Recording) -> Result<(), AppError> {
        let key = format!("recording:{}:missed", recording.reference);
        self.file(key, recording.contact, FileNews::OutOfReach).await
    }

    /// Notes that a user of the console has listened to a file, once a day.
    ///
    /// # Errors
    /// When it could not be stored; whoever asks must not hear it then.
    pub async fn played(&self, contact: ContactId, file: Uuid, by: &str) -> Result<(), AppError> {
        let key = format!("played:{file}:{by}:{}", self.clock().now().date_naive());
        self.file(key, contact, FileNews::Played { by: by.to_owned() }).await
    }

    /// Forgets the recordings whose time is over; the contact's log tells of it first.
    pub(super) async fn forget_recordings(&self, now: DateTime<Utc>) -> Result<(), AppError> {
        for recording in self.store().old_recordings(now).await? {
            if let Err(error) = self.forget_recording(&recording).await {
                tracing::error!(error = chain(&error), "a recording could not be forgotten; it is tried again");
            }
        }
        Ok(())
    }

    async fn forget_recording(&self, recording: &Recording) -> Result<(), AppError> {
        if let Some(file) = recording.file {
            self.file(format!("recording:{}:forgotten", recording.reference), recording.contact, FileNews::Forgotten { file }).await?;
        }
        Ok(self.store().forget_recording(recording).await?)
    }

    async fn file(&self, key: String, contact: ContactId, news: FileNews) -> Result<(), AppError> {
        let event = Event { key: EventKey::new(key), at: self.clock().now(), what: What::Filed { contact, news } };
        self.accept(event).await?;
        Ok(())
    }
}
