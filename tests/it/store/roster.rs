//! The handbook's rows on every database: the roster and its versions, swaps, calendars, contact points
//! and what was warned of.

use super::on_each;
use super::sample::{at, address, contact, letter, apply, turn, known, situation};
use linka::domain::{Address, Barrier, CalendarOf, Effect, EventKey, Letter, LineId, OperatorId, Point, RosterChange, RosterRow, RuleId, Span, Swap, SwapState, Trouble, Warned};
use linka::store::RosterKind::{Absence, Cover, Line, Operator};
use linka::store::{Ask, RosterEdit, RosterKind, Store, StoreError};
use sqlx::Connection;

#[tokio::test]
async fn the_handbooks_rows_raise_its_version() {
    on_each(async |store| {
        assert_eq!(store.handbook_version().await.unwrap(), 0);
        let lines = [save(Line, "b", &serde_json::json!({"name": "Ústecký"})), save(Line, "a", &"first")];
        store.write_roster(&lines, at(0), "import").await.unwrap();
        store.write_roster(&[save(Line, "b", &"second")], at(1), "alena").await.unwrap();
        store.write_roster(&[save(Operator, "jana", &[1, 2])], at(2), "alena").await.unwrap();
        assert_eq!(store.load_roster::<String>(Line, None).await.unwrap(), ["first", "second"]);
        assert_eq!(store.load_roster::<Vec<i64>>(Operator, None).await.unwrap(), [vec![1, 2]]);
        assert!(matches!(store.load_roster::<i64>(Line, None).await, Err(StoreError::Sql { .. })));
        let id = |n: u32| EventKey::new("service").caused(at(0), n);
        let many: Vec<_> = (0..300).map(|n| (id(n), "CZ010".to_owned(), n)).collect();
        store.replace_services(&many).await.unwrap();
        assert_eq!(store.load_services::<u32>().await.unwrap().len(), 300);
        store.replace_services(&[(id(1), "CZ042".to_owned(), 1)]).await.unwrap();
        store.save_service(id(2), "CZ010", &2).await.unwrap();
        assert_eq!(store.load_services::<u32>().await.unwrap(), [2, 1]);
        assert_eq!(store.handbook_version().await.unwrap(), 6);
        let gone = [RosterEdit::remove(Line, "a"), RosterEdit::remove(Operator, "jana"), RosterEdit::remove(Absence, "nobody")];
        store.write_roster(&gone, at(3), "alena").await.unwrap();
        assert_eq!(store.load_roster::<String>(Line, None).await.unwrap(), ["second"]);
        assert!(store.load_roster::<String>(Operator, None).await.unwrap().is_empty());
        assert_eq!(store.handbook_version().await.unwrap(), 7);
    })
    .await;
}

fn save(kind: RosterKind, id: &str, body: &impl serde::Serialize) -> RosterEdit {
    RosterEdit::save(kind, id, body).unwrap()
}

