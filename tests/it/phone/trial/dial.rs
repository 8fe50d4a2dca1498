//! Phones that ring: one by one, all at once, with a whisper, a box, and a caller who leaves.

use super::{EVA, Heard, JANA, LINE, PAVEL, PETR, network, say, says, told};
use crate::phone::Network;
use axum::body::Body;
use axum::http::Response;

const EVENTS: &str = "initiated ringing answered completed";

fn number(name: &str, number: &str) -> String {
    format!(
        "<Number url=\"https://line.example.org/whisper\" statusCallback=\"https://line.example.org/leg/{name}\" statusCallbackEvent=\"{EVENTS}\">{number}</Number>"
    )
}

/// A line that rings phones and asks each to press 1.
fn rings(numbers: &[(&str, &str)]) -> impl Fn(&Heard) -> Response<Body> + use<> {
    let numbers: String = numbers.iter().map(|(name, phone)| number(name, phone)).collect();
    move |heard| match heard.path.as_str() {
        "/voice" => says(&format!(
            "<Dial answerOnBridge=\"true\" timeout=\"25\" callerId=\"{LINE}\" action=\"https://line.example.org/dialled\">{numbers}</Dial>"
        )),
        "/whisper" => says(&format!("<Gather numDigits=\"1\" timeout=\"8\" action=\"https://line.example.org/accept\">{}</Gather><Hangup/>", say("Přijmete hovor? Jedna ano."))),
        "/accept" if heard.of("Digits") == "1" => says(""),
        "/accept" => says(&format!("{}<Hangup/>", say("Nevadí."))),
        "/dialled" => says(&say("Na shledanou.")),
        _ => super::status(204),
    }
}

fn leg(network: &Network, name: &str) -> Vec<String> {
    told(network, &format!("/leg/{name}"), "CallStatus")
}

#[tokio::test]
async fn two_phones_ring_and_one_accepts() {
    let network = network(rings(&[("jana", JANA), ("petr", PETR)])).await;
    let (pavel, jana, petr) = (network.caller(PAVEL), network.handset(JANA), network.handset(PETR));
    pavel.dials(LINE).await.waits_for_somebody();
    petr.rings();
    jana.rings().answers().await.hears(["prijmete hovor"]).await;
    assert_eq!(jana.shows(), LINE, "the caller's number stays hidden");
    petr.rings();
    jana.presses("1").await.is_bridged_with(PAVEL);
    pavel.is_bridged_with(JANA);
    petr.is_over().ended_as("canceled");
    network.passes(90_000).await;
    jana.hangs_up().await;
    pavel.hears(["Na shledanou"]).await;
    pavel.is_over();
    assert_eq!(leg(&network, "jana"), ["initiated", "ringing", "in-progress", "completed"]);
    assert_eq!(leg(&network, "petr"), ["initiated", "ringing", "canceled"]);
    assert_eq!(told(&network, "/leg/jana", "SequenceNumber"), ["0", "1", "2", "3"]);
    assert_eq!(told(&network, "/dialled", "DialCallStatus"), ["completed"]);
    assert_eq!(told(&network, "/dialled", "DialBridged"), ["true"]);
    assert_eq!(told(&network, "/dialled", "DialCallDuration"), ["90"]);
    assert_eq!(told(&network, "/dialled", "DialCallSid"), [jana.sid()]);
    assert_eq!(told(&network, "/whisper", "ParentCallSid"), [pavel.sid()]);
    network.ends();
}

#[tokio::test]
async fn of_two_who_press_together_the_first_wins() {
    let network = network(rings(&[("jana", JANA), ("petr", PETR)])).await;
    let (pavel, jana, petr) = (network.caller(PAVEL), network.handset(JANA), network.handset(PETR));
    pavel.dials(LINE).await;
    jana.answers().await;
    petr.answers().await;
    // Both keys are on their way before the line has answered either.
    network.webhooks_take(500);
    petr.presses("1").await;
    jana.presses("1").await;
    network.passes(600).await;
    pavel.is_bridged_with(PETR);
    jana.is_over().ended_as("completed");
    network.webhooks_take(0);
    pavel.hangs_up().await;
    petr.is_over();
    assert_eq!(told(&network, "/accept", "Digits"), ["1", "1"]);
    assert_eq!(told(&network, "/dialled", "CallStatus"), ["completed"], "the action learns that the caller left");
    network.ends();
}

#[tokio::test]
async fn a_box_that_picks_up_is_no_acceptance() {
    let network = network(rings(&[("jana", JANA)])).await;
    let (pavel, jana) = (network.caller(PAVEL), network.handset(JANA));
    jana.voicemail();
    pavel.dials(LINE).await.waits_for_somebody();
    network.passes(40_000).await;
    jana.is_over();
    pavel.hears(["Na shledanou"]).await;
    assert_eq!(told(&network, "/dialled", "DialCallStatus"), ["completed"], "yet it counts as completed");
    assert_eq!(told(&network, "/dialled", "DialBridged"), ["false"]);
    assert_eq!(told(&network, "/accept", "Digits").len(), 0);
    jana.no_voicemail();
    pavel.dials(LINE).await;
    jana.rings().lets_it_ring().await.ended_as("no-answer");
    pavel.hears(["Na shledanou"]).await;
    network.ends();
}

