//! Phone calls: the caller in the declared conversation, operators' phones that ring,
//! and what becomes of a call that ends. Only a pressed 1 is an acceptance.

use super::hand_over::{self, Ringing};
use super::{code, desk::Desk, finish, point, promise, rang, relay, take, talk, worker};
use crate::domain::{
    Address, Alarm, Author, Bilingual, Body, Contact, Delivery, Effect, Happened, Heard, Letter, LetterId, Offer, OfferState, OperatorId, Outcome,
    Said, Sort, Stage, Worker,
};
use crate::flow::{Input, OperatorOutcome};
use crate::handbook::Phrase;
use chrono::TimeDelta;

/// How long a phone rings when the conversation did not say.
pub(super) const RING_SECONDS: u32 = 20;
/// How long after the ringing an end that was never reported is taken for granted.
const RING_SLACK: TimeDelta = TimeDelta::seconds(5);
/// The channel of a worker who cannot be reached once the call is over.
const NOWHERE: &str = "nowhere";

/// Tells whether the worker of this contact is on the phone.
pub(super) fn is_going_on(desk: &Desk<'_>, contact: &Contact) -> bool {
    desk.ability(&contact.address).is_some_and(|ability| ability.inline)
}

/// A caller rang, pressed something, was silent, left a message or rang off.
pub(super) fn worker_heard(desk: &mut Desk<'_>, worker: &Worker, said: &Said) {
    let current = desk.situation.contact.clone().filter(|contact| contact.is_open() && is_going_on(desk, contact));
    let mut contact = match (current, said) {
        (Some(contact), _) => contact,
        (None, Said::Called) => worker::opened(desk, worker),
        (None, _) => return,
    };
    if let Some(words) = key_in_words(desk, &contact, said).or_else(|| in_words(said)) {
        desk.log(&contact, Author::Worker, Happened::Heard { words });
    }
    match said {
        Said::Called => {
            talk::begin(desk, &mut contact, None);
            rang::wait_for_worker(desk, &contact);
        }
        Said::Keys(keys) => talk::advance(desk, &mut contact, Input::Key(keys.clone())),
        Said::Silence => talk::advance(desk, &mut contact, Input::Silence),
        Said::Recorded { seconds, .. } => {
            let reference = in_words(said).unwrap_or_default();
            talk::advance(desk, &mut contact, Input::Recorded { seconds: *seconds, reference });
        }
        Said::HungUp => rang_off(desk, &mut contact),
        Said::Text(_) | Said::Attached { .. } | Said::Edited(_) | Said::Deleted | Said::Choice { .. } | Said::Unsupported(_) => {}
    }
    desk.keep(&contact);
}

/// A key that chose something is told with what it chose.
fn key_in_words(desk: &Desk<'_>, contact: &Contact, said: &Said) -> Option<String> {
    let Said::Keys(keys) = said else { return None };
    let label = talk::chosen(desk, contact, &Input::Key(keys.clone()))?;
    Some(format!("[klávesa {keys}: {label}]"))
}

fn in_words(said: &Said) -> Option<String> {
    match said {
        Said::Called => Some("[hovor]".to_owned()),
        Said::Keys(keys) => Some(format!("[klávesa {keys}]")),
        Said::Silence => Some("[ticho]".to_owned()),
        Said::Recorded { seconds, .. } => Some(format!("[hlasový vzkaz, {seconds} s]")),
        Said::HungUp => Some("[zavěšeno]".to_owned()),
        Said::Text(_) | Said::Attached { .. } | Said::Edited(_) | Said::Deleted | Said::Choice { .. } | Said::Unsupported(_) => None,
    }
}

