//! A small typed client of the REST API of 2010-04-01, for Twilio and for servers that answer
//! like it (<https://www.twilio.com/docs/usage/api>). It carries out one request and says what
//! became of it; it repeats none, since creating a message or a call twice sends it twice.

mod account;
mod call;
mod error;
mod message;
mod number;
mod recording;

pub use account::Account;
pub use call::{Call, NewCall};
pub use error::ApiError;
pub use message::{Message, NewMessage};
pub use number::{Capabilities, NumberSettings, PhoneNumber};
pub use recording::Format;

use super::Secret;
use reqwest::header::ACCEPT;
use reqwest::{Method, RequestBuilder, Response, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use thiserror::Error;

/// A connection that takes longer will not be made.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// The provider promises no time; its own libraries wait about as long.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// Largest answer that is read, in bytes; a page of a thousand numbers fits.
const ANSWER_BYTES_MAX: usize = 2 * 1_024 * 1_024;

/// Whom the API knows us as.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account, which stands in every path: `AC…`.
    pub account_sid: String,
    /// Who signs in: the account itself, or an API key `SK…`.
    pub user: String,
    /// The account's token, or the key's secret.
    pub secret: Secret,
}

/// Why there is no client.
#[derive(Debug, Error)]
pub enum SetupError {
    /// The address is none.
    #[error("the API's address is not an http or https address")]
    Address,
    /// The machine's certificates cannot be read.
    #[error("no client for the API can be made")]
    Client(#[source] reqwest::Error),
}

/// The API at one address with one account.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    credentials: Credentials,
}

impl Client {
    /// Prepares a client for the API at `base`, such as `https://api.twilio.com`; a look-alike may stand under a path.
    ///
    /// # Errors
    /// When the address is none, or the machine has no certificates.
    pub fn new(base: &str, credentials: Credentials) -> Result<Self, SetupError> {
        Self::patient(base, credentials, ANSWER_MAX)
    }

    fn patient(base: &str, credentials: Credentials, answer_max: Duration) -> Result<Self, SetupError> {
        let base = Url::parse(base).ok().filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
        let builder = reqwest::Client::builder().connect_timeout(CONNECT_MAX).timeout(answer_max);
        let http = builder.redirect(redirect::Policy::none()).build().map_err(SetupError::Client)?;
        Ok(Self { http, base: base.ok_or(SetupError::Address)?, credentials })
    }

    /// The address of something of the account, such as `["Messages", "SM….json"]`.
    fn address(&self, parts: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["2010-04-01", "Accounts"]);
            path.extend(parts);
        }
        url
    }

    /// The address of a list or a thing within the account.
    fn within(&self, parts: &[&str]) -> Url {
        let account = self.credentials.account_sid.as_str();
        self.address(&[&[account], parts].concat())
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let Credentials { user, secret, .. } = &self.credentials;
        self.http.request(method, url).basic_auth(user, Some(secret.expose())).header(ACCEPT, "application/json")
    }

    async fn get<T: DeserializeOwned>(&self, url: Url) -> Result<T, ApiError> {
        read(&Method::GET, self.request(Method::GET, url)).await
    }

    async fn post<T: DeserializeOwned>(&self, url: Url, form: &(impl Serialize + Sync + ?Sized)) -> Result<T, ApiError> {
        read(&Method::POST, self.request(Method::POST, url).form(form)).await
    }

    /// Tells whether an address is on the API's own host, the only one that sees our credentials.
    fn is_own(&self, url: &Url) -> bool {
        url.origin() == self.base.origin() && url.username().is_empty() && url.password().is_none()
    }
}

async fn read<T: DeserializeOwned>(method: &Method, request: RequestBuilder) -> Result<T, ApiError> {
    let body = success(method, request).await?;
    // It was done, but what came of it cannot be told.
    serde_json::from_slice(&body).map_err(|_| ApiError::NoAnswer)
}

/// Sends a request and returns the body of its success.
async fn success(method: &Method, request: RequestBuilder) -> Result<Vec<u8>, ApiError> {
    let mut answer = request.send().await.map_err(|error| ApiError::of_transport(&error))?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = bytes(&mut answer, ANSWER_BYTES_MAX).await;
    if status.is_success() { body } else { Err(ApiError::of_answer(method, status, &headers, &body.unwrap_or_default())) }
}

/// Reads a body as far as it may go.
async fn bytes(answer: &mut Response, bytes_max: usize) -> Result<Vec<u8>, ApiError> {
    const TOO_LARGE: ApiError = ApiError::Unfit("larger than we take");
    if answer.content_length().is_some_and(|length| length > bytes_max as u64) {
        return Err(TOO_LARGE);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| ApiError::NoAnswer)? {
        body.extend_from_slice(&chunk);
        if body.len() > bytes_max {
            return Err(TOO_LARGE);
        }
    }
    Ok(body)
}

#[cfg(test)]
mod tests;
