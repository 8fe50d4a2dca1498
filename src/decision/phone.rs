//! Operators' phones that ring: for a caller who waits, or to offer what was written. Only a
//! pressed 1 is an acceptance; a box that picks up is none.

use super::{call, callback, code, desk::Desk, hand_over, operator, point, take, talk, worker};
use crate::domain::{
    Address, Alarm, Author, Bilingual, Body, Choice, Contact, Delivery, Effect, Expects, Happened, Heard, Lang, Letter, LetterId, Offer, OfferState, OperatorId, Said,
    Sort, Stage,
};
use crate::flow::{Input, OperatorOutcome};
use crate::handbook::Phrase;
use chrono::TimeDelta;

/// How long a phone rings when the conversation did not say.
pub(super) const RING_SECONDS: u32 = 20;
/// How long after the ringing an end that was never reported is taken for granted …
const RING_SLACK: TimeDelta = TimeDelta::seconds(5);
/// … and where the channel itself ends the ringing, which it never forgets unless something broke.
const SWEPT_AFTER: TimeDelta = TimeDelta::seconds(60);
/// How long whoever pressed a wrong key may think.
const ANSWER_SECONDS: u32 = 8;

/// Rings the next people on duty who have not been asked about this call: one, or all of them.
pub(super) fn ring_next(desk: &mut Desk<'_>, contact: &mut Contact, ringing: Ringing) {
    let duty = desk.duty_of(contact).unwrap_or_default();
    let people = if contact.urgent { hand_over::alarmed(desk, contact, duty) } else { duty.on_duty.into_iter().map(|person| person.operator).collect() };
    let offers = || desk.situation.offers.iter().filter(|offer| offer.contact == contact.id);
    let since = contact.queue.as_ref().map(|queue| queue.since);
    let begins = since == Some(desk.now());
    let asked = |operator: &OperatorId| !begins && offers().any(|offer| offer.operator == *operator && since.is_none_or(|since| offer.at >= since));
    let rings = |operator: &OperatorId| desk.phone(operator).filter(|phone| !desk.is_barred(operator, phone));
    let unasked = people.iter().filter(|operator| !asked(operator));
    let mut next: Vec<(OperatorId, Address)> = unasked.filter_map(|operator| Some((operator.clone(), rings(operator)?))).collect();
    let first = contact.queue.as_ref().and_then(|queue| queue.first.clone());
    let talks = |operator: &OperatorId| desk.situation.talking.contains(operator);
    next.sort_by_key(|(operator, _)| (talks(operator), Some(operator) != first.as_ref()));
    if !ringing.together {
        next.truncate(1);
    } else if next.iter().any(|(operator, _)| !talks(operator)) {
        next.retain(|(operator, _)| !talks(operator));
    }
    if next.is_empty() {
        return call::nobody_answers(desk, contact);
    }
    for (operator, phone) in next {
        ring_for(desk, contact, &operator, &phone, ringing.seconds, contact.call.clone());
    }
}

/// How phones ring.
#[derive(Clone, Copy)]
pub(super) struct Ringing {
    /// All at once.
    pub(super) together: bool,
    /// How long each.
    pub(super) seconds: u32,
}

impl Ringing {
    /// Rings on as a phone rang before.
    pub(super) fn after(letter: Option<&Letter>) -> Self {
        Self { together: false, seconds: letter.map_or(RING_SECONDS, seconds_of) }
    }
}

/// Rings an operator's phone about a contact; whoever picks up presses 1 to take it.
pub(super) fn ring(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phone: &Address, seconds: u32) {
    ring_for(desk, contact, operator, phone, seconds, None);
}

/// Rings an operator's phone, for a caller who waits on the line where there is one.
fn ring_for(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phone: &Address, seconds: u32, caller: Option<String>) {
    let lang = desk.lang_of(operator);
    let whisper = whisper(desk, contact, lang);
    let letter = desk.send(phone, Some(contact), Some(operator), lang, Sort::Offer, Body::Ring { whisper, seconds, caller });
    desk.offer(contact, operator, letter, OfferState::Open);
    desk.log(contact, Author::Line, Happened::Offered { operator: operator.clone(), letter, by: "voice".to_owned() });
    sweep(desk, contact, letter, phone, seconds);
}

/// Sets when a phone has rung long enough, whatever is reported of it.
pub(super) fn sweep(desk: &mut Desk<'_>, contact: &Contact, letter: LetterId, phone: &Address, seconds: u32) {
    let swept = desk.ability(phone).is_some_and(|ability| ability.ends_rings);
    let slack = if swept { SWEPT_AFTER } else { RING_SLACK };
    desk.set(contact, Alarm::Ring { letter }, desk.after(TimeDelta::seconds(seconds.into()) + slack));
}

