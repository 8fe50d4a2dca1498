//! Slips of people in a hurry: what was not meant for a worker never reaches one.

use crate::world::World;
use linka::domain::{Happened, Outcome, Stage};

#[tokio::test]
async fn a_command_without_its_slash_is_no_answer() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    for (slip, told) in [
        ("poznámka klient má dluh u dodavatele", "Poznámka je u kontaktu"),
        ("pozn: volat po obědě", "Poznámka je u kontaktu"),
        ("pauza deset", "v minutách"),
        ("vyměnit s Petrem", "den"),
        ("predat jana", "neznáme"),
    ] {
        jana.writes(slip).await;
        jana.expect([told]).await;
        worker.hears_nothing();
    }
    jana.writes("konec zajisteno").await;
    jana.expect(["uzavřený: zajištěno"]).await;
    worker.drains();
    world.ends().await;
}

#[tokio::test]
async fn an_answer_that_begins_like_a_command_is_an_answer() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    for words in ["Nemohu to slíbit, ale zkusím to.", "Konec března je volno.", "Kdo bude klienta doprovázet?", "Předat vám mohu jen telefon na poradnu."] {
        jana.writes(words).await;
        worker.expect_reply([words]).await;
    }
    world.ends().await;
}

#[tokio::test]
async fn the_outcome_is_answered_as_it_was_asked() {
    for (answer, outcome) in [("zajištěno", Outcome::Placed), ("4", Outcome::NoPlace), ("plno", Outcome::NoPlace), ("/konec 4", Outcome::NoPlace)] {
        let world = World::open().await;
        let (worker, jana) = world.held_by_jana().await;
        jana.writes("/konec").await;
        jana.expect(["Jak kontakt #1001 dopadl?"]).await;
        jana.writes(answer).await;
        jana.expect(["uzavřený"]).await;
        assert_eq!(world.contact().await.outcome, Some(outcome), "{answer}");
        assert!(!world.log().await.iter().any(|what| matches!(what, Happened::Relayed { .. })), "{answer} went to the worker");
        worker.drains();
        world.ends().await;
    }
}

#[tokio::test]
async fn an_operators_out_of_office_note_reaches_nobody() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("Automatická odpověď: jsem mimo kancelář do pondělí.").await;
    worker.hears_nothing();
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_contact_passed_to_a_line_stays_until_somebody_there_takes_it() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("/předat Praha").await;
    jana.expect(["Dokud ho nepřevezme, zůstává u vás"]).await;
    jana.writes("Ještě chvilku, hledám vám kolegu.").await;
    worker.expect_reply(["hledám vám kolegu"]).await;
    let marie = world.operator("Marie").await;
    let offer = marie.expect_offer(["předává kontakt #1001"]).await;
    marie.takes(&offer).await;
    jana.expect(["teď má Marie"]).await;
    worker.expect_reply(["má operátor"]).await;
    world.puts_devices_away();
    // Finished and opened again, it goes back to who had it last.
    marie.writes("/konec zajištěno").await;
    marie.expect(["uzavřený"]).await;
    worker.drains();
    worker.texts("Musí mít klient občanku?").await;
    marie.expect(["#1001 píše: Musí mít klient občanku?"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn who_comes_on_duty_in_the_middle_is_asked_before_the_coordinator() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.roster_changes(|book| {
        for line in &mut book.lines {
            line.shifts.retain(|shift| shift.operator.as_str() != "jana");
        }
    })
    .await;
    world.minutes(3).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.hears_nothing();
    world.minutes(8).await;
    coordinator.expect_offer(["zatím nikdo nepřevzal"]).await;
    worker.expect_reply(["koordinátorka"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_promise_nobody_keeps_is_told_once_and_reminded_of_less_and_less() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    world.clock("2026-02-03 18:00").await;
    let told: Vec<String> = worker.reads_all();
    assert_eq!(told.iter().filter(|words| words.contains("Omlouváme se")).count(), 1, "{told:?}");
    world.puts_devices_away();
    world.clock("2026-02-17 18:00").await;
    let coordinator = world.operator("Koordinátorka").await;
    let reminders = coordinator.drains();
    assert!(reminders <= 11, "{reminders} reminders in two weeks");
    assert!(reminders >= 9, "it is not forgotten");
    worker.hears_nothing();
    assert_ne!(world.contact().await.stage, Stage::Closed);
    world.puts_devices_away();
    world.ends().await;
}
