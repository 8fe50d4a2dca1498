//! Calls over the phone network: what a caller hears, which phones ring, who gets the call. The words
//! all of these stories have in common.

mod alarm;
mod call;
mod call_back;
mod colleague;
mod postcode;
mod queue;
mod trouble;

use crate::phone::Handset;
use crate::world::{USTECKY, World};

pub(super) const WORKER: &str = "+420719000201";
pub(super) const JANA: &str = "+420719000101";
pub(super) const PETR: &str = "+420719000102";
pub(super) const KAREL: &str = "+420719000106";

/// Calls the line and presses through to a person: North Bohemia, the Ústí Region, somebody please.
pub(super) async fn asks_for_a_person(world: &World) -> Handset {
    let caller = world.network().caller(WORKER);
    presses_through(&caller).await;
    caller
}

pub(super) async fn presses_through(caller: &Handset) {
    caller.dials(USTECKY).await;
    caller.hears(["Linka spolupráce", "Operátor: nula", "Severní Čechy: tři"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await.hears(["Spojujeme vás s operátorem"]).await;
}

/// A caller who has just been asked where the client returns to.
pub(super) async fn is_asked_where() -> (World, Handset) {
    let world = World::on_the_phone().await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await.hears(["Severní Čechy: tři"]).await;
    (world, caller)
}

/// Jana picks up and takes the call.
pub(super) async fn is_taken_by_jana(world: &World, caller: &Handset) -> Handset {
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    world.operator("Jana").await.expect(["je váš"]).await;
    jana
}

/// Has hung up before anybody answered, and was told of a call back.
pub(super) async fn was_missed(world: &World) {
    asks_for_a_person(world).await.hangs_up().await;
    is_texted(world, WORKER, ["hovor jsme nestihli"]).await;
}

/// Has been connected with Jana, and has put the phone down.
pub(super) async fn has_talked_with_jana(world: &World) -> (Handset, Handset) {
    let (caller, jana) = (asks_for_a_person(world).await, world.network().handset(JANA));
    jana.answers().await.presses("1").await;
    world.operator("Jana").await.expect(["je váš"]).await;
    caller.hangs_up().await;
    world.operator("Jana").await.expect(["dopadl"]).await;
    (caller, jana)
}

/// A worker gets a message on the same number.
pub(super) async fn is_texted(world: &World, number: &str, parts: [&str; 1]) {
    // A number sends one part of a message in a second.
    world.seconds(10).await;
    world.numbered(number).on("sms").expect_reply(parts).await;
}
