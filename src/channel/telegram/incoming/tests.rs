//! What updates say, as tables; and that anything at all may come.

use super::{Deed, Found, Incoming, incoming};
use crate::channel::telegram::{Account, Press};
use crate::domain::{LetterId, Said};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn account() -> Account {
    Account { id: 900, name: "LinkaBot".to_owned(), hears_groups: false, joins_groups: true }
}

fn read(raw: &Value) -> Option<Vec<Incoming>> {
    super::read(raw.to_string().as_bytes()).map(|update| incoming(&update, &account()))
}

fn person() -> Value {
    json!({"id": 7001, "is_bot": false, "first_name": "Jana"})
}

fn bot() -> Value {
    json!({"id": 900, "is_bot": true, "first_name": "Linka", "username": "LinkaBot"})
}

fn private() -> Value {
    json!({"id": 7001, "type": "private", "first_name": "Jana"})
}

fn group() -> Value {
    json!({"id": -100_500, "type": "supergroup", "title": "Operátoři"})
}

fn message(chat: &Value, more: Value) -> Value {
    let mut message = json!({"message_id": 15, "date": 1_770_000_000, "from": person(), "chat": chat});
    let Value::Object(more) = more else { panic!("a message has parts") };
    message.as_object_mut().unwrap().extend(more);
    message
}

fn update(kind: &str, value: Value) -> Value {
    Value::Object([("update_id".to_owned(), 1.into()), (kind.to_owned(), value)].into_iter().collect())
}

fn heard(deed: Deed) -> Incoming {
    Incoming { key: "telegram:900:7001:15".to_owned(), from: 7001, group: None, answers: None, deed }
}

#[test]
fn what_a_message_says_is_heard() {
    let photo = |id: &str, side: u32, bytes: u32| json!({"file_id": id, "file_unique_id": "u", "width": side, "height": side, "file_size": bytes});
    let file = |id: &str, bytes: u32| json!({"file_id": id, "file_unique_id": "u", "file_size": bytes, "duration": 3});
    let wrote = |words: &str| Deed::Wrote(words.to_owned());
    let sent = |id: &str, words: &str| Deed::Sent { file: Found { id: id.to_owned() }, words: words.to_owned() };
    let table = [
        (json!({"text": "bydlení Most"}), vec![wrote("bydlení Most")]),
        (json!({"text": "/start"}), vec![wrote("/start")]),
        (json!({"text": "/start 4F7K"}), vec![wrote("kód 4F7K")]),
        (json!({"text": "/kontakty@LinkaBot"}), vec![wrote("/kontakty")]),
        (json!({"text": "/pauza@linkabot 30"}), vec![wrote("/pauza 30")]),
        (json!({"text": "/kontakty@JinyBot"}), vec![]),
        (json!({"text": "jana@example.cz"}), vec![wrote("jana@example.cz")]),
        (json!({"photo": [photo("small", 90, 1_000), photo("large", 1_280, 200_000)], "caption": "plán"}), vec![sent("large", "plán")]),
        (json!({"photo": [photo("small", 90, 1_000), photo("large", 9_000, 6_000_000)]}), vec![sent("small", "")]),
        (json!({"document": file("doc", 5_242_880)}), vec![sent("doc", "")]),
        (json!({"document": file("doc", 5_242_881), "caption": "ohlas"}), vec![wrote("ohlas"), Deed::Unsupported(Said::LARGE_FILE)]),
        (json!({"document": {"file_id": "doc", "file_unique_id": "u"}}), vec![sent("doc", "")]),
        (json!({"voice": file("note", 9_000)}), vec![sent("note", "")]),
        (json!({"audio": file("song", 9_000)}), vec![sent("song", "")]),
        (json!({"location": {"latitude": 50.5, "longitude": 13.6}}), vec![Deed::Unsupported("location")]),
        (json!({"contact": {"phone_number": "+420719000001", "first_name": "A"}}), vec![Deed::Unsupported("contact")]),
        (json!({"dice": {"emoji": "🎲", "value": 3}}), vec![Deed::Unsupported("dice")]),
        (json!({"something_new": {"id": 3}}), vec![Deed::Unsupported("message")]),
        (json!({"new_chat_title": "Linka"}), vec![]),
        (json!({"pinned_message": message(&private(), json!({"text": "x"}))}), vec![]),
        // What the client cannot read of them is found all the same.
        (json!({"document": {"file_id": "doc", "file_unique_id": "u", "file_size": 9, "thumbnail": 7}, "caption": "plán"}), vec![sent("doc", "plán")]),
        (json!({"voice": {"file_id": "note", "file_size": 6_000_000}, "caption": "ohlas"}), vec![wrote("ohlas"), Deed::Unsupported(Said::LARGE_FILE)]),
        (json!({"photo": [{"file_id": "small"}, {"file_id": "large", "file_size": 9}]}), vec![sent("large", "")]),
        // Newer than the client: the words are there all the same.
        (json!({"text": "bydlení Most", "entities": [{"type": "hologram", "offset": 0, "length": 3}]}), vec![wrote("bydlení Most")]),
    ];
    for (more, expected) in table {
        let read = read(&update("message", message(&private(), more.clone()))).unwrap();
        let deeds: Vec<Deed> = read.iter().map(|incoming| incoming.deed.clone()).collect();
        assert_eq!(deeds, expected, "{more}");
        assert!(read.iter().all(|incoming| incoming.from == 7001 && incoming.group.is_none()), "{more}");
        let mut keys: Vec<&str> = read.iter().map(|incoming| incoming.key.as_str()).collect();
        assert!(keys.first().is_none_or(|key| *key == "telegram:900:7001:15"), "{keys:?}");
        keys.dedup();
        assert_eq!(keys.len(), deeds.len(), "each has a name of its own");
    }
}

