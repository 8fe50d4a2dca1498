//! Spoken messages and sealed files, on every database.

use super::on_each;
use super::sample::{address, at, contact, known};
use linka::domain::{Attachment, EventKey, Format, Recording, RecordingState};
use linka::store::{DataKey, Store, StoreError};

fn recording(reference: &str, seconds: i64) -> Recording {
    Recording {
        reference: reference.to_owned(),
        contact: contact(1).id,
        from: address(),
        seconds: 12,
        state: RecordingState::Wanted,
        attempts: 0,
        file: None,
        at: at(seconds),
        due_at: at(seconds),
        forget_at: at(seconds + 1_000),
    }
}

fn file(name: &str) -> Attachment {
    Attachment { id: EventKey::new(name).caused(at(0), 0), format: Format::Mp3, bytes: 9 }
}

async fn due(store: &Store, seconds: i64) -> Vec<String> {
    store.due_recordings(at(seconds), 10).await.unwrap().into_iter().map(|one| one.reference).collect()
}

#[tokio::test]
async fn a_recording_is_due_until_it_is_deleted_and_forgotten_after_its_time() {
    on_each(async |store| {
        known(&store, &[contact(1)]).await;
        let (first, second) = (recording("RE1", 0), recording("RE2", 5));
        store.want_recording(&first).await.unwrap();
        store.want_recording(&second).await.unwrap();
        store.want_recording(&Recording { seconds: 99, ..first.clone() }).await.unwrap();
        assert_eq!(store.due_recordings(at(4), 10).await.unwrap(), std::slice::from_ref(&first), "told twice, kept as it was first");
        assert_eq!(due(&store, 5).await, ["RE1", "RE2"]);
        assert_eq!(store.due_recordings(at(5), 1).await.unwrap().len(), 1);
        store.keep_attachment(file("RE1"), b"ID3 words", at(0)).await.unwrap();
        let fetched = Recording { state: RecordingState::Fetched, file: Some(file("RE1").id), attempts: 3, due_at: at(20), ..first };
        store.move_recording(&fetched).await.unwrap();
        assert_eq!(due(&store, 19).await, ["RE2"]);
        assert_eq!(store.due_recordings(at(20), 10).await.unwrap().last(), Some(&fetched));
        assert_eq!(store.old_recordings(at(999)).await.unwrap(), []);
        assert_eq!(store.old_recordings(at(1_000)).await.unwrap(), std::slice::from_ref(&fetched));
        store.forget_recording(&fetched).await.unwrap();
        assert!(!store.has_attachment(file("RE1").id).await.unwrap());
        assert_eq!(due(&store, 2_000).await, ["RE2", "RE1"], "what is still elsewhere is not forgotten");
        store.move_recording(&Recording { state: RecordingState::Deleted, file: None, ..fetched }).await.unwrap();
        for old in store.old_recordings(at(2_000)).await.unwrap() {
            store.forget_recording(&old).await.unwrap();
        }
        assert_eq!(due(&store, 2_000).await, ["RE2"]);
        assert_eq!(store.old_recordings(at(2_000)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_file_opens_with_its_own_key_only() {
    on_each(async |store| {
        store.keep_attachment(file("a"), b"ID3 words", at(0)).await.unwrap();
        assert_eq!(store.attachment(file("a").id).await.unwrap(), Some((Format::Mp3, b"ID3 words".to_vec())));
        assert_eq!(store.sealed_elsewhere().await.unwrap(), 0);
        let other = store.with_key(DataKey::fresh().unwrap());
        assert!(matches!(other.attachment(file("a").id).await, Err(StoreError::OtherKey)));
        assert_eq!(other.sealed_elsewhere().await.unwrap(), 1);
        other.keep_attachment(file("b"), b"ID3 words", at(0)).await.unwrap();
        assert!(other.attachment(file("b").id).await.unwrap().is_some(), "what comes now is sealed with the key at hand");
        let folder = tempfile::tempdir().unwrap();
        let missing = other.with_key_file(folder.path().join("key"));
        assert!(matches!(missing.attachment(file("b").id).await, Err(StoreError::NoKey { .. })));
        assert!(matches!(missing.keep_attachment(file("c"), b"ID3", at(0)).await, Err(StoreError::NoKey { .. })), "a lost key is not replaced in silence");
        assert_eq!(missing.sealed_elsewhere().await.unwrap(), 2);
    })
    .await;
}
