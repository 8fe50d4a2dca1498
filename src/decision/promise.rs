//! "We will answer by …": made when nobody can answer now, kept by an answer,
//! reminded of before its deadline and again after it.

use super::{desk::Desk, hand_over, relay};
use crate::domain::{Alarm, Author, Contact, Effect, Happened, Offer, OperatorId, Sort, Stage};
use crate::handbook::Phrase;
use crate::routing::{Line, mornings, promise_due};
use chrono::{DateTime, TimeDelta, Utc};

/// How long before its deadline a promise is reminded of.
const REMIND_BEFORE: TimeDelta = TimeDelta::minutes(20);
/// Shortest time between two reminders of a late promise.
const LATE_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// How long a promise on a line nobody has declared may take.
const WITHOUT_LINE: TimeDelta = TimeDelta::days(1);

/// Promises an answer and plans what keeps the promise: an offer as soon as the line is open.
pub(super) fn make(desk: &mut Desk<'_>, contact: &mut Contact) {
    if contact.stage == Stage::Held {
        return;
    }
    contact.epoch += 1;
    contact.stage = Stage::Promised;
    if !contact.urgent {
        contact.next_step = 0;
    }
    desk.push(Effect::Clear(contact.id));
    set_deadline(desk, contact);
    match desk.duty_of(contact) {
        Some(duty) if duty.open || contact.urgent => hand_over::offer_from(desk, contact, 0),
        Some(duty) => match duty.next_open {
            Some(opens) => desk.set(contact, Alarm::Escalate { step: 0 }, opens),
            None => hand_over::offer_to_coordinator(desk, contact),
        },
        None => hand_over::offer_to_coordinator(desk, contact),
    }
    set_timers(desk, contact);
}

/// Tells whether an answer was promised and is still to come.
pub(super) const fn is_open(contact: &Contact) -> bool {
    contact.promise_due.is_some() && contact.answered_at.is_none()
}

/// Gives the contact a deadline when it has none, and logs it.
pub(super) fn set_deadline(desk: &mut Desk<'_>, contact: &mut Contact) {
    if is_open(contact) {
        return;
    }
    let due = desk.line(contact).map_or_else(|| desk.after(WITHOUT_LINE), |line| promise_due(line, desk.now()));
    contact.promise_due = Some(due);
    contact.answered_at = None;
    desk.log(contact, Author::Line, Happened::Promised { due });
}

/// Sets the timers that watch over an open promise.
pub(super) fn set_timers(desk: &mut Desk<'_>, contact: &Contact) {
    let Some(due) = contact.promise_due.filter(|_| contact.answered_at.is_none()) else { return };
    let near = due - REMIND_BEFORE;
    if near > desk.now() {
        desk.set(contact, Alarm::Remind, near);
    }
    let due = if due > desk.now() { due } else { late_again(desk, contact) };
    desk.set(contact, Alarm::Due, due);
}

/// When a promise that is late is looked at again: after another hour of opening; from the second day
/// on every working morning.
fn late_again(desk: &Desk<'_>, contact: &Contact) -> DateTime<Utc> {
    let old = contact.promise_due.is_some_and(|due| desk.now().signed_duration_since(due) >= TimeDelta::days(1));
    let zone = desk.line(contact).map_or(Line::ZONE, |line| line.zone);
    if let Some(morning) = mornings(zone, desk.now(), desk.after(TimeDelta::days(14))).first().filter(|_| old) {
        return *morning;
    }
    let again = desk.line(contact).map_or_else(|| desk.after(WITHOUT_LINE), |line| promise_due(line, desk.now()));
    again.max(desk.after(LATE_PAUSE))
}

/// Sets the timers again after a contact was taken; during a call there is nothing to wait for.
pub(super) fn set_timers_after_call(desk: &mut Desk<'_>, contact: &Contact, calling: bool) {
    if calling {
        set_timers(desk, contact);
    }
}

/// The deadline is near: whoever has the contact is reminded, or all who were asked. After downtime
/// it may have passed; then its own timer says so.
pub(super) fn near(desk: &mut Desk<'_>, contact: &Contact) {
    if contact.promise_due.is_some_and(|due| due <= desk.now()) {
        return;
    }
    desk.log(contact, Author::Line, Happened::Reminded { late: false });
    remind(desk, contact, Phrase::PromiseNear);
}

/// The deadline has passed: the coordinator is asked too, and again every hour the line is open.
pub(super) fn late(desk: &mut Desk<'_>, contact: &mut Contact) {
    desk.log(contact, Author::Line, Happened::Reminded { late: true });
    remind(desk, contact, Phrase::PromiseLate);
    tell_late(desk, contact);
    if contact.stage != Stage::Held {
        hand_over::offer_to_coordinator(desk, contact);
    } else if let Some(coordinator) = desk.coordinator_of(contact) {
        say_late(desk, contact, coordinator, Phrase::PromiseLate);
    }
    desk.set(contact, Alarm::Due, late_again(desk, contact));
}

/// The worker hears once that the promise was not kept and is not forgotten.
fn tell_late(desk: &mut Desk<'_>, contact: &mut Contact) {
    if !contact.told_late && !contact.urgent && relay::reachable(desk, contact) {
        contact.told_late = true;
        let text = desk.say(Phrase::WorkerLate, contact.lang, &[("number", &contact.number.to_string())]);
        desk.tell_worker(contact, Sort::Notice, &text);
    }
}

fn remind(desk: &mut Desk<'_>, contact: &Contact, phrase: Phrase) {
    let mut asked = match &contact.owner {
        Some(owner) => vec![owner.clone()],
        None => super::own::others_asked(desk, contact, None),
    };
    // An offer says the deadline itself: whoever has just got one is not reminded of it.
    asked.retain(|operator| !asked_since(desk, contact, operator, LATE_PAUSE));
    for operator in asked {
        say_late(desk, contact, &operator, phrase);
    }
}

fn asked_since(desk: &Desk<'_>, contact: &Contact, operator: &OperatorId, time: TimeDelta) -> bool {
    let fresh = |offer: &Offer| offer.contact == contact.id && offer.operator == *operator && desk.now().signed_duration_since(offer.at) < time;
    desk.situation.offers.iter().any(fresh)
}

fn say_late(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phrase: Phrase) {
    let lang = desk.lang_of(operator);
    let Some(due) = contact.promise_due else { return };
    let due = desk.by_when(desk.line(contact), due, lang);
    let text = desk.say(phrase, lang, &[("number", &contact.number.to_string()), ("due", &due)]);
    desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
}

/// Promises an answer to a caller who rang off before anybody took the call.
pub(super) fn missed_call(desk: &mut Desk<'_>, contact: &mut Contact) {
    make(desk, contact);
    if !relay::reachable(desk, contact) {
        return;
    }
    let due = contact.promise_due.map(|due| desk.by_when(desk.line(contact), due, contact.lang)).unwrap_or_default();
    let text = desk.say(Phrase::WorkerMissed, contact.lang, &[("number", &contact.number.to_string()), ("due", &due)]);
    desk.tell_worker(contact, Sort::Notice, &text);
}
