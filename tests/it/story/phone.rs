//! Calls over the phone network: what a caller hears, which phones ring, who gets the call.

use crate::phone::Handset;
use crate::world::{USTECKY, World};
use linka::domain::{Happened, Outcome, Stage};
use linka::routing::Reach;

const WORKER: &str = "+420719000201";
const JANA: &str = "+420719000101";
const PETR: &str = "+420719000102";
const KAREL: &str = "+420719000106";

/// Calls the line and presses through to a person: North Bohemia, the Ústí Region, somebody please.
async fn asks_for_a_person(world: &World) -> Handset {
    let caller = world.network().caller(WORKER);
    presses_through(&caller).await;
    caller
}

async fn presses_through(caller: &Handset) {
    caller.dials(USTECKY).await;
    caller.hears(["Linka spolupráce", "Hovor nenahráváme", "Severní Čechy: tři"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await.hears(["Spojujeme vás s operátorem"]).await;
}

/// Has been connected with Jana, and has put the phone down.
async fn has_talked_with_jana(world: &World) -> (Handset, Handset) {
    let (caller, jana) = (asks_for_a_person(world).await, world.network().handset(JANA));
    jana.answers().await.presses("1").await;
    world.operator("Jana").await.expect(["je váš"]).await;
    caller.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    (caller, jana)
}

/// A worker gets a message on the same number.
async fn is_texted(world: &World, number: &str, parts: [&str; 1]) {
    // A number sends one part of a message in a second.
    world.seconds(10).await;
    world.numbered(number).on("sms").expect_reply(parts).await;
}

#[tokio::test]
async fn a_caller_is_connected_with_who_presses_one() {
    let world = World::on_the_phone().await;
    let caller = asks_for_a_person(&world).await;
    let jana = world.network().handset(JANA);
    jana.rings();
    assert_eq!(jana.shows(), USTECKY, "the operator does not see the caller's number");
    jana.answers().await.hears(["Ústecký kraj", "jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš", "volajícím"]).await;
    world.minutes(3).await;
    jana.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    caller.hears(["Pomohli jsme vám"]).await;
    caller.presses("1").await.hears(["na shledanou"]).await;
    caller.is_over();
    assert_eq!(world.contact().await.stage, Stage::Held);
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Rated { value: 3 })));
    world.operator("Jana").await.writes("/konec informace").await;
    world.operator("Jana").await.expect(["uzavřený"]).await;
    assert_eq!(world.contact().await.outcome, Some(Outcome::Informed));
    is_texted(&world, WORKER, ["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_voicemail_box_is_no_operator() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (world.network().handset(JANA), world.network().handset(PETR));
    jana.voicemail();
    let caller = asks_for_a_person(&world).await;
    caller.waits_for_somebody();
    world.seconds(30).await;
    caller.hears(["zvoníme dalšímu"]).await;
    petr.answers().await.hears(["jedničky"]).await;
    petr.presses("1").await;
    caller.is_bridged_with(PETR);
    world.operator("Petr").await.expect(["je váš"]).await;
    caller.hangs_up().await;
    petr.is_over();
    world.operator("Petr").await.expect(["dopadl"]).await;
    world.ends().await;
}

#[tokio::test]
async fn nobody_answers_and_the_message_becomes_a_promise() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (world.network().handset(JANA), world.network().handset(PETR));
    let caller = asks_for_a_person(&world).await;
    jana.lets_it_ring().await;
    caller.hears(["zvoníme dalšímu"]).await;
    petr.declines().await;
    caller.hears(["nikdo z operátorů", "po tónu", "beze jmen"]).await;
    caller.speaks(12).await.presses("#").await.hears(["Číslo vašeho kontaktu je 1, 0, 0, 1", "Opakuji", "na shledanou"]).await;
    caller.is_over();
    let contact = world.contact().await;
    assert_eq!(contact.stage, Stage::Waiting);
    assert!(contact.promise_due.is_some());
    world.operator("Jana").await.expect_offer(["hlasový vzkaz"]).await;
    is_texted(&world, WORKER, ["1001"]).await;
    world.ends().await;
}

