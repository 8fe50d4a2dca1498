//! Many contacts at once, and nights in which nobody is woken by what can wait.

use crate::world::{Operator, Worker, World};
use linka::domain::{LETTERS_TO_ONE_MAX, Stage};
use linka::routing::Reach;

#[tokio::test]
async fn three_hundred_contacts_in_a_minute_are_few_letters_and_no_loss() {
    let world = World::open().await;
    let mut workers = Vec::new();
    for n in 0..300 {
        if n % 5 == 0 {
            world.seconds(1).await;
        }
        let worker = world.worker("Věznice Bělušice");
        worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
        worker.expect_reply(["Most", "Předáváme"]).await;
        workers.push(worker);
    }
    let jana = world.operator("Jana").await;
    world.seconds(60).await;
    let letters = jana.drains();
    assert!((LETTERS_TO_ONE_MAX..=LETTERS_TO_ONE_MAX + 2).contains(&letters), "Jana got {letters} letters");
    jana.writes("nabídky").await;
    jana.expect(["Čekají na převzetí", "#1001", "20 z 300"]).await;
    jana.writes("přijmout #1150").await;
    jana.expect(["#1150 je váš"]).await;
    workers[149].expect_reply(["má operátor"]).await;
    // Nobody takes the others: each reaches the coordinator and its worker hears of it.
    world.minutes(15).await;
    for name in ["Petr", "Koordinátorka"] {
        let letters = world.operator(name).await.drains();
        assert!(letters <= 3 * LETTERS_TO_ONE_MAX, "{name} got {letters} letters");
    }
    for (n, worker) in workers.iter().enumerate().filter(|(n, _)| *n != 149) {
        assert_eq!(worker.drains(), 1, "worker {n} is promised an answer");
    }
    world.minutes(120).await;
    let letters = jana.drains() + world.operator("Petr").await.drains() + world.operator("Koordinátorka").await.drains();
    assert!(letters <= 200, "{letters} reminders for three people in two hours");
    let open = world.every_contact().await;
    assert_eq!(open.len(), 300);
    assert!(open.iter().all(|contact| contact.owner.is_some() || matches!(contact.stage, Stage::Waiting | Stage::Promised) && contact.promise_due.is_some()));
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_life_in_danger_is_no_part_of_a_crowd() {
    let world = World::open().await;
    for _ in 0..30 {
        let worker = world.worker("Věznice Bělušice");
        worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
        worker.drains();
    }
    let jana = world.operator("Jana").await;
    jana.drains();
    world.worker("Věznice Bělušice").texts("Klient se chce zabít, Most.").await;
    jana.expect(["SPĚCHÁ"]).await;
    world.puts_devices_away();
    world.ends().await;
}

async fn answered_by_jana(world: &World) -> (Worker, Operator) {
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("Podívám se na to.").await;
    worker.expect_reply(["Podívám se na to."]).await;
    (worker, jana)
}

#[tokio::test]
async fn what_can_wait_wakes_nobody() {
    let world = World::open().await;
    let (worker, jana) = answered_by_jana(&world).await;
    world.clock("2026-02-02 23:30").await;
    jana.writes("Dobrou noc, ozvu se ráno.").await;
    worker.expect_reply(["ozvu se ráno"]).await;
    // Three days later, at half past eleven, the line would ask how it ended.
    world.clock("2026-02-05 23:45").await;
    jana.hears_nothing();
    world.clock("2026-02-06 07:00").await;
    jana.expect(["už tři dny nikdo nepsal"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_night_letter_holds_no_answer_up() {
    let world = World::open().await;
    let (worker, jana) = answered_by_jana(&world).await;
    world.clock("2026-02-02 23:30").await;
    jana.writes("Ozvu se ráno.").await;
    worker.expect_reply(["ráno"]).await;
    world.clock("2026-02-05 23:45").await;
    jana.writes("kdo").await;
    jana.expect(["Kdo teď slouží"]).await;
    world.clock("2026-02-06 07:00").await;
    jana.expect(["už tři dny nikdo nepsal"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_phone_does_not_ring_for_each_of_many() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let jana = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").expect("Jana");
        jana.reach = [("chat", 0), ("voice", 2)].map(|(channel, after_minutes)| Reach { channel: channel.to_owned(), after_minutes }).into();
    })
    .await;
    for _ in 0..40 {
        world.worker("Věznice Bělušice").texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    }
    let jana = world.operator("Jana").await;
    world.seconds(170).await;
    let rings = jana.rings();
    assert!((1..=LETTERS_TO_ONE_MAX + 1).contains(&rings), "the phone rang {rings} times");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn what_is_urgent_stands_first_among_the_offers() {
    let world = World::open().await;
    let asks = world.worker("Věznice Bělušice");
    asks.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    let urgent = world.worker("Věznice Ruzyně");
    urgent.texts("klient se chce zabít, Most").await;
    urgent.expect_reply(["112"]).await;
    let jana = world.operator("Jana").await;
    jana.drains();
    jana.writes("nabídky").await;
    jana.expect(["Čekají na převzetí:\n#1002 SPĚCHÁ: ", "\n#1001 "]).await;
    world.puts_devices_away();
    world.ends().await;
}
