//! Codes and PINs of prisons and operators: who signs in, who guesses, and where a PIN is never found.

use super::{JANA, PIN, WORKER, WRONG, signs_in, with_pin, with_prison};
use crate::world::{USTECKY, World, between};
use chrono::TimeDelta;
use linka::app::Judged;
use linka::domain::Stage;
use linka::store::PinOf;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// Everything the line logs on this thread while the guard lives.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn begin(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt().without_time().with_max_level(tracing::Level::TRACE).with_writer(move || log.clone()).finish();
        let logging = tracing::subscriber::set_default(subscriber);
        tracing::info!("the log is heard");
        logging
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// No PIN may be found anywhere but in its hash.
async fn nobody_knows_the_pin(world: &World, log: &Log) {
    let stored = world.everything_stored().await;
    let addresses: String = world.network().deliveries().iter().map(|delivery| delivery.url.clone()).collect();
    let documents: String = world.network().documents().iter().map(|(_, document)| document.clone()).collect();
    for pin in [PIN, WRONG] {
        for (place, text) in [("the database", &stored), ("an address", &addresses), ("a document", &documents), ("the log", &log.text())] {
            assert!(!text.contains(pin), "a PIN stands in {place}");
        }
    }
    assert!(log.text().contains("the log is heard") && stored.contains("argon2id"));
}

