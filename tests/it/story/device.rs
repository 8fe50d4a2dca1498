//! One worker on several devices, and a device that stops answering.

use crate::world::{Worker, World};
use linka::channel::sim::Fault;
use linka::domain::Stage;

/// Reads the code out of the line's answer.
fn code(words: &str) -> String {
    words.chars().filter(char::is_ascii_digit).take(8).collect()
}

/// The same worker's phone, joined to the chat by a code.
async fn linked(world: &World, chat: &Worker) -> Worker {
    chat.texts("propojit").await;
    let code = code(&chat.expect_reply(["Kód", "platí půl hodiny"]).await.words);
    let sms = world.worker("Věznice Bělušice").on("sms");
    sms.texts(&code).await;
    sms.expect_reply(["Propojeno"]).await;
    chat.expect_reply(["připojilo další zařízení (SMS)"]).await;
    sms
}

#[tokio::test]
async fn a_code_makes_one_worker_of_two_devices() {
    let world = World::open().await;
    let (chat, jana) = world.held_by_jana().await;
    let sms = linked(&world, &chat).await;
    sms.texts("Klient prijede ve stredu.").await;
    jana.expect(["#1001 píše: Klient prijede ve stredu."]).await;
    jana.writes("Dobře, počkáme.").await;
    sms.expect_reply(["pockame"]).await;
    chat.hears_nothing();
    chat.texts("Ještě se ptám odsud.").await;
    jana.expect(["Ještě se ptám odsud."]).await;
    jana.writes("Rozumím.").await;
    chat.expect_reply(["Rozumím."]).await;
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn questions_asked_before_come_along() {
    let world = World::open().await;
    let sms = world.worker("Věznice Bělušice").on("sms");
    sms.texts("bydleni Most, muz, prosim spojit s clovekem").await;
    sms.expect_reply(["Most"]).await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Most"]).await;
    jana.takes(&offer).await;
    sms.expect_reply(["ma operator"]).await;
    let chat = world.worker("Věznice Bělušice");
    chat.texts("propojit").await;
    let code = code(&chat.expect_reply(["Kód"]).await.words);
    sms.texts(&format!("propojit {} {}", &code[..4], &code[4..])).await;
    sms.expect_reply(["Propojeno"]).await;
    chat.expect_reply(["připojilo další zařízení"]).await;
    chat.texts("Jak to vypadá?").await;
    jana.expect(["#1001 píše: Jak to vypadá?"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_wrong_an_old_and_a_used_code_join_nothing() {
    let world = World::open().await;
    let chat = world.worker("Věznice Bělušice");
    let sms = world.worker("Věznice Bělušice").on("sms");
    sms.texts("propojit 0000 0000").await;
    sms.expect_reply(["nezname"]).await;
    chat.texts("propojit").await;
    let first = code(&chat.expect_reply(["Kód"]).await.words);
    world.minutes(31).await;
    sms.texts(&format!("propojit {first}")).await;
    sms.expect_reply(["nezname"]).await;
    chat.texts("propojit").await;
    let second = code(&chat.expect_reply(["Kód"]).await.words);
    chat.texts(&second).await;
    chat.expect_reply(["z druhého telefonu"]).await;
    sms.texts(&second).await;
    sms.expect_reply(["Propojeno"]).await;
    chat.expect_reply(["připojilo"]).await;
    let third = world.worker("Věznice Bělušice").on("sms");
    third.texts(&format!("propojit {second}")).await;
    third.expect_reply(["nezname"]).await;
    assert_eq!(world.contacts().await, 0, "codes open nothing");
    world.ends().await;
}

#[tokio::test]
async fn an_unlinked_device_stands_alone_again() {
    let world = World::open().await;
    let (chat, jana) = world.held_by_jana().await;
    let sms = linked(&world, &chat).await;
    sms.texts("odpojit").await;
    sms.expect_reply(["Odpojeno"]).await;
    sms.texts("dluhova poradna Louny").await;
    sms.expect_reply(["Loun"]).await;
    jana.hears_nothing();
    assert_eq!(world.contacts().await, 2);
    world.ends().await;
}

#[tokio::test]
async fn words_for_a_device_that_is_gone_reach_the_other_one() {
    let world = World::open().await;
    let (chat, jana) = world.held_by_jana().await;
    let sms = linked(&world, &chat).await;
    world.breaks(&chat.address().to_string(), Fault::Gone);
    jana.writes("Místo je volné.").await;
    sms.expect_reply(["Misto je volne"]).await;
    jana.hears_nothing();
    world.breaks(&sms.address().to_string(), Fault::Gone);
    jana.writes("Slyšíte nás?").await;
    jana.expect(["nepodařilo doručit"]).await;
    world.mends(&chat.address().to_string());
    chat.texts("Už zase jsem tady.").await;
    jana.expect(["Už zase jsem tady."]).await;
    jana.writes("Výborně.").await;
    chat.expect_reply(["Výborně."]).await;
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn a_slip_in_the_code_opens_nothing_and_the_right_one_still_joins() {
    let world = World::open().await;
    let (chat, jana) = world.held_by_jana().await;
    chat.texts("propojit").await;
    let code = code(&chat.expect_reply(["Kód"]).await.words);
    let sms = world.worker("Věznice Bělušice").on("sms");
    sms.texts("0000 0000").await;
    sms.expect_reply(["nezname"]).await;
    sms.texts("dobry den").await;
    sms.drains();
    sms.texts(&code).await;
    sms.expect_reply(["Propojeno"]).await;
    chat.expect_reply(["připojilo"]).await;
    sms.texts("Jeste: ma psa.").await;
    jana.expect(["#1001 píše: Jeste: ma psa."]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_device_that_is_not_linked_cannot_be_unlinked() {
    let world = World::open().await;
    let (chat, jana) = world.held_by_jana().await;
    chat.texts("odpojit").await;
    chat.expect_reply(["není co odpojit"]).await;
    chat.texts("Má dítě.").await;
    jana.expect(["#1001 píše: Má dítě."]).await;
    world.ends().await;
}

#[tokio::test]
async fn two_questions_one_from_each_device_stay_apart() {
    let world = World::open().await;
    let (chat, jana) = world.held_by_jana().await;
    let sms = world.worker("Věznice Bělušice").on("sms");
    sms.texts("dluhy Teplice, zena, prosim spojit s clovekem").await;
    sms.expect_reply(["Teplice"]).await;
    let offer = jana.expect_offer(["#1002"]).await;
    jana.takes(&offer).await;
    sms.expect_reply(["ma operator"]).await;
    chat.texts("propojit").await;
    let code = code(&chat.expect_reply(["Kód"]).await.words);
    sms.texts(&code).await;
    sms.expect_reply(["Propojeno"]).await;
    chat.expect_reply(["připojilo další zařízení (SMS)"]).await;
    // Each device goes on with its own.
    sms.texts("Ma tri deti.").await;
    jana.expect(["#1002 píše: Ma tri deti."]).await;
    chat.texts("Jede vlakem.").await;
    jana.expect(["#1001 píše: Jede vlakem."]).await;
    jana.writes("#1002 Poradna má čas.").await;
    sms.expect_reply(["Operator (c. 1002): Poradna ma cas."]).await;
    // A question is fetched to the other device by choosing it there, by button or by its number.
    chat.texts("moje dotazy").await;
    let list = chat.expect_reply(["č. 1002 – dluhy a exekuce, Teplice: má ho operátor", "č. 1001 – bydlení, Most"]).await;
    chat.chooses(&list, "č. 1002 dluhy a exekuce, Teplice").await;
    chat.expect_reply(["Pokračujeme v dotazu č. 1002"]).await;
    jana.writes("#1002 Ve čtvrtek.").await;
    chat.expect_reply(["Operátor (č. 1002): Ve čtvrtek."]).await;
    sms.texts("moje dotazy").await;
    sms.expect_reply(["c. 1001 - bydleni, Most", "Pokracovat muzete cislem dotazu"]).await;
    sms.texts("1001").await;
    sms.expect_reply(["Pokracujeme v dotazu c. 1001"]).await;
    sms.texts("Prijede v patek.").await;
    jana.expect(["#1001 píše: Prijede v patek."]).await;
    jana.writes("#1001 Výborně.").await;
    sms.expect_reply(["Operator (c. 1001): Vyborne."]).await;
    chat.hears_nothing();
    assert_eq!(world.contacts().await, 2);
    world.ends().await;
}
