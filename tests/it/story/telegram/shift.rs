//! An operator's shift in the chat: offers, buttons, replies, commands, the menu.

use crate::world::{JANA, PETR, World};
use linka::domain::{Outcome, Stage};

#[tokio::test]
async fn a_whole_contact_is_served_from_the_chat() {
    let world = World::with_bot().await;
    let (worker, jana, taken) = world.held_in_chat().await;
    jana.replies(&taken, "Dobrý den, místo je od středy.").await;
    worker.expect(["Operátor: Dobrý den, místo je od středy."]);
    jana.writes("/poznamka@LinkaBot volat ve středu").await;
    jana.expect(["Poznámka"]);
    worker.hears_nothing();
    jana.writes("/konec").await;
    let asked = jana.expect(["#1001"]);
    assert!(asked.labels().contains(&"zajištěno"), "{:?}", asked.labels());
    jana.presses(&asked, "zajištěno").await;
    jana.expect(["uzavřen"]);
    assert_eq!((world.contact().await.stage, world.contact().await.outcome), (Stage::Closed, Some(Outcome::Placed)));
    assert!(!worker.reads_all().is_empty(), "the worker is told and asked");
    world.ends().await;
}

#[tokio::test]
async fn replies_name_the_contact_they_are_about() {
    let world = World::with_bot().await;
    let (first, jana, _) = world.held_in_chat().await;
    let second = world.person(9002);
    second.writes("dluhy Teplice, žena, prosím spojit s člověkem").await;
    second.reads_all();
    let offer = jana.expect(["Teplice", "Převezmete ho?"]);
    jana.presses(&offer, "Přijmout").await;
    let taken = jana.expect(["#1002 je váš"]);
    second.reads_all();
    first.writes("Jak to vypadá?").await;
    let asked = jana.expect(["#1001 píše"]);
    jana.writes("Hned to bude.").await;
    jana.expect(["#1001", "#1002"]);
    jana.replies(&taken, "Poradna má čas ve čtvrtek.").await;
    second.expect(["Operátor: Poradna má čas ve čtvrtek."]);
    jana.replies(&asked, "Místo je.").await;
    first.expect(["Operátor: Místo je."]);
    // A reply to a message that was lost to us is not guessed.
    world.bot().has_begun(9002);
    second.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_contact_is_handed_over_from_chat_to_chat() {
    let world = World::with_bot().await;
    let (worker, jana, taken) = world.held_in_chat().await;
    let petr = world.person(PETR);
    jana.replies(&taken, "/predat Petr").await;
    jana.expect(["Petr"]);
    let offer = petr.expect(["předává kontakt #1001"]);
    petr.presses(&offer, "Přijmout").await;
    petr.expect(["je váš"]);
    petr.reads_all();
    jana.reads_all();
    worker.reads_all();
    worker.writes("Děkuji, čekám.").await;
    petr.expect(["#1001 píše"]);
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_second_press_is_told_that_it_is_late() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    let offer = world.bot().shows(JANA).remove(0);
    jana.presses_old(&offer, "Přijmout").await;
    assert!(!jana.reads_all().is_empty());
    jana.presses(&offer, "Odmítnout").await;
    jana.reads_all();
    assert_eq!(world.contact().await.stage, Stage::Held);
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_press_nobody_was_shown_does_nothing() {
    let world = World::with_bot().await;
    let worker = world.asked_in_chat().await;
    let (jana, petr) = (world.person(JANA), world.person(PETR));
    let offer = jana.expect(["Převezmete ho?"]);
    // Petr's application is made to send what Jana's button carries.
    world.bot().presses_data(PETR, &offer, &offer.buttons[0].1, true);
    world.bot().presses_data(PETR, &offer, "cokoli", true);
    world.hears().await;
    assert_eq!(petr.reads_all().len(), 2);
    assert_eq!(world.contact().await.stage, Stage::Waiting);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn menus_are_set_for_everybody_and_for_operators() {
    let world = World::with_bot().await;
    world.begins().await;
    let menus = world.bot().menus();
    let of = |scope: &str, lang: &str| menus.iter().find(|(s, l, _)| s == scope && l == lang).map(|(.., words)| words.clone()).unwrap_or_default();
    assert_eq!(of("all_private_chats", ""), ["operator", "dotazy", "novy", "propojit", "odpojit", "pomoc"]);
    assert!(of(&format!("chat {JANA}"), "").contains(&"nabidky".to_owned()));
    assert!(of(&format!("chat {JANA}"), "en").contains(&"offers".to_owned()));
    let jana = world.person(JANA);
    jana.writes("/start").await;
    jana.expect(["přijmout", "/vyměnit"]);
    assert!(world.bot().menus().len() > menus.len(), "who begins gets the menu");
    world.ends().await;
}

#[tokio::test]
async fn the_menus_words_of_a_worker_are_understood() {
    let world = World::with_bot().await;
    let worker = world.person(9001);
    worker.writes("/propojit@LinkaBot").await;
    worker.expect(["kód"]);
    worker.writes("/odpojit").await;
    worker.reads_all();
    worker.writes("/operator").await;
    worker.expect(["předáme člověku"]);
    world.ends().await;
}
