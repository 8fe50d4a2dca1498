//! What a homeserver's refusal means for a letter, and for listening.

use crate::channel::SendError;
use crate::domain::Barrier;
use matrix_sdk::ruma::api::error::{ErrorKind, RetryAfter};
use matrix_sdk::{Error, HttpError};
use std::time::Duration;
use thiserror::Error;

/// A server that names no time is asked again after this, in seconds.
const REST_S: u32 = 5;

/// Listening came to nothing.
#[derive(Debug, Error)]
pub enum Trouble {
    /// The session is no longer valid: somebody has signed the device out.
    #[error("the homeserver no longer knows the session; sign in again with `linka matrix login`")]
    SignedOut,
    /// Too much was asked.
    #[error("too much was asked; again after {0} s")]
    TooMuch(u32),
    /// It refuses, and why, in its own code: asked again it would refuse again.
    #[error("the homeserver refuses: {0}")]
    Refused(String),
    /// Anything else, which may pass.
    #[error("the homeserver cannot be asked: {0}")]
    Away(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error.client_api_error_kind() {
            Some(ErrorKind::UnknownToken { .. } | ErrorKind::MissingToken) => Self::SignedOut,
            Some(ErrorKind::LimitExceeded(data)) => Self::TooMuch(seconds(data.retry_after.as_ref())),
            Some(_) if status(&error).is_some_and(|status| (400..500).contains(&status)) => Self::Refused(plain(&error)),
            _ => Self::Away(plain(&error)),
        }
    }
}

impl Trouble {
    /// Returns the pause before the server is asked again, for the `n`-th trouble in a row.
    #[must_use]
    pub fn rest(&self, n: u32) -> Duration {
        let doubled = |first: u64, most: u64| Duration::from_secs(first.saturating_mul(1 << n.min(10)).min(most));
        match self {
            Self::SignedOut => doubled(60, 600),
            Self::TooMuch(seconds) => Duration::from_secs((*seconds).into()),
            Self::Refused(_) => doubled(10, 300),
            Self::Away(_) => doubled(1, 60),
        }
    }
}

/// Says what an error means for a letter that was to be sent.
#[must_use]
pub fn send_error(error: &Error) -> SendError {
    match error.client_api_error_kind() {
        Some(ErrorKind::LimitExceeded(data)) => SendError::Throttled { after_s: seconds(data.retry_after.as_ref()) },
        Some(ErrorKind::UnknownToken { .. } | ErrorKind::MissingToken) => SendError::Ours { reason: "signed out".to_owned() },
        Some(ErrorKind::Forbidden | ErrorKind::NotFound | ErrorKind::UserDeactivated) => {
            SendError::Barred { barrier: Barrier::Unreachable, reason: plain(error) }
        }
        Some(ErrorKind::TooLarge) => SendError::Never { reason: "too large".to_owned() },
        Some(_) if status(error).is_some_and(|status| (400..500).contains(&status)) => SendError::Never { reason: plain(error) },
        // Sent once more it shows once: the letter's name is the transaction's.
        _ => SendError::Unknown,
    }
}

fn status(error: &Error) -> Option<u16> {
    error.as_client_api_error().map(|error| error.status_code.as_u16())
}

/// The server's code, else a few words; nothing of what was sent.
fn plain(error: &Error) -> String {
    match (error.client_api_error_kind(), error) {
        (Some(kind), _) => kind.errcode().to_string(),
        (None, Error::Http(http)) if matches!(**http, HttpError::Reqwest(_)) => "no answer".to_owned(),
        (None, error) => error.to_string().chars().take(200).collect(),
    }
}

fn seconds(after: Option<&RetryAfter>) -> u32 {
    match after {
        Some(RetryAfter::Delay(wait)) => u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX).max(1),
        // Whose clock that is, nobody knows.
        Some(RetryAfter::DateTime(_)) | None => REST_S,
    }
}
