//! A worker's phone call: the caller in the declared conversation, the queue for an operator, and what
//! becomes of a call that ends.

use super::{desk::Desk, finish, hand_over, phone, promise, rang, rejoin, relay, talk, worker};
use crate::domain::{Alarm, Author, Bilingual, Body, Contact, Effect, Happened, Heard, Outcome, Queue, Said, Sort, Stage, Worker};
use crate::flow::{Input, OperatorOutcome};
use crate::handbook::Phrase;
use chrono::TimeDelta;

/// The channel of a worker who cannot be reached once the call is over.
const NOWHERE: &str = "nowhere";
/// How a call stands in the log, and one that goes on with what was open.
pub(super) const CALLED: &str = "[hovor]";
pub(super) const CALLED_AGAIN: &str = "[hovor, pokračování]";

/// Tells whether the worker of this contact is on the phone.
pub(super) fn is_going_on(desk: &Desk<'_>, contact: &Contact) -> bool {
    desk.ability(&contact.address).is_some_and(|ability| ability.inline)
}

/// A caller rang, pressed something, was silent, left a message or rang off.
pub(super) fn worker_heard(desk: &mut Desk<'_>, worker: &Worker, heard: &Heard) {
    if heard.via.prompt.is_some() && heard.via.prompt != desk.situation.said {
        // Something else was said meanwhile: the caller did not answer that.
        return;
    }
    let said = &heard.said;
    let current = desk.situation.contact.clone().filter(|contact| contact.is_open() && is_going_on(desk, contact) && belongs(desk, contact));
    let mut contact = match (current, said) {
        (Some(contact), _) => contact,
        (None, Said::Called) if rejoin::is_rescued(desk, heard) => return,
        (None, Said::Called) if rejoin::offered(desk, heard) => return,
        (None, Said::Called) => return rejoin::begin(desk, worker),
        (None, Said::Keys(_) | Said::Silence) if heard.via.contact.is_some() => return rejoin::answered(desk, worker, heard),
        (None, _) => return,
    };
    if let Some(words) = key_in_words(desk, &contact, said).or_else(|| in_words(said)) {
        desk.log(&contact, Author::Worker, Happened::Heard { words });
    }
    match said {
        Said::Called => begin(desk, &mut contact),
        Said::Keys(keys) => talk::advance(desk, &mut contact, Input::Key(keys.clone())),
        Said::Silence => talk::advance(desk, &mut contact, Input::Silence),
        Said::Recorded { seconds, .. } => {
            let reference = in_words(said).unwrap_or_default();
            talk::advance(desk, &mut contact, Input::Recorded { seconds: *seconds, reference });
        }
        Said::SignedIn | Said::NotSignedIn | Said::LockedOut { .. } => signed_in(desk, &mut contact, worker, said),
        Said::HungUp => rang_off(desk, &mut contact),
        Said::Back { talked } => back(desk, &mut contact, *talked),
        Said::Text(_) | Said::Attached { .. } | Said::Edited(_) | Said::Deleted | Said::Choice { .. } | Said::Unsupported(_) | Said::Blocked | Said::Unblocked | Said::NewKeys | Said::NotAlone => {}
    }
    desk.keep(&contact);
}

/// The channel tells whether the caller's code and PIN were right; the conversation goes on where it was.
fn signed_in(desk: &mut Desk<'_>, contact: &mut Contact, worker: &Worker, said: &Said) {
    let right = *said == Said::SignedIn;
    if right {
        contact.worker_name.clone_from(&worker.organisation);
    }
    talk::advance(desk, contact, Input::SignedIn { right });
}

/// Begins the spoken conversation.
pub(super) fn begin(desk: &mut Desk<'_>, contact: &mut Contact) {
    talk::begin(desk, contact, None);
    rang::wait_for_worker(desk, contact);
}

/// Tells whether what is heard comes from the contact's own call: two may come from one number.
fn belongs(desk: &Desk<'_>, contact: &Contact) -> bool {
    let call = desk.event.via().and_then(|via| via.call.as_deref());
    call.is_none() || contact.call.as_deref() == call
}

