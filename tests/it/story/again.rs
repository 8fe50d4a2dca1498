//! A worker writes again after the end of a contact.

use crate::world::{Operator, Worker, World};
use linka::domain::{Happened, Stage};

async fn finished(world: &World) -> (Worker, Operator) {
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli jsme"]).await;
    (worker, jana)
}

#[tokio::test]
async fn more_about_the_same_goes_back_to_the_operator() {
    let world = World::open().await;
    let (worker, jana) = finished(&world).await;
    world.minutes(60).await;
    worker.texts("Ještě prosím: musí mít klient občanku?").await;
    jana.expect(["#1001 píše: Ještě prosím: musí mít klient občanku?"]).await;
    jana.writes("Stačí potvrzení z věznice.").await;
    worker.expect_reply(["Stačí potvrzení"]).await;
    assert_eq!((world.contacts().await, world.contact().await.stage), (1, Stage::Held));
    assert!(world.log().await.contains(&Happened::Reopened));
    world.ends().await;
}

#[tokio::test]
async fn after_hours_the_same_becomes_a_promise_and_the_operator_may_have_it_again() {
    let world = World::open().await;
    let (worker, jana) = finished(&world).await;
    world.clock("2026-02-03 18:00").await;
    worker.texts("Ještě prosím: musí mít klient občanku?").await;
    worker.expect_reply(["Dotaz č. 1001 jsme znovu otevřeli", "zítra v 10:00"]).await;
    world.clock("2026-02-04 09:00").await;
    let offer = jana.expect_offer(["#1001", "občanku"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    world.ends().await;
}

#[tokio::test]
async fn thanks_wake_nobody() {
    let world = World::open().await;
    let (worker, jana) = finished(&world).await;
    worker.texts("Děkuji moc, hezký den!").await;
    worker.hears_nothing();
    jana.hears_nothing();
    assert_eq!((world.contacts().await, world.contact().await.stage), (1, Stage::Closed));
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Heard { words } if words.starts_with("Děkuji"))));
    world.ends().await;
}

#[tokio::test]
async fn another_place_or_another_client_is_a_new_question() {
    for words in ["bydlení Louny, žena", "Mám ještě dalšího klienta, potřebuje bydlení"] {
        let world = World::open().await;
        let (worker, jana) = finished(&world).await;
        worker.texts(words).await;
        worker.drains();
        jana.hears_nothing();
        assert_eq!(world.contacts().await, 2, "{words}");
        world.ends().await;
    }
}

#[tokio::test]
async fn after_three_days_it_is_a_new_question() {
    let world = World::open().await;
    let (worker, jana) = finished(&world).await;
    world.minutes(3 * 24 * 60 + 1).await;
    worker.texts("Musí mít klient občanku?").await;
    worker.drains();
    jana.hears_nothing();
    assert_eq!(world.contacts().await, 2);
    world.ends().await;
}

#[tokio::test]
async fn a_life_in_danger_is_never_more_of_the_same() {
    let world = World::open().await;
    let (worker, _) = finished(&world).await;
    worker.texts("Klient se chce zabít.").await;
    worker.expect_reply(["116 123"]).await;
    // No place is named: the capital's line and the coordinator are called.
    world.operator("Koordinátorka").await.expect(["SPĚCHÁ"]).await;
    assert!(world.contact().await.urgent);
    world.puts_devices_away();
    world.ends().await;
}
