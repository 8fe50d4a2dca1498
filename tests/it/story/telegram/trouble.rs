//! What goes wrong with a bot: blocked, throttled, refused, lost answers, repeated updates, crashes.

use crate::telegram::{PUBLIC_URL, SECRET};
use crate::world::{GROUP, JANA, PETR, World};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use linka::channel::telegram::Trouble;
use linka::domain::{Barrier, Delivery, Stage, Standing};
use linka::routing::ContactPoint;
use std::sync::Arc;

#[tokio::test]
async fn a_blocked_bot_means_the_next_contact_point_and_a_word_to_the_coordinator() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    jana.blocks(true).await;
    let alena = world.operator("Koordinátorka").await;
    alena.expect(["Jana"]).await;
    assert!(matches!(world.standing("jana", "telegram").await, Standing::Troubled(trouble) if trouble.barrier == Barrier::Blocked));
    worker.writes("Jste tam?").await;
    world.operator("Jana").await.on("sms").expect(["#1001 pise: Jste tam?"]).await;
    jana.hears_nothing();
    jana.blocks(false).await;
    assert!(!matches!(world.standing("jana", "telegram").await, Standing::Troubled(_)));
    worker.writes("Haló?").await;
    jana.expect(["Haló?"]);
    world.ends().await;
}

#[tokio::test]
async fn a_refusal_bars_the_address_and_the_words_go_on() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    world.bot().is_gone(JANA);
    worker.writes("Jste tam?").await;
    world.operator("Jana").await.on("sms").expect(["#1001 pise: Jste tam?"]).await;
    assert!(matches!(world.standing("jana", "telegram").await, Standing::Troubled(trouble) if trouble.barrier == Barrier::Unreachable));
    world.operator("Koordinátorka").await.expect(["Jana"]).await;
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_worker_who_blocks_the_bot_is_told_of() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.blocks(true).await;
    jana.expect(["#1001", "zablokoval"]);
    jana.writes("Místo je.").await;
    jana.expect(["#1001"]);
    worker.hears_nothing();
    worker.blocks(false).await;
    jana.expect(["#1001", "znovu přijímá"]);
    jana.writes("Místo je.").await;
    worker.expect(["Místo je."]);
    // Somebody the line knows nothing of.
    world.person(9009).blocks(true).await;
    world.person(9009).blocks(false).await;
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn too_much_at_once_waits_and_keeps_its_order() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    world.bot().suffers(|whims| whims.too_much = (1, 30));
    jana.writes("jedna").await;
    worker.hears_nothing();
    jana.writes("dva").await;
    worker.hears_nothing();
    world.seconds(20).await;
    worker.hears_nothing();
    world.seconds(15).await;
    assert_eq!(worker.reads_all(), ["Operátor: jedna", "Operátor: dva"]);
    world.ends().await;
}

#[tokio::test]
async fn a_lost_answer_is_never_repeated_blindly() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    world.bot().suffers(|whims| whims.silent = 1);
    jana.writes("Místo je.").await;
    worker.expect(["Místo je."]);
    jana.expect(["#1001"]);
    world.minutes(10).await;
    worker.hears_nothing();
    jana.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn a_refused_token_loses_nothing() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    jana.writes("jedna").await;
    worker.expect(["jedna"]);
    world.bot().suffers(|whims| whims.revoked = true);
    assert_eq!(world.listener().await.turn(false).await, Err(Trouble::Token));
    world.bot().suffers(|whims| whims.revoked = false);
    jana.writes("dva").await;
    worker.expect(["dva"]);
    world.ends().await;
}

#[tokio::test]
async fn an_update_that_comes_twice_happens_once() {
    let world = World::with_bot().await;
    world.bot().suffers(|whims| whims.twice = true);
    let (worker, jana, _) = world.held_in_chat().await;
    worker.writes("A vezmou i psa?").await;
    let asked = jana.expect(["A vezmou i psa?"]);
    jana.replies(&asked, "Ano.").await;
    worker.expect(["Ano."]);
    jana.hears_nothing();
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn after_a_quiet_week_updates_have_other_numbers() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    world.bot().numbers_updates_anew();
    worker.writes("Jste tam?").await;
    jana.expect(["Jste tam?"]);
    world.ends().await;
}