#[tokio::test]
async fn the_caller_leaves_while_three_phones_ring() {
    let network = network(rings(&[("jana", JANA), ("petr", PETR), ("eva", EVA)])).await;
    network.sets(LINE, "status_callback", "https://line.example.org/status");
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await;
    network.handset(EVA).answers().await;
    network.passes(7_000).await;
    pavel.hangs_up().await;
    for phone in [JANA, PETR, EVA] {
        network.handset(phone).is_over();
    }
    for (name, end) in [("jana", "canceled"), ("petr", "canceled"), ("eva", "completed")] {
        assert_eq!(leg(&network, name).last().map(String::as_str), Some(end), "{name}");
    }
    assert_eq!(told(&network, "/dialled", "DialCallStatus").len(), 1);
    assert_eq!(told(&network, "/status", "CallStatus"), ["no-answer"], "the line had not picked up");
    network.ends();
}

#[tokio::test]
async fn who_declines_or_is_engaged_is_busy() {
    let network = network(rings(&[("jana", JANA)])).await;
    let (pavel, jana) = (network.caller(PAVEL), network.handset(JANA));
    pavel.dials(LINE).await;
    jana.declines().await.ended_as("busy");
    pavel.hears(["Na shledanou"]).await;
    pavel.dials(LINE).await;
    jana.answers().await.presses("1").await;
    let eva = network.caller(EVA);
    eva.dials(LINE).await.hears(["Na shledanou"]).await;
    jana.is_bridged_with(PAVEL);
    assert_eq!(told(&network, "/dialled", "DialCallStatus"), ["busy", "busy"]);
    pavel.hangs_up().await;
    network.ends();
}

#[tokio::test]
async fn a_wrong_key_in_the_whisper_connects_nobody() {
    let network = network(rings(&[("jana", JANA)])).await;
    let (pavel, jana) = (network.caller(PAVEL), network.handset(JANA));
    pavel.dials(LINE).await;
    jana.answers().await.presses("5").await.hears(["Nevadí"]).await;
    jana.is_over();
    pavel.hears(["Na shledanou"]).await;
    network.ends();
}

#[tokio::test]
async fn the_end_of_a_ring_may_never_be_told() {
    let network = network(rings(&[("jana", JANA)])).await;
    network.loses_end_of_ring();
    network.caller(PAVEL).dials(LINE).await;
    network.handset(JANA).lets_it_ring().await;
    network.caller(PAVEL).listens().await.is_over();
    assert_eq!(leg(&network, "jana"), ["initiated", "ringing"]);
    network.ends();
}

#[tokio::test]
async fn a_talk_has_its_limit_and_the_next_verb_follows() {
    let network = network(|_| says(&format!("<Dial timeLimit=\"60\">{JANA}</Dial>{}", say("Čas vypršel.")))).await;
    let (pavel, jana) = (network.caller(PAVEL), network.handset(JANA));
    pavel.dials(LINE).await;
    assert_eq!(jana.rings().shows(), PAVEL, "without a callerId the caller's own is shown");
    jana.answers().await.is_bridged_with(PAVEL);
    network.passes(60_000).await;
    jana.is_over();
    pavel.hears(["Čas vypršel"]).await;
    network.ends();
}

#[tokio::test]
async fn a_strange_caller_id_and_a_dial_in_a_whisper_are_faults() {
    let network = network(|heard| match heard.path.as_str() {
        "/voice" => says("<Dial callerId=\"+420719999999\"><Number url=\"https://line.example.org/whisper\">+420719000101</Number></Dial>"),
        _ => says("<Dial>+420719000102</Dial>"),
    })
    .await;
    network.caller(PAVEL).dials(LINE).await;
    network.handset(JANA).answers().await;
    network.caller(PAVEL).hangs_up().await;
    let faults = network.takes_faults();
    assert!(faults[0].contains("13214") && faults[1].contains("whisper"), "{faults:?}");
    network.handset(PETR).is_over();
    network.ends();
}

#[tokio::test]
async fn a_hundred_call_at_once() {
    let network = network(|heard| match heard.path.as_str() {
        "/voice" => says(&format!("<Gather numDigits=\"1\" action=\"https://line.example.org/step\">{}</Gather>", say("Kam se klient vrací?"))),
        _ => says(&say(&format!("Volba {}.", heard.of("Digits")))),
    })
    .await;
    let callers: Vec<_> = (0..100).map(|n| network.caller(&format!("+4207191{n:05}"))).collect();
    for caller in &callers {
        caller.dials(LINE).await;
    }
    assert_eq!(network.live_calls(), 100);
    for (n, caller) in callers.iter().enumerate() {
        caller.presses(&(n % 10).to_string()).await;
    }
    for (n, caller) in callers.iter().enumerate() {
        caller.hears([&format!("Volba {}.", n % 10)]).await;
    }
    network.ends();
}

#[tokio::test]
async fn a_callee_taken_away_in_the_whisper_leaves_the_others_ringing() {
    let network = network(rings(&[("jana", JANA), ("petr", PETR)])).await;
    let (pavel, jana, petr) = (network.caller(PAVEL), network.handset(JANA), network.handset(PETR));
    pavel.dials(LINE).await;
    jana.answers().await;
    let twiml = format!("<Response>{}</Response>", say("Už to má Petr."));
    super::rest::post(&network, &format!("Calls/{}", jana.sid()), &[("Twiml", &twiml)]).await;
    jana.hears(["Už to má Petr"]).await;
    jana.is_over();
    petr.rings().lets_it_ring().await;
    pavel.hears(["Na shledanou"]).await;
    assert_eq!(told(&network, "/dialled", "DialCallStatus"), ["no-answer"]);
    network.ends();
}

#[tokio::test]
async fn a_caller_who_leaves_may_leave_no_word() {
    let network = network(rings(&[("jana", JANA)])).await;
    network.says_no_farewell();
    network.caller(PAVEL).dials(LINE).await.hangs_up().await;
    assert!(told(&network, "/dialled", "CallSid").is_empty());
    assert_eq!(leg(&network, "jana").last().map(String::as_str), Some("canceled"));
    network.ends();
}
