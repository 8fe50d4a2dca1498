//! An operator's rest: new contacts go elsewhere until it ends, by itself or by a word or button.

use super::operator::tell;
use super::{desk::Desk, swap};
use crate::domain::{Choice, Effect, Lang, OperatorId, Sort};
use crate::handbook::Phrase;
use crate::routing::{Line, duty, say_time};
use chrono::TimeDelta;

/// The question how long, and whether the rest is over.
pub(super) const REST: &str = "rest";
/// The button that ends it.
const OVER: &str = "over";
/// Longest rest at once, in minutes.
const MINUTES_MAX: i64 = 480;
/// Rests that have a button, in minutes.
const OFFERED: [i64; 3] = [15, 30, 60];

/// The operator wants to rest, perhaps without a word for how long.
pub(super) fn wanted(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>, words: &str) {
    match number.or_else(|| words.split_whitespace().next().and_then(|word| word.parse().ok())) {
        Some(minutes) if (1..=MINUTES_MAX).contains(&minutes) => begins(desk, operator, minutes),
        _ => ask(desk, operator, Phrase::PauseHow, &[], &OFFERED.map(|minutes| (minutes.to_string(), Phrase::ButtonMinutes))),
    }
}

/// A button of a rest.
pub(super) fn pressed(desk: &mut Desk<'_>, operator: &OperatorId, value: &str) {
    match value.parse() {
        Ok(minutes) => begins(desk, operator, minutes),
        Err(_) => ends(desk, operator),
    }
}

fn begins(desk: &mut Desk<'_>, operator: &OperatorId, minutes: i64) {
    let until = desk.after(TimeDelta::minutes(minutes));
    desk.push(Effect::Pause { operator: operator.clone(), until: Some(until) });
    let until = say_time(until, Line::ZONE);
    ask(desk, operator, Phrase::Paused, &[("until", &until)], &[(OVER.to_owned(), Phrase::ButtonResume)]);
}

fn ask(desk: &mut Desk<'_>, operator: &OperatorId, phrase: Phrase, names: &[(&str, &str)], buttons: &[(String, Phrase)]) {
    let lang: Lang = desk.lang_of(operator);
    let text = desk.say(phrase, lang, names);
    let label = |value: &str, phrase| desk.say(phrase, lang, &[("minutes", value)]);
    let choice = |(n, (value, phrase)): (usize, &(String, Phrase))| Choice { key: (n + 1).to_string(), label: label(value, *phrase), value: value.clone() };
    let choices = buttons.iter().enumerate().map(choice).collect();
    desk.ask_operator(operator, None, Sort::Answer, &text, REST, choices);
}

/// The rest is over. Whoever rests no more serves again only where a shift is running.
pub(super) fn ends(desk: &mut Desk<'_>, operator: &OperatorId) {
    desk.push(Effect::Pause { operator: operator.clone(), until: None });
    let serves = |line: &Line| duty(line, desk.now()).on_duty.iter().any(|person| person.operator == *operator);
    if desk.handbook.book.lines.iter().any(serves) {
        return tell(desk, operator, Phrase::Resumed, &[]);
    }
    match swap::next_shift(desk, operator) {
        Some(shift) => tell(desk, operator, Phrase::ResumedLater, &[("shift", &shift)]),
        None => tell(desk, operator, Phrase::ResumedOff, &[]),
    }
}
