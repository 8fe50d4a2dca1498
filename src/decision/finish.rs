//! The end of a contact: its outcome, the worker's rating, and nothing left behind.

use super::{call, desk::Desk, own, talk};
use crate::domain::{Author, Choice, Contact, Effect, Happened, OperatorId, Outcome, Sort, Stage, fold_word};
use crate::flow::{Input, OperatorOutcome};
use crate::handbook::Phrase;

/// The question whose buttons name an outcome.
pub(super) const OUTCOME: &str = "outcome";

/// Finishes a contact and withdraws everything that still waits for somebody.
pub(super) fn close(desk: &mut Desk<'_>, contact: &mut Contact, author: Author, outcome: Outcome, reason: Option<String>) {
    contact.stage = Stage::Closed;
    contact.epoch += 1;
    contact.closed_at = Some(desk.now());
    contact.outcome = Some(outcome);
    contact.reason.clone_from(&reason);
    desk.push(Effect::Clear(contact.id));
    desk.push(Effect::CloseOffers { contact: contact.id });
    call::stop_all_phones(desk, contact);
    desk.log(contact, author, Happened::Closed { outcome, reason });
}

/// The operator names the outcome: the worker is told and asked whether it helped.
pub(super) fn by_operator(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, outcome: Outcome, reason: &str) {
    let asked = own::others_asked(desk, contact, Some(operator));
    let reason = (!reason.is_empty()).then(|| crate::understanding::mask(reason).text);
    close(desk, contact, Author::Operator(operator.clone()), outcome, reason);
    let lang = desk.lang_of(operator);
    let number = contact.number.to_string();
    let text = desk.say(Phrase::Closed, lang, &[("number", &number), ("outcome", outcome.label(lang))]);
    desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
    for other in asked {
        let text = desk.say(Phrase::NoLonger, desk.lang_of(&other), &[("number", &number)]);
        desk.tell_operator(&other, Some(contact), Sort::Notice, &text);
    }
    if super::relay::reachable(desk, contact) {
        let text = desk.say(Phrase::WorkerClosed, contact.lang, &[("number", &number)]);
        desk.tell_worker(contact, Sort::Notice, &text);
        talk::advance(desk, contact, Input::Operator(OperatorOutcome::Done));
    }
}

/// Asks the operator how it ended, with buttons where there are any.
pub(super) fn ask_outcome(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId) {
    let lang = desk.lang_of(operator);
    let text = desk.say(Phrase::AskOutcome, lang, &[("number", &contact.number.to_string())]);
    let said = Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Abandoned);
    let choice = |(n, outcome): (usize, &Outcome)| Choice {
        key: (n + 1).to_string(),
        label: outcome.label(lang).to_owned(),
        value: outcome.code().to_owned(),
    };
    let choices = said.enumerate().map(choice).collect();
    desk.ask_operator(operator, Some(contact), Sort::Answer, &text, OUTCOME, choices);
}

/// Takes a rating pressed after the end.
pub(super) fn rated_by_choice(desk: &mut Desk<'_>, mut contact: Contact, step: &str, value: &str) {
    if contact.position.is_some() {
        talk::advance(desk, &mut contact, Input::Choice { step: step.to_owned(), value: value.to_owned() });
        desk.keep(&contact);
    }
}

/// Takes a rating written after the end; anything that is not one begins a new contact.
pub(super) fn rated_by_text(desk: &mut Desk<'_>, mut contact: Contact, text: &str) -> bool {
    let Some(choice) = talk::rating(desk, &contact, &fold_word(text)) else { return false };
    talk::advance(desk, &mut contact, choice);
    desk.keep(&contact);
    true
}
