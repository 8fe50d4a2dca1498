//! Somebody with a chat application of their own: a real client in encrypted rooms.

use super::homeserver::{Homeserver, PASSWORD};
use linka::domain::fold;
use matrix_sdk::attachment::AttachmentConfig;
use matrix_sdk::config::{SyncSettings, SyncToken};
use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::api::client::filter::FilterDefinition;
use matrix_sdk::ruma::api::client::sync::sync_events::v3::Filter;
use matrix_sdk::ruma::{uint, EventId, OwnedRoomId, RoomId, UserId};
use matrix_sdk::{Client, Room};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

/// A message as the person sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The room it stands in.
    pub room: OwnedRoomId,
    /// The event.
    pub event: String,
    /// Its words.
    pub words: String,
    /// The thread it stands in.
    pub thread: Option<String>,
    /// The event it changes.
    pub changes: Option<String>,
    /// Its whole content.
    pub content: Value,
}

/// One person with one device, which remembers nothing when it is put away.
pub struct Person {
    /// The whole name.
    pub id: String,
    client: Client,
    since: Mutex<Option<String>>,
    inbox: Mutex<VecDeque<Seen>>,
    typing: Mutex<BTreeMap<OwnedRoomId, Vec<String>>>,
}

impl Person {
    /// Opens an account and signs in.
    pub async fn joins(server: &Homeserver, name: &str) -> Self {
        let id = server.register(name).await;
        Self::signs_in(&server.url(), &id).await
    }

    /// Signs in on another device of an account there is.
    pub async fn signs_in(url: &str, id: &str) -> Self {
        let client = Client::builder().homeserver_url(url).respect_login_well_known(false).build().await.expect("a client");
        client.matrix_auth().login_username(id, PASSWORD).send().await.expect("a sign-in");
        client.encryption().wait_for_e2ee_initialization_tasks().await;
        let person = Self { id: id.to_owned(), client, since: Mutex::default(), inbox: Mutex::default(), typing: Mutex::default() };
        person.looks().await;
        person
    }

    /// Looks at the application: invitations are accepted, messages are read.
    pub async fn looks(&self) -> usize {
        let since = self.since.lock().expect("a token").clone();
        let before = since.clone();
        let mut all = FilterDefinition::default();
        all.room.timeline.limit = Some(uint!(5000));
        let settings = SyncSettings::new().timeout(Duration::ZERO).token(since.map_or(SyncToken::NoToken, SyncToken::Specific)).filter(Filter::FilterDefinition(all));
        let response = self.client.sync_once(settings).await.expect("a sync");
        for room in self.client.invited_rooms() {
            room.join().await.expect("a joined room");
        }
        let mut seen = 0;
        for (id, update) in &response.rooms.joined {
            let room = self.client.get_room(id).expect("a room");
            let mut events = behind(&room, update.timeline.prev_batch.clone().filter(|_| update.timeline.limited), before.as_deref()).await;
            events.extend(update.timeline.events.iter().cloned());
            for event in &update.ephemeral {
                let json: Value = serde_json::from_str(event.json().get()).expect("JSON");
                if json["type"] == "m.typing" {
                    let users = json["content"]["user_ids"].as_array().expect("users").iter().filter_map(Value::as_str).map(str::to_owned);
                    self.typing.lock().expect("who types").insert(id.clone(), users.filter(|user| *user != self.id).collect());
                }
            }
            for event in &events {
                let unread = matches!(event.kind, TimelineEventKind::UnableToDecrypt { .. });
                let json: Value = serde_json::from_str(event.raw().json().get()).expect("JSON");
                let message = unread || json["type"] == "m.room.message";
                if !message || json["sender"] == self.id.as_str() {
                    continue;
                }
                seen += 1;
                self.inbox.lock().expect("an inbox").push_back(read(id, &json, unread));
            }
        }
        *self.since.lock().expect("a token") = Some(response.next_batch);
        seen
    }

