//! Swaps of shifts between operators: one asks, the other agrees or not, and what was agreed to is
//! put into the roster in the same turn. What a swap changes, and why one cannot be, is worked out
//! by `routing` on the roster in force.

mod answer;
mod ask;
mod due;
mod lapse;
mod telling;
mod wish;

pub(super) use answer::by_console;
pub(super) use ask::which_colleague;
pub(super) use lapse::{due, missed};
pub(super) use telling::{next_shift, shifts_in_words};

use super::desk::Desk;
use super::own::own_words;
use crate::domain::{Heard, LetterId, OfferState, OperatorId, Sort, Swap, SwapState, What};
use crate::handbook::{Command, Phrase};
use crate::routing::{Line, swap_holds};
use chrono::NaiveDate;
use telling::{AGREE, day_of, hands};

/// The question the buttons of a swap belong to.
pub(super) const SWAP: &str = "swap";

/// Finds a command about swaps in words without a slash: only what nobody would write to a worker.
pub(super) fn said<'a>(desk: &Desk<'_>, operator: &OperatorId, text: &'a str) -> Option<(Command, &'a str)> {
    let (command, words) = desk.handbook.wording.commands.begins(text)?;
    let day = wish::only_day(words, today(desk));
    let is_asked = || day.is_some() && asked(desk, operator, day).next().is_some();
    let meant = match command {
        Command::Swap => wish::read(words, today(desk)).map(|_| command),
        Command::Agree | Command::Refuse | Command::Unswap => day.map(|_| command),
        Command::Take => is_asked().then_some(Command::Agree),
        Command::Decline => is_asked().then_some(Command::Refuse),
        _ => None,
    };
    meant.map(|command| (command, words))
}

/// An operator wants a swap, or to hear of those there are.
pub(super) fn wanted(desk: &mut Desk<'_>, operator: &OperatorId, words: &str) {
    match wish::read(words, today(desk)) {
        Some(wish) => ask::ask(desk, operator, &wish),
        None if words.trim().is_empty() => list(desk, operator),
        None => telling::answer(desk, operator, Phrase::SwapForm, &[]),
    }
}

/// An operator pressed a button under a question for a swap.
pub(super) fn pressed(desk: &mut Desk<'_>, operator: &OperatorId, value: &str) {
    if about(desk).is_some() && by_letter(desk, operator).is_none() {
        return telling::answer(desk, operator, Phrase::SwapGone, &[]);
    }
    answered(desk, operator, value == AGREE, "");
}

/// An operator agrees to a swap or refuses it, in words that perhaps name its day.
pub(super) fn answered(desk: &mut Desk<'_>, operator: &OperatorId, agreed: bool, words: &str) {
    if let Some(swap) = by_letter(desk, operator) {
        return answer::answer(desk, &swap, operator, agreed);
    }
    let day = wish::only_day(words, today(desk));
    let waiting: Vec<Swap> = asked(desk, operator, day).cloned().collect();
    match waiting.as_slice() {
        [] => telling::answer(desk, operator, Phrase::SwapNone, &[]),
        [swap] => answer::answer(desk, swap, operator, agreed),
        several => which(desk, operator, several),
    }
}

/// An operator takes a question back.
pub(super) fn taken_back(desk: &mut Desk<'_>, operator: &OperatorId, words: &str) {
    let day = wish::only_day(words, today(desk));
    let own = |state: SwapState| {
        let mine = desk.situation.swaps.iter().filter(move |swap| swap.from == *operator && swap.state == state);
        mine.filter(|swap| is_on(desk, swap, day)).cloned().collect::<Vec<Swap>>()
    };
    match (own(SwapState::Pending).as_slice(), own(SwapState::Accepted).as_slice()) {
        ([swap], _) => lapse::withdraw(desk, swap),
        ([], [held, ..]) if swap_holds(&desk.handbook.book, held) => telling::tell_with_swap(desk, operator, Phrase::SwapHoldsStill, held, &[]),
        ([], _) => telling::answer(desk, operator, Phrase::SwapNothingSent, &[]),
        (several, _) => which(desk, operator, several),
    }
}

/// What words such as "souhlasím" alone are about.
pub(super) enum Meant {
    /// A swap the operator was asked for.
    Swap,
    /// The worker of a contact, or nothing of ours.
    Other,
    /// Both are possible: the number of the contact and the day of the swap tell them apart.
    Either(i64, String),
}

