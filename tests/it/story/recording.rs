//! Spoken messages over the phone network: fetched, heard by whoever has the contact, deleted at the
//! provider and forgotten; and prompts somebody has recorded.

use crate::phone::Handset;
use crate::world::{USTECKY, World, between};
use axum::body::to_bytes;
use axum::http::StatusCode;
use linka::channel::sim::Received;
use linka::domain::{ContactId, Format, Happened, Order, Outcome, RecordingState, Stage};

const WORKER: &str = "+420719000201";
const ANOTHER: &str = "+420719000202";
/// A recording of the stand-in: so many frames a second.
const FRAMES: usize = 38 * 4;

/// Calls at night and presses through to the tone: North Bohemia, the Ústí Region, a person.
async fn comes_to_the_tone(world: &World, caller: &Handset) {
    caller.dials(USTECKY).await;
    caller.presses("3").await.presses("1").await.presses("0").await;
    caller.hears(["Nahrajeme jen váš vzkaz", "lidé z linky", "do měsíce ho smažeme", "beze jmen klientů"]).await;
    assert_eq!(world.network().recordings(), 0);
}

/// Leaves a message of twelve seconds and hangs up when the line has promised an answer.
async fn leaves_a_message(world: &World) {
    is_left_a_message_by(world, WORKER).await;
}

async fn is_left_a_message_by(world: &World, number: &str) {
    let caller = world.network().caller(number);
    comes_to_the_tone(world, &caller).await;
    caller.speaks(12).await.presses("#").await.hears(["Číslo vašeho kontaktu", "na shledanou"]).await;
    caller.is_over();
    world.seconds(5).await;
    assert_eq!(world.network().recordings(), 1, "the provider has it and has told of it");
    world.puts_devices_away();
}

async fn at_night() -> World {
    World::on_the_phone_at("2026-02-01 22:40").await
}

/// A message was left at night.
async fn with_a_message() -> World {
    let world = at_night().await;
    leaves_a_message(&world).await;
    world
}

async fn sound(world: &World, received: &Received) -> Option<(Format, usize)> {
    let file = received.letter.body.attachment().unwrap_or_else(|| panic!("no file with: {}", received.words));
    let kept = world.app().await.store().attachment(file.id).await.expect("the store");
    kept.map(|(format, bytes)| (format, bytes.len()))
}

async fn filed(world: &World) -> Vec<String> {
    let filed = world.log().await.into_iter().filter_map(|what| if let Happened::Filed { what } = what { Some(what.cs) } else { None });
    filed.collect()
}

async fn attached(world: &World) -> usize {
    world.log().await.iter().filter(|what| matches!(what, Happened::Attached { .. })).count()
}

