//! Requests to the line: repeated by the address's own word, turned to the fallback, late, doubled.

use super::{Heard, LINE, PAVEL, document, network, say, says, slow, status, to, told, unreachable};
use crate::phone::{Network, sign_sha256};
use axum::body::Body;
use axum::http::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How a line fails to answer.
type Stumble = fn() -> Response<Body>;

/// A line whose first answers are these, and all later ones good.
fn stumbles(answers: Vec<Stumble>) -> impl Fn(&Heard) -> Response<Body> {
    let asked = AtomicUsize::new(0);
    move |heard| match heard.path.as_str() {
        "/fallback" => says(&say("Spojujeme Vás přímo.")),
        _ => answers.get(asked.fetch_add(1, Ordering::SeqCst)).map_or_else(|| says(&say("Dobrý den.")), |answer| answer()),
    }
}

async fn called(fragment: &str, answers: Vec<Stumble>) -> (Network, String) {
    let network = network(stumbles(answers)).await;
    network.sets(LINE, "voice_url", &format!("https://line.example.org/voice{fragment}"));
    network.sets(LINE, "voice_fallback_url", "https://line.example.org/fallback");
    let heard = network.caller(PAVEL).dials(LINE).await.hears([]).await;
    (network, heard)
}

#[tokio::test]
async fn a_fragment_says_what_is_tried_again() {
    let broken: Stumble = || status(503);
    let missing: Stumble = || status(404);
    let late: Stumble = || slow(7_000, says(""));
    let nothing: Stumble = unreachable;
    // The fragment, the first answers, how often the line is asked, whether it is heard at last.
    let table: Vec<(&str, Vec<Stumble>, usize, bool)> = vec![
        ("", vec![nothing], 2, true),
        ("", vec![nothing, nothing], 2, false),
        ("", vec![broken], 1, false),
        ("#rc=2&rp=ct,5xx", vec![broken, nothing], 3, true),
        ("#rc=2&rp=ct,5xx", vec![broken, broken, broken], 3, false),
        ("#rc=2&rp=ct,5xx", vec![missing], 1, false),
        ("#rc=1&rp=4xx", vec![missing], 2, true),
        ("#rc=1&rp=rt&rt=6000", vec![late], 2, true),
        ("#rc=5&rp=all&rt=6000", vec![late, late, late, late], 3, false),
        ("#rc=0", vec![nothing], 1, false),
    ];
    for (fragment, answers, asked, good) in table {
        let (network, heard) = called(fragment, answers).await;
        assert_eq!(to(&network, "/voice").len(), asked, "{fragment}");
        assert_eq!(heard.contains("Dobrý den"), good, "{fragment}: {heard}");
        assert_eq!(heard.contains("Spojujeme"), !good, "{fragment}: {heard}");
        let tokens: std::collections::BTreeSet<_> = to(&network, "/voice").into_iter().map(|delivery| delivery.token).collect();
        assert_eq!(tokens.len(), 1, "a repeated request keeps its token");
        network.ends();
    }
}

#[tokio::test]
async fn after_fifteen_seconds_the_fallback_is_asked() {
    let (network, heard) = called("", vec![|| slow(15_001, says(""))]).await;
    assert!(heard.contains("Spojujeme"), "{heard}");
    assert_eq!(told(&network, "/fallback", "ErrorCode"), ["11205"]);
    assert_eq!(told(&network, "/fallback", "ErrorUrl"), ["https://line.example.org/voice"]);
    assert_eq!((to(&network, "/fallback")[0].at - to(&network, "/voice")[0].at).num_seconds(), 15);
    network.ends();
    let (network, heard) = called("", vec![|| slow(14_999, says(&say("Konečně.")))]).await;
    assert!(heard.contains("Konečně"), "{heard}");
    network.ends();
}

#[tokio::test]
async fn a_line_without_fallback_ends_in_an_apology() {
    let network = network(|_| status(500)).await;
    network.caller(PAVEL).dials(LINE).await.hears(["application error"]).await;
    network.caller(PAVEL).is_over();
    network.ends();
}

