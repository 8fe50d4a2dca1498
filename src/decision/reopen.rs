//! A worker writes again after the end. Thanks are kept and wake nobody; words that name no place of
//! their own go on with what an operator has finished; everything else is a new question.

use super::{desk::Desk, promise, reading, relay};
use crate::domain::{Author, Contact, Effect, Flag, Happened, Offer, OfferState, Places, Sort, Stage, Understood};
use crate::handbook::Phrase;
use chrono::TimeDelta;

/// How long a finished contact may be gone on with: over a weekend.
const REOPEN_MAX: TimeDelta = TimeDelta::days(3);

/// What words after the end are.
pub(super) enum Again {
    /// Thanks for what was done.
    Thanks,
    /// More about the same.
    More,
}

/// Tells what words after the end of a contact are; `None` for a new question.
pub(super) fn again(desk: &Desk<'_>, closed: &Contact, text: &str, understood: &Understood) -> Option<Again> {
    closed.owner.as_ref()?;
    let recent = closed.closed_at.is_some_and(|at| desk.now().signed_duration_since(at) <= REOPEN_MAX);
    // A life in danger is never more of the same: it begins with the numbers that help at once.
    if !recent || understood.has(Flag::SelfHarm) {
        return None;
    }
    if desk.handbook.wording.is_thanks(text) {
        return Some(Again::Thanks);
    }
    let elsewhere = understood.places != Places { origin: understood.places.origin.clone(), ..Places::default() };
    (!elsewhere && !desk.handbook.wording.is_about_another(text)).then_some(Again::More)
}

/// Opens a finished contact again: with its operator, when that one is on duty, else for whoever
/// is, at once or at the next opening.
pub(super) fn reopen(desk: &mut Desk<'_>, contact: &mut Contact, understood: &Understood) {
    desk.log(contact, Author::Worker, Happened::Reopened);
    contact.epoch += 1;
    contact.stage = Stage::Held;
    (contact.closed_at, contact.outcome, contact.reason) = (None, None, None);
    (contact.promise_due, contact.position, contact.fruitless) = (None, None, 0);
    (contact.told_seen, contact.told_late, contact.asked_outcome) = (false, false, false);
    forget_answers(desk, contact);
    desk.push(Effect::Clear(contact.id));
    if is_owner_on_duty(desk, contact) {
        return relay::to_operator(desk, contact, understood);
    }
    contact.owner = None;
    contact.stage = Stage::Waiting;
    reading::add_question(contact, &understood.masked);
    promise::make(desk, contact);
    let due = contact.promise_due.map(|due| desk.by_when(desk.line(contact), due, contact.lang)).unwrap_or_default();
    let text = desk.say(Phrase::WorkerReopened, contact.lang, &[("number", &contact.number.to_string()), ("due", &due)]);
    desk.tell_worker(contact, Sort::Notice, &text);
}

/// Opens a contact again that ended without anybody's doing, for whoever is on duty.
pub(super) fn unasked(desk: &mut Desk<'_>, contact: &mut Contact) {
    desk.log(contact, Author::Worker, Happened::Reopened);
    contact.stage = Stage::Waiting;
    (contact.closed_at, contact.outcome, contact.reason) = (None, None, None);
    (contact.promise_due, contact.position) = (None, None);
    promise::make(desk, contact);
}

fn is_owner_on_duty(desk: &Desk<'_>, contact: &Contact) -> bool {
    let on_duty = desk.line(contact).map(|line| desk.duty(line).on_duty).unwrap_or_default();
    on_duty.iter().any(|person| contact.owner.as_ref() == Some(&person.operator))
}

/// Who had it or declined it before may be asked again.
fn forget_answers(desk: &mut Desk<'_>, contact: &Contact) {
    let answered = |offer: &&Offer| offer.contact == contact.id && offer.state != OfferState::Gone;
    for offer in desk.situation.offers.iter().filter(answered) {
        desk.offer(contact, &offer.operator, offer.letter, OfferState::Gone);
    }
}