#[tokio::test]
async fn two_press_one_together_and_one_gets_the_call() {
    let world = World::where_three_ring_at_once().await;
    let (jana, petr, karel) = (world.network().handset(JANA), world.network().handset(PETR), world.network().handset(KAREL));
    let caller = asks_for_a_person(&world).await;
    jana.rings();
    petr.rings();
    karel.rings();
    jana.answers().await.hears(["jedničky"]).await;
    petr.answers().await.hears(["jedničky"]).await;
    tokio::join!(jana.presses("1"), petr.presses("1"));
    let won = world.contact().await.owner.is_some_and(|owner| owner.as_str() == "jana");
    let (winner, loser) = if won { (("Jana", &jana), ("Petr", &petr)) } else { (("Petr", &petr), ("Jana", &jana)) };
    caller.is_bridged_with(winner.1.number());
    loser.1.listens().await;
    loser.1.is_over();
    karel.is_over();
    world.seconds(10).await;
    for name in [loser.0, "Karel"] {
        world.operator(name).await.expect(["už má"]).await;
    }
    world.operator(winner.0).await.expect(["je váš"]).await;
    caller.hangs_up().await;
    winner.1.is_over();
    world.operator(winner.0).await.expect(["dopadl"]).await;
    let taken = world.log().await.iter().filter(|what| matches!(what, Happened::Taken { .. })).count();
    assert_eq!(taken, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_caller_who_hangs_up_while_three_phones_ring_is_promised_an_answer() {
    let world = World::where_three_ring_at_once().await;
    let caller = asks_for_a_person(&world).await;
    caller.hangs_up().await;
    for number in [JANA, PETR, KAREL] {
        world.network().handset(number).is_over();
    }
    world.operator("Jana").await.expect_offer(["Ústecký"]).await;
    is_texted(&world, WORKER, ["hovor jsme nestihli"]).await;
    assert_eq!(world.contact().await.stage, Stage::Waiting);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_withheld_caller_is_served_and_never_texted() {
    for shown in ["anonymous", "+266696687", "restricted", ""] {
        let world = World::on_the_phone().await;
        let caller = world.network().caller(WORKER).withheld_as(shown);
        presses_through(&caller).await;
        let jana = world.network().handset(JANA);
        jana.answers().await.hears(["jedničky"]).await;
        jana.presses("1").await;
        caller.is_bridged_with(JANA);
        world.operator("Jana").await.expect(["je váš"]).await;
        caller.hangs_up().await;
        world.operator("Jana").await.expect(["dopadl"]).await;
        world.operator("Jana").await.writes("Ještě doplním adresu.").await;
        world.operator("Jana").await.expect(["skryté číslo"]).await;
        world.numbered(WORKER).on("sms").hears_nothing();
        world.ends().await;
    }
}

/// Everywhere a caller may hang up, as keys pressed before; an empty one is silence.
const WAYS: [&[&str]; 7] = [&[], &["3"], &["3", "1"], &["3", "1", "1"], &["0"], &["3", "1", "0"], &["x", "3"]];

#[tokio::test]
async fn whoever_hangs_up_anywhere_is_a_contact() {
    for way in WAYS {
        let world = World::on_the_phone().await;
        let caller = world.network().caller(WORKER);
        caller.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
        for key in way {
            match *key {
                "x" => caller.keeps_silent().await,
                key => caller.presses(key).await,
            };
            caller.listens().await;
        }
        caller.hangs_up().await;
        world.seconds(1).await;
        let contact = world.contact().await;
        assert!(matches!(contact.stage, Stage::Closed | Stage::Waiting | Stage::Promised), "{way:?}: {:?}", contact.stage);
        assert!(world.log().await.iter().any(|what| matches!(what, Happened::Heard { words } if words == "[zavěšeno]")), "{way:?}");
        assert!(world.audits().await, "{way:?}");
        world.puts_devices_away();
        world.ends().await;
    }
}

#[tokio::test]
async fn two_callers_of_one_switchboard_are_two_contacts() {
    let world = World::on_the_phone().await;
    let (one, two) = (world.network().caller("+420312000001"), world.network().caller("+420312000009").withheld_as("+420312000001"));
    one.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
    two.dials(USTECKY).await.hears(["Linka spolupráce"]).await;
    one.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    two.presses("1").await.hears(["Praha: jedna"]).await;
    one.presses("1").await.hears(["Co klient potřebuje"]).await;
    two.presses("2").await.hears(["Co klient potřebuje"]).await;
    one.hangs_up().await;
    two.presses("5").await.hears(["Stačí to takto"]).await;
    two.presses("1").await.hears(["Pomohli"]).await;
    two.presses("1").await.hears(["na shledanou"]).await;
    let contacts = world.every_contact().await;
    let regions: Vec<_> = contacts.iter().filter_map(|contact| contact.need.destination.as_ref()?.region()).map(linka::domain::Region::code).collect();
    assert_eq!(regions.len(), 2, "{regions:?}");
    assert!(regions.contains(&"CZ042") && regions.contains(&"CZ020"), "{regions:?}");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn whoever_rings_again_goes_on_with_the_open_question() {
    let world = World::on_the_phone().await;
    let (caller, jana) = has_talked_with_jana(&world).await;
    world.minutes(10).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený", "jedna"]).await;
    caller.presses("1").await.hears(["Spojujeme"]).await;
    jana.rings();
    jana.answers().await.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš"]).await;
    assert_eq!(world.contacts().await, 1, "it is the same contact");
    caller.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    caller.presses("2").await.hears(["Linka spolupráce", "Kam se klient vrací"]).await;
    caller.hangs_up().await;
    assert_eq!(world.contacts().await, 2, "a new question is a new contact");
    world.ends().await;
}

#[tokio::test]
async fn an_operator_calls_back_through_the_line() {
    let world = World::on_the_phone().await;
    let caller = asks_for_a_person(&world).await;
    caller.hangs_up().await;
    is_texted(&world, WORKER, ["hovor jsme nestihli"]).await;
    let operator = world.operator("Jana").await;
    let offer = operator.expect_offer(["Ústecký"]).await;
    operator.takes(&offer).await;
    is_texted(&world, WORKER, ["ma operator"]).await;
    operator.writes("/zavolat").await;
    operator.expect(["zvoníme vám na telefon"]).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["zpětné volání ke kontaktu"]).await;
    jana.presses("1").await;
    let worker = world.network().handset(WORKER);
    worker.rings();
    assert_eq!(worker.shows(), USTECKY, "the worker does not see the operator's number");
    worker.answers().await;
    jana.is_bridged_with(WORKER);
    world.minutes(2).await;
    worker.hangs_up().await;
    jana.hears(["Jak kontakt dopadl", "informace podána: 3"]).await;
    jana.presses("3").await.hears(["na shledanou"]).await;
    jana.is_over();
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Informed)));
    operator.expect(["uzavřený"]).await;
    is_texted(&world, WORKER, ["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn every_webhook_may_come_twice() {
    let world = World::on_the_phone().await;
    world.network().repeats_webhooks();
    world.network().reorders_statuses();
    let caller = asks_for_a_person(&world).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš"]).await;
    jana.hangs_up().await;
    caller.hears(["Pomohli"]).await;
    caller.presses("2").await.hears(["na shledanou"]).await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn an_end_of_ringing_nobody_reports_is_no_end_of_the_call() {
    let world = World::on_the_phone().await;
    world.network().loses_end_of_ring();
    let caller = asks_for_a_person(&world).await;
    world.network().handset(JANA).lets_it_ring().await;
    caller.hears(["zvoníme dalšímu"]).await;
    let petr = world.network().handset(PETR);
    petr.answers().await.presses("1").await;
    caller.is_bridged_with(PETR);
    world.operator("Petr").await.expect(["je váš"]).await;
    world.minutes(5).await;
    caller.is_bridged_with(PETR);
    caller.hangs_up().await;
    world.operator("Petr").await.expect(["dopadl"]).await;
    world.ends().await;
}

#[tokio::test]
async fn english_is_one_key_away() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["For English, press nine"]).await;
    caller.presses("9").await.hears(["Where does the client return to"]).await;
    caller.hangs_up().await;
    world.ends().await;
}

#[tokio::test]
async fn an_answer_is_read_and_comes_by_message() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.listens().await;
    caller.presses("3").await.presses("1").await.presses("1").await;
    let heard = caller.hears(["SMS", "Stačí to takto"]).await;
    assert!(heard.chars().count() < 1_000, "an answer is read in forty seconds:\n{heard}");
    caller.presses("1").await.hears(["Pomohli"]).await;
    caller.keeps_silent().await.hears(["na shledanou"]).await;
    caller.is_over();
    world.seconds(10).await;
    let message = world.numbered(WORKER).on("sms").expect_reply([]).await;
    assert!(linka::domain::sms_parts(&message.words) <= 3, "{}", message.words);
    world.ends().await;
}

