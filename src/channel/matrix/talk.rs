//! What the gateway asks of the homeserver: what was said since, files, what an event was, signs that
//! something was read. Invitations are answered on the way.

use super::fault::Trouble;
use super::incoming::{Deed, Incoming, incoming};
use super::rooms;
use super::waiting::Place;
use crate::domain::{ATTACHMENT_BYTES_MAX, Address};
use matrix_sdk::config::{RequestConfig, SyncSettings, SyncToken};
use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::api::client::filter::{Filter as EventFilter, FilterDefinition, LazyLoadOptions};
use matrix_sdk::ruma::api::client::receipt::create_receipt::v3::ReceiptType;
use matrix_sdk::ruma::api::client::sync::sync_events::v3::Filter;
use matrix_sdk::ruma::events::receipt::ReceiptThread;
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::{EventId, OwnedEventId, RoomId, UInt};
use matrix_sdk::sync::JoinedRoomUpdate;
use matrix_sdk::{Client, Room};
use serde_json::{Value, json};
use std::time::Duration;

/// Events of a room in one answer; of more the rest is asked for.
const AT_ONCE: u32 = 100;
/// Most events of one room that are asked for after a long silence.
const BEHIND_MAX: usize = 5_000;
/// A server of one's own may be slow to find an old event.
const LOOK_MAX: Duration = Duration::from_secs(10);

/// What was said since.
#[derive(Debug, Default)]
pub struct News {
    /// Where to listen from next.
    pub next: String,
    /// What was done, in its order within each room.
    pub found: Vec<Found>,
    /// Events of ours that were read.
    pub read: Vec<Place>,
    /// Rooms somebody was alone in with the line and is no more, and who.
    pub crowded: Vec<(String, Address)>,
    /// Who types now in somebody's own room, where that has changed: the room, and everybody who does.
    pub typing: Vec<(String, Vec<String>)>,
}

/// Something that was done in a room.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The room's address, where more than one person is in it.
    pub room: Option<Address>,
    /// What, and by whom; `None` where the key to read it has not come.
    pub what: Option<Incoming>,
    /// Who, where nothing else can be read.
    pub from: String,
    /// It was written where everybody on the way can read it.
    pub open: bool,
}

/// Who the line is at its homeserver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The account.
    pub user: String,
    /// Whether the account's own key has signed the device.
    pub verified: bool,
}

/// Asks the homeserver.
#[derive(Clone)]
pub struct Talk {
    client: Client,
    /// Servers whose users may invite the line; empty lets everybody.
    allowed: Vec<String>,
}

/// How the server is listened to.
pub(super) fn settings(since: Option<&str>, patience: Duration) -> SyncSettings {
    let mut filter = FilterDefinition::default();
    filter.room.timeline.limit = Some(UInt::from(AT_ONCE));
    filter.room.state.lazy_load_options = LazyLoadOptions::Enabled { include_redundant_members: false };
    filter.presence = EventFilter::ignore_all();
    let token = since.map_or(SyncToken::NoToken, |since| SyncToken::Specific(since.to_owned()));
    let settings = SyncSettings::new().token(token).filter(Filter::FilterDefinition(filter));
    settings.timeout(patience)
}

impl Talk {
    /// Asks as the account of this client; users of other servers than `allowed` cannot invite the line.
    #[must_use]
    pub const fn new(client: Client, allowed: Vec<String>) -> Self {
        Self { client, allowed }
    }

    /// Returns the line's own user.
    #[must_use]
    pub fn own(&self) -> String {
        self.client.user_id().map(ToString::to_string).unwrap_or_default()
    }

    /// Tells who the line is at its homeserver.
    ///
    /// # Errors
    /// [`Trouble`] when the server does not tell.
    pub async fn standing(&self) -> Result<Standing, Trouble> {
        let user = self.client.whoami().await.map_err(matrix_sdk::Error::from)?.user_id.to_string();
        let device = self.client.encryption().get_own_device().await.ok().flatten();
        Ok(Standing { user, verified: device.is_some_and(|device| device.is_cross_signed_by_owner()) })
    }

