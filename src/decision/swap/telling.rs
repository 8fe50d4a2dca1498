//! A swap in words: what it would change and what it has changed, for the two it concerns.

use super::SWAP;
use crate::decision::desk::Desk;
use crate::domain::{Address, Body, Choice, Expects, Lang, LetterId, LineId, OperatorId, Sort, Span, Swap};
use crate::handbook::Phrase;
use crate::routing::{Line, Refusal, days, say_day, say_shift};
use chrono::NaiveDate;
use chrono_tz::Tz;

/// Whether the colleague hears of it for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    First,
    Again,
}

/// The values of the two buttons.
pub(super) const AGREE: &str = "agree";
pub(super) const REFUSE: &str = "refuse";
/// How far ahead shifts are listed, in days.
const SHIFT_DAYS: usize = 14;

/// Tells an operator something in answer to what was written.
pub(super) fn answer(desk: &mut Desk<'_>, operator: &OperatorId, phrase: Phrase, names: &[(&str, &str)]) {
    tell(desk, operator, Sort::Answer, phrase, names);
}

fn tell(desk: &mut Desk<'_>, operator: &OperatorId, sort: Sort, phrase: Phrase, names: &[(&str, &str)]) {
    let text = desk.say(phrase, desk.lang_of(operator), names);
    desk.tell_operator(operator, None, sort, &text);
}

/// Tells one of the two about their swap; `who` is always the other one.
pub(super) fn tell_with_swap(desk: &mut Desk<'_>, operator: &OperatorId, phrase: Phrase, swap: &Swap, more: &[(&str, &str)]) {
    let lang = desk.lang_of(operator);
    let other = if *operator == swap.from { &swap.to } else { &swap.from };
    let (who, shift, hands) = (desk.called(other), shift(desk, swap, lang), hands(desk, swap, lang));
    let mut names = vec![("who", &*who), ("shift", &*shift), ("hands", &*hands)];
    names.extend_from_slice(more);
    let sort = if desk.heard_operator() == Some(operator) { Sort::Answer } else { Sort::Notice };
    tell(desk, operator, sort, phrase, &names);
}

/// Asks the colleague at the first contact point; `None` where there is none.
pub(super) fn ask(desk: &mut Desk<'_>, swap: &Swap, asking: Asking) -> Option<LetterId> {
    let address = desk.first_point(&swap.to)?;
    Some(ask_at(desk, swap, &address, asking))
}

/// Asks the colleague at an address, with two buttons, or with words to answer by.
pub(super) fn ask_at(desk: &mut Desk<'_>, swap: &Swap, address: &Address, asking: Asking) -> LetterId {
    let lang = desk.lang_of(&swap.to);
    let who = desk.called(&swap.from);
    let line = desk.handbook.line(&swap.line).map(|line| line.name.get(lang)).unwrap_or_default();
    let zone = zone(desk, &swap.line);
    let said = |span: Span| say_shift(span, zone, desk.now(), lang);
    let (shift, counter) = (said(swap.shift), swap.counter.map(said).unwrap_or_default());
    let names = [("who", &*who), ("line", line), ("shift", &*shift), ("counter", &*counter)];
    let wanted = if swap.counter.is_some() { Phrase::SwapAsked } else { Phrase::SwapAskedHelp };
    let buttons = desk.ability(address).is_some_and(|ability| ability.buttons);
    let day = day_of(desk, swap, lang);
    let mut parts = vec![desk.say(wanted, lang, &names), desk.say(if buttons { Phrase::SwapAsk } else { Phrase::SwapHow }, lang, &[("day", &*day)])];
    if asking == Asking::Again {
        parts.insert(0, desk.say(Phrase::SwapReminder, lang, &names));
    }
    let choices = if buttons { choices(desk, lang) } else { Vec::new() };
    let body = Body::Text { text: parts.join(" "), step: SWAP.to_owned(), choices, expects: Expects::Nothing, file: None };
    desk.send(address, None, Some(&swap.to), lang, Sort::Notice, body)
}