/// Finds out what an agreement or a refusal without further words is about.
pub(super) fn meant(desk: &Desk<'_>, operator: &OperatorId) -> Meant {
    let held = &desk.situation.held;
    let answers_contact = desk.situation.contact.as_ref().is_some_and(|about| held.iter().any(|contact| contact.id == about.id));
    match (asked(desk, operator, None).next(), held.first()) {
        _ if by_letter(desk, operator).is_some() => Meant::Swap,
        (None, _) => Meant::Other,
        _ if answers_contact => Meant::Other,
        (Some(_), None) => Meant::Swap,
        (Some(swap), Some(contact)) => Meant::Either(contact.number, day_of(desk, swap, desk.lang_of(operator))),
    }
}

/// Tells whether taking or declining without a number is about a swap: the letter that asks for it
/// was answered, or nothing else can be taken.
pub(super) fn is_offered(desk: &Desk<'_>, operator: &OperatorId) -> bool {
    let open = desk.situation.offered.iter().any(|(_, offer)| offer.state == OfferState::Open);
    by_letter(desk, operator).is_some() || (!open && asked(desk, operator, None).next().is_some())
}

/// The letter that was answered.
fn about(desk: &Desk<'_>) -> Option<LetterId> {
    if let What::Heard(Heard { about, .. }) = &desk.event.what { *about } else { None }
}

/// The swap whose letter was answered.
fn by_letter(desk: &Desk<'_>, operator: &OperatorId) -> Option<Swap> {
    let about = about(desk)?;
    desk.situation.swaps.iter().find(|swap| swap.to == *operator && swap.letters.contains(&about)).cloned()
}

/// The swaps that wait for an operator's answer.
fn asked<'a>(desk: &'a Desk<'_>, operator: &'a OperatorId, day: Option<NaiveDate>) -> impl Iterator<Item = &'a Swap> {
    desk.situation.swaps.iter().filter(move |swap| swap.to == *operator && swap.state == SwapState::Pending && is_on(desk, swap, day))
}

fn is_on(desk: &Desk<'_>, swap: &Swap, day: Option<NaiveDate>) -> bool {
    day.is_none_or(|day| telling::date_of(desk, swap) == day)
}

fn today(desk: &Desk<'_>) -> NaiveDate {
    desk.now().with_timezone(&Line::ZONE).date_naive()
}

/// Several are meant: lists them and shows how to name one.
fn which(desk: &mut Desk<'_>, operator: &OperatorId, several: &[Swap]) {
    let lang = desk.lang_of(operator);
    let list: Vec<String> = several.iter().map(|swap| hands(desk, swap, lang)).collect();
    let day = several.first().map(|swap| day_of(desk, swap, lang)).unwrap_or_default();
    let words = Some(own_words(desk)).filter(|words| !words.is_empty());
    let example = format!("{} {day}", words.as_deref().unwrap_or_else(|| lang.pick("výměna ano", "swap yes")));
    telling::answer(desk, operator, Phrase::SwapWhich, &[("list", &list.join(" | ")), ("example", &example)]);
}

/// Lists the swaps an operator has to do with.
fn list(desk: &mut Desk<'_>, operator: &OperatorId) {
    let lang = desk.lang_of(operator);
    let own = desk.situation.swaps.iter().filter(|swap| swap.from == *operator || swap.to == *operator);
    let own = own.filter(|swap| swap.state == SwapState::Pending || swap_holds(&desk.handbook.book, swap));
    let state = |swap: &Swap| match swap.state {
        SwapState::Pending => lang.pick("čeká na odpověď", "waits for an answer"),
        SwapState::Accepted | SwapState::Declined | SwapState::Withdrawn | SwapState::Expired => lang.pick("platí", "holds"),
    };
    let list: Vec<String> = own.map(|swap| format!("{} ({})", hands(desk, swap, lang), state(swap))).collect();
    let form = desk.say(Phrase::SwapForm, lang, &[]);
    let text = if list.is_empty() { form } else { format!("{} {form}", desk.say(Phrase::Swaps, lang, &[("list", &list.join(" | "))])) };
    desk.tell_operator(operator, None, Sort::Answer, &text);
}