#[tokio::test]
async fn a_crash_before_the_commit_loses_nothing_and_one_after_it_doubles_nothing() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.writes_unheard("jedna");
    worker.writes_unheard("dva");
    // Nothing can be stored: the offset stays where it is.
    world.database_is_full(true).await;
    let turn = world.listener().await.turn(false).await.unwrap();
    assert_eq!((turn.came, turn.taken), (2, 0));
    assert_eq!(world.bot().waiting(), 2);
    world.database_is_full(false).await;
    world.restarts().await;
    let turn = world.listener().await.turn(false).await.unwrap();
    assert_eq!((turn.came, turn.taken), (2, 2));
    // It stops before the next question would have confirmed them.
    world.restarts().await;
    assert_eq!(world.bot().waiting(), 2);
    world.hears().await;
    assert_eq!(world.bot().waiting(), 0);
    jana.expect(["jedna"]);
    jana.expect(["dva"]);
    jana.hears_nothing();
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn another_listener_is_trouble_and_no_storm() {
    let world = World::with_bot().await;
    world.begins().await;
    world.bot().suffers(|whims| whims.rival = true);
    let listener = world.listener().await;
    let before = world.bot().asked("getUpdates");
    assert!(matches!(listener.turn(true).await, Err(Trouble::Conflict(_))));
    // The loop rests for a minute after the first conflict.
    let _ = tokio::time::timeout(std::time::Duration::from_millis(300), listener.run()).await;
    assert_eq!(world.bot().asked("getUpdates"), before + 2);
    world.bot().suffers(|whims| whims.rival = false);
    world.ends().await;
}

