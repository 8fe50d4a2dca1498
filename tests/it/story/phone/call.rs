//! A call of one worker: what is said, where it may end, what stays of it.

use super::{JANA, PETR, WORKER, asks_for_a_person, is_texted, presses_through};
use crate::world::{USTECKY, World};
use linka::domain::{Address, Event, EventKey, Happened, Heard, LetterId, Outcome, Said, Stage, Via, What};
use uuid::Uuid;

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
    caller.hears(["Pomohli jsme vám? Ano: jedna. Zčásti: dva. Ne: tři."]).await;
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

#[tokio::test]
async fn a_withheld_caller_who_hangs_up_while_phones_ring_leaves_nobody_a_promise() {
    for shown in ["anonymous", "+266696687", "restricted", ""] {
        let world = World::where_three_ring_at_once().await;
        let caller = world.network().caller(WORKER).withheld_as(shown);
        presses_through(&caller).await;
        caller.hangs_up().await;
        for number in [JANA, PETR] {
            world.network().handset(number).is_over();
        }
        world.minutes(60).await;
        let contact = world.contact().await;
        assert_eq!((contact.stage, contact.outcome, contact.promise_due), (Stage::Closed, Some(Outcome::Abandoned), None), "{shown}");
        assert!(!world.log().await.iter().any(|what| matches!(what, Happened::Promised { .. })));
        world.ends().await;
    }
}

#[tokio::test]
async fn who_has_talked_with_a_withheld_caller_is_not_relieved_by_others_in_vain() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER).withheld();
    presses_through(&caller).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.presses("1").await;
    world.operator("Jana").await.expect(["je váš"]).await;
    caller.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    world.minutes(60).await;
    assert_eq!(world.contact().await.stage, Stage::Held);
    assert!(world.audits().await, "the contact has its next step");
    world.ends().await;
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
async fn a_caller_is_led_quickly_and_hears_every_way_the_second_time() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    let heard = caller.dials(USTECKY).await.hears(["For English, press nine", "Operátor: nula", "Morava a Slezsko: pět"]).await;
    assert!(heard.chars().count() <= 230, "fifteen seconds, {} characters: {heard}", heard.chars().count());
    caller.presses("*").await.hears(["Kam se klient vrací", "Poštovní směrovací číslo: šest", "Přihlášení věznice: sedm"]).await;
    caller.presses("3").await.presses("1").await.hears(["Další možnosti: osm"]).await;
    let last = caller.presses("8").await.hears(["Něco jiného: sedm", "Zpět na začátek: osm"]).await;
    assert!(!last.contains("Další"), "{last}");
    caller.presses("8").await.hears(["Bydlení: jedna"]).await;
    caller.hangs_up().await;
    world.ends().await;
}

#[tokio::test]
async fn keys_are_heard_before_the_tone() {
    let world = World::on_the_phone_at("2026-02-03 20:00").await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    caller.presses("3").await.presses("1").await.presses("0").await.presses("9").await.hears(["After the tone"]).await;
    caller.speaks(8).await.presses("#").await.hears(["Your contact number is"]).await;
    is_texted(&world, WORKER, ["1001"]).await;
    world.ends().await;
}

#[tokio::test]
async fn whoever_says_nothing_is_called_all_the_same() {
    let world = World::on_the_phone_at("2026-02-03 20:00").await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.listens().await;
    let closed = caller.presses("3").await.presses("1").await.presses("0").await.hears(["po tónu"]).await;
    assert_eq!((closed.matches("Ústecký kraj").count(), closed.matches("otevír").count()), (1, 1), "nothing is said twice: {closed}");
    caller.keeps_silent().await.keeps_silent().await;
    caller.hears(["Ani teď jsme nic neslyšeli. Číslo vašeho kontaktu", "Ozveme se nejpozději zítra v 10 hodin"]).await;
    assert_eq!(world.contact().await.stage, Stage::Promised);
    is_texted(&world, WORKER, ["1001"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_withheld_caller_is_promised_only_what_can_be_kept() {
    for time in ["2026-02-02 10:00", "2026-02-03 20:00"] {
        let world = World::on_the_phone_at(time).await;
        let caller = world.network().caller(WORKER).withheld();
        caller.dials(USTECKY).await;
        caller.presses("3").await.presses("1").await.presses("0").await;
        if time.ends_with("10:00") {
            caller.hears(["Spojujeme"]).await;
            world.network().handset(JANA).declines().await;
            caller.hears(["zvoníme dalšímu"]).await;
            world.network().handset(PETR).declines().await;
        }
        let heard = caller.hears(["Vaše číslo nevidíme", "Zavolejte prosím", "číslo na sebe", "po tónu"]).await;
        assert!(!heard.contains("Ozveme") && !heard.contains("ozveme"), "{heard}");
        caller.keeps_silent().await.keeps_silent().await;
        let heard = caller.hears(["nic neslyšeli", "Zavolejte nám prosím znovu", "na shledanou"]).await;
        assert!(!heard.contains("zveme"), "{heard}");
        world.minutes(1).await;
        world.puts_devices_away();
        world.ends().await;
    }
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

#[tokio::test]
async fn an_answer_to_what_is_no_longer_asked_is_none() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    let (app, before) = (world.app().await, world.contact().await);
    let key = |prompt| EventKey::new(format!("voice:{}:{prompt}:step", caller.sid()));
    let via = |prompt| Via { call: Some(caller.sid()), contact: Some(before.id), prompt: Some(prompt), ..Via::default() };
    let old = LetterId(Uuid::nil());
    let heard = Heard { from: Address::new("voice", WORKER), said: Said::Keys("3".to_owned()), about: None, introduced: None, via: via(old) };
    let accepted = app.accept(Event { key: key(old), at: app.clock().now(), what: What::Heard(heard) }).await.unwrap();
    assert_eq!(accepted.letters, []);
    assert_eq!(world.contact().await, before);
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn who_names_no_place_hears_of_the_line_that_was_called() {
    let world = World::on_the_phone_among(|book| book.lines.iter_mut().filter(|line| line.id.as_str() == "praha").for_each(|line| line.hours.clear())).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    caller.presses("0").await.keeps_silent().await.hears(["Spojujeme"]).await;
    world.network().handset(JANA).rings();
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}
