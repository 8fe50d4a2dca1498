//! Calls over the phone network: what a caller hears, which phones ring, who gets the call.

use crate::phone::Handset;
use crate::world::{USTECKY, World};
use linka::domain::{Happened, Outcome, Stage};

const WORKER: &str = "+420719000201";
const JANA: &str = "+420719000101";
const PETR: &str = "+420719000102";

/// Calls the line and presses through to a person: North Bohemia, the Ústí Region, somebody please.
async fn asks_for_a_person(world: &World) -> Handset {
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    caller.hears(["Linka spolupráce", "Hovor nenahráváme", "Severní Čechy: tři"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await;
    caller
}

#[tokio::test]
async fn a_caller_is_connected_with_who_presses_one() {
    let world = World::on_the_phone().await;
    let caller = asks_for_a_person(&world).await;
    let jana = world.network().handset(JANA);
    caller.hears(["Spojujeme vás s operátorem"]).await;
    jana.rings();
    assert_eq!(jana.shows(), USTECKY, "the operator does not see the caller's number");
    jana.answers().await.hears(["Ústecký kraj", "jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš", "volajícím"]).await;
    world.minutes(3).await;
    jana.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    caller.hears(["Pomohli jsme vám"]).await;
    caller.presses("1").await.hears(["na shledanou"]).await;
    caller.is_over();
    let contact = world.contact().await;
    assert_eq!(contact.stage, Stage::Held);
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Rated { value: 3 })));
    world.operator("Jana").await.writes("/konec informace").await;
    world.operator("Jana").await.expect(["uzavřený"]).await;
    assert_eq!(world.contact().await.outcome, Some(Outcome::Informed));
    world.numbered(WORKER).on("sms").expect_reply(["uzavirame"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_voicemail_box_is_no_operator() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (world.network().handset(JANA), world.network().handset(PETR));
    jana.voicemail();
    let caller = asks_for_a_person(&world).await;
    caller.waits_for_somebody();
    world.seconds(30).await;
    caller.hears(["Spojujeme", "zvoníme dalšímu"]).await;
    petr.answers().await.hears(["jedničky"]).await;
    petr.presses("1").await;
    caller.is_bridged_with(PETR);
    world.operator("Petr").await.expect(["je váš"]).await;
    caller.hangs_up().await;
    petr.is_over();
    world.operator("Petr").await.expect(["dopadl"]).await;
    world.puts_devices_away();
    world.ends().await;
}
