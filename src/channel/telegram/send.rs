//! The channel that carries letters to chats. A letter is one message: longer words were cut into
//! letters before. Where nobody answered in time the message may be there; it is never repeated blindly.

use super::NAME;
use super::bot::Bots;
use super::fault::send_error;
use super::outgoing::{Outgoing, Shown, TEXT_MAX, chat, outgoing};
use super::pace::Pace;
use super::reference;
use crate::channel::{Channel, Files, Handed, Now, SendError};
use crate::domain::{Ability, Address, Attachment, Delivery, Letter, Medium};
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use teloxide::payloads::{SendDocumentSetters, SendMessageSetters, SendPhotoSetters, SendVoiceSetters};
use teloxide::prelude::Requester;
use teloxide::types::{ChatAction, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, MessageId};
use teloxide::{ApiError, Bot, RequestError};

/// How long one letter may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Letters to chats.
pub struct TelegramChannel {
    bot: Bot,
    name: Arc<OnceLock<String>>,
    files: Files,
    now: Now,
    pace: Mutex<Pace>,
}

impl TelegramChannel {
    /// Puts the channel together over the bot's clients.
    #[must_use]
    pub fn new(bots: &Bots, files: Files, now: Now) -> Self {
        Self { bot: bots.sender.clone(), name: Arc::clone(&bots.name), files, now, pace: Mutex::default() }
    }

    async fn carry(&self, letter: &Letter) -> Result<Handed, SendError> {
        let (to, outgoing) = (chat(letter)?, outgoing(letter)?);
        self.wait_for_turn(to)?;
        // The client itself waits long after a server's error; other channels' letters must not.
        let handed = tokio::time::timeout(PATIENCE, self.hand_on(to, &outgoing)).await;
        let (chat, message) = handed.unwrap_or(Err(SendError::Unknown))?;
        Ok(Handed { delivery: Delivery::Sent, reference: Some(reference(chat, message)) })
    }

    /// Hands on and returns the chat and the message it has become there.
    async fn hand_on(&self, to: i64, outgoing: &Outgoing<'_>) -> Result<(i64, i32), SendError> {
        let sent = match self.hand(to, outgoing).await? {
            // The letter goes on to where the group is now; the roster still has to learn of it.
            Err(RequestError::MigrateToChatId(ChatId(now))) => {
                tracing::error!(now, "a group has another number now; correct its address");
                self.hand(now, outgoing).await?
            }
            sent => sent,
        };
        match (sent, outgoing) {
            (Ok(message), _) => Ok((message.chat.id.0, message.id.0)),
            // It was changed before, and the answer was lost.
            (Err(RequestError::Api(ApiError::MessageNotModified)), Outgoing::Change { message, .. }) => Ok((to, *message)),
            (Err(error), _) => Err(send_error(&error)),
        }
    }

    fn wait_for_turn(&self, chat: i64) -> Result<(), SendError> {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.take(chat, (self.now)()).map_err(|after_s| SendError::Throttled { after_s })
    }

    async fn hand(&self, to: i64, outgoing: &Outgoing<'_>) -> Result<Result<Message, RequestError>, SendError> {
        match outgoing {
            Outgoing::Words { text, rows } => Ok(self.write(to, text, rows).await),
            Outgoing::Change { message, text } => Ok(self.bot.edit_message_text(ChatId(to), MessageId(*message), *text).await),
            Outgoing::File { file, shown, name, caption } => {
                let bytes = self.bytes(*file).await?;
                let input = || InputFile::memory(bytes.clone()).file_name(name.clone());
                match self.show(to, input(), *shown, caption).await {
                    // What is refused as a picture or a voice note still goes as a document.
                    Err(RequestError::Api(error)) if *shown != Shown::Document && is_about_the_file(&error) => {
                        Ok(self.show(to, input(), Shown::Document, caption).await)
                    }
                    sent => Ok(sent),
                }
            }
        }
    }

    async fn write(&self, to: i64, text: &str, rows: &[Vec<(String, String)>]) -> Result<Message, RequestError> {
        let quiet = LinkPreviewOptions { is_disabled: true, url: None, prefer_small_media: false, prefer_large_media: false, show_above_text: false };
        let message = self.bot.send_message(ChatId(to), text).link_preview_options(quiet);
        if rows.is_empty() {
            return message.await;
        }
        let button = |(label, data): &(String, String)| InlineKeyboardButton::callback(label.clone(), data.clone());
        let rows = rows.iter().map(|row| row.iter().map(button).collect::<Vec<_>>());
        message.reply_markup(InlineKeyboardMarkup::new(rows)).await
    }

    async fn show(&self, to: i64, file: InputFile, shown: Shown, caption: &str) -> Result<Message, RequestError> {
        let to = ChatId(to);
        match shown {
            Shown::Photo => self.bot.send_photo(to, file).caption(caption).await,
            Shown::Voice => self.bot.send_voice(to, file).caption(caption).await,
            Shown::Document => self.bot.send_document(to, file).caption(caption).await,
        }
    }

    async fn bytes(&self, file: Attachment) -> Result<Vec<u8>, SendError> {
        (self.files)(file.id).await.ok_or_else(|| SendError::Never { reason: "the file is kept no more, or cannot be read".to_owned() })
    }
}

/// Tells whether a request was refused for what the file is, and not for whom it is sent to.
fn is_about_the_file(error: &ApiError) -> bool {
    let words = super::fault::error_words(error);
    words.starts_with("Bad Request: ") && matches!(send_error(&RequestError::Api(error.clone())), SendError::Never { .. })
}

impl Channel for TelegramChannel {
    fn name(&self) -> &str {
        NAME
    }

    fn ability(&self) -> Ability {
        Ability { medium: Medium::Chat, buttons: true, two_way: true, idempotent: false, inline: false, ends_rings: false, files: true, edits: true, threads: false, characters_max: TEXT_MAX }
    }

    fn shows_typing<'a>(&'a self, to: &'a Address) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let Ok(chat) = to.handle.parse() else { return };
            if let Err(error) = self.bot.send_chat_action(ChatId(chat), ChatAction::Typing).await {
                tracing::debug!(error = %send_error(&error), "that somebody types could not be shown");
            }
        })
    }

    fn way_in(&self, code: &str) -> Option<String> {
        self.name.get().filter(|name| !name.is_empty()).map(|name| format!("https://t.me/{name}?start={code}"))
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>> {
        Box::pin(self.carry(letter))
    }
}
