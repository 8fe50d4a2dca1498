//! Updates the client cannot read: something in them is newer than it is. Words and presses are found in
//! them all the same, and whatever else a person sent is answered as something the line cannot take.

use super::incoming::{Deed, Incoming, message_key, press_key, words};
use super::{Account, Press, reference};
use serde_json::Value;

/// Reads an update as it came.
pub(super) fn incoming(raw: &Value, account: &Account) -> Vec<Incoming> {
    let at = |name: &str| raw.get(name).filter(|value| value.is_object());
    let found = match (at("message"), at("edited_message"), at("callback_query")) {
        (Some(message), ..) => written(message, account, false),
        (_, Some(message), _) => written(message, account, true),
        (.., Some(query)) => pressed(query, account),
        (None, None, None) => None,
    };
    found.into_iter().collect()
}

fn written(message: &Value, account: &Account, changed: bool) -> Option<Incoming> {
    let from = person(message)?;
    let chat = message.pointer("/chat/id")?.as_i64()?;
    let group = (message.pointer("/chat/type")?.as_str()? != "private").then_some(chat);
    let text = message.get("text").or_else(|| message.get("caption")).and_then(Value::as_str);
    let answers = answered(message, chat, account);
    if group.is_some() && answers.is_none() && !text.is_some_and(|text| text.starts_with('/')) {
        return None;
    }
    let key = message_key(account, chat, message.get("message_id")?.as_i64()?);
    let (key, deed) = match text {
        Some(text) if changed => {
            let at = message.get("edit_date").and_then(Value::as_i64).unwrap_or_default();
            (format!("{key}:{at}"), Deed::Changed(words(text, account)?))
        }
        Some(text) => (key, Deed::Wrote(words(text, account)?)),
        None if changed => return None,
        None => (key, Deed::Unsupported("message")),
    };
    Some(Incoming { key, from, group, answers, deed })
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
