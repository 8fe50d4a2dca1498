//! Contact points: proven by a code, left alone where nothing arrives, healed by a word from there.

use crate::world::{Operator, World};
use linka::channel::sim::{Fault, Received};
use linka::domain::{Barrier, Happened, Stage, Standing, Trouble};

/// The code a message carries.
fn code_in(received: &Received) -> String {
    received.words.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("a code").to_owned()
}

/// A code that is not this one.
fn other_than(code: &str) -> String {
    let turned = code.chars().map(|digit| if digit == '9' { '0' } else { '9' });
    turned.collect()
}

/// A line on which Petr has a new address.
async fn with_a_new_address() -> World {
    World::open_with("2026-02-02 10:00", |book| {
        let petr = book.operators.iter_mut().find(|operator| operator.id.as_str() == "petr").expect("Petr");
        "petr-novy".clone_into(&mut petr.addresses.first_mut().expect("an address").handle);
    })
    .await
}

async fn asked(world: &World, petr: &Operator) -> String {
    assert!(world.verifies("petr", "chat").await);
    code_in(&petr.expect(["Odepište sem", "půl hodiny"]).await)
}

#[tokio::test]
async fn a_contact_point_is_proven_by_a_code() {
    let world = with_a_new_address().await;
    let petr = world.operator("Petr").await;
    assert_eq!(world.standing("petr", "chat").await, Standing::Unverified);
    let code = asked(&world, &petr).await;
    assert!(matches!(world.standing("petr", "chat").await, Standing::Awaited(_)));
    petr.writes(&other_than(&code)).await;
    petr.expect(["nesouhlasí", "Zbývá pokusů: 4"]).await;
    petr.writes(&format!("Kód: {} {}", &code[..3], &code[3..])).await;
    petr.expect(["ověřené"]).await;
    assert!(matches!(world.standing("petr", "chat").await, Standing::Verified(_)));
    petr.writes(&code).await;
    petr.expect(["ověřené"]).await;
    world.ends().await;
}

