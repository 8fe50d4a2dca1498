//! Calls over a network that repeats, loses and forges, and a line that has its hands full.

use super::{WORKER, asks_for_a_person, is_asked_where, is_taken_by_jana};
use crate::phone::Handset;
use crate::world::{USTECKY, World};
use linka::domain::{Happened, Stage};

/// A caller gets through to Jana, they talk, the caller rates the call.
async fn the_whole_call_goes_well(world: &World) {
    let caller = asks_for_a_person(world).await;
    let jana = is_taken_by_jana(world, &caller).await;
    jana.hangs_up().await;
    caller.hears(["Pomohli"]).await;
    caller.presses("1").await.hears(["na shledanou"]).await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Rated { value: 3 })));
}

#[tokio::test]
async fn every_webhook_may_come_twice() {
    let world = World::on_the_phone().await;
    world.network().repeats_webhooks();
    world.network().reorders_statuses();
    let caller = asks_for_a_person(&world).await;
    let jana = is_taken_by_jana(&world, &caller).await;
    jana.hangs_up().await;
    caller.hears(["Pomohli"]).await;
    caller.presses("2").await.hears(["na shledanou"]).await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_hundred_call_at_once() {
    let world = World::on_the_phone().await;
    let callers: Vec<Handset> = (0..100).map(|n| world.network().caller(&format!("+4207194{n:05}"))).collect();
    for caller in &callers {
        caller.dials(USTECKY).await;
    }
    assert_eq!(world.network().live_calls(), 100);
    for caller in &callers {
        caller.presses("3").await.presses("1").await.presses("2").await;
    }
    for caller in &callers {
        caller.hears(["Stačí to takto"]).await;
        caller.presses("1").await;
    }
    for caller in &callers {
        caller.hangs_up().await;
    }
    assert_eq!(world.every_contact().await.len(), 100);
    assert!(world.every_contact().await.iter().all(|contact| contact.stage == Stage::Closed));
    world.minutes(10).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_caller_waits_a_moment_while_nothing_can_be_stored() {
    let (world, caller) = is_asked_where().await;
    let busy = world.keeps_the_database_busy().await;
    caller.presses("3").await;
    drop(busy);
    caller.hears(["Okamžik, prosím", "Ústecký kraj: jedna"]).await;
    caller.hangs_up().await;
    let pressed = world.log().await.iter().filter(|what| matches!(what, Happened::Heard { words } if words.contains("klávesa 3"))).count();
    assert_eq!(pressed, 1, "the key counts once");
    world.ends().await;
}

#[tokio::test]
async fn a_caller_is_told_when_the_line_is_out_of_order() {
    let (world, caller) = is_asked_where().await;
    let busy = world.keeps_the_database_busy().await;
    caller.presses("3").await;
    let heard = caller.hears(["linka má právě poruchu"]).await;
    assert_eq!(heard.matches("Okamžik").count(), 3, "{heard}");
    caller.is_over();
    drop(busy);
    world.minutes(11).await;
    assert!(!world.contact().await.is_open(), "the hang-up was stored in the end");
    world.ends().await;
}

#[tokio::test]
async fn whoever_speaks_english_waits_in_english_and_a_stranger_in_both() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["For English"]).await;
    caller.presses("9").await.hears(["North Bohemia: press three"]).await;
    let busy = world.keeps_the_database_busy().await;
    caller.presses("3").await;
    let heard = caller.hears(["One moment", "out of order"]).await;
    assert!(!heard.contains("Okamžik") && !heard.contains("poruchu"), "{heard}");
    caller.dials(USTECKY).await;
    caller.hears(["Okamžik, prosím", "One moment, please", "poruchu", "out of order"]).await;
    drop(busy);
    world.minutes(11).await;
    world.ends().await;
}

#[tokio::test]
async fn a_server_that_speaks_the_same_language_serves_as_well() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| "compatible".clone_into(&mut phone.vendor)).await;
    world.network().takes_any_voice();
    the_whole_call_goes_well(&world).await;
    assert!(world.network().documents().iter().all(|(_, document)| !document.contains("voice=\"") && !document.contains("#rc=")));
    world.ends().await;
}

#[tokio::test]
async fn newer_signatures_and_a_farewell_nobody_says_change_nothing() {
    let world = World::on_the_phone().await;
    world.network().signs_with_sha256();
    world.network().says_no_farewell();
    the_whole_call_goes_well(&world).await;
    world.ends().await;
}

#[tokio::test]
async fn somebody_else_is_refused() {
    let world = World::on_the_phone().await;
    world.network().changes_token("somebody-elses");
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    caller.listens().await;
    assert!(world.network().deliveries().iter().all(|delivery| delivery.status == Some(403)));
    assert_eq!(world.contacts().await, 0);
    world.network().takes_faults();
    world.network().changes_token("test-token");
    world.ends().await;
}