#[tokio::test]
async fn a_webhook_takes_what_proves_itself_and_nothing_else() {
    let world = World::with_webhook().await;
    let worker = world.person(9001);
    worker.writes_unheard("bydlení Most pro muže");
    for wrong in [Some(""), Some("neco_jineho_nez-ma-byt")] {
        assert_eq!(world.is_sent_updates(wrong).await, 0);
    }
    worker.hears_nothing();
    assert_eq!(world.is_sent_updates(None).await, 1);
    assert!(worker.reads_all().join("\n").contains("Most"));
    let to_line = |body: &'static [u8]| Request::post("/telegram").header("X-Telegram-Bot-Api-Secret-Token", SECRET).body(Body::from(body)).unwrap();
    assert_eq!(world.knocks(to_line(b"not an update")).await, StatusCode::OK, "it would come for ever");
    assert_eq!(world.knocks(Request::get("/telegram").body(Body::empty()).unwrap()).await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn what_a_webhook_could_not_store_comes_again() {
    let world = World::with_webhook().await;
    assert_eq!(world.bot().webhook(), Some(format!("{PUBLIC_URL}/telegram")));
    let worker = world.person(9001);
    worker.writes_unheard("bydlení Most pro muže");
    world.database_is_full(true).await;
    assert_eq!(world.is_sent_updates(None).await, 0);
    world.database_is_full(false).await;
    assert_eq!(world.is_sent_updates(None).await, 1);
    assert!(worker.reads_all().join("\n").contains("Most"));
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn where_updates_are_asked_for_no_address_takes_them() {
    let world = World::with_bot().await;
    world.bot().has_webhook(Some("https://jiny.example/"));
    world.begins().await;
    assert_eq!(world.bot().webhook(), None, "polling takes a webhook away");
    let proven = Request::post("/telegram").header("X-Telegram-Bot-Api-Secret-Token", SECRET).body(Body::from("{}")).unwrap();
    assert_eq!(world.knocks(proven).await, StatusCode::NOT_FOUND);
    world.ends().await;
}

#[tokio::test]
async fn one_person_cannot_flood_the_line() {
    let world = World::with_bot_where(|telegram| telegram.messages_of_person = 3, |_| {}).await;
    let worker = world.person(9001);
    for n in 0..6 {
        worker.writes_unheard(&format!("bydlení Most {n}"));
    }
    world.hears().await;
    let heard = world.log().await.iter().filter(|what| matches!(what, linka::domain::Happened::Heard { .. })).count();
    assert_eq!(heard, 3);
    assert_eq!(world.bot().waiting(), 0);
    world.minutes(61).await;
    worker.reads_all();
    worker.writes("operátor").await;
    assert!(!worker.reads_all().is_empty());
    world.puts_devices_away();
    world.person(JANA).reads_all();
    world.ends().await;
}

#[tokio::test]
async fn in_a_group_only_operators_are_heard_and_only_when_the_bot_is_meant() {
    let world = World::with_bot().await;
    world.bot().group(GROUP, true);
    let (stranger, jana) = (world.person(9001), world.person(JANA));
    stranger.clone().within(GROUP).writes("/start").await;
    stranger.clone().within(GROUP).writes("bydlení Most").await;
    jana.clone().within(GROUP).writes("Ahoj, kdo dnes slouží?").await;
    assert_eq!(world.contacts().await, 0);
    stranger.hears_nothing();
    jana.clone().within(GROUP).writes("/kdo@LinkaBot").await;
    jana.expect(["slouží"]);
    jana.within(GROUP).hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_group_with_a_new_number_still_gets_its_letters() {
    let grouped = |book: &mut linka::routing::Book| {
        let operator = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").unwrap();
        operator.addresses.insert(0, ContactPoint { channel: "telegram".to_owned(), handle: GROUP.to_string() });
    };
    let world = World::with_bot_where(|_| {}, grouped).await;
    world.bot().group(GROUP - 1, true);
    world.bot().suffers(|whims| whims.moved = Some((GROUP, GROUP - 1)));
    let worker = world.person(9001);
    worker.writes("bydlení Most, klient muž, prosím spojit s člověkem").await;
    worker.reads_all();
    let offer = world.bot().next(GROUP - 1).expect("an offer in the group");
    // An operator presses there, and is answered in the own chat.
    let jana = world.person(JANA);
    world.bot().presses(JANA, &offer, "Přijmout", false);
    world.hears().await;
    jana.expect(["je váš"]);
    assert_eq!(world.contact().await.stage, Stage::Held);
    worker.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn of_two_nodes_one_listens_and_the_other_goes_on() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    let other = world.second_node().await;
    let app = world.app().await;
    assert!(app.hold("telegram").await.unwrap());
    assert!(!other.hold("telegram").await.unwrap(), "one alone listens");
    worker.writes_unheard("jedna");
    let turn = world.listener().await.turn(false).await.unwrap();
    assert_eq!(turn.taken, 1);
    // It goes without having confirmed what it took.
    app.let_go("telegram").await.unwrap();
    assert!(other.hold("telegram").await.unwrap());
    assert!(!app.hold("telegram").await.unwrap());
    worker.writes_unheard("dva");
    let listening = world.post().outpost.listener(Arc::clone(&other));
    assert_eq!(listening.turn(false).await.unwrap().taken, 2);
    assert_eq!(listening.turn(false).await.unwrap().came, 0);
    world.settle().await;
    jana.expect(["jedna"]);
    jana.expect(["dva"]);
    jana.hears_nothing();
    other.stop().await;
    world.ends().await;
}

#[tokio::test]
async fn a_running_line_listens_by_itself_and_lets_go_when_it_stops() {
    let world = World::with_bot().await;
    let other = world.second_node().await;
    world.person(9001).writes_unheard("bydlení Most pro muže");
    let _ = world.post().outpost.open::<()>(&other);
    tokio::time::timeout(std::time::Duration::from_secs(20), async {
        while world.contacts().await == 0 || world.bot().waiting() > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("an update that is taken");
    assert!(!world.app().await.hold("telegram").await.unwrap());
    other.stop().await;
    assert!(world.app().await.hold("telegram").await.unwrap(), "it let go");
    world.settle().await;
    assert!(world.person(9001).reads_all().join("\n").contains("Most"));
    world.ends().await;
}

#[tokio::test]
async fn a_thousand_messages_keep_their_order() {
    let world = World::with_bot_where(|telegram| telegram.messages_of_person = 2_000, |_| {}).await;
    let (worker, jana, _) = world.held_in_chat().await;
    for n in 0..1_000 {
        worker.writes_unheard(&format!("zpráva číslo {n}."));
    }
    world.hears().await;
    world.minutes(20).await;
    let got: Vec<String> = jana.reads_all();
    let expected: Vec<String> = (0..1_000).map(|n| format!("zpráva číslo {n}.")).collect();
    let numbered: Vec<&String> = got.iter().filter(|text| text.contains("zpráva číslo")).collect();
    assert_eq!(numbered.len(), 1_000);
    assert!(numbered.iter().zip(&expected).all(|(got, expected)| got.contains(expected.as_str())));
    worker.reads_all();
    world.person(PETR).reads_all();
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn fifty_conversations_at_once_do_not_cross() {
    let world = World::with_bot().await;
    let places = ["Most", "Teplice", "Děčín", "Chomutov", "Louny"];
    let workers: Vec<_> = (0..50).map(|n| (world.person(9_100 + n), places[usize::try_from(n).unwrap() % places.len()])).collect();
    for (worker, place) in &workers {
        worker.writes_unheard(&format!("bydlení {place} pro muže"));
    }
    world.hears().await;
    for _ in 0..20 {
        world.seconds(1).await;
    }
    for (worker, place) in &workers {
        let said = worker.reads_all().join("\n");
        assert!(said.contains(&format!("Rozumím: {place}")) || said.contains(place), "{place}: {said}");
        assert!(places.iter().all(|other| other == place || !said.lines().any(|line| line.starts_with("Rozumím") && line.contains(other))), "{place}: {said}");
    }
    assert_eq!(world.contacts().await, 50);
    world.ends().await;
}

#[tokio::test]
async fn a_bot_that_is_down_costs_a_letter_nothing() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    world.bot().suffers(|whims| whims.too_much = (3, 2));
    jana.writes("Místo je.").await;
    for _ in 0..4 {
        world.seconds(3).await;
    }
    let got = worker.expect(["Místo je."]);
    let letter = world.letter_called(&format!("{}:{}", got.chat, got.id)).await;
    assert_eq!((letter.delivery, letter.attempts), (Delivery::Sent, 1));
    world.ends().await;
}
