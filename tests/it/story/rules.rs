//! An operator's own rules: which device is tried how soon, how many contacts are enough, who
//! stands in for the coordinator.

use crate::world::{World, prague};
use linka::domain::{Happened, OperatorId, RuleId, Stage};
use linka::routing::{Absence, Book, Reach};

fn operator<'a>(book: &'a mut Book, id: &str) -> &'a mut linka::routing::Operator {
    book.operators.iter_mut().find(|operator| operator.id.as_str() == id).expect("an operator")
}

fn reach(steps: &[(&str, u32)]) -> Vec<Reach> {
    steps.iter().map(|(channel, after_minutes)| Reach { channel: (*channel).to_owned(), after_minutes: *after_minutes }).collect()
}

#[tokio::test]
async fn an_unanswered_offer_goes_on_to_the_operators_other_devices() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        operator(book, "jana").reach = reach(&[("chat", 0), ("sms", 1), ("voice", 2)]);
    })
    .await;
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    jana.expect_offer(["Most"]).await;
    world.minutes(1).await;
    jana.clone().on("sms").expect_offer(["Most", "prijmout #1001"]).await;
    world.minutes(1).await;
    let phone = jana.expect_ring(["Pracovník píše"]).await;
    phone.presses("1").await;
    jana.expect(["je váš"]).await;
    phone.expect(["je váš"]).await;
    jana.expect_hang_up().await;
    worker.expect_reply(["má operátor"]).await;
    world.minutes(10).await;
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn whoever_declines_is_left_alone() {
    let world = World::open_with("2026-02-02 10:00", |book| operator(book, "jana").reach = reach(&[("chat", 0), ("sms", 2)])).await;
    world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.chooses(&offer, "Odmítnout").await;
    jana.expect(["nabídneme dál"]).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.minutes(2).await;
    jana.clone().on("sms").hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_has_enough_is_passed_over() {
    let world = World::open_with("2026-02-02 10:00", |book| operator(book, "jana").contacts_max = Some(1)).await;
    world.held_by_jana().await;
    let worker = world.worker("Věznice Jiřice");
    worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    worker.expect_reply(["Most"]).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.operator("Jana").await.hears_nothing();
    let why = world.log().await.into_iter().find_map(|what| if let Happened::Routed { why, .. } = what { Some(why) } else { None });
    assert!(why.expect("a route").iter().any(|why| why.cs.contains("Jana má otevřených kontaktů dost")));
    world.ends().await;
}

#[tokio::test]
async fn whoever_stands_in_for_the_coordinator_is_asked() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let (from, to) = (prague("2026-02-02 00:00"), prague("2026-02-03 00:00"));
        let away = |id: &str, operator: &str, substitute: Option<&str>| Absence {
            id: RuleId(id.to_owned()),
            operator: OperatorId::new(operator),
            from,
            to,
            substitute: substitute.map(OperatorId::new),
        };
        book.absences.push(away("a", "koordinatorka", Some("hana")));
        book.absences.push(away("b", "jana", None));
        book.absences.push(away("c", "petr", None));
        *book = std::mem::take(book).gathered();
    })
    .await;
    let worker = world.asked_in_most().await;
    worker.expect_reply(["koordinátorka"]).await;
    world.operator("Hana").await.expect_offer(["Most"]).await;
    world.ends().await;
}
