//! The end of a contact: its outcome, the worker's rating, and nothing left behind.

use super::{desk::Desk, hand_over, phone, room, talk};
use crate::domain::{Author, Choice, Contact, Effect, Happened, Lang, OperatorId, Outcome, Sort, Stage, fold_word};
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
    phone::stop_all(desk, contact);
    room::gone(desk, contact);
    desk.log(contact, author, Happened::Closed { outcome, reason });
}

/// The operator names the outcome: the worker is told and asked whether it helped.
pub(super) fn by_operator(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, outcome: Outcome, reason: &str) {
    let reason = (!reason.is_empty()).then(|| crate::understanding::mask(reason).text);
    hand_over::withdraw(desk, contact, Some(operator));
    close(desk, contact, Author::Operator(operator.clone()), outcome, reason);
    let lang = desk.lang_of(operator);
    let number = contact.number.to_string();
    let text = desk.say(Phrase::Closed, lang, &[("number", &number), ("outcome", outcome.label(lang))]);
    desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
    say_goodbye(desk, contact);
}

/// The coordinator names the outcome of a contact that was still open: whoever had it is told.
pub(super) fn by_coordinator(desk: &mut Desk<'_>, contact: &mut Contact, author: Author, outcome: Outcome, reason: Option<&str>) {
    let reason = reason.map(|reason| crate::understanding::mask(reason).text).filter(|reason| !reason.trim().is_empty());
    hand_over::withdraw(desk, contact, None);
    close(desk, contact, author, outcome, reason);
    if let Some(owner) = contact.owner.clone() {
        let lang = desk.lang_of(&owner);
        let text = desk.say(Phrase::Closed, lang, &[("number", &contact.number.to_string()), ("outcome", outcome.label(lang))]);
        desk.tell_operator(&owner, Some(contact), Sort::Notice, &text);
    }
    say_goodbye(desk, contact);
}

/// A contact its operator has and nobody goes on with: closed without an outcome, for the
/// coordinator to see.
pub(super) fn by_time(desk: &mut Desk<'_>, contact: &mut Contact, owner: &OperatorId) {
    let reason = contact.lang.pick("dlouho nikdo nepsal, uzavřela linka", "nobody wrote for long, closed by the line");
    close(desk, contact, Author::Line, Outcome::Other, Some(reason.to_owned()));
    let text = desk.say(Phrase::Faded, desk.lang_of(owner), &[("number", &contact.number.to_string())]);
    desk.tell_operator(owner, Some(contact), Sort::Notice, &text);
    say_goodbye(desk, contact);
}

/// Tells the worker that it is over and asks whether it helped.
fn say_goodbye(desk: &mut Desk<'_>, contact: &mut Contact) {
    if super::relay::reachable(desk, contact) {
        let text = desk.say(Phrase::WorkerClosed, contact.lang, &[("number", &contact.number.to_string())]);
        desk.tell_worker(contact, Sort::Notice, &text);
        talk::advance(desk, contact, Input::Operator(OperatorOutcome::Done));
    }
}

/// Asks the operator how it ended, with buttons where there are any: in answer to a wish to end it, or
/// because nobody goes on with it.
pub(super) fn ask_outcome(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, phrase: Phrase) {
    let lang = desk.lang_of(operator);
    let text = desk.say(phrase, lang, &[("number", &contact.number.to_string())]);
    let choices = outcomes(lang);
    contact.asked_outcome = true;
    let sort = if phrase == Phrase::AskOutcome { Sort::Answer } else { Sort::Notice };
    desk.ask_operator(operator, Some(contact), sort, &text, OUTCOME, choices);
}

/// The outcomes an operator may name, with their keys.
pub(super) fn outcomes(lang: Lang) -> Vec<Choice> {
    let said = Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Abandoned);
    let choice = |(n, outcome): (usize, &Outcome)| Choice {
        key: (n + 1).to_string(),
        label: outcome.label(lang).to_owned(),
        value: outcome.code().to_owned(),
    };
    said.enumerate().map(choice).collect()
}

/// Takes a rating pressed after the end; any other button of a finished contact does nothing, and says so.
pub(super) fn pressed_after(desk: &mut Desk<'_>, mut contact: Contact, step: &str, value: &str) {
    let input = Input::Choice { step: step.to_owned(), value: value.to_owned() };
    let Some(words) = talk::chosen(desk, &contact, &input) else {
        let text = desk.say(Phrase::WorkerOver, contact.lang, &[("number", &contact.number.to_string())]);
        return desk.tell_worker(&contact, Sort::Notice, &text);
    };
    desk.log(&contact, Author::Worker, Happened::Heard { words });
    talk::advance(desk, &mut contact, input);
    desk.keep(&contact);
}

/// Takes a rating written after the end; anything that is not one begins a new contact.
pub(super) fn rated_by_text(desk: &mut Desk<'_>, mut contact: Contact, text: &str) -> bool {
    let Some(choice) = talk::rating(desk, &contact, &fold_word(text)) else { return false };
    talk::advance(desk, &mut contact, choice);
    desk.keep(&contact);
    true
}
