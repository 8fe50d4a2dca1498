//! Words passed between a worker and the operator who has the contact, with neither
//! learning who the other is.

use super::{cover, desk::Desk, own, promise, rang, worker};
use crate::domain::{Alarm, Author, Contact, Effect, Flag, Happened, Medium, OperatorId, Sort, Stage, Understood};
use crate::handbook::Phrase;
use crate::routing::{Line, say_time};
use chrono::TimeDelta;

/// Passes a worker's words on, and starts waiting for the operator's answer.
pub(super) fn to_operator(desk: &mut Desk<'_>, contact: &mut Contact, understood: &Understood) {
    let Some(owner) = contact.owner.clone() else { return };
    contact.told_unreadable = false;
    let names = [("number", &*contact.number.to_string()), ("words", &*understood.masked)];
    let text = desk.say(Phrase::FromWorker, desk.lang_of(&owner), &names);
    desk.tell_operator(&owner, Some(contact), Sort::Relay, &text);
    if understood.has(Flag::PersonalData) && !contact.told_personal_data {
        contact.told_personal_data = true;
        let text = desk.say(Phrase::WorkerMasked, contact.lang, &[]);
        desk.tell_worker(contact, Sort::Notice, &text);
    }
    wait_for_operator(desk, contact);
}

/// Passes a worker's changed words on to whoever has the contact.
pub(super) fn correction(desk: &mut Desk<'_>, contact: &Contact, words: &str) {
    tell_owner(desk, contact, Phrase::FromWorkerEdited, &[("words", words)]);
    wait_for_operator(desk, contact);
}

/// Tells whoever has the contact that the worker took a message back.
pub(super) fn deletion(desk: &mut Desk<'_>, contact: &Contact) {
    tell_owner(desk, contact, Phrase::FromWorkerDeleted, &[]);
}

/// Tells whoever has the contact, once, that words came which cannot be read yet.
pub(super) fn unreadable(desk: &mut Desk<'_>, contact: &mut Contact) {
    if !std::mem::replace(&mut contact.told_unreadable, true) {
        tell_owner(desk, contact, Phrase::FromWorkerUnreadable, &[]);
    }
}

fn tell_owner(desk: &mut Desk<'_>, contact: &Contact, phrase: Phrase, names: &[(&str, &str)]) {
    let Some(owner) = contact.owner.clone() else { return };
    let number = contact.number.to_string();
    let names: Vec<_> = std::iter::once(("number", number.as_str())).chain(names.iter().copied()).collect();
    let text = desk.say(phrase, desk.lang_of(&owner), &names);
    desk.tell_operator(&owner, Some(contact), Sort::Relay, &text);
}

/// Tells the worker, once, that an operator has read the question.
pub(super) fn seen(desk: &mut Desk<'_>, contact: &mut Contact) {
    let shows = desk.ability(&contact.address).is_some_and(|ability| matches!(ability.medium, Medium::Chat | Medium::Web));
    if contact.told_seen || contact.answered_at.is_some() || !contact.is_open() || !shows {
        return;
    }
    contact.told_seen = true;
    let zone = desk.line(contact).map_or(Line::ZONE, |line| line.zone);
    let time = say_time(desk.now(), zone);
    let text = desk.say(Phrase::WorkerSeen, contact.lang, &[("number", &contact.number.to_string()), ("time", &time)]);
    desk.tell_worker(contact, Sort::Notice, &text);
    desk.keep(contact);
}

/// Passes an operator's words on. They count as the answer a promise was waiting for.
pub(super) fn to_worker(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, phrase: Phrase, text: &str) {
    let masked = cover::for_worker(desk, operator, text);
    let lang = desk.lang_of(operator);
    let number = contact.number.to_string();
    if !reachable(desk, contact) {
        desk.log(contact, Author::Operator(operator.clone()), Happened::Noted { words: masked.text });
        let text = desk.say(Phrase::Unreachable, lang, &[("number", &number)]);
        desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
        return;
    }
    let text = desk.say(phrase, contact.lang, &[("who", &who(desk, contact)), ("words", &masked.text)]);
    desk.tell_worker(contact, Sort::Relay, &text);
    if !masked.found.is_empty() {
        let text = desk.say(Phrase::MaskedReply, lang, &[]);
        desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
    }
    answered(desk, contact);
    desk.keep(contact);
}

/// Who writes to the worker, and, where there are several questions, about which.
pub(super) fn who(desk: &Desk<'_>, contact: &Contact) -> String {
    let phrase = if contact.beside { Phrase::WorkerOperatorOf } else { Phrase::WorkerOperator };
    desk.say(phrase, contact.lang, &[("number", &contact.number.to_string())])
}

/// The worker has an answer: nobody is waited for any more.
pub(super) fn answered(desk: &mut Desk<'_>, contact: &mut Contact) {
    contact.answered_at = contact.answered_at.or(Some(desk.now()));
    contact.told_at = Some(desk.now());
    contact.fruitless = 0;
    contact.asked_outcome = false;
    desk.push(Effect::Clear(contact.id));
    rang::wait_for_an_end(desk, contact);
}

/// Moves a contact whose call is over to written words, and tells whether it can be written to.
pub(super) fn reachable(desk: &Desk<'_>, contact: &mut Contact) -> bool {
    let spoken = desk.ability(&contact.address).is_none_or(|ability| ability.inline);
    if !spoken {
        return true;
    }
    match worker::written_address(desk, &contact.address) {
        Some(address) => {
            contact.address = address;
            true
        }
        None => false,
    }
}

/// Sets every timer a held contact needs while its worker waits for the operator.
pub(super) fn wait_for_operator(desk: &mut Desk<'_>, contact: &Contact) {
    if contact.stage != Stage::Held {
        return;
    }
    desk.push(Effect::Clear(contact.id));
    let minutes = own::silent_minutes(desk, contact);
    desk.set(contact, Alarm::Silent, desk.after(TimeDelta::minutes(minutes)));
    promise::set_timers(desk, contact);
}
