//! How a request to the API fails, by what may have happened on the other side.

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use thiserror::Error;

/// A request did not bring what it asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// No connection was made: nothing can have happened.
    #[error("the API could not be reached")]
    NotSent,
    /// The request may have been carried out: no answer came, or one nobody can read.
    #[error("the API did not answer")]
    NoAnswer,
    /// The API says no.
    #[error("the API refused with status {status}{}", code.map_or_else(String::new, |code| format!(", error {code}")))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The provider's error code, as its dictionary explains it.
        code: Option<u32>,
        /// The provider's words, long numbers blacked out.
        message: String,
        /// How long it asks us to wait.
        retry_after_s: Option<u32>,
    },
    /// We do not take what was offered: a file too large, an address elsewhere.
    #[error("not taken: {0}")]
    Unfit(&'static str),
}

impl ApiError {
    /// Tells whether a change of a call came too late because the call is over
    /// (<https://www.twilio.com/docs/api/errors/21220>).
    #[must_use]
    pub const fn is_call_over(&self) -> bool {
        matches!(self, Self::Refused { code: Some(21_220), .. } | Self::Refused { status: 404, .. })
    }

    /// Reads a transport's failure.
    pub(super) fn of_transport(error: &reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() { Self::NotSent } else { Self::NoAnswer }
    }

    /// Reads an answer that is no success. A server that broke while it carried out a POST says
    /// nothing of what it had done by then, unless it says it in its own form
    /// (<https://www.twilio.com/docs/api/errors/20500>).
    pub(super) fn of_answer(method: &Method, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let told: Option<Told> = serde_json::from_slice(body).ok();
        if told.is_none() && status.is_server_error() && *method == Method::POST {
            return Self::NoAnswer;
        }
        let told = told.unwrap_or_default();
        let retry_after_s = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        Self::Refused { status: status.as_u16(), code: told.code, message: without_numbers(&told.message), retry_after_s }
    }
}

/// The form in which the API explains a refusal.
#[derive(Default, Deserialize)]
struct Told {
    #[serde(default)]
    code: Option<u32>,
    message: String,
}

/// Blacks out what could be a phone number; keeps error codes and counts.
fn without_numbers(message: &str) -> String {
    let in_number = |character: char| character.is_ascii_digit() || "+-() ".contains(character);
    let mut kept = String::new();
    let mut rest = message;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit() || character == '+') {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = from.find(|character| !in_number(character)).unwrap_or(from.len());
        let (number, after) = from.split_at_checked(end).unwrap_or((from, ""));
        let digits = number.chars().filter(char::is_ascii_digit).count();
        kept.push_str(before);
        kept.push_str(if digits > 5 { "… " } else { number });
        rest = after;
    }
    kept.push_str(rest);
    kept.chars().take(200).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{ApiError, HeaderMap, Method, StatusCode, without_numbers};

    #[test]
    fn what_is_known_of_an_answer_decides() {
        let json = br#"{"code":20500,"message":"Internal","more_info":"x","status":500}"#;
        let refused = |status, code| ApiError::Refused { status, code, message: String::new(), retry_after_s: None };
        let table: [(Method, u16, &[u8], ApiError); 6] = [
            (Method::POST, 500, b"<html>", ApiError::NoAnswer),
            (Method::POST, 502, b"", ApiError::NoAnswer),
            (Method::POST, 500, json, refused(500, Some(20_500))),
            (Method::GET, 502, b"", refused(502, None)),
            (Method::POST, 404, b"not json", refused(404, None)),
            (Method::POST, 302, b"", refused(302, None)),
        ];
        for (method, status, body, expected) in table {
            let error = ApiError::of_answer(&method, StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body);
            let silent = match error {
                ApiError::Refused { status, code, retry_after_s, .. } => ApiError::Refused { status, code, message: String::new(), retry_after_s },
                other @ (ApiError::NotSent | ApiError::NoAnswer | ApiError::Unfit(_)) => other,
            };
            assert_eq!(silent, expected, "{method} {status}");
        }
    }

    #[test]
    fn no_number_is_kept() {
        let table = [
            ("The 'To' number +420719000001 is not valid", "The 'To' number … is not valid"),
            ("To: (719) 000-001", "To: (… "),
            ("Error 21211 in 3 parts", "Error 21211 in 3 parts"),
            ("", ""),
        ];
        for (message, kept) in table {
            assert_eq!(without_numbers(message), kept.trim(), "{message}");
        }
    }
}
