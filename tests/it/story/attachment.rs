//! Pictures, documents and voice notes on their way between a worker and an operator.

use crate::world::World;
use linka::domain::{ATTACHMENTS_MAX, Format, Happened, Stage};

#[tokio::test]
async fn a_picture_reaches_the_operator_who_has_the_contact() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    worker.attaches(Format::Jpeg, "Tady je rozhodnutí.").await;
    jana.expect(["#1001 píše: Tady je rozhodnutí."]).await;
    let got = jana.expect(["#1001 posílá: obrázek"]).await;
    worker.expect_reply(["Soubor jsme předali operátorovi"]).await;
    world.expect_file(&got, Format::Jpeg).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Attached { .. })));
    world.ends().await;
}

#[tokio::test]
async fn a_voice_note_sent_before_anybody_took_the_contact_waits_for_the_operator() {
    let world = World::open().await;
    let worker = world.asked_in_most().await;
    worker.attaches(Format::Ogg, "").await;
    worker.expect_reply(["Soubor máme u dotazu č. 1001", "dostane ho operátor"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    let got = jana.expect(["#1001 posílá: hlasová zpráva"]).await;
    world.expect_file(&got, Format::Ogg).await;
    worker.expect_reply(["má operátor"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_file_as_the_first_word_opens_a_contact() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.attaches(Format::Pdf, "").await;
    worker.expect_reply(["Soubor máme u dotazu č. 1001"]).await;
    worker.expect_reply(["Kam se klient"]).await;
    worker.texts("Most, bydlení pro muže, prosím člověka").await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    jana.expect(["posílá: dokument"]).await;
    worker.expect_reply(["má operátor"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_operators_file_reaches_the_worker() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    jana.attaches(Format::Pdf, "#1001 Tady je formulář.").await;
    worker.expect_reply(["Operátor: Tady je formulář."]).await;
    let got = worker.expect_reply(["Operátor posílá: dokument"]).await;
    world.expect_file(&got, Format::Pdf).await;
    assert!(world.contact().await.answered_at.is_some(), "a file is an answer");
    world.ends().await;
}

#[tokio::test]
async fn a_file_for_a_worker_who_has_only_short_messages_is_refused_with_advice() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("bydleni Most, muz, prosim spojit s clovekem").await;
    worker.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    worker.expect_reply(["ma operator"]).await;
    jana.attaches(Format::Jpeg, "").await;
    jana.expect(["soubory přijímat nemůže", "slovy"]).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_file_for_an_operator_who_reads_only_short_messages_is_not_lost() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        for operator in &mut book.operators {
            operator.addresses.retain(|point| point.channel != "chat");
        }
    })
    .await;
    let worker = world.asked_in_most().await;
    worker.attaches(Format::Png, "").await;
    worker.expect_reply(["Soubor máme"]).await;
    let jana = world.operator("Jana").await;
    jana.expect_offer(["Most"]).await;
    jana.writes("prijmout").await;
    jana.expect(["je vas"]).await;
    jana.expect(["soubory (1)", "konzoli"]).await;
    worker.expect_reply(["má operátor"]).await;
    worker.attaches(Format::Png, "").await;
    worker.expect_reply(["čte jen SMS", "slovy"]).await;
    assert_eq!(world.contact().await.attachments.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn a_file_without_a_contact_of_ones_own_goes_to_nobody() {
    let world = World::open().await;
    let jana = world.operator("Jana").await;
    jana.attaches(Format::Jpeg, "").await;
    jana.expect(["žádný otevřený kontakt"]).await;
    world.ends().await;
}

#[tokio::test]
async fn what_cannot_be_passed_on_is_said_to_whoever_sent_it() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    worker.sends("sticker").await;
    worker.expect_reply(["neumíme přijmout"]).await;
    jana.sends("location").await;
    jana.expect(["nikomu jsme ho neposlali"]).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn too_many_files_are_declined_and_the_contact_goes_on() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    for _ in 0..ATTACHMENTS_MAX {
        worker.attaches(Format::Jpeg, "").await;
        worker.expect_reply(["předali"]).await;
        jana.expect(["posílá"]).await;
    }
    worker.attaches(Format::Jpeg, "").await;
    worker.expect_reply(["souborů dost"]).await;
    jana.hears_nothing();
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn a_file_is_forgotten_after_a_month() {
    let world = World::open().await;
    let (worker, jana) = world.held_by_jana().await;
    worker.attaches(Format::Jpeg, "").await;
    worker.expect_reply(["předali"]).await;
    let got = jana.expect(["posílá"]).await;
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]).await;
    worker.drains();
    world.minutes(31 * 24 * 60).await;
    world.audits().await;
    world.expect_no_file(&got).await;
    world.ends().await;
}