    /// Waits until something has come.
    pub async fn waits(&self, most: Duration) {
        let come = async {
            while self.looks().await == 0 {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(most, come).await.expect("something that comes");
    }

    /// The next message; it must say all of `parts`.
    pub fn expect<const N: usize>(&self, parts: [&str; N]) -> Seen {
        let seen = self.inbox.lock().expect("an inbox").pop_front().unwrap_or_else(|| panic!("{} expected {parts:?} and got nothing", self.id));
        for part in parts {
            assert!(fold(&seen.words).contains(&fold(part)), "{} expected “{part}” in:\n{}", self.id, seen.words);
        }
        seen
    }

    /// Nothing has come.
    pub fn hears_nothing(&self) {
        let inbox = self.inbox.lock().expect("an inbox");
        assert!(inbox.is_empty(), "{} expected nothing and got {inbox:?}", self.id);
    }

    /// What nobody has looked at.
    pub fn unread(&self) -> Vec<String> {
        self.inbox.lock().expect("an inbox").iter().map(|seen| format!("{}: {}", self.id, seen.words)).collect()
    }

    /// Who is typing, as the application shows it.
    pub fn sees_typing(&self) -> Vec<String> {
        self.typing.lock().expect("who types").values().flatten().cloned().collect()
    }

    /// Begins to type to somebody alone, or ends it.
    pub async fn types(&self, to: &str, typing: bool) {
        self.room_with(to).await.typing_notice(typing).await.expect("a typing notice");
    }

    /// Reads everything without a look at it.
    pub fn reads_all(&self) -> Vec<String> {
        self.inbox.lock().expect("an inbox").drain(..).map(|seen| seen.words).collect()
    }

    /// The room with somebody alone, made where there is none.
    pub async fn room_with(&self, other: &str) -> Room {
        let other = UserId::parse(other).expect("a user");
        match self.client.get_dm_room(&other) {
            Some(room) => room,
            None => self.client.create_dm(&other).await.expect("a room"),
        }
    }

    /// A room of many, encrypted, with these people.
    pub async fn opens_room(&self, people: &[&str]) -> OwnedRoomId {
        use matrix_sdk::ruma::api::client::room::create_room::v3::{Request, RoomPreset};
        use matrix_sdk::ruma::events::InitialStateEvent;
        use matrix_sdk::ruma::events::room::encryption::RoomEncryptionEventContent;
        let mut request = Request::new();
        request.invite = people.iter().map(|id| UserId::parse(*id).expect("a user")).collect();
        request.preset = Some(RoomPreset::PrivateChat);
        request.initial_state = vec![InitialStateEvent::with_empty_state_key(RoomEncryptionEventContent::with_recommended_defaults()).to_raw_any()];
        self.client.create_room(request).await.expect("a room").room_id().to_owned()
    }

    /// A room with somebody whose words are not encrypted.
    pub async fn opens_plain_room(&self, other: &str) -> OwnedRoomId {
        use matrix_sdk::ruma::api::client::room::create_room::v3::{Request, RoomPreset};
        let mut request = Request::new();
        request.invite = vec![UserId::parse(other).expect("a user")];
        (request.is_direct, request.preset) = (true, Some(RoomPreset::TrustedPrivateChat));
        self.client.create_room(request).await.expect("a room").room_id().to_owned()
    }

    /// Writes in a room.
    pub async fn writes_in(&self, room: &RoomId, words: &str) -> String {
        self.sends(&self.room(room), json!({ "msgtype": "m.text", "body": words })).await
    }

    /// Writes to somebody alone.
    pub async fn writes(&self, to: &str, words: &str) -> String {
        let room = self.room_with(to).await;
        self.sends(&room, json!({ "msgtype": "m.text", "body": words })).await
    }

    /// Answers a message in its room: by a reply, in its thread where it stands in one.
    pub async fn replies(&self, to: &Seen, words: &str) -> String {
        let mut relation = json!({ "m.in_reply_to": { "event_id": to.event } });
        if let Some(root) = &to.thread {
            relation = json!({ "rel_type": "m.thread", "event_id": root, "m.in_reply_to": { "event_id": to.event } });
        }
        self.sends(&self.room(&to.room), json!({ "msgtype": "m.text", "body": words, "m.relates_to": relation })).await
    }

    /// Writes in the thread that begins with a message.
    pub async fn writes_in_thread(&self, root: &Seen, words: &str) -> String {
        let root_event = root.thread.clone().unwrap_or_else(|| root.event.clone());
        let relation = json!({ "rel_type": "m.thread", "event_id": root_event, "is_falling_back": true, "m.in_reply_to": { "event_id": root_event } });
        self.sends(&self.room(&root.room), json!({ "msgtype": "m.text", "body": words, "m.relates_to": relation })).await
    }

    /// Puts a sign to a message.
    pub async fn signs(&self, to: &Seen, sign: &str) {
        let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": to.event, "key": sign } });
        self.room(&to.room).send_raw("m.reaction", content).await.expect("a reaction");
    }

    /// Writes from this device in the room another device of the same person has with somebody.
    pub async fn writes_in_room_of(&self, device: &Self, other: &str, words: &str) {
        let id = device.room_with(other).await.room_id().to_owned();
        self.sends(&self.room(&id), json!({ "msgtype": "m.text", "body": words })).await;
    }

    /// The words from now on are under a key of their own, which others have yet to be given.
    pub async fn takes_a_new_key(&self, with: &str) {
        self.room_with(with).await.discard_room_key().await.expect("a key that is thrown away");
    }

    /// Makes the keys by which the account is known, or others in their place.
    pub async fn makes_keys(&self) {
        use matrix_sdk::ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier};
        let handle = self.client.encryption().reset_cross_signing().await.expect("keys");
        if let Some(handle) = handle {
            let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(self.id.clone()));
            handle.auth(Some(AuthData::Password(Password::new(user, PASSWORD.to_owned())))).await.expect("a password that fits");
        }
    }

