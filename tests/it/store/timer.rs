//! Timers, and the instants they and everything else stand at.

use super::on_each;
use super::sample::{at, contact, timer, turn, known, new};
use chrono::{DateTime, Utc};
use linka::domain::{Effect, Event, EventKey, Timer, What};
use linka::store::{Ask, Turn};

#[tokio::test]
async fn timers_ring_in_order_and_once() {
    on_each(async |store| {
        let contact = contact(1001);
        known(&store, std::slice::from_ref(&contact)).await;
        let timers = [("c", 30), ("a", 10), ("b", 20)].map(|(name, due)| timer(name, &contact, at(due)));
        turn(&store, "set", &timers.clone().map(Effect::Set)).await;
        let [c, a, b] = &timers;
        assert_eq!(store.next_due(at(0)).await.unwrap(), Some(at(10)));
        assert_eq!(store.next_due(at(10)).await.unwrap(), Some(at(20)));
        assert_eq!(store.due_timers(at(20), 10).await.unwrap(), [a.clone(), b.clone()]);
        assert_eq!(store.due_timers(at(20), 1).await.unwrap(), std::slice::from_ref(a));
        let rang = Event { key: EventKey::new("timer:a"), at: at(20), what: What::Rang(a.clone()) };
        let mut batch = store.begin().await.unwrap();
        assert_eq!(new(&mut batch, &Ask::Timer(a.clone()), at(20)).await.contact, Some(contact.clone()));
        let moved = Timer { due_at: at(5), ..c.clone() };
        let effects = [Effect::Drop(a.id), Effect::Set(moved.clone())];
        batch.apply(&[Turn { event: &rang, contact: Some(contact.id), words: None, effects: &effects }]).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(store.due_timers(at(20), 10).await.unwrap(), [moved, b.clone()]);
        assert!(store.check().await.unwrap().is_sound());
        turn(&store, "clear", &[Effect::Clear(contact.id)]).await;
        assert!(store.due_timers(at(99), 10).await.unwrap().is_empty());
        assert_eq!(store.check().await.unwrap().adrift, [1001], "open, unowned and without a timer");
    })
    .await;
}

#[tokio::test]
async fn times_keep_their_order_and_microseconds() {
    on_each(async |store| {
        let contact = contact(1001);
        known(&store, std::slice::from_ref(&contact)).await;
        let nanoseconds = [0, 1_000, 10_000, 120_000_000, 123_000_000, 123_456_000, 123_456_789, 999_999_999];
        let due: Vec<DateTime<Utc>> =
            nanoseconds.iter().map(|ns| DateTime::from_timestamp(1_770_000_000, *ns).unwrap()).collect();
        let timers: Vec<Effect> =
            due.iter().enumerate().map(|(n, due)| Effect::Set(timer(&format!("t{n}"), &contact, *due))).collect();
        turn(&store, "set", &timers).await;
        for (n, due) in due.iter().enumerate() {
            let rung = store.due_timers(*due, 100).await.unwrap();
            // The sixth and the seventh differ only below the microsecond.
            assert_eq!(rung.len(), if n == 5 { 7 } else { n + 1 }, "{due}");
        }
        let read: Vec<u32> =
            store.due_timers(at(9), 100).await.unwrap().iter().map(|t| t.due_at.timestamp_subsec_nanos()).collect();
        let microseconds: Vec<u32> = nanoseconds.iter().map(|ns| ns / 1_000 * 1_000).collect();
        assert_eq!(read, microseconds);
    })
    .await;
}