/// The caller ended the call: what was not finished becomes a promise.
fn rang_off(desk: &mut Desk<'_>, contact: &mut Contact) {
    let wanted = contact.asked_for_a_person() || talk::leaves_a_message(desk, contact);
    talk::note(desk, contact, Input::HungUp);
    let stage = contact.stage;
    let operator = contact.owner.clone();
    over(desk, contact);
    match stage {
        Stage::Waiting if contact.promise_due.is_some() => {}
        Stage::Asking | Stage::Waiting if wanted => {
            stop_all_phones(desk, contact);
            promise::missed_call(desk, contact);
        }
        Stage::Held => {
            if let Some(phone) = operator.as_ref().and_then(|operator| desk.phone(operator)) {
                desk.send(&phone, Some(contact), operator.as_ref(), contact.lang, Sort::Notice, Body::HangUp);
            }
            call_ended(desk, contact);
        }
        Stage::Asking | Stage::Waiting => {
            let outcome = if contact.need.topics.is_empty() { Outcome::Abandoned } else { Outcome::Informed };
            finish::close(desk, contact, Author::Worker, outcome, None);
        }
        Stage::Promised | Stage::Closed => {}
    }
}

/// From now on the worker is written to, or cannot be reached. An answer from there belongs
/// to the same worker.
pub(super) fn over(desk: &mut Desk<'_>, contact: &mut Contact) {
    match worker::written_address(desk, &contact.address) {
        Some(address) => {
            let organisation = contact.worker_name.clone();
            desk.push(Effect::Introduce(Worker { id: contact.worker, organisation, address: address.clone(), lang: contact.lang }));
            contact.address = address;
        }
        None => NOWHERE.clone_into(&mut contact.address.channel),
    }
}

fn call_ended(desk: &mut Desk<'_>, contact: &mut Contact) {
    desk.log(contact, Author::Line, Happened::Call { what: Bilingual::new("Hovor skončil.", "The call ended.") });
    if let Some(owner) = contact.owner.clone() {
        finish::ask_outcome(desk, contact, &owner, Phrase::AskOutcome);
    }
    relay::wait_for_operator(desk, contact);
}

/// Puts a caller into the queue: phones ring one by one until somebody presses 1.
pub(super) fn queue(desk: &mut Desk<'_>, contact: &mut Contact, ringing: Ringing) {
    desk.set(contact, Alarm::Queue, desk.after(TimeDelta::seconds(ringing.queue_seconds_max.into())));
    ring_next(desk, contact, ringing.ring_seconds, None);
}

/// Rings the next person on duty who has not been asked about this call.
fn ring_next(desk: &mut Desk<'_>, contact: &mut Contact, seconds: u32, but: Option<&OperatorId>) {
    let on_duty = desk.line(contact).map(|line| desk.duty(line).on_duty).unwrap_or_default();
    let offers = || desk.situation.offers.iter().filter(|offer| offer.contact == contact.id);
    let asked = |operator: &OperatorId| Some(operator) == but || offers().any(|offer| offer.operator == *operator);
    let rings = |operator: &OperatorId| desk.phone(operator).is_some_and(|phone| !desk.is_barred(operator, &phone));
    let next = on_duty.iter().map(|person| &person.operator).find(|operator| !asked(operator) && rings(operator));
    let Some((operator, phone)) = next.and_then(|operator| Some((operator.clone(), desk.phone(operator)?))) else {
        return nobody_answers(desk, contact);
    };
    ring(desk, contact, &operator, &phone, seconds);
}

/// Rings an operator's phone; whoever picks up presses 1 to take the contact.
pub(super) fn ring(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phone: &Address, seconds: u32) {
    let lang = desk.lang_of(operator);
    let need = hand_over::need(desk, contact, lang);
    let phrase = if is_going_on(desk, contact) { Phrase::Whisper } else { Phrase::WhisperWritten };
    let whisper = desk.say(phrase, lang, &[("need", &need)]);
    let letter = desk.send(phone, Some(contact), Some(operator), lang, Sort::Offer, Body::Ring { whisper, seconds });
    desk.offer(contact, operator, letter, OfferState::Open);
    desk.log(contact, Author::Line, Happened::Offered { operator: operator.clone(), letter, by: "voice".to_owned() });
    desk.set(contact, Alarm::Ring { letter }, desk.after(TimeDelta::seconds(seconds.into()) + RING_SLACK));
}

