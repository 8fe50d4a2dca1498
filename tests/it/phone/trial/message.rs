//! Text messages, in and out.

use super::rest::{create, field, post};
use super::{JANA, LINE, PAVEL, network, says, status, told};
use crate::phone::segments;

const STATUS: (&str, &str) = ("StatusCallback", "https://line.example.org/status?letter=7");

#[tokio::test]
async fn a_text_comes_in() {
    let network = network(|heard| {
        assert_eq!(heard.of("Body"), "bydlení Most – ěšč");
        says("")
    })
    .await;
    let sid = network.texts(PAVEL, LINE, "bydlení Most – ěšč").await;
    assert_eq!(told(&network, "/sms", "MessageSid"), [sid]);
    assert_eq!(told(&network, "/sms", "NumSegments"), ["1"]);
    network.texts_with_pictures(PAVEL, LINE, "bydlení Most – ěšč", 1).await;
    assert_eq!(told(&network, "/sms", "NumMedia"), ["0", "1"]);
    network.ends();
}

#[tokio::test]
async fn a_text_answered_with_verbs_is_a_fault_and_one_unanswered_turns_to_the_fallback() {
    let network = network(|heard| match heard.path.as_str() {
        "/sms" if heard.of("Body") == "chyba" => status(500),
        "/sms" => says("<Hangup/>"),
        _ => status(204),
    })
    .await;
    network.sets(LINE, "sms_fallback_url", "https://line.example.org/spare");
    network.texts(PAVEL, LINE, "ahoj").await;
    assert_eq!(network.takes_faults().len(), 1);
    network.texts(PAVEL, LINE, "chyba").await;
    assert_eq!(told(&network, "/spare", "Body"), ["chyba"]);
    network.ends();
}

#[tokio::test]
async fn a_message_goes_out_and_is_reported() {
    let network = network(|_| status(204)).await;
    let made = create(&network, "Messages", &[("To", PAVEL), ("From", LINE), ("Body", "Azylový dům Most"), ("ValidityPeriod", "14400"), STATUS]).await;
    assert_eq!((field(&made, "status"), field(&made, "num_segments"), field(&made, "direction")), ("queued", "1", "outbound-api"));
    assert!(network.inbox(PAVEL).is_empty(), "nothing happens before its time");
    network.settles().await;
    assert_eq!(network.unread().len(), 1);
    let inbox = network.inbox(PAVEL);
    assert_eq!((inbox[0].body.as_str(), inbox[0].from.as_str(), inbox[0].segments, inbox[0].validity_s), ("Azylový dům Most", LINE, segments("ý"), Some(14_400)));
    assert!(network.inbox(PAVEL).is_empty() && network.unread().is_empty());
    assert_eq!(told(&network, "/status", "MessageStatus"), ["sent", "delivered"]);
    let sid = field(&made, "sid").to_owned();
    assert_eq!(told(&network, "/status", "MessageSid"), [sid.clone(), sid.clone()]);
    post(&network, &format!("Messages/{sid}"), &[("Body", "")]).await;
    assert_eq!(network.messages()[0].body, "", "a text can be taken away at the provider");
    network.ends();
}

#[tokio::test]
async fn statuses_come_in_the_wrong_order() {
    let network = network(|_| status(204)).await;
    network.reorders_statuses();
    create(&network, "Messages", &[("To", PAVEL), ("From", LINE), ("Body", "Ahoj"), STATUS]).await;
    network.passes(6_000).await;
    assert_eq!(told(&network, "/status", "MessageStatus"), ["delivered", "sent"]);
    assert_eq!(network.inbox(PAVEL).len(), 1);
    network.ends();
}

#[tokio::test]
async fn statuses_come_before_the_answer_that_names_the_message() {
    let network = network(|_| status(204)).await;
    network.statuses_before_answer();
    let made = create(&network, "Messages", &[("To", PAVEL), ("From", LINE), ("Body", "Ahoj"), STATUS]).await;
    assert_eq!(told(&network, "/status", "MessageStatus"), ["sent", "delivered"]);
    assert_eq!(field(&made, "status"), "queued", "the answer is still that of the creation");
    assert_eq!(network.inbox(PAVEL).len(), 1);
    network.ends();
}

#[tokio::test]
async fn a_message_is_lost_or_nobody_tells() {
    let network = network(|_| status(204)).await;
    network.loses_message(PAVEL, 30_003);
    network.never_reports(JANA);
    create(&network, "Messages", &[("To", PAVEL), ("From", LINE), ("Body", "Ahoj"), STATUS]).await;
    let silent = create(&network, "Messages", &[("To", JANA), ("From", "LINKA"), ("Body", "Ahoj"), STATUS]).await;
    network.settles().await;
    assert_eq!(told(&network, "/status", "MessageStatus"), ["sent", "undelivered"]);
    assert_eq!(told(&network, "/status", "ErrorCode"), ["-", "30003"]);
    assert!(network.inbox(PAVEL).is_empty());
    let look = super::rest::get(&network, &format!("Messages/{}", field(&silent, "sid"))).await;
    assert_eq!(field(&look.1, "status"), "delivered", "only a look shows it");
    assert_eq!(network.inbox(JANA)[0].from, "LINKA");
    network.forgives(PAVEL);
    create(&network, "Messages", &[("To", PAVEL), ("From", LINE), ("Body", "Ahoj")]).await;
    network.settles().await;
    assert_eq!(network.inbox(PAVEL).len(), 1);
    network.ends();
}