#[tokio::test]
async fn five_wrong_codes_are_enough() {
    let world = with_a_new_address().await;
    let petr = world.operator("Petr").await;
    let code = asked(&world, &petr).await;
    for left in ["4", "3", "2", "1"] {
        petr.writes(&other_than(&code)).await;
        petr.expect(["Zbývá pokusů", left]).await;
    }
    petr.writes(&other_than(&code)).await;
    petr.expect(["další pokus už nejde", "požádejte koordinátorku"]).await;
    petr.writes(&code).await;
    petr.expect(["další pokus už nejde"]).await;
    assert!(!matches!(world.standing("petr", "chat").await, Standing::Verified(_)));
    world.minutes(1).await;
    let code = asked(&world, &petr).await;
    petr.writes(&code).await;
    petr.expect(["ověřené"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_late_code_is_told_so() {
    let world = with_a_new_address().await;
    let petr = world.operator("Petr").await;
    let code = asked(&world, &petr).await;
    world.minutes(30).await;
    petr.writes(&code).await;
    petr.expect(["už neplatí", "požádejte koordinátorku"]).await;
    assert_eq!(world.standing("petr", "chat").await, Standing::Unverified);
    world.ends().await;
}

#[tokio::test]
async fn codes_are_few() {
    let world = with_a_new_address().await;
    let petr = world.operator("Petr").await;
    for _ in 0..5 {
        asked(&world, &petr).await;
        assert!(!world.verifies("petr", "chat").await, "a second one within the minute");
        world.minutes(1).await;
    }
    assert!(!world.verifies("petr", "chat").await, "a sixth one on one day");
    petr.hears_nothing();
    world.clock("2026-02-03 10:00").await;
    asked(&world, &petr).await;
    world.ends().await;
}

#[tokio::test]
async fn a_code_never_reaches_a_worker() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    assert!(world.verifies("jana", "sms").await);
    let code = code_in(&jana.clone().on("sms").expect(["Odepiste sem"]).await);
    jana.writes(&code).await;
    jana.expect(["tam, kam přišel: SMS"]).await;
    jana.writes(&format!("#1001 {code}")).await;
    jana.expect(["tam, kam přišel: SMS"]).await;
    worker.hears_nothing();
    jana.clone().on("sms").writes(&other_than(&code)).await;
    jana.clone().on("sms").expect(["nesouhlasi"]).await;
    jana.clone().on("sms").writes(&code).await;
    jana.clone().on("sms").expect(["overene"]).await;
    worker.hears_nothing();
    jana.writes("1001 volejte 719000").await;
    worker.expect_reply(["volejte 719000"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_phone_is_called_and_the_code_keyed_in() {
    let world = World::open().await;
    let jana = world.operator("Jana").await;
    assert!(world.verifies("jana", "voice").await);
    let phone = jana.expect_ring(["ověřuje tento telefon"]).await;
    phone.presses("1").await;
    let code = code_in(&joined(&phone.expect(["Váš kód je", "Ještě jednou"]).await));
    for key in other_than(&code).chars() {
        phone.presses(&key.to_string()).await;
    }
    phone.hears_silences(5).await;
    phone.expect(["nesouhlasí", "znovu"]).await;
    phone.presses(&code[..2]).await;
    phone.presses("*").await;
    phone.hears_silences(2).await;
    phone.presses(&code).await;
    phone.expect(["ověřené"]).await;
    jana.expect_hang_up().await;
    assert!(matches!(world.standing("jana", "voice").await, Standing::Verified(_)));
    world.ends().await;
}

/// A code read digit by digit, as one word.
fn joined(received: &Received) -> Received {
    Received { words: received.words.replace(", ", ""), ..received.clone() }
}

#[tokio::test]
async fn whoever_blocks_the_line_is_reached_elsewhere_until_he_writes_again() {
    let world = World::open().await;
    world.breaks("chat:jana", Fault::Blocked);
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    let by_sms = jana.clone().on("sms");
    by_sms.expect_offer(["prijmout #1001"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["Jana má linku zablokovanou (chat)", "další spojení"]).await;
    assert!(matches!(world.standing("jana", "chat").await, Standing::Troubled(Trouble { barrier: Barrier::Blocked, .. })));
    by_sms.writes("přijmout").await;
    by_sms.expect(["je vas"]).await;
    worker.expect_reply(["má operátor"]).await;
    worker.texts("Ještě má psa.").await;
    by_sms.expect(["Jeste ma psa"]).await;
    coordinator.hears_nothing();
    world.mends("chat:jana");
    jana.writes("Jsem zase tady, pes není překážka.").await;
    worker.expect_reply(["pes není překážka"]).await;
    assert!(matches!(world.standing("jana", "chat").await, Standing::Verified(_)));
    worker.texts("Děkuji.").await;
    jana.expect(["Děkuji."]).await;
    by_sms.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn when_nothing_reaches_the_first_the_second_is_asked_at_once() {
    let world = World::open().await;
    world.breaks("chat:jana", Fault::Gone);
    world.breaks("sms:+420719000101", Fault::Gone);
    let worker = world.asked_in_most().await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["Jana: zprávy nedojdou (chat)", "další spojení"]).await;
    coordinator.expect(["Jana: zprávy nedojdou (SMS)", "Telefon dál zvoní"]).await;
    coordinator.expect(["Jana: teď nikde k zastižení", "#1001"]).await;
    worker.texts("Potřebuji to dnes.").await;
    worker.expect_reply(["Připsali"]).await;
    let other = world.worker("Věznice Jiřice");
    other.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    other.expect_reply(["Most"]).await;
    world.operator("Petr").await.expect_offer(["#1002"]).await;
    let why = world.log().await.into_iter().find_map(|what| if let Happened::Routed { why, .. } = what { Some(why) } else { None });
    assert!(why.expect("a route").iter().any(|why| why.cs.contains("Jana: zprávy teď nikam nedojdou")));
    coordinator.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_contact_whose_owner_cannot_be_reached_goes_to_others() {
    let world = World::open().await;
    let (worker, _jana) = world.held_by_jana().await;
    world.breaks("chat:jana", Fault::Blocked);
    world.breaks("sms:+420719000101", Fault::Gone);
    worker.texts("A co doklady?").await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.owner), (Stage::Waiting, None));
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["zablokovanou (chat)"]).await;
    coordinator.expect(["zprávy nedojdou (SMS)"]).await;
    coordinator.expect(["nikde k zastižení", "A co doklady?"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_unreachable_coordinator_is_no_dead_end() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let other = book.lines.iter_mut().find(|line| line.id.as_str() == "praha").expect("a line");
        other.coordinator = linka::domain::OperatorId::new("hana");
    })
    .await;
    for device in ["chat:koordinatorka", "sms:+420719000100"] {
        world.breaks(device, Fault::Gone);
    }
    let worker = world.asked_in_most().await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.minutes(3).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.minutes(5).await;
    worker.expect_reply(["koordinátorka"]).await;
    let hana = world.operator("Hana").await;
    hana.expect(["Koordinátorka: zprávy nedojdou (chat)"]).await;
    hana.expect(["Koordinátorka: zprávy nedojdou (SMS)"]).await;
    hana.expect(["Koordinátorka: teď nikde", "#1001"]).await;
    hana.expect_offer(["#1001"]).await;
    world.ends().await;
}