#[tokio::test]
async fn whoever_takes_the_contact_gets_the_message() {
    let world = with_a_message().await;
    assert_eq!(world.collects_recordings().await, 2, "fetched and deleted");
    assert_eq!(world.network().recordings(), 0, "nothing is left at the provider");
    assert_eq!((world.collects_recordings().await, attached(&world).await), (0, 1));
    assert_eq!(world.contact().await.attachments.len(), 1);
    world.numbered(WORKER).on("sms").hears_nothing();
    world.clock("2026-02-02 09:01").await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["hlasový vzkaz"]).await;
    jana.takes(&offer).await;
    let got = jana.expect(["#1001 posílá: hlasová zpráva"]).await;
    assert_eq!(sound(&world, &got).await, Some((Format::Mp3, 12 * FRAMES)));
    let stored = world.everything_stored().await;
    assert!(!stored.contains("\u{fffd}\u{fffd}\u{10}\u{fffd}\u{fffd}\u{fffd}\u{10}\u{fffd}"), "the sound is not readable in the database");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_provider_that_is_down_for_an_hour_loses_nothing() {
    let world = with_a_message().await;
    world.network().is_down();
    for _ in 0..12 {
        assert_eq!(world.collects_recordings().await, 0);
        world.minutes(5).await;
    }
    assert_eq!(attached(&world).await, 0);
    assert!(filed(&world).await.is_empty(), "an hour alarms nobody");
    world.network().is_up();
    world.restarts().await;
    world.minutes(10).await;
    assert_eq!(world.collects_recordings().await, 2, "the wish survives the process");
    assert_eq!((attached(&world).await, world.network().recordings()), (1, 0));
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_message_that_cannot_be_had_for_a_day_is_told_of_once() {
    let world = with_a_message().await;
    world.network().is_down();
    for _ in 0..36 {
        world.minutes(60).await;
        world.collects_recordings().await;
    }
    assert_eq!(filed(&world).await, ["nemůže stáhnout nahraný vzkaz, zkouší to dál"]);
    assert!(world.reads_devices().iter().any(|words: &String| words.contains("nechal hlasový vzkaz")), "a coordinator is told");
    world.network().is_up();
    world.minutes(10).await;
    assert_eq!(world.collects_recordings().await, 2);
    assert_eq!(attached(&world).await, 1);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_caller_who_says_nothing_leaves_nothing() {
    let world = at_night().await;
    let caller = world.network().caller(WORKER);
    comes_to_the_tone(&world, &caller).await;
    caller.keeps_silent().await;
    caller.hears(["Nic jsme neslyšeli"]).await;
    caller.hangs_up().await;
    world.seconds(5).await;
    let told: Vec<_> = world.network().deliveries().into_iter().filter(|delivery| delivery.url.contains("/voice/recording")).map(|delivery| delivery.status).collect();
    assert!(!told.is_empty() && told.iter().all(|status| *status == Some(204)), "the absent recording is acknowledged: {told:?}");
    assert_eq!((world.collects_recordings().await, attached(&world).await), (0, 0));
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_hidden_caller_who_hangs_up_while_speaking_is_heard_too() {
    let world = at_night().await;
    let caller = world.network().caller(WORKER).withheld();
    comes_to_the_tone(&world, &caller).await;
    caller.speaks(7).await.hangs_up().await;
    world.seconds(5).await;
    assert_eq!(world.collects_recordings().await, 2);
    assert_eq!((world.contacts().await, attached(&world).await), (1, 1), "it belongs to the call's own contact");
    assert_eq!(world.contact().await.stage, Stage::Promised, "somebody has to listen to it");
    world.numbered(WORKER).on("sms").hears_nothing();
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_message_of_a_closed_contact_stays_with_it() {
    let world = at_night().await;
    let caller = world.network().caller(WORKER);
    comes_to_the_tone(&world, &caller).await;
    caller.speaks(7).await.presses("#").await.listens().await;
    world.ordered(Order::CorrectOutcome { contact: world.contact().await.id, outcome: Outcome::Informed, reason: None }).await;
    world.seconds(5).await;
    assert_eq!(world.collects_recordings().await, 2);
    assert_eq!((world.contacts().await, attached(&world).await), (1, 1));
    assert_eq!(world.contact().await.stage, Stage::Closed);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_console_plays_it_and_the_log_says_who_listened() {
    let world = with_a_message().await;
    world.collects_recordings().await;
    let desk = world.coordinator().await;
    let page = desk.reads("/console/contact/1001").await;
    let address = between(&page, "<audio controls preload=\"none\" src=\"", "\"").to_owned();
    assert!(filed(&world).await.is_empty(), "looking is not listening");
    for _ in 0..2 {
        let (status, headers, bytes) = desk.opens(&address).await;
        assert_eq!((status, bytes.len()), (StatusCode::OK, 12 * FRAMES));
        assert_eq!((headers["content-type"].as_bytes(), headers["cache-control"].as_bytes()), (&b"audio/mpeg"[..], &b"private, no-store"[..]));
    }
    assert_eq!(filed(&world).await, ["poslouchá hlasovou zprávu"], "once a day");
    assert_eq!(world.fetches(&address, None).await.0, StatusCode::SEE_OTHER, "whoever is not signed in hears nothing");
    assert!(desk.reads("/console/contact/1001").await.contains("poslouchá hlasovou zprávu"));
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn it_is_forgotten_after_the_days() {
    let world = World::on_the_phone_with("2026-02-01 22:40", |phone| phone.recording_days = 7).await;
    leaves_a_message(&world).await;
    world.collects_recordings().await;
    let desk = world.coordinator().await;
    let page = desk.reads("/console/contact/1001").await;
    let address = between(&page, "preload=\"none\" src=\"", "\"").to_owned();
    world.clock("2026-02-08 12:00").await;
    world.audits().await;
    assert!(filed(&world).await.is_empty(), "not yet");
    world.clock("2026-02-08 23:00").await;
    world.audits().await;
    assert_eq!(filed(&world).await, ["smazala nahraný vzkaz, jeho doba uložení skončila"]);
    assert!(world.contact().await.attachments.is_empty());
    assert_eq!(desk.opens(&address).await.0, StatusCode::NOT_FOUND);
    assert!(desk.reads("/console/contact/1001").await.contains("Soubor už nemáme"));
    assert_eq!(world.app().await.store().old_recordings(world.app().await.clock().now()).await.unwrap(), [], "nothing is left of it");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn without_its_key_a_file_stays_closed_and_a_message_waits() {
    let world = with_a_message().await;
    world.collects_recordings().await;
    is_left_a_message_by(&world, ANOTHER).await;
    let desk = world.coordinator().await;
    let page = desk.reads("/console/contact/1001").await;
    let address = between(&page, "preload=\"none\" src=\"", "\"").to_owned();
    world.moves_key(true).await;
    let (status, _, page) = desk.opens(&address).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(String::from_utf8(page).unwrap().contains("Soubor nejde otevřít"));
    assert_eq!(world.app().await.store().sealed_elsewhere().await.unwrap(), 1, "linka check tells of it");
    assert_eq!((world.collects_recordings().await, world.network().recordings()), (0, 1), "no new key is made in silence");
    world.moves_key(false).await;
    world.minutes(1).await;
    assert_eq!(world.collects_recordings().await, 2);
    assert_eq!(desk.opens(&address).await.0, StatusCode::OK);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_wish_is_written_before_the_report_is_acknowledged() {
    let world = at_night().await;
    world.network().repeats_webhooks();
    leaves_a_message(&world).await;
    let due = world.app().await.store().due_recordings(world.app().await.clock().now(), 10).await.unwrap();
    let known: Vec<_> = due.iter().map(|one| (one.contact, one.from.to_string(), one.seconds, one.state)).collect();
    let contact: ContactId = world.contact().await.id;
    assert_eq!(known, [(contact, format!("voice:{WORKER}"), 12, RecordingState::Wanted)], "told twice, wanted once");
    world.collects_recordings().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn what_somebody_has_recorded_is_played() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("cs")).unwrap();
    std::fs::write(folder.path().join("cs/hello.mp3"), b"ID3 dobry den").unwrap();
    let world = World::on_the_phone_with("2026-02-01 22:40", |phone| phone.audio = Some(folder.path().to_owned())).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    let played = caller.hears_recordings().await;
    let heard = caller.hears(["Kam se klient vrací"]).await;
    assert!(!heard.contains("Dobrý den"), "what is played is not read: {heard}");
    let [address] = played.as_slice() else { panic!("{played:?}") };
    let answer = world.provider_gets(address).await;
    assert_eq!((answer.status(), answer.headers()["content-type"].as_bytes()), (StatusCode::OK, &b"audio/mpeg"[..]));
    assert_eq!(to_bytes(answer.into_body(), 100).await.unwrap().as_ref(), b"ID3 dobry den");
    assert_eq!(world.provider_gets(address.split('?').next().unwrap()).await.status(), StatusCode::FORBIDDEN);
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}