/// Nobody took the call: the conversation goes on to a message or a promise.
fn nobody_answers(desk: &mut Desk<'_>, contact: &mut Contact) {
    let why = Bilingual::new("Hovor nikdo nepřijal.", "Nobody took the call.");
    desk.log(contact, Author::Line, Happened::Escalated { why });
    contact.epoch += 1;
    contact.stage = Stage::Asking;
    desk.push(Effect::Clear(contact.id));
    stop_all_phones(desk, contact);
    talk::advance(desk, contact, Input::Operator(OperatorOutcome::NoAnswer));
    rang::wait_for_worker(desk, contact);
}

/// The caller has waited as long as a caller may.
pub(super) fn queue_over(desk: &mut Desk<'_>, contact: &mut Contact) {
    if contact.stage == Stage::Waiting && is_going_on(desk, contact) {
        nobody_answers(desk, contact);
    }
}

/// A phone rang long enough, was refused or could not be rung.
pub(super) fn not_taken(desk: &mut Desk<'_>, contact: &mut Contact, letter: LetterId, why: Bilingual) {
    let offer = desk.situation.offers.iter().find(|offer| offer.letter == letter && offer.state == OfferState::Open).cloned();
    let Some(offer) = offer else { return };
    let rung = phones(desk, contact).find(|phone| phone.id == letter).cloned();
    let seconds = rung.as_ref().map_or(RING_SECONDS, seconds_of);
    // A phone nobody picked up is no refusal: the same person may still be asked in writing.
    desk.offer(contact, &offer.operator, letter, OfferState::Gone);
    desk.log(contact, Author::Operator(offer.operator.clone()), Happened::Declined { operator: offer.operator.clone(), why });
    if let Some(rung) = rung {
        stop(desk, contact, &rung);
    }
    if contact.stage == Stage::Waiting && is_going_on(desk, contact) {
        ring_next(desk, contact, seconds, Some(&offer.operator));
    }
}

const fn seconds_of(letter: &Letter) -> u32 {
    match &letter.body {
        Body::Ring { seconds, .. } => *seconds,
        Body::Text { .. } | Body::Join { .. } | Body::HangUp => RING_SECONDS,
    }
}

/// Phones that ring for a contact.
pub(super) fn phones<'a>(desk: &Desk<'a>, contact: &Contact) -> impl Iterator<Item = &'a Letter> + use<'a> {
    let id = contact.id;
    desk.situation.ringing.iter().filter(move |letter| letter.contact == Some(id) && matches!(letter.body, Body::Ring { .. }))
}

/// Stops every phone of the contact but the one that took it.
pub(super) fn stop_other_phones(desk: &mut Desk<'_>, contact: &Contact, taken: LetterId) {
    for letter in phones(desk, contact) {
        if letter.id != taken {
            stop(desk, contact, letter);
        }
    }
}

/// Stops every phone of the contact.
pub(super) fn stop_all_phones(desk: &mut Desk<'_>, contact: &Contact) {
    for letter in phones(desk, contact) {
        stop(desk, contact, letter);
    }
}

fn stop(desk: &mut Desk<'_>, contact: &Contact, letter: &Letter) {
    desk.push(Effect::Mark { letter: letter.id, delivery: Delivery::Withdrawn, error: None, due_at: None });
    if letter.delivery != Delivery::Queued && desk.heard_from() != Some(&letter.to) {
        desk.send(&letter.to, Some(contact), letter.operator.as_ref(), letter.lang, Sort::Notice, Body::HangUp);
    }
}

/// Joins the caller with the operator who pressed 1.
pub(super) fn join(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId) {
    let Some(phone) = desk.phone(operator) else { return };
    for letter in phones(desk, contact).filter(|letter| letter.to == phone) {
        desk.push(Effect::Mark { letter: letter.id, delivery: Delivery::Delivered, error: None, due_at: None });
    }
    contact.answered_at = contact.answered_at.or(Some(desk.now()));
    talk::note(desk, contact, Input::Operator(OperatorOutcome::Taken));
    desk.log(contact, Author::Line, Happened::Call { what: Bilingual::new("Hovor spojen.", "The call was connected.") });
    desk.ask_worker(contact, Sort::Answer, Body::Join { with: phone.clone() });
    let with = contact.address.clone();
    desk.send(&phone, Some(contact), Some(operator), contact.lang, Sort::Answer, Body::Join { with });
}

