//! Who signs in: users of the console, and prisons.

use super::on_each;
use super::sample::at;
use chrono::TimeDelta;
use linka::store::PinOf;

#[tokio::test]
async fn users_sign_in_and_out() {
    on_each(async |store| {
        store.add_user("Dana", "$argon2id$1", "coordinator", at(0)).await.unwrap();
        store.add_user("Dana", "$argon2id$2", "admin", at(5)).await.unwrap();
        let user = store.user("Dana").await.unwrap().unwrap();
        assert_eq!((user.password_hash.as_str(), user.role.as_str(), user.created_at), ("$argon2id$2", "admin", at(0)));
        assert_eq!(store.users().await.unwrap(), [user]);
        assert_eq!(store.user("nobody").await.unwrap(), None);
        for (token, signed_in) in [(b"a", 1), (b"b", 2), (b"c", 3)] {
            store.add_session(token, "Dana", at(signed_in)).await.unwrap();
        }
        assert!(store.add_session(b"x", "nobody", at(1)).await.is_err());
        store.touch_session(b"a", at(9)).await.unwrap();
        let session = store.session(b"a").await.unwrap().unwrap();
        assert_eq!((session.user.as_str(), session.role.as_str()), ("Dana", "admin"));
        assert_eq!((session.created_at, session.seen_at), (at(1), at(9)));
        store.end_session(b"b").await.unwrap();
        store.sweep_sessions(at(4), at(0)).await.unwrap();
        assert!(store.session(b"b").await.unwrap().is_none() && store.session(b"c").await.unwrap().is_none());
        assert!(store.session(b"a").await.unwrap().is_some());
        store.remove_user("Dana").await.unwrap();
        assert!(store.session(b"a").await.unwrap().is_none() && store.user("Dana").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_prison_signs_in_and_guessing_locks_it() {
    on_each(async |store| {
        store.save_prison_login("HD1", "Věznice Horní Dolní", "$argon2id$").await.unwrap();
        for _ in 0..19 {
            assert_eq!(store.note_pin_failure(PinOf::Prison("HD1"), at(0)).await.unwrap(), None);
        }
        let hour = Some(at(0) + TimeDelta::hours(1));
        assert_eq!(store.note_pin_failure(PinOf::Prison("HD1"), at(0)).await.unwrap(), hour);
        let login = store.prison_login("HD1").await.unwrap().unwrap();
        assert_eq!((login.failures, login.locked_until), (20, hour));
        assert_eq!(store.note_pin_failure(PinOf::Prison("HD1"), at(0)).await.unwrap(), Some(at(0) + TimeDelta::hours(2)));
        store.clear_pin_failures(PinOf::Prison("HD1")).await.unwrap();
        let login = store.prison_login("HD1").await.unwrap().unwrap();
        assert_eq!((login.failures, login.locked_until), (0, None));
        assert_eq!(store.prison_logins().await.unwrap(), [login]);
        assert_eq!(store.note_pin_failure(PinOf::Prison("nobody"), at(0)).await.unwrap(), None);
        assert_eq!(store.prison_login("nobody").await.unwrap(), None);
        store.add_web_session(b"token", "HD1/x", "Věznice Horní Dolní", at(1)).await.unwrap();
        let session = store.web_session(b"token").await.unwrap().unwrap();
        assert_eq!((session.handle.as_str(), session.created_at), ("HD1/x", at(1)));
        store.sweep_web_sessions(at(2)).await.unwrap();
        assert_eq!(store.web_session(b"token").await.unwrap(), None);
    })
    .await;
}
