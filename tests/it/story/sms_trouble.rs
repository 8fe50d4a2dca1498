//! Messages over a phone network that forgets, loses, refuses and breaks down.

use crate::world::{USTECKY, Worker, World};
use linka::domain::{Delivery, Happened};

/// Messages the provider carried to a number.
fn carried(world: &World, worker: &Worker) -> usize {
    let number = worker.address().handle;
    world.network().messages().iter().filter(|message| message.to == number).count()
}

#[tokio::test]
async fn statuses_may_come_in_any_order() {
    let world = World::on_the_phone().await;
    world.network().reorders_statuses();
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    world.seconds(10).await;
    let answer = worker.expect_reply(["Most"]).await;
    assert_eq!(world.delivery_of(&answer).await, Delivery::Delivered);
    world.ends().await;
}

#[tokio::test]
async fn statuses_may_come_before_the_message_has_a_name() {
    let world = World::on_the_phone().await;
    world.network().statuses_before_answer();
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Most"]).await;
    assert_eq!(world.delivery_of(&answer).await, Delivery::Delivered);
    world.ends().await;
}

#[tokio::test]
async fn a_message_nobody_reports_on_is_asked_about() {
    let (world, worker) = World::with_texter().await;
    world.network().never_reports(&worker.address().handle);
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Most"]).await;
    assert_eq!(world.delivery_of(&answer).await, Delivery::Sent);
    assert_eq!(world.asks_silent().await, 0, "not at once");
    world.seconds(61).await;
    assert_eq!(world.asks_silent().await, 1);
    assert_eq!(world.delivery_of(&answer).await, Delivery::Delivered);
    world.minutes(600).await;
    assert_eq!(world.asks_silent().await, 0);
    world.ends().await;
}

#[tokio::test]
async fn a_message_whose_creation_was_never_answered_is_looked_for() {
    let (world, worker) = World::with_texter().await;
    world.network().never_reports(&worker.address().handle);
    world.network().accepts_but_never_answers();
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Most"]).await;
    assert_eq!(world.delivery_of(&answer).await, Delivery::Unknown);
    world.seconds(61).await;
    assert_eq!(world.asks_silent().await, 1);
    assert_eq!(world.delivery_of(&answer).await, Delivery::Delivered);
    assert_eq!(carried(&world, &worker), 1, "it is not sent twice");
    assert!(!world.log().await.iter().any(|what| matches!(what, Happened::Delivered { .. })), "nobody was troubled");
    world.ends().await;
}

#[tokio::test]
async fn a_message_that_never_left_is_sent_once_more() {
    let (world, worker) = World::with_texter().await;
    let number = worker.address().handle;
    world.network().refuses(&number, 20_500);
    worker.texts("azylový dům Most, muž").await;
    worker.hears_nothing();
    world.network().forgives(&number);
    world.seconds(61).await;
    assert_eq!(world.asks_silent().await, 1);
    worker.expect_reply(["Most"]).await;
    assert_eq!(carried(&world, &worker), 1);
    world.minutes(60).await;
    assert_eq!(world.asks_silent().await, 0);
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn what_never_leaves_twice_is_given_up() {
    let (world, worker) = World::with_texter().await;
    world.network().refuses(&worker.address().handle, 20_500);
    worker.texts("azylový dům Most, muž").await;
    for _ in 0..5 {
        world.minutes(10).await;
        world.asks_silent().await;
    }
    let refused = world.network().requests().iter().filter(|asked| asked.method == "POST").count();
    assert_eq!(refused, 2);
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Delivered { delivery: Delivery::Failed, .. })));
    world.ends().await;
}

#[tokio::test]
async fn when_nobody_can_be_asked_a_person_is_told() {
    let (world, worker) = World::with_texter().await;
    world.network().never_reports(&worker.address().handle);
    worker.texts("bydleni Most, klient muz, prosim spojit s clovekem").await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["ma operator"]).await;
    world.network().accepts_but_never_answers();
    jana.writes("Dobrý den").await;
    worker.expect_reply(["Dobry den"]).await;
    world.network().is_down();
    world.minutes(2).await;
    world.asks_silent().await;
    jana.hears_nothing();
    world.minutes(5).await;
    world.asks_silent().await;
    jana.expect(["#1001", "nepodařilo doručit"]).await;
    world.network().is_up();
    world.ends().await;
}