/// A key that chose something is told with what it chose.
fn key_in_words(desk: &Desk<'_>, contact: &Contact, said: &Said) -> Option<String> {
    let Said::Keys(keys) = said else { return None };
    let label = talk::chosen(desk, contact, &Input::Key(keys.clone()))?;
    Some(format!("[klávesa {keys}: {label}]"))
}

fn in_words(said: &Said) -> Option<String> {
    match said {
        Said::Called => Some(CALLED.to_owned()),
        Said::Keys(keys) => Some(format!("[klávesa {keys}]")),
        Said::Silence => Some("[ticho]".to_owned()),
        Said::Recorded { seconds, .. } => Some(format!("[hlasový vzkaz, {seconds} s]")),
        Said::SignedIn => Some("[přihlášení]".to_owned()),
        Said::NotSignedIn => Some("[přihlášení se nezdařilo]".to_owned()),
        Said::LockedOut { .. } => Some("[přihlášení je zamčené]".to_owned()),
        Said::HungUp => Some("[zavěšeno]".to_owned()),
        Said::Back { .. } | Said::Text(_) | Said::Attached { .. } | Said::Edited(_) | Said::Deleted | Said::Choice { .. } | Said::Unsupported(_) | Said::Blocked | Said::Unblocked | Said::NewKeys | Said::NotAlone => None,
    }
}

/// The caller ended the call: what was not finished becomes a promise.
fn rang_off(desk: &mut Desk<'_>, contact: &mut Contact) {
    let wanted = contact.asked_for_a_person() || talk::leaves_a_message(desk, contact);
    talk::note(desk, contact, Input::HungUp);
    let stage = contact.stage;
    let operator = contact.owner.clone();
    over(desk, contact);
    match stage {
        Stage::Asking | Stage::Waiting if let Some(owner) = contact.queue.as_ref().and_then(|queue| queue.first.clone()) => {
            phone::stop_all(desk, contact);
            rejoin::missed(desk, contact, &owner);
        }
        Stage::Asking | Stage::Waiting if wanted => missed(desk, contact, Author::Worker),
        Stage::Held => {
            if let Some(phone) = operator.as_ref().and_then(|operator| desk.phone(operator)) {
                desk.send(&phone, Some(contact), operator.as_ref(), contact.lang, Sort::Notice, Body::HangUp);
            }
            call_ended(desk, contact);
        }
        Stage::Asking | Stage::Waiting => {
            let outcome = if contact.need.topics.is_empty() { Outcome::Abandoned } else { Outcome::Informed };
            finish::close(desk, contact, Author::Worker, outcome, None);
        }
        Stage::Promised | Stage::Closed => {}
    }
}

/// Whoever wanted a person got none before the call was over: an answer is promised where one can
/// arrive. Nobody can keep a promise to a hidden number, so that such a contact is over and kept for
/// the coordinator to see.
pub(super) fn missed(desk: &mut Desk<'_>, contact: &mut Contact, author: Author) {
    if contact.is_reachable() {
        phone::stop_all(desk, contact);
        return promise::missed_call(desk, contact);
    }
    let reason = contact.lang.pick("skryté číslo, volající zavěsil dřív, než hovor někdo přijal", "number withheld, the caller hung up before anybody took the call");
    finish::close(desk, contact, author, Outcome::Abandoned, Some(reason.to_owned()));
}

/// From now on the worker is written to, or cannot be reached. An answer from there belongs
/// to the same worker.
pub(super) fn over(desk: &mut Desk<'_>, contact: &mut Contact) {
    match worker::written_address(desk, &contact.address) {
        Some(address) => {
            let organisation = contact.worker_name.clone();
            desk.push(Effect::Introduce(Worker { id: contact.worker, organisation, address: address.clone(), lang: contact.lang }));
            contact.address = address;
        }
        None => NOWHERE.clone_into(&mut contact.address.channel),
    }
    contact.call = None;
}

fn call_ended(desk: &mut Desk<'_>, contact: &mut Contact) {
    if contact.asked_outcome {
        return;
    }
    desk.log(contact, Author::Line, Happened::Call { what: Bilingual::new("Hovor skončil.", "The call ended.") });
    if let Some(owner) = contact.owner.clone() {
        finish::ask_outcome(desk, contact, &owner, Phrase::AskOutcome);
    }
    // They have talked: nobody waits for an answer any more, only for the outcome.
    desk.push(Effect::Clear(contact.id));
    rang::wait_for_an_end(desk, contact);
}

