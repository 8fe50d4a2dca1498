//! Words that stop messages and start them again.

use crate::world::{PRAHA, USTECKY, World};
use linka::channel::sim::Fault;
use linka::domain::{Barrier, Happened, Stage, Standing, Trouble};

#[tokio::test]
async fn a_worker_stops_in_the_middle_and_comes_back() {
    let world = World::on_the_phone().await;
    let (worker, jana) = world.texter_held_by_jana().await;
    worker.texts(" Stop. ").await;
    worker.expect_reply(["posilat nebudeme", "START"]).await;
    jana.expect(["#1001", "poslal STOP", "nedojdou"]).await;
    jana.writes("Dobrý den, místo je v Mostě.").await;
    jana.expect(["#1001", "poslal STOP"]).await;
    worker.hears_nothing();
    worker.texts("STOP").await;
    worker.hears_nothing();
    jana.hears_nothing();
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Heard { words } if words.contains("Stop"))));
    worker.texts("start").await;
    worker.expect_reply(["zase budou chodit", "STOP"]).await;
    jana.expect(["#1001", "znovu"]).await;
    jana.writes("Místo je v Mostě.").await;
    worker.expect_reply(["Misto je v Moste"]).await;
    assert_eq!((world.contacts().await, world.contact().await.stage), (1, Stage::Held));
    world.ends().await;
}

#[tokio::test]
async fn the_same_rule_holds_where_a_channel_has_but_one_number() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("ODHLÁSIT").await;
    worker.expect_reply(["posilat nebudeme"]).await;
    worker.texts("bydleni Most, muz").await;
    worker.expect_reply(["vypnute", "START"]).await;
    worker.texts("jeste neco").await;
    worker.hears_nothing();
    worker.texts("Yes").await;
    worker.expect_reply(["zase budou chodit"]).await;
    worker.texts("azylovy dum Most muz").await;
    worker.expect_reply(["Most"]).await;
    world.ends().await;
}

