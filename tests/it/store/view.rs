//! What the console reads: lists, counters, threads.

use super::on_each;
use super::sample::{at, address, contact, closed, letter, entry, keep, turn, known};
use chrono::TimeDelta;
use linka::domain::{Address, Contact, Delivery, Destination, Effect, EventKey, Happened, LineId, Place, Region, Review, Stage};
use linka::store::{Cursor, Filter, Store};

/// The numbers a filter finds, page after page.
pub(super) async fn listed(store: &Store, filter: &Filter, page: i64) -> Vec<i64> {
    let (mut found, mut after): (Vec<i64>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let rows = store.contacts(filter, after, page).await.unwrap();
        found.extend(rows.rows.iter().map(|contact| contact.number));
        after = rows.next;
        if after.is_none() {
            return found;
        }
    }
}

#[tokio::test]
async fn every_filter_lists_its_contacts_newest_first() {
    on_each(async |store| {
        let mut contacts: Vec<Contact> = (1001..=1010).map(contact).collect();
        contacts[1].stage = Stage::Waiting;
        contacts[2].urgent = true;
        contacts[3].review = Review::Queried;
        contacts[4].line = Some(LineId::new("praha"));
        contacts[5].need.destination = Some(Destination::Place(Place::region(Region::Praha)));
        contacts[6].address.channel = "web".into();
        contacts[7].question = Some("Potřebuje ŘEČ 100 % kurz".into());
        contacts[8] = closed(1009, at(2000));
        contacts[9].opened_at = contacts[8].opened_at;
        known(&store, &contacts).await;
        let said = Happened::Relayed { words: "Žlutý autobus".into(), letter: letter("x", &address()).id };
        turn(&store, "log", &[entry("e", &contacts[0], said)]).await;
        let all = Filter::default();
        let table: Vec<(Filter, Vec<i64>)> = vec![
            (all.clone(), (1001..=1010).rev().collect()),
            (Filter { stage: Some(Stage::Waiting), ..all.clone() }, vec![1002]),
            (Filter { attention: true, ..all.clone() }, vec![1003, 1002]),
            (Filter { review: Some(Review::Queried), ..all.clone() }, vec![1004]),
            (Filter { line: Some(LineId::new("praha")), ..all.clone() }, vec![1005]),
            (Filter { line: Some(LineId::new("nowhere")), ..all.clone() }, vec![]),
            (Filter { region: Some(Region::Praha), ..all.clone() }, vec![1006]),
            (Filter { channel: Some("web".into()), ..all.clone() }, vec![1007]),
            (Filter { text: Some("rec 100 %".into()), ..all.clone() }, vec![1008]),
            (Filter { text: Some("ŽLUTY bus".into()), ..all.clone() }, vec![1001]),
            (Filter { text: Some("horni dolni".into()), stage: Some(Stage::Closed), ..all.clone() }, vec![1009]),
            (Filter { number: Some(1004), ..all.clone() }, vec![1004]),
            (Filter { number: Some(4), ..all.clone() }, vec![]),
            (Filter { from: Some(at(1003)), to: Some(at(1005)), ..all.clone() }, vec![1004, 1003]),
            (Filter { stage: Some(Stage::Waiting), channel: Some("web".into()), ..all.clone() }, vec![]),
        ];
        for (filter, numbers) in table {
            for page in [1, 3, 100] {
                assert_eq!(listed(&store, &filter, page).await, numbers, "{filter:?} by {page}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_sparse_search_goes_on_behind_its_window() {
    on_each(async |store| {
        let mut contacts: Vec<Contact> = (1001..=3201).map(contact).collect();
        contacts[0].question = Some("jehla".into());
        known(&store, &contacts).await;
        let needle = Filter { text: Some("jehla".into()), ..Filter::default() };
        let page = store.contacts(&needle, None, 10).await.unwrap();
        assert!(page.rows.is_empty() && page.next.is_some(), "the first window holds nothing but has a next one");
        assert_eq!(listed(&store, &needle, 10).await, [1001]);
    })
    .await;
}

#[tokio::test]
async fn counters_follow_every_change() {
    on_each(async |store| {
        let mut promised = contact(1002);
        promised.stage = Stage::Promised;
        promised.promise_due = Some(at(10));
        known(&store, &[contact(1001), promised.clone(), closed(1003, at(5))]).await;
        let mut failed = letter("failed", &address());
        failed.delivery = Delivery::Failed;
        let mut unsure = letter("unsure", &address());
        unsure.delivery = Delivery::Unknown;
        let mut urgent = contact(1001);
        urgent.urgent = true;
        urgent.review = Review::Reviewed;
        urgent.stage = Stage::Waiting;
        turn(&store, "change", &[keep(&urgent), Effect::Send(failed), Effect::Send(unsure)]).await;
        let seen = store.attention(at(10)).await.unwrap();
        let stages: Vec<i64> = seen.stages.iter().map(|(_, n)| *n).collect();
        let reviews: Vec<i64> = seen.reviews.iter().map(|(_, n)| *n).collect();
        assert_eq!((stages, reviews), (vec![0, 1, 0, 1, 1], vec![2, 1, 0, 0]));
        assert_eq!((seen.urgent, seen.overdue, seen.failed, seen.uncertain), (1, 1, 1, 1));
        let week = store.attention(at(9) - TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(week.overdue, 0);
        assert_eq!(store.attention(at(0) + TimeDelta::days(7)).await.unwrap().failed, 0);
    })
    .await;
}

#[tokio::test]
async fn a_thread_shows_both_sides_in_order() {
    on_each(async |store| {
        let reply = |name: &str, cause: &str| {
            let mut letter = letter(name, &address());
            letter.cause = EventKey::new(cause);
            Effect::Send(letter)
        };
        turn(&store, "1", &[reply("a", "1"), reply("b", "1")]).await;
        turn(&store, "2", &[reply("c", "2")]).await;
        turn(&store, "3", &[]).await;
        let bubbles = store.thread(&address(), 10).await.unwrap();
        let shown: Vec<&str> = bubbles.iter().map(|bubble| bubble.words.as_str()).collect();
        assert_eq!(shown, ["masked", "a", "b", "masked", "c", "masked"]);
        assert!(bubbles.iter().all(|bubble| bubble.mine == bubble.letter.is_none()));
        assert_eq!(bubbles.first().map(|bubble| bubble.kind.as_str()), Some("text"));
        let last: Vec<String> =
            store.thread(&address(), 2).await.unwrap().into_iter().map(|bubble| bubble.words).collect();
        assert_eq!(last, ["c", "masked"]);
        assert!(store.thread(&Address::new("web", "x"), 5).await.unwrap().is_empty());
    })
    .await;
}
