//! A caller waits while phones ring: who is rung, who gets the call, what comes of nobody.

use super::{JANA, KAREL, PETR, WORKER, asks_for_a_person, is_texted};
use crate::world::{USTECKY, World};
use linka::domain::{Happened, Stage};
use linka::routing::Reach;

#[tokio::test]
async fn a_voicemail_box_is_no_operator() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (world.network().handset(JANA), world.network().handset(PETR));
    jana.voicemail();
    let caller = asks_for_a_person(&world).await;
    caller.waits_for_somebody();
    world.seconds(30).await;
    caller.hears(["zvoníme dalšímu"]).await;
    petr.answers().await.hears(["jedničky"]).await;
    petr.presses("1").await;
    caller.is_bridged_with(PETR);
    world.operator("Petr").await.expect(["je váš"]).await;
    caller.hangs_up().await;
    petr.is_over();
    world.operator("Petr").await.expect(["dopadl"]).await;
    world.ends().await;
}

#[tokio::test]
async fn nobody_answers_and_the_message_becomes_a_promise() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (world.network().handset(JANA), world.network().handset(PETR));
    let caller = asks_for_a_person(&world).await;
    jana.lets_it_ring().await;
    caller.hears(["zvoníme dalšímu"]).await;
    petr.declines().await;
    caller.hears(["nikdo z operátorů", "po tónu", "beze jmen"]).await;
    caller.speaks(12).await.presses("#").await.hears(["Číslo vašeho kontaktu je 1, 0, 0, 1", "Opakuji", "na shledanou"]).await;
    caller.is_over();
    let contact = world.contact().await;
    assert_eq!(contact.stage, Stage::Waiting);
    assert!(contact.promise_due.is_some());
    world.operator("Jana").await.expect_offer(["hlasový vzkaz"]).await;
    is_texted(&world, WORKER, ["1001"]).await;
    world.ends().await;
}

#[tokio::test]
async fn two_press_one_together_and_one_gets_the_call() {
    let world = World::where_three_ring_at_once().await;
    let (jana, petr, karel) = (world.network().handset(JANA), world.network().handset(PETR), world.network().handset(KAREL));
    let caller = asks_for_a_person(&world).await;
    jana.rings();
    petr.rings();
    karel.rings();
    jana.answers().await.hears(["jedničky"]).await;
    petr.answers().await.hears(["jedničky"]).await;
    tokio::join!(jana.presses("1"), petr.presses("1"));
    let won = world.contact().await.owner.is_some_and(|owner| owner.as_str() == "jana");
    let (winner, loser) = if won { (("Jana", &jana), ("Petr", &petr)) } else { (("Petr", &petr), ("Jana", &jana)) };
    caller.is_bridged_with(winner.1.number());
    loser.1.listens().await;
    loser.1.is_over();
    karel.is_over();
    world.seconds(10).await;
    for name in [loser.0, "Karel"] {
        world.operator(name).await.expect(["už má"]).await;
    }
    world.operator(winner.0).await.expect(["je váš"]).await;
    caller.hangs_up().await;
    winner.1.is_over();
    world.operator(winner.0).await.expect(["dopadl"]).await;
    let taken = world.log().await.iter().filter(|what| matches!(what, Happened::Taken { .. })).count();
    assert_eq!(taken, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_caller_who_hangs_up_while_three_phones_ring_is_promised_an_answer() {
    let world = World::where_three_ring_at_once().await;
    let caller = asks_for_a_person(&world).await;
    caller.hangs_up().await;
    for number in [JANA, PETR, KAREL] {
        world.network().handset(number).is_over();
    }
    world.operator("Jana").await.expect_offer(["Ústecký"]).await;
    is_texted(&world, WORKER, ["hovor jsme nestihli"]).await;
    assert_eq!(world.contact().await.stage, Stage::Waiting);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn an_end_of_ringing_nobody_reports_is_no_end_of_the_call() {
    let world = World::on_the_phone().await;
    world.network().loses_end_of_ring();
    let caller = asks_for_a_person(&world).await;
    world.network().handset(JANA).lets_it_ring().await;
    caller.hears(["zvoníme dalšímu"]).await;
    let petr = world.network().handset(PETR);
    petr.answers().await.presses("1").await;
    caller.is_bridged_with(PETR);
    world.operator("Petr").await.expect(["je váš"]).await;
    world.minutes(5).await;
    caller.is_bridged_with(PETR);
    caller.hangs_up().await;
    world.operator("Petr").await.expect(["dopadl"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_written_contact_is_offered_by_a_call_and_the_provider_may_be_down() {
    let world = World::on_the_phone_among(|book| {
        let jana = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").expect("Jana");
        jana.reach = ["chat", "voice"].into_iter().zip([0, 2]).map(|(channel, after_minutes)| Reach { channel: channel.to_owned(), after_minutes }).collect();
    })
    .await;
    let worker = world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.network().is_down();
    world.seconds(121).await;
    world.network().is_up();
    world.seconds(70).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["Pracovník píše"]).await;
    jana.presses("1").await.hears(["je váš"]).await;
    jana.is_over();
    worker.expect_reply(["má operátor"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn who_talks_already_is_rung_last() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (world.network().handset(JANA), world.network().handset(PETR));
    let caller = asks_for_a_person(&world).await;
    jana.answers().await.hears(["jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    let other = world.network().caller("+420719000209");
    other.dials(USTECKY).await.hears(["Kam se klient"]).await;
    other.presses("3").await.presses("1").await.presses("0").await.hears(["Spojujeme"]).await;
    petr.rings();
    petr.answers().await.hears(["jedničky"]).await;
    petr.presses("1").await;
    other.is_bridged_with(PETR);
    other.hangs_up().await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}
