//! Who is let in, as both databases keep it: prisons' phones, blocked numbers, PINs, what was spent.

use super::on_each;
use super::sample::{at, turn};
use chrono::{NaiveDate, TimeDelta};
use linka::domain::{Address, Effect, OperatorId, Spent};
use linka::store::{Blocked, PinOf};

#[tokio::test]
async fn a_prison_is_known_by_its_phones() {
    on_each(async |store| {
        store.save_prison_login("HD1", "Věznice Horní Dolní", "$argon2id$").await.unwrap();
        store.save_prison_login("HD2", "Věznice Dolní Horní", "$argon2id$").await.unwrap();
        assert!(store.add_prison_phone("+420719000901", "XX").await.is_err(), "nobody has this code");
        store.add_prison_phone("+420719000901", "HD1").await.unwrap();
        store.add_prison_phone("+420719000902", "HD1").await.unwrap();
        store.add_prison_phone("+420719000902", "HD2").await.unwrap();
        let known: Vec<_> = store.prison_phones().await.unwrap().into_iter().map(|phone| (phone.number, phone.name)).collect();
        let expected = [("+420719000901", "Věznice Horní Dolní"), ("+420719000902", "Věznice Dolní Horní")];
        assert_eq!(known, expected.map(|(number, name)| (number.to_owned(), name.to_owned())));
        assert!(store.remove_prison_phone("+420719000901").await.unwrap());
        assert!(!store.remove_prison_phone("+420719000901").await.unwrap());
        assert_eq!(store.prison_phones().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_blocked_number_stands_once() {
    on_each(async |store| {
        let blocked = |number: &str| Blocked { number: number.to_owned(), reason: "zneužívá linku".to_owned(), author: "alena".to_owned(), at: at(0) };
        store.block(&blocked("+420719000901")).await.unwrap();
        store.block(&blocked("+2357*")).await.unwrap();
        store.block(&Blocked { reason: "omyl".to_owned(), ..blocked("+2357*") }).await.unwrap();
        let reasons: Vec<_> = store.blocked().await.unwrap().into_iter().map(|blocked| blocked.reason).collect();
        assert_eq!(reasons, ["omyl", "zneužívá linku"]);
        assert!(store.unblock("+2357*").await.unwrap() && !store.unblock("+2357*").await.unwrap());
        assert_eq!(store.blocked().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_operators_pin_is_locked_like_a_prisons() {
    on_each(async |store| {
        let jana = OperatorId("jana".to_owned());
        assert_eq!(store.pin(PinOf::Operator(&jana)).await.unwrap(), None);
        store.save_operator_pin(&jana, "$argon2id$").await.unwrap();
        assert_eq!(store.operators_with_pin().await.unwrap(), vec![jana.clone()]);
        for _ in 0..19 {
            assert_eq!(store.note_pin_failure(PinOf::Operator(&jana), at(0)).await.unwrap(), None);
        }
        let hour = Some(at(0) + TimeDelta::hours(1));
        assert_eq!(store.note_pin_failure(PinOf::Operator(&jana), at(0)).await.unwrap(), hour);
        assert_eq!(store.pin(PinOf::Operator(&jana)).await.unwrap().unwrap().locked_until, hour);
        store.save_operator_pin(&jana, "$argon2id$2").await.unwrap();
        let pin = store.pin(PinOf::Operator(&jana)).await.unwrap().unwrap();
        assert_eq!((pin.pin_hash.as_str(), pin.locked_until), ("$argon2id$2", None));
        assert_eq!(store.operators_with_pin().await.unwrap(), std::slice::from_ref(&jana));
        assert!(store.remove_operator_pin(&jana).await.unwrap() && !store.remove_operator_pin(&jana).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_was_spent_is_added_up_by_day() {
    on_each(async |store| {
        let day = |n| NaiveDate::from_ymd_opt(2026, 2, n).unwrap();
        assert_eq!(store.spent(day(2)).await.unwrap(), Spent::default());
        let spend = |n, parts, minutes| Effect::Spend { day: day(n), spent: Spent { parts, minutes } };
        turn(&store, "one", &[spend(2, 2, 0)]).await;
        turn(&store, "two", &[spend(2, 1, 4), spend(3, 0, 1), spend(2, 0, 3)]).await;
        assert_eq!(store.spent(day(2)).await.unwrap(), Spent { parts: 3, minutes: 7 });
        assert_eq!(store.spent(day(3)).await.unwrap(), Spent { parts: 0, minutes: 1 });
    })
    .await;
}

#[tokio::test]
async fn nobody_was_reached_yet() {
    on_each(async |store| {
        let from = Address::new("voice", "+420719000901");
        assert!(!store.has_reached_a_person(&from).await.unwrap());
    })
    .await;
}
