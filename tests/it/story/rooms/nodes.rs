//! Several nodes on one database: the account's keys lie in one folder.

use crate::world::{LINKA, World};
use std::time::Duration;

const TEXT: &str = "bydleni Most, klient muz, prosim spojit s clovekem";

#[tokio::test]
async fn a_node_without_the_account_leaves_rooms_to_the_one_that_has_it() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let (node, house) = world.node_without_account().await;
    house.listen(&node);
    world.texted_at(&node, "+420719300001", TEXT).await;
    jana.looks().await;
    jana.hears_nothing();
    world.talks().await;
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    assert!(world.app().await.hold("matrix").await.unwrap(), "whoever cannot listen keeps nobody from it");
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    node.stop().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn where_no_node_has_the_account_people_are_reached_another_way() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    world.home().closes().await;
    let texter = world.texter();
    texter.texts(TEXT).await;
    texter.expect_reply(["Most"]).await;
    world.minutes(4).await;
    world.operator("Jana").await.on("sms").hears_nothing();
    world.minutes(2).await;
    world.operator("Jana").await.on("sms").expect(["Most"]).await;
    jana.hears_nothing();
    world.restarts().await;
    world.talks().await;
    jana.reads_all();
    texter.drains();
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_node_that_shares_the_folder_goes_on_when_the_other_stops() {
    let Some(world) = World::in_rooms().await else { return };
    let (vera, jana) = (world.account("vera").await, world.account("jana").await);
    world.home().closes().await;
    let (first, house) = world.node_with_account().await;
    let (second, spare) = world.node_with_account().await;
    for (node, house) in [(&first, &house), (&second, &spare)] {
        house.listen(node);
        node.run_loops();
    }
    vera.writes(LINKA, "bydlení Most, klient muž, prosím spojit s člověkem").await;
    vera.waits(Duration::from_mins(1)).await;
    vera.expect(["Most"]);
    jana.waits(Duration::from_mins(1)).await;
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    first.stop().await;
    jana.signs(&offer, "1️⃣").await;
    jana.waits(Duration::from_mins(1)).await;
    jana.expect(["je váš"]);
    second.stop().await;
    world.restarts().await;
    world.talks().await;
    vera.expect(["má operátor"]);
    vera.reads_all();
    world.puts_devices_away();
    world.ends().await;
}
