//! Phone calls: two keys to a region, phones that ring, and what becomes of a call.

use crate::world::{Worker, World};
use linka::domain::{Body, Happened, Outcome, Stage};

/// Calls and presses through to the operator: North Bohemia, Ústí region, something else.
pub async fn asks_for_a_person(worker: &Worker) {
    worker.calls().await;
    worker.expect_reply(["Linka spolupráce"]).await;
    worker.presses("3").await;
    worker.expect_reply(["Ústecký"]).await;
    worker.presses("1").await;
    worker.expect_reply([]).await;
    worker.presses("0").await;
    worker.expect_reply(["operátor"]).await;
}

#[tokio::test]
async fn only_a_pressed_one_takes_a_call() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("voice");
    asks_for_a_person(&worker).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    let phone = jana.expect_ring(["jedničky"]).await;
    phone.presses("5").await;
    phone.expect(["jedničky"]).await;
    world.seconds(26).await;
    jana.expect_hang_up().await;
    let phone = petr.expect_ring(["jedničky"]).await;
    phone.presses("1").await;
    phone.expect_joined().await;
    petr.expect(["je váš", "volajícím"]).await;
    let joined = worker.expect_reply([]).await;
    assert!(matches!(joined.letter.body, Body::Join { .. }));
    world.minutes(20).await;
    assert!(world.audits().await, "a long call is no contact adrift");
    petr.hears_nothing();
    worker.hangs_up().await;
    petr.expect_hang_up().await;
    petr.expect(["dopadl"]).await;
    petr.writes("/konec informace").await;
    petr.expect(["uzavřený"]).await;
    let worker = worker.on("sms");
    worker.expect_reply(["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn whoever_is_cut_off_is_called_back_where_the_number_is_seen() {
    for seen in [true, false] {
        let world = World::open().await;
        let worker = world.worker("Věznice Bělušice").on("voice");
        let worker = if seen { worker } else { worker.withheld() };
        asks_for_a_person(&worker).await;
        let jana = world.operator("Jana").await;
        let phone = jana.expect_ring(["jedničky"]).await;
        phone.presses("1").await;
        phone.expect_joined().await;
        jana.expect(["je váš"]).await;
        worker.expect_reply([]).await;
        worker.is_cut_off().await;
        worker.expect_reply([if seen { "zavolá zpátky" } else { "vaše číslo nevidíme" }]).await;
        jana.expect([if seen { "/zavolat" } else { "zavolat mu nejde" }]).await;
        assert_eq!(world.contact().await.is_open(), seen, "nobody is asked for what nobody can do");
        world.puts_devices_away();
        world.ends().await;
    }
}

#[tokio::test]
async fn nobody_accepts_a_call_and_it_becomes_a_promise() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("voice");
    asks_for_a_person(&worker).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.expect_ring([]).await;
    world.seconds(26).await;
    jana.expect_hang_up().await;
    let phone = petr.expect_ring([]).await;
    phone.hangs_up().await;
    worker.expect_reply([]).await;
    worker.speaks(12).await;
    worker.expect_reply(["Číslo"]).await;
    jana.expect_offer(["hlasový vzkaz"]).await;
    worker.clone().on("sms").expect_reply(["1001"]).await;
    let ended = worker.expect_reply([]).await;
    assert!(matches!(ended.letter.body, Body::HangUp));
    let contact = world.contact().await;
    assert_eq!(contact.stage, Stage::Waiting);
    assert!(contact.promise_due.is_some());
    assert_eq!(contact.address.channel, "sms", "the line ended the call");
    worker.hangs_up().await;
    assert_eq!(world.log().await.iter().filter(|what| matches!(what, Happened::Promised { .. })).count(), 1);
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Promised { .. })));
    world.ends().await;
}

#[tokio::test]
async fn a_caller_who_rings_off_in_the_queue_is_promised_an_answer() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("voice");
    asks_for_a_person(&worker).await;
    let jana = world.operator("Jana").await;
    let phone = jana.expect_ring([]).await;
    worker.hangs_up().await;
    jana.expect_hang_up().await;
    jana.expect_offer(["Ústecký"]).await;
    let worker = worker.on("sms");
    worker.expect_reply(["hovor jsme nestihli", "1001"]).await;
    phone.presses("1").await;
    phone.expect(["není potřeba"]).await;
    jana.expect_hang_up().await;
    world.ends().await;
}

#[tokio::test]
async fn a_withheld_caller_who_rings_off_in_the_queue_is_promised_nothing() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("voice").withheld();
    asks_for_a_person(&worker).await;
    let jana = world.operator("Jana").await;
    let phone = jana.expect_ring([]).await;
    worker.hangs_up().await;
    jana.expect_hang_up().await;
    phone.presses("1").await;
    phone.expect(["není potřeba"]).await;
    jana.expect_hang_up().await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome, contact.owner, contact.promise_due), (Stage::Closed, Some(Outcome::Abandoned), None, None));
    assert!(contact.reason.is_some_and(|reason| reason.contains("skryté číslo")));
    assert!(contact.need.destination.is_some(), "the coordinator sees where it was about");
    let page = world.coordinator().await.reads("/console/contact/1001").await;
    assert!(page.contains("nečeká na odpověď") && page.contains("skryté číslo"), "{page}");
    world.minutes(600).await;
    jana.hears_nothing();
    worker.clone().on("sms").hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_silent_caller_is_not_lost() {
    let world = World::open().await;
    let worker = world.stranger().on("voice");
    worker.calls().await;
    worker.expect_reply(["Linka spolupráce"]).await;
    worker.is_silent().await;
    worker.expect_reply([]).await;
    worker.is_silent().await;
    worker.expect_reply(["operátor"]).await;
    // Nobody knows where the client returns: the capital's line answers.
    let phone = world.operator("Marie").await.expect_ring([]).await;
    phone.presses("1").await;
    phone.expect_joined().await;
    world.operator("Marie").await.expect(["volajícím"]).await;
    worker.expect_reply([]).await;
    phone.hangs_up().await;
    world.operator("Marie").await.expect(["dopadl"]).await;
    worker.expect_reply(["Pomohli"]).await;
    worker.presses("1").await;
    worker.expect_reply(["shledanou"]).await;
    let ended = worker.expect_reply([]).await;
    assert!(matches!(ended.letter.body, Body::HangUp));
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Rated { value: 3 })), "the caller rates the call");
    world.ends().await;
}
