//! Calls that are not let in: blocked numbers, too many of one number, too many at once.

use super::WORKER;
use crate::world::{USTECKY, World};
use linka::store::Blocked;

#[tokio::test]
async fn a_blocked_number_is_refused_and_leaves_nothing() {
    let world = World::on_the_phone().await;
    let app = world.app().await;
    let blocked = Blocked { number: "+4207190002*".to_owned(), reason: "obtěžuje".to_owned(), author: "alena".to_owned(), at: app.clock().now() };
    app.store().block(&blocked).await.unwrap();
    world.takes_over().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.ended_as("no-answer");
    assert_eq!(world.contacts().await, 0);
    let hidden = world.network().caller(WORKER).withheld();
    hidden.dials(USTECKY).await.hears(["Kam se klient"]).await;
    hidden.hangs_up().await;
    world.network().texts(WORKER, USTECKY, "bydlení Most pro muže").await;
    world.seconds(20).await;
    assert!(world.network().inbox(WORKER).is_empty());
    assert_eq!(world.contacts().await, 1, "only the hidden caller's");
    app.store().unblock("+4207190002*").await.unwrap();
    world.takes_over().await;
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn one_number_calls_so_often_and_hidden_ones_share_nothing() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.calls_of_number = 2).await;
    let (caller, hidden) = (world.network().caller(WORKER), world.network().caller("+420719000209").withheld());
    for from in [&caller, &caller, &hidden, &hidden, &hidden] {
        from.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
        from.hangs_up().await;
        world.minutes(1).await;
    }
    caller.dials(USTECKY).await.hears(["už mnohokrát", "Na shledanou"]).await;
    caller.is_over();
    world.minutes(60).await;
    caller.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn there_is_room_for_so_many_calls_at_once() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.calls_at_once = 1).await;
    let (one, two) = (world.network().caller(WORKER), world.network().caller("+420719000209"));
    one.dials(USTECKY).await.hears(["Kam se klient"]).await;
    two.dials(USTECKY).await.ended_as("busy");
    one.hangs_up().await;
    world.seconds(1).await;
    two.dials(USTECKY).await.hears(["Kam se klient"]).await;
    two.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn calls_whose_end_nobody_told_make_room() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.calls_at_once = 1).await;
    let (one, two) = (world.network().caller(WORKER), world.network().caller("+420719000209"));
    world.network().never_reports(WORKER);
    one.dials(USTECKY).await.hears(["Kam se klient"]).await;
    one.hangs_up().await;
    two.dials(USTECKY).await.ended_as("busy");
    world.seconds(61).await;
    two.dials(USTECKY).await.hears(["Kam se klient"]).await;
    let asked = || world.network().requests().iter().filter(|asked| asked.method == "GET").count();
    assert_eq!(asked(), 1);
    // Whoever still talks keeps the room, and the provider is not asked each time.
    let three = world.network().caller("+420719000210");
    for _ in 0..3 {
        world.seconds(21).await;
        three.dials(USTECKY).await.ended_as("busy");
        two.listens().await;
    }
    assert_eq!(asked(), 2);
    two.hangs_up().await;
    world.puts_devices_away();
    world.minutes(30).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_console_blocks_a_number_and_lets_it_in_again() {
    let world = World::open().await;
    let desk = world.coordinator().await;
    let (status, _) = desk.sends("/console/people/blocked", &[("number", "+420 719 000 201"), ("reason", "volá naprázdno")]).await;
    assert_eq!(status.as_u16(), 303);
    let page = desk.reads("/console/people?done=blocked-added").await;
    assert!(page.contains("Číslo je zablokované.") && page.contains("+420719000201") && page.contains("volá naprázdno (alena, od"), "{page}");
    assert!(world.app().await.handbook().directory.is_blocked("+420719000201"));
    for (number, reason, said) in [("719000201", "x", "Tohle není číslo"), ("+2357*", "", "důvod"), ("+4*", "x", "nedovolali operátoři: "), ("+420719000101", "x", "Tohle číslo má na lince Jana")] {
        let (status, page) = desk.sends("/console/people/blocked", &[("number", number), ("reason", reason)]).await;
        assert_eq!(status.as_u16(), 422, "{number}");
        assert!(page.contains(said), "{number}: {said}");
    }
    desk.sends("/console/people/blocked", &[("remove", "+420719000201")]).await;
    assert!(!world.app().await.handbook().directory.is_blocked("+420719000201"));
    world.puts_devices_away();
    world.ends().await;
}
