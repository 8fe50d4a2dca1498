//! Recordings: fetched once, then deleted where they were made.

use super::{ApiError, Client, bytes, success};
use reqwest::header::LOCATION;
use reqwest::{Method, Response, Url};
use std::time::Duration;

/// Largest recording that is fetched, in bytes: five minutes of telephone sound.
const RECORDING_BYTES_MAX: usize = 5 * 1_024 * 1_024;
/// A file takes longer than an answer.
const RECORDING_MAX: Duration = Duration::from_secs(15);
/// Times a file may have moved on the API's own host.
const MOVES_MAX: usize = 2;

/// In what form a recording is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// As it was recorded.
    Wav,
    /// A tenth of the size.
    Mp3,
}

impl Format {
    const fn ending(self) -> &'static str {
        match self {
            Self::Wav => ".wav",
            Self::Mp3 => ".mp3",
        }
    }
}

impl Client {
    /// Fetches a recording by its name `RE…`
    /// (<https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-media-file>).
    ///
    /// # Errors
    /// `Unfit` when it is too large or elsewhere.
    pub async fn recording(&self, sid: &str, format: Format) -> Result<Vec<u8>, ApiError> {
        self.fetch(self.within(&["Recordings", &format!("{sid}{}", format.ending())])).await
    }

    /// Fetches a recording from the address a report named, if that is on the API's own host:
    /// the request carries our credentials.
    ///
    /// # Errors
    /// `Unfit` when it is too large or elsewhere.
    pub async fn recording_at(&self, url: &str, format: Format) -> Result<Vec<u8>, ApiError> {
        let mut url = Url::parse(url).map_err(|_| ApiError::Unfit("no address"))?;
        let bare = url.path().trim_end_matches(".wav").trim_end_matches(".mp3").trim_end_matches(".json").to_owned();
        url.set_path(&format!("{bare}{}", format.ending()));
        self.fetch(url).await
    }

    /// Deletes a recording; one that is gone already is deleted.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn delete_recording(&self, sid: &str) -> Result<(), ApiError> {
        let request = self.request(Method::DELETE, self.within(&["Recordings", &format!("{sid}.json")]));
        match success(&Method::DELETE, request).await {
            Ok(_) | Err(ApiError::Refused { status: 404, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn fetch(&self, mut url: Url) -> Result<Vec<u8>, ApiError> {
        for _ in 0..=MOVES_MAX {
            if !self.is_own(&url) {
                return Err(ApiError::Unfit("not on the API's host"));
            }
            let request = self.request(Method::GET, url.clone()).timeout(RECORDING_MAX);
            let mut answer = request.send().await.map_err(|error| ApiError::of_transport(&error))?;
            if answer.status().is_success() {
                return bytes(&mut answer, RECORDING_BYTES_MAX).await;
            }
            let Some(next) = moved(&answer) else {
                let (status, headers) = (answer.status(), answer.headers().clone());
                let body = bytes(&mut answer, super::ANSWER_BYTES_MAX).await.unwrap_or_default();
                return Err(ApiError::of_answer(&Method::GET, status, &headers, &body));
            };
            url = next;
        }
        Err(ApiError::Unfit("moved too often"))
    }
}

/// Where an answer sends us.
fn moved(answer: &Response) -> Option<Url> {
    let location = answer.headers().get(LOCATION)?.to_str().ok()?;
    if answer.status().is_redirection() { answer.url().join(location).ok() } else { None }
}
