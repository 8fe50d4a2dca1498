//! The room where a line's people are together.

use crate::world::World;
use linka::channel::sim::Fault;
use linka::domain::{Order, Outcome};

#[tokio::test]
async fn whoever_presses_first_in_the_room_takes_it_and_everybody_sees_who() {
    let world = World::open().await;
    let room = world.room("ustecky", "chat").await;
    let worker = world.asked_in_most().await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.expect_offer(["Most"]).await;
    let post = room.expect(["Most", "Převezmete ho?"]).await;
    petr.chooses_in(&room, &post, "Přijmout").await;
    petr.expect(["je váš"]).await;
    room.expect(["převzal Petr"]).await;
    jana.expect(["už má Petr"]).await;
    worker.expect_reply(["má operátor"]).await;
    jana.chooses_in(&room, &post, "Přijmout").await;
    jana.expect(["už má Petr"]).await;
    petr.writes("Místo v Mostě je, zavolejte tam zítra.").await;
    worker.expect_reply(["Místo v Mostě je"]).await;
    room.is_quiet();
    world.ends().await;
}

#[tokio::test]
async fn where_the_room_keeps_threads_the_taker_goes_on_in_the_thread() {
    let world = World::open().await;
    let room = world.room("ustecky", "room").await;
    let worker = world.asked_in_most().await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.expect_offer(["Most"]).await;
    let post = room.expect(["Most"]).await;
    jana.chooses_in(&room, &post, "Přijmout").await;
    room.expect(["převzala Jana"]).await;
    let confirmed = room.expect(["je váš"]).await;
    assert_eq!(confirmed.letter.reference, Some(post.letter.id.to_string()), "it stands in the thread of the post");
    worker.expect_reply(["má operátor"]).await;
    petr.writes_in(&room, &post, "To znám, ozvi se Přístavu.").await;
    petr.hears_nothing();
    worker.hears_nothing();
    jana.writes_in(&room, &post, "Místo v Mostě je, zavolejte tam zítra.").await;
    worker.expect_reply(["Místo v Mostě je"]).await;
    worker.texts("Děkuji, a kolik stojí noc?").await;
    room.expect(["kolik stojí noc"]).await;
    jana.hears_nothing();
    jana.writes("Stojí 120 korun.").await;
    worker.expect_reply(["120 korun"]).await;
    jana.writes_in(&room, &post, "/konec zajištěno").await;
    room.expect(["uzavřen"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli jsme"]).await;
    world.ends().await;
}

#[tokio::test]
async fn what_strangers_write_in_the_room_is_nothing_to_the_line() {
    let world = World::open().await;
    let room = world.room("ustecky", "chat").await;
    let guest = world.stranger();
    guest.writes_in(&room, "Ahoj všichni, kdo má zítra službu?").await;
    guest.hears_nothing();
    let jana = world.operator("Jana").await;
    let worker = world.asked_in_most().await;
    jana.expect_offer(["Most"]).await;
    let post = room.expect(["Most"]).await;
    jana.writes_in(&room, &post, "Já teď nemůžu, vezme to někdo?").await;
    jana.hears_nothing();
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn the_room_learns_that_nobody_is_needed_any_more() {
    let world = World::open().await;
    let room = world.room("ustecky", "chat").await;
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    jana.expect_offer(["Most"]).await;
    let post = room.expect(["Most"]).await;
    let order = Order::CorrectOutcome { contact: world.contact().await.id, outcome: Outcome::Other, reason: None };
    world.ordered(order).await;
    room.expect(["není potřeba"]).await;
    jana.expect(["není potřeba"]).await;
    worker.drains();
    jana.chooses_in(&room, &post, "Přijmout").await;
    jana.expect(["není potřeba"]).await;
    room.is_quiet();
    world.ends().await;
}

#[tokio::test]
async fn a_room_that_cannot_be_written_to_costs_nobody_an_offer() {
    let world = World::open().await;
    let room = world.room("ustecky", "chat").await;
    world.breaks("chat:lidé ustecky", Fault::Gone);
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["Do společné místnosti linky Ústecký kraj teď nejde psát"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    room.is_quiet();
    world.ends().await;
}

#[tokio::test]
async fn what_is_offered_again_may_be_taken_at_its_first_post() {
    let world = World::open().await;
    let room = world.room("ustecky", "room").await;
    world.asked_in_most().await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    let offer = jana.expect_offer(["Most"]).await;
    let post = room.expect(["Most"]).await;
    jana.takes(&offer).await;
    room.expect(["převzala Jana"]).await;
    world.minutes(20).await;
    let again = room.expect(["Most"]).await;
    assert_eq!(again.letter.reference, Some(post.letter.id.to_string()), "one thread for a contact");
    petr.chooses_in(&room, &post, "Přijmout").await;
    room.expect(["převzal Petr"]).await;
    room.expect(["je váš"]).await;
    world.puts_devices_away();
    world.ends().await;
}
