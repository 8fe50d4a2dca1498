//! What can go wrong with a page. The frame around the pages turns it into friendly words.

use super::frame::NotSetUp;
use crate::app::{AppError, InboxError};
use crate::store::StoreError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use thiserror::Error;

/// Why a page could not be shown or a form not taken.
#[derive(Debug, Error)]
pub enum PageError {
    /// The store could not be read.
    #[error("the page could not be read from the store")]
    Store(#[from] StoreError),
    /// The line itself could not be changed.
    #[error("the line could not be changed")]
    App(#[from] AppError),
    /// What a form said was not stored.
    #[error("what the form said was not stored")]
    Inbox(#[from] InboxError),
    /// The page could not be written.
    #[error("the page could not be written")]
    Template(#[from] askama::Error),
    /// There is no line yet, so nothing that is said could reach anybody.
    #[error("no line is set up yet")]
    NotSetUp,
    /// The machine gave no randomness.
    #[error("no random name could be made")]
    Random,
    /// A form was longer than any of ours.
    #[error("a form was too long")]
    TooLong,
    /// A form sent what none of our forms sends.
    #[error("a form sent something unknown")]
    Form,
}

impl PageError {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Store(_) | Self::App(_) | Self::Inbox(_) | Self::NotSetUp => StatusCode::SERVICE_UNAVAILABLE,
            Self::Template(_) | Self::Random => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Form => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = self.status();
        if matches!(self, Self::NotSetUp) {
            let mut response = status.into_response();
            response.extensions_mut().insert(NotSetUp);
            return response;
        }
        if status.is_server_error() {
            let cause = std::error::Error::source(&self).map(ToString::to_string).unwrap_or_default();
            tracing::error!(error = %self, cause, "a page could not be served");
        }
        status.into_response()
    }
}
