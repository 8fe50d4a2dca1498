//! Spoken messages: the wish to fetch one is written before the provider's report is acknowledged;
//! then it is fetched, kept, and deleted at the provider, each step again and again until it is done.

use super::call::Call;
use super::caller::contact;
use super::webhook::Webhook;
use super::{Gateway, reply};
use crate::app::AppError;
use crate::channel::twilio::client::{ApiError, Client, Format};
use crate::domain::{Attachment, AttachmentKind, Recording, RecordingState};
use crate::store::StoreError;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use thiserror::Error;
use uuid::Uuid;

/// Recordings looked at in one go.
const AT_ONCE: i64 = 16;
/// The first pause after a failure, in seconds; it doubles with each further one.
const PAUSE_FIRST_S: i64 = 5;
/// The longest pause, in seconds: a recording is heard soon after the provider is back.
const PAUSE_MAX_S: i64 = 600;
/// After so long a coordinator hears that a message cannot be had.
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// The provider tells how a recording stands.
pub(super) async fn told(State(gateway): State<Arc<Gateway>>, hook: Webhook) -> Response {
    let (Some(call), Some(contact), sid) = (Call::read(&hook), contact(&hook), hook.said("RecordingSid")) else { return reply::unreadable() };
    if !is_sid(sid) {
        return reply::unreadable();
    }
    // Where nobody spoke there is nothing to fetch.
    if hook.said("RecordingStatus") != "completed" {
        return reply::noted();
    }
    match gateway.app.store().contact(contact).await {
        Ok(Some(_)) => {}
        Ok(None) => return reply::unreadable(),
        Err(error) => return reply::not_stored(&error),
    }
    // The report names no caller; the event that began the call does.
    let from = match gateway.app.store().sender_of(&call.began()).await {
        Ok(from) => from.unwrap_or(call.from),
        Err(error) => return reply::not_stored(&error),
    };
    let at = gateway.app.clock().now();
    let seconds = hook.said("RecordingDuration").parse().unwrap_or_default();
    let days = TimeDelta::days(gateway.recording_days.into());
    let recording = Recording {
        reference: sid.to_owned(),
        contact,
        from,
        seconds,
        state: if seconds == 0 { RecordingState::Fetched } else { RecordingState::Wanted },
        attempts: 0,
        file: None,
        at,
        due_at: at,
        forget_at: at.checked_add_signed(days).unwrap_or(at),
    };
    match gateway.app.store().want_recording(&recording).await {
        Ok(()) => reply::noted(),
        Err(error) => reply::not_stored(&error),
    }
}

/// A step with a recording failed; it is tried again.
#[derive(Debug, Error)]
enum Failure {
    #[error("the provider does not hand it over")]
    Api(#[from] ApiError),
    #[error("it could not be kept")]
    App(#[from] AppError),
}

impl Gateway {
    /// Fetches what is recorded and deletes what was fetched, as far as it is due; tells how many
    /// steps were done.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn fetch_due(&self) -> Result<usize, StoreError> {
        let mut done = 0;
        for mut recording in self.app.store().due_recordings(self.app.clock().now(), AT_ONCE).await? {
            while recording.state != RecordingState::Deleted {
                let now = self.app.clock().now();
                match self.advance(&mut recording, now).await {
                    Ok(()) => {
                        recording.attempts = 0;
                        recording.due_at = now;
                        self.app.store().move_recording(&recording).await?;
                        done += 1;
                    }
                    Err(failure) => {
                        self.put_off(&mut recording, now, &failure).await?;
                        break;
                    }
                }
            }
        }
        Ok(done)
    }

    /// Takes the next step with a recording. One that was never had until its time is over is given up.
    async fn advance(&self, recording: &mut Recording, now: DateTime<Utc>) -> Result<(), Failure> {
        match recording.state {
            RecordingState::Wanted if now >= recording.forget_at => recording.state = RecordingState::Fetched,
            RecordingState::Wanted => {
                let sound = sound(&self.client, &recording.reference).await?;
                recording.file = Some(self.app.keep_recording(recording, &sound).await?.id);
                recording.state = RecordingState::Fetched;
            }
            RecordingState::Fetched => {
                self.client.delete_recording(&recording.reference).await?;
                recording.state = RecordingState::Deleted;
            }
            RecordingState::Deleted => {}
        }
        Ok(())
    }

    async fn put_off(&self, recording: &mut Recording, now: DateTime<Utc>, failure: &Failure) -> Result<(), StoreError> {
        let cause = std::error::Error::source(failure).map(ToString::to_string).unwrap_or_default();
        tracing::warn!(recording = recording.reference, state = recording.state.name(), error = %failure, cause, "a recording has to wait");
        let late = now.signed_duration_since(recording.at) >= PATIENCE;
        if late && recording.state == RecordingState::Wanted {
            tracing::error!(recording = recording.reference, "a spoken message could not be fetched for a day");
            if let Err(error) = self.app.miss_recording(recording).await {
                tracing::error!(%error, "nobody could be told of a spoken message that cannot be had");
            }
        }
        recording.due_at = now.checked_add_signed(pause(recording.attempts)).unwrap_or(now);
        recording.attempts = recording.attempts.saturating_add(1);
        self.app.store().move_recording(recording).await
    }
}

/// How long to wait after so many failures.
fn pause(failures: u32) -> TimeDelta {
    let seconds = PAUSE_FIRST_S.checked_shl(failures.min(16)).unwrap_or(PAUSE_MAX_S);
    TimeDelta::seconds(seconds.min(PAUSE_MAX_S))
}

/// Fetches the small form, else the one every server has.
async fn sound(client: &Client, sid: &str) -> Result<Vec<u8>, ApiError> {
    match client.recording(sid, Format::Mp3).await {
        Ok(sound) if is_sound(&sound) => Ok(sound),
        Ok(_) | Err(ApiError::Refused { status: 400 | 404 | 406 | 415, .. }) => client.recording(sid, Format::Wav).await,
        Err(error) => Err(error),
    }
}

fn is_sound(bytes: &[u8]) -> bool {
    Attachment::of(Uuid::nil(), bytes).is_ok_and(|file| file.format.kind() == AttachmentKind::Recording)
}

/// `RE` and 32 hexadecimal digits.
fn is_sid(sid: &str) -> bool {
    sid.strip_prefix("RE").is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::{is_sid, is_sound, pause};
    use chrono::TimeDelta;

    #[test]
    fn pauses_grow_to_ten_minutes() {
        for (failures, seconds) in [(0, 5), (1, 10), (4, 80), (6, 320), (7, 600), (8, 600), (u32::MAX, 600)] {
            assert_eq!(pause(failures), TimeDelta::seconds(seconds), "{failures}");
        }
    }

    #[test]
    fn only_a_recordings_name_and_sound_are_taken() {
        assert!(is_sid("RE0123456789abcdef0123456789abcdef"));
        assert!(["", "RE", "CA0123456789abcdef0123456789abcdef", "RE../../../../../../../../../../x"].into_iter().all(|sid| !is_sid(sid)));
        assert!(is_sound(b"ID3 words") && is_sound(b"RIFF....WAVEfmt "));
        assert!(!is_sound(b"<html>not yet</html>") && !is_sound(b""));
    }
}
