//! What is ahead is told to whoever coordinates: once when it shows, once again before it bites, by
//! day, in one letter a morning, and not when it has been solved.

use crate::world::{World, prague};
use linka::channel::sim::Fault;
use linka::domain::{OperatorId, RuleId, Standing};
use linka::routing::{Absence, Book, Line};

fn line<'a>(book: &'a mut Book, id: &str) -> &'a mut Line {
    book.lines.iter_mut().find(|line| line.id.as_str() == id).expect("a line")
}

/// Somebody is away for a day, and nobody stands in.
fn away(book: &mut Book, operator: &str, day: &str) {
    let from = prague(&format!("{day} 00:00"));
    let id = RuleId(format!("{operator} {day}"));
    book.absences.push(Absence { id, operator: OperatorId::new(operator), from, to: from + chrono::TimeDelta::days(1), substitute: None });
    *book = std::mem::take(book).gathered();
}

/// A line on which nothing is ahead that anybody would have to hear of, on a Monday at eight.
async fn quiet_world(time: &str) -> World {
    let world = World::open_with(time, |book| only(book, "ustecky")).await;
    world.tells_of_shifts().await;
    world
}

/// All other lines never open.
fn only(book: &mut Book, id: &str) {
    for other in book.lines.iter_mut().filter(|line| line.id.as_str() != id) {
        other.hours.clear();
        other.shifts.clear();
        other.rotations.clear();
        other.special.clear();
    }
}

/// Nobody but the coordinator matters here.
fn others_look_away(world: &World) {
    world.puts_devices_away_but("chat:koordinatorka");
}

#[tokio::test]
async fn a_gap_is_told_when_it_shows_and_again_before_it_bites() {
    let world = quiet_world("2026-02-02 08:00").await;
    let coordinator = world.operator("Koordinátorka").await;
    world.clock("2026-02-03 08:00").await;
    coordinator.hears_nothing();
    world.roster(|book| ["jana", "petr"].into_iter().for_each(|who| away(book, who, "2026-02-23"))).await;
    world.clock("2026-02-03 08:59").await;
    coordinator.hears_nothing();
    world.clock("2026-02-03 09:00").await;
    let letter = coordinator.expect(["Ústecký kraj: Po 23. 2. 2026", "nikdo neslouží"]).await;
    assert_eq!(letter.words.lines().count(), 2, "one gap is one line, whoever is away: {}", letter.words);
    world.clock("2026-02-20 08:59").await;
    coordinator.hears_nothing();
    world.clock("2026-02-20 09:00").await;
    coordinator.expect(["znovu", "Po 23. 2. 2026", "nikdo neslouží"]).await;
    world.clock("2026-02-25 10:00").await;
    coordinator.hears_nothing();
    others_look_away(&world);
    world.ends().await;
}

#[tokio::test]
async fn what_has_been_solved_is_not_told_again() {
    let world = quiet_world("2026-02-03 08:00").await;
    let coordinator = world.operator("Koordinátorka").await;
    world.roster(|book| ["jana", "petr"].into_iter().for_each(|who| away(book, who, "2026-02-23"))).await;
    world.clock("2026-02-03 09:00").await;
    coordinator.expect(["23. 2. 2026"]).await;
    world.roster(|book| {
        book.absences.iter_mut().for_each(|absence| absence.substitute = Some(OperatorId::new("eva")));
        *book = std::mem::take(book).gathered();
    })
    .await;
    world.clock("2026-02-24 10:00").await;
    coordinator.hears_nothing();
    assert_eq!(world.warned().await, 0);
    others_look_away(&world);
    world.ends().await;
}

#[tokio::test]
async fn by_night_nothing_is_sent_and_what_is_near_comes_in_the_morning() {
    let world = quiet_world("2026-02-03 21:30").await;
    let coordinator = world.operator("Koordinátorka").await;
    world.roster(|book| ["jana", "petr"].into_iter().for_each(|who| away(book, who, "2026-02-04"))).await;
    world.clock("2026-02-04 06:59").await;
    coordinator.hears_nothing();
    world.clock("2026-02-04 07:00").await;
    coordinator.expect(["St 4. 2. 2026", "nikdo neslouží"]).await;
    world.clock("2026-02-04 12:00").await;
    coordinator.hears_nothing();
    others_look_away(&world);
    world.ends().await;
}

