//! Many conversations at once, everybody with a client and a room of their own.

use crate::matrix::Person;
use crate::world::{LINKA, World};
use futures_util::future::join_all;
use std::sync::Arc;

const MANY: usize = 50;
const ROUNDS: usize = 2;

/// Everybody writes at the same time.
async fn write(workers: &[Arc<Person>], words: impl Fn(usize) -> String) {
    join_all(workers.iter().enumerate().map(|(n, worker)| {
        let words = words(n);
        async move { worker.writes(LINKA, &words).await }
    }))
    .await;
}

#[tokio::test]
async fn fifty_conversations_at_once_do_not_mix() {
    let Some(world) = World::in_rooms().await else { return };
    let jana = world.account("jana").await;
    let names: Vec<String> = (0..MANY).map(|n| format!("vera{n}")).collect();
    let workers = join_all(names.iter().map(|name| world.account(name))).await;
    write(&workers, |_| "bydlení Most, klient muž, prosím spojit s člověkem".to_owned()).await;
    // It comes in, it hears, and whoever is asked comes in.
    for _ in 0..3 {
        world.passes_words_on().await;
    }
    let contacts = world.every_contact().await;
    let number = |worker: &Person| contacts.iter().find(|contact| contact.address.handle == worker.id).expect("a contact").number;
    for worker in &workers {
        worker.expect(["Most"]);
        jana.writes(LINKA, &format!("/přijmout #{}", number(worker))).await;
    }
    world.passes_words_on().await;
    jana.reads_all();
    for worker in &workers {
        worker.expect(["má operátor"]);
    }
    for round in 0..ROUNDS {
        write(&workers, |n| format!("otázka {n} v kole {round}")).await;
        world.passes_words_on().await;
        let mut asked = Vec::new();
        for _ in &workers {
            let question = jana.expect(["píše: otázka"]);
            let n = workers.iter().position(|worker| question.words.starts_with(&format!("#{} ", number(worker)))).expect("whose it is");
            assert!(question.words.ends_with(&format!("otázka {n} v kole {round}")), "{}", question.words);
            jana.replies(&question, &format!("odpověď {n} v kole {round}")).await;
            asked.push(n);
        }
        asked.sort_unstable();
        assert!(asked.into_iter().eq(0..MANY), "everybody's question came");
        world.passes_words_on().await;
        for (n, worker) in workers.iter().enumerate() {
            worker.expect([&format!("odpověď {n} v kole {round}")]);
            worker.hears_nothing();
        }
    }
    jana.reads_all();
    world.puts_devices_away();
    world.ends().await;
}
