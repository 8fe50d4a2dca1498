//! Files on their way in: looked at, then kept under a name their event will carry. What is never
//! asked for again is forgotten with its time.

use super::App;
use super::inbox::chain;
use crate::domain::{ATTACHMENT_DAYS_MAX, Attachment, AttachmentError, EventKey};
use crate::channel::Files;
use crate::store::{Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use thiserror::Error;

/// A file was not taken; nothing was stored.
#[derive(Debug, Error)]
pub enum FileError {
    /// It is not one the line passes on.
    #[error("the file is not taken")]
    Refused(#[from] AttachmentError),
    /// The store did not take it.
    #[error("the file could not be stored")]
    Store(#[from] StoreError),
}

impl App {
    /// Keeps a file that the event of this key will carry.
    ///
    /// # Errors
    /// [`FileError`] when it is not one the line takes, or the store fails.
    pub async fn keep_file(&self, key: &EventKey, bytes: &[u8]) -> Result<Attachment, FileError> {
        self.keep_file_of(key, self.clock().now(), bytes).await
    }

    /// The same for something of an earlier instant: named by it, and forgotten with it.
    pub(super) async fn keep_file_of(&self, key: &EventKey, at: DateTime<Utc>, bytes: &[u8]) -> Result<Attachment, FileError> {
        let file = Attachment::of(key.caused(at, 0), bytes)?;
        self.store().keep_attachment(file, bytes, at).await?;
        Ok(file)
    }

    /// Forgets the files whose time is over.
    pub(super) async fn forget_files(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let before = now.checked_sub_signed(TimeDelta::days(ATTACHMENT_DAYS_MAX)).unwrap_or(now);
        self.store().forget_attachments(before).await.map(drop)
    }
}

/// Lets channels have the files a store keeps; they never see the store itself.
#[must_use]
pub fn files(store: &Store) -> Files {
    let store = store.clone();
    Arc::new(move |id| {
        let store = store.clone();
        Box::pin(async move {
            let found = store.attachment(id).await.inspect_err(|error| tracing::error!(error = chain(error), "a file that is to be sent cannot be read"));
            found.ok().flatten().map(|(_, bytes)| bytes)
        })
    })
}
