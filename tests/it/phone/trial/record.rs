//! Messages spoken after the tone, and the recordings of them.

use super::{Heard, LINE, PAVEL, network, say, says, status, told};
use axum::body::Body;
use axum::http::Response;

/// A line that records: the second document thanks, silence is told so.
fn records(heard: &Heard) -> Response<Body> {
    match heard.path.as_str() {
        "/voice" => says(&format!(
            "{}<Record maxLength=\"60\" timeout=\"5\" finishOnKey=\"#\" playBeep=\"true\" action=\"https://line.example.org/recorded\" recordingStatusCallback=\"https://line.example.org/recording\" recordingStatusCallbackEvent=\"completed absent\"/>{}",
            say("Mluvte po tónu."),
            say("Nic jste neřekli.")
        )),
        "/recorded" => says(&say("Děkujeme.")),
        _ => status(204),
    }
}

#[tokio::test]
async fn a_message_ends_by_a_key_by_silence_or_by_its_length() {
    let network = network(records).await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await.speaks(12).await.presses("#").await.hears(["Mluvte", "Děkujeme"]).await;
    pavel.dials(LINE).await.speaks(7).await.keeps_silent().await.hears(["Děkujeme"]).await;
    pavel.dials(LINE).await.speaks(100).await.hears(["Děkujeme"]).await;
    network.passes(2_000).await;
    assert_eq!(told(&network, "/recorded", "RecordingDuration"), ["12", "7", "60"]);
    assert_eq!(told(&network, "/recorded", "Digits"), ["#", "-", "-"]);
    assert_eq!(told(&network, "/recording", "RecordingStatus"), ["completed"; 3]);
    assert_eq!(told(&network, "/recording", "RecordingSid"), told(&network, "/recorded", "RecordingSid"));
    network.ends();
}

#[tokio::test]
async fn silence_falls_through_and_is_reported_absent() {
    let network = network(records).await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await.keeps_silent().await.hears(["Nic jste neřekli"]).await;
    network.comes_to_rest().await;
    assert_eq!(told(&network, "/recording", "RecordingStatus"), ["absent"]);
    assert!(told(&network, "/recorded", "CallSid").is_empty());
    assert_eq!(network.recordings(), 0);
    network.ends();
}

#[tokio::test]
async fn hanging_up_ends_the_recording_too() {
    let network = network(records).await;
    network.sets(LINE, "status_callback", "https://line.example.org/status");
    network.caller(PAVEL).dials(LINE).await.speaks(4).await.hangs_up().await.is_over();
    network.passes(2_000).await;
    assert_eq!(told(&network, "/recorded", "Digits"), ["hangup"]);
    assert_eq!(told(&network, "/recorded", "CallStatus"), ["completed"]);
    assert_eq!(told(&network, "/status", "CallStatus"), ["completed"]);
    assert_eq!(told(&network, "/recording", "RecordingDuration"), ["4"]);
    assert_eq!(network.recordings(), 1);
    network.ends();
}

#[tokio::test]
async fn a_recording_is_fetched_with_credentials_and_deleted() {
    let network = network(records).await;
    network.caller(PAVEL).dials(LINE).await.speaks(3).await.hangs_up().await;
    let url = told(&network, "/recorded", "RecordingUrl").remove(0);
    let client = reqwest::Client::new();
    let get = |ending: &str| client.get(format!("{url}{ending}")).basic_auth(network.account(), Some(network.token()));
    assert_eq!(client.get(&url).send().await.unwrap().status(), 401);
    let sound = get(".wav").send().await.unwrap();
    assert_eq!(sound.headers()["content-type"], "audio/x-wav");
    assert_eq!(sound.bytes().await.unwrap().len(), 44 + 3 * 8_000);
    assert!(!get(".mp3").send().await.unwrap().bytes().await.unwrap().is_empty());
    let known: serde_json::Value = get(".json").send().await.unwrap().json().await.unwrap();
    assert_eq!((known["duration"].as_str(), known["source"].as_str()), (Some("3"), Some("RecordVerb")));
    let (key, secret) = network.api_key();
    let gone = client.delete(format!("{url}.json")).basic_auth(key, Some(secret)).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(get("").send().await.unwrap().status(), 404);
    network.passes(2_000).await;
    network.ends();
}
