//! Contact points of operators: a code is sent to prove one, a channel says that nothing arrives
//! there any more, a message heard from it shows that it works again.
//!
//! A point nobody has proven is used like any other: the order of a person's own rule is the
//! person's choice, and a helper left unasked because of a code nobody typed would be the worse
//! fault. The coordinator is warned of it instead. A point where nothing arrives is left alone until
//! it is heard from or proven again.

use super::{code, desk::Desk};
use crate::domain::{
    Address, Barrier, Body, CODE_MINUTES, CODE_PAUSE_S, CODES_OF_DAY_MAX, Challenge, Code, Contact, Effect, Expects, Letter, OperatorId, Point,
    Sort, Standing, Trouble,
};
use crate::handbook::Phrase;
use crate::routing::Book;
use chrono::TimeDelta;

/// The question a code answers.
pub(super) const CODE: &str = Code::STEP;
/// What marks words that reached somebody else nowhere.
const PASSED_ON: &str = "passed_on";
/// How long a phone rings that is to be proven.
const RING_SECONDS: u32 = 30;
/// Codes that are sent unasked before it is left to the coordinator.
const UNASKED_CODES_MAX: u32 = 3;

/// Sends a code where somebody wants one, unless one has just gone there.
pub(super) fn challenged(desk: &mut Desk<'_>, challenge: &Challenge) {
    let Some(operator) = desk.handbook.operator_at(&challenge.address) else { return };
    send_code(desk, &operator.id, &challenge.address, desk.seed.code(&challenge.address, code::DIGITS));
}

/// Sends a code to a contact point; tells whether one went out.
pub(super) fn send_code(desk: &mut Desk<'_>, operator: &OperatorId, address: &Address, digits: String) -> bool {
    let mut point = known(desk, operator, address);
    let Some(ability) = desk.ability(address).filter(|_| may_ask(desk, &point)) else { return false };
    let of_day = sent_today(desk, &point) + 1;
    let expires_at = desk.after(TimeDelta::minutes(CODE_MINUTES));
    let lang = desk.lang_of(operator);
    let body = if ability.inline {
        Body::Ring { whisper: desk.say(Phrase::CodeCall, lang, &[]), seconds: RING_SECONDS, caller: None }
    } else {
        let text = desk.say(Phrase::Code, lang, &[("code", &digits)]);
        Body::Text { text, step: CODE.to_owned(), choices: Vec::new(), expects: Expects::Text, file: None }
    };
    // It is asked for, so it waits for no morning; a late one would only confuse.
    let letter = desk.letter(address, None, Some(operator), lang, Sort::Answer, body);
    desk.push(Effect::Send(Letter { expires_at: Some(expires_at), ..letter }));
    point.code = Some(Code { digits, sent_at: desk.now(), expires_at, used: false, wrong: 0, of_day, keyed: None });
    point.asked = point.asked.saturating_add(1);
    desk.push(Effect::Point(Box::new(point)));
    true
}

/// Sends codes on the morning of a working day: to points that are new, and to those in trouble. It
/// is done then and not at the import of a roster, which may come at night and would write to
/// everybody at once, nor at the reminder of a shift, when it is late to find another way: people are
/// at work, and so is the coordinator who can help. One device a person and a morning, so that codes
/// are not mixed up, and not for ever. A phone is not rung unasked; it is called when somebody wants it.
pub(super) fn morning(desk: &mut Desk<'_>, book: &Book) {
    for operator in &book.operators {
        if !book.lines.iter().any(|line| line.people().any(|who| *who == operator.id)) {
            continue;
        }
        let wanting = desk.every_written_point(&operator.id).into_iter().find(|address| {
            let point = known(desk, &operator.id, address);
            let open = match point.standing(desk.now()) {
                Standing::Unverified => true,
                Standing::Troubled(trouble) => trouble.barrier != Barrier::OptedOut,
                Standing::Verified(_) | Standing::Awaited(_) => false,
            };
            open && point.asked < UNASKED_CODES_MAX && may_ask(desk, &point)
        });
        if let Some(address) = wanting {
            send_code(desk, &operator.id, &address, desk.seed.code(&address, code::DIGITS));
        }
    }
    forget(desk);
}

/// Forgets addresses that have left the roster: whoever comes back proves them anew.
fn forget(desk: &mut Desk<'_>) {
    let gone = desk.situation.points.iter().filter(|point| desk.handbook.operator_at(&point.address).is_none());
    let gone: Vec<Address> = gone.map(|point| point.address.clone()).collect();
    for address in gone {
        desk.push(Effect::DropPoint(address));
    }
}

fn may_ask(desk: &Desk<'_>, point: &Point) -> bool {
    let rested = point.code.as_ref().is_none_or(|code| desk.now().signed_duration_since(code.sent_at) >= TimeDelta::seconds(CODE_PAUSE_S));
    rested && sent_today(desk, point) < CODES_OF_DAY_MAX
}

