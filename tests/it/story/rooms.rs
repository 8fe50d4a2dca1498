//! Stories on a real homeserver, in encrypted rooms.

use crate::world::World;

#[tokio::test]
async fn a_worker_asks_and_an_operator_answers_each_in_a_room_of_their_own() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana) = (world.account("vera").await, world.account("jana").await);
    worker.writes(&world.linka(), "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?", "1 – Přijmout"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana.writes(&world.linka(), "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    let answer = worker.expect(["Místo v Mostě je"]);
    worker.replies(&answer, "Děkuji, a kolik stojí noc?").await;
    world.talks().await;
    let question = jana.expect(["kolik stojí noc"]);
    jana.replies(&question, "120 korun.").await;
    world.talks().await;
    worker.expect(["120 korun"]);
    jana.writes(&world.linka(), "/konec zajištěno").await;
    world.talks().await;
    jana.expect(["uzavřen"]);
    worker.expect(["uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    worker.writes(&world.linka(), "1").await;
    world.talks().await;
    worker.expect(["Děkujeme"]);
    world.ends().await;
}
