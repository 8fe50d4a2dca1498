//! A timer is due. One that belongs to an older epoch of its contact is void.

use super::{call, desk::Desk, finish, hand_over, own, phone, promise, talk};
use crate::domain::{Alarm, Author, Bilingual, Contact, Effect, Happened, Medium, OfferState, Outcome, Sort, Stage, Timer};
use crate::flow::{Input, OperatorOutcome};
use crate::handbook::Phrase;
use chrono::{DateTime, TimeDelta, Utc};

/// Decides what a due timer means for its contact.
pub(super) fn rang(desk: &mut Desk<'_>, timer: &Timer) {
    desk.push(Effect::Drop(timer.id));
    let Some(mut contact) = desk.situation.contact.clone() else { return };
    if contact.epoch != timer.epoch || !contact.is_open() {
        return;
    }
    match timer.alarm {
        Alarm::Escalate { step } => escalate(desk, &mut contact, step),
        Alarm::Silent => silent(desk, &mut contact),
        Alarm::Ring { letter } => phone::not_taken(desk, &mut contact, letter, Bilingual::new("Nebere telefon.", "No answer.")),
        Alarm::Nudge { letter, step } => hand_over::nudge(desk, &contact, letter, step),
        Alarm::Queue => call::queue_over(desk, &mut contact),
        Alarm::Remind => promise::near(desk, &contact),
        Alarm::Due => promise::late(desk, &mut contact),
        Alarm::Fade => fade(desk, &mut contact),
        Alarm::Expire => expire(desk, &mut contact),
    }
    desk.keep(&contact);
}

/// Nobody has taken the contact yet, or its line has just opened.
fn escalate(desk: &mut Desk<'_>, contact: &mut Contact, step: u32) {
    if contact.stage == Stage::Held {
        return;
    }
    if contact.urgent {
        return urge(desk, contact, step);
    }
    let duty = desk.duty_of(contact);
    if contact.stage == Stage::Promised {
        match duty {
            Some(duty) if !duty.open => {
                let again = duty.next_open.unwrap_or_else(|| desk.after(TimeDelta::days(1)));
                return desk.set(contact, Alarm::Escalate { step }, again);
            }
            Some(_) | None => hand_over::log_route(desk, contact),
        }
    } else {
        let why = Bilingual::new("Zatím nikdo nepřevzal, ptáme se dál.", "Nobody has taken it yet, asking on.");
        desk.log(contact, Author::Line, Happened::Escalated { why });
    }
    hand_over::offer_from(desk, contact, step);
}

/// Nobody has taken an urgent contact: the worker is told what to do meanwhile, and everybody is
/// asked again.
fn urge(desk: &mut Desk<'_>, contact: &mut Contact, step: u32) {
    let why = Bilingual::new("Zatím nikdo nepřevzal, voláme všechny znovu.", "Nobody has taken it yet, everybody is asked again.");
    desk.log(contact, Author::Line, Happened::Escalated { why });
    if talk::leaves_a_message(desk, contact) && !call::is_going_on(desk, contact) {
        // The conversation says so and promises, which asks everybody again.
        contact.stage = Stage::Asking;
        contact.next_step = step;
        return talk::advance(desk, contact, Input::Operator(OperatorOutcome::NoAnswer));
    }
    hand_over::offer_from(desk, contact, step);
}

/// The operator took the contact and has not answered: it is offered to others again.
fn silent(desk: &mut Desk<'_>, contact: &mut Contact) {
    let Some(owner) = contact.owner.clone() else { return };
    let minutes = own::silent_minutes(desk, contact);
    let name = desk.called(&owner);
    let why = Bilingual::new(
        format!("{name} neodpovídá už {minutes} minut, nabízíme dalším."),
        format!("{name} has been silent for {minutes} minutes, offering it to others."),
    );
    desk.log(contact, Author::Line, Happened::Escalated { why });
    let names = [("number", &*contact.number.to_string()), ("minutes", &*minutes.to_string())];
    let text = desk.say(Phrase::Silent, desk.lang_of(&owner), &names);
    hand_over::again(desk, contact);
    if let Some(letter) = desk.tell_operator(&owner, Some(contact), Sort::Offer, &text) {
        desk.offer(contact, &owner, letter, OfferState::Open);
    }
}

