//! A spoken message the phone network has recorded, on its way from there to whoever is to hear it;
//! and what became of a contact's files, as the contact's log has to tell.

use super::{Address, ContactId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far a recording has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordingState {
    /// It is to be fetched.
    Wanted,
    /// It is kept here, or was given up, and is to be deleted where it was made.
    Fetched,
    /// Nothing of it is left where it was made.
    Deleted,
}

impl RecordingState {
    const ALL: [Self; 3] = [Self::Wanted, Self::Fetched, Self::Deleted];

    /// Returns the name used in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Fetched => "fetched",
            Self::Deleted => "deleted",
        }
    }

    /// Reads a name written by [`RecordingState::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A spoken message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// What the network calls it.
    pub reference: String,
    /// The contact it belongs to.
    pub contact: ContactId,
    /// Who spoke.
    pub from: Address,
    /// How long it is; nothing was said in one of no length.
    pub seconds: u32,
    /// How far it has come.
    pub state: RecordingState,
    /// How often the next step was tried in vain.
    pub attempts: u32,
    /// The file it became, until that is forgotten.
    pub file: Option<Uuid>,
    /// When it was told of.
    pub at: DateTime<Utc>,
    /// When its next step is due.
    pub due_at: DateTime<Utc>,
    /// When it is forgotten, as the speaker was told.
    pub forget_at: DateTime<Utc>,
}

/// What became of a file of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileNews {
    /// A user of the console has listened to it.
    Played {
        /// The user's name.
        by: String,
    },
    /// It was recorded and cannot be had.
    OutOfReach,
    /// Its time was over.
    Forgotten {
        /// The file.
        file: Uuid,
    },
}
