//! A life in danger: phones ring as well as messages come, by day and by night.

use super::{JANA, PETR};
use crate::world::{USTECKY, World};
use linka::domain::Stage;

const COORDINATOR: &str = "+420719000100";

#[tokio::test]
async fn a_crisis_at_night_rings_the_phone_of_whoever_can_be_asked() {
    let world = World::on_the_phone_at("2026-02-01 23:00").await;
    let worker = world.texter();
    worker.texts("klient se chce zabít, Most").await;
    worker.expect_reply(["112", "116 123", "privolavame"]).await;
    let coordinator = world.network().handset(COORDINATOR);
    coordinator.answers().await.hears(["Naléhavé, jde o život", "jedničky"]).await;
    coordinator.presses("1").await.hears(["je váš"]).await;
    coordinator.is_over();
    assert_eq!(world.contact().await.stage, Stage::Held);
    worker.expect_reply(["ma operator"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn whoever_wrote_of_a_crisis_and_calls_a_closed_line_is_put_through() {
    let world = World::on_the_phone_at("2026-02-01 23:00").await;
    let worker = world.texter();
    worker.texts("klient se chce zabít, Most").await;
    worker.expect_reply(["112", "privolavame"]).await;
    let coordinator = world.network().handset(COORDINATOR);
    coordinator.rings();
    let caller = world.network().caller(&worker.address().handle);
    let heard = caller.dials(USTECKY).await.hears(["jedna jedna dva", "Hned vás spojujeme"]).await;
    assert!(!heard.contains("zavřeno") && !heard.contains("dotaz je ještě otevřený"), "{heard}");
    world.operator("Koordinátorka").await.expect(["SPĚCHÁ"]).await;
    world.operator("Koordinátorka").await.expect(["právě volá"]).await;
    worker.texts("je to vazne").await;
    coordinator.answers().await.hears(["Naléhavé, jde o život"]).await;
    coordinator.presses("1").await;
    caller.is_bridged_with(COORDINATOR);
    let contact = world.contact().await;
    assert_eq!((world.contacts().await, contact.stage), (1, Stage::Held));
    assert!(contact.question.is_some_and(|question| question.contains("je to vazne")));
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn nobody_is_there_and_the_alarm_goes_on() {
    let world = World::on_the_phone_at("2026-02-01 23:00").await;
    let worker = world.texter();
    worker.texts("klient se chce zabít, Most").await;
    worker.expect_reply(["112"]).await;
    world.minutes(90).await;
    world.puts_devices_away();
    let caller = world.network().caller(&worker.address().handle);
    caller.dials(USTECKY).await.hears(["Hned vás spojujeme"]).await;
    let coordinator = world.network().handset(COORDINATOR);
    coordinator.lets_it_ring().await;
    caller.hears(["Zatím se nám nikdo neozval", "jedna jedna dva", "kdykoli znovu"]).await;
    caller.is_over();
    world.seconds(285).await;
    coordinator.answers().await.presses("1").await.hears(["je váš"]).await;
    assert_eq!((world.contacts().await, world.contact().await.stage), (1, Stage::Held));
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn all_phones_ring_for_a_crisis_and_stop_when_one_has_taken_it() {
    let (world, worker) = World::with_texter().await;
    worker.texts("klient se chce zabít, Most").await;
    worker.expect_reply(["112"]).await;
    let [jana, petr, coordinator] = [JANA, PETR, COORDINATOR].map(|number| world.network().handset(number));
    jana.rings();
    coordinator.rings();
    petr.answers().await.presses("1").await.hears(["je váš"]).await;
    world.seconds(5).await;
    jana.is_over();
    coordinator.is_over();
    worker.expect_reply(["ma operator"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn phones_ring_again_while_nobody_takes_a_crisis() {
    let world = World::on_the_phone_at("2026-02-01 23:00").await;
    let worker = world.texter();
    worker.texts("klient se chce zabít, Most").await;
    worker.expect_reply(["112"]).await;
    let coordinator = world.network().handset(COORDINATOR);
    coordinator.voicemail();
    world.minutes(4).await;
    coordinator.is_over();
    assert_eq!(world.contact().await.stage, Stage::Waiting, "a box takes nothing");
    coordinator.no_voicemail();
    world.minutes(1).await;
    worker.expect_reply(["nikdo neozval", "112"]).await;
    coordinator.answers().await.presses("1").await.hears(["je váš"]).await;
    worker.expect_reply(["ma operator"]).await;
    world.puts_devices_away();
    world.ends().await;
}
