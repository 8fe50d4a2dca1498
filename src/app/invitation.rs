//! New invitations: random bits made a code and kept. What becomes of one is decided.

use super::{AppError, InboxError};
use crate::domain::{Guest, Invitation};
use crate::store::Store;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Makes an invitation and keeps it; `author` is who makes it.
///
/// # Errors
/// When the machine gives no randomness, the database fails, or a prison has no sign-in.
pub async fn invite(store: &Store, guest: Guest, author: &str, now: DateTime<Utc>) -> Result<Invitation, AppError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| InboxError::Random)?;
    let invitation = Invitation::new(Uuid::from_bytes(bytes), guest, author, now);
    store.invite(&invitation).await?;
    Ok(invitation)
}
