//! Conversations in rooms of two.

use super::{PNG, held};
use crate::world::{LINKA, World};

#[tokio::test]
async fn a_worker_asks_and_an_operator_answers_each_in_a_room_of_their_own() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = (world.account("vera").await, world.account("jana").await);
    worker.writes(LINKA, "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?", "1 – Přijmout"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana.writes(LINKA, "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    let answer = worker.expect(["Místo v Mostě je"]);
    worker.replies(&answer, "Děkuji, a kolik stojí noc?").await;
    world.talks().await;
    let question = jana.expect(["kolik stojí noc"]);
    jana.replies(&question, "120 korun.").await;
    world.talks().await;
    worker.expect(["120 korun"]);
    jana.writes(LINKA, "/konec zajištěno").await;
    world.talks().await;
    jana.expect(["uzavřen"]);
    worker.expect(["uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    worker.writes(LINKA, "1").await;
    world.talks().await;
    worker.expect(["Děkujeme"]);
    world.ends().await;
}

#[tokio::test]
async fn a_worker_sees_that_an_answer_is_being_written() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let entries = world.log().await.len();
    jana.types(LINKA, true).await;
    world.listens().await;
    worker.looks().await;
    assert_eq!(worker.sees_typing(), [LINKA], "and not who it is");
    worker.types(LINKA, true).await;
    world.listens().await;
    jana.looks().await;
    assert!(jana.sees_typing().is_empty(), "it is the answer that is waited for");
    assert_eq!(world.log().await.len(), entries, "nothing of it is stored");
    jana.types(LINKA, false).await;
    world.listens().await;
    world.ends().await;
}

#[tokio::test]
async fn words_are_changed_and_taken_back_and_files_go_both_ways() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    let message = worker.writes(LINKA, "Nastupuje 3. 12.").await;
    world.talks().await;
    jana.expect(["3. 12."]);
    worker.changes(LINKA, &message, "Nastupuje 13. 12.").await;
    world.talks().await;
    jana.expect(["13. 12."]);
    worker.takes_back(LINKA, &message).await;
    world.talks().await;
    jana.expect(["smazal"]);
    let picture = PNG.to_vec();
    worker.sends_file(LINKA, "souhlas.png", "image/png", picture.clone()).await;
    world.talks().await;
    let file = jana.expect(["obrázek"]);
    assert_eq!(jana.opens(&file).await, picture);
    jana.sends_file(LINKA, "plan.png", "image/png", picture.clone()).await;
    world.talks().await;
    worker.expect(["Soubor jsme předali operátorovi"]);
    let file = worker.expect([]);
    assert_eq!(worker.opens(&file).await, picture);
    for person in [&worker, &jana] {
        person.reads_all();
    }
    world.ends().await;
}

#[tokio::test]
async fn another_client_reads_the_line_and_is_read() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let mut writer = world.home().server.lets_write("vera", LINKA).await;
    world.talks().await;
    writer.writes("bydlení Most, klient muž, prosím spojit s člověkem");
    world.talks().await;
    writer.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    writer.expect(["má operátor"]);
    jana.writes(LINKA, "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    writer.expect(["Místo v Mostě je"]);
    writer.writes("Děkuji, zavolám.");
    world.talks().await;
    jana.expect(["Děkuji, zavolám"]);
    world.ends().await;
}

#[tokio::test]
async fn several_questions_of_one_worker_are_told_apart_in_one_room() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = held(&world).await;
    worker.writes(LINKA, "nový dotaz: dluhy Teplice, žena, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Teplice", "Dotaz č. 1002: předáváme vás operátorovi"]);
    let offer = jana.expect(["#1002"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["#1002 je váš"]);
    worker.expect(["č. 1002 má operátor"]);
    jana.writes(LINKA, "#1001 Místo je.").await;
    world.talks().await;
    let of_most = worker.expect(["Operátor (č. 1001): Místo je."]);
    let taken = worker.replies(&of_most, "Bereme.").await;
    world.talks().await;
    jana.expect(["#1001 píše: Bereme."]);
    worker.writes(LINKA, "#1002 Má tři děti.").await;
    world.talks().await;
    jana.expect(["#1002 píše: Má tři děti."]);
    worker.changes(LINKA, &taken, "Bereme od pátku.").await;
    world.talks().await;
    jana.expect(["#1001 opravuje: Bereme od pátku."]);
    worker.writes(LINKA, "moje dotazy").await;
    world.talks().await;
    worker.expect(["1 – č. 1002 dluhy a exekuce, Teplice", "2 – č. 1001 bydlení, Most", "3 – Nový dotaz"]);
    worker.writes(LINKA, "2").await;
    world.talks().await;
    worker.expect(["Pokračujeme v dotazu č. 1001"]);
    worker.writes(LINKA, "Přijede vlakem.").await;
    world.talks().await;
    jana.expect(["#1001 píše: Přijede vlakem."]);
    world.ends().await;
}
