//! What an event of a room says, read from its (decrypted) JSON. Pure; events that say nothing to the line
//! are none.

use serde_json::Value;

/// What somebody did in a room.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The event.
    pub id: String,
    /// Who.
    pub from: String,
    /// The events it may answer, the nearest first.
    pub answers: Vec<String>,
    /// What.
    pub deed: Deed,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Wrote words.
    Wrote(String),
    /// Changed words written before.
    Changed {
        /// The event they were written in.
        event: String,
        /// What they are now.
        words: String,
    },
    /// Took an event back.
    TookBack(String),
    /// Put a sign to an event.
    Signed {
        /// The event.
        to: String,
        /// The sign.
        sign: String,
    },
    /// Sent a file.
    Attached {
        /// Where it lies, and how it is encrypted: `url` or `file`, as the event says.
        source: Value,
        /// Its size as its sender tells it, in bytes.
        size: Option<u64>,
        /// The words with it; empty without any.
        words: String,
    },
    /// Sent something the line cannot take, named in one word.
    Unsupported(&'static str),
    /// Came into the room, or went.
    Moved {
        /// Is in it now.
        here: bool,
    },
}

/// Reads an event of somebody else than `own`.
#[must_use]
pub fn incoming(event: &Value, own: &str) -> Option<Incoming> {
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
    let (id, from) = (text("/event_id")?, text("/sender")?);
    let deed = match text("/type")? {
        "m.room.message" | "m.sticker" => message(event)?,
        "m.reaction" => Deed::Signed { to: text("/content/m.relates_to/event_id")?.to_owned(), sign: text("/content/m.relates_to/key")?.to_owned() },
        "m.room.redaction" => Deed::TookBack(text("/redacts").or_else(|| text("/content/redacts"))?.to_owned()),
        "m.room.member" if text("/state_key") == Some(from) => Deed::Moved { here: moved(event)? },
        _ => return None,
    };
    (from != own).then(|| Incoming { id: id.to_owned(), from: from.to_owned(), answers: answers(event), deed })
}

/// Tells who came or went; a new name or picture is neither.
fn moved(event: &Value) -> Option<bool> {
    let is = |value: Option<&Value>| value.and_then(Value::as_str).map(|membership| membership == "join");
    let now = is(event.pointer("/content/membership"))?;
    let before = is(event.pointer("/unsigned/prev_content/membership")).unwrap_or(false);
    (now != before).then_some(now)
}

fn message(event: &Value) -> Option<Deed> {
    let content = event.get("content")?;
    if content.pointer("/m.relates_to/rel_type").and_then(Value::as_str) == Some("m.replace") {
        let body = content.pointer("/m.new_content/body").and_then(Value::as_str)?;
        let event = content.pointer("/m.relates_to/event_id").and_then(Value::as_str).unwrap_or_default();
        return Some(Deed::Changed { event: event.to_owned(), words: body.to_owned() });
    }
    if event.get("type").and_then(Value::as_str) == Some("m.sticker") {
        return Some(Deed::Unsupported("sticker"));
    }
    let body = content.get("body").and_then(Value::as_str).unwrap_or_default();
    Some(match content.get("msgtype").and_then(Value::as_str)? {
        "m.text" | "m.emote" => Deed::Wrote(without_quote(content, body).to_owned()),
        // A machine wrote it: nobody is to answer.
        "m.notice" => return None,
        "m.image" | "m.file" | "m.audio" | "m.video" => attached(content, body)?,
        "m.location" => Deed::Unsupported("location"),
        _ => Deed::Unsupported("message"),
    })
}

fn attached(content: &Value, body: &str) -> Option<Deed> {
    let source = content.get("file").or_else(|| content.get("url"))?.clone();
    // Without a name of its own the file's name stands where its words would.
    let words = content.get("filename").and_then(Value::as_str).filter(|name| *name != body).map(|_| body).unwrap_or_default();
    let size = content.pointer("/info/size").and_then(Value::as_u64);
    Some(Deed::Attached { source, size, words: words.to_owned() })
}

/// The words without the lines an older client quotes before its answer.
fn without_quote<'a>(content: &Value, body: &'a str) -> &'a str {
    let answers = content.pointer("/m.relates_to/m.in_reply_to").is_some();
    if !answers || !body.starts_with("> ") {
        return body;
    }
    let mut rest = body;
    while rest.starts_with('>') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let rest = rest.strip_prefix('\n').unwrap_or(rest);
    if rest.trim().is_empty() { body } else { rest }
}

