//! The stand-in itself, tried as the documentation tells of it.

use super::{BotApi, TOKEN};
use chrono::DateTime;
use serde_json::{Value, json};
use std::sync::Arc;

async fn asks(api: &BotApi, method: &str, parameters: Value) -> (u16, Value) {
    let response = reqwest::Client::new().post(format!("{}/bot{TOKEN}/{method}", api.url())).json(&parameters).send().await.expect("an answer");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

async fn api() -> BotApi {
    rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
    BotApi::open(Arc::new(|| DateTime::UNIX_EPOCH)).await
}

#[tokio::test]
async fn an_offset_confirms_what_came_before_it() {
    let api = api().await;
    for text in ["jedna", "dva", "tři"] {
        api.writes(7, 7, text, None);
    }
    let ids = |answer: &Value| answer["result"].as_array().expect("updates").iter().map(|update| update["update_id"].as_i64().expect("an id")).collect::<Vec<_>>();
    let all = ids(&asks(&api, "getUpdates", json!({})).await.1);
    assert_eq!(all.len(), 3);
    assert_eq!(ids(&asks(&api, "getUpdates", json!({"offset": all[0], "limit": 2})).await.1), all[..2]);
    assert_eq!(ids(&asks(&api, "getUpdates", json!({"offset": all[1]})).await.1), all[1..]);
    assert_eq!(ids(&asks(&api, "getUpdates", json!({})).await.1), all[1..], "what is confirmed is gone");
    assert_eq!(api.waiting(), 2);
}

#[tokio::test]
async fn two_who_ask_for_updates_are_in_conflict() {
    let api = api().await;
    let (first, second) = tokio::join!(asks(&api, "getUpdates", json!({"timeout": 20})), async {
        while api.asked("getUpdates") == 0 {
            tokio::task::yield_now().await;
        }
        asks(&api, "getUpdates", json!({"timeout": 0})).await
    });
    assert_eq!((first.0, second.0), (409, 200));
    api.has_webhook(Some("https://jiny.example/"));
    let (status, refused) = asks(&api, "getUpdates", json!({})).await;
    assert_eq!(status, 409);
    assert!(refused["description"].as_str().expect("words").starts_with("Conflict: can't use getUpdates"));
}

#[tokio::test]
async fn what_is_not_documented_is_refused() {
    let api = api().await;
    assert_eq!(asks(&api, "sendMessage", json!({"chat_id": 7, "text": "x"})).await.1["description"], "Bad Request: chat not found");
    api.writes(7, 7, "ahoj", None);
    let long = "š".repeat(4_097);
    for (parameters, words) in [
        (json!({"chat_id": 7, "text": ""}), "Bad Request: message text is empty"),
        (json!({"chat_id": 7, "text": long}), "Bad Request: message is too long"),
        (json!({"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "d".repeat(65)}]]}}), "Bad Request: BUTTON_DATA_INVALID"),
        (json!({"chat_id": 7, "text": "x", "text_color": "red"}), "Bad Request: unknown parameters [\"text_color\"]"),
    ] {
        let (status, refused) = asks(&api, "sendMessage", parameters).await;
        assert_eq!((status, refused["description"].as_str()), (400, Some(words)));
    }
    api.blocks(7, true);
    assert_eq!(asks(&api, "sendMessage", json!({"chat_id": 7, "text": "x"})).await.1["error_code"], 403);
    assert_eq!(asks(&api, "sendPigeon", json!({})).await.0, 404);
    assert_eq!(api.state().faults.len(), 2);
}
