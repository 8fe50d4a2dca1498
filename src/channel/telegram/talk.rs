//! What the gateway asks of the Bot API: updates, files, acknowledgements, settings.

use super::bot::{Account, Bots, LONG_POLL_S};
use super::fault::error_words;
use super::incoming::read_value;
use crate::channel::Secret;
use crate::domain::ATTACHMENT_BYTES_MAX;
use futures_util::StreamExt;
use serde::Serialize;
use std::time::Duration;
use teloxide::net::Download;
use teloxide::payloads::{SetMyCommandsSetters, SetWebhookSetters};
use teloxide::prelude::Requester;
use teloxide::requests::{JsonRequest, Payload};
use teloxide::types::{AllowedUpdate, BotCommand, BotCommandScope, CallbackQueryId, FileId, Update, WebhookInfo};
use teloxide::{ApiError, RequestError};
use thiserror::Error;

/// What the bot is told of; everything else stays unsent.
const WANTED: [AllowedUpdate; 4] = [AllowedUpdate::Message, AllowedUpdate::EditedMessage, AllowedUpdate::CallbackQuery, AllowedUpdate::MyChatMember];
/// Updates of one answer; one commit takes them all.
const AT_ONCE: u8 = 100;

/// Updates sent to a webhook at the same time: more would overtake each other.
const AT_THE_SAME_TIME: u8 = 1;

/// A question for updates that are handed over as they came: the client's own reading of them loses what
/// it does not know.
#[derive(Debug, Clone, Serialize)]
struct Question {
    offset: i32,
    limit: u8,
    timeout: u32,
    allowed_updates: [AllowedUpdate; 4],
}

impl Payload for Question {
    type Output = Vec<serde_json::Value>;
    const NAME: &'static str = "GetUpdates";
}

/// The Bot API did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// Somebody else listens in the bot's name, or a webhook does.
    #[error("somebody else listens in the bot's name: {0}")]
    Conflict(String),
    /// The token is refused.
    #[error("the bot's token is refused")]
    Token,
    /// Too much was asked; again after so many seconds.
    #[error("too much was asked; again after {0} s")]
    TooMuch(u32),
    /// It refused, in its own words.
    #[error("refused: {0}")]
    Refused(String),
    /// Nobody answered, or nothing that can be read.
    #[error("no answer that can be read")]
    NoAnswer,
}

impl From<RequestError> for Trouble {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::RetryAfter(seconds) => Self::TooMuch(seconds.seconds().max(1)),
            RequestError::Api(ApiError::InvalidToken) => Self::Token,
            RequestError::Api(error) => {
                let words = error_words(&error);
                let conflict = words.starts_with("Conflict") || matches!(error, ApiError::CantGetUpdates | ApiError::TerminatedByOtherGetUpdates);
                if conflict { Self::Conflict(words) } else { Self::Refused(words) }
            }
            // What could not be read may hold words of people: it is shown nowhere.
            RequestError::Network(_) | RequestError::InvalidJson { .. } | RequestError::Io(_) | RequestError::MigrateToChatId(_) => Self::NoAnswer,
        }
    }
}

/// A file cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// It is larger than the line takes.
    #[error("the file is larger than {ATTACHMENT_BYTES_MAX} bytes")]
    TooLarge,
    /// The Bot API does not have it, or will not hand it over.
    #[error("the file is not there")]
    Gone,
    /// Perhaps later.
    #[error("the file cannot be fetched now")]
    Later,
}

/// Asks the Bot API.
#[derive(Clone)]
pub struct Talk {
    bots: Bots,
}

impl Talk {
    /// Asks with the clients of an account.
    #[must_use]
    pub const fn new(bots: Bots) -> Self {
        Self { bots }
    }

    /// Tells what the bot is called.
    ///
    /// # Errors
    /// [`Trouble`] when the API does not tell.
    pub async fn account(&self) -> Result<Account, Trouble> {
        let account: Account = self.bots.sender.get_me().await?.into();
        self.bots.name.get_or_init(|| account.name.clone());
        Ok(account)
    }

