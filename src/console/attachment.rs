//! Files on their way out: those of a contact to the coordinator, and how any page hands one over.

use super::contact::find;
use super::error::ConsoleError;
use super::visit::Visit;
use crate::domain::{AttachmentKind, Format, Happened};
use crate::store::StoreError;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// Shows a file of a contact. Who listens to a recording is noted before it is handed out.
///
/// # Errors
/// When it does not belong to the contact, or is not kept any more.
pub(super) async fn show(visit: Visit, Path((number, id)): Path<(String, Uuid)>) -> Result<Response, ConsoleError> {
    let contact = find(&visit, &number).await?;
    let timeline = visit.app.store().timeline(contact.id).await?;
    let known = timeline.entries.iter().any(|entry| matches!(entry.what, Happened::Attached { file } if file.id == id));
    let found = if known { visit.app.store().attachment(id).await.map_err(sealed)? } else { None };
    let (format, bytes) = found.ok_or(ConsoleError::NotFound)?;
    if format.kind() == AttachmentKind::Recording {
        visit.app.played(contact.id, id, &visit.user).await?;
    }
    Ok(served((format, bytes)))
}

fn sealed(error: StoreError) -> ConsoleError {
    if error.is_sealed() { ConsoleError::Sealed(error) } else { ConsoleError::Store(error) }
}

/// Hands a file out: pictures and recordings to look at or play, documents to keep.
#[must_use]
pub(crate) fn served((format, bytes): (Format, Vec<u8>)) -> Response {
    let shown = if format == Format::Pdf { "attachment" } else { "inline" };
    let disposition = format!("{shown}; filename=\"linka.{}\"", format.extension());
    let headers = [
        (header::CONTENT_TYPE, format.mime().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
