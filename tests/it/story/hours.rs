//! Hours, nights, holidays, closures and what becomes of messages that come then.

use crate::world::{World, prague};
use linka::domain::{Bilingual, Happened, Stage};
use linka::routing::{Book, Closure, Line, Shift, Window};

const ASKS: &str = "bydlení Most, klient muž, chci mluvit s operátorem";

fn ustecky(book: &mut Book) -> &mut Line {
    book.lines.iter_mut().find(|line| line.regions.contains(&linka::domain::Region::Ustecky)).expect("the line of Ústí")
}

/// Asks at night and goes through to the promise.
async fn promised(world: &World) -> crate::world::Worker {
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["zavřeno", "Most", "Ozveme se"]).await;
    worker.texts("Potřebujeme lůžko od středy.").await;
    worker.expect_reply(["Připsali"]).await;
    worker
}

#[tokio::test]
async fn a_night_message_waits_for_the_morning() {
    let world = World::open_at("2026-02-01 23:00").await;
    let worker = promised(&world).await;
    let jana = world.operator("Jana").await;
    jana.hears_nothing();
    assert_eq!(world.contact().await.promise_due, Some(prague("2026-02-02 10:00")));
    world.restarts().await;
    world.clock("2026-02-02 08:59").await;
    jana.hears_nothing();
    world.clock("2026-02-02 09:00").await;
    let offer = jana.expect_offer(["Věznice Bělušice", "Slíbili jsme odpověď", "lůžko od středy"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("Místo je.").await;
    worker.expect_reply(["Místo je."]).await;
    world.clock("2026-02-02 12:00").await;
    jana.hears_nothing();
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    assert!(world.contact().await.need.destination.is_some(), "the end of a contact keeps its need");
    world.ends().await;
}

#[tokio::test]
async fn a_promise_nobody_keeps_reaches_the_coordinator_again() {
    let world = World::open_at("2026-02-01 23:00").await;
    let worker = promised(&world).await;
    let (jana, petr, coordinator) = (world.operator("Jana").await, world.operator("Petr").await, world.operator("Koordinátorka").await);
    world.clock("2026-02-02 09:00").await;
    jana.expect_offer(["Most"]).await;
    world.clock("2026-02-02 09:03").await;
    petr.expect_offer(["Most"]).await;
    world.clock("2026-02-02 09:08").await;
    coordinator.expect_offer(["zatím nikdo nepřevzal"]).await;
    world.clock("2026-02-02 09:40").await;
    for operator in [&jana, &petr, &coordinator] {
        operator.expect(["slíbili jsme odpověď", "zatím nikdo neodpověděl"]).await;
    }
    world.clock("2026-02-02 10:00").await;
    for operator in [&jana, &petr, &coordinator] {
        operator.expect(["nestihla"]).await;
    }
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Reminded { late: true })));
    worker.expect_reply(["Omlouváme se", "č. 1001"]).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_public_holiday_is_closed_and_says_when_it_opens() {
    // 6 April 2026 is Easter Monday.
    let world = World::open_at("2026-04-06 10:00").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["zavřeno", "ve středu 8. 4. v 9:00"]).await;
    world.operator("Jana").await.hears_nothing();
    world.clock("2026-04-06 10:01").await;
    world.ends().await;
}

#[tokio::test]
async fn a_closure_says_its_own_text() {
    let closure = Closure {
        id: None,
        from: prague("2026-02-02 00:00"),
        to: prague("2026-02-03 00:00"),
        text: Bilingual::new("Dnes máme školení, omlouváme se.", "We are at a training today, sorry."),
    };
    let world = World::open_with("2026-02-02 10:00", |book| ustecky(book).closures.push(closure)).await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["školení", "ve středu 4. 2. v 9:00"]).await;
    world.operator("Jana").await.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn an_overnight_shift_belongs_to_its_first_day() {
    let night = |book: &mut Book| {
        let line = ustecky(book);
        let window = Window::read("Fr 22:00-06:00").expect("a window");
        line.hours = vec![window];
        let first = line.shifts.first().cloned().expect("a shift");
        line.shifts = vec![Shift { window, ..first }];
    };
    // Saturday 02:00 belongs to Friday's shift.
    let world = World::open_with("2026-02-07 02:00", night).await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["Most"]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.ends().await;
    // Friday 02:00 belongs to nobody.
    let world = World::open_with("2026-02-06 02:00", night).await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["zavřeno", "dnes ve 22:00"]).await;
    world.operator("Jana").await.hears_nothing();
    world.ends().await;
}

/// The line is open on the night of the clock change, Jana serves it.
async fn night_of(time: &str) -> World {
    World::open_with(time, |book| {
        let line = ustecky(book);
        let window = Window::read("Su 01:00-04:00").expect("a window");
        line.hours = vec![window];
        line.holidays = false;
        let first = line.shifts.first().cloned().expect("a shift");
        line.shifts = vec![Shift { window, ..first }];
    })
    .await
}

#[tokio::test]
async fn the_night_that_loses_an_hour() {
    // 29 March 2026: 02:00 becomes 03:00, so the window is two hours long.
    let world = night_of("2026-03-29 00:59").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["zavřeno", "Ozveme se"]).await;
    world.minutes(1).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("Dobrý den").await;
    worker.expect_reply(["Dobrý den"]).await;
    world.minutes(120).await;
    let later = world.worker("Věznice Bělušice");
    later.texts(ASKS).await;
    later.expect_reply(["zavřeno"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_night_that_repeats_an_hour() {
    // 25 October 2026: 03:00 becomes 02:00, so the window is four hours long.
    let world = night_of("2026-10-25 01:00").await;
    world.minutes(3 * 60 + 30).await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["Most"]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.minutes(2).await;
    assert_eq!(world.contact().await.stage, Stage::Waiting);
    world.ends().await;
}

/// Open over midnight; Jana serves to `end`, Petr from midnight on.
async fn over_midnight(end: &str) -> World {
    World::open_with("2026-02-02 23:59", |book| {
        let line = ustecky(book);
        let windows = |text: &str| Window::read(text).expect("a window");
        line.hours = vec![windows("Mo 09:00-24:00"), windows("Tu 00:00-03:00")];
        let mut shifts = std::mem::take(&mut line.shifts).into_iter();
        let (jana, petr) = (shifts.find(|shift| shift.operator.as_str() == "jana"), shifts.find(|shift| shift.operator.as_str() == "petr"));
        let (jana, petr) = (jana.expect("Jana's shift"), petr.expect("Petr's shift"));
        line.shifts = vec![Shift { window: windows(&format!("Mo 09:00-{end}")), ..jana }, Shift { window: windows("Tu 00:00-03:00"), ..petr }];
    })
    .await
}

#[tokio::test]
async fn a_shift_to_23_59_leaves_the_last_minute_to_the_coordinator() {
    let world = over_midnight("23:59").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["Most"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    world.operator("Koordinátorka").await.expect_offer(["Most"]).await;
    world.operator("Jana").await.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_shift_to_24_00_leaves_nothing() {
    let world = over_midnight("24:00").await;
    world.seconds(59).await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts(ASKS).await;
    worker.expect_reply(["Most"]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    // A second later it is Tuesday, and Petr's.
    world.seconds(1).await;
    let later = world.worker("Věznice Jiřice");
    later.texts(ASKS).await;
    later.expect_reply(["Most"]).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.ends().await;
}
