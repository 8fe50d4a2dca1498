//! A place by its postcode, typed or written.

use super::WORKER;
use crate::world::{USTECKY, World};
use linka::domain::Destination;

#[tokio::test]
async fn a_postcode_is_a_place() {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    caller.presses("6").await.hears(["pět číslic"]).await;
    caller.types("81101").await.hears(["neznáme", "Kam se klient vrací"]).await;
    caller.presses("6").await.hears(["pět číslic"]).await;
    caller.types("43401").await.hears(["Most, Ústecký kraj", "Co klient potřebuje"]).await;
    let Some(Destination::Place(place)) = world.contact().await.need.destination else { panic!("no place") };
    assert_eq!((place.orp.as_deref(), place.district.as_deref()), (Some("4209"), Some("CZ0425")));
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_written_postcode_is_a_place_when_it_is_called_one_or_stands_alone() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("sháním bydlení").await;
    worker.expect_reply(["Kam se klient vrací"]).await;
    worker.texts("434 01").await;
    worker.expect_reply(["Most, Ústecký kraj"]).await;
    let other = world.worker("Věznice Bělušice");
    other.texts("bydlení PSČ 43401, muž").await;
    other.expect_reply(["Most, Ústecký kraj"]).await;
    world.puts_devices_away();
    world.ends().await;
}
