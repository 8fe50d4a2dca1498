//! What is written and read in the suite: a worker, contacts, letters, and turns that hold them.

use chrono::{DateTime, Utc};
use linka::domain::{Address, Alarm, Author, Body, Contact, ContactId, Delivery, Destination, Effect, Entry, EntryId, Event, EventKey, Happened, Heard, Lang, Letter, LetterId, LineId, Medium, Need, Offer, OfferState, OperatorId, Outcome, Place, Region, Review, Said, Situation, Sort, Stage, Timer, TimerId, What, Worker, WorkerId, Via};
use linka::store::{Ask, Asked, Batch, Known, Store, StoreError, Turn};

pub(super) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_770_000_000 + seconds, 123_456_000).unwrap()
}

pub(super) fn address() -> Address {
    Address::new("sms", "+420719000101")
}

pub(super) fn worker() -> Worker {
    let id = WorkerId(EventKey::new("worker").caused(at(0), 0));
    Worker { id, organisation: Some("Věznice Horní Dolní".into()), address: address(), lang: Lang::Cs }
}

pub(super) fn contact(number: i64) -> Contact {
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
        heard_at: None,
        told_at: None,
        closed_at: None,
        outcome: None,
        reason: None,
        review: Review::New,
        told_personal_data: false,
        told_seen: false,
        added: Vec::new(),
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
        beside: false,
    }
}

pub(super) fn closed(number: i64, closed_at: DateTime<Utc>) -> Contact {
    let mut contact = contact(number);
    contact.stage = Stage::Closed;
    contact.closed_at = Some(closed_at);
    contact.outcome = Some(Outcome::Informed);
    contact
}

pub(super) fn letter(name: &str, to: &Address) -> Letter {
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

pub(super) fn entry(name: &str, contact: &Contact, what: Happened) -> Effect {
    let id = EntryId(EventKey::new(name).caused(at(0), 0));
    Effect::Log(Entry { id, contact: contact.id, at: at(1), author: Author::Operator(OperatorId::new("jana")), what })
}

pub(super) fn timer(name: &str, contact: &Contact, due_at: DateTime<Utc>) -> Timer {
    let id = TimerId(EventKey::new(name).caused(at(0), 0));
    Timer { id, contact: contact.id, epoch: 0, alarm: Alarm::Escalate { step: 2 }, due_at }
}

pub(super) fn offer(contact: &Contact, operator: &str, letter: &Letter, state: OfferState) -> Effect {
    let operator = OperatorId::new(operator);
    Effect::Offer(Offer { contact: contact.id, operator, letter: letter.id, state, at: at(2) })
}

pub(super) fn heard(key: &str) -> Event {
    let said = Said::Text("never stored".into());
    let heard = Heard { from: address(), said, about: None, introduced: None, via: Via::default() };
    Event { key: EventKey::new(key), at: at(1), what: What::Heard(heard) }
}

pub(super) fn keep(contact: &Contact) -> Effect {
    Effect::Keep(Box::new(contact.clone()))
}

pub(super) async fn apply(batch: &mut Batch, key: &str, effects: &[Effect]) -> Result<(), StoreError> {
    batch.apply(&[Turn { event: &heard(key), contact: None, words: Some("masked"), effects }]).await
}

/// One turn in a batch of its own.
pub(super) async fn turn(store: &Store, key: &str, effects: &[Effect]) {
    let mut batch = store.begin().await.unwrap();
    apply(&mut batch, key, effects).await.unwrap();
    batch.commit().await.unwrap();
}

/// A worker and some contacts.
pub(super) async fn known(store: &Store, contacts: &[Contact]) {
    let mut effects = vec![Effect::Introduce(worker())];
    effects.extend(contacts.iter().map(keep));
    turn(store, "known", &effects).await;
}

pub(super) async fn situation(store: &Store, ask: &Ask, now: DateTime<Utc>) -> Situation {
    new(&mut store.begin().await.unwrap(), ask, now).await
}

/// What is known about an event nobody has seen.
pub(super) async fn new(batch: &mut Batch, ask: &Ask, now: DateTime<Utc>) -> Situation {
    let asked = Asked { key: &EventKey::new("never seen"), at: now, ask: ask.clone(), code: None };
    let known = batch.read(&[asked]).await.unwrap();
    let [Known::Now(situation)] = known.as_slice() else { panic!("{known:?}") };
    Situation::clone(situation)
}

pub(super) async fn accepted(batch: &mut Batch, key: &str) -> bool {
    crate::world::accepted(batch, &EventKey::new(key)).await
}

pub(super) fn words(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.body.words()).collect()
}
