//! Words passed between a worker and the operator who has the contact, with neither
//! learning who the other is.

use super::{desk::Desk, own, promise, worker};
use crate::domain::{Alarm, Author, Contact, Effect, Flag, Happened, OperatorId, Sort, Stage, Understood};
use crate::handbook::Phrase;
use crate::understanding;
use chrono::TimeDelta;

/// Passes a worker's words on, and starts waiting for the operator's answer.
pub(super) fn to_operator(desk: &mut Desk<'_>, contact: &mut Contact, understood: &Understood) {
    let Some(owner) = contact.owner.clone() else { return };
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

/// Passes an operator's words on. They count as the answer a promise was waiting for.
pub(super) fn to_worker(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, text: &str) {
    let masked = understanding::mask(text);
    let lang = desk.lang_of(operator);
    let number = contact.number.to_string();
    if !reachable(desk, contact) {
        desk.log(contact, Author::Operator(operator.clone()), Happened::Noted { words: masked.text });
        let text = desk.say(Phrase::Unreachable, lang, &[("number", &number)]);
        desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
        return;
    }
    let text = desk.say(Phrase::WorkerRelay, contact.lang, &[("words", &masked.text)]);
    desk.tell_worker(contact, Sort::Relay, &text);
    if !masked.found.is_empty() {
        let text = desk.say(Phrase::MaskedReply, lang, &[]);
        desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
    }
    contact.answered_at = contact.answered_at.or(Some(desk.now()));
    desk.push(Effect::Clear(contact.id));
    desk.keep(contact);
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
