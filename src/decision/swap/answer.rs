//! The one who was asked agrees or refuses, by a button, in words, or through the console. What was
//! agreed to goes into the roster in the same turn, checked once more on the roster in force.

use super::lapse;
use super::telling::{self, reasons};
use crate::decision::desk::Desk;
use crate::domain::{Author, Effect, OperatorId, RosterChange, RosterRow, RuleId, Swap, SwapState};
use crate::handbook::Phrase;
use crate::routing::{Refusal, swap_holds, swap_overrides};

/// The console answers for the one who was asked; what is settled already stays as it is.
pub(in crate::decision) fn by_console(desk: &mut Desk<'_>, by: &str, id: &RuleId, agreed: bool) {
    let swap = desk.situation.swaps.iter().find(|swap| swap.id == *id && swap.state == SwapState::Pending).cloned();
    let Some(swap) = swap else { return };
    settle(desk, &swap, &Author::User(by.to_owned()), agreed);
}

/// An operator answers: what is settled already is told, not changed.
pub(super) fn answer(desk: &mut Desk<'_>, swap: &Swap, operator: &OperatorId, agreed: bool) {
    let told = match swap.state {
        SwapState::Pending => return settle(desk, swap, &Author::Operator(operator.clone()), agreed),
        SwapState::Accepted if !swap_holds(&desk.handbook.book, swap) => return telling::answer(desk, operator, Phrase::SwapGone, &[]),
        SwapState::Accepted if agreed => Phrase::SwapHolds,
        SwapState::Accepted => Phrase::SwapHoldsStill,
        SwapState::Declined => Phrase::SwapWasDeclined,
        SwapState::Withdrawn => Phrase::SwapWasWithdrawn,
        SwapState::Expired => Phrase::SwapWasExpired,
    };
    telling::tell_with_swap(desk, operator, told, swap, &[]);
}

fn settle(desk: &mut Desk<'_>, swap: &Swap, by: &Author, agreed: bool) {
    if swap.begins() <= desk.now() {
        return lapse::expire(desk, swap);
    }
    if !agreed {
        lapse::end(desk, swap, SwapState::Declined, by.clone());
        return tell_both(desk, swap, by, [Phrase::SwapDeclined, Phrase::SwapDeclinedOwn, Phrase::SwapDeclinedByConsole]);
    }
    match changed(desk, swap, by) {
        Ok(roster) => {
            desk.push(Effect::Roster(Box::new(roster)));
            lapse::end(desk, swap, SwapState::Accepted, by.clone());
            tell_both(desk, swap, by, [Phrase::SwapAgreed, Phrase::SwapAgreedOwn, Phrase::SwapAgreedByConsole]);
        }
        Err(refusals) => {
            for operator in [&swap.to, &swap.from] {
                let reasons = reasons(&refusals, desk.lang_of(operator));
                telling::tell_with_swap(desk, operator, Phrase::SwapClash, swap, &[("reasons", &reasons)]);
            }
        }
    }
}

/// Tells the two; the words are for the one who asked, the one who answered, and for both where the
/// console did.
fn tell_both(desk: &mut Desk<'_>, swap: &Swap, by: &Author, words: [Phrase; 3]) {
    let [from, to, console] = words;
    let (from, to, by) = match by {
        Author::User(by) => (console, console, by.as_str()),
        Author::Operator(_) | Author::Worker | Author::Line => (from, to, ""),
    };
    telling::tell_with_swap(desk, &swap.to, to, swap, &[("by", by)]);
    telling::tell_with_swap(desk, &swap.from, from, swap, &[("by", by)]);
}

/// Returns the line as the swap makes it, on the roster in force.
fn changed(desk: &Desk<'_>, swap: &Swap, by: &Author) -> Result<RosterChange, Vec<Refusal>> {
    let book = &desk.handbook.book;
    let overrides = swap_overrides(book, &desk.situation.swaps, swap)?;
    let line = book.line(&swap.line).cloned().ok_or_else(|| vec![Refusal::unknown_line(book, &swap.line)])?;
    let line = overrides.into_iter().try_fold(line, |line, one| line.with_override(&book.operators, one))?;
    let body = serde_json::to_value(&line).map_err(|_| vec![Refusal::new("rozpis nejde zapsat", "the roster cannot be written")])?;
    let author = match by {
        Author::User(name) => name.clone(),
        Author::Operator(_) | Author::Worker | Author::Line => format!("{}, {}", swap.from, swap.to),
    };
    Ok(RosterChange { row: RosterRow::Line(line.id), body, after: desk.handbook.roster, at: desk.now(), author })
}
