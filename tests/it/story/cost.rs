//! What a day may cost: minutes and messages are counted, and the rest of the day goes without them.

use super::phone::{JANA, WORKER};
use crate::world::{USTECKY, World};
use linka::domain::{Delivery, Event, EventKey, Happened, LetterId, Reported, Spent, What, sms_parts};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A day's cost, from somewhere.
async fn spends(world: &World, spent: Spent) {
    let report = Reported { spent, ..Reported::of(LetterId(Uuid::nil()), Delivery::Sent) };
    let app = world.app().await;
    app.accept(Event { key: EventKey::new("spends"), at: app.clock().now(), what: What::Reported(report) }).await.unwrap();
}

#[tokio::test]
async fn minutes_that_were_talked_are_what_the_day_costs() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| {
        phone.limits.price_of_part = 0.0;
        phone.limits.price_of_minute = 10.0;
        phone.limits.cost_of_day = 45.0;
    })
    .await;
    let app = world.app().await;
    let minutes = async || app.store().spent(app.clock().now().date_naive()).await.unwrap().minutes;
    let jana = world.network().handset(JANA);
    for (number, talked_s, of_day) in [(WORKER, 70, 2), ("+420719000208", 130, 5)] {
        let caller = world.network().caller(number);
        caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
        caller.presses("3").await.presses("1").await.presses("0").await.hears(["Spojujeme vás s operátorem"]).await;
        jana.answers().await.presses("1").await;
        caller.is_bridged_with(JANA);
        world.seconds(talked_s).await;
        caller.hangs_up().await;
        world.seconds(1).await;
        assert_eq!(minutes().await, of_day, "each minute that was begun");
        world.puts_devices_away();
    }
    // Fifty have been spent: the next caller rings no phone and is promised an answer, and it is said why.
    let caller = world.network().caller("+420719000209");
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.presses("3").await.presses("1").await.presses("0").await;
    caller.hears(["vzkaz"]).await;
    assert!(!jana.is_ringing() && minutes().await == 5);
    world.operator("Koordinátorka").await.expect(["limit útraty", "(50)"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    // At midnight it begins anew.
    world.clock("2026-02-04 09:30").await;
    world.puts_devices_away();
    caller.dials(USTECKY).await.listens().await;
    caller.hangs_up().await;
    assert_eq!(minutes().await, 0);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_day_that_cost_enough_rings_no_phone_and_the_coordinator_knows() {
    let world = World::on_the_phone().await;
    spends(&world, Spent { parts: 0, minutes: 1_000 }).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await.hears(["nikdo z operátorů", "po tónu"]).await;
    assert!(world.network().documents().iter().all(|(_, document)| !document.contains("<Dial")), "no phone rings");
    caller.hangs_up().await;
    world.settle().await;
    let book = world.app().await.handbook().book.clone();
    for coordinator in book.lines.iter().map(|line| &line.coordinator).collect::<BTreeSet<_>>() {
        let thread = world.operator(linka::routing::called(&book.operators, coordinator)).await.thread().await;
        let told = thread.iter().filter(|bubble| bubble.letter.as_ref().is_some_and(|letter| letter.body.words().contains("limit útraty"))).count();
        assert_eq!(told, 1, "{coordinator} is told once");
    }
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Delivered { error: Some(why), .. } if why.contains("cost limit"))));
    world.clock("2026-02-04 10:00").await;
    world.puts_devices_away();
    let other = world.network().caller("+420719000209");
    other.dials(USTECKY).await.hears(["Kam se klient"]).await;
    other.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    other.presses("1").await.hears(["Co klient potřebuje"]).await;
    other.presses("0").await.hears(["Spojujeme"]).await;
    other.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn messages_are_counted_and_stop_when_the_day_cost_enough() {
    let world = World::on_the_phone().await;
    let app = world.app().await;
    let day = app.clock().now().date_naive();
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Most"]).await;
    let parts = i64::try_from(sms_parts(&answer.words)).unwrap();
    assert_eq!(app.store().spent(day).await.unwrap(), Spent { parts, minutes: 0 });
    spends(&world, Spent { parts: 1_000, minutes: 0 }).await;
    let other = world.texter();
    other.texts("dluhy, Most").await;
    world.seconds(20).await;
    other.hears_nothing();
    assert_eq!(app.store().spent(day).await.unwrap().parts, parts + 1_000, "what is refused costs nothing");
    let urgent = world.texter();
    urgent.texts("klient se chce zabít, Most").await;
    urgent.expect_reply(["112"]).await;
    world.network().handset(JANA).answers().await.hears(["Naléhavé"]).await;
    world.network().handset(JANA).presses("1").await.hears(["je váš"]).await;
    urgent.expect_reply(["ma operator"]).await;
    world.puts_devices_away();
    world.ends().await;
}
