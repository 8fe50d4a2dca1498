//! Answers in the provider's terms: documents, acknowledgements, refusals.

use super::Gateway;
use crate::channel::twilio::twiml::{Document, Verb};
use crate::domain::Lang;
use crate::handbook::Phrase;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

impl Gateway {
    /// Answers with a document.
    pub(super) fn document(&self, document: &Document) -> Response {
        ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], document.write(self.profile)).into_response()
    }

    /// Says one sentence, and then what is to follow.
    pub(super) fn only(&self, phrase: Phrase, lang: Lang, then: Verb) -> Response {
        let handbook = self.app.handbook();
        let text = handbook.wording.phrases.say(phrase, lang, &[]);
        self.document(&self.studio(&handbook).only(&text, lang, then))
    }

    /// Says that something is wrong here, and to call again; nothing was stored.
    pub(super) fn trouble(&self, lang: Lang) -> Response {
        self.only(Phrase::VoiceTrouble, lang, Verb::Hangup)
    }
}

/// Acknowledges a report.
pub(super) fn noted() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Refuses a request that names nothing of ours.
pub(super) fn unreadable() -> Response {
    refused(StatusCode::BAD_REQUEST, "the request names no call, contact or letter of this line")
}

/// Refuses a request; the words are for whoever reads the provider's log.
pub(super) fn refused(status: StatusCode, why: &'static str) -> Response {
    tracing::warn!(status = status.as_u16(), why, "a request to the phone gateway was refused");
    (status, why).into_response()
}

/// Has the provider repeat a request that could not be stored or read for.
pub(super) fn not_stored(error: &dyn std::error::Error) -> Response {
    tracing::warn!(error = %error, "a request of the phone network could not be stored; it comes again");
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")]).into_response()
}