/// The message that is replied to, then the thread it stands in.
fn answers(event: &Value) -> Vec<String> {
    let Some(relation) = event.pointer("/content/m.relates_to") else { return Vec::new() };
    let replied = relation.pointer("/m.in_reply_to/event_id").and_then(Value::as_str);
    let in_thread = relation.get("rel_type").and_then(Value::as_str) == Some("m.thread");
    let replied = replied.filter(|_| !in_thread || relation.get("is_falling_back").and_then(Value::as_bool) != Some(true));
    let root = relation.get("event_id").and_then(Value::as_str).filter(|_| in_thread);
    replied.into_iter().chain(root).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Deed, incoming};
    use serde_json::{Value, json};

    fn event(kind: &str, content: &Value) -> Value {
        json!({ "event_id": "$1", "sender": "@jana:example.org", "type": kind, "content": content })
    }

    fn deed(kind: &str, content: &Value) -> Option<Deed> {
        incoming(&event(kind, content), "@linka:example.org").map(|incoming| incoming.deed)
    }

    #[test]
    fn an_event_says_what_somebody_did() {
        let wrote = |words: &str| Some(Deed::Wrote(words.to_owned()));
        let table = [
            (json!({ "msgtype": "m.text", "body": "bydlení Most" }), wrote("bydlení Most")),
            (json!({ "msgtype": "m.emote", "body": "mává" }), wrote("mává")),
            (json!({ "msgtype": "m.notice", "body": "Jsem robot" }), None),
            (json!({ "msgtype": "m.location", "body": "tady", "geo_uri": "geo:50,14" }), Some(Deed::Unsupported("location"))),
            (json!({ "msgtype": "cz.jine", "body": "?" }), Some(Deed::Unsupported("message"))),
            (json!({ "body": "bez druhu" }), None),
            (
                json!({ "msgtype": "m.text", "body": "> <@linka:example.org> Kam?\n> Do Mostu?\n\nano", "m.relates_to": { "m.in_reply_to": { "event_id": "$0" } } }),
                wrote("ano"),
            ),
            (json!({ "msgtype": "m.text", "body": "> 3 lůžka\nstačí" }), wrote("> 3 lůžka\nstačí")),
            (json!({ "msgtype": "m.text", "body": "* opraveno", "m.new_content": { "msgtype": "m.text", "body": "opraveno" }, "m.relates_to": { "rel_type": "m.replace", "event_id": "$0" } }), Some(Deed::Changed { event: "$0".into(), words: "opraveno".into() })),
            (
                json!({ "msgtype": "m.image", "body": "foto.jpg", "url": "mxc://example.org/1", "info": { "size": 7 } }),
                Some(Deed::Attached { source: json!("mxc://example.org/1"), size: Some(7), words: String::new() }),
            ),
            (
                json!({ "msgtype": "m.file", "body": "souhlas klienta", "filename": "a.pdf", "file": { "url": "mxc://example.org/2" } }),
                Some(Deed::Attached { source: json!({ "url": "mxc://example.org/2" }), size: None, words: "souhlas klienta".into() }),
            ),
        ];
        for (content, expected) in table {
            assert_eq!(deed("m.room.message", &content), expected, "{content}");
        }
        assert_eq!(deed("m.sticker", &json!({ "body": "x" })), Some(Deed::Unsupported("sticker")));
        let sign = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": "$0", "key": "1️⃣" } });
        assert_eq!(deed("m.reaction", &sign), Some(Deed::Signed { to: "$0".into(), sign: "1️⃣".into() }));
        assert_eq!(deed("m.room.redaction", &json!({ "redacts": "$0" })), Some(Deed::TookBack("$0".into())));
        assert_eq!(deed("m.room.topic", &json!({ "topic": "x" })), None);
    }

    #[test]
    fn a_reply_is_nearer_than_its_thread() {
        let answers = |relation: &Value| {
            let content = json!({ "msgtype": "m.text", "body": "ano", "m.relates_to": relation });
            incoming(&event("m.room.message", &content), "@linka:example.org").unwrap().answers
        };
        assert_eq!(answers(&json!({ "m.in_reply_to": { "event_id": "$a" } })), ["$a"]);
        assert_eq!(answers(&json!({ "rel_type": "m.thread", "event_id": "$root", "m.in_reply_to": { "event_id": "$a" } })), ["$a", "$root"]);
        assert_eq!(answers(&json!({ "rel_type": "m.thread", "event_id": "$root", "is_falling_back": true, "m.in_reply_to": { "event_id": "$a" } })), ["$root"]);
    }

    #[test]
    fn own_events_and_new_names_say_nothing() {
        let own = json!({ "event_id": "$1", "sender": "@linka:example.org", "type": "m.room.message", "content": { "msgtype": "m.text", "body": "ahoj" } });
        assert_eq!(incoming(&own, "@linka:example.org"), None);
        let member = |now: &str, before: Option<&str>| {
            let unsigned = before.map(|membership| json!({ "prev_content": { "membership": membership } })).unwrap_or_default();
            let event = json!({ "event_id": "$1", "sender": "@jana:example.org", "state_key": "@jana:example.org", "type": "m.room.member", "content": { "membership": now }, "unsigned": unsigned });
            incoming(&event, "@linka:example.org").map(|incoming| incoming.deed)
        };
        assert_eq!(member("join", Some("invite")), Some(Deed::Moved { here: true }));
        assert_eq!(member("join", Some("join")), None);
        assert_eq!(member("leave", Some("join")), Some(Deed::Moved { here: false }));
        assert_eq!(member("leave", Some("invite")), None);
    }
}
