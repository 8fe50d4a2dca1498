//! The group of a line's operators: offers stand there with a button, whoever is first takes them, and
//! everybody sees who did. Workers are not heard there.

use crate::world::{GROUP, JANA, PETR, World};
use linka::domain::{Address, Stage};
use linka::routing::Book;

/// A world whose line of Ústí has a group, with something else changed.
pub(super) async fn world_with_group(change: impl FnOnce(&mut Book)) -> World {
    let world = World::with_bot_where(
        |_| {},
        |book| {
            let line = book.lines.iter_mut().find(|line| line.id.as_str() == "ustecky").expect("the line of Ústí");
            line.room = Some(Address::new("telegram", GROUP.to_string()));
            change(book);
        },
    )
    .await;
    world.bot().group(GROUP, true);
    world
}

#[tokio::test]
async fn whoever_presses_first_in_the_group_takes_it_and_the_offer_says_so() {
    let world = world_with_group(|_| {}).await;
    let worker = world.asked_in_chat().await;
    let (jana, petr) = (world.person(JANA), world.person(PETR));
    jana.expect(["Převezmete ho?"]);
    let group = petr.clone().within(GROUP);
    let post = group.expect(["Most", "Převezmete ho?"]);
    assert_eq!(post.labels(), ["Přijmout"]);
    // A stranger has been let into the group.
    world.person(9002).presses(&post, "Přijmout").await;
    world.person(9002).within(GROUP).replies(&post, "beru to já").await;
    assert_eq!(world.contact().await.stage, Stage::Waiting);
    petr.presses(&post, "Přijmout").await;
    petr.expect(["je váš"]);
    jana.expect(["už má Petr"]);
    worker.expect(["má operátor"]);
    let edited = world.bot().shows(GROUP).remove(0);
    assert_eq!(edited.id, post.id);
    assert!(edited.text.contains("převzal Petr") && edited.buttons.is_empty(), "{edited:?}");
    group.hears_nothing();
    // His answer to the post reaches the worker, as one in his own chat does.
    group.replies(&post, "Místo v Mostě je.").await;
    worker.expect(["Místo v Mostě je."]);
    petr.writes("Zavolejte tam zítra.").await;
    worker.expect(["Zavolejte tam zítra."]);
    jana.presses(&post, "Přijmout").await;
    jana.expect(["už má Petr"]);
    world.ends().await;
}

#[tokio::test]
async fn a_group_the_bot_was_thrown_out_of_keeps_nobody_waiting() {
    let world = world_with_group(|_| {}).await;
    world.bot().group(GROUP, false);
    let worker = world.asked_in_chat().await;
    let jana = world.person(JANA);
    let offer = jana.expect(["Převezmete ho?"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    jana.within(GROUP).hears_nothing();
    jana_reads_the_rest(&world);
    world.ends().await;
}

/// What the line tells of a group it cannot write to is for the coordinator.
fn jana_reads_the_rest(world: &World) {
    world.person(JANA).reads_all();
    world.puts_devices_away();
}
