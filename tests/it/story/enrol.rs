//! Codes that bring somebody in: operators with their own chats and phones, workers of a prison by the sheet
//! on its wall; and leaving.

use crate::world::{JANA, World};
use linka::app::invite;
use linka::channel::sim::Fault;
use linka::domain::{Address, Guest, Invitation, OperatorId, Standing};
use linka::routing::Book;

const PRISON: &str = "Věznice Horní Dolní";
const QUESTION: &str = "bydlení Most, klient muž, prosím spojit s člověkem";

async fn invites(world: &World, guest: Guest) -> Invitation {
    let app = world.app().await;
    invite(app.store(), guest, "alena", app.clock().now()).await.expect("an invitation")
}

/// Jana is to join from one more place.
async fn jana_is_invited(world: &World) -> Invitation {
    invites(world, Guest::Operator(OperatorId::new("jana"))).await
}

/// A sheet for the wall of a prison.
async fn sheet(world: &World) -> Invitation {
    world.app().await.store().save_prison_login("HD", PRISON, "$argon2id$").await.expect("a prison");
    invites(world, Guest::Prison { code: "HD".to_owned(), name: PRISON.to_owned() }).await
}

async fn addresses(world: &World, operator: &str) -> Vec<String> {
    let handbook = world.app().await.handbook();
    handbook.operator(&OperatorId::new(operator)).expect("an operator").addresses.iter().map(ToString::to_string).collect()
}

/// Jana has a phone and no chat.
fn without_chat(book: &mut Book) {
    let jana = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").expect("Jana");
    jana.addresses.retain(|address| address.channel == "sms" || address.channel == "voice");
}

#[tokio::test]
async fn an_operator_joins_from_the_bot_and_is_offered_contacts_there() {
    let world = World::with_bot_where(|_| {}, without_chat).await;
    let code = jana_is_invited(&world).await;
    let jana = world.person(JANA);
    jana.writes_unheard(&format!("/start {}", code.code));
    jana.writes_unheard("/kdo");
    world.hears().await;
    jana.expect(["Vítejte na lince", "Jana Vzorová", "Sloužíte na", "Nabídky vám budou chodit sem", "/pomoc"]);
    jana.expect(["Kdo teď slouží"]);
    world.operator("Jana").await.on("sms").expect(["pribylo dalsi"]).await;
    assert!(matches!(world.standing("jana", "telegram").await, Standing::Verified(_)));
    let worker = world.asked_in_chat().await;
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana.writes(&format!("/start {}", code.code)).await;
    jana.expect(["už vás známe"]);
    worker.hears_nothing();
    assert!(!world.everything_stored().await.contains(&format!("kód {}", code.code)), "what was written is not kept");
    world.ends().await;
}

#[tokio::test]
async fn an_operator_joins_by_a_short_message() {
    let world = World::open().await;
    let code = jana_is_invited(&world).await;
    let phone = world.stranger().on("sms");
    phone.texts(&format!("kod {}", code.shown().to_lowercase())).await;
    phone.expect_reply(["Vitejte na lince", "dal chodi nejdriv tam"]).await;
    let jana = world.operator("Jana").await;
    jana.expect(["přibylo další (SMS)"]).await;
    let expected = ["chat:jana".to_owned(), phone.address().to_string(), "sms:+420719000101".to_owned(), "voice:+420719000101".to_owned()];
    assert_eq!(addresses(&world, "jana").await, expected);
    world.breaks("chat:jana", Fault::Blocked);
    let worker = world.worker("Věznice Bělušice");
    worker.texts(QUESTION).await;
    worker.expect_reply(["Most"]).await;
    phone.expect_reply(["prijmout #1001"]).await;
    world.operator("Koordinátorka").await.expect(["Jana má linku zablokovanou"]).await;
    world.ends().await;
}

