//! Taking a contact: the first one wins, everybody else is told.

use super::{attachment, call, desk::Desk, hand_over, own, phone, promise, relay, room, talk};
use crate::domain::{Author, Bilingual, Body, Contact, Effect, Happened, Letter, Offer, OfferState, OperatorId, Sort, Stage};
use crate::flow::{Input, OperatorOutcome};
use crate::handbook::Phrase;

/// An operator wants a contact that was offered.
pub(super) fn take(desk: &mut Desk<'_>, mut contact: Contact, offer: &Offer, operator: &OperatorId) {
    if offer.state != OfferState::Open || !contact.is_open() || contact.owner.as_ref() == Some(operator) {
        return too_late(desk, &contact, operator);
    }
    let calling = call::is_going_on(desk, &contact);
    let former = contact.owner.replace(operator.clone());
    contact.stage = Stage::Held;
    contact.chain = None;
    contact.epoch += 1;
    desk.push(Effect::Clear(contact.id));
    desk.offer(&contact, operator, offer.letter, OfferState::Taken);
    desk.push(Effect::CloseOffers { contact: contact.id });
    desk.log(&contact, Author::Operator(operator.clone()), Happened::Taken { operator: operator.clone() });
    room::taken(desk, &mut contact, operator);
    tell_taker(desk, &contact, operator, calling);
    pass_added(desk, &mut contact, offer);
    attachment::pass_all(desk, &contact, operator);
    tell_others(desk, &contact, operator);
    phone::stop_others(desk, &contact, offer.letter);
    if let Some(former) = former {
        tell(desk, &contact, &former, Phrase::HandedOver, operator);
    }
    if calling {
        phone::join(desk, &mut contact, operator);
    } else {
        relay::reachable(desk, &mut contact);
        talk::note(desk, &mut contact, Input::Operator(OperatorOutcome::Taken));
        let text = desk.say(Phrase::WorkerTaken, contact.lang, &[("number", &contact.number.to_string())]);
        if relay::reachable(desk, &mut contact) {
            desk.tell_worker(&contact, Sort::Notice, &text);
        }
        relay::wait_for_operator(desk, &contact);
    }
    promise::set_timers_after_call(desk, &contact, calling);
    desk.keep(&contact);
}

fn tell_taker(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, calling: bool) {
    let phrase = if calling { Phrase::TakenCall } else { Phrase::Taken };
    let text = desk.say(phrase, desk.lang_of(operator), &[("number", &contact.number.to_string())]);
    desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
}

/// Passes on what came after the offer was shown.
fn pass_added(desk: &mut Desk<'_>, contact: &mut Contact, offer: &Offer) {
    let added: Vec<String> = contact.added.drain(..).filter(|(at, _)| *at >= offer.at).map(|(_, words)| words).collect();
    if !added.is_empty() {
        let names = [("number", &*contact.number.to_string()), ("words", &*added.join(" / "))];
        let text = desk.say(Phrase::FromWorker, desk.lang_of(&offer.operator), &names);
        desk.tell_operator(&offer.operator, Some(contact), Sort::Answer, &text);
    }
}

fn tell_others(desk: &mut Desk<'_>, contact: &Contact, taker: &OperatorId) {
    // Whoever is rung hears it on the phone, unless the channel lets all other phones go at once.
    let hears = |letter: &&Letter| matches!(letter.body, Body::Ring { caller: None, .. });
    let ringing: Vec<OperatorId> = phone::ringing(desk, contact).filter(hears).filter_map(|letter| letter.operator.clone()).collect();
    for other in own::others_told(desk, contact, Some(taker)) {
        if !ringing.contains(&other) {
            tell(desk, contact, &other, Phrase::TooLate, taker);
        }
    }
}

fn tell(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phrase: Phrase, who: &OperatorId) {
    let names = [("number", &*contact.number.to_string()), ("who", &*desk.called(who))];
    let text = desk.say(phrase, desk.lang_of(operator), &names);
    desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
}

/// Tells an operator that somebody else was faster, or that nobody is needed any more.
pub(super) fn too_late(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId) {
    let owner = contact.owner.clone().filter(|_| contact.is_open());
    match owner {
        Some(owner) if owner == *operator => {
            let text = desk.say(Phrase::AlreadyYours, desk.lang_of(operator), &[("number", &contact.number.to_string())]);
            desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
        }
        Some(owner) => {
            desk.log(contact, Author::Operator(operator.clone()), Happened::TooLate { operator: operator.clone() });
            tell(desk, contact, operator, Phrase::TooLate, &owner);
        }
        None => {
            let text = desk.say(Phrase::NoLonger, desk.lang_of(operator), &[("number", &contact.number.to_string())]);
            desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
        }
    }
}

/// An operator cannot take a contact: the next step is due at once when nobody else is asked.
pub(super) fn decline(desk: &mut Desk<'_>, mut contact: Contact, offer: &Offer, operator: &OperatorId) {
    if offer.state != OfferState::Open || !contact.is_open() {
        return too_late(desk, &contact, operator);
    }
    let owner = contact.owner.as_ref().map(|owner| desk.called(owner));
    let phrase = if owner.is_some() { Phrase::DeclinedHanded } else { Phrase::Declined };
    let names = [("number", &*contact.number.to_string()), ("who", owner.as_deref().unwrap_or_default())];
    let text = desk.say(phrase, desk.lang_of(operator), &names);
    desk.tell_operator(operator, Some(&contact), Sort::Answer, &text);
    let why = Bilingual::new("Teď nemůže.", "Cannot now.");
    refused(desk, &mut contact, offer, why);
    desk.keep(&contact);
}

/// Writes a refusal down and asks the next one.
pub(super) fn refused(desk: &mut Desk<'_>, contact: &mut Contact, offer: &Offer, why: Bilingual) {
    let operator = &offer.operator;
    let theirs = |other: &&Offer| other.contact == contact.id && other.operator == *operator && other.state == OfferState::Open;
    for other in desk.situation.offers.iter().filter(theirs) {
        desk.offer(contact, operator, other.letter, OfferState::Declined);
    }
    desk.log(contact, Author::Operator(operator.clone()), Happened::Declined { operator: operator.clone(), why });
    if let Some(owner) = contact.owner.clone() {
        return tell(desk, contact, &owner, Phrase::HandOverDeclined, operator);
    }
    let coordinator = desk.coordinator_of(contact);
    if own::others_asked(desk, contact, Some(operator)).is_empty() && coordinator != Some(operator) {
        contact.epoch += 1;
        desk.push(Effect::Clear(contact.id));
        // Without somebody who cannot be reached the places in the row are others: the same step again.
        let again = u32::from(desk.is_cut_off(operator));
        hand_over::offer_from(desk, contact, contact.next_step.saturating_sub(again));
        promise::set_timers(desk, contact);
    }
}
