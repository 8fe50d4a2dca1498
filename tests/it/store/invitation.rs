//! Invitations and wrong codes, as both databases keep them.

use super::on_each;
use super::sample::{at, turn};
use chrono::TimeDelta;
use linka::domain::{Address, Effect, EventKey, Guesses, Guest, Invitation, OperatorId, RosterChange, RosterRow, Situation};
use linka::store::{Ask, Asked, Known, RosterKind, RosterVersion, Store};
use uuid::Uuid;

fn prison() -> Guest {
    Guest::Prison { code: "HD1".to_owned(), name: "Věznice Horní Dolní".to_owned() }
}

fn made(n: u128, guest: Guest) -> Invitation {
    Invitation::new(Uuid::from_u128(n), guest, "alena", at(0))
}

/// What a turn learns of a code from an address.
async fn known(store: &Store, code: &str, from: &Address) -> Box<Situation> {
    let mut batch = store.begin().await.unwrap();
    let asked = Asked { key: &EventKey::new("never seen"), at: at(9), ask: Ask::Nothing, code: Some((from, code.to_owned())) };
    match batch.read(&[asked]).await.unwrap().remove(0) {
        Known::Now(situation) => situation,
        Known::Before(_) => panic!("known before"),
    }
}

#[tokio::test]
async fn invitations_are_kept_counted_and_taken_back() {
    on_each(async |store| {
        let from = Address::new("chat", "stranger");
        let (one, two) = (made(1, Guest::Operator(OperatorId::new("jana"))), made(2, prison()));
        assert!(store.invite(&two).await.is_err(), "nobody has the prison's code");
        store.save_prison_login("HD1", "Věznice Horní Dolní", "$argon2id$").await.unwrap();
        store.invite(&one).await.unwrap();
        store.invite(&two).await.unwrap();
        assert!(store.invite(&one).await.is_err(), "twice");
        assert_eq!(store.open_invitations(at(1)).await.unwrap().len(), 2);
        assert_eq!(store.invitation(&two.id).await.unwrap(), Some(two.clone()));
        assert_eq!(known(&store, &two.code, &from).await.invitation, Some(two.clone()));
        assert_eq!(known(&store, "4F7K9M2X", &from).await.invitation, None);
        turn(&store, "one", &[Effect::UseInvitation(one.id.clone()), Effect::UseInvitation(two.id.clone())]).await;
        assert_eq!(store.open_invitations(at(1)).await.unwrap(), [Invitation { uses: 1, ..two.clone() }]);
        assert!(store.open_invitations(at(0) + TimeDelta::days(90)).await.unwrap().is_empty());
        assert!(store.revoke_invitation(&two.id, at(5)).await.unwrap());
        assert!(!store.revoke_invitation(&two.id, at(6)).await.unwrap());
        assert!(!store.revoke_invitation("none", at(6)).await.unwrap());
        assert!(store.open_invitations(at(1)).await.unwrap().is_empty());
        let revoked = known(&store, &two.code, &from).await.invitation.unwrap();
        assert_eq!((revoked.revoked_at, revoked.uses), (Some(at(5)), 1));
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_are_counted_by_address() {
    on_each(async |store| {
        let (from, other) = (Address::new("chat", "stranger"), Address::new("sms", "+420719000901"));
        assert_eq!(known(&store, "4F7K9M2X", &from).await.guesses, None);
        let guesses = |failures, seconds| Guesses { failures, last_at: at(seconds), locked_until: (failures == 5).then(|| at(seconds) + TimeDelta::hours(1)) };
        let noted = |address: &Address, guesses| Effect::Guessed { address: address.clone(), guesses };
        turn(&store, "one", &[noted(&from, Some(guesses(4, 1))), noted(&other, Some(guesses(1, 1)))]).await;
        turn(&store, "two", &[noted(&from, Some(guesses(5, 2)))]).await;
        assert_eq!(known(&store, "4F7K9M2X", &from).await.guesses, Some(guesses(5, 2)));
        turn(&store, "three", &[noted(&from, None)]).await;
        assert_eq!(known(&store, "4F7K9M2X", &from).await.guesses, None);
        assert_eq!(known(&store, "4F7K9M2X", &other).await.guesses, Some(guesses(1, 1)));
        turn(&store, "four", &[noted(&from, Some(guesses(1, 200_000)))]).await;
        assert_eq!(known(&store, "4F7K9M2X", &other).await.guesses, None, "two days ago");
    })
    .await;
}

#[tokio::test]
async fn a_turn_changes_a_person_of_the_roster() {
    on_each(async |store| {
        let row = RosterRow::Operator(OperatorId::new("jana"));
        let change = RosterChange { row, body: "jana with one more address".into(), after: 0, at: at(5), author: "code:jana".to_owned() };
        turn(&store, "one", &[Effect::Roster(Box::new(change))]).await;
        let versions: Vec<RosterVersion<String>> = store.roster_history(RosterKind::Operator, "jana", 9).await.unwrap();
        assert_eq!(versions, [RosterVersion { at: at(5), author: "code:jana".to_owned(), body: Some("jana with one more address".to_owned()) }]);
        assert_eq!(store.load_roster::<String>(RosterKind::Operator, None).await.unwrap(), ["jana with one more address"]);
    })
    .await;
}
