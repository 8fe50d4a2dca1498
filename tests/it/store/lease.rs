//! Leases, and letters by the names channels give them, as both databases keep them.

use super::on_each;
use super::sample::{address, at, letter, situation, turn};
use linka::domain::{Delivery, Effect, OperatorId};
use linka::store::Ask;

#[tokio::test]
async fn one_alone_holds_a_lease() {
    on_each(async |store| {
        let take = async |name: &str, holder: &str, now: i64, until: i64| store.take_lease(name, holder, at(now), at(until)).await.unwrap();
        assert!(take("chat", "a", 0, 12).await);
        assert!(!take("chat", "b", 11, 23).await);
        assert!(take("rooms", "b", 11, 23).await, "of another thing");
        assert!(take("chat", "a", 11, 23).await, "it is renewed");
        assert!(!take("chat", "b", 22, 34).await);
        assert!(take("chat", "b", 23, 35).await, "its time is over");
        assert!(!take("chat", "a", 24, 36).await, "whoever was late has lost it");
        store.drop_lease("chat", "a").await.unwrap();
        assert!(!take("chat", "a", 25, 37).await, "nobody lets go of another's");
        store.drop_lease("chat", "b").await.unwrap();
        assert!(take("chat", "a", 26, 38).await);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_want_it_at_once_one_gets_it() {
    on_each(async |store| {
        let holders: Vec<String> = (0..32).map(|n| format!("node {n}")).collect();
        for round in 0..5 {
            let (now, until) = (at(round * 100), at(round * 100 + 12));
            let taken = futures_util::future::join_all(holders.iter().map(|holder| store.take_lease("chat", holder, now, until))).await;
            assert_eq!(taken.into_iter().filter(|taken| *taken.as_ref().unwrap()).count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_found_by_what_its_channel_calls_it() {
    on_each(async |store| {
        let (first, second) = (letter("first", &address()), letter("second", &address()));
        turn(&store, "1", &[Effect::Send(first.clone()), Effect::Send(second.clone())]).await;
        let mark = |id, reference: &str| Effect::Mark { letter: id, delivery: Delivery::Sent, error: None, due_at: None, reference: Some(reference.to_owned()), uncounted: false };
        assert_eq!(store.letter_called("sms", "7:15").await.unwrap(), None);
        turn(&store, "2", &[mark(first.id, "7:15")]).await;
        assert_eq!(store.letter_called("sms", "7:15").await.unwrap(), Some(first.id));
        assert_eq!(store.letter_called("chat", "7:15").await.unwrap(), None);
        // Another account numbers its messages anew: the newest is meant.
        turn(&store, "3", &[mark(second.id, "7:15")]).await;
        assert_eq!(store.letter_called("sms", "7:15").await.unwrap(), Some(second.id));
        let asked = situation(&store, &Ask::Operator { operator: OperatorId::new("jana"), letter: Some(second.id), original: None, number: None }, at(9)).await;
        assert_eq!(asked.letter.map(|letter| letter.id), Some(second.id));
    })
    .await;
}
