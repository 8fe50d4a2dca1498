//! Keys: pressed into a prompt, ahead of a question, not at all.

use super::{Heard, LINE, PAVEL, network, say, says, told};
use axum::body::Body;
use axum::http::Response;

/// A question of one key that repeats itself on silence.
fn asks(empty: bool) -> impl Fn(&Heard) -> Response<Body> {
    move |heard| match heard.path.as_str() {
        "/voice" => says(&format!(
            "<Gather input=\"dtmf\" numDigits=\"1\" finishOnKey=\"\" timeout=\"6\" actionOnEmptyResult=\"{empty}\" action=\"https://line.example.org/step\">{}{}</Gather>{}",
            say("Kam se klient vrací? Praha: jedna."),
            say("Morava: pět."),
            say("Nic jsme neslyšeli."),
        )),
        _ => says(&say(&format!("Volba {}.", heard.of("Digits")))),
    }
}

#[tokio::test]
async fn a_key_breaks_into_a_prompt() {
    let network = network(asks(true)).await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await;
    pavel.presses("3").await;
    let heard = pavel.hears(["kam se klient vraci", "VOLBA 3"]).await;
    assert!(!heard.contains("Morava"), "the second prompt was never begun: {heard}");
    pavel.is_over();
    assert_eq!(told(&network, "/step", "Digits"), ["3"]);
    assert_eq!(told(&network, "/voice", "CallStatus"), ["ringing"]);
    assert_eq!(told(&network, "/step", "CallStatus"), ["in-progress"]);
    network.ends();
}

#[tokio::test]
async fn a_patient_caller_hears_all_of_it() {
    let network = network(asks(true)).await;
    let pavel = network.caller(PAVEL);
    assert_eq!(pavel.number(), PAVEL);
    pavel.dials(LINE).await.hears(["Praha", "Morava"]).await;
    pavel.hears_nothing().await.presses("#").await.hears(["Volba #"]).await;
    pavel.is_over().ended_as("completed");
    network.ends();
}

#[tokio::test]
async fn silence_asks_only_where_it_is_wanted() {
    for (empty, heard) in [(true, "Volba ."), (false, "Nic jsme neslyšeli")] {
        let network = network(asks(empty)).await;
        let pavel = network.caller(PAVEL);
        pavel.dials(LINE).await.keeps_silent().await.hears([heard]).await;
        let waited = network.now() - network.deliveries()[0].at;
        assert!(waited.num_seconds() >= 6 + 3, "two prompts and six seconds: {waited}");
        assert_eq!(told(&network, "/step", "Digits"), if empty { vec![""] } else { vec![] });
        network.ends();
    }
}

#[tokio::test]
async fn keys_pressed_ahead_wait_for_their_question() {
    let network = network(|heard| match heard.path.as_str() {
        "/voice" => says(&format!("{}<Gather numDigits=\"1\" action=\"https://line.example.org/second\">{}</Gather>", say("Vítejte."), say("První?"))),
        "/second" => says(&format!("<Gather finishOnKey=\"#\" timeout=\"4\" action=\"https://line.example.org/third\">{}</Gather>", say("PSČ?"))),
        _ => says(&say("Děkujeme.")),
    })
    .await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await.types("343401#").await;
    assert_eq!(pavel.hears(["Vítejte", "Děkujeme"]).await, "Vítejte. Děkujeme.");
    assert_eq!((told(&network, "/second", "Digits"), told(&network, "/third", "Digits")), (vec!["3".to_owned()], vec!["43401".to_owned()]));
    assert_eq!(told(&network, "/third", "FinishedOnKey"), ["#"]);
    network.ends();
}

#[tokio::test]
async fn a_pause_between_keys_ends_a_number() {
    let network = network(|heard| match heard.path.as_str() {
        "/voice" => says("<Gather timeout=\"4\" action=\"https://line.example.org/number\"/>"),
        _ => says("<Hangup/>"),
    })
    .await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await.types("43").await;
    network.passes(3_900).await;
    pavel.types("4").await;
    network.passes(3_900).await;
    assert!(told(&network, "/number", "Digits").is_empty(), "each key begins the wait anew");
    pavel.keeps_silent().await.is_over();
    assert_eq!(told(&network, "/number", "Digits"), ["434"]);
    network.ends();
}

#[tokio::test]
async fn without_an_action_the_same_document_is_asked() {
    let network = network(|heard| if heard.of("Digits").is_empty() { says("<Gather numDigits=\"2\"/>") } else { says("<Pause length=\"2\"/><Reject/>") }).await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await.types("12").await.listens().await.is_over();
    assert_eq!(told(&network, "/voice", "Digits"), ["-", "12"]);
    assert_eq!(network.takes_faults().len(), 1, "an answered call is not rejected");
    network.ends();
}

#[tokio::test]
async fn a_call_is_rejected_before_it_is_answered() {
    let network = network(|_| says("<Reject reason=\"busy\"/>")).await;
    network.sets(LINE, "status_callback", "https://line.example.org/status");
    network.caller(PAVEL).dials(LINE).await.ended_as("busy");
    assert_eq!(told(&network, "/status", "CallDuration"), ["0"]);
    network.ends();
}

#[tokio::test]
async fn withheld_callers_show_what_networks_show() {
    let network = network(|_| says("<Hangup/>")).await;
    for shown in ["+266696687", "restricted", ""] {
        network.caller(PAVEL).withheld_as(shown).dials(LINE).await.is_over();
    }
    network.caller(PAVEL).withheld().dials(LINE).await.is_over();
    assert_eq!(told(&network, "/voice", "From"), ["+266696687", "restricted", "", "anonymous"]);
    network.ends();
}

#[tokio::test]
async fn recorded_prompts_are_fetched_and_must_be_sound() {
    let sound = |kind: &str| Response::builder().header("content-type", kind).body(Body::from("sound")).unwrap();
    let network = network(move |heard| match heard.path.as_str() {
        "/voice" => says("<Play>https://line.example.org/audio/hello.mp3</Play><Play>https://line.example.org/audio/page.html</Play>"),
        "/audio/hello.mp3" => sound("audio/mpeg"),
        _ => sound("text/html"),
    })
    .await;
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await;
    assert_eq!(pavel.hears_recordings().await.len(), 2);
    assert_eq!(network.takes_faults().len(), 1, "a page is no sound");
    network.ends();
}

#[tokio::test]
async fn keys_pressed_ahead_may_be_lost() {
    let network = network(asks(true)).await;
    network.loses_early_keys();
    network.webhooks_take(200);
    let pavel = network.caller(PAVEL);
    pavel.dials(LINE).await.presses("3").await;
    pavel.keeps_silent().await.hears(["Volba ."]).await;
    network.ends();
}
