//! What an update says, as far as the line hears it. Nothing is fetched or looked up here: the same update
//! always says the same, and everything it says has a name of its own, so that a repeat is recognised.
//!
//! Groups are for operators: what is written there counts when it is a command for the bot or a reply to
//! it, and the writer speaks for the writer's own chat. Who may speak there is for the gateway to know.

use super::press::Press;
use super::{Account, reference, rescue};
use crate::domain::{ATTACHMENT_BYTES_MAX, Said};
use serde_json::Value;
use teloxide::types::{CallbackQuery, ChatMemberKind, ChatMemberUpdated, FileMeta, Message, MessageKind, PhotoSize, Update, UpdateKind};

/// Parts of a name that name the message.
const MESSAGE_PARTS: usize = 4;

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Its name, for ever.
    pub key: String,
    /// Whose doing it is: a person's number, which is that of the person's own chat with the bot.
    pub from: u64,
    /// The group it was done in.
    pub group: Option<i64>,
    /// What the channel calls the message it answers, when that is one of the bot's own.
    pub answers: Option<String>,
    /// What was done.
    pub deed: Deed,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Wrote words.
    Wrote(String),
    /// Sent a file, perhaps with words.
    Sent {
        /// Where it is found.
        file: Found,
        /// The words; empty without any.
        words: String,
    },
    /// Changed a message; these are its words now.
    Changed(String),
    /// Pressed a button.
    Pressed {
        /// What the press is to be acknowledged by.
        query: String,
        /// The button; `None` for one the line never showed.
        press: Option<Press>,
    },
    /// Blocked the bot.
    Blocked,
    /// Lets the bot in again.
    Unblocked,
    /// Sent something the line cannot take, in one word.
    Unsupported(&'static str),
}

/// A file as the Bot API keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is asked for by.
    pub id: String,
}

/// Reads an update as it was sent; what the client does not understand is kept as it came. `None` for what
/// is no update at all.
#[must_use]
pub fn read(body: &[u8]) -> Option<Update> {
    let mut update: Update = serde_json::from_slice(body).ok()?;
    if !is_understood(&update.kind) {
        update.kind = UpdateKind::Error(serde_json::from_slice(body).ok()?);
    }
    Some(update)
}

/// The same of an update that was taken apart already; the client reads only what is written.
pub(super) fn read_value(raw: Value) -> Option<Update> {
    let mut update: Update = serde_json::from_str(&raw.to_string()).ok()?;
    if !is_understood(&update.kind) {
        update.kind = UpdateKind::Error(raw);
    }
    Some(update)
}

/// A message with something new in it is empty to the client.
const fn is_understood(kind: &UpdateKind) -> bool {
    !matches!(kind, UpdateKind::Error(_) | UpdateKind::Message(Message { kind: MessageKind::Empty {}, .. }) | UpdateKind::EditedMessage(Message { kind: MessageKind::Empty {}, .. }))
}

/// Says what an update says.
#[must_use]
pub fn incoming(update: &Update, account: &Account) -> Vec<Incoming> {
    match &update.kind {
        UpdateKind::Message(message) => written(message, account),
        UpdateKind::EditedMessage(message) => changed(message, account).into_iter().collect(),
        UpdateKind::CallbackQuery(query) => vec![pressed(query, account)],
        UpdateKind::MyChatMember(member) => membership(member, account).into_iter().collect(),
        UpdateKind::Error(raw) => rescue::incoming(raw, account),
        _ => Vec::new(),
    }
}

/// Names what a message says; another account numbers its messages anew.
pub(super) fn message_key(account: &Account, chat: i64, message: i64) -> String {
    format!("telegram:{}:{chat}:{message}", account.id)
}

/// Names the message that something was done with: every change of it has the name of the message in front.
#[must_use]
pub fn message_of(key: &str) -> String {
    key.split(':').take(MESSAGE_PARTS).collect::<Vec<_>>().join(":")
}

pub(super) fn press_key(account: &Account, query: &str) -> String {
    format!("telegram:{}:press:{query}", account.id)
}

