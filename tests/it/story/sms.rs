//! Messages over the phone network, as their people meet them.

use crate::world::{PRAHA, USTECKY, World};
use linka::channel::sim::Fault;
use linka::domain::{Delivery, Outcome, OwnNumber, Stage, sms_parts};

const LANDLINE: &str = "+420476880001";

#[tokio::test]
async fn a_dialogue_leaves_from_the_number_that_was_written_to() {
    let (world, worker) = World::with_texter().await;
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Azylovy dum", "Most"]).await;
    assert!(sms_parts(&answer.words) <= 3, "{}", answer.words);
    worker.texts("1").await;
    worker.expect_reply(["Pomohli jsme"]).await;
    worker.texts("1").await;
    worker.expect_reply(["Dekujeme"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Informed)));
    assert_eq!((contact.own.as_deref(), contact.line.as_ref().map(linka::domain::LineId::as_str)), (Some(USTECKY), Some("ustecky")));
    let sent: Vec<_> = world.network().messages().into_iter().filter(|message| message.to == worker.address().handle).collect();
    assert!(sent.iter().all(|message| message.from == USTECKY && message.validity_s == Some(14_400) && message.status == "delivered"));
    assert_eq!(world.delivery_of(&answer).await, Delivery::Delivered);
    world.ends().await;
}