#[tokio::test]
async fn one_person_joins_twice_each_time_with_an_own_code() {
    let world = World::open().await;
    let (one, two) = (jana_is_invited(&world).await, jana_is_invited(&world).await);
    let (chat, phone) = (world.stranger(), world.stranger().on("sms"));
    chat.texts(&one.shown()).await;
    chat.expect_reply(["Vítejte na lince", "chodit sem"]).await;
    world.numbered("jana").expect_reply(["přibylo další (chat)"]).await;
    phone.texts(&format!("Kód: {}", two.code)).await;
    phone.expect_reply(["Vitejte na lince"]).await;
    chat.expect_reply(["přibylo další (SMS)"]).await;
    let known = addresses(&world, "jana").await;
    assert_eq!(known.first(), Some(&chat.address().to_string()));
    assert_eq!(known.len(), 5, "{known:?}");
    phone.texts(&one.shown()).await;
    phone.expect_reply(["uz vas zname"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_code_delivered_twice_joins_once() {
    let world = World::open().await;
    let code = jana_is_invited(&world).await;
    let phone = world.stranger().on("sms");
    let (first, second) = phone.texts_and_it_arrives_twice(&format!("kód {}", code.shown())).await;
    assert!(!first.repeated && second.repeated);
    phone.expect_reply(["Vitejte"]).await;
    phone.hears_nothing();
    world.operator("Jana").await.expect(["přibylo další"]).await;
    assert_eq!(addresses(&world, "jana").await.len(), 4);
    assert_eq!(world.app().await.store().invitation(&code.id).await.unwrap().unwrap().uses, 1);
    world.ends().await;
}

#[tokio::test]
async fn workers_of_a_prison_join_by_the_sheet_on_the_wall() {
    let world = World::open().await;
    let code = sheet(&world).await;
    let worker = world.stranger();
    worker.texts(&format!("kód {}", code.shown())).await;
    worker.expect_reply(["Vítejte", PRISON, "odpojit"]).await;
    assert_eq!(world.contacts().await, 0, "a code is no question");
    worker.texts(QUESTION).await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    jana.expect_offer([PRISON, "Most"]).await;
    worker.texts(&code.shown()).await;
    worker.expect_reply(["už vás známe", PRISON]).await;
    let other = world.stranger().on("sms");
    other.texts(&code.shown()).await;
    other.expect_reply(["Vitejte", "Veznice Horni Dolni"]).await;
    assert_eq!(world.app().await.store().invitation(&code.id).await.unwrap().unwrap().uses, 2);
    world.ends().await;
}

#[tokio::test]
async fn whoever_has_asked_already_may_still_say_where_from() {
    let world = World::open().await;
    let code = sheet(&world).await;
    let worker = world.stranger();
    worker.texts(QUESTION).await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    worker.texts(&code.shown()).await;
    worker.expect_reply(["odsud píšete za", "pokračuje"]).await;
    assert_eq!(world.contact().await.worker_name.as_deref(), Some(PRISON));
    jana.hears_nothing();
    worker.texts("7A4C 2345").await;
    jana.expect(["#1001 píše: 7A4C 2345"]).await;
    world.ends().await;
}

#[tokio::test]
async fn codes_that_bring_nobody_in_say_what_to_do() {
    let world = World::open().await;
    let (expired, revoked, used) = (jana_is_invited(&world).await, jana_is_invited(&world).await, jana_is_invited(&world).await);
    world.app().await.store().revoke_invitation(&revoked.id, linka::app::Clock::System.now()).await.unwrap();
    let chat = world.stranger();
    chat.texts(&used.shown()).await;
    chat.expect_reply(["Vítejte"]).await;
    world.numbered("jana").expect_reply(["přibylo další"]).await;
    let other = world.stranger();
    other.texts(&used.shown()).await;
    other.expect_reply(["už byl použitý", "koordinátorku"]).await;
    other.texts(&revoked.shown()).await;
    other.expect_reply(["byl zrušen", "koordinátorku"]).await;
    other.texts("kód 4F7K").await;
    other.expect_reply(["neznáme", "koordinátorku"]).await;
    world.clock("2026-02-09 10:00").await;
    other.texts(&expired.shown()).await;
    other.expect_reply(["čas uplynul", "koordinátorku"]).await;
    assert_eq!(world.contacts().await, 0);
    assert_eq!(addresses(&world, "jana").await.len(), 4);
    world.ends().await;
}

#[tokio::test]
async fn whoever_guesses_is_not_judged_for_an_hour() {
    let world = World::open().await;
    let code = jana_is_invited(&world).await;
    let (guesser, honest) = (world.stranger(), world.stranger());
    for guess in ["kód 4F7K9M22", "kód 4F7K9M23", "4F7K-9M24", "kód 4F7K9M25"] {
        guesser.texts(guess).await;
        guesser.expect_reply(["neznáme"]).await;
    }
    guesser.texts("kód 4F7K9M26").await;
    guesser.expect_reply(["příliš", "za hodinu"]).await;
    guesser.texts(&code.shown()).await;
    guesser.expect_reply(["příliš"]).await;
    assert_eq!(world.contacts().await, 0, "nothing of it is a question");
    honest.texts("kód 4F7K9M26").await;
    honest.expect_reply(["neznáme"]).await;
    world.minutes(61).await;
    guesser.texts(&code.shown()).await;
    guesser.expect_reply(["Vítejte"]).await;
    world.numbered("jana").expect_reply(["přibylo další"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_leaves_one_device_and_goes_on_at_the_other() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("/odejít").await;
    let chat = world.numbered("jana");
    chat.expect_reply(["Odhlášeno", "ostatních spojeních"]).await;
    assert_eq!(addresses(&world, "jana").await, ["sms:+420719000101", "voice:+420719000101"]);
    worker.texts("Ještě má psa.").await;
    let phone = jana.clone().on("sms");
    phone.expect(["Jeste ma psa"]).await;
    phone.writes("odpojit").await;
    phone.expect(["otevrene kontakty", "#1001"]).await;
    phone.writes("/konec info").await;
    phone.expect(["uzavreny"]).await;
    worker.drains();
    phone.writes("/odejit").await;
    world.numbered("+420719000101").on("sms").expect_reply(["Odhlaseno", "rekli jsme to koordinatorce"]).await;
    world.operator("Koordinátorka").await.expect(["Jana se odhlašuje (SMS)"]).await;
    assert_eq!(addresses(&world, "jana").await, ["voice:+420719000101"]);
    world.ends().await;
}

#[tokio::test]
async fn a_worker_who_joined_by_a_code_leaves() {
    let world = World::open().await;
    let code = sheet(&world).await;
    let worker = world.stranger();
    worker.texts(&code.shown()).await;
    worker.expect_reply(["Vítejte"]).await;
    worker.texts("odpojit").await;
    worker.expect_reply(["nepíšete za svou organizaci"]).await;
    worker.texts(QUESTION).await;
    worker.expect_reply(["Most"]).await;
    let offer = world.operator("Jana").await.expect_offer(["Most"]).await;
    assert!(!offer.words.contains(PRISON), "{}", offer.words);
    world.ends().await;
}

#[tokio::test]
async fn an_operators_code_is_for_no_web_page_and_no_room() {
    let world = World::open().await;
    let code = jana_is_invited(&world).await;
    let web = world.worker("Věznice Bělušice").on("web");
    web.texts(&code.shown()).await;
    let said = world.thread(&Address::new("web", web.address().handle)).await;
    assert!(said.iter().any(|bubble| format!("{bubble:?}").contains("je pro operátora")), "{said:?}");
    let room = world.room("ustecky", "room").await;
    world.stranger().writes_in(&room, &code.shown()).await;
    room.is_quiet();
    assert_eq!(addresses(&world, "jana").await.len(), 3);
    world.ends().await;
}