#[tokio::test]
async fn what_is_no_document_is_a_fault() {
    let wrong = [
        "<Response><Say>bez hlasu</Say></Response>".to_owned(),
        "<Response><Gather numDigits=\"0\"/></Response>".to_owned(),
        "<Response><Gather input=\"speech\"/></Response>".to_owned(),
        "<Response><Gather><Redirect>https://line.example.org/</Redirect></Gather></Response>".to_owned(),
        "<Response><Redirect>/relative</Redirect></Response>".to_owned(),
        "<Response><Dial><Number>719000101</Number></Dial></Response>".to_owned(),
        "<Response><Dial/></Response>".to_owned(),
        "<Response><Enqueue>front</Enqueue></Response>".to_owned(),
        "<Response><Hangup reason=\"x\"/></Response>".to_owned(),
        "<Response>text</Response>".to_owned(),
        "<Answer/>".to_owned(),
        format!("<Response>{}</Response>", say(&"a".repeat(4_097))),
        "<Response><Say language=\"cs-CZ\" voice=\"Google.cs-CZ-Neural2-A\">Ahoj</Say></Response>".to_owned(),
        "<Response><Say language=\"cs-CZ\" voice=\"Google.cs-CZ-Wavenet-A\">Ahoj".to_owned(),
    ];
    for text in wrong {
        let shown = text.clone();
        let network = network(move |_| document(text.clone())).await;
        network.caller(PAVEL).dials(LINE).await.listens().await.is_over();
        assert!(!network.takes_faults().is_empty(), "{shown:.100}");
        network.ends();
    }
    let network = network(|_| document("<Response><Say voice=\"kokoro-7\">Ahoj</Say></Response>".to_owned())).await;
    network.takes_any_voice();
    network.caller(PAVEL).dials(LINE).await.hears(["Ahoj"]).await;
    network.ends();
}

#[tokio::test]
async fn a_doubled_request_must_get_the_same_answer() {
    let counted = Arc::new(AtomicUsize::new(0));
    let network = network(move |heard| match heard.path.as_str() {
        "/voice" => says("<Gather numDigits=\"1\" action=\"https://line.example.org/step\"/>"),
        _ => says(&say(&format!("Jste {}. v pořadí.", counted.fetch_add(1, Ordering::SeqCst)))),
    })
    .await;
    network.repeats_webhooks();
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await;
    assert!(network.faults().is_empty());
    pavel.presses("1").await.listens().await;
    let faults = network.takes_faults();
    assert!(faults.len() == 1 && faults[0].contains("in two ways"), "{faults:?}");
    let steps = to(&network, "/step");
    assert_eq!((steps.len(), &steps[0].token, &steps[0].params), (2, &steps[1].token, &steps[1].params));
    network.ends();
}

#[tokio::test]
async fn a_caller_may_leave_while_the_line_thinks() {
    let network = network(|_| says(&say("Dobrý den."))).await;
    network.sets(LINE, "status_callback", "https://line.example.org/status");
    network.webhooks_take(3_000);
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await;
    network.passes(1_000).await;
    pavel.hangs_up().await.hears_nothing().await.ended_as("no-answer");
    network.passes(10_000).await;
    assert_eq!(told(&network, "/status", "CallStatus"), ["no-answer"]);
    network.ends();
}

#[tokio::test]
async fn no_connection_is_tried_once_more() {
    let network = network(|_| says(&say("Dobrý den."))).await;
    network.cannot_connect(1);
    network.caller(PAVEL).dials(LINE).await.hears(["Dobrý den"]).await;
    let statuses: Vec<_> = network.deliveries().iter().map(|delivery| delivery.status).collect();
    assert_eq!(statuses, [None, Some(200)]);
    network.ends();
}

#[tokio::test]
async fn the_newer_signature_names_its_algorithm() {
    let network = Network::open(Arc::new(crate::phone::Hand::at(chrono::DateTime::UNIX_EPOCH))).await;
    network.exchange().is_trial = true;
    network.changes_token("next-token");
    network.signs_with_sha256();
    network.reaches(Arc::new(|request| {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&axum::body::to_bytes(body, usize::MAX).await.unwrap()).unwrap();
            assert_eq!(head.headers["x-twilio-signature"], sign_sha256("next-token", &head.uri.to_string(), &form));
            assert!(head.headers["x-twilio-webhooks-signature-settings"].to_str().unwrap().ends_with("algorithm=HMAC_SHA256"));
            says("<Hangup/>")
        })
    }));
    network.owns(LINE);
    network.sets(LINE, "voice_url", "https://line.example.org:8443/voice?a=O'Neil%20x");
    network.caller(PAVEL).dials(LINE).await.ended_as("completed");
    network.ends();
}

#[tokio::test]
async fn a_request_by_get_carries_everything_in_its_address() {
    let network = network(|heard| {
        assert!(heard.form.is_empty());
        says("<Hangup/>")
    })
    .await;
    network.sets(LINE, "voice_method", "GET");
    network.caller(PAVEL).dials(LINE).await.ended_as("completed");
    let asked = network.deliveries().remove(0);
    assert_eq!((asked.method.as_str(), asked.param("From")), ("GET", Some(PAVEL)));
    assert!(String::from_utf8(asked.body).unwrap().contains("<Hangup/>"));
    network.ends();
}
