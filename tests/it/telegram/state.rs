//! What the stand-in remembers.

use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// The bot's own number.
pub const BOT_ID: i64 = 900_000_001;

/// How a person stands with the bot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Has never written to it.
    Strange,
    /// Can be written to.
    Open,
    /// Has blocked it.
    Blocked,
    /// Has no account any more.
    Gone,
}

/// What is wrong with the Bot API.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a trouble of its own")]
pub struct Whims {
    /// So many of the next messages are too much, again after so many seconds.
    pub too_much: (u32, u32),
    /// So many of the next messages arrive, and the answer is lost.
    pub silent: u32,
    /// So many of the next files cannot be had.
    pub no_files: u32,
    /// Another program asks for updates.
    pub rival: bool,
    /// The token is refused.
    pub revoked: bool,
    /// People who take no voice notes.
    pub no_voice: Vec<i64>,
    /// A group that has got a new number.
    pub moved: Option<(i64, i64)>,
    /// Every update is handed out twice, under numbers of its own.
    pub twice: bool,
    /// It hears everything in groups.
    pub no_privacy: bool,
}

/// Where updates are sent to.
pub struct Webhook {
    pub url: String,
    pub secret: String,
    pub error: Option<String>,
}

/// One message of a chat.
#[derive(Clone, Debug)]
pub struct Posted {
    pub id: i64,
    pub chat: i64,
    pub from: i64,
    pub at: chrono::DateTime<chrono::Utc>,
    pub text: String,
    pub buttons: Vec<(String, String)>,
    /// How it is shown, and its bytes.
    pub file: Option<(&'static str, Vec<u8>)>,
    pub edits: u32,
    pub read: bool,
}

pub struct State {
    pub people: BTreeMap<i64, Standing>,
    pub groups: BTreeMap<i64, bool>,
    pub posted: Vec<Posted>,
    pub last_message: i64,
    pub last_update: u32,
    /// Updates nobody has confirmed, in order.
    pub updates: VecDeque<(u32, Value)>,
    /// Questions for updates so far; only the last one may wait.
    pub polls: u64,
    pub queries: BTreeMap<String, bool>,
    pub files: BTreeMap<String, (u64, Vec<u8>)>,
    pub webhook: Option<Webhook>,
    pub menus: Vec<(String, String, Vec<String>)>,
    pub whims: Whims,
    pub asked: Vec<String>,
    pub faults: Vec<String>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            people: BTreeMap::new(),
            groups: BTreeMap::new(),
            posted: Vec::new(),
            last_message: 100,
            last_update: 500_000_000,
            updates: VecDeque::new(),
            polls: 0,
            queries: BTreeMap::new(),
            files: BTreeMap::new(),
            webhook: None,
            menus: Vec::new(),
            whims: Whims::default(),
            asked: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// The bot as messages show it.
pub fn bot() -> Value {
    json!({"id": BOT_ID, "is_bot": true, "first_name": "Linka", "username": "LinkaBot"})
}

/// A person as messages show one.
pub fn person(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": "Osoba", "last_name": id.to_string(), "language_code": "cs"})
}

/// A chat as messages show it.
pub fn chat(id: i64) -> Value {
    if id < 0 { json!({"id": id, "type": "supergroup", "title": "Operátoři"}) } else { json!({"id": id, "type": "private", "first_name": "Osoba"}) }
}

impl State {
    pub fn fault(&mut self, words: String) {
        self.faults.push(words);
    }

    /// Makes a message; its number is the next of all.
    pub fn post(&mut self, chat: i64, from: i64, at: chrono::DateTime<chrono::Utc>, text: &str) -> &mut Posted {
        self.last_message += 1;
        let id = self.last_message;
        self.posted.push(Posted { id, chat, from, at, text: text.to_owned(), buttons: Vec::new(), file: None, edits: 0, read: from != BOT_ID });
        self.posted.last_mut().expect("a message")
    }

    pub fn message(&self, chat: i64, id: i64) -> Option<&Posted> {
        self.posted.iter().find(|posted| posted.chat == chat && posted.id == id)
    }

    /// Something happened that the bot is told of.
    pub fn happens(&mut self, kind: &str, what: &Value) -> u32 {
        for _ in 0..if self.whims.twice { 2 } else { 1 } {
            self.last_update += 1;
            self.updates.push_back((self.last_update, json!({"update_id": self.last_update, kind: what})));
        }
        self.last_update
    }
}

impl Posted {
    /// The message as the Bot API tells of it.
    pub fn json(&self) -> Value {
        let from = if self.from == BOT_ID { bot() } else { person(self.from) };
        let mut value = json!({"message_id": self.id, "date": self.at.timestamp(), "chat": chat(self.chat), "from": from});
        let parts = value.as_object_mut().expect("an object");
        match &self.file {
            None => {
                parts.insert("text".to_owned(), self.text.clone().into());
            }
            Some((shown, bytes)) => {
                let file = json!({"file_id": format!("own{}", self.id), "file_unique_id": format!("u{}", self.id), "file_size": bytes.len(), "width": 90, "height": 90, "duration": 1, "mime_type": "audio/ogg"});
                let file = if *shown == "photo" { json!([file]) } else { file };
                parts.insert((*shown).to_owned(), file);
                if !self.text.is_empty() {
                    parts.insert("caption".to_owned(), self.text.clone().into());
                }
            }
        }
        if self.edits > 0 {
            parts.insert("edit_date".to_owned(), (self.at.timestamp() + i64::from(self.edits)).into());
        }
        if !self.buttons.is_empty() {
            let rows: Vec<Value> = self.buttons.iter().map(|(text, data)| json!([{"text": text, "callback_data": data}])).collect();
            parts.insert("reply_markup".to_owned(), json!({"inline_keyboard": rows}));
        }
        value
    }
}
