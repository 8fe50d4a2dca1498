//! An operator takes the address written from out of the roster. Nobody who has somebody waiting goes
//! without a word, and whoever cannot be written to any more is no surprise to the coordinator.

use super::desk::Desk;
use super::{enrol, own};
use crate::domain::{Body, Effect, OperatorId, Sort};
use crate::handbook::Phrase;

/// Removes the address that was heard from the operator's.
pub(super) fn leave(desk: &mut Desk<'_>, id: &OperatorId) {
    let Some((operator, from)) = desk.operator(id).zip(desk.heard_from().cloned()) else { return };
    let lang = desk.lang_of(id);
    let rest: Vec<_> = desk.written_points(id).into_iter().filter(|point| *point != from && !desk.is_barred(id, point)).collect();
    let held: Vec<String> = own::held_numbers(desk).iter().map(|number| format!("#{number}")).collect();
    if rest.is_empty() && !held.is_empty() {
        let text = desk.say(Phrase::LeaveHeld, lang, &[("numbers", &held.join(", "))]);
        desk.send(&from, None, Some(id), lang, Sort::Answer, Body::text(text));
        return;
    }
    let mut changed = operator.clone();
    changed.addresses.retain(|address| *address != from);
    let kept: Vec<String> = changed.addresses.iter().map(|address| address.channel.clone()).collect();
    changed.reach.retain(|reach| kept.contains(&reach.channel));
    if !enrol::change(desk, &changed, id.to_string()) {
        return;
    }
    desk.push(Effect::DropPoint(from.clone()));
    let phrase = if rest.is_empty() { Phrase::LeaveLast } else { Phrase::LeaveDone };
    let text = desk.say(phrase, lang, &[]);
    desk.send(&from, None, Some(id), lang, Sort::Answer, Body::text(text));
    if rest.is_empty() {
        tell_coordinators(desk, id, from.label(lang));
    }
}

fn tell_coordinators(desk: &mut Desk<'_>, id: &OperatorId, point: &str) {
    let who = desk.called(id);
    for coordinator in desk.coordinators_of(id) {
        let text = desk.say(Phrase::LeftLast, desk.lang_of(coordinator), &[("who", &who), ("point", point)]);
        desk.tell_operator(coordinator, None, Sort::Notice, &text);
    }
}
