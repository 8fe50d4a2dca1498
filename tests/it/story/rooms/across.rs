//! People on different channels.

use crate::story::call::asks_for_a_person;
use crate::world::{JANA, LINKA, World};

#[tokio::test]
async fn a_texter_is_answered_from_a_room() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let texter = world.texter();
    texter.texts("bydleni Most, klient muz, prosim spojit s clovekem").await;
    texter.expect_reply(["Most"]).await;
    world.talks().await;
    jana.expect(["Most", "Převezmete ho?"]);
    jana.writes(LINKA, "1").await;
    world.talks().await;
    jana.expect(["je váš"]);
    texter.expect_reply(["ma operator"]).await;
    jana.writes(LINKA, "Místo v Mostě je, volejte Přístav.").await;
    world.talks().await;
    texter.expect_reply(["Misto v Moste je"]).await;
    texter.texts("Dekuji moc").await;
    world.talks().await;
    jana.expect(["Dekuji moc"]);
    world.ends().await;
}

#[tokio::test]
async fn an_operator_in_a_chat_hands_over_to_one_in_a_room() {
    let Some(world) = World::in_rooms_with_bot().await else { return };
    let (worker, jana, petr) = (world.person(9001), world.person(JANA), world.account("petr").await);
    worker.writes("bydlení Most, klient muž, prosím spojit s člověkem").await;
    worker.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana.writes("/předat Petr").await;
    jana.expect(["Petr"]);
    world.talks().await;
    let offer = petr.expect(["Jana vám předává"]);
    petr.signs(&offer, "1️⃣").await;
    world.talks().await;
    petr.expect(["je váš"]);
    jana.expect(["Petr"]);
    worker.expect(["má operátor"]);
    worker.writes("Děkuji, a kolik stojí noc?").await;
    world.talks().await;
    petr.expect(["kolik stojí noc"]);
    petr.types(LINKA, true).await;
    for (seconds, shown) in [(0, 1), (2, 1), (1, 2)] {
        world.seconds(seconds).await;
        world.listens().await;
        assert_eq!(world.bot().asked("sendChatAction"), shown, "once in a few seconds");
    }
    petr.writes(LINKA, "120 korun.").await;
    world.talks().await;
    worker.expect(["120 korun"]);
    world.ends().await;
}

#[tokio::test]
async fn a_caller_is_answered_in_writing_by_an_operator_in_a_chat() {
    let world = World::with_bot().await;
    let (caller, jana) = (world.worker("Věznice Bělušice").on("voice"), world.person(JANA));
    asks_for_a_person(&caller).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    let offer = jana.expect(["Převezmete ho?"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    jana.writes("Volal jste nám. Místo v Mostě je, zavolejte tam zítra.").await;
    let phone = caller.clone().on("sms");
    let read = phone.reads_all().join("\n");
    assert!(read.contains("Misto v Moste je"), "{read}");
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn the_same_worker_asks_on_the_web_first_and_then_in_a_chat() {
    let world = World::with_bot().await;
    let (web, jana) = (world.worker("Věznice Bělušice").on("web"), world.person(JANA));
    web.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
    let offer = jana.expect(["Most", "Převezmete ho?", "Bělušice"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    web.texts("propojit").await;
    let code: String = web.sees_last().await.chars().filter(char::is_ascii_digit).take(8).collect();
    let chat = world.person(9001);
    chat.writes(&code).await;
    chat.expect(["Propojeno"]);
    chat.writes("Píšu už z telefonu.").await;
    jana.expect(["#1001", "Píšu už z telefonu"]);
    jana.writes("Dobře.").await;
    chat.expect(["Dobře."]);
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}
