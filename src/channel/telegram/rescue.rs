//! Updates the client cannot read: something in them is newer than it is. Words and presses are found in
//! them all the same, and whatever else a person sent is answered as something the line cannot take.

use super::incoming::{Deed, Found, Incoming, is_small, message_key, press_key, with_words, words};
use super::{Account, Press, reference};
use crate::domain::Said;
use serde_json::Value;

/// Says what an update says as it came.
pub(super) fn incoming(raw: &Value, account: &Account) -> Vec<Incoming> {
    let at = |name: &str| raw.get(name).filter(|value| value.is_object());
    let found = match (at("message"), at("edited_message"), at("callback_query")) {
        (Some(message), ..) => written(message, account),
        (_, Some(message), _) => changed(message, account).map(|one| vec![one]),
        (.., Some(query)) => pressed(query, account).map(|one| vec![one]),
        (None, None, None) => None,
    };
    found.unwrap_or_default()
}

fn written(message: &Value, account: &Account) -> Option<Vec<Incoming>> {
    let whole = whole(message, account)?;
    let deeds = match (message.get("text").and_then(Value::as_str), file(message)) {
        (Some(text), _) => vec![Deed::Wrote(words(text, account)?)],
        (None, Some(Ok(file))) => vec![Deed::Sent { file, words: whole.said.to_owned() }],
        (None, Some(Err(kind))) => with_words(whole.said.to_owned(), kind),
        (None, None) => with_words(whole.said.to_owned(), "message"),
    };
    let named = |(n, deed): (usize, Deed)| {
        let key = if n == 0 { whole.key.clone() } else { format!("{}:{n}", whole.key) };
        Incoming { key, from: whole.from, group: whole.group, answers: whole.answers.clone(), deed }
    };
    Some(deeds.into_iter().enumerate().map(named).collect())
}

fn changed(message: &Value, account: &Account) -> Option<Incoming> {
    let Whole { key, from, group, answers, said } = whole(message, account)?;
    let at = message.get("edit_date").and_then(Value::as_i64).unwrap_or_default();
    let deed = Deed::Changed(words(Some(said).filter(|said| !said.is_empty())?, account)?);
    Some(Incoming { key: format!("{key}:{at}"), from, group, answers, deed })
}

/// What every message has that is for the bot.
struct Whole<'a> {
    key: String,
    from: u64,
    group: Option<i64>,
    answers: Option<String>,
    said: &'a str,
}

fn whole<'a>(message: &'a Value, account: &Account) -> Option<Whole<'a>> {
    let from = person(message)?;
    let chat = message.pointer("/chat/id")?.as_i64()?;
    let group = (message.pointer("/chat/type")?.as_str()? != "private").then_some(chat);
    let said = message.get("text").or_else(|| message.get("caption")).and_then(Value::as_str).unwrap_or_default();
    let answers = answered(message, chat, account);
    let key = message_key(account, chat, message.get("message_id")?.as_i64()?);
    let for_bot = group.is_none() || answers.is_some() || said.starts_with('/');
    for_bot.then_some(Whole { key, from, group, answers, said })
}

/// The file of a message, unless it is too large; of a picture the largest size, which is the last.
fn file(message: &Value) -> Option<Result<Found, &'static str>> {
    let photo = message.get("photo").and_then(Value::as_array).and_then(|sizes| sizes.last());
    let file = ["voice", "audio", "document"].into_iter().find_map(|name| message.get(name)).or(photo)?;
    let id = file.get("file_id")?.as_str()?.to_owned();
    let small = file.get("file_size").and_then(Value::as_u64).is_none_or(is_small);
    Some(if small { Ok(Found { id }) } else { Err(Said::LARGE_FILE) })
}

fn answered(message: &Value, chat: i64, account: &Account) -> Option<String> {
    let answered = message.get("reply_to_message")?;
    let own = answered.pointer("/from/id")?.as_u64()? == account.id;
    let id = i32::try_from(answered.get("message_id")?.as_i64()?).ok()?;
    own.then(|| reference(chat, id))
}

fn pressed(query: &Value, account: &Account) -> Option<Incoming> {
    let id = query.get("id")?.as_str()?;
    let of_many = query.pointer("/message/chat/type").and_then(Value::as_str).is_some_and(|kind| kind != "private");
    let group = query.pointer("/message/chat/id").and_then(Value::as_i64).filter(|_| of_many);
    let press = query.get("data").and_then(Value::as_str).and_then(Press::read);
    let deed = Deed::Pressed { query: id.to_owned(), press };
    Some(Incoming { key: press_key(account, id), from: person(query)?, group, answers: None, deed })
}

/// Who did it, unless it was a machine.
fn person(of: &Value) -> Option<u64> {
    let from = of.get("from").filter(|from| from.get("is_bot").and_then(Value::as_bool) != Some(true))?;
    from.get("id")?.as_u64().filter(|_| of.get("sender_chat").is_none())
}
