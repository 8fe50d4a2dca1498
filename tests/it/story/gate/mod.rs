//! Who is let in by phone.

mod key;
mod pin;
mod refused;

use super::phone::{JANA, WORKER};
use crate::phone::Handset;
use crate::world::World;
use linka::console::password;
use linka::domain::OperatorId;

const PIN: &str = "246813";
const WRONG: &str = "975312";

async fn with_prison(world: &World) {
    let store = world.app().await.store().clone();
    store.save_prison_login("BEL", "Věznice Bělušice", &password::hash(PIN).unwrap()).await.unwrap();
}

async fn with_pin(world: &World) {
    world.app().await.store().save_operator_pin(&OperatorId::new("jana"), &password::hash(PIN).unwrap()).await.unwrap();
    world.takes_over().await;
}

async fn signs_in(caller: &Handset, pin: &str) {
    caller.presses("7").await.hears(["písmena kódu"]).await;
    caller.types("235#").await.hears(["PIN a křížek"]).await;
    caller.types(&format!("{pin}#")).await;
}
