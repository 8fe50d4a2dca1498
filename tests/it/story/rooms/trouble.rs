//! What goes wrong: silence, downtime, missing keys, rooms that are left, strangers.

use super::{held, held_by_jana};
use crate::matrix::Gate;
use crate::world::{LINKA, World};
use linka::config::Matrix;
use linka::domain::Happened;

/// A conversation longer than anybody's.
const MANY: usize = 1_000;

#[tokio::test]
async fn what_is_said_while_the_line_is_down_is_heard_once_and_in_order() {
    let settings = Matrix { messages_of_person: 5_000, ..Matrix::default() };
    let Some(world) = World::in_rooms_where(settings).await else { return };
    let (worker, jana) = held(&world).await;
    worker.writes(LINKA, "zpráva 0").await;
    // It was heard and stored, and the line stops before it knows how far it has listened.
    world.talks().await;
    jana.expect(["zpráva 0"]);
    world.restarts().await;
    for n in 1..=MANY {
        worker.writes(LINKA, &format!("zpráva {n}")).await;
    }
    world.talks().await;
    for n in 1..=MANY {
        assert!(jana.expect(["zpráva"]).words.ends_with(&format!("zpráva {n}")), "not in order: {n}");
    }
    jana.writes(LINKA, "Přečteno vše.").await;
    world.talks().await;
    worker.expect(["Přečteno vše"]);
    worker.reads_all();
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_homeserver_that_is_down_loses_nothing() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    world.home().server.goes_down();
    let sms = world.texter();
    sms.texts("bydleni Most, klientka, prosim spojit s clovekem").await;
    sms.expect_reply(["Most"]).await;
    world.cannot_listen().await;
    world.home().server.comes_up().await;
    world.minutes(2).await;
    world.talks().await;
    jana.expect(["Most", "Převezmete ho?"]);
    worker.writes(LINKA, "Ještě jsem tu.").await;
    world.talks().await;
    jana.expect(["Ještě jsem tu"]);
    sms.drains();
    for person in [&worker, &jana] {
        person.reads_all();
    }
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn words_without_a_key_are_kept_and_heard_when_it_comes() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let phone = world.device_of(&worker).await;
    phone.writes_in_room_of(&worker, LINKA, "Píšu z nového telefonu.").await;
    world.talks().await;
    jana.expect(["Píšu z nového telefonu"]);
    jana.writes(LINKA, "V pořádku.").await;
    world.talks().await;
    worker.expect(["V pořádku"]);
    phone.reads_all();
    worker.reads_all();
    jana.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn what_was_heard_and_could_not_be_stored_is_heard_again() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    for (words, restarts) in [("Jednou.", false), ("Dvakrát.", true)] {
        worker.writes(LINKA, words).await;
        world.database_is_full(true).await;
        world.cannot_listen().await;
        world.database_is_full(false).await;
        if restarts {
            world.restarts().await;
        }
        world.talks().await;
        jana.expect([words]);
    }
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn what_is_taken_back_while_the_homeserver_is_away_is_taken_back_later() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let message = worker.writes(LINKA, "Nastupuje 3. 12.").await;
    world.talks().await;
    jana.expect(["3. 12."]);
    worker.takes_back(LINKA, &message).await;
    // It tells that something was taken back, and then no more what that was.
    world.home().gate.loses(Some("/event/"));
    world.cannot_listen().await;
    world.home().gate.loses(None);
    world.talks().await;
    jana.expect(["smazal"]);
    world.ends().await;
}

#[tokio::test]
async fn words_in_the_open_are_not_read_and_their_writer_is_told() {
    let Some(world) = World::in_rooms().await else { return };
    let vera = world.account("vera").await;
    let room = vera.opens_plain_room(LINKA).await;
    world.talks().await;
    for words in ["bydlení Most", "haló?"] {
        vera.writes_in(&room, words).await;
        world.talks().await;
    }
    vera.expect(["není šifrovaná", "not encrypted"]);
    vera.hears_nothing();
    assert_eq!(world.contacts().await, 0);
    world.ends().await;
}