fn sent_today(desk: &Desk<'_>, point: &Point) -> u32 {
    let today = point.code.as_ref().filter(|code| code.sent_at.date_naive() == desk.now().date_naive());
    today.map_or(0, |code| code.of_day)
}

/// What is known of a contact point.
pub(super) fn known(desk: &Desk<'_>, operator: &OperatorId, address: &Address) -> Point {
    let known = Point::of(&desk.situation.points, operator, address).cloned();
    known.unwrap_or_else(|| Point::unknown(operator.clone(), address.clone()))
}

/// Nothing arrives at an address any more: it is left out from now on, and the coordinator is told once.
pub(super) fn barred(desk: &mut Desk<'_>, operator: &OperatorId, address: &Address, barrier: Barrier) {
    let point = known(desk, operator, address);
    if point.trouble.is_some() {
        return;
    }
    let trouble = Some(Trouble { barrier, since: desk.now() });
    desk.push(Effect::Point(Box::new(Point { trouble, asked: 0, ..point })));
    desk.bar(address);
    let phrase = match barrier {
        Barrier::Blocked => Phrase::PointBlocked,
        Barrier::OptedOut => Phrase::PointOptedOut,
        Barrier::Unreachable => Phrase::PointFailing,
    };
    let who = desk.called(operator);
    for coordinator in desk.coordinators_of(operator) {
        let lang = desk.lang_of(coordinator);
        let elsewhere = desk.say(elsewhere(desk, operator, barrier), lang, &[]);
        let text = desk.say(phrase, lang, &[("who", &who), ("point", address.label(lang)), ("elsewhere", &elsewhere)]);
        desk.tell_operator(coordinator, None, Sort::Notice, &text);
    }
}

/// An operator's device encrypts with other keys: it is written to as before, and the coordinator asks.
pub(super) fn new_keys(desk: &mut Desk<'_>, operator: &OperatorId, address: &Address) {
    let who = desk.called(operator);
    for coordinator in desk.coordinators_of(operator) {
        let lang = desk.lang_of(coordinator);
        let text = desk.say(Phrase::PointNewKeys, lang, &[("who", &who), ("point", address.label(lang))]);
        desk.tell_operator(coordinator, None, Sort::Notice, &text);
    }
}

/// What becomes of messages to an operator where one address is left out.
fn elsewhere(desk: &Desk<'_>, operator: &OperatorId, barrier: Barrier) -> Phrase {
    match barrier {
        _ if desk.is_cut_off(operator) && desk.phone(operator).is_some_and(|phone| !desk.is_barred(operator, &phone)) => Phrase::PointSpoken,
        _ if desk.is_cut_off(operator) => Phrase::PointLast,
        Barrier::OptedOut => Phrase::PointUntilStart,
        Barrier::Blocked | Barrier::Unreachable => Phrase::PointElsewhere,
    }
}

/// A letter reached an operator nowhere: whoever coordinates gets its words. When that letter arrives
/// nowhere either, it goes to the next coordinator, and never round.
pub(super) fn out_of_reach(desk: &mut Desk<'_>, operator: &OperatorId, letter: &Letter, contact: Option<&Contact>) {
    if matches!(&letter.body, Body::Text { step, .. } if step == PASSED_ON) {
        if let Some(next) = desk.coordinator_after(operator) {
            desk.ask_operator(next, contact, Sort::Notice, letter.body.words(), PASSED_ON, Vec::new());
        }
        return;
    }
    let who = desk.called(operator);
    for coordinator in desk.coordinators_of(operator) {
        let names = [("who", who.as_str()), ("words", letter.body.words())];
        let text = desk.say(Phrase::OutOfReach, desk.lang_of(coordinator), &names);
        desk.ask_operator(coordinator, contact, Sort::Notice, &text, PASSED_ON, Vec::new());
    }
}

/// Something was heard from an address: what is sent there arrives again. It proves nothing else:
/// who answers from a mistyped number is not the operator. Whoever wants no messages has to say that
/// they are wanted again.
pub(super) fn heard_from(desk: &mut Desk<'_>, operator: &OperatorId, address: &Address) {
    let point = known(desk, operator, address);
    if point.trouble.is_some_and(|trouble| trouble.barrier != Barrier::OptedOut) {
        wanted_again(desk, operator, address);
    }
}

/// What is sent to an address arrives again.
pub(super) fn wanted_again(desk: &mut Desk<'_>, operator: &OperatorId, address: &Address) {
    let point = known(desk, operator, address);
    if point.trouble.is_some() {
        desk.push(Effect::Point(Box::new(Point { trouble: None, asked: 0, ..point })));
    }
}