    /// Waits for what was said since, `patience` long at most.
    ///
    /// # Errors
    /// [`Trouble`] when the server does not tell.
    pub async fn news(&self, since: Option<&str>, patience: Duration) -> Result<News, Trouble> {
        let response = self.client.sync_once(settings(since, patience)).await?;
        self.answer_invitations().await;
        let mut news = News { next: response.next_batch.clone(), ..News::default() };
        for (id, update) in &response.rooms.joined {
            let Some(room) = self.client.get_room(id) else { continue };
            for event in self.events(&room, update, since).await? {
                news.found.extend(self.found(&room, &event));
            }
            if rooms::is_of_many(&room, false) {
                news.crowded.extend(rooms::owners(&room).await.into_iter().map(|owner| (id.to_string(), owner)));
            }
            for event in &update.ephemeral {
                let event: Value = serde_json::from_str(event.json().get()).unwrap_or_default();
                news.read.extend(read(&room, &event));
                news.typing.extend(typing(&room, &event));
            }
        }
        Ok(news)
    }

    /// The events of a room in their order, with those the answer left out.
    async fn events(&self, room: &Room, update: &JoinedRoomUpdate, since: Option<&str>) -> Result<Vec<TimelineEvent>, Trouble> {
        let mut events = Vec::new();
        let mut from = update.timeline.prev_batch.clone().filter(|_| update.timeline.limited && since.is_some());
        while let Some(start) = from.take() {
            let mut options = MessagesOptions::backward().from(start.as_str());
            options.to = since.map(str::to_owned);
            options.limit = UInt::from(AT_ONCE);
            let older = match room.messages(options).await.map_err(Trouble::from) {
                Ok(older) => older,
                // One room that will not tell must not keep all others out.
                Err(Trouble::Refused(code)) => {
                    tracing::error!(code, room = %room.room_id(), "what was said in a room meanwhile cannot be had");
                    break;
                }
                Err(trouble) => return Err(trouble),
            };
            events.extend(older.chunk);
            from = older.end.filter(|end| *end != start && events.len() < BEHIND_MAX);
        }
        events.reverse();
        events.extend(update.timeline.events.iter().cloned());
        Ok(events)
    }

    fn found(&self, room: &Room, event: &TimelineEvent) -> Option<Found> {
        let json: Value = serde_json::from_str(event.raw().json().get()).ok()?;
        let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let (id, from) = (text("event_id")?, text("sender")?);
        let unread = matches!(event.kind, TimelineEventKind::UnableToDecrypt { .. });
        let what = if unread { None } else { Some(incoming(&json, &self.own())?) };
        let leaves = what.as_ref().is_some_and(|what| what.deed == Deed::Moved { here: false });
        let of_many = rooms::is_of_many(room, leaves);
        (from != self.own()).then(|| Found {
            place: Place { room: room.room_id().to_string(), event: id },
            room: of_many.then(|| rooms::address(room)),
            what,
            from,
            open: matches!(event.kind, TimelineEventKind::PlainText { .. }) && text("type").as_deref() == Some("m.room.message"),
        })
    }

    /// Looks once more at an event whose key had not come.
    ///
    /// # Errors
    /// [`Trouble`] when the server does not tell. `Ok(None)` when the event is none any more.
    pub async fn again(&self, place: &Place) -> Result<Option<Found>, Trouble> {
        let Some((room, id)) = self.place(place) else { return Ok(None) };
        Ok(self.found(&room, &look(&room, &id).await?))
    }

    /// Tells whether an event was a message: a sign that is taken back is nobody's word, nor is what the
    /// server does not have.
    ///
    /// # Errors
    /// [`Trouble`] when the server does not answer: it may later.
    pub async fn was_message(&self, room: &str, event: &str) -> Result<bool, Trouble> {
        let Some((room, id)) = self.place(&Place { room: room.to_owned(), event: event.to_owned() }) else { return Ok(false) };
        let event = match look(&room, &id).await {
            Ok(event) => event,
            Err(Trouble::Refused(_)) => return Ok(false),
            Err(trouble) => return Err(trouble),
        };
        let kind: Option<String> = event.raw().get_field("type").ok().flatten();
        Ok(matches!(kind.as_deref(), Some("m.room.message" | "m.room.encrypted")))
    }

