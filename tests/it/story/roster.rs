//! The roster changes, and what was true stays true.

use crate::world::{World, prague};
use linka::domain::{Happened, OperatorId, RuleId};
use linka::routing::{Absence, Book, Change, Closure, Line, Override, Shift, Window};
use linka::store::RosterKind;

fn ustecky(book: &mut Book) -> &mut Line {
    book.lines.iter_mut().find(|line| line.id.as_str() == "ustecky").expect("the line of Ústí")
}

#[tokio::test]
async fn who_was_on_duty_on_3_march_at_10_12_stays_true() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let line = ustecky(book);
        let window = Window::read("Tu 09:00-15:00").expect("a window");
        line.hours.push(window);
        let shift = |who: &str, order| Shift { operator: OperatorId::new(who), window, order, valid_from: None, valid_to: None, id: None };
        line.shifts.extend([shift("jana", 1), shift("petr", 2), shift("hana", 3)]);
        let (from, to) = (prague("2026-03-03 00:00"), prague("2026-03-04 00:00"));
        let change = Change::Replace { operator: OperatorId::new("jana"), by: OperatorId::new("eva") };
        line.overrides.push(Override { id: RuleId::new("eva"), from, to, change });
        book.absences.push(Absence { id: RuleId::new("petr"), operator: OperatorId::new("petr"), from, to, substitute: Some(OperatorId::new("marie")) });
        *book = std::mem::take(book).gathered();
    })
    .await;
    let then = "2026-03-03 10:12";
    world.clock(then).await;
    let served = ["eva", "marie", "hana"];
    assert_eq!(world.on_duty(then).await, served);
    // Every rule that put them there is taken away, one after another.
    let day = |n: u32| format!("2026-03-{:02} 12:00", 3 + n);
    world.clock(&day(1)).await;
    world.roster_changes(|book| *ustecky(book) = ustecky(book).without_override(0).expect("the override")).await;
    world.clock(&day(2)).await;
    world.roster_loses(RosterKind::Absence, "petr").await;
    world.clock(&day(3)).await;
    world.roster_changes(|book| *ustecky(book) = ustecky(book).without_shift(6).expect("Hana's shift")).await;
    world.clock(&day(4)).await;
    world.roster_changes(|book| *ustecky(book) = ustecky(book).without_hours(2).expect("Tuesday")).await;
    world.clock(&day(5)).await;
    world
        .roster_changes(|book| {
            let closed = Closure { id: None, from: prague("2026-03-01 00:00"), to: prague("2026-03-09 00:00"), text: linka::domain::Bilingual::new("Zavřeno.", "Closed.") };
            *ustecky(book) = ustecky(book).with_closure(closed).expect("a closure");
        })
        .await;
    assert!(world.on_duty(then).await.is_empty(), "by the roster in force now nobody would be");
    assert_eq!(world.was_on_duty(then).await, served, "and yet they were");
    world.restarts().await;
    assert_eq!(world.was_on_duty(then).await, served);
    world.ends().await;
}

#[tokio::test]
async fn an_override_of_somebody_not_on_duty_changes_nothing_and_says_so() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let (from, to) = (prague("2026-02-02 00:00"), prague("2026-02-03 00:00"));
        let change = Change::Replace { operator: OperatorId::new("marie"), by: OperatorId::new("eva") };
        ustecky(book).overrides.push(Override { id: RuleId::new("idle"), from, to, change });
    })
    .await;
    assert_eq!(world.on_duty("2026-02-02 10:00").await, ["jana", "petr"]);
    world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.operator("Eva").await.hears_nothing();
    let why = world.log().await.into_iter().find_map(|what| if let Happened::Routed { why, .. } = what { Some(why) } else { None }).expect("a route");
    assert!(why.iter().any(|why| why.cs == "Záskok Marie → Eva nic nemění: Marie teď směnu nemá."), "{why:?}");
    world.ends().await;
}
