//! A timer is due. One that belongs to an older epoch of its contact is void.

use super::{call, desk::Desk, finish, hand_over, own, promise};
use crate::domain::{Alarm, Author, Bilingual, Contact, Effect, Happened, Medium, OfferState, Outcome, Stage, Timer};
use crate::handbook::Phrase;
use chrono::TimeDelta;

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
        Alarm::Ring { letter } => call::not_taken(desk, &mut contact, letter, Bilingual::new("Nebere telefon.", "No answer.")),
        Alarm::Queue => call::queue_over(desk, &mut contact),
        Alarm::Remind => promise::near(desk, &contact),
        Alarm::Due => promise::late(desk, &mut contact),
        Alarm::Expire => expire(desk, &mut contact),
    }
    desk.keep(&contact);
}

/// Nobody has taken the contact yet, or its line has just opened.
fn escalate(desk: &mut Desk<'_>, contact: &mut Contact, step: u32) {
    if contact.stage == Stage::Held {
        return;
    }
    let duty = desk.line(contact).map(|line| desk.duty(line));
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

/// The operator took the contact and has not answered: it is offered to others again.
fn silent(desk: &mut Desk<'_>, contact: &mut Contact) {
    let Some(owner) = contact.owner.take() else { return };
    let minutes = own::silent_minutes(desk, contact);
    let name = desk.called(&owner);
    let why = Bilingual::new(
        format!("{name} neodpovídá už {minutes} minut, nabízíme dalším."),
        format!("{name} has been silent for {minutes} minutes, offering it to others."),
    );
    desk.log(contact, Author::Line, Happened::Escalated { why });
    contact.stage = Stage::Waiting;
    contact.epoch += 1;
    desk.push(Effect::Clear(contact.id));
    let names = [("number", &*contact.number.to_string()), ("minutes", &*minutes.to_string())];
    let text = desk.say(Phrase::Silent, desk.lang_of(&owner), &names);
    hand_over::offer_from(desk, contact, 0);
    promise::set_timers(desk, contact);
    if let Some(letter) = desk.tell_operator(&owner, Some(contact), crate::domain::Sort::Offer, &text) {
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

/// Sets the timer that ends a conversation the worker does not go on with.
pub(super) fn wait_for_worker(desk: &mut Desk<'_>, contact: &Contact) {
    if contact.stage == Stage::Asking {
        desk.set(contact, Alarm::Expire, desk.after(patience(contact.medium)));
    }
}

/// The worker has said nothing more. Whoever had asked for a person still gets one.
fn expire(desk: &mut Desk<'_>, contact: &mut Contact) {
    if contact.stage != Stage::Asking {
        return;
    }
    let ends = contact.changed_at.checked_add_signed(patience(contact.medium)).unwrap_or(contact.changed_at);
    if ends > desk.now() {
        return desk.set(contact, Alarm::Expire, ends);
    }
    if contact.asked_for_a_person() {
        return promise::missed_call(desk, contact);
    }
    let outcome = if contact.need.topics.is_empty() { Outcome::Abandoned } else { Outcome::Informed };
    finish::close(desk, contact, Author::Line, outcome, None);
}