/// How long a conversation waits for the worker before it is closed.
const fn patience(medium: Medium) -> TimeDelta {
    match medium {
        Medium::Chat | Medium::Web => TimeDelta::days(7),
        Medium::Sms => TimeDelta::days(2),
        Medium::Voice => TimeDelta::minutes(10),
    }
}

/// How long a contact an operator has may be quiet before it is asked about.
const QUIET: TimeDelta = TimeDelta::days(3);
/// How long after the warning a contact is closed.
const WARNED_BEFORE: TimeDelta = TimeDelta::days(1);

/// Whether a conversation's end is announced: where a message costs nothing.
const fn is_warned(contact: &Contact) -> bool {
    matches!(contact.stage, Stage::Held) || matches!(contact.medium, Medium::Chat | Medium::Web)
}

/// How long nothing may happen before the warning, or before the end where there is none.
fn quiet(contact: &Contact) -> TimeDelta {
    match contact.stage {
        Stage::Held => QUIET,
        _ if is_warned(contact) => patience(contact.medium) - WARNED_BEFORE,
        _ => patience(contact.medium),
    }
}

/// Sets the timer that ends a conversation the worker does not go on with.
pub(super) fn wait_for_worker(desk: &mut Desk<'_>, contact: &Contact) {
    if contact.stage == Stage::Asking {
        wait_for_an_end(desk, contact);
    }
}

/// Sets the timer that ends a contact in which nothing happens any more.
pub(super) fn wait_for_an_end(desk: &mut Desk<'_>, contact: &Contact) {
    let alarm = if is_warned(contact) { Alarm::Fade } else { Alarm::Expire };
    desk.set(contact, alarm, desk.after(quiet(contact)));
}

/// When the contact's quiet time is over, counted from what last happened; `None` when it is.
fn still_waits(desk: &Desk<'_>, contact: &Contact, time: TimeDelta) -> Option<DateTime<Utc>> {
    contact.changed_at.checked_add_signed(time).filter(|ends| *ends > desk.now())
}

/// Nothing has happened for long: the worker, or the operator who has it, is told that it will end.
fn fade(desk: &mut Desk<'_>, contact: &mut Contact) {
    if !matches!(contact.stage, Stage::Asking | Stage::Held) {
        return;
    }
    if let Some(ends) = still_waits(desk, contact, quiet(contact)) {
        return desk.set(contact, Alarm::Fade, ends);
    }
    desk.set(contact, Alarm::Expire, desk.after(WARNED_BEFORE));
    if let Some(owner) = contact.owner.clone() {
        return finish::ask_outcome(desk, contact, &owner, Phrase::Fading);
    }
    let text = desk.say(Phrase::WorkerFading, contact.lang, &[("number", &contact.number.to_string())]);
    desk.tell_worker(contact, Sort::Notice, &text);
}

/// Nothing more has happened. Whoever had asked for a person still gets one.
fn expire(desk: &mut Desk<'_>, contact: &mut Contact) {
    if !matches!(contact.stage, Stage::Asking | Stage::Held) {
        return;
    }
    let last = if is_warned(contact) { WARNED_BEFORE } else { patience(contact.medium) };
    if let Some(ends) = still_waits(desk, contact, last) {
        return desk.set(contact, if is_warned(contact) { Alarm::Fade } else { Alarm::Expire }, ends);
    }
    if let Some(owner) = contact.owner.clone() {
        return finish::by_time(desk, contact, &owner);
    }
    if contact.asked_for_a_person() || talk::leaves_a_message(desk, contact) {
        return call::missed(desk, contact, Author::Line);
    }
    let outcome = if contact.need.topics.is_empty() { Outcome::Abandoned } else { Outcome::Informed };
    finish::close(desk, contact, Author::Line, outcome, None);
}
