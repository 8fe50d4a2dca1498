//! The store's conformance suite: every public function on SQLite and, when `LINKA_TEST_POSTGRES`
//! names a server (`postgres://…`), on PostgreSQL in a database of its own for each test.

mod checkpoint;
mod conversation;
mod gate;
mod invitation;
mod lease;
mod recording;
mod roster;

use chrono::{DateTime, TimeDelta, Utc};
use linka::domain::{Address, Alarm, Author, Body, Contact, ContactId, Delivery, Destination, Effect, Entry, EntryId, Event, EventKey, Happened, Heard, Lang, Letter, LetterId, LineId, Medium, Need, Offer, OfferState, OperatorId, Outcome, Place, Region, Review, Said, Situation, Sort, Stage, Timer, TimerId, What, Worker, WorkerId, Via};
use linka::store::{Ask, Asked, Batch, Cursor, DataKey, Elsewhere, Filter, Known, PinOf, Store, StoreError, Turn};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test on every database there is.
async fn on_each(test: impl AsyncFn(Store)) {
    Box::pin(test(Store::open("sqlite::memory:").await.unwrap())).await;
    match postgres().await {
        Some(url) => {
            let store = Store::open(&url).await.unwrap().with_key(DataKey::fresh().unwrap());
            Box::pin(test(store.clone())).await;
            store.close().await;
        }
        None => println!("PostgreSQL was left out: LINKA_TEST_POSTGRES is not set"),
    }
}

/// Makes a database on the server and returns its address.
#[expect(clippy::disallowed_methods, reason = "the suite is told its server by whoever runs it")]
async fn postgres() -> Option<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("LINKA_TEST_POSTGRES").ok()?;
    // Another test may have installed it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let name = format!("linka_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut server_connection = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut server_connection).await.unwrap();
    let (address, options) = server.split_once('?').map_or((server.as_str(), None), |(a, o)| (a, Some(o)));
    let (host, _) = address.rsplit_once('/').unwrap();
    Some(options.map_or_else(|| format!("{host}/{name}"), |options| format!("{host}/{name}?{options}")))
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_770_000_000 + seconds, 123_456_000).unwrap()
}

fn address() -> Address {
    Address::new("sms", "+420719000101")
}

fn worker() -> Worker {
    let id = WorkerId(EventKey::new("worker").caused(at(0), 0));
    Worker { id, organisation: Some("Věznice Horní Dolní".into()), address: address(), lang: Lang::Cs }
}

fn contact(number: i64) -> Contact {
    Contact {
        id: ContactId(EventKey::new(format!("contact {number}")).caused(at(0), 0)),
        number,
        worker: worker().id,
        worker_name: worker().organisation,
        address: address(),
        medium: Medium::Sms,
        lang: Lang::Cs,
        line: Some(LineId::new("ustecky")),
        stage: Stage::Asking,
        owner: None,
        epoch: 0,
        next_step: 0,
        chain: None,
        need: Need { destination: Some(Destination::Place(Place::region(Region::Ustecky))), ..Need::default() },
        question: Some("Kam v Mostě po propuštění?".into()),
        position: None,
        urgent: false,
        opened_at: at(number),
        changed_at: at(number),
        answered_at: None,
        promise_due: None,
        closed_at: None,
        outcome: None,
        reason: None,
        review: Review::New,
        told_personal_data: false,
        told_seen: false,
        told_unreadable: false,
        fruitless: 0,
        last_words: None,
        asked_outcome: false,
        told_late: false,
        attachments: Vec::new(),
        own: None,
        call: None,
        queue: None,
        lost_at: Vec::new(),
        posts: Vec::new(),
        room: None,
    }
}

fn closed(number: i64, closed_at: DateTime<Utc>) -> Contact {
    let mut contact = contact(number);
    contact.stage = Stage::Closed;
    contact.closed_at = Some(closed_at);
    contact.outcome = Some(Outcome::Informed);
    contact
}

