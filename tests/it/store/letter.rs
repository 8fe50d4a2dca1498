//! Letters: in order, in time, and how far each has come.

use super::on_each;
use super::sample::{at, address, letter, turn, situation, words};
use linka::domain::{Address, Delivery, Effect, Letter, Sort};
use linka::store::{Ask, Elsewhere};

#[tokio::test]
async fn letters_to_one_address_leave_in_order_and_answers_first() {
    on_each(async |store| {
        let (one, two) = (Address::new("sms", "one"), Address::new("sms", "two"));
        let mut notice = letter("notice", &two);
        notice.sort = Sort::Notice;
        let mut later = letter("later", &Address::new("sms", "three"));
        later.due_at = at(100);
        let first = letter("first", &one);
        let all = [notice, first.clone(), letter("second", &one), later];
        turn(&store, "send", &all.map(Effect::Send)).await;
        let taken = store.take_due_letters(at(1), 10, &Elsewhere::default()).await.unwrap();
        assert_eq!(words(&taken.letters), ["first", "notice"]);
        assert!(taken.letters.iter().all(|letter| letter.attempts == 1 && letter.delivery == Delivery::Sending));
        assert!(store.take_due_letters(at(1), 10, &Elsewhere::default()).await.unwrap().letters.is_empty());
        assert_eq!(words(&store.stranded(at(1)).await.unwrap()), ["notice", "first"]);
        assert!(store.stranded(at(0)).await.unwrap().is_empty());
        let again = Some(at(50));
        let mark = |delivery, due_at| Effect::Mark { letter: first.id, delivery, error: Some("busy".into()), due_at, reference: Some("SM1".into()), uncounted: false };
        turn(&store, "retry", &[mark(Delivery::Queued, again)]).await;
        assert!(store.take_due_letters(at(1), 10, &Elsewhere::default()).await.unwrap().letters.is_empty(), "the second waits for the first");
        assert_eq!(store.next_due(at(1)).await.unwrap(), again);
        let taken = store.take_due_letters(at(50), 10, &Elsewhere::default()).await.unwrap().letters;
        assert_eq!((words(&taken), taken.first().map(|letter| letter.attempts)), (vec!["first"], Some(2)));
        turn(&store, "unknown", &[mark(Delivery::Unknown, None)]).await;
        assert_eq!(words(&store.take_due_letters(at(50), 10, &Elsewhere::default()).await.unwrap().letters), ["second"]);
        assert_eq!(words(&store.take_due_letters(at(100), 10, &Elsewhere::default()).await.unwrap().letters), ["later"]);
        assert_eq!(store.next_due(at(100)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn letters_of_a_channel_that_is_used_elsewhere_are_left_for_a_while() {
    on_each(async |store| {
        let there = [letter("there", &Address::new("rooms", "one")), letter("there too", &Address::new("rooms", "one"))];
        turn(&store, "send", &there.map(Effect::Send)).await;
        turn(&store, "send here", &[Effect::Send(letter("here", &address()))]).await;
        let elsewhere = |since| Elsewhere { channels: vec!["rooms".into(), "room".into()], since: at(since) };
        assert_eq!(words(&store.take_due_letters(at(1), 10, &elsewhere(-300)).await.unwrap().letters), ["here"]);
        assert!(store.take_due_letters(at(1), 10, &elsewhere(-1)).await.unwrap().letters.is_empty());
        assert_eq!(words(&store.take_due_letters(at(300), 10, &elsewhere(0)).await.unwrap().letters), ["there"], "nobody has come for them");
        assert!(store.take_due_letters(at(300), 10, &Elsewhere::default()).await.unwrap().letters.is_empty(), "in their order");
    })
    .await;
}

#[tokio::test]
async fn an_expired_letter_is_withdrawn_and_told() {
    on_each(async |store| {
        let mut old = letter("old", &address());
        old.expires_at = Some(at(10));
        turn(&store, "send", &[Effect::Send(old), Effect::Send(letter("new", &address()))]).await;
        let taken = store.take_due_letters(at(10), 10, &Elsewhere::default()).await.unwrap();
        assert_eq!((words(&taken.letters), words(&taken.expired)), (vec!["new"], vec!["old"]));
        assert!(taken.expired.iter().all(|letter| letter.delivery == Delivery::Withdrawn));
    })
    .await;
}

#[tokio::test]
async fn a_delivery_never_goes_back() {
    on_each(async |store| {
        let sent = letter("sent", &address());
        turn(&store, "send", &[Effect::Send(sent.clone())]).await;
        let reports = [Delivery::Sent, Delivery::Delivered, Delivery::Sent, Delivery::Failed, Delivery::Read];
        let mut seen = Vec::new();
        for (n, delivery) in reports.into_iter().enumerate() {
            let mark = Effect::Mark { letter: sent.id, delivery, error: None, due_at: None, reference: None, uncounted: false };
            turn(&store, &format!("report {n}"), &[mark]).await;
            seen.push(situation(&store, &Ask::Letter(sent.id), at(0)).await.letter.unwrap().delivery);
        }
        assert_eq!(seen, [Delivery::Sent, Delivery::Delivered, Delivery::Delivered, Delivery::Delivered, Delivery::Read]);
    })
    .await;
}

#[tokio::test]
async fn an_attempt_that_found_too_much_at_once_is_none() {
    on_each(async |store| {
        let (one, two) = (letter("one", &address()), letter("two", &address()));
        turn(&store, "send", &[Effect::Send(one.clone()), Effect::Send(two)]).await;
        for n in 0..3 {
            let taken = store.take_due_letters(at(n), 10, &Elsewhere::default()).await.unwrap().letters;
            assert_eq!((words(&taken), taken[0].attempts), (vec!["one"], 1), "it keeps its place");
            let mark = Effect::Mark { letter: one.id, delivery: Delivery::Queued, error: None, due_at: Some(at(n + 1)), reference: None, uncounted: true };
            turn(&store, &format!("wait {n}"), &[mark]).await;
        }
        assert!(store.take_due_letters(at(2), 10, &Elsewhere::default()).await.unwrap().letters.is_empty(), "nobody overtakes");
    })
    .await;
}

#[tokio::test]
async fn silent_letters_are_asked_about_less_and_less() {
    on_each(async |store| {
        let [sent, lost, nameless, arrived] = ["sent", "lost", "nameless", "arrived"].map(|words| letter(words, &Address::new("sms", words)));
        turn(&store, "send", &[&sent, &lost, &nameless, &arrived].map(|letter| Effect::Send(letter.clone()))).await;
        store.take_due_letters(at(0), 10, &Elsewhere::default()).await.unwrap();
        let mark = |letter: &Letter, delivery, reference: Option<&str>| Effect::Mark { letter: letter.id, delivery, error: None, due_at: None, reference: reference.map(str::to_owned), uncounted: false };
        let marks = [mark(&sent, Delivery::Sent, Some("SM1")), mark(&lost, Delivery::Unknown, None), mark(&nameless, Delivery::Sent, None), mark(&arrived, Delivery::Delivered, Some("SM2"))];
        turn(&store, "reports", &marks).await;
        let mut asked = Vec::new();
        for minutes in [0, 1, 2, 5, 29, 30, 239, 240, 600] {
            let silent = store.take_silent("sms", Delivery::Sent, at(minutes * 60), 10).await.unwrap();
            asked.extend(silent.into_iter().map(|silent| (minutes, silent.letter.body.words().to_owned(), silent.last)));
        }
        let expected = [(1, "sent", false), (1, "lost", false), (5, "sent", false), (5, "lost", true), (30, "sent", false), (240, "sent", true)];
        assert_eq!(asked, expected.map(|(minutes, words, last)| (minutes, words.to_owned(), last)));
        assert!(store.take_silent("chat", Delivery::Sent, at(600 * 60), 10).await.unwrap().is_empty());
        assert!(store.is_called(&sent.to, "SM1", lost.id).await.unwrap());
        assert!(!store.is_called(&sent.to, "SM1", sent.id).await.unwrap());
    })
    .await;
}
