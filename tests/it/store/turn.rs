//! Turns: written whole or not at all, once, alone or many together.

use super::on_each;
use super::sample::{at, address, worker, contact, letter, entry, timer, heard, keep, apply, turn, known, situation, accepted};
use linka::domain::{Address, Contact, Delivery, Effect, EventKey, Happened, Letter, Stage, Worker, WorkerId};
use linka::store::{Ask, Asked, Filter, Known, StoreError, Turn};

#[tokio::test]
async fn a_turn_is_read_back_as_it_was_written() {
    on_each(async |store| {
        let contact = contact(1001);
        let mut reply = letter("reply", &address());
        reply.contact = Some(contact.id);
        reply.cause = EventKey::new("sms:1");
        let effects = [
            Effect::Send(reply.clone()),
            entry("e1", &contact, Happened::Heard { words: "Kam v Mostě?".into() }),
            Effect::Set(timer("t", &contact, at(60))),
            keep(&contact),
            Effect::Introduce(worker()),
        ];
        turn(&store, "sms:1", &effects).await;
        let asked = situation(&store, &Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(2)).await;
        assert_eq!(asked.worker, Some(worker()));
        assert_eq!(asked.contact, Some(contact.clone()));
        assert_eq!(asked.next_number, 1002);
        assert_eq!(store.contact(contact.id).await.unwrap(), Some(contact.clone()));
        assert_eq!(store.contact_by_number(1001).await.unwrap(), Some(contact.clone()));
        assert_eq!(store.contact_by_number(7).await.unwrap(), None);
        let timeline = store.timeline(contact.id).await.unwrap();
        assert_eq!(timeline.letters.first().map(|posted| &posted.letter), Some(&reply));
        assert_eq!(timeline.entries.first().map(|entry| entry.at), Some(at(1)));
        assert_eq!(timeline.entries.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_event_takes_effect_once() {
    on_each(async |store| {
        let mut answers: Vec<Letter> = ["a", "b", "c", "d"].map(|name| letter(name, &address())).into();
        for letter in &mut answers {
            letter.cause = EventKey::new("sms:1");
        }
        let effects: Vec<Effect> = answers.iter().cloned().map(Effect::Send).collect();
        turn(&store, "sms:1", &effects).await;
        let mut batch = store.begin().await.unwrap();
        let keys = ["sms:1", "sms:2"].map(EventKey::new);
        let asked = keys.iter().map(|key| Asked { key, at: at(0), ask: Ask::Nothing, code: None }).collect::<Vec<_>>();
        let known = batch.read(&asked).await.unwrap();
        assert_eq!(known[0], Known::Before(answers));
        assert!(matches!(known[1], Known::Now(_)));
        let again = apply(&mut batch, "sms:1", &[Effect::Introduce(worker())]).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
        batch.commit().await.unwrap();
        assert_eq!(situation(&store, &Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(1)).await.worker, None);
    })
    .await;
}

#[tokio::test]
async fn an_older_epoch_is_refused_and_its_turn_undone() {
    on_each(async |store| {
        let mut taken = contact(1001);
        taken.epoch = 5;
        known(&store, &[taken.clone()]).await;
        let mut late = taken.clone();
        late.epoch = 4;
        late.stage = Stage::Held;
        let mut batch = store.begin().await.unwrap();
        let effects = [keep(&late), entry("e", &late, Happened::Reopened)];
        let refused = apply(&mut batch, "late", &effects).await;
        assert!(matches!(refused, Err(StoreError::Stale { epoch: 4, .. })), "{refused:?}");
        batch.commit().await.unwrap();
        assert_eq!(store.contact(taken.id).await.unwrap(), Some(taken.clone()));
        assert!(store.timeline(taken.id).await.unwrap().entries.is_empty());
        assert!(!accepted(&mut store.begin().await.unwrap(), "late").await);
        taken.stage = Stage::Waiting;
        turn(&store, "same epoch", &[keep(&taken)]).await;
        assert_eq!(store.contact(taken.id).await.unwrap(), Some(taken));
    })
    .await;
}

#[tokio::test]
async fn one_failed_turn_leaves_the_others_of_its_batch() {
    on_each(async |store| {
        known(&store, &[contact(1001)]).await;
        let mut batch = store.begin().await.unwrap();
        apply(&mut batch, "good", &[keep(&contact(1002))]).await.unwrap();
        let orphan = entry("orphan", &contact(9999), Happened::Reopened);
        let failed = apply(&mut batch, "bad", &[keep(&contact(1003)), orphan]).await;
        assert!(matches!(failed, Err(StoreError::Sql { .. })), "{failed:?}");
        assert!(!accepted(&mut batch, "bad").await);
        apply(&mut batch, "better", &[keep(&contact(1004))]).await.unwrap();
        batch.commit().await.unwrap();
        let page = store.contacts(&Filter::default(), None, 10).await.unwrap();
        let numbers: Vec<i64> = page.rows.iter().map(|contact| contact.number).collect();
        assert_eq!(numbers, [1004, 1002, 1001]);
    })
    .await;
}

#[tokio::test]
async fn many_turns_together_do_what_they_do_alone() {
    on_each(async |store| {
        let worker = |n: i64| Worker {
            id: WorkerId(EventKey::new(format!("worker {n}")).caused(at(0), 0)),
            address: Address::new("sms", format!("+420719{n:06}")),
            ..worker()
        };
        let new = |n: i64| Contact { worker: worker(n).id, address: worker(n).address, ..contact(n) };
        let of = |n: i64| {
            let to_worker = Letter { contact: Some(new(n).id), ..letter(&format!("hello {n}"), &worker(n).address) };
            let mark = Effect::Mark { letter: to_worker.id, delivery: Delivery::Sent, error: None, due_at: None, reference: None, uncounted: false };
            let keep = keep(&new(n));
            let timers = [("old", at(1)), ("new", at(2))].map(|(name, due)| timer(&format!("{name} {n}"), &new(n), due));
            let [old, set] = timers.map(Effect::Set);
            let log = ["1", "2", "3"].map(|name| entry(&format!("{name} of {n}"), &new(n), Happened::Reopened));
            let before = [Effect::Introduce(worker(n)), keep, Effect::Send(to_worker), mark, old, Effect::Clear(new(n).id), set];
            before.into_iter().chain(log).collect::<Vec<_>>()
        };
        let effects: Vec<_> = (2000..2077).map(of).collect();
        let events: Vec<_> = (2000..2077).map(|n| heard(&format!("turn {n}"))).collect();
        let turn = |(event, effects)| Turn { event, contact: None, words: None, effects };
        let turns: Vec<_> = events.iter().zip(effects.iter().map(Vec::as_slice)).map(turn).collect();
        let mut batch = store.begin().await.unwrap();
        batch.apply(&turns).await.unwrap();
        batch.commit().await.unwrap();
        let mut batch = store.begin().await.unwrap();
        let fresh: Vec<_> = (2000..2077).map(|n| EventKey::new(format!("fresh {n}"))).collect();
        let asked = events.iter().zip(&fresh).zip(2000..).map(|((event, fresh), n)| {
            let key = if n % 2 == 0 { &event.key } else { fresh };
            Asked { key, at: at(3), ask: Ask::Worker { address: worker(n).address, contact: None, letter: None, original: None, call: None, texts: None, all: false }, code: None }
        });
        for (known, n) in batch.read(&asked.collect::<Vec<_>>()).await.unwrap().into_iter().zip(2000..) {
            match known {
                Known::Before(_) => assert_eq!(n % 2, 0),
                Known::Now(situation) => {
                    assert_eq!(situation.worker, Some(worker(n)));
                    assert_eq!(situation.contact, Some(new(n)));
                    assert_eq!(situation.next_number, 2077);
                }
            }
        }
        drop(batch);
        assert_eq!(store.due_timers(at(9), 500).await.unwrap().len(), 77);
        for n in [2000, 2063, 2064, 2076] {
            let timeline = store.timeline(new(n).id).await.unwrap();
            assert_eq!(timeline.entries.len(), 3);
            assert_eq!(timeline.letters[0].letter.delivery, Delivery::Sent);
        }
    })
    .await;
}

#[tokio::test]
async fn of_turns_together_one_refusal_undoes_all() {
    on_each(async |store| {
        known(&store, &[Contact { epoch: 3, ..contact(1001) }]).await;
        let (good, bad) = ([keep(&contact(1002))], [keep(&contact(1001))]);
        let (first, second) = (heard("first"), heard("second"));
        let turn = |event, effects| Turn { event, contact: None, words: None, effects };
        let mut batch = store.begin().await.unwrap();
        let refused = batch.apply(&[turn(&first, &good), turn(&second, &bad)]).await;
        assert!(matches!(refused, Err(StoreError::Stale { .. })), "{refused:?}");
        assert!(!accepted(&mut batch, "first").await);
        batch.apply(&[turn(&first, &good)]).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(store.contact(contact(1002).id).await.unwrap(), Some(contact(1002)));
    })
    .await;
}

#[tokio::test]
async fn a_batch_without_commit_never_happened() {
    on_each(async |store| {
        assert_eq!(store.last_event_at().await.unwrap(), None);
        let mut batch = store.begin().await.unwrap();
        apply(&mut batch, "lost", &[Effect::Introduce(worker())]).await.unwrap();
        drop(batch);
        assert!(!accepted(&mut store.begin().await.unwrap(), "lost").await);
        turn(&store, "kept", &[]).await;
        assert_eq!(store.last_event_at().await.unwrap(), Some(at(1)));
    })
    .await;
}