fn letter(name: &str, to: &Address) -> Letter {
    let cause = EventKey::new(format!("cause {name}"));
    Letter {
        id: LetterId(EventKey::new(name).caused(at(0), 0)),
        cause,
        to: to.clone(),
        contact: None,
        operator: None,
        sort: Sort::Answer,
        urgent: false,
        lang: Lang::Cs,
        body: Body::text(name),
        created_at: at(0),
        due_at: at(0),
        expires_at: None,
        delivery: Delivery::Queued,
        attempts: 0,
        own: None,
        reference: None,
    }
}

fn entry(name: &str, contact: &Contact, what: Happened) -> Effect {
    let id = EntryId(EventKey::new(name).caused(at(0), 0));
    Effect::Log(Entry { id, contact: contact.id, at: at(1), author: Author::Operator(OperatorId::new("jana")), what })
}

fn timer(name: &str, contact: &Contact, due_at: DateTime<Utc>) -> Timer {
    let id = TimerId(EventKey::new(name).caused(at(0), 0));
    Timer { id, contact: contact.id, epoch: 0, alarm: Alarm::Escalate { step: 2 }, due_at }
}

fn offer(contact: &Contact, operator: &str, letter: &Letter, state: OfferState) -> Effect {
    let operator = OperatorId::new(operator);
    Effect::Offer(Offer { contact: contact.id, operator, letter: letter.id, state, at: at(2) })
}

fn heard(key: &str) -> Event {
    let said = Said::Text("never stored".into());
    let heard = Heard { from: address(), said, about: None, introduced: None, via: Via::default() };
    Event { key: EventKey::new(key), at: at(1), what: What::Heard(heard) }
}

fn keep(contact: &Contact) -> Effect {
    Effect::Keep(Box::new(contact.clone()))
}

async fn apply(batch: &mut Batch, key: &str, effects: &[Effect]) -> Result<(), StoreError> {
    batch.apply(&[Turn { event: &heard(key), contact: None, words: Some("masked"), effects }]).await
}

/// One turn in a batch of its own.
async fn turn(store: &Store, key: &str, effects: &[Effect]) {
    let mut batch = store.begin().await.unwrap();
    apply(&mut batch, key, effects).await.unwrap();
    batch.commit().await.unwrap();
}

/// A worker and some contacts.
async fn known(store: &Store, contacts: &[Contact]) {
    let mut effects = vec![Effect::Introduce(worker())];
    effects.extend(contacts.iter().map(keep));
    turn(store, "known", &effects).await;
}

async fn situation(store: &Store, ask: &Ask, now: DateTime<Utc>) -> Situation {
    new(&mut store.begin().await.unwrap(), ask, now).await
}

/// What is known about an event nobody has seen.
async fn new(batch: &mut Batch, ask: &Ask, now: DateTime<Utc>) -> Situation {
    let asked = Asked { key: &EventKey::new("never seen"), at: now, ask: ask.clone(), code: None };
    let known = batch.read(&[asked]).await.unwrap();
    let [Known::Now(situation)] = known.as_slice() else { panic!("{known:?}") };
    Situation::clone(situation)
}

async fn accepted(batch: &mut Batch, key: &str) -> bool {
    crate::world::accepted(batch, &EventKey::new(key)).await
}

fn words(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.body.words()).collect()
}

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
        let asked = situation(&store, &Ask::Worker { address: address(), contact: None, call: None, texts: None }, at(2)).await;
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
        assert_eq!(situation(&store, &Ask::Worker { address: address(), contact: None, call: None, texts: None }, at(1)).await.worker, None);
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
            Asked { key, at: at(3), ask: Ask::Worker { address: worker(n).address, contact: None, call: None, texts: None }, code: None }
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