#[tokio::test]
async fn an_operator_is_told_once_of_words_whose_key_is_late() {
    let Some(world) = World::in_rooms().await else { return };
    let gate = Gate::before(world.home().server.url()).await;
    let worker = world.account_behind(&gate, "vera").await;
    let jana = held_by_jana(&world, &worker).await;
    gate.keeps("/sendToDevice/");
    worker.takes_a_new_key(LINKA).await;
    for words in ["Nastupuje 3. 12.", "Stačí jedno lůžko."] {
        worker.writes(LINKA, words).await;
        world.talks().await;
        worker.expect(["nemůžeme přečíst"]);
    }
    jana.expect(["#1001", "zatím nejde přečíst"]);
    jana.hears_nothing();
    gate.lets_through().await;
    world.talks().await;
    jana.expect(["Nastupuje 3. 12."]);
    jana.expect(["Stačí jedno lůžko"]);
    gate.keeps("/sendToDevice/");
    worker.takes_a_new_key(LINKA).await;
    worker.writes(LINKA, "A ještě něco.").await;
    world.talks().await;
    worker.expect(["nemůžeme přečíst"]);
    jana.expect(["zatím nejde přečíst"]);
    gate.lets_through().await;
    world.talks().await;
    jana.expect(["A ještě něco"]);
    world.ends().await;
}

#[tokio::test]
async fn a_room_into_which_others_were_invited_is_nobody_s_own() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let (guest, shared) = (world.account("host").await, worker.room_with(LINKA).await.room_id().to_owned());
    worker.invites(LINKA, &guest.id).await;
    world.talks().await;
    let told = worker.expect(["ještě někdo další", "píšeme vám odteď sem"]);
    assert_ne!(told.room, shared);
    guest.reads_all();
    jana.writes(LINKA, "Místo v Mostě je, volejte Přístav.").await;
    world.talks().await;
    assert_eq!(worker.expect(["Místo v Mostě je"]).room, told.room);
    guest.hears_nothing();
    guest.writes_in(&shared, "Tady host, jak to vypadá?").await;
    worker.replies(&told, "Děkuji.").await;
    world.talks().await;
    jana.expect(["Děkuji"]);
    jana.hears_nothing();
    worker.expect(["jak to vypadá"]);
    guest.hears_nothing();
    world.restarts().await;
    guest.writes_in(&shared, "Haló?").await;
    world.talks().await;
    worker.expect(["Haló"]);
    worker.hears_nothing();
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn an_operator_s_room_with_others_in_it_gets_no_letters() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let guest = world.account("host").await;
    jana.invites(LINKA, &guest.id).await;
    world.talks().await;
    let told = jana.expect(["ještě někdo další"]);
    guest.reads_all();
    worker.writes(LINKA, "Kolik stojí noc?").await;
    world.talks().await;
    let question = jana.expect(["Kolik stojí noc"]);
    assert_eq!(question.room, told.room);
    jana.replies(&question, "120 korun.").await;
    world.talks().await;
    worker.expect(["120 korun"]);
    guest.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn whoever_talks_with_somebody_is_told_of_other_keys() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    worker.makes_keys().await;
    jana.makes_keys().await;
    world.talks().await;
    jana.hears_nothing();
    assert!(world.reads_devices().is_empty(), "the first ones are taken as they are");
    worker.makes_keys().await;
    world.talks().await;
    let told = jana.expect(["#1001", "šifrovací klíče", "se stejným člověkem"]);
    assert!(!told.words.contains("vera"), "{}", told.words);
    assert!(world.log().await.contains(&Happened::NewKeys));
    worker.writes(LINKA, "To jsem já, mám nový telefon.").await;
    world.talks().await;
    jana.expect(["mám nový telefon"]);
    jana.makes_keys().await;
    world.talks().await;
    let told = world.reads_devices().join("\n");
    assert!(told.contains("Jana: šifrovací klíče se změnily"), "{told}");
    jana.writes(LINKA, "Dobře.").await;
    world.restarts().await;
    world.talks().await;
    worker.expect(["Dobře"]);
    jana.hears_nothing();
    assert!(world.reads_devices().is_empty(), "it is told once");
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_leaves_the_room_is_reached_elsewhere() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    jana.leaves(LINKA).await;
    world.talks().await;
    worker.writes(LINKA, "Slyšíme se?").await;
    world.talks().await;
    let jana = world.operator("Jana").await.on("sms");
    jana.expect(["Slysime se"]).await;
    worker.reads_all();
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn strangers_of_other_servers_cannot_invite_the_line() {
    let settings = Matrix { allowed_servers: vec!["jinde.example".to_owned()], ..Matrix::default() };
    let Some(world) = World::in_rooms_where(settings).await else { return };
    let guest = world.account("host").await;
    guest.writes(LINKA, "bydlení Most").await;
    world.talks().await;
    guest.hears_nothing();
    world.ends().await;
}
