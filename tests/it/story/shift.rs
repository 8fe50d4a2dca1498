//! An operator's day: told before a shift, at its beginning and at its end; what is open is
//! passed on and never lost.

use crate::world::World;
use linka::domain::Stage;

#[tokio::test]
async fn a_shift_is_announced_begins_and_ends() {
    let world = World::open_at("2026-02-02 08:00").await;
    world.tells_of_shifts().await;
    let jana = world.operator("Jana").await;
    world.clock("2026-02-02 08:29").await;
    jana.hears_nothing();
    world.clock("2026-02-02 08:30").await;
    jana.expect(["Za půl hodiny vám začíná směna", "9:00–15:00"]).await;
    world.clock("2026-02-02 09:00").await;
    jana.expect(["Začala vám směna", "do 15:00", "Zatím nic nečeká"]).await;
    world.clock("2026-02-02 15:00").await;
    jana.expect(["Směna skončila", "Uzavřených kontaktů: 0"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn at_the_end_open_contacts_go_to_the_next_opening() {
    let world = World::open_at("2026-02-02 14:00").await;
    let (worker, jana) = world.held_by_jana().await;
    world.tells_of_shifts().await;
    world.clock("2026-02-02 14:10").await;
    jana.writes("Ověřuji to.").await;
    worker.expect_reply(["Ověřuji to."]).await;
    world.clock("2026-02-02 15:00").await;
    let end = jana.expect(["Směna skončila", "Otevřené u vás zůstává: #", "bydlení"]).await;
    jana.chooses(&end, "Předat dál").await;
    jana.expect(["převezme další směna"]).await;
    worker.expect_reply(["přebírá další směna", "ve středu 4. 2."]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.owner), (Stage::Promised, None));
    world.puts_devices_away();
    world.clock("2026-02-04 09:00").await;
    let petr = world.operator("Jana").await;
    petr.expect(["Za půl hodiny"]).await;
    petr.expect(["#1001"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn whoever_keeps_the_contacts_keeps_them() {
    let world = World::open_at("2026-02-02 14:50").await;
    let (worker, jana) = world.held_by_jana().await;
    world.tells_of_shifts().await;
    jana.writes("Ověřuji to.").await;
    worker.expect_reply(["Ověřuji to."]).await;
    world.clock("2026-02-02 15:00").await;
    let end = jana.expect(["Otevřené u vás zůstává"]).await;
    jana.chooses(&end, "Nechat si").await;
    jana.expect(["zůstávají u vás"]).await;
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn during_a_shift_contacts_are_offered_to_the_colleague() {
    let world = World::open().await;
    let (_, jana) = world.held_by_jana().await;
    jana.writes("předat směně").await;
    jana.expect(["nabízíme", "Dokud ho nepřevezme, zůstává u vás"]).await;
    let petr = world.operator("Petr").await;
    petr.expect_offer(["Jana vám předává kontakt"]).await;
    assert_eq!(world.contact().await.stage, Stage::Held);
    world.ends().await;
}

#[tokio::test]
async fn after_downtime_an_operator_hears_of_the_shift_once() {
    let world = World::open_at("2026-02-02 08:10").await;
    world.tells_of_shifts().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, muž").await;
    worker.expect_reply(["Most"]).await;
    world.is_down_until("2026-02-02 10:15").await;
    world.tells_of_shifts().await;
    let jana = world.operator("Jana").await;
    jana.expect(["Začala vám směna", "do 15:00"]).await;
    jana.hears_nothing();
    world.puts_devices_away();
    world.restarts().await;
    world.tells_of_shifts().await;
    jana.hears_nothing();
    world.ends().await;
}
