//! Whoever rings again, and operators who call a worker back through the line.

use super::{JANA, WORKER, has_talked_with_jana, is_texted, was_missed};
use crate::world::{USTECKY, World};
use linka::domain::{Outcome, Stage};

#[tokio::test]
async fn whoever_rings_again_goes_on_with_the_open_question() {
    let world = World::on_the_phone().await;
    let (caller, jana) = has_talked_with_jana(&world).await;
    world.minutes(10).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený", "jedna"]).await;
    caller.presses("1").await.hears(["Spojujeme"]).await;
    jana.rings();
    jana.answers().await.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš"]).await;
    assert_eq!(world.contacts().await, 1, "it is the same contact");
    caller.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    caller.presses("2").await.hears(["Linka spolupráce", "Kam se klient vrací"]).await;
    caller.hangs_up().await;
    assert_eq!(world.contacts().await, 2, "a new question is a new contact");
    world.ends().await;
}

#[tokio::test]
async fn whoever_rings_again_in_vain_leaves_the_contact_where_it_was() {
    let world = World::on_the_phone().await;
    let (caller, jana) = has_talked_with_jana(&world).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    caller.presses("1").await.hears(["Spojujeme"]).await;
    jana.rings();
    caller.hangs_up().await;
    jana.is_over();
    world.operator("Jana").await.expect(["znovu volal", "/zavolat"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.owner.as_ref().map(linka::domain::OperatorId::as_str)), (Stage::Held, Some("jana")));
    assert!(world.audits().await, "the contact has its next step");
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    caller.presses("2").await.hears(["Kam se klient vrací"]).await;
    caller.hangs_up().await;
    let new = world.contact().await;
    assert_eq!((new.number, new.stage), (1002, Stage::Closed), "the new question ends with its call");
    assert_eq!(world.every_contact().await.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn an_operator_calls_back_through_the_line() {
    let world = World::on_the_phone().await;
    was_missed(&world).await;
    let operator = world.operator("Jana").await;
    let offer = operator.expect_offer(["Ústecký"]).await;
    operator.takes(&offer).await;
    is_texted(&world, WORKER, ["ma operator"]).await;
    operator.writes("/zavolat").await;
    operator.expect(["zvoníme vám na telefon"]).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["zpětné volání ke kontaktu"]).await;
    jana.presses("1").await;
    let worker = world.network().handset(WORKER);
    worker.rings();
    assert_eq!(worker.shows(), USTECKY, "the worker does not see the operator's number");
    worker.answers().await;
    jana.is_bridged_with(WORKER);
    world.minutes(2).await;
    worker.hangs_up().await;
    jana.hears(["Jak kontakt dopadl", "informace podána: trojka"]).await;
    jana.presses("3").await.hears(["na shledanou"]).await;
    jana.is_over();
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Informed)));
    operator.expect(["uzavřený"]).await;
    is_texted(&world, WORKER, ["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_calls_the_line_calls_a_worker_back() {
    let world = World::on_the_phone().await;
    let pin = linka::console::password::hash("246813").expect("a hash");
    world.app().await.store().save_operator_pin(&linka::domain::OperatorId::new("jana"), &pin).await.expect("a PIN");
    world.takes_over().await;
    was_missed(&world).await;
    let operator = world.operator("Jana").await;
    let offer = operator.expect_offer(["Ústecký"]).await;
    operator.takes(&offer).await;
    is_texted(&world, WORKER, ["ma operator"]).await;
    let jana = world.network().caller(JANA);
    jana.dials(USTECKY).await.hears(["Zadejte svůj PIN"]).await;
    jana.types("246813#").await.hears(["Komu chcete zavolat", "1 0 0 1: stiskněte jedničku"]).await;
    jana.presses("1").await;
    let worker = world.network().handset(WORKER);
    worker.rings();
    assert_eq!(worker.shows(), USTECKY, "the worker does not see the operator's number");
    worker.declines().await;
    jana.hears(["hovor nepřijal"]).await;
    jana.is_over();
    jana.dials(USTECKY).await.hears(["PIN"]).await;
    jana.types("246813#").await.hears(["Komu chcete zavolat"]).await;
    jana.presses("1").await;
    worker.answers().await;
    jana.is_bridged_with(WORKER);
    worker.hangs_up().await;
    jana.hears(["Jak kontakt dopadl"]).await;
    jana.presses("1").await.hears(["na shledanou"]).await;
    assert_eq!(world.contact().await.outcome, Some(Outcome::Placed));
    operator.expect(["uzavřený"]).await;
    is_texted(&world, WORKER, ["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn whoever_rings_a_closed_line_again_hears_that_the_question_is_there() {
    let world = World::on_the_phone_at("2026-02-03 20:00").await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.listens().await;
    caller.presses("3").await.presses("1").await.presses("0").await.hears(["Nahrajeme jen váš vzkaz", "po tónu"]).await;
    caller.speaks(12).await.presses("#").await.hears(["nejpozději zítra v 10 hodin"]).await;
    is_texted(&world, WORKER, ["1001"]).await;
    world.minutes(10).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    let heard = caller.presses("1").await.hears(["Teď máme zavřeno", "Váš dotaz už máme", "nejpozději zítra v 10 hodin", "Chcete-li k němu něco dodat", "můžete zavěsit"]).await;
    assert!(!heard.contains("Nahrajeme jen váš vzkaz") && !heard.contains("do měsíce"), "{heard}");
    caller.hangs_up().await;
    world.minutes(1).await;
    assert_eq!((world.contacts().await, world.contact().await.stage), (1, Stage::Promised));
    assert!(world.audits().await, "the contact has its next step");
    world.puts_devices_away();
    world.ends().await;
}