#[tokio::test]
async fn a_worker_finds_the_open_contact_or_the_one_closed_last() {
    on_each(async |store| {
        let ask = Ask::Worker { address: address(), contact: None, call: None, texts: None };
        assert_eq!(situation(&store, &ask, at(0)).await, Situation { next_number: 1001, ..Situation::default() });
        known(&store, &[closed(1001, at(100)), closed(1002, at(50))]).await;
        let found = |situation: Situation| situation.contact.map(|contact| contact.number);
        assert_eq!(found(situation(&store, &ask, at(200)).await), Some(1001));
        let week = at(100) + TimeDelta::days(7);
        assert_eq!(found(situation(&store, &ask, week - TimeDelta::seconds(1)).await), Some(1001));
        assert_eq!(found(situation(&store, &ask, week).await), None);
        turn(&store, "open", &[keep(&contact(900)), keep(&contact(901))]).await;
        assert_eq!(found(situation(&store, &ask, at(200)).await), Some(901));
    })
    .await;
}

#[tokio::test]
async fn offers_are_made_taken_and_closed() {
    on_each(async |store| {
        let contact = contact(1001);
        let mut asks = [letter("to jana", &Address::new("chat", "jana")), letter("to petr", &Address::new("voice", "p"))];
        for ask in &mut asks {
            ask.contact = Some(contact.id);
            ask.operator = Some(OperatorId::new(if ask.to.handle == "p" { "petr" } else { "jana" }));
        }
        let [to_jana, to_petr] = &asks;
        known(&store, std::slice::from_ref(&contact)).await;
        let effects = [
            offer(&contact, "jana", to_jana, OfferState::Open),
            offer(&contact, "petr", to_petr, OfferState::Open),
            Effect::Send(to_jana.clone()),
            Effect::Send(to_petr.clone()),
        ];
        turn(&store, "offer", &effects).await;
        let seen = situation(&store, &Ask::Letter(to_petr.id), at(3)).await;
        assert_eq!(seen.letter.as_ref(), Some(to_petr));
        assert_eq!(seen.contact, Some(contact.clone()));
        assert_eq!(seen.offers.iter().map(|offer| offer.operator.as_str()).collect::<Vec<_>>(), ["jana", "petr"]);
        assert_eq!(seen.ringing, asks);
        let petr = Ask::Operator { operator: OperatorId::new("petr"), letter: Some(to_petr.id), number: None };
        let seen = situation(&store, &petr, at(3)).await;
        assert_eq!(seen.letter.as_ref(), Some(to_petr));
        assert_eq!(seen.offered.first().map(|(of, offer)| (of, offer.state)), Some((&contact, OfferState::Open)));
        let mut held = contact.clone();
        held.stage = Stage::Held;
        held.owner = Some(OperatorId::new("jana"));
        held.epoch = 1;
        let effects = [
            keep(&held),
            offer(&contact, "jana", to_jana, OfferState::Taken),
            Effect::CloseOffers { contact: contact.id },
            Effect::Mark { letter: to_petr.id, delivery: Delivery::Withdrawn, error: None, due_at: None, reference: None, uncounted: false },
        ];
        turn(&store, "take", &effects).await;
        let seen = situation(&store, &petr, at(4)).await;
        assert_eq!(seen.offered.first().map(|(_, offer)| offer.state), Some(OfferState::Gone));
        let states: Vec<OfferState> = seen.offers.iter().map(|offer| offer.state).collect();
        assert_eq!((seen.held, states), (Vec::new(), vec![OfferState::Taken, OfferState::Gone]));
        assert_eq!(seen.ringing, std::slice::from_ref(to_jana));
        let jana = Ask::Operator { operator: OperatorId::new("jana"), letter: None, number: None };
        let seen = situation(&store, &jana, at(4)).await;
        assert_eq!((seen.held, seen.offered, seen.contact), (vec![held], Vec::new(), None));
        let later = situation(&store, &petr, at(2) + TimeDelta::days(7)).await;
        assert!(later.offered.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_operator_rests_until_an_instant() {
    on_each(async |store| {
        let jana = OperatorId::new("jana");
        let rest = |until| Effect::Pause { operator: jana.clone(), until };
        turn(&store, "rest", &[rest(Some(at(10)))]).await;
        turn(&store, "longer", &[rest(Some(at(20)))]).await;
        assert_eq!(situation(&store, &Ask::Nothing, at(19)).await.paused, std::slice::from_ref(&jana));
        assert!(situation(&store, &Ask::Nothing, at(20)).await.paused.is_empty());
        turn(&store, "back", &[rest(None)]).await;
        assert!(situation(&store, &Ask::Nothing, at(5)).await.paused.is_empty());
    })
    .await;
}

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
async fn who_wants_no_messages_is_known_for_each_number() {
    on_each(async |store| {
        let (one, two) = (address(), Address::new("sms", "+420719000102"));
        let out = |own: Option<&str>, since| Effect::OptOut { address: address(), own: own.map(str::to_owned), since };
        turn(&store, "stop", &[out(Some("+420719880001"), Some(at(1))), out(None, Some(at(1)))]).await;
        turn(&store, "stop again", &[out(Some("+420719880001"), Some(at(2)))]).await;
        turn(&store, "start", &[out(None, None)]).await;
        for (address, own, expected) in [(&one, Some("+420719880001"), true), (&one, Some("+420719880002"), false), (&one, None, false), (&two, Some("+420719880001"), false)] {
            let ask = Ask::Keyword { address: address.clone(), contact: None, operator: None };
            assert_eq!(situation(&store, &ask, at(3)).await.stopped.contains(&own.unwrap_or_default().to_owned()), expected, "{address} {own:?}");
            let letter = Letter { own: own.map(str::to_owned), ..letter(&format!("{address} {own:?}"), address) };
            turn(&store, &format!("send {address} {own:?}"), &[Effect::Send(letter.clone())]).await;
            let outgoing = store.take_due_letters(at(3), 10, &Elsewhere::default()).await.unwrap();
            assert_eq!(outgoing.unwanted == [letter.id], expected, "{address} {own:?}");
            let sent = Effect::Mark { letter: letter.id, delivery: Delivery::Sent, error: None, due_at: None, reference: None, uncounted: false };
            turn(&store, &format!("sent {address} {own:?}"), &[sent]).await;
        }
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

/// The numbers a filter finds, page after page.
async fn listed(store: &Store, filter: &Filter, page: i64) -> Vec<i64> {
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

#[tokio::test]
async fn writers_come_one_after_the_other() {
    on_each(async |store| {
        let turns = (0..40).map(|n| {
            let store = store.clone();
            async move {
                let mut batch = store.begin().await.unwrap();
                let number = new(&mut batch, &Ask::Nothing, at(0)).await.next_number;
                let effects = [Effect::Introduce(worker()), keep(&contact(number))];
                apply(&mut batch, &format!("turn {n}"), &effects).await.unwrap();
                batch.commit().await.unwrap();
                number
            }
        });
        let numbers: BTreeSet<i64> = futures_util::future::join_all(turns).await.into_iter().collect();
        assert_eq!(numbers, (1001..=1040).collect());
    })
    .await;
}

#[tokio::test]
async fn two_programs_share_one_file_and_a_backup_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    let (one, two) = (Store::open(&url).await.unwrap(), Store::open(&url).await.unwrap());
    assert!(one.is_sqlite());
    let write = async |store: &Store, from: i64| {
        for number in from..from + 30 {
            turn(store, &format!("{number}"), &[Effect::Introduce(worker()), keep(&contact(number))]).await;
        }
    };
    let copy = folder.path().join("copy.db");
    let ((), (), copied) = tokio::join!(write(&one, 2000), write(&two, 3000), one.backup(&copy));
    copied.unwrap();
    assert_eq!(listed(&two, &Filter::default(), 100).await.len(), 60);
    assert!(one.check().await.unwrap().damage.is_empty());
    assert!(matches!(one.backup(&copy).await, Err(StoreError::File { .. })), "never over a file");
    let restored = Store::open(&format!("sqlite:{}", copy.display())).await.unwrap();
    assert!(restored.check().await.unwrap().damage.is_empty());
    let mut late = letter("late", &address());
    late.contact = None;
    turn(&restored, "goes on", &[Effect::Send(late)]).await;
    for store in [one, two, restored] {
        store.close().await;
    }
    assert!(!folder.path().join("linka.db-wal").exists(), "the last writer empties the log");
}

#[tokio::test]
async fn what_is_stored_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    let store = Store::open(&url).await.unwrap();
    known(&store, &[contact(1001)]).await;
    store.close().await;
    let store = Store::open(&url).await.unwrap();
    assert_eq!(situation(&store, &Ask::Worker { address: address(), contact: None, call: None, texts: None }, at(1)).await.contact, Some(contact(1001)));
}

#[tokio::test]
async fn a_newer_schema_and_a_wrong_address_are_refused_kindly() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("linka.db");
    let url = format!("sqlite:{}", file.display());
    Store::open(&url).await.unwrap().close().await;
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'later', true, x'00', 0)";
    sqlx::query(newer).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let refused = Store::open(&url).await.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { version: 9999 }), "{refused:?}");
    assert!(refused.to_string().contains("newer"));
    assert!(matches!(Store::open("mysql://x").await, Err(StoreError::Address)));
    let nowhere = format!("sqlite:{}", folder.path().join("no/such/linka.db").display());
    assert!(matches!(Store::open(&nowhere).await, Err(StoreError::Open { .. })));
}

#[tokio::test]
async fn a_temporary_database_goes_with_its_last_user() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let other = store.clone();
    drop(store);
    turn(&other, "still there", &[]).await;
    other.close().await;
}

#[tokio::test]
async fn postgres_is_told_of_its_own_backup() {
    let Some(url) = postgres().await else { return println!("PostgreSQL was left out") };
    let store = Store::open(&url).await.unwrap();
    assert!(!store.is_sqlite());
    let told = store.backup(std::path::Path::new("copy.db")).await.unwrap_err();
    assert!(told.to_string().contains("pg_dump"), "{told}");
}

/// Both schemas have the same tables with the same columns in the same order.
#[test]
fn the_two_schemas_agree() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let steps = |dialect: &str| {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(dialect)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    };
    let (sqlite, postgres) = (steps("sqlite"), steps("postgres"));
    let names = |files: &[std::path::PathBuf]| -> Vec<_> { files.iter().map(|f| f.file_name().unwrap().to_owned()).collect() };
    assert_eq!(names(&sqlite), names(&postgres));
    let mut all = 0;
    for (sqlite, postgres) in sqlite.iter().zip(&postgres) {
        let read = |file| columns(&std::fs::read_to_string(file).unwrap());
        assert_eq!(read(sqlite), read(postgres));
        all += read(sqlite).len();
    }
    assert!(all > 50, "the schema is read");
}

/// Every `table.column` of a migration, and every index, each in the order it is written.
fn columns(text: &str) -> Vec<String> {
    let mut table = None;
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("create table ") {
            table = name.split_whitespace().next().map(str::to_owned);
        } else if let Some((changed, column)) = line.strip_prefix("alter table ").and_then(|rest| rest.split_once(" add column ")) {
            found.extend(column.split_whitespace().next().map(|column| format!("{changed}.{column}")));
        } else if line.starts_with(')') {
            table = None;
        } else if line.starts_with("create index") {
            found.push(line.to_owned());
        } else if let (Some(table), Some(column)) = (&table, line.split_whitespace().next()) {
            let constraint = ["primary", "unique", "check", "foreign"].contains(&column);
            found.push(if constraint { line.trim().to_owned() } else { format!("{table}.{column}") });
        }
    }
    assert!(!found.is_empty(), "the schema is read");
    found
}
