//! Messages that are changed or taken back, machines that answer machines, and contacts in which
//! nobody writes any more.

use crate::world::World;
use linka::domain::{Delivery, Happened, Outcome, Stage};

#[tokio::test]
async fn a_changed_message_reaches_the_operator_as_a_correction() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    worker.texts("Přijede v úterý.").await;
    jana.expect(["přijede v úterý"]).await;
    worker.changes("Přijede ve středu.").await;
    jana.expect(["opravuje: Přijede ve středu."]).await;
    worker.deletes().await;
    jana.expect(["smazal"]).await;
    let log = world.log().await;
    assert!(log.iter().any(|what| matches!(what, Happened::Edited { words } if words == "Přijede ve středu.")));
    assert!(log.contains(&Happened::Deleted));
    world.ends().await;
}

#[tokio::test]
async fn a_changed_answer_reaches_the_worker_as_a_correction() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("Místo je od pátku.").await;
    worker.expect_reply(["Operátor: Místo je od pátku."]).await;
    jana.changes("Místo je od soboty.").await;
    worker.expect_reply(["Operátor opravuje: Místo je od soboty."]).await;
    jana.changes("/konec zajištěno").await;
    jana.expect(["Příkazy platí tak, jak přišly poprvé"]).await;
    jana.deletes().await;
    worker.expect_reply(["bere svou poslední zprávu zpět"]).await;
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn a_changed_question_is_understood_anew() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Louny, muž").await;
    worker.expect_reply(["Louny"]).await;
    worker.changes("bydlení Most, muž").await;
    worker.expect_reply(["Most"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_change_after_the_end_opens_nothing() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.changes("bydlení Most").await;
    worker.deletes().await;
    worker.hears_nothing();
    assert_eq!(world.contacts().await, 0);
    world.ends().await;
}

#[tokio::test]
async fn the_worker_learns_once_that_the_question_was_read() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    world.reported(&offer, Delivery::Read).await;
    worker.expect_reply(["přečetl v 10:00"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    worker.texts("Spěchá to.").await;
    let relayed = jana.expect(["Spěchá to."]).await;
    world.reported(&relayed, Delivery::Read).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn one_word_with_a_slash_sends_a_whole_answer() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("/ověřuji Stihnu to do tří.").await;
    worker.expect_reply(["Operátor: Ověřuji volná místa", "Stihnu to do tří."]).await;
    jana.writes("/odpovědi").await;
    jana.expect(["/pozdrav", "/ověřuji", "/kurátor"]).await;
    jana.writes("/nevim").await;
    jana.expect(["„/nevim“ neznáme"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_out_of_office_note_gets_no_answer() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Automatická odpověď: jsem mimo kancelář do pátku.").await;
    worker.hears_nothing();
    assert_eq!(world.contacts().await, 0, "it opens nothing");
    worker.texts("bydlení Most, muž").await;
    worker.expect_reply(["Most"]).await;
    worker.texts("Automatická odpověď: jsem mimo kancelář do pátku.").await;
    worker.hears_nothing();
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::KeptSilent { .. })));
    world.ends().await;
}

#[tokio::test]
async fn two_machines_do_not_talk_for_long() {
    let world = World::open().await;
    let machine = world.stranger();
    let mut answers = 0;
    for _ in 0..40 {
        machine.texts("Děkujeme za vaši zprávu, brzy se vám ozveme.").await;
        answers += machine.drains();
        world.minutes(1).await;
    }
    assert!(answers <= 12, "{answers} answers to a machine");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_line_does_not_answer_itself() {
    let world = World::open().await;
    let own = world.numbered(linka::channel::sim::LINE_NUMBER).on("sms");
    own.texts("bydlení Most, muž").await;
    own.hears_nothing();
    assert_eq!(world.contacts().await, 0);
    world.ends().await;
}

#[tokio::test]
async fn a_quiet_contact_is_asked_about_and_closed_a_day_later() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("Místo je volné, ozvěte se prosím.").await;
    worker.expect_reply(["Místo je volné"]).await;
    world.minutes(3 * 24 * 60 - 1).await;
    jana.hears_nothing();
    world.minutes(1).await;
    jana.expect(["už tři dny nikdo nepsal", "/konec"]).await;
    world.minutes(24 * 60).await;
    jana.expect(["uzavřeli"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli jsme"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Other)));
    world.ends().await;
}

#[tokio::test]
async fn words_after_the_warning_keep_a_contact_open() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("Místo je volné, ozvěte se prosím.").await;
    worker.expect_reply(["Místo je volné"]).await;
    world.minutes(3 * 24 * 60).await;
    jana.expect(["už tři dny nikdo nepsal"]).await;
    worker.texts("Omlouvám se, klient ještě váhá.").await;
    jana.expect(["klient ještě váhá"]).await;
    jana.writes("Dobře, držíme místo do pátku.").await;
    worker.expect_reply(["držíme místo"]).await;
    world.minutes(24 * 60 + 1).await;
    jana.hears_nothing();
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn a_worker_is_told_a_day_before_a_question_ends() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, muž").await;
    worker.expect_reply(["Most"]).await;
    world.minutes(6 * 24 * 60).await;
    worker.expect_reply(["zítra uzavřeme"]).await;
    world.minutes(24 * 60).await;
    assert_eq!(world.contact().await.stage, Stage::Closed);
    world.ends().await;
}

#[tokio::test]
async fn a_services_contact_reaches_the_worker_and_the_operators_own_does_not() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("Volejte azylový dům, tel. 719 103 848, azyl@hypoteza.example. Klient nar. 12. 3. 1985. Já mám 719 000 101.").await;
    let got = worker.expect_reply(["719 103 848", "azyl@hypoteza.example", "[telefon]"]).await;
    assert!(!got.words.contains("719 000 101") && !got.words.contains("1985"), "{}", got.words);
    jana.expect(["Osobní údaje ve zprávě jsme zakryli"]).await;
    world.ends().await;
}

#[tokio::test]
async fn whoever_writes_much_while_waiting_loses_nothing() {
    let world = World::open_at("2026-02-01 23:00").await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    for n in 1..=8 {
        worker.texts(&format!("Doplňuji {n}. údaj o klientovi.")).await;
    }
    worker.drains();
    assert!(world.contact().await.question.expect("a question").contains("Doplňuji 8. údaj"));
    worker.texts("Klient se chce zabít.").await;
    worker.expect_reply(["116 123"]).await;
    world.puts_devices_away();
    world.ends().await;
}