#[test]
fn machines_and_channels_are_not_heard() {
    let machine = json!({"from": bot(), "text": "ahoj"});
    let anonymous = json!({"sender_chat": group(), "text": "/kontakty"});
    let channel = json!({"id": -1_007, "type": "channel", "title": "Zprávy"});
    for (kind, value) in [("message", message(&private(), machine)), ("message", message(&group(), anonymous)), ("channel_post", message(&channel, json!({"text": "x"}))), ("poll", json!({})), ("neznámé", json!(3))] {
        assert_eq!(read(&update(kind, value)), Some(Vec::new()), "{kind}");
    }
}

#[test]
fn a_reply_names_the_message_it_answers() {
    let own = message(&private(), json!({"message_id": 9, "from": bot(), "text": "Kontakt #1001"}));
    let expected = Incoming { answers: Some("7001:9".to_owned()), ..heard(Deed::Wrote("Místo je.".to_owned())) };
    assert_eq!(read(&update("message", message(&private(), json!({"text": "Místo je.", "reply_to_message": own})))), Some(vec![expected]));
    let theirs = message(&private(), json!({"message_id": 9, "text": "dřív"}));
    assert_eq!(read(&update("message", message(&private(), json!({"text": "Místo je.", "reply_to_message": theirs})))), Some(vec![heard(Deed::Wrote("Místo je.".to_owned()))]));
}

#[test]
fn a_group_is_heard_only_when_the_bot_is_meant() {
    let own = message(&group(), json!({"message_id": 9, "from": bot(), "text": "Kontakt #1001"}));
    let table = [
        (json!({"text": "Ahoj všichni"}), None),
        (json!({"text": "/nabidky@JinyBot"}), None),
        (json!({"text": "/nabidky@LinkaBot"}), Some((Deed::Wrote("/nabidky".to_owned()), None))),
        (json!({"text": "beru", "reply_to_message": own}), Some((Deed::Wrote("beru".to_owned()), Some("-100500:9".to_owned())))),
    ];
    for (more, expected) in table {
        let read = read(&update("message", message(&group(), more.clone()))).unwrap();
        let found = read.first().map(|incoming| (incoming.deed.clone(), incoming.answers.clone()));
        assert_eq!(found, expected, "{more}");
        assert!(read.iter().all(|incoming| incoming.group.is_some() && incoming.from == 7001));
    }
}

#[test]
fn each_edit_has_a_name_of_its_own() {
    let edit = |at: i64| update("edited_message", message(&private(), json!({"text": "bydlení Teplice", "edit_date": at})));
    let expected = |at: i64| Incoming { key: format!("telegram:900:7001:15:{at}"), ..heard(Deed::Changed("bydlení Teplice".to_owned())) };
    for at in [1_770_000_005, 1_770_000_009] {
        assert_eq!(read(&edit(at)), Some(vec![expected(at)]));
    }
    let moved = json!({"location": {"latitude": 50.5, "longitude": 13.6, "live_period": 60}, "edit_date": 1_770_000_005});
    assert_eq!(read(&update("edited_message", message(&private(), moved))), Some(Vec::new()));
}

