//! Clocks that jump, a process that was down, and two people at one instant.

use crate::world::World;
use linka::domain::{Happened, Stage};

#[tokio::test]
async fn two_acceptances_at_one_instant_make_one_owner() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    let first = jana.expect_offer(["Most"]).await;
    world.minutes(3).await;
    let second = petr.expect_offer(["Most"]).await;
    tokio::join!(jana.chooses(&first, "Přijmout"), petr.chooses(&second, "Přijmout"));
    let taken = world.log().await.into_iter().filter(|what| matches!(what, Happened::Taken { .. })).count();
    assert_eq!(taken, 1);
    worker.expect_reply(["má operátor"]).await;
    worker.hears_nothing();
    let (winner, loser) = if world.contact().await.owner.expect("an owner").as_str() == "jana" { (jana, petr) } else { (petr, jana) };
    winner.expect(["je váš"]).await;
    winner.hears_nothing();
    assert!(loser.expect(["už má"]).await.words.contains("#1001"));
    assert!(loser.drains() <= 1);
    world.ends().await;
}

#[tokio::test]
async fn a_clock_that_jumps_an_hour_ahead_skips_nobody() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.clock_is_set("2026-02-02 11:00").await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.hears_nothing();
    world.minutes(5).await;
    coordinator.expect_offer(["zatím nikdo nepřevzal"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_clock_that_jumps_an_hour_back_repeats_nothing() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    jana.expect_offer(["Most"]).await;
    world.clock_is_set("2026-02-02 09:00").await;
    jana.hears_nothing();
    jana.writes("přijmout").await;
    jana.expect(["je váš"]).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("Místo je volné.").await;
    worker.expect_reply(["Místo je volné."]).await;
    world.clock("2026-02-02 10:30").await;
    jana.hears_nothing();
    world.operator("Petr").await.hears_nothing();
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn after_two_hours_down_everybody_hears_once() {
    let world = World::open_at("2026-02-01 23:00").await;
    let worker = world.asked_in_most().await;
    // Opening, an offer, two further steps, a reminder and a deadline pass unseen.
    world.is_down_until("2026-02-02 11:00").await;
    for name in ["Jana", "Petr", "Koordinátorka"] {
        let heard = world.operator(name).await.drains();
        assert!(heard <= 1, "{name} got {heard} messages at once");
    }
    assert!(worker.drains() <= 1);
    world.minutes(60).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Offered { .. })), "somebody was asked");
    world.puts_devices_away();
    world.ends().await;
}