/// Keeps what operators who are rung for a caller hear first.
pub(super) fn whisper(desk: &Desk<'_>, contact: &mut Contact, whisper: Bilingual) {
    if is_going_on(desk, contact) {
        let queue = contact.queue.get_or_insert(Queue { since: desk.now(), first: None, whisper: None });
        queue.whisper = Some(whisper);
    }
}

/// Puts a caller into the queue: phones ring until somebody presses 1.
pub(super) fn queue(desk: &mut Desk<'_>, contact: &mut Contact, ringing: hand_over::Ringing) {
    let (first, whisper) = contact.queue.take().map_or((None, None), |queue| (queue.first, queue.whisper));
    contact.queue = Some(Queue { since: desk.now(), first, whisper });
    desk.set(contact, Alarm::Queue, desk.after(TimeDelta::seconds(ringing.queue_seconds_max.into())));
    phone::ring_first(desk, contact, phone::Ringing { together: ringing.together, seconds: ringing.ring_seconds });
}

/// The caller is back on the line: nobody took the call, or the operator has put the phone down.
fn back(desk: &mut Desk<'_>, contact: &mut Contact, talked: bool) {
    match contact.stage {
        Stage::Waiting => phone::all_stopped(desk, contact),
        Stage::Held if talked => operator_left(desk, contact),
        Stage::Held => cut_off(desk, contact),
        Stage::Asking | Stage::Promised | Stage::Closed => {}
    }
}

/// The operator has put the phone down: the caller is asked whether it helped, the operator how it ended.
pub(super) fn operator_left(desk: &mut Desk<'_>, contact: &mut Contact) {
    call_ended(desk, contact);
    talk::advance(desk, contact, Input::Operator(OperatorOutcome::Done));
}

/// An operator took the call and the two never spoke: the operator is to call back.
fn cut_off(desk: &mut Desk<'_>, contact: &mut Contact) {
    desk.log(contact, Author::Line, Happened::Call { what: Bilingual::new("Spojení se nezdařilo.", "The connection failed.") });
    let number = contact.number.to_string();
    let seen = contact.address.is_number();
    let (to_caller, to_operator) = if seen { (Phrase::WorkerCutOff, Phrase::CutOff) } else { (Phrase::WorkerCutOffUnseen, Phrase::CutOffUnseen) };
    let text = desk.say(to_caller, contact.lang, &[("number", &number)]);
    desk.ask_worker(contact, Sort::Answer, Body::text(text));
    desk.ask_worker(contact, Sort::Answer, Body::HangUp);
    over(desk, contact);
    if let Some(owner) = contact.owner.clone() {
        let text = desk.say(to_operator, desk.lang_of(&owner), &[("number", &number)]);
        desk.tell_operator(&owner, Some(contact), Sort::Notice, &text);
    }
    if seen {
        return relay::wait_for_operator(desk, contact);
    }
    let reason = contact.lang.pick("skryté číslo, spojení se přerušilo", "number withheld, the connection broke");
    finish::close(desk, contact, Author::Line, Outcome::Unreachable, Some(reason.to_owned()));
}

/// Nobody took the call: the conversation goes on to a message or a promise.
pub(super) fn nobody_answers(desk: &mut Desk<'_>, contact: &mut Contact) {
    let why = Bilingual::new("Hovor nikdo nepřijal.", "Nobody took the call.");
    desk.log(contact, Author::Line, Happened::Escalated { why });
    contact.epoch += 1;
    contact.stage = Stage::Asking;
    desk.push(Effect::Clear(contact.id));
    phone::stop_all(desk, contact);
    talk::advance(desk, contact, Input::Operator(OperatorOutcome::NoAnswer));
    rang::wait_for_worker(desk, contact);
}

/// The caller has waited as long as a caller may.
pub(super) fn queue_over(desk: &mut Desk<'_>, contact: &mut Contact) {
    if contact.stage == Stage::Waiting && is_going_on(desk, contact) {
        nobody_answers(desk, contact);
    }
}

