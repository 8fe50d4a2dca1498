//! Operators who call the line as anybody else does: the question is theirs to ask, not to answer.

use super::{JANA, PETR, presses_through};
use crate::phone::Handset;
use crate::world::World;
use linka::domain::{Happened, OperatorId};

/// Jana, who is on duty, calls the line and asks for a person.
async fn jana_asks(world: &World) -> Handset {
    let jana = world.network().caller(JANA);
    presses_through(&jana).await;
    jana
}

async fn asked(world: &World) -> Vec<String> {
    let offered = world.log().await.into_iter().filter_map(|what| if let Happened::Offered { operator, .. } = what { Some(operator.to_string()) } else { None });
    offered.collect()
}

#[tokio::test]
async fn an_operator_who_calls_is_not_rung_about_it() {
    let world = World::on_the_phone().await;
    let (jana, petr) = (jana_asks(&world).await, world.network().handset(PETR));
    petr.answers().await.presses("1").await;
    jana.is_bridged_with(PETR);
    world.operator("Petr").await.expect(["je váš"]).await;
    petr.hangs_up().await;
    jana.hears(["Pomohli"]).await;
    jana.presses("1").await.hears(["na shledanou"]).await;
    assert_eq!(asked(&world).await, ["petr"]);
    world.operator("Petr").await.expect(["dopadl"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operators_own_message_goes_to_a_colleague() {
    let world = World::on_the_phone().await;
    let jana = jana_asks(&world).await;
    world.network().handset(PETR).declines().await;
    jana.hears(["po tónu"]).await;
    jana.speaks(12).await.presses("#").await.hears(["na shledanou"]).await;
    world.minutes(1).await;
    assert_eq!(world.collects_recordings().await, 2);
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Attached { .. })), "the message reaches its contact");
    let petr = world.operator("Petr").await;
    let offer = petr.expect_offer(["hlasový vzkaz"]).await;
    petr.takes(&offer).await;
    petr.expect(["posílá: hlasová zpráva"]).await;
    assert_eq!(world.contact().await.owner, Some(OperatorId::new("petr")));
    assert!(!asked(&world).await.contains(&"jana".to_owned()));
    petr.writes("/předat Jana").await;
    petr.expect(["převzít nemůže", "Zůstává u vás"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_coordinator_who_asks_is_answered_by_another() {
    let world = World::on_the_phone_among(|book| book.lines.iter_mut().filter(|line| line.id.as_str() != "ustecky").for_each(|line| line.coordinator = OperatorId::new("marie"))).await;
    let coordinator = world.network().caller("+420719000100");
    presses_through(&coordinator).await;
    coordinator.hangs_up().await;
    world.minutes(20).await;
    let asked = asked(&world).await;
    assert!(!asked.contains(&"koordinatorka".to_owned()) && asked.contains(&"marie".to_owned()), "{asked:?}");
    world.puts_devices_away();
    world.numbered("+420719000100").on("sms").drains();
    world.ends().await;
}
