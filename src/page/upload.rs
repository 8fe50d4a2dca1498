//! A form that may carry a file. Old browsers without the file field send the same form in the
//! plain way.

use super::PageError;
use crate::app::{App, FileError};
use crate::domain::{ATTACHMENT_BYTES_MAX, AttachmentError, BODY_BYTES_MAX, EventKey, Lang, Said};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What may be chosen in a form's file field.
pub(super) const ACCEPT: &str = "image/jpeg,image/png,image/webp,application/pdf,audio/ogg,audio/mpeg,audio/mp4,audio/wav";

/// Lets a form be as large as a file and the words around it.
pub(super) fn roomy() -> DefaultBodyLimit {
    DefaultBodyLimit::max(ATTACHMENT_BYTES_MAX + BODY_BYTES_MAX)
}

/// A form as it was sent.
#[derive(Debug)]
pub(super) struct Sent<T> {
    /// Its fields.
    pub(super) form: T,
    /// The file, when one was chosen; one that is too large is not read.
    pub(super) file: Option<Result<Vec<u8>, AttachmentError>>,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Sent<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, PageError> {
        let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        if !kind.starts_with(b"multipart/") {
            let form = axum::Form::from_request(request, app).await;
            let axum::Form(form) = form.map_err(|refused| if refused.status() == StatusCode::PAYLOAD_TOO_LARGE { PageError::TooLong } else { PageError::Form })?;
            return Ok(Self { form, file: None });
        }
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| PageError::Form)?;
        let (mut fields, mut file) = (Vec::new(), None);
        while let Some(part) = parts.next_field().await.map_err(|_| PageError::Form)? {
            if part.file_name().is_some() {
                file = content(part).await?;
                if file.as_ref().is_some_and(Result::is_err) {
                    break;
                }
            } else if let Some(name) = part.name().map(str::to_owned) {
                fields.push((name, part.text().await.map_err(|_| PageError::Form)?));
            }
        }
        let fields = serde_urlencoded::to_string(fields).map_err(|_| PageError::Form)?;
        Ok(Self { form: serde_urlencoded::from_str(&fields).map_err(|_| PageError::Form)?, file })
    }
}

/// An empty field is what a browser sends when no file was chosen.
async fn content(part: Field<'_>) -> Result<Option<Result<Vec<u8>, AttachmentError>>, PageError> {
    let named = part.file_name().is_some_and(|name| !name.is_empty());
    match part.bytes().await {
        Ok(bytes) if bytes.is_empty() && !named => Ok(None),
        Ok(bytes) => Ok(Some(Ok(bytes.into()))),
        Err(error) if is_too_large(&error) => Ok(Some(Err(AttachmentError::TooLarge))),
        Err(_) => Err(PageError::Form),
    }
}

fn is_too_large(error: &MultipartError) -> bool {
    error.status() == StatusCode::PAYLOAD_TOO_LARGE
}

/// What somebody sent: words, or a file that is kept first, with words around it.
///
/// # Errors
/// [`FileError`] when the file is not taken or cannot be kept.
pub(super) async fn said(app: &App, key: &EventKey, words: &str, file: Option<Result<Vec<u8>, AttachmentError>>) -> Result<Said, FileError> {
    match file {
        None => Ok(Said::Text(words.to_owned())),
        Some(bytes) => Ok(Said::Attached { file: app.keep_file(key, &bytes?).await?, words: words.to_owned() }),
    }
}

/// Says why a file was not taken, and what to do.
pub(super) const fn trouble(error: &FileError, lang: Lang) -> &'static str {
    match error {
        FileError::Refused(AttachmentError::Empty) => lang.pick("Soubor je prázdný, nic jsme neposlali. Vyberte prosím jiný.", "The file is empty, so nothing was sent. Please choose another one."),
        FileError::Refused(AttachmentError::TooLarge) => {
            lang.pick("Soubor je větší než 5 MB, nic jsme neposlali. Zmenšete ho prosím, nebo ho pošlete po částech.", "The file is larger than 5 MB, so nothing was sent. Please make it smaller or send it in parts.")
        }
        FileError::Refused(AttachmentError::Format) => lang.pick(
            "Tenhle druh souboru neumíme předat, nic jsme neposlali. Pošlete prosím obrázek (JPG, PNG), PDF nebo zvukovou nahrávku (MP3, OGG, M4A, WAV).",
            "We cannot pass on this kind of file, so nothing was sent. Please send a picture (JPG, PNG), a PDF or a recording (MP3, OGG, M4A, WAV).",
        ),
        FileError::Store(_) => lang.pick("Soubor jsme teď nemohli uložit. Pošlete ho prosím ještě jednou.", "We could not store the file now. Please send it once more."),
    }
}