#[test]
fn a_press_names_its_letter_and_its_choice() {
    let press = Press { letter: LetterId(Uuid::from_u128(77)), choice: 2 };
    let query = |chat: Value, date: i64, data: &str| {
        let shown = json!({"message_id": 9, "date": date, "chat": chat, "from": bot(), "text": "Převezmete ho?"});
        update("callback_query", json!({"id": "444", "from": person(), "chat_instance": "1", "data": data, "message": shown}))
    };
    let expected = |press, group| Incoming { key: "telegram:900:press:444".to_owned(), from: 7001, group, answers: None, deed: Deed::Pressed { query: "444".to_owned(), press } };
    assert_eq!(read(&query(private(), 1_770_000_000, &press.data())), Some(vec![expected(Some(press), None)]));
    assert_eq!(read(&query(group(), 1_770_000_000, &press.data())), Some(vec![expected(Some(press), Some(-100_500))]));
    // A message too old to be shown is named all the same.
    assert_eq!(read(&query(private(), 0, &press.data())), Some(vec![expected(Some(press), None)]));
    assert_eq!(read(&query(private(), 1_770_000_000, "cizí")), Some(vec![expected(None, None)]));
    let newer = json!({"id": "444", "from": {"id": 7001, "is_bot": false}, "data": press.data(), "message": {"chat": {"type": "private"}}});
    assert_eq!(read(&update("callback_query", newer)), Some(vec![expected(Some(press), None)]));
}

#[test]
fn blocking_and_letting_in_are_heard() {
    let member = |chat: Value, status: Value| {
        let mut new = json!({"user": bot()});
        new.as_object_mut().unwrap().extend(status.as_object().unwrap().clone());
        let old = json!({"user": bot(), "status": "member"});
        update("my_chat_member", json!({"chat": chat, "from": person(), "date": 1_770_000_000, "old_chat_member": old, "new_chat_member": new}))
    };
    let table = [
        (private(), json!({"status": "kicked", "until_date": 0}), Some(("blocked", Deed::Blocked))),
        (private(), json!({"status": "member"}), Some(("unblocked", Deed::Unblocked))),
        (group(), json!({"status": "kicked", "until_date": 0}), None),
        (group(), json!({"status": "left"}), None),
    ];
    for (chat, status, expected) in table {
        let expected = expected.map(|(state, deed)| Incoming { key: format!("telegram:900:7001:{state}:1770000000"), ..heard(deed) });
        assert_eq!(read(&member(chat, status.clone())), Some(expected.into_iter().collect()), "{status}");
    }
}

/// JSON as strangers might send it: the names an update knows, filled with anything.
fn any_json() -> impl Strategy<Value = Value> {
    const NAMES: &[&str] = &[
        "update_id", "message", "edited_message", "callback_query", "my_chat_member", "message_id", "date", "edit_date", "chat", "from", "id", "is_bot", "first_name", "type", "text", "caption", "photo",
        "file_id", "file_unique_id", "file_size", "width", "height", "voice", "document", "duration", "reply_to_message", "data", "chat_instance", "status", "new_chat_member", "old_chat_member", "user",
        "entities", "offset", "length", "sender_chat", "until_date", "sticker", "dice", "location",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![any::<i64>(), -3_i64..10_000].prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just("private".to_owned()), Just("supergroup".to_owned()), Just("kicked".to_owned()), Just("/start x".to_owned()), "\\PC{0,20}"].prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 120, 12, |inner| {
        let name = prop::sample::select(NAMES).prop_map(str::to_owned);
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            5 => prop::collection::vec((name, inner), 0..12).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// A message that is nearly one: some of its parts are replaced by anything.
fn nearly(message: Value, odd: Vec<(String, Value)>) -> Value {
    let mut message = message;
    let parts = message.as_object_mut().unwrap();
    parts.extend(odd);
    message
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_update_is_read(raw in any_json()) {
        let update = nearly(json!({"update_id": 1}), raw.as_object().map(|parts| parts.clone().into_iter().collect()).unwrap_or_default());
        let _ = read(&update);
    }

    #[test]
    fn any_message_is_read(odd in prop::collection::vec((prop::sample::select(vec!["from", "chat", "text", "photo", "voice", "reply_to_message", "date", "entities", "edit_date", "x"]).prop_map(str::to_owned), any_json()), 0..4), kind in prop::sample::select(vec!["message", "edited_message"])) {
        let raw = nearly(message(&private(), json!({"text": "ahoj"})), odd);
        if let Some(read) = read(&update(kind, raw)) {
            prop_assert!(read.len() <= 2);
        }
    }
}
