//! The network's own troubles.

use super::rest::{create, get, post};
use super::{JANA, LINE, PAVEL, network, says, status, told};

#[tokio::test]
async fn a_network_that_is_down_does_nothing_until_it_is_up() {
    let network = network(|_| status(204)).await;
    create(&network, "Messages", &[("To", PAVEL), ("From", LINE), ("Body", "Ahoj"), ("StatusCallback", "https://line.example.org/status")]).await;
    network.is_down();
    network.passes(3_600_000).await;
    assert_eq!(get(&network, "Messages").await.0, 503);
    assert!(told(&network, "/status", "MessageStatus").is_empty());
    network.caller(PAVEL).dials(LINE).await.ended_as("failed");
    network.is_up();
    network.settles().await;
    assert_eq!(told(&network, "/status", "MessageStatus"), ["sent", "delivered"]);
    assert_eq!((get(&network, "Messages").await.0, network.inbox(PAVEL).len()), (200, 1));
    network.ends();
}

#[tokio::test]
async fn too_many_requests_are_put_off() {
    let network = network(|_| status(204)).await;
    network.throttles(2);
    let url = format!("{}/2010-04-01/Accounts/{}/Messages.json", network.rest_url(), network.account());
    let put_off = reqwest::Client::new().get(url).basic_auth(network.account(), Some(network.token())).send().await.unwrap();
    assert_eq!((put_off.status().as_u16(), put_off.headers()["retry-after"].to_str().unwrap()), (429, "1"));
    let form = [("To", PAVEL), ("From", LINE), ("Body", "Ahoj")];
    assert_eq!(post(&network, "Messages", &form).await.1["code"], 20_429);
    assert_eq!(post(&network, "Messages", &form).await.0, 201);
    assert_eq!(network.requests().iter().map(|asked| asked.status).collect::<Vec<_>>(), [429, 429, 201]);
    assert_eq!(network.requests()[2].field("Body"), Some("Ahoj"));
    network.settles().await;
    network.inbox(PAVEL);
    network.ends();
}

#[tokio::test]
async fn the_statuses_of_a_call_overtake_its_answer_and_each_other() {
    let network = network(|heard| if heard.path == "/hello" { says("<Hangup/>") } else { status(204) }).await;
    let order = [
        ("To", JANA),
        ("From", LINE),
        ("Url", "https://line.example.org/hello"),
        ("StatusCallback", "https://line.example.org/call"),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "ringing"),
    ];
    network.statuses_before_answer();
    create(&network, "Calls", &order).await;
    assert_eq!(told(&network, "/call", "CallStatus"), ["initiated", "ringing"]);
    network.handset(JANA).answers().await.is_over();
    network.reorders_statuses();
    create(&network, "Calls", &order).await;
    network.handset(JANA).declines().await;
    assert_eq!(told(&network, "/call", "CallStatus")[2..], ["ringing", "initiated"]);
    network.ends();
}

#[tokio::test]
async fn a_story_that_leaves_something_behind_does_not_end() {
    let network = network(|_| says("<Enqueue/>")).await;
    network.caller(PAVEL).dials(LINE).await;
    let left = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| network.ends()));
    assert!(left.is_err(), "a fault must be looked at");
    network.takes_faults();
    network.texts(PAVEL, LINE, "ahoj").await;
    network.takes_faults();
    network.ends();
    assert!(network.documents().iter().any(|(url, text)| url.ends_with("/voice") && text.contains("Enqueue")));
    let folder = tempfile::tempdir().unwrap();
    network.keeps_documents_in(folder.path());
    assert_eq!(std::fs::read_dir(folder.path().join("twiml")).unwrap().count(), network.documents().len());
}