fn choices(desk: &Desk<'_>, lang: Lang) -> Vec<Choice> {
    let choice = |key: &str, phrase, value: &str| Choice { key: key.to_owned(), label: desk.say(phrase, lang, &[]), value: value.to_owned() };
    vec![choice("1", Phrase::ButtonAgree, AGREE), choice("2", Phrase::ButtonRefuse, REFUSE)]
}

/// The shift that was to be given away.
pub(super) fn shift(desk: &Desk<'_>, swap: &Swap, lang: Lang) -> String {
    say_shift(swap.shift, zone(desk, &swap.line), desk.now(), lang)
}

/// Who serves what once the swap holds.
pub(super) fn hands(desk: &Desk<'_>, swap: &Swap, lang: Lang) -> String {
    let zone = zone(desk, &swap.line);
    let leg = |(_, takes, span): (&OperatorId, &OperatorId, Span)| format!("{} {}", say_shift(span, zone, desk.now(), lang), desk.called(takes));
    swap.legs().map(leg).collect::<Vec<_>>().join("; ")
}

/// The day a swap is called by.
pub(super) fn day_of(desk: &Desk<'_>, swap: &Swap, lang: Lang) -> String {
    say_day(date_of(desk, swap), lang)
}

/// The day of the shift that was to be given away, in its line's zone.
pub(super) fn date_of(desk: &Desk<'_>, swap: &Swap) -> NaiveDate {
    swap.shift.from.with_timezone(&zone(desk, &swap.line)).date_naive()
}

/// The reasons of a refusal as one sentence's end.
pub(super) fn reasons(refusals: &[Refusal], lang: Lang) -> String {
    let one = |refusal: &Refusal| match &refusal.hint {
        Some(hint) => format!("{} ({})", refusal.text.get(lang), hint.get(lang)),
        None => refusal.text.get(lang).to_owned(),
    };
    refusals.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Lists an operator's shifts that have not begun, on one line or on all.
pub(super) fn own_shifts(desk: &Desk<'_>, operator: &OperatorId, on: Option<&LineId>, lang: Lang) -> Vec<String> {
    spans(desk, operator, on).map(|(line, span)| named(desk, line, span, lang)).collect()
}

/// Says an operator's first shift that has not ended.
pub(in crate::decision) fn next_shift(desk: &Desk<'_>, operator: &OperatorId) -> Option<String> {
    let (line, span) = spans(desk, operator, None).min_by_key(|(_, span)| span.from)?;
    Some(named(desk, line, span, desk.lang_of(operator)))
}

fn spans<'a>(desk: &'a Desk<'_>, operator: &'a OperatorId, on: Option<&'a LineId>) -> impl Iterator<Item = (&'a Line, Span)> {
    let lines = desk.handbook.book.lines.iter().filter(move |line| on.is_none_or(|on| line.id == *on));
    let served = lines.flat_map(|line| days(line, desk.now(), SHIFT_DAYS).into_iter().flat_map(|day| day.served).map(move |served| (line, served)));
    served.filter(|(_, served)| served.operator == *operator && served.span.to > desk.now()).map(|(line, served)| (line, served.span))
}

fn named(desk: &Desk<'_>, line: &Line, span: Span, lang: Lang) -> String {
    format!("{} ({})", say_shift(span, line.zone, desk.now(), lang), line.name.get(lang))
}

/// Says an operator's own shifts of the coming days.
pub(in crate::decision) fn shifts_in_words(desk: &Desk<'_>, operator: &OperatorId) -> String {
    let lang = desk.lang_of(operator);
    let list = own_shifts(desk, operator, None, lang);
    if list.is_empty() { desk.say(Phrase::ShiftsNone, lang, &[]) } else { desk.say(Phrase::Shifts, lang, &[("list", &list.join("; "))]) }
}

fn zone(desk: &Desk<'_>, line: &LineId) -> Tz {
    desk.handbook.line(line).map_or(Line::ZONE, |line| line.zone)
}
