//! What a worker may write, and what the line makes of it.

use crate::world::World;
use linka::domain::{Happened, Outcome, Stage};

#[tokio::test]
async fn the_catalogue_answers_alone() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("azylovy dum Most muz").await;
    let answer = worker.expect_reply(["Azylovy dum", "Most", "volno 2 mista", "over. 1.2."]).await;
    assert!(linka::domain::sms_parts(&answer.words) <= 3, "{} parts: {}", linka::domain::sms_parts(&answer.words), answer.words);
    worker.texts("1").await;
    worker.expect_reply(["Pomohli jsme"]).await;
    worker.texts("1").await;
    worker.expect_reply(["Dekujeme"]).await;
    world.operator("Jana").await.hears_nothing();
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Informed)));
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::LookedUp { found: true, .. })));
    world.ends().await;
}

#[tokio::test]
async fn an_ambiguous_place_is_asked_about_once() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("azylový dům Ústí, muž").await;
    let question = worker.expect_reply(["Které máte na mysli"]).await;
    let first = match &question.letter.body {
        linka::domain::Body::Text { choices, .. } => choices.iter().find(|choice| choice.label.contains("Labem")).expect("Ústí nad Labem").label.clone(),
        other => panic!("no question: {other:?}"),
    };
    worker.chooses(&question, &first).await;
    worker.expect_reply(["Ústí nad Labem"]).await;
    world.ends().await;
}

#[tokio::test]
async fn personal_data_is_masked_and_stored_nowhere() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Klient Otmar Vomáčka, r. č. 800101/0019, jde do Mostu, bydlení. Spojte mě s operátorem.").await;
    worker.expect_reply(["údaje"]).await;
    let offer = world.operator("Jana").await.expect_offer(["Most"]).await;
    assert!(!offer.words.contains("Vomáčka") && !offer.words.contains("0019"), "{}", offer.words);
    let stored = world.everything_stored().await;
    assert!(!stored.contains("Vomáčka") && !stored.contains("800101"), "personal data was stored");
    world.ends().await;
}

#[tokio::test]
async fn a_bulk_message_goes_to_a_person() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Propouštíme v pátek šest klientů do Mostu, všichni potřebují ubytování.").await;
    worker.expect_reply(["Most"]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_return_abroad_goes_to_a_person_and_not_to_a_region() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Klient se vrací na Slovensko, potřebuje bydlení.").await;
    worker.expect_reply([]).await;
    let contact = world.contact().await;
    assert_eq!(contact.need.destination.as_ref().and_then(linka::domain::Destination::region), None);
    assert_eq!(contact.stage, Stage::Waiting);
    world.operator("Marie").await.expect_offer(["zahraničí"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_crisis_goes_to_people_at_once_even_at_night() {
    let world = World::open_at("2026-02-01 23:00").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Klientka v Mostě se znovu pořezala a chce se zabít, zítra ji pouštíme.").await;
    worker.expect_reply(["116 123"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    let offer = coordinator.expect_offer(["SPĚCHÁ"]).await;
    coordinator.clone().on("sms").expect_offer(["SPECHA"]).await;
    coordinator.expect_ring(["Naléhavé"]).await;
    coordinator.takes(&offer).await;
    coordinator.expect_hang_up().await;
    worker.expect_reply(["má operátor"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_crisis_nobody_takes_is_offered_again_and_again() {
    let world = World::open_at("2026-02-01 23:00").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Klientka v Mostě se znovu pořezala a chce se zabít, zítra ji pouštíme.").await;
    worker.expect_reply(["116 123", "hned přivoláváme"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect_offer(["SPĚCHÁ"]).await;
    world.minutes(5).await;
    worker.expect_reply(["Zatím se nám nikdo neozval", "116 123"]).await;
    coordinator.expect_offer(["SPĚCHÁ"]).await;
    world.minutes(5).await;
    coordinator.expect_offer(["SPĚCHÁ"]).await;
    world.puts_devices_away();
    // In the morning those on duty are asked too.
    world.clock("2026-02-02 09:30").await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["SPĚCHÁ"]).await;
    world.operator("Petr").await.expect_offer(["SPĚCHÁ"]).await;
    world.puts_devices_away();
    jana.chooses(&offer, "Přijmout").await;
    worker.expect_reply(["má operátor"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_promise_stands_from_the_moment_it_is_said() {
    for text in ["do Mostu, muž, bydlení, prosím spojit s člověkem", "4 klienti: Most, Teplice, Chomutov a Louny, všichni bydlení", "vrací se na Slovensko do Košic"] {
        let world = World::open_at("2026-02-01 23:00").await;
        let worker = world.worker("Věznice Bělušice");
        worker.texts(text).await;
        worker.expect_reply(["Ozveme se nejpozději"]).await;
        let contact = world.contact().await;
        assert_eq!(contact.stage, Stage::Promised, "{text}");
        assert!(contact.promise_due.is_some(), "{text}");
        world.clock("2026-02-02 09:00").await;
        assert_eq!(world.contact().await.stage, Stage::Waiting, "{text}");
        assert!(world.puts_devices_away() > 0, "somebody is asked in the morning: {text}");
        world.ends().await;
    }
}

#[tokio::test]
async fn odd_messages_get_an_answer_and_lose_nothing() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("   ").await;
    worker.expect_reply(["prázdná"]).await;
    worker.sends("sticker").await;
    worker.expect_reply(["slovy"]).await;
    assert_eq!(world.contacts().await, 0);
    let long = format!("bydlení Most {}", "a".repeat(10_000));
    worker.texts(&long).await;
    worker.expect_reply(["prvních 4000 znaků"]).await;
    worker.expect_reply(["Most"]).await;
    worker.texts("\u{0}\u{202e}👩‍👧‍👦 \u{fffd}").await;
    worker.expect_reply([]).await;
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn english_is_answered_in_english() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Hello, my client is a man, he needs housing in Most. Can I talk to an operator?").await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["An operator has your question"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_picture_among_words_vanishes_and_one_alone_keeps_a_sign() {
    let world = World::on_the_phone().await;
    let (worker, jana) = world.texter_held_by_jana().await;
    jana.writes("Místo je 👍 zajištěné 🙂.").await;
    let answer = worker.expect_reply(["Misto je zajistene."]).await;
    assert!(!answer.words.contains('?'), "{}", answer.words);
    jana.writes("👍").await;
    worker.expect_reply(["Operator: OK"]).await;
    world.ends().await;
}