#[tokio::test]
async fn outside_hours_a_message_is_taken_and_promised() {
    let world = World::on_the_phone_at("2026-02-03 20:00").await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.listens().await;
    caller.presses("3").await.presses("1").await.presses("0").await.hears(["zavřeno", "nejpozději zítra v 10 hodin", "po tónu"]).await;
    caller.keeps_silent().await.hears(["Nic jsme neslyšeli"]).await;
    caller.speaks(20).await.presses("#").await.hears(["Číslo vašeho kontaktu", "nejpozději zítra"]).await;
    assert_eq!(world.contact().await.stage, Stage::Promised);
    is_texted(&world, WORKER, ["1001"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_hundred_call_at_once() {
    let world = World::on_the_phone().await;
    let callers: Vec<Handset> = (0..100).map(|n| world.network().caller(&format!("+4207194{n:05}"))).collect();
    for caller in &callers {
        caller.dials(USTECKY).await;
    }
    assert_eq!(world.network().live_calls(), 100);
    for caller in &callers {
        caller.presses("3").await.presses("1").await.presses("2").await;
    }
    for caller in &callers {
        caller.hears(["Stačí to takto"]).await;
        caller.presses("1").await;
    }
    for caller in &callers {
        caller.hangs_up().await;
    }
    assert_eq!(world.every_contact().await.len(), 100);
    assert!(world.every_contact().await.iter().all(|contact| contact.stage == Stage::Closed));
    world.minutes(10).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_caller_waits_a_moment_while_nothing_can_be_stored() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Severní Čechy: tři"]).await;
    let busy = world.keeps_the_database_busy().await;
    caller.presses("3").await;
    drop(busy);
    caller.hears(["Okamžik, prosím", "Ústecký kraj: jedna"]).await;
    caller.hangs_up().await;
    let pressed = world.log().await.iter().filter(|what| matches!(what, Happened::Heard { words } if words.contains("klávesa 3"))).count();
    assert_eq!(pressed, 1, "the key counts once");
    world.ends().await;
}

#[tokio::test]
async fn a_caller_is_told_when_the_line_is_out_of_order() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Severní Čechy: tři"]).await;
    let busy = world.keeps_the_database_busy().await;
    caller.presses("3").await;
    let heard = caller.hears(["linka má právě poruchu"]).await;
    assert_eq!(heard.matches("Okamžik").count(), 3, "{heard}");
    caller.is_over();
    drop(busy);
    world.minutes(11).await;
    assert!(!world.contact().await.is_open(), "the hang-up was stored in the end");
    world.ends().await;
}

#[tokio::test]
async fn a_written_contact_is_offered_by_a_call_and_the_provider_may_be_down() {
    let world = World::on_the_phone_among(|book| {
        let jana = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").expect("Jana");
        jana.reach = ["chat", "voice"].into_iter().zip([0, 2]).map(|(channel, after_minutes)| Reach { channel: channel.to_owned(), after_minutes }).collect();
    })
    .await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    worker.expect_reply(["Most"]).await;
    world.operator("Jana").await.expect_offer(["Most"]).await;
    world.network().is_down();
    world.seconds(121).await;
    world.network().is_up();
    world.seconds(70).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["Pracovník píše"]).await;
    jana.presses("1").await.hears(["je váš"]).await;
    jana.is_over();
    worker.expect_reply(["má operátor"]).await;
    world.puts_devices_away();
    world.ends().await;
}

/// A caller gets through to Jana, they talk, the caller rates the call.
async fn the_whole_call_goes_well(world: &World) {
    let caller = asks_for_a_person(world).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš"]).await;
    jana.hangs_up().await;
    caller.hears(["Pomohli"]).await;
    caller.presses("1").await.hears(["na shledanou"]).await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Rated { value: 3 })));
}

