//! Operators' phones that were perhaps rung: the provider never answered, or never told how it went.

use crate::phone::Handset;
use crate::world::{Worker, World};
use linka::domain::{Delivery, Happened};
use linka::routing::Reach;

const JANA: &str = "+420719000101";

/// A line where Jana is asked by chat and, two minutes later, by a call.
async fn where_jana_is_rung() -> (World, Worker) {
    let world = World::on_the_phone_among(|book| {
        let jana = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").expect("Jana");
        jana.reach = ["chat", "voice"].into_iter().zip([0, 2]).map(|(channel, after_minutes)| Reach { channel: channel.to_owned(), after_minutes }).collect();
    })
    .await;
    let worker = world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    (world, worker)
}

/// Calls the line has ordered, and those there were.
fn rung(world: &World) -> (usize, usize) {
    let ordered: Vec<_> = world.network().requests().into_iter().filter(|asked| asked.method == "POST" && asked.path.ends_with("/Calls.json")).collect();
    (ordered.len(), ordered.iter().filter(|asked| asked.status == 201).count())
}

async fn declined(world: &World) -> usize {
    world.log().await.iter().filter(|what| matches!(what, Happened::Declined { .. })).count()
}

async fn takes(world: World, worker: &Worker, jana: &Handset) {
    jana.answers().await.hears(["Pracovník píše"]).await;
    jana.presses("1").await.hears(["je váš"]).await;
    jana.is_over();
    worker.expect_reply(["má operátor"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_phone_that_rings_though_the_order_was_never_answered_may_be_taken() {
    let (world, worker) = where_jana_is_rung().await;
    world.network().accepts_but_never_answers();
    world.network().never_reports(JANA);
    world.seconds(121).await;
    let jana = world.network().handset(JANA);
    assert!(jana.is_ringing());
    assert_eq!(declined(&world).await, 0, "nobody is given up while it may be ringing");
    takes(world, &worker, &jana).await;
}

#[tokio::test]
async fn an_order_that_was_never_answered_is_looked_for() {
    let (world, _worker) = where_jana_is_rung().await;
    world.network().accepts_but_never_answers();
    world.network().never_reports(JANA);
    world.seconds(121).await;
    world.network().handset(JANA).lets_it_ring().await;
    world.seconds(41).await;
    assert_eq!(world.asks_silent().await, 1);
    assert_eq!((rung(&world), declined(&world).await), ((1, 1), 1), "it rang, and is not rung again");
    let ends: Vec<_> = world.log().await.into_iter().filter_map(|what| if let Happened::Delivered { delivery, error, .. } = what { Some((delivery, error)) } else { None }).collect();
    assert_eq!(ends, [(Delivery::Failed, Some("the call is over: no-answer".to_owned()))]);
    assert_eq!(world.asks_silent().await, 0);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_phone_that_was_never_rung_is_rung_once_more() {
    let (world, worker) = where_jana_is_rung().await;
    world.network().refuses(JANA, 20_500);
    world.seconds(121).await;
    let jana = world.network().handset(JANA);
    assert!(!jana.is_ringing());
    world.network().forgives(JANA);
    world.seconds(61).await;
    assert_eq!(world.asks_silent().await, 1);
    assert_eq!((rung(&world), declined(&world).await), ((2, 1), 0));
    takes(world, &worker, &jana).await;
}

#[tokio::test]
async fn a_phone_that_is_rung_once_more_does_not_ring_for_ever() {
    let (world, _worker) = where_jana_is_rung().await;
    world.network().refuses(JANA, 20_500);
    world.seconds(121).await;
    world.network().forgives(JANA);
    world.network().never_reports(JANA);
    world.network().loses_end_of_ring();
    world.seconds(61).await;
    world.asks_silent().await;
    assert!(world.network().handset(JANA).is_ringing());
    world.seconds(81).await;
    assert_eq!(declined(&world).await, 1, "its end is taken for granted");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_phone_that_cannot_be_rung_twice_is_passed_over() {
    let (world, _worker) = where_jana_is_rung().await;
    world.network().refuses(JANA, 20_500);
    world.seconds(121).await;
    for _ in 0..4 {
        world.seconds(61).await;
        world.asks_silent().await;
    }
    assert_eq!((rung(&world), declined(&world).await), ((2, 0), 1));
    world.puts_devices_away();
    world.ends().await;
}
