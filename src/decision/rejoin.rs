//! Whoever rings again soon after may go on with the question that is still open. That there is one
//! is all the caller hears: a number proves nothing, and nothing that is kept is ever read out.

use super::{call, desk::Desk, hand_over, phone, rang, relay, talk, worker};
use crate::domain::{Author, Body, Choice, Contact, Effect, Expects, Flag, Happened, Heard, Medium, OperatorId, Queue, Said, Sort, Stage, Understood, Worker};
use crate::flow::{Input, Position};
use crate::handbook::{Phrase, WORKER_FLOW};
use chrono::TimeDelta;

/// The question whether to go on.
const REJOIN: &str = "rejoin";
/// How long after the last word a call may be about the same.
const SOON: TimeDelta = TimeDelta::hours(1);
/// How long after the last word a life in danger is still taken for one, once an operator has the contact.
const SEEN_TO: TimeDelta = TimeDelta::days(1);
/// Seconds the caller may think.
const THINKING_S: u32 = 6;
/// The key that goes on.
const GO_ON: &str = "1";

/// Asks a caller who has an open question whether this call is about it; tells whether it did.
pub(super) fn offered(desk: &mut Desk<'_>, heard: &Heard) -> bool {
    let Some(open) = desk.situation.contact.clone().filter(|contact| heard.from.is_number() && may_go_on(desk, contact)) else { return false };
    let text = desk.say(Phrase::Rejoin, open.lang, &[]);
    let choice = |key: &str, phrase| Choice { key: key.to_owned(), label: desk.say(phrase, open.lang, &[]), value: key.to_owned() };
    let choices = vec![choice(GO_ON, Phrase::RejoinYes), choice("2", Phrase::RejoinNo)];
    let body = Body::Text { text, step: REJOIN.to_owned(), choices, expects: Expects::Key { timeout_s: THINKING_S }, file: None };
    desk.send(&heard.from, Some(&open), None, open.lang, Sort::Answer, body);
    true
}

fn may_go_on(desk: &Desk<'_>, contact: &Contact) -> bool {
    let asked = matches!(contact.stage, Stage::Waiting | Stage::Held | Stage::Promised);
    let soon = desk.now().signed_duration_since(contact.changed_at) <= SOON;
    asked && soon && contact.call.is_none() && !call::is_going_on(desk, contact)
}

/// What a caller answered who was asked: goes on with the open contact, else begins a new one.
pub(super) fn answered(desk: &mut Desk<'_>, worker: &Worker, heard: &Heard) {
    let open = desk.situation.contact.clone().filter(|contact| may_go_on(desk, contact));
    match open {
        Some(mut contact) if heard.said == Said::Keys(GO_ON.to_owned()) => go_on(desk, &mut contact, heard),
        _ => begin(desk, worker),
    }
}

/// Begins a new contact, as every call does.
pub(super) fn begin(desk: &mut Desk<'_>, worker: &Worker) {
    let mut contact = worker::opened(desk, worker);
    desk.log(&contact, Author::Worker, Happened::Heard { words: call::CALLED.to_owned() });
    call::begin(desk, &mut contact);
    desk.keep(&contact);
}

/// Takes the caller back to whoever has the contact, else into the queue, as key 0 would.
fn go_on(desk: &mut Desk<'_>, contact: &mut Contact, heard: &Heard) {
    hand_over::withdraw(desk, contact, None);
    take_up(desk, contact, heard);
    talk::advance(desk, contact, Input::Key("0".to_owned()));
    rang::wait_for_worker(desk, contact);
    desk.keep(contact);
}

/// Puts a caller through at once, by day and by night, who feared for a life in writing: nothing is
/// asked that would cost time. Tells whether it did.
pub(super) fn is_rescued(desk: &mut Desk<'_>, heard: &Heard) -> bool {
    let Some(mut contact) = desk.situation.contact.clone().filter(|contact| heard.from.is_number() && is_in_danger(desk, contact)) else { return false };
    hand_over::withdraw_for_call(desk, &mut contact);
    take_up(desk, &mut contact, heard);
    let danger = Understood { flags: vec![Flag::SelfHarm], ..Understood::default() };
    talk::begin(desk, &mut contact, Some(&danger));
    rang::wait_for_worker(desk, &contact);
    desk.keep(&contact);
    true
}

/// Whether a life may be in danger: until somebody has seen to it for a day.
fn is_in_danger(desk: &Desk<'_>, contact: &Contact) -> bool {
    let fresh = contact.stage != Stage::Held || desk.now().signed_duration_since(contact.changed_at) <= SEEN_TO;
    contact.urgent && contact.is_open() && fresh && contact.call.is_none() && !call::is_going_on(desk, contact)
}

/// Makes an open contact this call's.
fn take_up(desk: &mut Desk<'_>, contact: &mut Contact, heard: &Heard) {
    desk.log(contact, Author::Worker, Happened::Heard { words: call::CALLED_AGAIN.to_owned() });
    phone::stop_all(desk, contact);
    contact.address = heard.from.clone();
    contact.medium = Medium::Voice;
    contact.call.clone_from(&heard.via.call);
    contact.own = heard.via.own.clone().or(contact.own.take());
    contact.queue = Some(Queue { since: desk.now(), first: contact.owner.take() });
    contact.asked_outcome = false;
    contact.stage = Stage::Asking;
    contact.epoch += 1;
    desk.push(Effect::Clear(contact.id));
    let start = Position::start(&desk.handbook.flows, WORKER_FLOW, Medium::Voice, contact.lang);
    let position = start.map(|start| Position { need: contact.need.clone(), ..start });
    contact.position = position.and_then(|position| serde_json::to_string(&position).ok());
}

/// A caller who rang again did not get through: whoever had the contact has it still, and is to call back.
pub(super) fn missed(desk: &mut Desk<'_>, contact: &mut Contact, owner: &OperatorId) {
    hand_over::withdraw(desk, contact, Some(owner));
    contact.queue = None;
    contact.owner = Some(owner.clone());
    contact.stage = Stage::Held;
    contact.epoch += 1;
    desk.push(Effect::Clear(contact.id));
    let text = desk.say(Phrase::CalledAgain, desk.lang_of(owner), &[("number", &contact.number.to_string())]);
    desk.tell_operator(owner, Some(contact), Sort::Notice, &text);
    relay::wait_for_operator(desk, contact);
}