#[tokio::test]
async fn a_server_that_speaks_the_same_language_serves_as_well() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| "compatible".clone_into(&mut phone.vendor)).await;
    world.network().takes_any_voice();
    the_whole_call_goes_well(&world).await;
    assert!(world.network().documents().iter().all(|(_, document)| !document.contains("voice=\"") && !document.contains("#rc=")));
    world.ends().await;
}

#[tokio::test]
async fn newer_signatures_and_a_farewell_nobody_says_change_nothing() {
    let world = World::on_the_phone().await;
    world.network().signs_with_sha256();
    world.network().says_no_farewell();
    the_whole_call_goes_well(&world).await;
    world.ends().await;
}

#[tokio::test]
async fn somebody_else_is_refused() {
    let world = World::on_the_phone().await;
    world.network().changes_token("somebody-elses");
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    caller.listens().await;
    assert!(world.network().deliveries().iter().all(|delivery| delivery.status == Some(403)));
    assert_eq!(world.contacts().await, 0);
    world.network().takes_faults();
    world.network().changes_token("test-token");
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_calls_the_line_calls_a_worker_back() {
    let world = World::on_the_phone().await;
    let pin = linka::console::password::hash("246813").expect("a hash");
    world.app().await.store().save_operator_pin(&linka::domain::OperatorId::new("jana"), &pin).await.expect("a PIN");
    world.takes_over().await;
    let caller = asks_for_a_person(&world).await;
    caller.hangs_up().await;
    is_texted(&world, WORKER, ["hovor jsme nestihli"]).await;
    let operator = world.operator("Jana").await;
    let offer = operator.expect_offer(["Ústecký"]).await;
    operator.takes(&offer).await;
    is_texted(&world, WORKER, ["ma operator"]).await;
    let jana = world.network().caller(JANA);
    jana.dials(USTECKY).await.hears(["Zadejte svůj PIN"]).await;
    jana.types("246813#").await.hears(["Komu chcete zavolat", "1 0 0 1: stiskněte 1"]).await;
    jana.presses("1").await;
    let worker = world.network().handset(WORKER);
    worker.rings();
    assert_eq!(worker.shows(), USTECKY, "the worker does not see the operator's number");
    worker.declines().await;
    jana.hears(["hovor nepřijal"]).await;
    jana.is_over();
    jana.dials(USTECKY).await.hears(["PIN"]).await;
    jana.types("246813#").await.hears(["Komu chcete zavolat"]).await;
    jana.presses("1").await;
    worker.answers().await;
    jana.is_bridged_with(WORKER);
    worker.hangs_up().await;
    jana.hears(["Jak kontakt dopadl"]).await;
    jana.presses("1").await.hears(["na shledanou"]).await;
    assert_eq!(world.contact().await.outcome, Some(Outcome::Placed));
    operator.expect(["uzavřený"]).await;
    is_texted(&world, WORKER, ["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn whoever_rings_again_in_vain_leaves_the_contact_where_it_was() {
    let world = World::on_the_phone().await;
    let (caller, jana) = has_talked_with_jana(&world).await;
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    caller.presses("1").await.hears(["Spojujeme"]).await;
    jana.rings();
    caller.hangs_up().await;
    jana.is_over();
    world.operator("Jana").await.expect(["znovu volal", "/zavolat"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.owner.as_ref().map(linka::domain::OperatorId::as_str)), (Stage::Held, Some("jana")));
    assert!(world.audits().await, "the contact has its next step");
    caller.dials(USTECKY).await.hears(["dotaz je ještě otevřený"]).await;
    caller.presses("2").await.hears(["Kam se klient vrací"]).await;
    caller.hangs_up().await;
    let new = world.contact().await;
    assert_eq!((new.number, new.stage), (1002, Stage::Closed), "the new question ends with its call");
    assert_eq!(world.every_contact().await.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn a_hash_at_once_is_no_message_and_no_other_answer() {
    let world = World::on_the_phone_at("2026-02-03 20:00").await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.listens().await;
    caller.presses("3").await.presses("1").await.presses("0").await.hears(["po tónu"]).await;
    caller.presses("#").await.hears(["Nic jsme neslyšeli"]).await;
    caller.hangs_up().await;
    assert_eq!(world.contact().await.stage, Stage::Promised);
    world.seconds(10).await;
    world.puts_devices_away();
    world.ends().await;
}