#[tokio::test]
async fn every_webhook_twice_is_one_message() {
    let world = World::on_the_phone().await;
    world.network().repeats_webhooks();
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    worker.expect_reply(["Most"]).await;
    worker.texts("operator").await;
    worker.expect_reply([]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    worker.hears_nothing();
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_message_that_cannot_be_stored_comes_again() {
    let world = World::on_the_phone().await;
    world.cannot_store(1);
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    worker.expect_reply(["Most"]).await;
    let statuses: Vec<_> = world.network().deliveries().into_iter().filter(|delivery| delivery.url.ends_with("/twilio/sms#rc=2&rp=ct,rt,5xx")).map(|delivery| delivery.status).collect();
    assert_eq!(statuses, [Some(503), Some(200)]);
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_picture_is_refused_and_its_words_count() {
    let (world, worker) = World::with_texter().await;
    let number = worker.address().handle;
    world.network().texts_with_pictures(&number, USTECKY, "", 1).await;
    world.settle().await;
    let refusal = worker.expect_reply(["prijmout neumime", "slovy"]).await;
    assert!(!refusal.words.contains("poslete") && sms_parts(&refusal.words) == 1, "what was refused is not asked for: {}", refusal.words);
    assert_eq!(world.contacts().await, 0);
    world.network().texts_with_pictures(&number, USTECKY, "azylový dům Most, muž", 2).await;
    world.settle().await;
    worker.expect_reply(["Most"]).await;
    worker.expect_reply(["prijmout neumime"]).await;
    assert_eq!(world.contacts().await, 1);
    world.network().texts_with_pictures("+420719000101", USTECKY, "", 1).await;
    world.settle().await;
    world.operator("Jana").await.on("sms").expect(["nikomu jsme nic neposlali"]).await;
    world.ends().await;
}

#[tokio::test]
async fn machines_are_not_answered() {
    let world = World::on_the_phone().await;
    for sender in ["Banka", "90733", "anonymous"] {
        world.network().texts(sender, USTECKY, "azylový dům Most, muž").await;
    }
    assert_eq!(world.contacts().await, 0);
    assert!(world.network().requests().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_landline_is_heard_and_never_written_to() {
    let world = World::on_the_phone().await;
    world.network().texts(LANDLINE, USTECKY, "bydlení Most, muž, prosím člověka").await;
    world.settle().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    assert_eq!(world.contacts().await, 1);
    assert!(world.network().requests().is_empty(), "the provider is not even asked");
    world.ends().await;
}

#[tokio::test]
async fn a_flood_is_not_heard() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.messages_of_number = 3).await;
    let worker = world.texter();
    for n in 0..10 {
        worker.texts(&format!("bydlení Most, muž, zpráva {n}")).await;
    }
    assert!(worker.drains() <= 3);
    world.minutes(61).await;
    worker.drains();
    worker.texts("azylový dům Děčín, muž").await;
    worker.expect_reply([]).await;
    let other = world.stranger().on("sms").to(PRAHA);
    other.texts("azylovy dum Praha muz").await;
    other.expect_reply(["Praha"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_same_words_again_are_answered_a_few_times_only() {
    let (world, worker) = World::with_texter().await;
    for _ in 0..12 {
        worker.texts("tohle nikdo nepochopi").await;
    }
    let answers = worker.drains();
    assert!((1..=7).contains(&answers), "{answers} answers");
    world.operator("Jana").await.expect_offer(["nikdo nepochopi"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_on_sms_says_which_contact_is_meant() {
    let world = World::on_the_phone().await;
    world.breaks("chat:jana", Fault::Gone);
    let jana = world.operator("Jana").await.on("sms");
    let (first, second) = (world.texter(), world.texter());
    for (n, worker) in [(1001, &first), (1002, &second)] {
        worker.texts("bydleni Most, klient muz, prosim spojit s clovekem").await;
        worker.expect_reply(["Most"]).await;
        jana.expect_offer([&*format!("prijmout #{n}")]).await;
        jana.writes(&format!("prijmout #{n}")).await;
        jana.expect(["je vas"]).await;
        worker.expect_reply(["ma operator"]).await;
    }
    world.operator("Koordinátorka").await.expect(["(chat)"]).await;
    jana.writes("Dobry den").await;
    jana.expect(["#1001", "#1002"]).await;
    jana.writes("#1002 Misto je volne.").await;
    second.expect_reply(["Misto je volne"]).await;
    first.hears_nothing();
    jana.writes("1001 U nas bohuzel ne.").await;
    first.expect_reply(["bohuzel ne"]).await;
    world.ends().await;
}

#[tokio::test]
async fn long_words_leave_in_pieces_and_in_order() {
    let world = World::on_the_phone().await;
    let (worker, jana) = world.texter_held_by_jana().await;
    let words: Vec<String> = (1..=200).map(|n| format!("Věta číslo {n}.")).collect();
    jana.writes(&words.join(" ")).await;
    let arrived = worker.reads_all();
    assert_eq!(arrived.len(), 3, "{arrived:?}");
    assert!(arrived.iter().all(|piece| piece.len() <= 1_600));
    let said = arrived.join(" ");
    let places: Vec<_> = (1..=200).map(|n| said.find(&format!("Veta cislo {n}."))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted());
    world.ends().await;
}

#[tokio::test]
async fn news_of_a_provider_reach_a_person() {
    let world = World::on_the_phone().await;
    let provider = world.texter();
    provider.texts("Azylovy dum Most: mame volno, 2 mista").await;
    provider.expect_reply([]).await;
    world.minutes(20).await;
    let words = world.contact().await.question.unwrap_or_default();
    assert!(words.contains("volno, 2 mista"), "{words}");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_message_under_a_name_says_where_to_call() {
    let number = |number: &str, voice| OwnNumber { number: number.to_owned(), line: None, voice, sms: !voice };
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.numbers = vec![number("LINKA", false), number(USTECKY, true)]).await;
    let (caller, jana) = (world.network().caller("+420719000201"), world.network().handset("+420719000101"));
    caller.dials(USTECKY).await;
    caller.hears([]).await;
    caller.presses("3").await.hears([]).await;
    caller.presses("1").await.hears([]).await;
    caller.presses("0").await.hears(["Spojujeme"]).await;
    jana.answers().await.hears([]).await;
    jana.presses("1").await;
    let chat = world.operator("Jana").await;
    chat.expect(["je váš"]).await;
    caller.hangs_up().await;
    jana.is_over();
    chat.writes("Azylový dům má místo.").await;
    let worker = world.numbered("+420719000201").on("sms");
    let message = worker.expect_reply(["Azylovy dum ma misto", "nejde odpovedet", USTECKY]).await;
    assert_eq!(message.letter.own.as_deref(), Some("LINKA"));
    chat.expect(["dopadl"]).await;
    world.ends().await;
}