#[tokio::test]
async fn whoever_stopped_and_writes_learns_once_that_no_answer_comes() {
    let (world, worker) = World::with_texter().await;
    worker.texts("STOP").await;
    worker.expect_reply(["posilat nebudeme"]).await;
    worker.texts("bydleni Most, muz, prosim spojit s clovekem").await;
    worker.expect_reply(["vypnute", "START", "zavolejte"]).await;
    worker.texts("A doklady?").await;
    worker.hears_nothing();
    world.operator("Jana").await.expect_offer(["Most", "#1001"]).await;
    worker.texts("klient se chce zabit").await;
    worker.expect_reply(["112", "116 123", "START"]).await;
    world.network().handset("+420719000101").answers().await.presses("1").await;
    world.seconds(10).await;
    worker.hears_nothing();
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn of_what_waits_only_what_is_still_true_leaves() {
    let (world, worker) = World::with_texter().await;
    world.network().is_down();
    worker.texts("STOP").await;
    worker.texts("azylovy dum Most, muz").await;
    worker.texts("START").await;
    worker.texts("HELP").await;
    world.network().is_up();
    world.minutes(2).await;
    worker.expect_reply(["Azylovy dum", "Most"]).await;
    worker.expect_reply(["zase budou chodit"]).await;
    worker.expect_reply(["Linka spoluprace hleda pomoc"]).await;
    worker.hears_nothing();
    world.network().is_down();
    for word in ["STOP", "START", "STOP"] {
        worker.texts(word).await;
    }
    world.network().is_up();
    world.minutes(2).await;
    worker.expect_reply(["posilat nebudeme"]).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_caller_who_stopped_is_promised_no_message() {
    let (world, worker) = World::with_texter().await;
    worker.texts("STOP").await;
    worker.expect_reply(["posilat nebudeme"]).await;
    for number in [worker.address().handle.as_str(), "+420476880001"] {
        let caller = world.network().caller(number);
        caller.dials(USTECKY).await;
        caller.presses("3").await.presses("1").await.presses("2").await;
        let heard = caller.hears(["kurátor", "Stačí to takto"]).await;
        assert!(!heard.contains("SMS"), "{number}: {heard}");
        caller.presses("1").await.presses("1").await.hears(["na shledanou"]).await;
    }
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn one_number_stopped_leaves_the_others() {
    let (world, worker) = World::with_texter().await;
    worker.texts("QUIT").await;
    worker.expect_reply(["START"]).await;
    let worker = worker.to(PRAHA);
    worker.texts("azylovy dum Praha muz").await;
    let answer = worker.expect_reply(["Praha"]).await;
    assert_eq!(answer.letter.own.as_deref(), Some(PRAHA));
    world.ends().await;
}

#[tokio::test]
async fn none_of_these_words_opens_a_contact() {
    let world = World::on_the_phone().await;
    let worker = world.stranger().on("sms");
    for word in ["HELP", "info", "Pomoc!"] {
        worker.texts(word).await;
        worker.expect_reply(["Linka spoluprace", "STOP"]).await;
    }
    worker.texts("START").await;
    worker.expect_reply(["zase budou chodit"]).await;
    assert_eq!(world.contacts().await, 0);
    worker.texts("yes").await;
    worker.expect_reply(["Kam se klient vraci"]).await;
    assert_eq!(world.contacts().await, 1, "who has not opted out may well say yes");
    world.ends().await;
}

#[tokio::test]
async fn within_a_sentence_and_in_a_chat_they_are_words() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("stop, jeste jednou: azylovy dum Most, muz").await;
    worker.expect_reply(["Most"]).await;
    let other = world.worker("Věznice Jiřice");
    other.texts("stop").await;
    other.expect_reply(["Kam se klient vrací"]).await;
    assert_eq!(world.contacts().await, 2);
    world.ends().await;
}

#[tokio::test]
async fn an_operator_on_duty_who_stops_is_passed_by() {
    let world = World::open().await;
    world.breaks("chat:jana", Fault::Gone);
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await.on("sms");
    jana.expect_offer(["prijmout #1001"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["Jana: zprávy nedojdou (chat)"]).await;
    jana.writes("prijmout").await;
    jana.expect(["je vas"]).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("STOP").await;
    jana.expect(["posilat nebudeme", "START"]).await;
    coordinator.expect(["Jana už nechce dostávat zprávy (SMS)", "přišlo odtud STOP", "psané kontakty nabízíme dalším", "Telefon dál zvoní"]).await;
    assert!(matches!(world.standing("jana", "sms").await, Standing::Troubled(Trouble { barrier: Barrier::OptedOut, .. })));
    // Words of the worker go to the next, and whoever coordinates reads them.
    worker.texts("A co doklady?").await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    coordinator.expect(["nikde k zastižení", "A co doklady?"]).await;
    jana.hears_nothing();
    // A command from there does not mean that messages are wanted.
    jana.writes("kontakty").await;
    jana.hears_nothing();
    coordinator.hears_nothing();
    assert!(matches!(world.standing("jana", "sms").await, Standing::Troubled(_)));
    jana.writes("START").await;
    jana.expect(["zase budou chodit"]).await;
    assert_eq!(world.standing("jana", "sms").await, Standing::Verified(linka_demo_verified(&world).await));
    jana.writes("kontakty").await;
    jana.expect(["nemate"]).await;
    world.ends().await;
}

/// When the demo's operators proved their addresses.
async fn linka_demo_verified(world: &World) -> chrono::DateTime<chrono::Utc> {
    match world.standing("petr", "sms").await {
        Standing::Verified(at) => at,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_operators_command_is_no_stop() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    let by_sms = jana.clone().on("sms");
    by_sms.writes("konec").await;
    by_sms.expect(["dopadl"]).await;
    by_sms.writes("info").await;
    by_sms.expect(["uzavreny"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli jsme"]).await;
    by_sms.writes("pomoc").await;
    by_sms.expect(["prijmout"]).await;
    assert!(matches!(world.standing("jana", "sms").await, Standing::Verified(_)));
    world.ends().await;
}

#[tokio::test]
async fn what_the_provider_knows_of_a_stop_we_know_too() {
    let world = World::on_the_phone().await;
    let (worker, jana) = world.texter_held_by_jana().await;
    let number = worker.address().handle;
    world.network().refuses(&number, 21_610);
    jana.writes("Dobrý den").await;
    jana.expect(["#1001", "poslal STOP"]).await;
    world.network().forgives(&number);
    let before = world.network().requests().len();
    jana.writes("Slyšíme se?").await;
    jana.expect(["#1001", "poslal STOP"]).await;
    assert_eq!(world.network().requests().len(), before, "nobody asks the provider any more");
    worker.texts("START").await;
    worker.expect_reply(["zase budou chodit"]).await;
    jana.expect(["#1001", "znovu"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_stops_goes_on_elsewhere_until_start() {
    let world = World::open().await;
    let jana = world.operator("Jana").await.on("sms");
    jana.writes("STOP").await;
    jana.expect(["posilat nebudeme", "START"]).await;
    world.operator("Koordinátorka").await.expect(["Jana už nechce dostávat zprávy (SMS)", "na další spojení; sem zase, až odtud přijde START"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_the_provider_has_stopped_is_an_alarm() {
    let world = World::on_the_phone().await;
    world.breaks("chat:jana", Fault::Gone);
    world.network().refuses("+420719000101", 21_610);
    world.asked_in_most().await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["Jana: zprávy nedojdou (chat)"]).await;
    coordinator.expect(["Jana už nechce dostávat zprávy (SMS)"]).await;
    coordinator.expect(["nikde k zastižení"]).await;
    world.ends().await;
}
