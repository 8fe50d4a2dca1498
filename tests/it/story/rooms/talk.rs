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
async fn several_conversations_at_once_do_not_mix() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let mut workers = Vec::new();
    for n in 0..6 {
        let worker = world.account(&format!("vera{n}")).await;
        worker.writes(LINKA, "bydlení Most, klient muž, prosím spojit s člověkem").await;
        world.talks().await;
        worker.reads_all();
        let offer = jana.expect(["Most"]);
        jana.signs(&offer, "1️⃣").await;
        world.talks().await;
        let number = jana.expect(["je váš"]).words;
        let number: String = number.chars().skip_while(|c| *c != '#').take_while(|c| !c.is_whitespace()).collect();
        worker.reads_all();
        workers.push((worker, number));
    }
    for (n, (worker, number)) in workers.iter().enumerate() {
        worker.writes(LINKA, &format!("otázka {n}")).await;
        world.talks().await;
        let question = jana.expect([number, &format!("otázka {n}")]);
        jana.replies(&question, &format!("odpověď {n}")).await;
    }
    world.talks().await;
    for (n, (worker, _)) in workers.iter().enumerate() {
        worker.expect([&format!("odpověď {n}")]);
        worker.hears_nothing();
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
