//! Matrix as a channel: a letter is one message of a room, named so that a repeat shows it once.

use super::{NAME, Seat, outgoing, rooms, send_error};
use crate::channel::{Channel, Files, Handed, SendError};
use crate::domain::{Ability, Address, Attachment, Delivery, Letter, Medium};
use futures_util::future::BoxFuture;
use matrix_sdk::attachment::AttachmentConfig;
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::events::room::message::{AddMentions, ReplyWithinThread, TextMessageEventContent};
use matrix_sdk::ruma::{EventId, OwnedTransactionId, UserId};
use matrix_sdk::Room;
use serde_json::json;

/// An event may have 65 536 bytes with all that encryption adds; four bytes a character are the most.
const UNITS_MAX: usize = 8_000;

/// Messages in encrypted rooms.
pub struct MatrixChannel {
    seat: Seat,
    files: Files,
}

impl MatrixChannel {
    /// Sends as the account that is open here.
    #[must_use]
    pub const fn new(seat: Seat, files: Files) -> Self {
        Self { seat, files }
    }

    async fn carry(&self, letter: &Letter) -> Result<Handed, SendError> {
        let client = self.seat.client().ok_or(SendError::Stopped)?;
        let room = rooms::find(&client, &letter.to.handle).await?;
        let reference = match letter.body.attachment() {
            Some(file) => self.attach(&room, letter, file).await?,
            None => self.write(&room, letter).await?,
        };
        Ok(Handed { delivery: Delivery::Sent, reference: Some(reference) })
    }

    async fn write(&self, room: &Room, letter: &Letter) -> Result<String, SendError> {
        let Some(content) = outgoing::content(letter, &self.ability()) else {
            return Err(SendError::Never { reason: "nothing to write".to_owned() });
        };
        let sent = room.send_raw("m.room.message", content).with_transaction_id(&transaction(letter, "")).await;
        let event = sent.map_err(|error| send_error(&error))?.response.event_id;
        for sign in outgoing::signs(letter) {
            let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": event, "key": sign } });
            let transaction = transaction(letter, &sign);
            // The numbers stand in the text as well.
            if let Err(error) = room.send_raw("m.reaction", content).with_transaction_id(&transaction).await {
                tracing::debug!(error = %send_error(&error), "a choice could not be put under its question");
                break;
            }
        }
        Ok(event.to_string())
    }

    async fn attach(&self, room: &Room, letter: &Letter, file: Attachment) -> Result<String, SendError> {
        let Some(bytes) = (self.files)(file.id).await else {
            return Err(SendError::Never { reason: "the file is kept no more, or cannot be read".to_owned() });
        };
        let kind = file.format.mime().parse().map_err(|_| SendError::Never { reason: "a file of no kind".to_owned() })?;
        let words = letter.body.words();
        let caption = (!words.is_empty()).then(|| TextMessageEventContent::plain(words));
        let thread = letter.reference.as_deref().and_then(|event| EventId::parse(event).ok());
        let reply = thread.map(|event_id| Reply { event_id, enforce_thread: EnforceThread::Threaded(ReplyWithinThread::No), add_mentions: AddMentions::No });
        let config = AttachmentConfig::new().txn_id(transaction(letter, "")).caption(caption).reply(reply);
        let sent = room.send_attachment(format!("linka.{}", file.format.extension()), &kind, bytes, config).await;
        Ok(sent.map_err(|error| send_error(&error))?.event_id.to_string())
    }
}

/// A transaction is named after its letter.
fn transaction(letter: &Letter, part: &str) -> OwnedTransactionId {
    OwnedTransactionId::from(format!("{}{}", letter.id.0.simple(), part.get(..1).unwrap_or_default()))
}

impl Channel for MatrixChannel {
    fn name(&self) -> &str {
        NAME
    }

    fn ability(&self) -> Ability {
        Ability {
            medium: Medium::Chat,
            buttons: true,
            two_way: true,
            idempotent: true,
            inline: false,
            ends_rings: false,
            files: true,
            edits: true,
            threads: true,
            characters_max: UNITS_MAX,
        }
    }

    fn is_here(&self) -> bool {
        self.seat.client().is_some()
    }

    fn shows_typing<'a>(&'a self, to: &'a Address) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let Some(client) = self.seat.client() else { return };
            let room = match UserId::parse(&to.handle) {
                Ok(user) => rooms::own_room(&client, &user).await,
                Err(_) => None,
            };
            if let Some(room) = room
                && let Err(error) = room.typing_notice(true).await
            {
                tracing::debug!(error = %send_error(&error), "that somebody types could not be shown");
            }
        })
    }

    fn way_in(&self, _code: &str) -> Option<String> {
        self.seat.client()?.user_id().map(|user| format!("https://matrix.to/#/{user}"))
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>> {
        Box::pin(self.carry(letter))
    }
}
