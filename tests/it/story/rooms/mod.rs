//! Stories on a real homeserver, in encrypted rooms.

mod across;
mod crowd;
mod nodes;
mod setup;
mod talk;
mod team;
mod trouble;

use crate::matrix::Person;
use crate::world::{LINKA, World};
use std::sync::Arc;

/// A worker whose contact Jana has taken, each in a room of their own.
async fn held(world: &World) -> (Arc<Person>, Arc<Person>) {
    let worker = world.account("vera").await;
    let jana = held_by_jana(world, &worker).await;
    (worker, jana)
}

/// Jana, who has taken this worker's contact.
async fn held_by_jana(world: &World, worker: &Person) -> Arc<Person> {
    let jana = world.account("jana").await;
    worker.writes(LINKA, "bydlení Most, klient muž, prosím spojit s člověkem").await;
    world.talks().await;
    worker.expect(["Most"]);
    let offer = jana.expect(["Most", "Převezmete ho?"]);
    jana.signs(&offer, "1️⃣").await;
    world.talks().await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana
}

/// The smallest picture.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
    0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
