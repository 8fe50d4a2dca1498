//! How a swap ends without an agreement: taken back, or its shift begins. And what keeps it from
//! being forgotten: a reminder, and the next contact point when a letter does not arrive.

use super::telling::{self, Asking};
use crate::decision::desk::Desk;
use crate::domain::{Address, Author, Effect, Letter, RuleId, Swap, SwapState};
use crate::handbook::Phrase;

/// The one who asked takes it back.
pub(super) fn withdraw(desk: &mut Desk<'_>, swap: &Swap) {
    end(desk, swap, SwapState::Withdrawn, Author::Operator(swap.from.clone()));
    telling::tell_with_swap(desk, &swap.to, Phrase::SwapTakenBack, swap, &[]);
    telling::tell_with_swap(desk, &swap.from, Phrase::SwapTakenBackOwn, swap, &[]);
}

/// A swap that waits is looked at: its shift begins, or the one who was asked is reminded.
pub(in crate::decision) fn due(desk: &mut Desk<'_>, id: &RuleId) {
    let Some(mut swap) = desk.situation.swaps.iter().find(|swap| swap.id == *id && swap.state == SwapState::Pending).cloned() else { return };
    if swap.begins() <= desk.now() {
        return expire(desk, &swap);
    }
    swap.letters.extend(telling::ask(desk, &swap, Asking::Again));
    swap.due_at = Some(swap.begins());
    desk.push(Effect::Swap(Box::new(swap)));
}

/// The first of its shifts begins and nobody has answered.
pub(super) fn expire(desk: &mut Desk<'_>, swap: &Swap) {
    end(desk, swap, SwapState::Expired, Author::Line);
    telling::tell_with_swap(desk, &swap.to, Phrase::SwapExpired, swap, &[]);
    telling::tell_with_swap(desk, &swap.from, Phrase::SwapExpiredOwn, swap, &[]);
}

/// A letter to an operator did not arrive: where it asks for a swap, the next contact point is
/// asked, and whoever asked hears of it when there is none. Tells whether it did.
pub(in crate::decision) fn missed(desk: &mut Desk<'_>, letter: &Letter, next: Option<&Address>) -> bool {
    let asked = |swap: &&Swap| swap.state == SwapState::Pending && swap.letters.contains(&letter.id);
    let Some(mut swap) = desk.situation.swaps.iter().find(asked).cloned() else { return false };
    match next {
        Some(address) => {
            let again = telling::ask_at(desk, &swap, address, Asking::First);
            swap.letters.push(again);
            desk.push(Effect::Swap(Box::new(swap)));
        }
        None => telling::tell_with_swap(desk, &swap.from, Phrase::SwapUnreachable, &swap, &[]),
    }
    true
}

/// Writes a swap down as settled.
pub(super) fn end(desk: &mut Desk<'_>, swap: &Swap, state: SwapState, by: Author) {
    let settled = Swap { state, due_at: None, settled_by: Some(by), settled_at: Some(desk.now()), ..swap.clone() };
    desk.push(Effect::Swap(Box::new(settled)));
}
