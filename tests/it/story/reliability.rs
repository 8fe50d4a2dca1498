//! The same event twice, a restart in the middle, channels that fail.

use crate::world::World;
use linka::channel::sim::Fault;
use linka::domain::{Delivery, Happened};

#[tokio::test]
async fn the_same_message_twice_is_one_event() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    let (first, second) = worker.texts_and_it_arrives_twice("bydlení Most, muž").await;
    assert!(!first.repeated && second.repeated);
    let ids = |accepted: &linka::app::Accepted| accepted.letters.iter().map(|letter| letter.id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&second));
    worker.expect_reply(["Most"]).await;
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_restart_in_the_middle_changes_nothing() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, chci mluvit s operátorem").await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    world.restarts().await;
    world.minutes(3).await;
    let petr = world.operator("Petr").await;
    petr.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    petr.expect(["už má"]).await;
    worker.expect_reply(["má operátor"]).await;
    world.restarts().await;
    jana.writes("Dobrý den").await;
    worker.expect_reply(["Dobrý den"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_busy_channel_delivers_later_and_in_order() {
    let world = World::open().await;
    world.breaks("sms", Fault::Busy);
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("bydleni Most").await;
    worker.texts("vlastne dluhy Decin").await;
    worker.hears_nothing();
    world.mends("sms");
    world.minutes(6).await;
    worker.expect_reply(["Most"]).await;
    world.minutes(6).await;
    worker.expect_reply(["Decin"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_cannot_be_reached_by_chat_gets_a_short_message() {
    let world = World::open().await;
    world.breaks("chat:jana", Fault::Gone);
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, chci mluvit s operátorem").await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await.on("sms");
    jana.expect_offer(["prijmout #1001"]).await;
    jana.writes("prijmout").await;
    jana.expect(["je vas"]).await;
    worker.expect_reply(["má operátor"]).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Delivered { delivery: Delivery::Failed, .. })));
    world.operator("Koordinátorka").await.expect(["Jana: zprávy nedojdou (chat)"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_answer_that_may_have_gone_out_is_not_repeated() {
    let world = World::open().await;
    world.breaks("sms", Fault::Silent);
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("bydleni Most, muz").await;
    worker.expect_reply(["Most"]).await;
    world.mends("sms");
    world.minutes(30).await;
    worker.hears_nothing();
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Delivered { delivery: Delivery::Unknown, .. })));
    world.ends().await;
}

#[tokio::test]
async fn a_contact_without_a_next_step_gets_one() {
    let world = World::open().await;
    world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    jana.expect_offer(["Most"]).await;
    world.loses_timers().await;
    assert!(world.audits().await, "a contact that was just touched is left alone");
    world.minutes(2).await;
    assert!(!world.audits().await);
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["zůstal bez dalšího kroku"]).await;
    jana.expect_offer(["Most"]).await;
    world.minutes(3).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    assert!(world.audits().await);
    world.ends().await;
}