#[tokio::test]
async fn what_was_in_force_then_stays_so() {
    on_each(async |store| {
        let then = async |kind, seconds| store.load_roster::<String>(kind, Some(at(seconds))).await.unwrap();
        assert!(then(Line, 0).await.is_empty(), "nothing was ever kept");
        store.write_roster(&[save(Line, "a", &"a1"), save(Absence, "x", &"x1")], at(10), "import").await.unwrap();
        store.write_roster(&[save(Line, "b", &"b1"), save(Cover, "c", &"c1")], at(20), "alena").await.unwrap();
        store.write_roster(&[save(Line, "a", &"a2")], at(30), "alena").await.unwrap();
        // Two changes of one instant: the later written one holds.
        store.write_roster(&[save(Line, "a", &"a3"), RosterEdit::remove(Absence, "x")], at(30), "jana").await.unwrap();
        let table: [(RosterKind, i64, &[&str]); 10] = [
            // Before the first version the first one is taken to have held.
            (Line, 0, &["a1"]),
            (Line, 10, &["a1"]),
            (Line, 19, &["a1"]),
            (Line, 20, &["a1", "b1"]),
            (Line, 30, &["a3", "b1"]),
            (Line, 1_000, &["a3", "b1"]),
            (Absence, 29, &["x1"]),
            (Absence, 30, &[]),
            (Cover, 0, &[]),
            (Cover, 20, &["c1"]),
        ];
        for (kind, seconds, expected) in table {
            assert_eq!(then(kind, seconds).await, expected, "{kind:?} at {seconds}");
        }
        let history = store.roster_history::<String>(Line, "a", 2).await.unwrap();
        let told: Vec<_> = history.iter().map(|version| (version.at, version.author.as_str(), version.body.as_deref())).collect();
        assert_eq!(told, [(at(30), "jana", Some("a3")), (at(30), "alena", Some("a2"))]);
        assert_eq!(store.roster_history::<String>(Absence, "x", 9).await.unwrap()[0].body, None);
        // A clock that was set back: what is written last holds, now and from then on.
        store.write_roster(&[save(Line, "b", &"b2")], at(15), "alena").await.unwrap();
        assert_eq!((then(Line, 14).await, then(Line, 16).await), (vec!["a1".to_owned()], vec!["a1".to_owned(), "b2".to_owned()]));
        assert_eq!(then(Line, 1_000).await, store.load_roster::<String>(Line, None).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_roster_that_changed_meanwhile_is_not_written() {
    on_each(async |store| {
        let seen = store.roster_version(None).await.unwrap();
        assert_eq!(store.newest_roster_version().await.unwrap(), None);
        assert!(store.write_roster_after(seen, &[save(Line, "a", &"a1")], at(0), "alena").await.unwrap());
        assert!(!store.write_roster_after(seen, &[save(Line, "a", &"a2")], at(1), "jana").await.unwrap(), "{seen} is not the last any more");
        assert_eq!(store.load_roster::<String>(Line, None).await.unwrap(), ["a1"]);
        let last = store.roster_version(None).await.unwrap();
        assert_eq!(store.roster_version(Some((Line, "a"))).await.unwrap(), last);
        assert_eq!(store.roster_version(Some((Line, "b"))).await.unwrap(), 0);
        assert_eq!(store.newest_roster_version().await.unwrap(), Some((last, at(0))));
        assert!(store.write_roster_after(last, &[RosterEdit::remove(Line, "a")], at(2), "jana").await.unwrap());
    })
    .await;
}

fn swap(name: &str, ends: i64, due_at: Option<i64>) -> Swap {
    Swap {
        id: RuleId::new(name),
        line: LineId::new("ustecky"),
        from: OperatorId::new("jana"),
        to: OperatorId::new("petr"),
        shift: Span { from: at(ends - 100), to: at(ends) },
        counter: None,
        state: SwapState::Pending,
        asked_at: at(0),
        due_at: due_at.map(at),
        letters: vec![letter("asks", &address()).id],
        settled_by: None,
        settled_at: None,
    }
}

#[tokio::test]
async fn swaps_are_kept_found_and_fall_due() {
    on_each(async |store| {
        let swaps = [swap("over", 50, None), swap("forgotten", 60, Some(20)), swap("asked", 900, Some(300)), swap("later", 800, None)];
        let effects = swaps.clone().map(|swap| Effect::Swap(Box::new(swap)));
        turn(&store, "asked", &effects).await;
        let names = |swaps: &[Swap]| swaps.iter().map(|swap| swap.id.to_string()).collect::<Vec<_>>();
        let known = situation(&store, &Ask::Swaps, at(100)).await.swaps;
        assert_eq!(names(&known), ["forgotten", "later", "asked"], "one that waits is never left out");
        assert_eq!(known[2], swaps[2]);
        let operator = Ask::Operator { operator: OperatorId::new("petr"), letter: None, original: None, number: None };
        assert_eq!(situation(&store, &operator, at(100)).await.swaps, known);
        assert_eq!(store.swaps_since(at(850)).await.unwrap().len(), 2);
        assert_eq!(store.due_swaps(at(300), 10).await.unwrap(), [(RuleId::new("forgotten"), at(20)), (RuleId::new("asked"), at(300))]);
        assert_eq!(store.next_due(at(20)).await.unwrap(), Some(at(300)));
        assert_eq!(store.late_timers(at(21)).await.unwrap(), 1);
        let settled = Swap { state: SwapState::Accepted, due_at: None, ..swaps[2].clone() };
        turn(&store, "agreed", &[Effect::Swap(Box::new(settled.clone()))]).await;
        assert_eq!(store.due_swaps(at(300), 10).await.unwrap().len(), 1);
        assert!(store.swaps_since(at(100)).await.unwrap().contains(&settled));
        // A report on a letter about no contact knows the swaps it may ask for.
        let asks = Letter { operator: Some(OperatorId::new("petr")), ..letter("asks", &address()) };
        turn(&store, "sent", &[Effect::Send(asks.clone())]).await;
        assert_eq!(situation(&store, &Ask::Letter(asks.id), at(100)).await.swaps.len(), 3);
        assert!(situation(&store, &Ask::Nothing, at(100)).await.swaps.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_turn_changes_the_roster_it_was_decided_by_or_nothing() {
    on_each(async |store| {
        store.write_roster(&[save(Line, "ustecky", &"old")], at(0), "import").await.unwrap();
        let (seen, version) = (store.roster_version(None).await.unwrap(), store.handbook_version().await.unwrap());
        let changed = |after| {
            let roster = RosterChange { row: RosterRow::Line(LineId::new("ustecky")), body: "new".into(), after, at: at(5), author: "jana, petr".to_owned() };
            [Effect::Swap(Box::new(swap("swap", 900, None))), Effect::Roster(Box::new(roster))]
        };
        store.write_roster(&[save(Operator, "jana", &"Jana")], at(1), "alena").await.unwrap();
        let mut batch = store.begin().await.unwrap();
        assert!(matches!(apply(&mut batch, "late", &changed(seen)).await, Err(StoreError::Overtaken(after)) if after == seen));
        batch.commit().await.unwrap();
        assert!(store.swaps_since(at(0)).await.unwrap().is_empty(), "nothing of the turn has happened");
        let seen = store.roster_version(None).await.unwrap();
        turn(&store, "late", &changed(seen)).await;
        assert_eq!(store.load_roster::<String>(Line, None).await.unwrap(), ["new"]);
        assert_eq!(store.load_roster::<String>(Line, Some(at(4))).await.unwrap(), ["old"]);
        let history = store.roster_history::<String>(Line, "ustecky", 1).await.unwrap();
        assert_eq!((history[0].at, history[0].author.as_str()), (at(5), "jana, petr"));
        assert_eq!(store.handbook_version().await.unwrap(), version + 2, "others take it over");
    })
    .await;
}

#[tokio::test]
async fn a_roster_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    let store = Store::open(&url).await.unwrap();
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let trap = "create trigger no_second before insert on line when new.id = 'b' begin select raise(abort, 'no'); end";
    sqlx::query(trap).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    assert!(store.write_roster(&[save(Line, "a", &"a"), save(Line, "b", &"b")], at(0), "import").await.is_err());
    assert!(store.load_roster::<String>(Line, None).await.unwrap().is_empty());
    assert!(store.roster_history::<String>(Line, "a", 9).await.unwrap().is_empty());
    assert_eq!(store.handbook_version().await.unwrap(), 0);
    store.close().await;
}

#[tokio::test]
async fn addresses_of_calendars_are_given_replaced_and_revoked() {
    on_each(async |store| {
        let (line, jana) = (CalendarOf::Line(LineId::new("jana")), CalendarOf::Operator(OperatorId::new("jana")));
        store.give_calendar(&line, &[1; 32], at(0), "alena").await.unwrap();
        store.give_calendar(&jana, &[2; 32], at(1), "alena").await.unwrap();
        assert_eq!(store.calendar_of(&[2; 32]).await.unwrap(), Some(jana.clone()), "a line and a person of one name are two");
        store.give_calendar(&jana, &[3; 32], at(2), "marie").await.unwrap();
        assert_eq!(store.calendar_of(&[2; 32]).await.unwrap(), None);
        let feeds = store.calendar_feeds().await.unwrap();
        let told: Vec<_> = feeds.iter().map(|feed| (&feed.of, feed.author.as_str(), feed.created_at)).collect();
        assert_eq!(told, [(&line, "alena", at(0)), (&jana, "marie", at(2))]);
        assert!(matches!(store.give_calendar(&jana, &[1; 32], at(3), "marie").await, Err(StoreError::Sql { .. })), "one word opens one calendar");
        store.revoke_calendar(&jana).await.unwrap();
        store.revoke_calendar(&jana).await.unwrap();
        assert_eq!((store.calendar_of(&[3; 32]).await.unwrap(), store.calendar_of(&[1; 32]).await.unwrap()), (None, Some(line)));
    })
    .await;
}

#[tokio::test]
async fn contact_points_are_read_by_whom_they_concern() {
    on_each(async |store| {
        let about = contact(1001);
        known(&store, &[contact(1001)]).await;
        let point = |operator: &str, handle: &str| Point::unknown(OperatorId::new(operator), Address::new("chat", handle));
        let barred = Point { trouble: Some(Trouble { barrier: Barrier::Blocked, since: at(5) }), ..point("petr", "petr") };
        let proven = Point { verified_at: Some(at(3)), ..point("jana", "jana") };
        let failed = Letter { operator: Some(OperatorId::new("jana")), ..letter("asked", &Address::new("chat", "jana")) };
        let kept = |point: &Point| Effect::Point(Box::new(point.clone()));
        turn(&store, "one", &[Effect::Send(failed.clone()), kept(&proven), kept(&point("petr", "petr"))]).await;
        let nothing = situation(&store, &Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(9)).await;
        assert_eq!(nothing.points, []);
        turn(&store, "two", &[kept(&barred)]).await;
        assert_eq!(store.points().await.unwrap(), [proven.clone(), barred.clone()]);
        for (ask, expected) in [
            (Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, vec![barred.clone()]),
            (Ask::Contact(about.id), vec![barred.clone()]),
            (Ask::Operator { operator: OperatorId::new("jana"), letter: None, original: None, number: None }, vec![barred.clone(), proven.clone()]),
            (Ask::Operator { operator: OperatorId::new("petr"), letter: None, original: None, number: None }, vec![barred.clone()]),
            (Ask::Failure(failed.id), vec![barred.clone(), proven.clone()]),
            (Ask::Ahead, vec![proven.clone(), barred.clone()]),
        ] {
            assert_eq!(situation(&store, &ask, at(9)).await.points, expected, "{ask:?}");
        }
        turn(&store, "three", &[kept(&Point { trouble: None, ..barred.clone() })]).await;
        assert_eq!(situation(&store, &Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(9)).await.points, []);
        turn(&store, "four", &[Effect::DropPoint(barred.address.clone())]).await;
        assert_eq!(store.points().await.unwrap(), [proven]);
    })
    .await;
}

#[tokio::test]
async fn what_was_warned_of_is_kept_until_it_is_settled() {
    on_each(async |store| {
        let warned = |key: &str, again| Warned { key: key.into(), line: LineId::new("ustecky"), first_at: at(1), again_at: again };
        turn(&store, "one", &[Effect::Warned(warned("a", None)), Effect::Warned(warned("b", None))]).await;
        turn(&store, "two", &[Effect::Warned(Warned { first_at: at(5), ..warned("b", Some(at(5))) }), Effect::Settle("a".into())]).await;
        let kept = vec![warned("b", Some(at(5)))];
        assert_eq!(store.warned().await.unwrap(), kept);
        assert_eq!(situation(&store, &Ask::Ahead, at(9)).await.warned, kept);
        assert_eq!(situation(&store, &Ask::Nothing, at(9)).await.warned, []);
    })
    .await;
}
