//! Looking for somebody who takes a contact: the chain it began with, the people who are there now.

use crate::world::{Worker, World, prague};
use linka::domain::{Happened, OperatorId, RuleId};
use linka::routing::{Absence, Book, Change, Line, Override, Step, Target};

fn ustecky(book: &mut Book) -> &mut Line {
    book.lines.iter_mut().find(|line| line.id.as_str() == "ustecky").expect("the line of Ústí")
}

/// Jana is asked at once; Petr would be after three minutes, the coordinator after eight.
async fn asked(world: &World) -> Worker {
    let worker = world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    worker
}

#[tokio::test]
async fn a_step_deleted_meanwhile_is_taken_all_the_same() {
    let world = World::open().await;
    let worker = asked(&world).await;
    let (petr, coordinator) = (world.operator("Petr").await, world.operator("Koordinátorka").await);
    world.minutes(1).await;
    world.roster_changes(|book| *ustecky(book) = ustecky(book).without_step(1).expect("Petr's step")).await;
    world.minutes(1).await;
    coordinator.hears_nothing();
    world.restarts().await;
    world.minutes(1).await;
    petr.expect_offer(["Most"]).await;
    world.minutes(4).await;
    coordinator.hears_nothing();
    world.minutes(1).await;
    coordinator.expect_offer(["zatím nikdo nepřevzal"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    // Whoever comes now is led through the new chain.
    let later = world.worker("Věznice Jiřice");
    later.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    later.expect_reply(["Most"]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.minutes(7).await;
    petr.hears_nothing();
    world.minutes(1).await;
    coordinator.expect_offer(["zatím nikdo nepřevzal"]).await;
    later.expect_reply(["koordinátorka"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_step_added_meanwhile_is_for_those_who_come() {
    let world = World::open().await;
    asked(&world).await;
    world.roster_changes(|book| *ustecky(book) = ustecky(book).with_step(Step { after_minutes: 1, to: Target::AllOnDuty }).expect("a step")).await;
    world.minutes(2).await;
    world.operator("Petr").await.hears_nothing();
    world.minutes(1).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.ends().await;
}

#[tokio::test]
async fn who_is_asked_is_whoever_is_there_at_that_moment() {
    let world = World::open().await;
    asked(&world).await;
    world.minutes(1).await;
    world
        .roster_changes(|book| {
            let (from, to) = (prague("2026-02-02 00:00"), prague("2026-02-03 00:00"));
            let change = Change::Replace { operator: OperatorId::new("petr"), by: OperatorId::new("marie") };
            ustecky(book).overrides.push(Override { id: RuleId::new("marie"), from, to, change });
        })
        .await;
    world.minutes(2).await;
    world.operator("Marie").await.expect_offer(["Most"]).await;
    world.operator("Petr").await.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_coordinator_changed_meanwhile_is_the_one_who_is_asked() {
    let world = World::open().await;
    let worker = asked(&world).await;
    world.minutes(4).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.roster_changes(|book| ustecky(book).coordinator = OperatorId::new("hana")).await;
    world.minutes(4).await;
    world.operator("Hana").await.expect_offer(["zatím nikdo nepřevzal"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    world.ends().await;
}

#[tokio::test]
async fn nobody_on_shift_means_the_coordinator_at_once() {
    let away = |who: &str| Absence {
        id: RuleId::new(who),
        operator: OperatorId::new(who),
        from: prague("2026-02-02 00:00"),
        to: prague("2026-02-03 00:00"),
        substitute: None,
    };
    let world = World::open_with("2026-02-02 10:00", |book| {
        book.absences.extend([away("jana"), away("petr")]);
        *book = std::mem::take(book).gathered();
        let line = ustecky(book);
        *line = line.with_repeat(5).expect("a chain that is repeated");
    })
    .await;
    let worker = world.asked_in_most().await;
    world.operator("Koordinátorka").await.expect_offer(["zatím nikdo nepřevzal"]).await;
    worker.expect_reply(["koordinátorka", "odpověď slibujeme"]).await;
    assert!(world.contact().await.promise_due.is_some());
    world.ends().await;
}

#[tokio::test]
async fn a_chain_that_is_repeated_asks_again_before_the_coordinator() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let line = ustecky(book);
        *line = line.with_repeat(1).expect("a chain that is repeated");
    })
    .await;
    let worker = asked(&world).await;
    let (jana, petr, coordinator) = (world.operator("Jana").await, world.operator("Petr").await, world.operator("Koordinátorka").await);
    world.minutes(3).await;
    petr.expect_offer(["Most"]).await;
    world.minutes(5).await;
    let again = jana.expect_offer(["Most"]).await;
    coordinator.hears_nothing();
    world.minutes(3).await;
    petr.expect_offer(["Most"]).await;
    world.minutes(5).await;
    coordinator.expect_offer(["zatím nikdo nepřevzal"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    // The second offer takes as well as the first.
    jana.takes(&again).await;
    for other in [&petr, &coordinator] {
        other.expect(["už má Jana"]).await;
        other.hears_nothing();
    }
    worker.expect_reply(["má operátor"]).await;
    world.minutes(20).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn whoever_declined_is_not_asked_again() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let line = ustecky(book);
        *line = line.with_repeat(2).expect("a chain that is repeated");
    })
    .await;
    world.asked_in_most().await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    let offer = jana.expect_offer(["Most"]).await;
    jana.chooses(&offer, "Odmítnout").await;
    jana.expect(["nabídneme dál"]).await;
    petr.expect_offer(["Most"]).await;
    world.minutes(25).await;
    jana.hears_nothing();
    let asked = world.log().await.into_iter().filter(|what| matches!(what, Happened::Offered { operator, .. } if operator.as_str() == "jana")).count();
    assert_eq!(asked, 1);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_line_whose_chain_is_empty_still_reaches_somebody() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let line = ustecky(book);
        line.escalation.steps.clear();
    })
    .await;
    let worker = world.asked_in_most().await;
    world.operator("Koordinátorka").await.expect_offer(["Most"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    world.ends().await;
}
