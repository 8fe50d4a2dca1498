//! Who is let in by phone: blocked numbers, too many calls, a key for strangers, codes and PINs of prisons
//! and operators, postcodes, and what a day may cost.

use crate::phone::Handset;
use crate::world::{USTECKY, World, between};
use chrono::TimeDelta;
use linka::app::Judged;
use linka::console::password;
use linka::domain::{Delivery, Destination, Event, EventKey, Happened, LetterId, OperatorId, Reported, Spent, Stage, What, sms_parts};
use linka::store::{Blocked, PinOf};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

const WORKER: &str = "+420719000201";
const JANA: &str = "+420719000101";
const PIN: &str = "246813";
const WRONG: &str = "975312";

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

async fn with_prison(world: &World) {
    let store = world.app().await.store().clone();
    store.save_prison_login("BEL", "Věznice Bělušice", &password::hash(PIN).unwrap()).await.unwrap();
}

async fn with_pin(world: &World) {
    world.app().await.store().save_operator_pin(&OperatorId::new("jana"), &password::hash(PIN).unwrap()).await.unwrap();
    world.takes_over().await;
}

/// A day's cost, from somewhere.
async fn spends(world: &World, spent: Spent) {
    let report = Reported { spent, ..Reported::of(LetterId(Uuid::nil()), Delivery::Sent) };
    let app = world.app().await;
    app.accept(Event { key: EventKey::new("spends"), at: app.clock().now(), what: What::Reported(report) }).await.unwrap();
}

async fn signs_in(caller: &Handset, pin: &str) {
    caller.presses("7").await.hears(["písmena kódu"]).await;
    caller.types("235#").await.hears(["PIN a křížek"]).await;
    caller.types(&format!("{pin}#")).await;
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

#[tokio::test]
async fn a_blocked_number_is_refused_and_leaves_nothing() {
    let world = World::on_the_phone().await;
    let app = world.app().await;
    let blocked = Blocked { number: "+4207190002*".to_owned(), reason: "obtěžuje".to_owned(), author: "alena".to_owned(), at: app.clock().now() };
    app.store().block(&blocked).await.unwrap();
    world.takes_over().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.ended_as("no-answer");
    assert_eq!(world.contacts().await, 0);
    let hidden = world.network().caller(WORKER).withheld();
    hidden.dials(USTECKY).await.hears(["Kam se klient"]).await;
    hidden.hangs_up().await;
    world.network().texts(WORKER, USTECKY, "bydlení Most pro muže").await;
    world.seconds(20).await;
    assert!(world.network().inbox(WORKER).is_empty());
    assert_eq!(world.contacts().await, 1, "only the hidden caller's");
    app.store().unblock("+4207190002*").await.unwrap();
    world.takes_over().await;
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn one_number_calls_so_often_and_hidden_ones_share_nothing() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.calls_of_number = 2).await;
    let (caller, hidden) = (world.network().caller(WORKER), world.network().caller("+420719000209").withheld());
    for from in [&caller, &caller, &hidden, &hidden, &hidden] {
        from.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
        from.hangs_up().await;
        world.minutes(1).await;
    }
    caller.dials(USTECKY).await.hears(["už mnohokrát", "Na shledanou"]).await;
    caller.is_over();
    world.minutes(60).await;
    caller.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn there_is_room_for_so_many_calls_at_once() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.calls_at_once = 1).await;
    let (one, two) = (world.network().caller(WORKER), world.network().caller("+420719000209"));
    one.dials(USTECKY).await.hears(["Kam se klient"]).await;
    two.dials(USTECKY).await.ended_as("busy");
    one.hangs_up().await;
    world.seconds(1).await;
    two.dials(USTECKY).await.hears(["Kam se klient"]).await;
    two.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn calls_whose_end_nobody_told_make_room() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.limits.calls_at_once = 1).await;
    let (one, two) = (world.network().caller(WORKER), world.network().caller("+420719000209"));
    world.network().never_reports(WORKER);
    one.dials(USTECKY).await.hears(["Kam se klient"]).await;
    one.hangs_up().await;
    two.dials(USTECKY).await.ended_as("busy");
    world.seconds(61).await;
    two.dials(USTECKY).await.hears(["Kam se klient"]).await;
    let asked = || world.network().requests().iter().filter(|asked| asked.method == "GET").count();
    assert_eq!(asked(), 1);
    // Whoever still talks keeps the room, and the provider is not asked each time.
    let three = world.network().caller("+420719000210");
    for _ in 0..3 {
        world.seconds(21).await;
        three.dials(USTECKY).await.ended_as("busy");
        two.listens().await;
    }
    assert_eq!(asked(), 2);
    two.hangs_up().await;
    world.puts_devices_away();
    world.minutes(30).await;
    world.puts_devices_away();
    world.ends().await;
}

