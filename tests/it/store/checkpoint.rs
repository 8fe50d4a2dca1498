//! SQLite's log is copied into the file between commits.

use super::sample::{contact, keep, turn, worker};
use linka::domain::Effect;
use linka::store::Store;

#[tokio::test]
async fn the_log_is_copied_once_enough_turns_have_their_answers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("linka.db");
    let store = Store::open(&format!("sqlite:{}", path.display())).await.unwrap();
    let size = || std::fs::metadata(&path).unwrap().len();
    store.wrote(1_000).await.unwrap();
    let before = size();
    for number in 2_000..2_060 {
        turn(&store, &number.to_string(), &[Effect::Introduce(worker()), keep(&contact(number))]).await;
    }
    store.wrote(511).await.unwrap();
    assert_eq!(size(), before, "nobody waits for the file within a commit");
    store.wrote(1).await.unwrap();
    let copied = size();
    assert!(copied > before);
    turn(&store, "2060", &[keep(&contact(2_060))]).await;
    store.wrote(1).await.unwrap();
    assert_eq!(size(), copied, "it is counted anew");
    store.close().await;
}