/// An operator's phone was answered, refused or put down.
pub(super) fn operator_heard(desk: &mut Desk<'_>, operator: &OperatorId, heard: &Heard) {
    if matches!(heard.said, Said::Keys(_)) {
        point::heard_from(desk, operator, &heard.from);
    }
    if desk.situation.letter.as_ref().is_some_and(|letter| letter.contact.is_none()) {
        return code::by_phone(desk, operator, heard);
    }
    let about = heard.about.and_then(|letter| Some((letter, desk.situation.contact.clone()?)));
    let Some((letter, mut contact)) = about else {
        return worker::heard(desk, heard);
    };
    let offer = desk.situation.offers.iter().find(|offer| offer.letter == letter).cloned();
    match (&heard.said, offer) {
        (Said::Keys(keys), Some(offer)) if keys == "1" => pressed_one(desk, contact, &offer, operator, &heard.from),
        (Said::Keys(_), Some(offer)) if offer.state == OfferState::Open => ask_again(desk, &contact, operator, &heard.from),
        (Said::HungUp | Said::Silence, Some(offer)) if offer.state == OfferState::Open => {
            not_taken(desk, &mut contact, letter, Bilingual::new("Hovor nepřijat.", "The call was not taken."));
            desk.keep(&contact);
        }
        (Said::HungUp, _) if contact.owner.as_ref() == Some(operator) && is_going_on(desk, &contact) => {
            desk.ask_worker(&contact, Sort::Notice, Body::HangUp);
            over(desk, &mut contact);
            call_ended(desk, &mut contact);
            desk.keep(&contact);
        }
        _ => {}
    }
}

fn pressed_one(desk: &mut Desk<'_>, contact: Contact, offer: &Offer, operator: &OperatorId, phone: &Address) {
    // A phone that was told to stop may still be in somebody's hand.
    let stopped = desk.situation.letter.as_ref().is_some_and(|ring| ring.delivery == Delivery::Withdrawn);
    let lost = offer.state != OfferState::Open || !contact.is_open() || stopped;
    if lost && contact.owner.as_ref() != Some(operator) {
        let lang = desk.lang_of(operator);
        let number = contact.number.to_string();
        let who = contact.owner.as_ref().map(|owner| desk.called(owner));
        let text = match &who {
            Some(who) => desk.say(Phrase::TooLate, lang, &[("number", &number), ("who", who)]),
            None => desk.say(Phrase::NoLonger, lang, &[("number", &number)]),
        };
        desk.log(&contact, Author::Operator(operator.clone()), Happened::TooLate { operator: operator.clone() });
        desk.send(phone, Some(&contact), Some(operator), lang, Sort::Answer, Body::text(text));
        desk.send(phone, Some(&contact), Some(operator), lang, Sort::Answer, Body::HangUp);
        return;
    }
    let written = !is_going_on(desk, &contact);
    let (id, number) = (contact.clone(), contact.number.to_string());
    take::take(desk, contact, offer, operator);
    if written {
        let text = desk.say(Phrase::TakenByPhone, desk.lang_of(operator), &[("number", &number)]);
        desk.send(phone, Some(&id), Some(operator), desk.lang_of(operator), Sort::Answer, Body::text(text));
        desk.send(phone, Some(&id), Some(operator), desk.lang_of(operator), Sort::Answer, Body::HangUp);
    }
}

fn ask_again(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phone: &Address) {
    let lang = desk.lang_of(operator);
    let need = hand_over::need(desk, contact, lang);
    let text = desk.say(Phrase::Whisper, lang, &[("need", &need)]);
    desk.send(phone, Some(contact), Some(operator), lang, Sort::Answer, Body::text(text));
}
