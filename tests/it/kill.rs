//! kill -9 under load: a real process is killed again and again while workers write to
//! it. Whatever it acknowledged is there afterwards, once, and its answer left once.
//!
//! `LINKA_KILLS` says how often (10 without it; `tests/run` takes 200).

use crate::process::{Line, key, write};
use crate::world;
use linka::domain::{Address, Delivery, EventKey};
use linka::store::Store;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::Mutex;

/// Workers who write at the same time.
const WRITERS: usize = 8;

/// Lets workers write until enough was acknowledged, then kills the line in the middle of it.
fn under_fire(line: Line, next: &AtomicU32, acknowledged: &Mutex<Vec<u32>>, kill_after: usize) {
    let heard = AtomicUsize::new(0);
    let (address, stopped) = (line.address, AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (heard, stopped) = (&heard, &stopped);
        for _ in 0..WRITERS {
            scope.spawn(move || {
                let mut n = next.fetch_add(1, Ordering::SeqCst);
                while !stopped.load(Ordering::SeqCst) {
                    // Whoever gets no answer sends the same message again, as providers do.
                    if write(address, n, "bydleni+Most") {
                        acknowledged.lock().expect("the list").push(n);
                        heard.fetch_add(1, Ordering::SeqCst);
                        n = next.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        while heard.load(Ordering::SeqCst) < kill_after {
            std::thread::yield_now();
        }
        line.kill();
        stopped.store(true, Ordering::SeqCst);
    });
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the number of kills is set by tests/run")]
fn nothing_acknowledged_is_lost_or_doubled() {
    let kills: usize = std::env::var("LINKA_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10);
    let folder = tempfile::tempdir().expect("a folder");
    let (next, acknowledged) = (AtomicU32::new(0), Mutex::new(Vec::new()));
    for round in 0..kills {
        under_fire(Line::start(folder.path()), &next, &acknowledged, 1 + round * 7 % 23);
    }
    let last = Line::start(folder.path());
    let sure = next.fetch_add(1, Ordering::SeqCst);
    assert!(write(last.address, sure, "bydleni+Most"), "the line still works after {kills} kills");
    last.stop();
    let acknowledged = acknowledged.into_inner().expect("the list");
    println!("{kills} kills, {} messages acknowledged", acknowledged.len());
    assert!(acknowledged.len() >= kills);
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    tokio::runtime::Runtime::new().expect("a runtime").block_on(examine(&url, &acknowledged, next.load(Ordering::SeqCst)));
}

/// Everything acknowledged is stored; nothing, acknowledged or not, is there twice.
async fn examine(url: &str, acknowledged: &[u32], written: u32) {
    let store = Store::open(url).await.expect("the database");
    world::deliver_the_rest(store).await;
    let store = Store::open(url).await.expect("the database");
    let mut batch = store.begin().await.expect("a batch");
    for n in acknowledged {
        let key = EventKey::new(format!("demo:chat:belusice-{n}:{}", key(*n)));
        assert!(world::accepted(&mut batch, &key).await, "message {n} was acknowledged and lost");
    }
    drop(batch);
    for n in 0..written {
        let thread = store.thread(&Address::new("chat", format!("belusice-{n}")), 20).await.expect("a thread");
        let (heard, said): (Vec<_>, Vec<_>) = thread.into_iter().partition(|bubble| bubble.mine);
        assert!(heard.len() <= 1, "message {n} was decided {} times", heard.len());
        assert_eq!(said.len(), heard.len(), "message {n} was answered {} times", said.len());
        let delivered = said.iter().filter_map(|bubble| bubble.letter.as_ref()).all(|letter| letter.delivery == Delivery::Sent);
        assert!(delivered, "the answer to {n} did not leave");
    }
    let findings = store.check().await.expect("a check");
    assert!(findings.is_sound(), "{findings:?}");
}