/// The words of a text as the line reads them: a command loses the bot's name, what a link brings along
/// becomes a code. `None` for a command that is another bot's.
pub(super) fn words(text: &str, account: &Account) -> Option<String> {
    let Some(rest) = text.strip_prefix('/') else { return Some(text.to_owned()) };
    let (command, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (command, whose) = command.split_once('@').unwrap_or((command, ""));
    if !whose.is_empty() && !whose.eq_ignore_ascii_case(&account.name) {
        return None;
    }
    let code = more.trim();
    if command.eq_ignore_ascii_case("start") && !code.is_empty() {
        return Some(format!("kód {code}"));
    }
    Some(format!("/{command} {more}").trim_end().to_owned())
}

/// Who wrote a message, a person and no machine; and in which group.
fn writer(message: &Message) -> Option<(u64, Option<i64>)> {
    let from = message.from.as_ref().filter(|from| !from.is_bot && message.sender_chat.is_none())?;
    let group = (!message.chat.is_private()).then_some(message.chat.id.0);
    Some((from.id.0, group)).filter(|_| !message.chat.is_channel())
}

/// What the channel calls the message that is answered, when it is the bot's own.
fn answered(message: &Message, account: &Account) -> Option<String> {
    let answered = message.reply_to_message()?;
    let own = answered.from.as_ref().is_some_and(|from| from.id.0 == account.id);
    own.then(|| reference(answered.chat.id.0, answered.id.0))
}

fn written(message: &Message, account: &Account) -> Vec<Incoming> {
    let Some((from, group)) = writer(message) else { return Vec::new() };
    let answers = answered(message, account);
    let for_bot = group.is_none() || answers.is_some() || message.text().is_some_and(|text| text.starts_with('/'));
    if !for_bot {
        return Vec::new();
    }
    let key = message_key(account, message.chat.id.0, message.id.0.into());
    let named = |(n, deed): (usize, Deed)| {
        let key = if n == 0 { key.clone() } else { format!("{key}:{n}") };
        Incoming { key, from, group, answers: answers.clone(), deed }
    };
    deeds(message, account).into_iter().enumerate().map(named).collect()
}

fn changed(message: &Message, account: &Account) -> Option<Incoming> {
    let (from, group) = writer(message)?;
    let answers = answered(message, account);
    let text = message.text().or_else(|| message.caption())?;
    let for_bot = group.is_none() || answers.is_some() || text.starts_with('/');
    let at = message.edit_date().map_or(0, chrono::DateTime::timestamp);
    let key = format!("{}:{at}", message_key(account, message.chat.id.0, message.id.0.into()));
    let deed = Deed::Changed(words(text, account)?);
    for_bot.then_some(Incoming { key, from, group, answers, deed })
}

fn pressed(query: &CallbackQuery, account: &Account) -> Incoming {
    let group = query.message.as_ref().filter(|message| !message.chat().is_private()).map(|message| message.chat().id.0);
    let press = query.data.as_deref().and_then(Press::read);
    let deed = Deed::Pressed { query: query.id.0.clone(), press };
    Incoming { key: press_key(account, &query.id.0), from: query.from.id.0, group, answers: None, deed }
}

/// A person blocks the bot or lets it in; what becomes of the bot in groups is told by the letters sent there.
fn membership(member: &ChatMemberUpdated, account: &Account) -> Option<Incoming> {
    let deed = match member.new_chat_member.kind {
        ChatMemberKind::Banned(_) | ChatMemberKind::Left => Deed::Blocked,
        ChatMemberKind::Member(_) => Deed::Unblocked,
        ChatMemberKind::Owner(_) | ChatMemberKind::Administrator(_) | ChatMemberKind::Restricted(_) => return None,
    };
    let state = if deed == Deed::Blocked { "blocked" } else { "unblocked" };
    let key = format!("telegram:{}:{}:{state}:{}", account.id, member.chat.id.0, member.date.timestamp());
    let person = member.chat.is_private() && !member.from.is_bot;
    person.then_some(Incoming { key, from: member.from.id.0, group: None, answers: None, deed })
}

/// What a message says. Words beside something the line cannot take count all the same.
fn deeds(message: &Message, account: &Account) -> Vec<Deed> {
    if let Some(text) = message.text() {
        return words(text, account).map(Deed::Wrote).into_iter().collect();
    }
    let words = message.caption().unwrap_or_default().to_owned();
    match file(message) {
        Some(Ok(file)) => vec![Deed::Sent { file, words }],
        Some(Err(kind)) => with_words(words, kind),
        None => kind(message).map_or_else(Vec::new, |kind| with_words(words, kind)),
    }
}

pub(super) fn with_words(words: String, kind: &'static str) -> Vec<Deed> {
    let said = (!words.trim().is_empty()).then_some(Deed::Wrote(words));
    said.into_iter().chain([Deed::Unsupported(kind)]).collect()
}

/// The file of a message, unless it is too large to be fetched.
fn file(message: &Message) -> Option<Result<Found, &'static str>> {
    let photo = message.photo().map(best);
    let whole = message.document().map(|document| &document.file);
    let spoken = message.voice().map(|voice| &voice.file).or_else(|| message.audio().map(|audio| &audio.file));
    let meta = photo.unwrap_or_else(|| whole.or(spoken))?;
    Some(if fits(meta) { Ok(Found { id: meta.id.0.clone() }) } else { Err(Said::LARGE_FILE) })
}

/// The largest of a picture's sizes that is taken.
fn best(sizes: &[PhotoSize]) -> Option<&FileMeta> {
    let largest = |sizes: &mut dyn Iterator<Item = &PhotoSize>| sizes.max_by_key(|size| u64::from(size.width) * u64::from(size.height)).map(|size| size.file.id.0.clone());
    let wanted = largest(&mut sizes.iter().filter(|size| fits(&size.file))).or_else(|| largest(&mut sizes.iter()))?;
    sizes.iter().map(|size| &size.file).find(|file| file.id.0 == wanted)
}

/// A file whose size nobody knows is fetched and looked at.
fn fits(file: &FileMeta) -> bool {
    file.size == u32::MAX || is_small(file.size.into())
}

pub(super) fn is_small(bytes: u64) -> bool {
    usize::try_from(bytes).is_ok_and(|bytes| bytes <= ATTACHMENT_BYTES_MAX)
}

/// What a message without words or a file is; `None` for the application's own notes.
fn kind(message: &Message) -> Option<&'static str> {
    match &message.kind {
        MessageKind::Common(_) => {}
        MessageKind::Dice(_) => return Some("dice"),
        MessageKind::Empty {} => return Some("message"),
        _ => return None,
    }
    let kinds = [
        (message.sticker().is_some(), "sticker"),
        (message.video().is_some() || message.video_note().is_some(), "video"),
        (message.animation().is_some(), "animation"),
        (message.venue().is_some() || message.location().is_some(), "location"),
        (message.contact().is_some(), "contact"),
        (message.poll().is_some(), "poll"),
        (message.migrate_to_chat_id().is_some() || message.migrate_from_chat_id().is_some(), ""),
    ];
    let kind = kinds.into_iter().find(|(is, _)| *is).map_or("message", |(_, kind)| kind);
    Some(kind).filter(|kind| !kind.is_empty())
}

#[cfg(test)]
mod tests;