/// What whoever picks up hears first.
fn whisper(desk: &Desk<'_>, contact: &Contact, lang: Lang) -> String {
    let phrase = match call::is_going_on(desk, contact) {
        _ if contact.urgent => Phrase::WhisperUrgent,
        true => Phrase::Whisper,
        false => Phrase::WhisperWritten,
    };
    desk.say(phrase, lang, &[("need", &hand_over::need(desk, contact, lang))])
}

/// A phone rang long enough, was refused or could not be rung.
pub(super) fn not_taken(desk: &mut Desk<'_>, contact: &mut Contact, letter: LetterId, why: Bilingual) {
    let Some(offer) = open_offer(desk, letter) else { return };
    let rung = ringing(desk, contact).find(|phone| phone.id == letter).cloned();
    give_up(desk, contact, &offer, why);
    if let Some(rung) = &rung {
        stop(desk, contact, rung);
    }
    let others = ringing(desk, contact).any(|phone| phone.id != letter && phone.delivery != Delivery::Queued && open_offer(desk, phone.id).is_some());
    if contact.stage == Stage::Waiting && call::is_going_on(desk, contact) && !others {
        ring_next(desk, contact, Ringing::after(rung.as_ref()));
    }
}

/// The phones that rang for a caller have stopped, which the channel says by the caller's own call.
pub(super) fn all_stopped(desk: &mut Desk<'_>, contact: &mut Contact) {
    let rung: Vec<Letter> = ringing(desk, contact).cloned().collect();
    for letter in &rung {
        if let Some(offer) = open_offer(desk, letter.id) {
            give_up(desk, contact, &offer, Bilingual::new("Nebere telefon.", "No answer."));
            withdraw(desk, letter);
        }
    }
    ring_next(desk, contact, Ringing::after(rung.first()));
    if contact.stage == Stage::Waiting {
        let text = desk.say(Phrase::StillRinging, contact.lang, &[]);
        desk.tell_worker(contact, Sort::Answer, &text);
    }
}

/// One of the phones that ring for a caller was refused, or put down without a 1: the others ring on,
/// and the caller's own call says when all have stopped.
fn stopped(desk: &mut Desk<'_>, contact: &mut Contact, letter: LetterId) {
    let Some(offer) = open_offer(desk, letter) else { return };
    give_up(desk, contact, &offer, Bilingual::new("Hovor nepřijat.", "The call was not taken."));
    if let Some(rung) = desk.situation.letter.clone() {
        withdraw(desk, &rung);
    }
}

fn open_offer(desk: &Desk<'_>, letter: LetterId) -> Option<Offer> {
    desk.situation.offers.iter().find(|offer| offer.letter == letter && offer.state == OfferState::Open).cloned()
}

/// A phone nobody picked up is no refusal: the same person may still be asked in writing.
fn give_up(desk: &mut Desk<'_>, contact: &Contact, offer: &Offer, why: Bilingual) {
    let operator = &offer.operator;
    desk.offer(contact, operator, offer.letter, OfferState::Gone);
    desk.log(contact, Author::Operator(operator.clone()), Happened::Declined { operator: operator.clone(), why });
}

const fn seconds_of(letter: &Letter) -> u32 {
    match &letter.body {
        Body::Ring { seconds, .. } => *seconds,
        Body::Text { .. } | Body::Rewrite { .. } | Body::Join { .. } | Body::HangUp => RING_SECONDS,
    }
}

/// Phones that ring for a contact.
pub(super) fn ringing<'a>(desk: &Desk<'a>, contact: &Contact) -> impl Iterator<Item = &'a Letter> + use<'a> {
    let id = contact.id;
    desk.situation.ringing.iter().filter(move |letter| letter.contact == Some(id) && matches!(letter.body, Body::Ring { .. }))
}

/// Stops every phone of the contact but the one that took it.
pub(super) fn stop_others(desk: &mut Desk<'_>, contact: &Contact, taken: LetterId) {
    for letter in ringing(desk, contact) {
        if letter.id != taken {
            stop(desk, contact, letter);
        }
    }
}

/// Stops every phone of the contact.
pub(super) fn stop_all(desk: &mut Desk<'_>, contact: &Contact) {
    for letter in ringing(desk, contact) {
        stop(desk, contact, letter);
    }
}

fn stop(desk: &mut Desk<'_>, contact: &Contact, letter: &Letter) {
    withdraw(desk, letter);
    if letter.delivery != Delivery::Queued && desk.heard_from() != Some(&letter.to) {
        desk.end_call(contact, letter);
    }
}