#[tokio::test]
async fn a_prison_signs_in_by_phone_and_its_pin_is_nowhere() {
    let log = Log::default();
    let _logging = log.begin();
    let world = World::on_the_phone().await;
    with_prison(&world).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Severní Čechy: tři"]).await;
    caller.presses("*").await.hears(["Přihlášení věznice: sedm"]).await;
    signs_in(&caller, WRONG).await;
    caller.hears(["PIN nesedí", "Kam se klient vrací"]).await;
    assert_eq!(world.contact().await.worker_name, None);
    signs_in(&caller, PIN).await;
    let heard = caller.hears(["jste přihlášeni: Věznice Bělušice", "Kam se klient vrací"]).await;
    assert!(!heard.contains("sedm"), "who is known is not asked again: {heard}");
    assert_eq!(world.contact().await.worker_name.as_deref(), Some("Věznice Bělušice"));
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.hangs_up().await;
    nobody_knows_the_pin(&world, &log).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn guessing_locks_out_who_guesses_and_nobody_else() {
    let world = World::on_the_phone().await;
    with_prison(&world).await;
    let (caller, prison) = (world.network().caller(WORKER), world.network().caller("+420719000209"));
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    for _ in 0..4 {
        signs_in(&caller, WRONG).await;
        caller.hears(["PIN nesedí"]).await;
    }
    for pin in [WRONG, PIN] {
        signs_in(&caller, pin).await;
        caller.hears(["přihlášení zamčené, znovu to půjde dnes v 11:0", "nový PIN vám dá koordinátorka"]).await;
    }
    caller.presses("7").await.hears(["písmena kódu"]).await;
    caller.types("999#").await.hears(["PIN a křížek"]).await;
    caller.types(&format!("{PIN}#")).await.hears(["PIN nesedí"]).await;
    caller.presses("7").await.hears(["písmena kódu"]).await;
    caller.keeps_silent().await.hears(["Nic jsme nezachytili"]).await;
    caller.hangs_up().await;
    prison.dials(USTECKY).await.hears(["Kam se klient"]).await;
    signs_in(&prison, PIN).await;
    prison.hears(["jste přihlášeni: Věznice Bělušice"]).await;
    prison.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn guessing_from_everywhere_locks_the_code_but_for_those_who_knew_it() {
    let world = World::on_the_phone().await;
    with_prison(&world).await;
    let app = world.app().await;
    let judge = async |by: &str, pin: &str| app.judge_pin(PinOf::Prison("BEL"), by, pin).await.unwrap();
    assert_eq!(judge("198.51.100.1", PIN).await, Judged::Right);
    for n in 0..19 {
        assert_eq!(judge(&format!("+42071900030{}", n % 5), WRONG).await, Judged::Wrong, "{n}");
    }
    let Judged::Locked(until) = judge("+420719000305", WRONG).await else { panic!("not locked") };
    assert_eq!(until, app.clock().now() + TimeDelta::hours(1));
    assert_eq!(judge("203.0.113.7", PIN).await, Judged::Locked(until), "whoever was never there");
    assert_eq!(judge("198.51.100.1", PIN).await, Judged::Right);
    assert_eq!(judge("203.0.113.7", PIN).await, Judged::Right, "a right one begins the count anew");
    world.ends().await;
}

#[tokio::test]
async fn a_code_typed_on_without_a_hash_gives_no_pin_away() {
    let log = Log::default();
    let _logging = log.begin();
    let world = World::on_the_phone().await;
    with_prison(&world).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.presses("7").await.hears(["písmena kódu"]).await;
    caller.types(&format!("235{PIN}#")).await.hears(["PIN a křížek"]).await;
    caller.types(&format!("{PIN}#")).await.hears(["PIN nesedí"]).await;
    caller.hangs_up().await;
    nobody_knows_the_pin(&world, &log).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_doubled_request_is_no_second_guess() {
    let world = World::on_the_phone().await;
    with_prison(&world).await;
    world.network().repeats_webhooks();
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    signs_in(&caller, WRONG).await;
    caller.hears(["PIN nesedí"]).await;
    let login = world.app().await.store().prison_login("BEL").await.unwrap().unwrap();
    assert_eq!(login.failures, 1);
    signs_in(&caller, PIN).await;
    caller.hears(["jste přihlášeni"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_known_extension_is_introduced_and_hears_nothing_more() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| {
        phone.captcha = true;
        phone.limits.calls_of_number = 1;
    })
    .await;
    with_prison(&world).await;
    world.app().await.store().add_prison_phone(WORKER, "BEL").await.unwrap();
    world.takes_over().await;
    let caller = world.network().caller(WORKER);
    for _ in 0..3 {
        let heard = caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
        assert!(!heard.contains("Bělušice"), "{heard}");
        caller.hangs_up().await;
        world.minutes(1).await;
    }
    assert!(world.every_contact().await.iter().all(|contact| contact.worker_name.as_deref() == Some("Věznice Bělušice")));
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_proves_by_pin_who_calls() {
    let log = Log::default();
    let _logging = log.begin();
    let world = World::on_the_phone().await;
    with_pin(&world).await;
    let jana = world.network().caller(JANA);
    jana.dials(USTECKY).await.hears(["Zadejte svůj PIN a křížek"]).await;
    jana.types(&format!("{WRONG}#")).await.hears(["PIN nesedí"]).await;
    jana.types(&format!("{PIN}#")).await;
    jana.listens().await;
    let proven = world.network().deliveries().into_iter().filter(|delivery| delivery.url.contains("/twilio/voice/pin")).count();
    assert_eq!(proven, 2);
    jana.hangs_up().await;
    nobody_knows_the_pin(&world, &log).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_coordinator_gives_an_operator_a_pin_and_takes_it_away() {
    let world = World::on_the_phone().await;
    let desk = world.coordinator().await;
    let page = desk.reads("/console/people").await;
    assert!(page.contains("Vytvořit PIN") && !page.contains("Zrušit PIN"));
    let mut pins = Vec::new();
    for replaces in [false, true] {
        let (status, page) = desk.sends("/console/people/pin", &[("id", "jana")]).await;
        assert_eq!((status.as_u16(), page.contains("Předchozí od teď neplatí")), (200, replaces), "{page}");
        pins.push(between(&page, "readonly value=\"", "\"").to_owned());
    }
    assert!(pins.iter().all(|pin| pin.len() == 6) && pins[0] != pins[1]);
    assert!(!world.everything_stored().await.contains(&pins[1]) && !desk.reads("/console/people").await.contains(&pins[1]), "it is shown once");
    let jana = world.network().caller(JANA);
    jana.dials(USTECKY).await.hears(["Zadejte svůj PIN"]).await;
    jana.types(&format!("{}#", pins[0])).await.hears(["PIN nesedí"]).await;
    jana.types(&format!("{}#", pins[1])).await.listens().await;
    jana.hangs_up().await;
    let (status, _) = desk.sends("/console/people/pin", &[("id", "jana"), ("remove", "1")]).await;
    assert_eq!(status.as_u16(), 303);
    assert!(desk.reads("/console/people?done=pin").await.contains("PIN je zrušený"));
    jana.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    jana.hangs_up().await;
    let (status, _) = desk.sends("/console/people/pin", &[("id", "nikdo")]).await;
    assert_eq!(status.as_u16(), 404);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_is_locked_out_hears_until_when() {
    let world = World::on_the_phone().await;
    with_pin(&world).await;
    world.network().repeats_webhooks();
    let jana = world.network().caller(JANA);
    jana.dials(USTECKY).await.hears(["Zadejte svůj PIN"]).await;
    for _ in 0..2 {
        jana.types(&format!("{WRONG}#")).await.hears(["PIN nesedí"]).await;
    }
    jana.types(&format!("{WRONG}#")).await.hears(["Kam se klient vrací"]).await;
    jana.hangs_up().await;
    jana.dials(USTECKY).await.hears(["Zadejte svůj PIN"]).await;
    jana.types(&format!("{WRONG}#")).await.hears(["PIN nesedí"]).await;
    jana.types(&format!("{WRONG}#")).await.hears(["PIN zamčený, znovu to půjde dnes v 11:0", "dá koordinátorka", "Kam se klient vrací"]).await;
    jana.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_with_a_hash_alone_is_a_caller() {
    let world = World::on_the_phone().await;
    with_pin(&world).await;
    let jana = world.network().caller(JANA);
    jana.dials(USTECKY).await.hears(["stiskněte jen křížek"]).await;
    jana.presses("#").await.hears(["Kam se klient vrací"]).await;
    jana.hangs_up().await;
    assert_eq!(world.contact().await.stage, Stage::Closed);
    world.puts_devices_away();
    world.ends().await;
}
