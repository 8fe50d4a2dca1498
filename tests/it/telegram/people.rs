//! What people do in their chats with the bot, and what they see there.

use super::BotApi;
use super::state::{BOT_ID, Posted, Standing, bot, chat, person};
use serde_json::{Value, json};

/// A message of the bot as a person sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub chat: i64,
    pub id: i64,
    pub text: String,
    pub buttons: Vec<(String, String)>,
    pub file: Option<(&'static str, Vec<u8>)>,
}

impl From<&Posted> for Shown {
    fn from(posted: &Posted) -> Self {
        Self { chat: posted.chat, id: posted.id, text: posted.text.clone(), buttons: posted.buttons.clone(), file: posted.file.clone() }
    }
}

impl Shown {
    pub fn labels(&self) -> Vec<&str> {
        self.buttons.iter().map(|(label, _)| label.as_str()).collect()
    }
}

impl BotApi {
    /// There is such a person, who has not written to the bot.
    pub fn knows(&self, id: i64) {
        self.state().people.entry(id).or_insert(Standing::Strange);
    }

    /// A person has begun with the bot, without a word of it here.
    pub fn has_begun(&self, id: i64) {
        self.state().people.insert(id, Standing::Open);
    }

    /// A person's account is gone.
    pub fn is_gone(&self, id: i64) {
        self.state().people.insert(id, Standing::Gone);
    }

    /// The bot is in a group, or was thrown out.
    pub fn group(&self, id: i64, member: bool) {
        self.state().groups.insert(id, member);
    }

    fn happens(&self, kind: &str, what: &Value) {
        self.state().happens(kind, what);
        self.0.woken.notify_waiters();
    }

    fn opens(&self, from: i64, to: i64) {
        if from == to {
            self.state().people.entry(from).and_modify(|standing| if *standing == Standing::Strange { *standing = Standing::Open }).or_insert(Standing::Open);
        }
    }

    /// After a quiet week updates are numbered anew.
    pub fn numbers_updates_anew(&self) {
        self.state().last_update = 1_000;
    }

    /// Somebody writes into a chat, perhaps in reply to a message; returns the message.
    pub fn writes(&self, from: i64, to: i64, text: &str, replies_to: Option<i64>) -> i64 {
        self.sends(from, to, &json!({"text": text}), replies_to)
    }

    /// Somebody sends anything; returns the message.
    pub fn sends(&self, from: i64, to: i64, what: &Value, replies_to: Option<i64>) -> i64 {
        self.opens(from, to);
        let now = self.now();
        let (id, message) = {
            let mut state = self.state();
            let text = what["text"].as_str().unwrap_or_default().to_owned();
            let answered = replies_to.map(|id| state.message(to, id).expect("a message to reply to").json());
            let id = state.post(to, from, now, &text).id;
            let mut message = json!({"message_id": id, "date": now.timestamp(), "chat": chat(to), "from": person(from)});
            let parts = message.as_object_mut().expect("an object");
            parts.extend(what.as_object().expect("an object").clone());
            if let Some(answered) = answered {
                parts.insert("reply_to_message".to_owned(), answered);
            }
            (id, message)
        };
        self.happens("message", &message);
        id
    }

    /// Keeps a file as large as it says and returns what it is asked for by.
    pub fn keeps(&self, bytes: &[u8], size: u64) -> String {
        let mut state = self.state();
        let id = format!("file{}", state.files.len() + 1);
        state.files.insert(id.clone(), (size, bytes.to_vec()));
        id
    }

    /// Somebody changes a message.
    pub fn changes(&self, from: i64, to: i64, id: i64, text: &str) {
        let now = self.now();
        let message = {
            let mut state = self.state();
            let posted = state.posted.iter_mut().find(|posted| posted.chat == to && posted.id == id && posted.from == from).expect("an own message");
            text.clone_into(&mut posted.text);
            posted.edits += 1;
            let at = now.timestamp() + i64::from(posted.edits);
            json!({"message_id": id, "date": posted.at.timestamp(), "edit_date": at, "chat": chat(to), "from": person(from), "text": text})
        };
        self.happens("edited_message", &message);
    }

    /// Somebody presses a button of a message; an old message is shown without its words.
    pub fn presses(&self, from: i64, shown: &Shown, label: &str, old: bool) {
        let (_, data) = shown.buttons.iter().find(|(text, _)| text == label).unwrap_or_else(|| panic!("no button “{label}” among {:?}", shown.labels()));
        self.presses_data(from, shown, data, old);
    }

    /// Somebody sends what no button carries.
    pub fn presses_data(&self, from: i64, shown: &Shown, data: &str, old: bool) {
        let query = {
            let mut state = self.state();
            let message = if old {
                json!({"message_id": shown.id, "date": 0, "chat": chat(shown.chat)})
            } else {
                state.message(shown.chat, shown.id).expect("a message").json()
            };
            let id = (4_400_000_000_u64 + u64::try_from(state.queries.len()).expect("a number")).to_string();
            state.queries.insert(id.clone(), false);
            json!({"id": id, "from": person(from), "chat_instance": "1", "data": data, "message": message})
        };
        self.happens("callback_query", &query);
    }

    /// Somebody blocks the bot, or lets it in again.
    pub fn blocks(&self, id: i64, blocked: bool) {
        let now = self.now().timestamp();
        self.state().people.insert(id, if blocked { Standing::Blocked } else { Standing::Open });
        let member = |kicked: bool| if kicked { json!({"user": bot(), "status": "kicked", "until_date": 0}) } else { json!({"user": bot(), "status": "member"}) };
        self.happens("my_chat_member", &json!({"chat": chat(id), "from": person(id), "date": now, "old_chat_member": member(!blocked), "new_chat_member": member(blocked)}));
    }

    /// The next message of the bot in a chat that nobody has read.
    pub fn next(&self, chat: i64) -> Option<Shown> {
        let mut state = self.state();
        let posted = state.posted.iter_mut().find(|posted| posted.chat == chat && posted.from == BOT_ID && !posted.read)?;
        posted.read = true;
        Some(Shown::from(&*posted))
    }

    /// Everything the bot wrote into a chat, read or not.
    pub fn shows(&self, chat: i64) -> Vec<Shown> {
        self.state().posted.iter().filter(|posted| posted.chat == chat && posted.from == BOT_ID).map(Shown::from).collect()
    }

    /// What nobody has read.
    pub fn unread(&self) -> Vec<String> {
        let state = self.state();
        state.posted.iter().filter(|posted| posted.from == BOT_ID && !posted.read).map(|posted| format!("telegram:{}: {}", posted.chat, posted.text)).collect()
    }
}
