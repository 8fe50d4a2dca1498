//! An operator's shift begins or ends: what is open is told, and what is left can be passed on.

use super::{desk::Desk, hand_over, promise, relay};
use crate::domain::{Author, Bell, Choice, Contact, Happened, Lang, OperatorId, Sort, Stage, Toll};
use crate::handbook::Phrase;
use crate::routing::{Line, say_time, say_when};
use chrono::TimeDelta;

/// The question at the end of a shift, and its answers.
pub(super) const SHIFT: &str = "shift";
const PASS: &str = "pass";
const KEEP: &str = "keep";

/// An announcement that comes later than this tells nothing.
const SOON_LATE_MAX: TimeDelta = TimeDelta::minutes(10);
/// The end of a shift that was missed for so long is told only where something is left.
const END_LATE_MAX: TimeDelta = TimeDelta::minutes(30);

/// Decides what an operator is told at this time of a shift.
pub(super) fn struck(desk: &mut Desk<'_>, bell: &Bell) {
    let Some(line) = desk.handbook.line(&bell.line) else { return };
    let late = desk.now().signed_duration_since(bell.at);
    match bell.toll {
        Toll::Soon if late <= SOON_LATE_MAX => soon(desk, bell, line),
        Toll::Begins if desk.now() < bell.to => begins(desk, bell, line),
        Toll::Ends if late <= END_LATE_MAX || !desk.situation.held.is_empty() => ends(desk, bell, line),
        Toll::Soon | Toll::Begins | Toll::Ends => {}
    }
}

fn soon(desk: &mut Desk<'_>, bell: &Bell, line: &Line) {
    let lang = desk.lang_of(&bell.operator);
    let names = [("line", line.name.get(lang)), ("from", &*say_time(bell.from, line.zone)), ("to", &*until(desk, bell, line, lang))];
    let text = desk.say(Phrase::ShiftSoon, lang, &names);
    desk.tell_operator(&bell.operator, None, Sort::Notice, &text);
}

fn begins(desk: &mut Desk<'_>, bell: &Bell, line: &Line) {
    let lang = desk.lang_of(&bell.operator);
    let open: Vec<String> = desk.situation.on_line.iter().map(|contact| told(desk, contact, &bell.operator, lang)).collect();
    let open = match open.as_slice() {
        [] => desk.say(Phrase::ShiftNothing, lang, &[]),
        open => desk.say(Phrase::ShiftOpen, lang, &[("list", &open.join("; "))]),
    };
    let names = [("line", line.name.get(lang)), ("to", &*until(desk, bell, line, lang)), ("open", &*open)];
    let text = desk.say(Phrase::ShiftBegins, lang, &names);
    desk.tell_operator(&bell.operator, None, Sort::Notice, &text);
}

fn ends(desk: &mut Desk<'_>, bell: &Bell, line: &Line) {
    let operator = &bell.operator;
    let lang = desk.lang_of(operator);
    let names = [("line", line.name.get(lang)), ("finished", &*desk.situation.finished.to_string())];
    let text = desk.say(Phrase::ShiftEnds, lang, &names);
    if desk.situation.held.is_empty() {
        desk.tell_operator(operator, None, Sort::Notice, &text);
        return;
    }
    let left: Vec<String> = desk.situation.held.iter().map(|contact| summary(desk, contact, lang)).collect();
    let left = desk.say(Phrase::ShiftLeft, lang, &[("list", &left.join("; "))]);
    let choice = |key: &str, phrase, value: &str| Choice { key: key.to_owned(), label: desk.say(phrase, lang, &[]), value: value.to_owned() };
    let choices = vec![choice("1", Phrase::ButtonPass, PASS), choice("2", Phrase::ButtonKeep, KEEP)];
    desk.ask_operator(operator, None, Sort::Notice, &format!("{text} {left}"), SHIFT, choices);
}

/// The end of a shift, with the day where it is another one.
fn until(desk: &Desk<'_>, bell: &Bell, line: &Line, lang: Lang) -> String {
    let near = bell.to.signed_duration_since(desk.now()) < TimeDelta::hours(20);
    if near { say_time(bell.to, line.zone) } else { say_when(bell.to, line.zone, desk.now(), lang) }
}

fn summary(desk: &Desk<'_>, contact: &Contact, lang: Lang) -> String {
    format!("#{} {}", contact.number, hand_over::need(desk, contact, lang))
}

/// A contact of the line, and with whom it is.
fn told(desk: &Desk<'_>, contact: &Contact, operator: &OperatorId, lang: Lang) -> String {
    let whose = match &contact.owner {
        Some(owner) if owner == operator => lang.pick("u vás", "yours").to_owned(),
        Some(owner) => desk.called(owner),
        None => contact.stage.label(lang).to_owned(),
    };
    format!("{} ({whose})", summary(desk, contact, lang))
}

/// The operator answers what is to become of the open contacts.
pub(super) fn answered(desk: &mut Desk<'_>, operator: &OperatorId, value: &str) {
    if value == PASS {
        return pass_all(desk, operator);
    }
    let text = desk.say(Phrase::ShiftKept, desk.lang_of(operator), &[]);
    desk.tell_operator(operator, None, Sort::Answer, &text);
}

/// Passes every open contact to the next in service: an offer where somebody is on duty, a
/// promise for the next opening where nobody is.
pub(super) fn pass_all(desk: &mut Desk<'_>, operator: &OperatorId) {
    let held = desk.situation.held.clone();
    if held.is_empty() {
        let text = desk.say(Phrase::ContactsNone, desk.lang_of(operator), &[]);
        desk.tell_operator(operator, None, Sort::Answer, &text);
    }
    for mut contact in held {
        match next_on_duty(desk, &contact, operator) {
            Some(next) => hand_over::pass_to(desk, &contact, operator, &next),
            None => pass_to_next_opening(desk, &mut contact, operator),
        }
        desk.keep(&contact);
    }
}

fn next_on_duty(desk: &Desk<'_>, contact: &Contact, but: &OperatorId) -> Option<OperatorId> {
    let duty = desk.duty_of(contact)?;
    duty.on_duty.into_iter().map(|person| person.operator).find(|other| other != but)
}

fn pass_to_next_opening(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId) {
    contact.owner = None;
    contact.stage = Stage::Waiting;
    let to = contact.lang.pick("další směna", "the next shift").to_owned();
    desk.log(contact, Author::Operator(operator.clone()), Happened::HandedOver { to });
    promise::make(desk, contact);
    let number = contact.number.to_string();
    let due = |desk: &Desk<'_>, lang| contact.promise_due.map(|due| desk.by_when(desk.line(contact), due, lang)).unwrap_or_default();
    let lang = desk.lang_of(operator);
    let text = desk.say(Phrase::ShiftPassed, lang, &[("number", &number), ("due", &due(desk, lang))]);
    desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
    let text = desk.say(Phrase::WorkerPassed, contact.lang, &[("number", &number), ("due", &due(desk, contact.lang))]);
    if relay::reachable(desk, contact) {
        desk.tell_worker(contact, Sort::Notice, &text);
    }
}