    /// Fetches a file; `None` when it is too large, not there, or not what its sender says.
    ///
    /// # Errors
    /// [`Trouble`] when the server does not answer: it may later.
    pub async fn fetch(&self, source: &Value) -> Result<Option<Vec<u8>>, Trouble> {
        let source = match source {
            Value::String(url) => MediaSource::Plain(url.as_str().into()),
            encrypted => match serde_json::from_value(encrypted.clone()) {
                Ok(file) => MediaSource::Encrypted(file),
                Err(_) => return Ok(None),
            },
        };
        let request = MediaRequestParameters { source, format: MediaFormat::File };
        match self.client.media().get_media_content(&request, false).await {
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| bytes.len() <= ATTACHMENT_BYTES_MAX)),
            Err(error) if matches!(error, matrix_sdk::Error::Http(_)) => match Trouble::from(error) {
                Trouble::Refused(_) => Ok(None),
                trouble => Err(trouble),
            },
            Err(_) => Ok(None),
        }
    }

    /// Shows that an event was read.
    pub async fn reads(&self, place: &Place) {
        let Some((room, id)) = self.place(place) else { return };
        if let Err(error) = room.send_single_receipt(ReceiptType::Read, ReceiptThread::Unthreaded, id).await {
            tracing::debug!(trouble = %Trouble::from(error), "a receipt could not be sent");
        }
    }

    /// Says something in the room of an event, where it concerns nobody alone.
    pub async fn notes(&self, place: &Place, words: &str) {
        let Some((room, _)) = self.place(place) else { return };
        if let Err(error) = room.send_raw("m.room.message", json!({ "msgtype": "m.notice", "body": words })).await {
            tracing::debug!(trouble = %Trouble::from(error), "a room could not be told something");
        }
    }

    fn place(&self, place: &Place) -> Option<(Room, OwnedEventId)> {
        let room = self.client.get_room(&RoomId::parse(&place.room).ok()?)?;
        Some((room, EventId::parse(&place.event).ok()?))
    }

    /// Joins where users of allowed servers have invited the line, and declines elsewhere.
    async fn answer_invitations(&self) {
        for room in self.client.invited_rooms() {
            if let Err(error) = self.answer(&room).await {
                tracing::warn!(trouble = %Trouble::from(error), room = %room.room_id(), "an invitation could not be answered; trying again");
            }
        }
    }

    async fn answer(&self, room: &Room) -> matrix_sdk::Result<()> {
        let invite = room.invite_details().await?;
        let inviter = invite.inviter_id;
        if !self.allowed.is_empty() && !self.allowed.iter().any(|server| inviter.server_name() == server.as_str()) {
            tracing::info!(server = %inviter.server_name(), "an invitation from a server that is not allowed is declined");
            return room.leave().await;
        }
        let direct = room.is_direct().await.unwrap_or(false);
        room.join().await?;
        if direct {
            self.client.account().mark_as_dm(room.room_id(), &[inviter]).await?;
        }
        Ok(())
    }
}

/// Who else types in a room; in one of many nobody can tell what about.
fn typing(room: &Room, event: &Value) -> Option<(String, Vec<String>)> {
    if event.get("type").and_then(Value::as_str) != Some("m.typing") || rooms::is_of_many(room, false) {
        return None;
    }
    let users = event.pointer("/content/user_ids")?.as_array()?.iter().filter_map(Value::as_str);
    let others = users.filter(|user| *user != room.own_user_id().as_str()).map(str::to_owned).collect();
    Some((room.room_id().to_string(), others))
}

/// Looks at one event.
async fn look(room: &Room, id: &EventId) -> Result<TimelineEvent, Trouble> {
    let patience = RequestConfig::new().disable_retry().timeout(LOOK_MAX);
    Ok(room.event(id, Some(patience)).await?)
}

/// The events of a receipt that somebody else has read.
fn read(room: &Room, receipt: &Value) -> Vec<Place> {
    if receipt.get("type").and_then(Value::as_str) != Some("m.receipt") {
        return Vec::new();
    }
    let own = room.own_user_id().as_str();
    let by_others = |readers: &Value| readers.get("m.read").and_then(Value::as_object).is_some_and(|readers| readers.keys().any(|user| user != own));
    let events = receipt.get("content").and_then(Value::as_object).into_iter().flatten();
    events.filter(|(_, readers)| by_others(readers)).map(|(event, _)| Place { room: room.room_id().to_string(), event: event.clone() }).collect()
}