    /// Waits for updates from `offset` on; those before it are forgotten at the API.
    ///
    /// # Errors
    /// [`Trouble`] when the API hands none over.
    pub async fn updates(&self, offset: i32, patient: bool) -> Result<Vec<Update>, Trouble> {
        let question = Question { offset, limit: AT_ONCE, timeout: if patient { LONG_POLL_S } else { 0 }, allowed_updates: WANTED };
        let raw = JsonRequest::new(self.bots.listener.clone(), question).await?;
        // One without a number cannot be confirmed, and there is none.
        Ok(raw.into_iter().filter_map(read_value).collect())
    }

    /// Acknowledges a press, so that the button stops turning. A press that is too old cannot be.
    pub async fn acknowledge(&self, query: &str) {
        if let Err(error) = self.bots.sender.answer_callback_query(CallbackQueryId(query.to_owned())).await {
            tracing::debug!(trouble = %Trouble::from(error), "a press could not be acknowledged");
        }
    }

    /// Fetches a file.
    ///
    /// # Errors
    /// [`FetchError`] when it is too large, not there, or not to be had now.
    pub async fn fetch(&self, id: &str) -> Result<Vec<u8>, FetchError> {
        let file = match self.bots.sender.get_file(FileId(id.to_owned())).await.map_err(Trouble::from) {
            Ok(file) => file,
            Err(Trouble::Refused(words)) if words.contains("file is too big") => return Err(FetchError::TooLarge),
            Err(Trouble::Refused(_)) => return Err(FetchError::Gone),
            Err(_) => return Err(FetchError::Later),
        };
        let mut bytes = Vec::new();
        let mut pieces = self.bots.sender.download_file_stream(&file.path);
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| if error.is_status() { FetchError::Gone } else { FetchError::Later })?;
            if bytes.len() + piece.len() > ATTACHMENT_BYTES_MAX {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Has updates sent to an address of ours, with a secret that proves whose they are.
    ///
    /// # Errors
    /// [`Trouble`] when the API does not take the address.
    pub async fn set_webhook(&self, url: reqwest::Url, secret: &Secret) -> Result<(), Trouble> {
        self.bots.sender.set_webhook(url).secret_token(secret.expose()).max_connections(AT_THE_SAME_TIME).allowed_updates(WANTED).await?;
        Ok(())
    }

    /// Has updates kept until they are asked for.
    ///
    /// # Errors
    /// [`Trouble`] when the API does not.
    pub async fn delete_webhook(&self) -> Result<(), Trouble> {
        self.bots.sender.delete_webhook().await?;
        Ok(())
    }

    /// Tells where updates are sent to, and how that went.
    ///
    /// # Errors
    /// [`Trouble`] when the API does not tell.
    pub async fn webhook(&self) -> Result<WebhookInfo, Trouble> {
        Ok(self.bots.sender.get_webhook_info().await?)
    }

    /// Sets a menu of commands, for those who use the application in `lang` or, without it, for all others.
    ///
    /// # Errors
    /// [`Trouble`] when the API does not take it.
    pub async fn set_menu(&self, scope: BotCommandScope, lang: Option<&str>, commands: Vec<BotCommand>) -> Result<(), Trouble> {
        let menu = self.bots.sender.set_my_commands(commands).scope(scope);
        match lang {
            Some(lang) => menu.language_code(lang).await?,
            None => menu.await?,
        };
        Ok(())
    }
}

/// How long to rest after trouble.
impl Trouble {
    /// Returns the pause before the API is asked again, for the `n`-th trouble in a row: never a storm.
    #[must_use]
    pub fn rest(&self, n: u32) -> Duration {
        let doubled = |first: u64, most: u64| Duration::from_secs(first.saturating_mul(1 << n.min(10)).min(most));
        match self {
            Self::Conflict(_) | Self::Token => doubled(60, 600),
            Self::TooMuch(seconds) => Duration::from_secs((*seconds).into()),
            Self::Refused(_) => doubled(10, 300),
            Self::NoAnswer => doubled(1, 60),
        }
    }
}
