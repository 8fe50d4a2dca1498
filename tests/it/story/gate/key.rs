//! The key strangers press before they are let in.

use super::{JANA, WORKER};
use crate::world::{USTECKY, World};

/// The key a stranger was told to press.
fn told(heard: &str) -> String {
    let keys = ["nulu", "jedničku", "dvojku", "trojku", "čtyřku", "pětku", "šestku", "sedmičku", "osmičku", "devítku"];
    let said = heard.split("stiskněte prosím ").nth(1).expect("a key");
    keys.iter().position(|key| said.starts_with(key)).expect("a key as people say it").to_string()
}

#[tokio::test]
async fn a_stranger_presses_the_key_that_is_read() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.captcha = true).await;
    world.network().repeats_webhooks();
    let caller = world.network().caller(WORKER);
    let heard = caller.dials(USTECKY).await.hears(["Pro spojení stiskněte", "please press"]).await;
    caller.presses(&told(&heard)).await.hears(["Kam se klient vrací"]).await;
    caller.presses("3").await.hears(["Ústecký kraj: jedna"]).await;
    caller.presses("1").await.hears(["Co klient potřebuje"]).await;
    caller.presses("0").await.hears(["Spojujeme"]).await;
    let jana = world.network().handset(JANA);
    jana.answers().await.hears(["jedničky"]).await;
    jana.presses("1").await;
    caller.is_bridged_with(JANA);
    caller.hangs_up().await;
    world.operator("Jana").await.drains();
    world.operator("Jana").await.writes("/konec informace").await;
    world.minutes(1).await;
    caller.dials(USTECKY).await.hears(["Kam se klient vrací"]).await;
    caller.hangs_up().await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_machine_that_presses_nothing_is_let_go() {
    let world = World::on_the_phone_with("2026-02-02 10:00", |phone| phone.captcha = true).await;
    let caller = world.network().caller(WORKER);
    caller.dials(USTECKY).await;
    for _ in 0..3 {
        caller.keeps_silent().await;
    }
    caller.hears(["Spojení se nepodařilo"]).await;
    caller.is_over();
    assert_eq!(world.contacts().await, 0);
    world.ends().await;
}
