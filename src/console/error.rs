//! Why the console could not do what was asked. The page that says so is `refused.html`,
//! put around it by `guard`, which knows the visitor's language.

use crate::app::{AppError, InboxError};
use crate::domain::Lang;
use crate::store::StoreError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use thiserror::Error;

/// What went wrong.
#[derive(Debug, Error)]
pub enum ConsoleError {
    /// There is no such page or contact.
    #[error("there is no such page")]
    NotFound,
    /// The form was not sent from our own page, or from a session that has ended.
    #[error("the form did not come from this session")]
    Foreign,
    /// The form lacks something or says what cannot be.
    #[error("the form cannot be understood")]
    Form,
    /// Too many ask for it at once.
    #[error("too many ask for this at once")]
    Busy,
    /// The store could not be read.
    #[error("the store could not be used")]
    Store(#[from] StoreError),
    /// A file is there and its key is not.
    #[error("a stored file cannot be opened")]
    Sealed(#[source] StoreError),
    /// The order was not taken.
    #[error("the order was not taken")]
    Inbox(#[from] InboxError),
    /// The stored lines could not be read.
    #[error("the stored lines could not be read")]
    App(#[from] AppError),
    /// A page could not be written.
    #[error("a page could not be written")]
    Page(#[from] askama::Error),
    /// A secret could not be made.
    #[error("a secret could not be made")]
    Secret(#[from] super::password::PasswordError),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Random(#[from] getrandom::Error),
}

/// How a refusal reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no such page or contact.
    NotFound,
    /// The form was not ours.
    Foreign,
    /// The form was wrong.
    Form,
    /// A file is sealed.
    Sealed,
    /// Try again in a moment.
    Later,
}

impl Refusal {
    /// Returns the heading.
    #[must_use]
    pub(super) const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => lang.pick("Tady nic není", "There is nothing here"),
            Self::Foreign => lang.pick("Formulář už neplatí", "This form is no longer valid"),
            Self::Form => lang.pick("Formuláři nerozumíme", "The form cannot be understood"),
            Self::Sealed => lang.pick("Soubor nejde otevřít", "The file cannot be opened"),
            Self::Later => lang.pick("Teď to nejde", "Not possible right now"),
        }
    }

    /// Says what to do.
    #[must_use]
    pub(super) const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NotFound => lang.pick(
                "Takovou stránku ani kontakt linka nemá. Zkontrolujte prosím číslo.",
                "The line has no such page or contact. Please check the number.",
            ),
            Self::Foreign => lang.pick(
                "Nic jsme neuložili. Vraťte se prosím na stránku, obnovte ji a odešlete formulář znovu.",
                "Nothing was saved. Please go back, reload the page and send the form again.",
            ),
            Self::Form => lang.pick(
                "Nic jsme neuložili. Vraťte se prosím a zkontrolujte, co jste vyplnili.",
                "Nothing was saved. Please go back and check what you filled in.",
            ),
            Self::Sealed => lang.pick(
                "Chybí k němu správný klíč, nebo je soubor poškozený. Správce serveru zjistí víc příkazem „linka check“.",
                "Its right key is missing, or the file is damaged. Whoever runs the server learns more by “linka check”.",
            ),
            Self::Later => lang.pick(
                "Linka je právě zaneprázdněná a nic jsme neuložili. Zkuste to prosím za chvíli.",
                "The line is busy and nothing was saved. Please try again in a moment.",
            ),
        }
    }
}

impl ConsoleError {
    const fn refusal(&self) -> (StatusCode, Refusal) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, Refusal::NotFound),
            Self::Foreign => (StatusCode::FORBIDDEN, Refusal::Foreign),
            Self::Form => (StatusCode::BAD_REQUEST, Refusal::Form),
            Self::Sealed(_) => (StatusCode::INTERNAL_SERVER_ERROR, Refusal::Sealed),
            Self::Busy | Self::Store(_) | Self::Inbox(_) | Self::App(_) | Self::Page(_) | Self::Secret(_) | Self::Random(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, Refusal::Later)
            }
        }
    }

    fn log(&self) {
        let cause = std::error::Error::source(self).map(ToString::to_string).unwrap_or_default();
        match self {
            Self::NotFound | Self::Foreign | Self::Form | Self::Busy => tracing::debug!(error = %self, "a page of the console was refused"),
            Self::Sealed(_) | Self::Store(_) | Self::Inbox(_) | Self::App(_) | Self::Page(_) | Self::Secret(_) | Self::Random(_) => {
                tracing::error!(error = %self, cause, "the console cannot answer");
            }
        }
    }
}

impl IntoResponse for ConsoleError {
    fn into_response(self) -> Response {
        self.log();
        let (status, refusal) = self.refusal();
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert("retry-after", axum::http::HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(refusal);
        response
    }
}
