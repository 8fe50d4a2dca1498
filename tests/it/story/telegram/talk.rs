//! Words both ways: a question, an answer, a person.

use crate::world::World;
use linka::domain::Stage;

#[tokio::test]
async fn a_worker_asks_and_gets_the_catalogues_answer() {
    let world = World::with_bot().await;
    let worker = world.person(9001);
    worker.writes("/start").await;
    let said = worker.reads_all().join("\n");
    assert!(said.contains("Kam se klient"), "{said}");
    worker.writes("bydlení Most pro muže").await;
    let said = worker.reads_all().join("\n");
    assert!(said.contains("Most"), "{said}");
    assert_eq!(world.contacts().await, 1);
    world.ends().await;
}

#[tokio::test]
async fn a_worker_and_an_operator_write_to_each_other() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.writes("A vezmou i psa?").await;
    let asked = jana.expect(["#1001 píše: A vezmou i psa?"]);
    jana.replies(&asked, "Psa bohužel ne.").await;
    worker.expect(["Operátor: Psa bohužel ne."]);
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}
