//! Stories on a real homeserver, in encrypted rooms.

use crate::matrix::Person;
use linka::config::Matrix;
use crate::world::World;
use std::sync::Arc;

#[tokio::test]
async fn a_worker_asks_and_an_operator_answers_each_in_a_room_of_their_own() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = (world.account("vera").await, world.account("jana").await);
    worker.writes(&world.linka(), "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?", "1 – Přijmout"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana.writes(&world.linka(), "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    let answer = worker.expect(["Místo v Mostě je"]);
    worker.replies(&answer, "Děkuji, a kolik stojí noc?").await;
    world.talks().await;
    let question = jana.expect(["kolik stojí noc"]);
    jana.replies(&question, "120 korun.").await;
    world.talks().await;
    worker.expect(["120 korun"]);
    jana.writes(&world.linka(), "/konec zajištěno").await;
    world.talks().await;
    jana.expect(["uzavřen"]);
    worker.expect(["uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    worker.writes(&world.linka(), "1").await;
    world.talks().await;
    worker.expect(["Děkujeme"]);
    world.ends().await;
}

#[tokio::test]
async fn words_are_changed_and_taken_back_and_files_go_both_ways() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let message = worker.writes(&world.linka(), "Nastupuje 3. 12.").await;
    world.talks().await;
    jana.expect(["3. 12."]);
    worker.changes(&world.linka(), &message, "Nastupuje 13. 12.").await;
    world.talks().await;
    jana.expect(["13. 12."]);
    worker.takes_back(&world.linka(), &message).await;
    world.talks().await;
    jana.expect(["smazal"]);
    let picture = PNG.to_vec();
    worker.sends_file(&world.linka(), "souhlas.png", "image/png", picture.clone()).await;
    world.talks().await;
    let file = jana.expect(["obrázek"]);
    assert_eq!(jana.opens(&file).await, picture);
    jana.sends_file(&world.linka(), "plan.png", "image/png", picture.clone()).await;
    world.talks().await;
    worker.expect(["Soubor jsme operátorovi předali"]);
    let file = worker.expect([]);
    assert_eq!(worker.opens(&file).await, picture);
    for person in [&worker, &jana] {
        person.reads_all();
    }
    world.ends().await;
}

#[tokio::test]
async fn a_line_s_people_take_and_answer_in_the_thread_of_their_room() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana, petr) = (world.account("vera").await, world.account("jana").await, world.account("petr").await);
    let team = jana.opens_room(&[&petr.id, &world.linka()]).await;
    world.talks().await;
    world.people_meet_in("ustecky", team.as_str()).await;
    worker.writes(&world.linka(), "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let in_team = |one: &crate::matrix::Seen| one.room == team;
    let (first, second) = (jana.expect(["Most"]), jana.expect(["Most"]));
    let post = if in_team(&first) { first } else { second };
    petr.expect(["Most"]);
    jana.signs(&post, "1️⃣").await;
    world.talks().await;
    worker.expect(["má operátor"]);
    let seen = petr.expect(["převzala Jana"]);
    assert_eq!(seen.changes.as_ref(), Some(&post.event), "the offer itself says who took it");
    let told = petr.expect(["je váš"]);
    assert_eq!(told.thread.as_ref(), Some(&post.event), "the rest stands in its thread");
    jana.reads_all();
    petr.writes_in_thread(&post, "To znám, ozvi se Přístavu.").await;
    world.talks().await;
    worker.hears_nothing();
    jana.expect(["To znám"]);
    jana.writes_in_thread(&post, "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    worker.expect(["Místo v Mostě je"]);
    worker.writes(&world.linka(), "Děkuji, a kolik stojí noc?").await;
    world.talks().await;
    let question = jana.expect(["kolik stojí noc"]);
    assert_eq!(question.thread.as_ref(), Some(&post.event));
    petr.reads_all();
    worker.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn what_is_said_while_the_line_is_down_is_heard_once_and_in_order() {
    let settings = Matrix { messages_of_person: 5_000, ..Matrix::default() };
    let Some(world) = World::in_rooms_where(settings).await else { return };
    let (worker, jana) = held(&world).await;
    worker.writes(&world.linka(), "zpráva 0").await;
    // It was heard and stored, and the line stops before it knows how far it has listened.
    world.talks().await;
    jana.expect(["zpráva 0"]);
    world.restarts().await;
    for n in 1..=MANY {
        worker.writes(&world.linka(), &format!("zpráva {n}")).await;
    }
    world.talks().await;
    for n in 1..=MANY {
        assert!(jana.expect(["zpráva"]).words.ends_with(&format!("zpráva {n}")), "not in order: {n}");
    }
    jana.writes(&world.linka(), "Přečteno vše.").await;
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
    worker.writes(&world.linka(), "Ještě jsem tu.").await;
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
    phone.writes_in_room_of(&worker, &world.linka(), "Píšu z nového telefonu.").await;
    world.talks().await;
    jana.expect(["Píšu z nového telefonu"]);
    jana.writes(&world.linka(), "V pořádku.").await;
    world.talks().await;
    worker.expect(["V pořádku"]);
    phone.reads_all();
    worker.reads_all();
    jana.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_leaves_the_room_is_reached_elsewhere() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    jana.leaves(&world.linka()).await;
    world.talks().await;
    worker.writes(&world.linka(), "Slyšíme se?").await;
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
    guest.writes(&world.linka(), "bydlení Most").await;
    world.talks().await;
    guest.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_texter_is_answered_from_a_room() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let texter = world.texter();
    texter.texts("bydleni Most, klient muz, prosim spojit s clovekem").await;
    texter.expect_reply(["Most"]).await;
    world.talks().await;
    jana.expect(["Most", "Převezmete ho?"]);
    jana.writes(&world.linka(), "1").await;
    world.talks().await;
    jana.expect(["je váš"]);
    texter.expect_reply(["ma operator"]).await;
    jana.writes(&world.linka(), "Místo v Mostě je, volejte Přístav.").await;
    world.talks().await;
    texter.expect_reply(["Misto v Moste je"]).await;
    texter.texts("Dekuji moc").await;
    world.talks().await;
    jana.expect(["Dekuji moc"]);
    world.ends().await;
}

#[tokio::test]
async fn several_conversations_at_once_do_not_mix() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let mut workers = Vec::new();
    for n in 0..6 {
        let worker = world.account(&format!("vera{n}")).await;
        worker.writes(&world.linka(), "bydlení Most, klient muž, prosím spojit s člověkem").await;
        world.talks().await;
        worker.reads_all();
        let offer = jana.expect(["Most"]);
        jana.signs(&offer, "1️⃣").await;
        world.talks().await;
        let number = jana.expect(["je váš"]).words;
        let number: String = number.chars().skip_while(|c| *c != '#').take_while(|c| !c.is_whitespace()).collect();
        worker.reads_all();
        workers.push((worker, number));
    }
    for (n, (worker, number)) in workers.iter().enumerate() {
        worker.writes(&world.linka(), &format!("otázka {n}")).await;
        world.talks().await;
        let question = jana.expect([number, &format!("otázka {n}")]);
        jana.replies(&question, &format!("odpověď {n}")).await;
    }
    world.talks().await;
    for (n, (worker, _)) in workers.iter().enumerate() {
        worker.expect([&format!("odpověď {n}")]);
        worker.hears_nothing();
    }
    world.ends().await;
}

/// A worker whose contact Jana has taken, each in a room of their own.
async fn held(world: &World) -> (Arc<Person>, Arc<Person>) {
    let (worker, jana) = (world.account("vera").await, world.account("jana").await);
    worker.writes(&world.linka(), "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    (worker, jana)
}

/// A conversation longer than anybody's.
const MANY: usize = 1_000;

/// The smallest picture.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
    0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test]
async fn another_client_reads_the_line_and_is_read() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let mut writer = world.home().server.lets_write("vera", &world.linka()).await;
    world.talks().await;
    writer.writes("bydlení Most, klient muž, prosím spojit s člověkem");
    world.talks().await;
    writer.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    writer.expect(["má operátor"]);
    jana.writes(&world.linka(), "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    writer.expect(["Místo v Mostě je"]);
    writer.writes("Děkuji, zavolám.");
    world.talks().await;
    jana.expect(["Děkuji, zavolám"]);
    world.ends().await;
}