/// The key a stranger was told to press.
fn told(heard: &str) -> String {
    let keys = ["nulu", "jedničku", "dvojku", "trojku", "čtyřku", "pětku", "šestku", "sedmičku", "osmičku", "devítku"];
    let said = heard.split("stiskněte prosím ").nth(1).expect("a key");
    keys.iter().position(|key| said.starts_with(key)).expect("a key as people say it").to_string()
}

#[tokio::test]
async fn a_stranger_presses_the_key_that_is_read() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.captcha = true).await;
    world.network().repeats_webhooks();
    let caller = world.network().caller(WORKER);
    let heard = caller.dials(USTECKY).await.hears(["Pro spojení stiskněte", "please press"]).await;
    caller.presses(&told(&heard)).await.hears(["Kam se klient vrací"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await.hears(["Spojujeme"]).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    caller.hangs_up().await;
    world.operator("Jana").await.drains();
    world.operator("Jana").await.writes("/konec informace").await;
    world.minutes(1).await;
    caller.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_machine_that_presses_nothing_is_let_go() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.captcha = true).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    for _ in 0..3 {
        caller.keeps_silent().await;
    }
    caller.hears(["Spojení se nepodařilo"]).await;
    caller.is_over();
    assert_eq!(world.contacts().await, 0);
    world.ends().await;
}

