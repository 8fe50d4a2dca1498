//! One operator asks another for a swap. Everything that would keep it from being agreed to is
//! said at once, to the one who asks.

use super::due::reminder;
use super::telling::{self, Asking, answer, own_shifts, reasons, shifts_in_words};
use super::wish::Wish;
use crate::decision::colleague::{Named, named};
use crate::decision::desk::Desk;
use crate::decision::recipient::find_line;
use crate::domain::{Effect, OperatorId, RuleId, Span, Swap, SwapState};
use crate::handbook::Phrase;
use crate::routing::{Line, say_date, say_shift, shift_on, swap_overrides};
use chrono::NaiveDate;

/// Names listed in one message; more are not read.
const NAMES_MAX: usize = 12;

/// Asks the colleague that is meant, or says why there is nothing to ask.
pub(super) fn ask(desk: &mut Desk<'_>, from: &OperatorId, wish: &Wish) {
    let Some(to) = colleague(desk, from, &wish.with) else { return };
    let Some((line, shift)) = shift(desk, from, wish) else { return };
    let counter = match wish.counter {
        None => None,
        Some(day) => match counter(desk, from, &to, line, day) {
            None => return,
            found => found,
        },
    };
    let swap = Swap {
        id: RuleId::new(desk.name().simple().to_string()),
        line: line.id.clone(),
        from: from.clone(),
        to,
        shift,
        counter,
        state: SwapState::Pending,
        asked_at: desk.now(),
        due_at: None,
        letters: Vec::new(),
        settled_by: None,
        settled_at: None,
    };
    send(desk, line, swap);
}

fn send(desk: &mut Desk<'_>, line: &Line, mut swap: Swap) {
    let from = swap.from.clone();
    if let Err(refusals) = swap_overrides(&desk.handbook.book, &desk.situation.swaps, &swap) {
        let lang = desk.lang_of(&from);
        return answer(desk, &from, Phrase::SwapRefused, &[("reasons", &reasons(&refusals, lang))]);
    }
    let Some(letter) = telling::ask(desk, &swap, Asking::First) else {
        let who = desk.called(&swap.to);
        return answer(desk, &from, Phrase::SwapUnreachable, &[("who", &who)]);
    };
    swap.letters.push(letter);
    swap.due_at = Some(reminder(swap.asked_at, swap.begins(), line.zone));
    telling::tell_with_swap(desk, &from, Phrase::SwapSent, &swap, &[]);
    desk.push(Effect::Swap(Box::new(swap)));
}

fn colleague(desk: &mut Desk<'_>, from: &OperatorId, words: &str) -> Option<OperatorId> {
    match named(desk, from, words) {
        Named::One(to) => return Some(to),
        Named::Several(several) => which_colleague(desk, from, &several),
        Named::Myself => answer(desk, from, Phrase::SwapSelf, &[]),
        Named::Nobody => {
            let names = colleagues(desk, from);
            answer(desk, from, Phrase::SwapUnknown, &[("name", words), ("names", &names.join(", "))]);
        }
    }
    None
}

/// Those who serve on the same lines; where there are none, everybody.
fn colleagues<'a>(desk: &Desk<'a>, from: &OperatorId) -> Vec<&'a str> {
    let book = &desk.handbook.book;
    let lines: Vec<&Line> = book.lines.iter().filter(|line| line.people().any(|who| who == from)).collect();
    let here = |who: &OperatorId| lines.is_empty() || lines.iter().any(|line| line.people().any(|other| other == who));
    let others = book.operators.iter().filter(|operator| operator.id != *from && here(&operator.id));
    others.map(|operator| operator.name.as_str()).take(NAMES_MAX).collect()
}

/// Several colleagues are called the same: asks for the whole name.
pub(in crate::decision) fn which_colleague(desk: &mut Desk<'_>, operator: &OperatorId, several: &[OperatorId]) {
    let name = |id: &OperatorId| desk.operator(id).map_or_else(|| id.to_string(), |operator| operator.name.clone());
    let names: Vec<String> = several.iter().map(name).collect();
    let example = names.first().cloned().unwrap_or_default();
    answer(desk, operator, Phrase::WhichColleague, &[("names", &names.join(", ")), ("example", &example)]);
}

/// Finds the shift to be given away; where there is none, or it has begun, that is said.
fn shift<'a>(desk: &mut Desk<'a>, from: &OperatorId, wish: &Wish) -> Option<(&'a Line, Span)> {
    let lines = desk.handbook.book.lines.iter();
    let mut found: Vec<(&Line, Span)> = lines.filter_map(|line| Some((line, shift_on(line, from, wish.day)?))).collect();
    if let Some(line) = find_line(desk, &wish.line).filter(|_| found.len() > 1) {
        found.retain(|(other, _)| other.id == line.id);
    }
    match found.as_slice() {
        [(line, span)] if span.from > desk.now() => return Some((line, *span)),
        [(line, span)] => begun(desk, from, line, *span),
        [] => {
            let (day, list) = (said_day(desk, wish.day, from), shifts_in_words(desk, from));
            answer(desk, from, Phrase::SwapNotYours, &[("day", &day), ("list", &list)]);
        }
        several => which_line(desk, from, wish, several),
    }
    None
}

fn begun(desk: &mut Desk<'_>, from: &OperatorId, line: &Line, span: Span) {
    let (shift, list) = (say_shift(span, line.zone, desk.now(), desk.lang_of(from)), shifts_in_words(desk, from));
    answer(desk, from, Phrase::SwapBegun, &[("shift", &shift), ("list", &list)]);
}

fn which_line(desk: &mut Desk<'_>, from: &OperatorId, wish: &Wish, several: &[(&Line, Span)]) {
    let lang = desk.lang_of(from);
    let names: Vec<&str> = several.iter().map(|(line, _)| line.name.get(lang)).collect();
    let day = said_day(desk, wish.day, from);
    answer(desk, from, Phrase::SwapWhichLine, &[("day", &day), ("lines", &names.join(", ")), ("example", names.first().unwrap_or(&""))]);
}

/// Finds what is offered in return; where the colleague has no such shift, the ones there are are listed.
fn counter(desk: &mut Desk<'_>, from: &OperatorId, to: &OperatorId, line: &Line, day: NaiveDate) -> Option<Span> {
    let found = shift_on(line, to, day);
    match found {
        Some(span) if span.from > desk.now() => return found,
        Some(span) => begun(desk, from, line, span),
        None => {
            let lang = desk.lang_of(from);
            let list = own_shifts(desk, to, Some(&line.id), lang);
            let (who, day) = (desk.called(to), said_day(desk, day, from));
            let list = if list.is_empty() { "–".to_owned() } else { list.join("; ") };
            answer(desk, from, Phrase::SwapNotTheirs, &[("who", &who), ("day", &day), ("list", &list)]);
        }
    }
    None
}

fn said_day(desk: &Desk<'_>, day: NaiveDate, operator: &OperatorId) -> String {
    say_date(day, desk.now().with_timezone(&Line::ZONE).date_naive(), desk.lang_of(operator))
}