#[tokio::test]
async fn a_gap_that_comes_up_on_a_sunday_for_monday_is_told_on_sunday() {
    let world = quiet_world("2026-02-08 14:00").await;
    let coordinator = world.operator("Koordinátorka").await;
    world.roster(|book| away(book, "jana", "2026-02-09")).await;
    world.roster(|book| away(book, "petr", "2026-02-09")).await;
    world.clock("2026-02-08 14:09").await;
    coordinator.hears_nothing();
    world.clock("2026-02-08 14:10").await;
    coordinator.expect(["Po 9. 2. 2026", "nikdo neslouží"]).await;
    world.clock("2026-02-09 10:00").await;
    coordinator.hears_nothing();
    others_look_away(&world);
    world.ends().await;
}

#[tokio::test]
async fn twenty_gaps_are_one_letter() {
    let world = World::open_with("2026-02-03 08:55", |book| {
        for one in &mut book.lines {
            one.shifts.clear();
            one.rotations.clear();
        }
    })
    .await;
    world.tells_of_shifts().await;
    world.clock("2026-02-03 09:00").await;
    let coordinator = world.operator("Koordinátorka").await;
    let letter = coordinator.expect(["2. 2026", "nikdo neslouží", "další věci v konzoli"]).await;
    assert!(letter.words.lines().count() <= 8, "{}", letter.words);
    coordinator.hears_nothing();
    assert!(world.warned().await > 20);
    world.ends().await;
}

#[tokio::test]
async fn down_over_nine_o_clock_one_letter_catches_up() {
    let world = quiet_world("2026-02-03 08:00").await;
    let coordinator = world.operator("Koordinátorka").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, muž").await;
    worker.expect_reply(["Most"]).await;
    world.roster(|book| ["jana", "petr"].into_iter().for_each(|who| away(book, who, "2026-02-11"))).await;
    world.is_down_until("2026-02-03 10:30").await;
    world.tells_of_shifts().await;
    coordinator.expect(["St 11. 2. 2026"]).await;
    world.restarts().await;
    world.tells_of_shifts().await;
    world.clock("2026-02-04 09:00").await;
    coordinator.hears_nothing();
    others_look_away(&world);
    world.ends().await;
}

#[tokio::test]
async fn what_reaches_no_coordinator_goes_to_the_next() {
    let world = World::open_with("2026-02-03 08:00", |book| {
        only(book, "ustecky");
        line(book, "praha").coordinator = OperatorId::new("hana");
    })
    .await;
    world.tells_of_shifts().await;
    world.breaks("chat:koordinatorka", Fault::Gone);
    world.breaks("sms:+420719000100", Fault::Gone);
    world.roster(|book| ["jana", "petr"].into_iter().for_each(|who| away(book, who, "2026-02-23"))).await;
    world.clock("2026-02-03 09:00").await;
    let hana = world.operator("Hana").await;
    hana.expect(["Koordinátorka: zprávy nedojdou (chat)"]).await;
    hana.expect(["Koordinátorka: zprávy nedojdou (SMS)"]).await;
    hana.expect(["Koordinátorka: teď nikde", "23. 2. 2026"]).await;
    world.clock("2026-02-20 09:00").await;
    hana.expect(["znovu", "Po 23. 2. 2026"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_new_address_gets_its_code_in_the_morning_and_is_warned_of_when_nobody_answers() {
    let world = quiet_world("2026-02-02 10:00").await;
    world
        .roster(|book| {
            let petr = book.operators.iter_mut().find(|operator| operator.id.as_str() == "petr").expect("Petr");
            "petr-novy".clone_into(&mut petr.addresses.first_mut().expect("an address").handle);
        })
        .await;
    let (petr, coordinator) = (world.operator("Petr").await, world.operator("Koordinátorka").await);
    world.clock("2026-02-03 08:59").await;
    others_look_away(&world);
    world.clock("2026-02-03 09:00").await;
    petr.expect(["Odepište sem", "kód"]).await;
    coordinator.hears_nothing();
    world.clock("2026-02-04 09:00").await;
    coordinator.expect(["Petr: neověřené spojení (chat, telefon)"]).await;
    world.clock("2026-02-20 10:00").await;
    coordinator.expect(["znovu", "Petr: neověřené spojení"]).await;
    coordinator.hears_nothing();
    assert_eq!(world.standing("petr", "chat").await, Standing::Unverified);
    let codes = petr.thread().await.iter().filter(|bubble| bubble.letter.as_ref().is_some_and(|letter| letter.body.words().contains("Odepište sem"))).count();
    assert_eq!(codes, 3, "three mornings, and not for ever");
    world.puts_devices_away();
    world.ends().await;
}
