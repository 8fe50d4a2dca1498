//! The room of many in which a line's people are together.

use crate::world::{LINKA, World};

#[tokio::test]
async fn a_line_s_people_take_and_answer_in_the_thread_of_their_room() {
    let Some(world) = World::in_rooms().await else { return };
    let (worker, jana, petr) = (world.account("vera").await, world.account("jana").await, world.account("petr").await);
    let team = jana.opens_room(&[&petr.id, LINKA]).await;
    world.talks().await;
    world.people_meet_in("ustecky", team.as_str()).await;
    worker.writes(LINKA, "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let in_team = |one: &crate::matrix::Seen| one.room == team;
    let (first, second) = (jana.expect(["Most"]), jana.expect(["Most"]));
    let post = if in_team(&first) { first } else { second };
    petr.expect(["Most"]);
    jana.signs(&post, "1️⃣").await;
    world.talks().await;
    worker.expect(["má operátor"]);
    let seen = petr.expect(["převzala Jana"]);
    assert_eq!(seen.changes.as_ref(), Some(&post.event), "the offer itself says who took it");
    let told = petr.expect(["je váš"]);
    assert_eq!(told.thread.as_ref(), Some(&post.event), "the rest stands in its thread");
    jana.reads_all();
    petr.writes_in_thread(&post, "To znám, ozvi se Přístavu.").await;
    world.talks().await;
    worker.hears_nothing();
    jana.expect(["To znám"]);
    jana.writes_in_thread(&post, "Místo v Mostě je, zavolejte tam zítra.").await;
    world.talks().await;
    worker.expect(["Místo v Mostě je"]);
    worker.writes(LINKA, "Děkuji, a kolik stojí noc?").await;
    world.talks().await;
    let question = jana.expect(["kolik stojí noc"]);
    assert_eq!(question.thread.as_ref(), Some(&post.event));
    petr.reads_all();
    worker.reads_all();
    world.ends().await;
}

#[tokio::test]
async fn whoever_leaves_the_room_of_many_is_still_reached_alone() {
    let Some(world) = World::in_rooms().await else { return };
    let (jana, petr) = (world.account("jana").await, world.account("petr").await);
    let team = jana.opens_room(&[&petr.id, LINKA]).await;
    world.talks().await;
    world.people_meet_in("ustecky", team.as_str()).await;
    petr.leaves_room(&team).await;
    world.talks().await;
    assert_eq!(world.points_in_trouble().await, 0, "a room that is left is no account that is blocked");
    world.ends().await;
}
