//! Answers in the provider's terms: documents, acknowledgements, refusals.

use super::Gateway;
use crate::channel::twilio::twiml::{Document, Verb};
use crate::domain::Lang;
use crate::handbook::{Handbook, Phrase};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

impl Gateway {
    /// Answers with a document.
    pub(super) fn document(&self, document: &Document) -> Response {
        ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], document.write(self.profile)).into_response()
    }

    /// Says one sentence in the caller's language, in all where nobody knows it, and then does what follows.
    pub(super) fn only(&self, phrase: Phrase, lang: Option<Lang>, then: Verb) -> Response {
        let handbook = self.app.handbook();
        self.document(&self.studio(&handbook).only(&said(&handbook, phrase, lang), then))
    }

    /// Says that something is wrong here, and to call again; nothing was stored.
    pub(super) fn trouble(&self, lang: Option<Lang>) -> Response {
        self.only(Phrase::VoiceTrouble, lang, Verb::Hangup)
    }
}

/// A sentence in a language, or in all of them one after another.
pub(super) fn said(handbook: &Handbook, phrase: Phrase, lang: Option<Lang>) -> Vec<(String, Lang)> {
    let langs = Lang::ALL.into_iter().filter(|one| lang.is_none_or(|lang| lang == *one));
    langs.map(|lang| (handbook.wording.phrases.say(phrase, lang, &[]), lang)).collect()
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