#[tokio::test]
async fn a_postcode_is_a_place() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    caller.presses("6").await.hears(["pět číslic"]).await;
    caller.types("81101").await.hears(["neznáme", "Kam se klient vrací"]).await;
    caller.presses("6").await.hears(["pět číslic"]).await;
    caller.types("43401").await.hears(["Most, Ústecký kraj", "Co klient potřebuje"]).await;
    let Some(Destination::Place(place)) = world.contact().await.need.destination else { panic!("no place") };
    assert_eq!((place.orp.as_deref(), place.district.as_deref()), (Some("4209"), Some("CZ0425")));
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_written_postcode_is_a_place_when_it_is_called_one_or_stands_alone() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("sháním bydlení").await;
    worker.expect_reply(["Kam se klient vrací"]).await;
    worker.texts("434 01").await;
    worker.expect_reply(["Most, Ústecký kraj"]).await;
    let other = world.worker("Věznice Bělušice");
    other.texts("bydlení PSČ 43401, muž").await;
    other.expect_reply(["Most, Ústecký kraj"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn minutes_that_were_talked_are_what_the_day_costs() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| {
        phone.limits.price_of_part = 0.0;
        phone.limits.price_of_minute = 10.0;
        phone.limits.cost_of_day = 45.0;
    })
    .await;
    let app = world.app().await;
    let minutes = async || app.store().spent(app.clock().now().date_naive()).await.unwrap().minutes;
    let jana = world.network().handset(JANA);
    for (number, talked_s, of_day) in [(WORKER, 70, 2), ("+420719000208", 130, 5)] {
        let caller = world.network().caller(number);
        caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
        caller.presses("3").await.presses("1").await.presses("0").await.hears(["Spojujeme vás s operátorem"]).await;
        jana.answers().await.presses("1").await;
        caller.is_bridged_with(JANA);
        world.seconds(talked_s).await;
        caller.hangs_up().await;
        world.seconds(1).await;
        assert_eq!(minutes().await, of_day, "each minute that was begun");
        world.puts_devices_away();
    }
    // Fifty have been spent: the next caller rings no phone and is promised an answer, and it is said why.
    let caller = world.network().caller("+420719000209");
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.presses("3").await.presses("1").await.presses("0").await;
    caller.hears(["vzkaz"]).await;
    assert!(!jana.is_ringing() && minutes().await == 5);
    world.operator("Koordinátorka").await.expect(["limit útraty", "(50)"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    // At midnight it begins anew.
    world.clock("2026-02-04 09:30").await;
    world.puts_devices_away();
    caller.dials(USTECKY).await.listens().await;
    caller.hangs_up().await;
    assert_eq!(minutes().await, 0);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_day_that_cost_enough_rings_no_phone_and_the_coordinator_knows() {
    let world = World::on_the_phone().await;
    spends(&world, Spent { parts: 0, minutes: 1_000 }).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await.hears(["nikdo z operátorů", "po tónu"]).await;
    assert!(world.network().documents().iter().all(|(_, document)| !document.contains("<Dial")), "no phone rings");
    caller.hangs_up().await;
    world.settle().await;
    let book = world.app().await.handbook().book.clone();
    for coordinator in book.lines.iter().map(|line| &line.coordinator).collect::<BTreeSet<_>>() {
        let thread = world.operator(linka::routing::called(&book.operators, coordinator)).await.thread().await;
        let told = thread.iter().filter(|bubble| bubble.letter.as_ref().is_some_and(|letter| letter.body.words().contains("limit útraty"))).count();
        assert_eq!(told, 1, "{coordinator} is told once");
    }
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Delivered { error: Some(why), .. } if why.contains("cost limit"))));
    world.clock("2026-02-04 10:00").await;
    world.puts_devices_away();
    let other = world.network().caller("+420719000209");
    other.dials(USTECKY).await.hears(["Kam se klient"]).await;
    other.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    other.presses("1").await.hears(["Co klient potřebuje"]).await;
    other.presses("0").await.hears(["Spojujeme"]).await;
    other.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn messages_are_counted_and_stop_when_the_day_cost_enough() {
    let world = World::on_the_phone().await;
    let app = world.app().await;
    let day = app.clock().now().date_naive();
    let worker = world.texter();
    worker.texts("azylový dům Most, muž").await;
    let answer = worker.expect_reply(["Most"]).await;
    let parts = i64::try_from(sms_parts(&answer.words)).unwrap();
    assert_eq!(app.store().spent(day).await.unwrap(), Spent { parts, minutes: 0 });
    spends(&world, Spent { parts: 1_000, minutes: 0 }).await;
    let other = world.texter();
    other.texts("dluhy, Most").await;
    world.seconds(20).await;
    other.hears_nothing();
    assert_eq!(app.store().spent(day).await.unwrap().parts, parts + 1_000, "what is refused costs nothing");
    let urgent = world.texter();
    urgent.texts("klient se chce zabít, Most").await;
    urgent.expect_reply(["112"]).await;
    world.network().handset(JANA).answers().await.hears(["Naléhavé"]).await;
    world.network().handset(JANA).presses("1").await.hears(["je váš"]).await;
    urgent.expect_reply(["ma operator"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_console_blocks_a_number_and_lets_it_in_again() {
    let world = World::open().await;
    let desk = world.coordinator().await;
    let (status, _) = desk.sends("/console/people/blocked", &[("number", "+420 719 000 201"), ("reason", "volá naprázdno")]).await;
    assert_eq!(status.as_u16(), 303);
    let page = desk.reads("/console/people?done=blocked-added").await;
    assert!(page.contains("Číslo je zablokované.") && page.contains("+420719000201") && page.contains("volá naprázdno (alena, od"), "{page}");
    assert!(world.app().await.handbook().directory.is_blocked("+420719000201"));
    for (number, reason, said) in [("719000201", "x", "Tohle není číslo"), ("+2357*", "", "důvod"), ("+4*", "x", "nedovolali operátoři: "), ("+420719000101", "x", "Tohle číslo má na lince Jana")] {
        let (status, page) = desk.sends("/console/people/blocked", &[("number", number), ("reason", reason)]).await;
        assert_eq!(status.as_u16(), 422, "{number}");
        assert!(page.contains(said), "{number}: {said}");
    }
    desk.sends("/console/people/blocked", &[("remove", "+420719000201")]).await;
    assert!(!world.app().await.handbook().directory.is_blocked("+420719000201"));
    world.puts_devices_away();
    world.ends().await;
}