    /// Changes a message written before.
    pub async fn changes(&self, with: &str, event: &str, words: &str) {
        let room = self.room_with(with).await;
        let new = json!({ "msgtype": "m.text", "body": words });
        self.sends(&room, json!({ "msgtype": "m.text", "body": format!("* {words}"), "m.new_content": new, "m.relates_to": { "rel_type": "m.replace", "event_id": event } })).await;
    }

    /// Takes a message back.
    pub async fn takes_back(&self, with: &str, event: &str) {
        let room = self.room_with(with).await;
        room.redact(&EventId::parse(event).expect("an event"), None, None).await.expect("a redaction");
    }

    /// Sends a picture.
    pub async fn sends_file(&self, to: &str, name: &str, kind: &str, bytes: Vec<u8>) {
        let room = self.room_with(to).await;
        room.send_attachment(name, &kind.parse().expect("a kind"), bytes, AttachmentConfig::new()).await.expect("a sent file");
    }

    /// Fetches the file a message carries.
    pub async fn opens(&self, seen: &Seen) -> Vec<u8> {
        use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
        use matrix_sdk::ruma::events::room::MediaSource;
        let source = MediaSource::Encrypted(serde_json::from_value(seen.content["file"].clone()).expect("an encrypted file"));
        let request = MediaRequestParameters { source, format: MediaFormat::File };
        self.client.media().get_media_content(&request, false).await.expect("a file")
    }

    /// Invites somebody into the room with somebody else.
    pub async fn invites(&self, with: &str, other: &str) {
        self.room_with(with).await.invite_user_by_id(&UserId::parse(other).expect("a user")).await.expect("an invitation");
    }

    /// Leaves a room of many.
    pub async fn leaves_room(&self, room: &RoomId) {
        self.room(room).leave().await.expect("a room that is left");
    }

    /// Leaves the room with somebody.
    pub async fn leaves(&self, other: &str) {
        self.room_with(other).await.leave().await.expect("a room that is left");
    }

    async fn sends(&self, room: &Room, content: Value) -> String {
        room.send_raw("m.room.message", content).await.expect("a sent message").response.event_id.to_string()
    }

    fn room(&self, id: &RoomId) -> Room {
        self.client.get_room(id).expect("a room")
    }
}

/// What a long silence left out, oldest first.
async fn behind(room: &Room, mut from: Option<String>, since: Option<&str>) -> Vec<TimelineEvent> {
    let mut events = Vec::new();
    while let Some(start) = from.take().filter(|_| since.is_some()) {
        let mut options = MessagesOptions::backward().from(start.as_str());
        (options.to, options.limit) = (since.map(str::to_owned), uint!(100));
        let older = room.messages(options).await.expect("older messages");
        events.extend(older.chunk);
        from = older.end.filter(|end| *end != start);
    }
    events.reverse();
    events
}

fn read(room: &RoomId, json: &Value, unread: bool) -> Seen {
    let content = json["content"].clone();
    let relation = &content["m.relates_to"];
    let of = |kind: &str| (relation["rel_type"] == kind).then(|| relation["event_id"].as_str().unwrap_or_default().to_owned());
    let words = if unread { "(cannot be read)" } else { content.pointer("/m.new_content/body").or_else(|| content.get("body")).and_then(Value::as_str).unwrap_or_default() };
    Seen { room: room.to_owned(), event: json["event_id"].as_str().unwrap_or_default().to_owned(), words: words.to_owned(), thread: of("m.thread"), changes: of("m.replace"), content }
}