#[tokio::test]
async fn after_an_hour_without_the_provider_all_leaves_once_and_in_order() {
    let world = World::on_the_phone().await;
    let workers: Vec<Worker> = (0..3).map(|_| world.texter()).collect();
    world.network().is_down();
    for worker in &workers {
        worker.texts("bydleni Most").await;
        worker.texts("vlastne dluhy Decin").await;
    }
    for _ in 0..6 {
        world.minutes(10).await;
    }
    world.network().is_up();
    world.minutes(3).await;
    for worker in &workers {
        worker.expect_reply(["Most"]).await;
        worker.expect_reply(["Decin"]).await;
        worker.hears_nothing();
        assert_eq!(carried(&world, worker), 2);
    }
    world.ends().await;
}

#[tokio::test]
async fn a_phone_that_is_off_is_tried_again() {
    let (world, worker) = World::with_texter().await;
    let number = worker.address().handle;
    world.network().loses_message(&number, 30_003);
    worker.texts("azylový dům Most, muž").await;
    worker.hears_nothing();
    world.minutes(16).await;
    world.network().forgives(&number);
    world.minutes(15).await;
    worker.expect_reply(["Most"]).await;
    assert_eq!(carried(&world, &worker), 3);
    world.ends().await;
}

#[tokio::test]
async fn what_is_lost_is_not_tried_for_ever() {
    for (code, tries) in [(30_003, 4), (30_008, 2), (30_005, 1), (30_007, 1)] {
        let world = World::on_the_phone().await;
        let worker = world.texter();
        world.network().loses_message(&worker.address().handle, code);
        worker.texts("azylový dům Most, muž").await;
        world.minutes(120).await;
        assert_eq!(carried(&world, &worker), tries, "{code}");
        if code == 30_007 {
            world.operator("Koordinátorka").await.expect(["nevyžádanou", "SMS"]).await;
            let other = world.texter();
            world.network().loses_message(&other.address().handle, code);
            other.texts("azylový dům Most, muž").await;
            world.operator("Koordinátorka").await.hears_nothing();
        }
        world.ends().await;
    }
}

#[tokio::test]
async fn a_number_sends_no_faster_than_it_may() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.parts_per_second = 1.0).await;
    let workers: Vec<Worker> = (0..5).map(|_| world.texter()).collect();
    for worker in &workers {
        worker.texts("azylový dům Most, muž").await;
    }
    let arrived = workers.iter().filter(|worker| carried(&world, worker) > 0).count();
    assert_eq!(arrived, 1);
    world.seconds(30).await;
    for worker in &workers {
        worker.expect_reply(["Most"]).await;
    }
    let sent: Vec<_> = world.network().messages().into_iter().filter(|message| message.from == USTECKY).collect();
    let mut free_at = sent.first().expect("a message").at;
    for message in sent {
        assert!(message.at >= free_at, "{} too early", message.at);
        free_at = message.at + chrono::TimeDelta::seconds(i64::try_from(message.segments).expect("a few"));
    }
    world.ends().await;
}

#[tokio::test]
async fn a_busy_provider_is_no_failure() {
    let (world, worker) = World::with_texter().await;
    world.network().throttles(20);
    worker.texts("azylový dům Most, muž").await;
    worker.hears_nothing();
    world.minutes(15).await;
    worker.expect_reply(["Most"]).await;
    assert_eq!(carried(&world, &worker), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_stop_in_between_makes_sure_by_asking() {
    let (world, worker) = World::with_texter().await;
    world.network().never_reports(&worker.address().handle);
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Most"]).await;
    world.restarts().await;
    world.seconds(61).await;
    assert_eq!(world.asks_silent().await, 1);
    assert_eq!(world.delivery_of(&answer).await, Delivery::Delivered);
    world.ends().await;
}

#[tokio::test]
async fn what_is_urgent_waits_behind_nothing_and_keeps_its_place_at_its_address() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.parts_per_second = 0.05).await;
    for n in 0..10 {
        world.texter().texts(&format!("azylový dům Most, muž, zpráva {n}")).await;
    }
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    worker.hears_nothing();
    worker.texts("klient se chce zabít").await;
    world.seconds(2).await;
    worker.expect_reply(["Azylovy dum"]).await;
    worker.expect_reply(["112", "116 123"]).await;
    world.network().handset("+420719000101").answers().await.presses("1").await;
    world.minutes(60).await;
    world.puts_devices_away();
    world.ends().await;
}
