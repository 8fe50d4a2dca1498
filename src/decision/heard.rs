//! Somebody was heard: an operator at one of the known contact points, or a worker.

use super::{desk::Desk, enrol, guard, operator, opt_out, phone, room, worker};
use crate::domain::Heard;

/// Decides what was heard by who said it.
pub(super) fn heard(desk: &mut Desk<'_>, heard: &Heard) {
    if guard::is_own(desk, heard) || opt_out::heard(desk, heard) {
        return;
    }
    let known = desk.handbook.operator_at(&heard.from);
    if room::is_chatter(desk, known.map(|known| &known.id), heard) {
        return;
    }
    if enrol::heard(desk, known, heard) {
        return;
    }
    let Some(known) = known else {
        return worker::heard(desk, heard);
    };
    let spoken = desk.ability(&heard.from).is_some_and(|ability| ability.inline);
    if spoken {
        phone::operator_heard(desk, &known.id, heard);
    } else {
        operator::heard(desk, &known.id, heard);
    }
}