fn withdraw(desk: &mut Desk<'_>, letter: &Letter) {
    desk.push(Effect::Mark { letter: letter.id, delivery: Delivery::Withdrawn, error: None, due_at: None, reference: None, uncounted: false });
}

/// Joins the caller with the operator who pressed 1.
pub(super) fn join(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId) {
    let Some(phone) = desk.phone(operator) else { return };
    for letter in ringing(desk, contact).filter(|letter| letter.to == phone) {
        desk.push(Effect::Mark { letter: letter.id, delivery: Delivery::Delivered, error: None, due_at: None, reference: None, uncounted: false });
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
    if heard.said == Said::Called && heard.via.proven {
        return callback::menu(desk, operator, &heard.from);
    }
    if desk.situation.letter.as_ref().is_some_and(|letter| letter.contact.is_none() && matches!(letter.body, Body::Ring { .. })) {
        return code::by_phone(desk, operator, heard);
    }
    if let Said::Choice { step, value } = &heard.said
        && step == callback::CALL_BACK
    {
        return callback::chosen(desk, operator, &heard.from, value);
    }
    if matches!(heard.said, Said::Choice { .. }) {
        return operator::heard(desk, operator, heard);
    }
    let about = heard.about.and_then(|letter| Some((letter, desk.situation.contact.clone().or_else(|| of_call(desk, heard))?)));
    let Some((letter, mut contact)) = about else {
        return worker::heard(desk, heard);
    };
    let offer = desk.situation.offers.iter().find(|offer| offer.letter == letter).cloned();
    match (&heard.said, offer) {
        (Said::Keys(keys), Some(offer)) if keys == "1" => pressed_one(desk, contact, &offer, operator, &heard.from),
        (Said::Keys(_), Some(offer)) if offer.state == OfferState::Open => ask_again(desk, &contact, operator, &heard.from),
        (Said::HungUp | Said::Silence, Some(_)) if rings_for_a_caller(desk) => {
            stopped(desk, &mut contact, letter);
            desk.keep(&contact);
        }
        (Said::HungUp | Said::Silence, Some(offer)) if offer.state == OfferState::Open => {
            not_taken(desk, &mut contact, letter, Bilingual::new("Hovor nepřijat.", "The call was not taken."));
            desk.keep(&contact);
        }
        (_, None) if contact.owner.as_ref() == Some(operator) && !call::is_going_on(desk, &contact) => {
            callback::picked_up(desk, &mut contact, operator, heard);
            desk.keep(&contact);
        }
        (Said::HungUp, _) if contact.owner.as_ref() == Some(operator) && call::is_going_on(desk, &contact) => {
            call::operator_left(desk, &mut contact);
            desk.keep(&contact);
        }
        _ => {}
    }
}

/// The contact a call back is about, where the operator has called the line.
fn of_call(desk: &Desk<'_>, heard: &Heard) -> Option<Contact> {
    desk.situation.held.iter().find(|contact| Some(contact.id) == heard.via.contact).cloned()
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
    let written = !call::is_going_on(desk, &contact);
    let (id, number) = (contact.clone(), contact.number.to_string());
    take::take(desk, contact, offer, operator);
    if written {
        let text = desk.say(Phrase::TakenByPhone, desk.lang_of(operator), &[("number", &number)]);
        desk.send(phone, Some(&id), Some(operator), desk.lang_of(operator), Sort::Answer, Body::text(text));
        desk.send(phone, Some(&id), Some(operator), desk.lang_of(operator), Sort::Answer, Body::HangUp);
    }
}

fn ask_again(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phone: &Address) {
    let text = whisper(desk, contact, desk.lang_of(operator));
    ask(desk, Some(contact), operator, phone, text, "", Vec::new());
}

/// Asks whoever holds an operator's phone for a key.
pub(super) fn ask(desk: &mut Desk<'_>, contact: Option<&Contact>, operator: &OperatorId, phone: &Address, text: String, step: &str, choices: Vec<Choice>) {
    let body = Body::Text { text, step: step.to_owned(), choices, expects: Expects::Key { timeout_s: ANSWER_SECONDS }, file: None };
    let lang = desk.lang_of(operator);
    desk.send(phone, contact, Some(operator), lang, Sort::Answer, body);
}

/// Whether the phone that is heard was rung for a caller by the caller's own call.
fn rings_for_a_caller(desk: &Desk<'_>) -> bool {
    desk.situation.letter.as_ref().is_some_and(|letter| matches!(&letter.body, Body::Ring { caller: Some(_), .. }))
}
