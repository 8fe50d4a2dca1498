//! The day's limit for messages and calls is reached: whoever coordinates is told, once.

use super::desk::Desk;
use crate::domain::Sort;
use crate::handbook::Phrase;

/// Tells everybody who coordinates.
pub(super) fn reached(desk: &mut Desk<'_>, cost: &str) {
    for who in desk.coordinators() {
        let text = desk.say(Phrase::CostReached, desk.lang_of(who), &[("cost", cost)]);
        desk.tell_operator(who, None, Sort::Notice, &text);
    }
}
