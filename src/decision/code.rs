//! A code that comes back from the contact point it was sent to: written, or keyed in on the phone
//! that rang. It is read before anything else an operator writes, so that it never reaches a worker.

use super::point::{self, CODE};
use super::{desk::Desk, own};
use crate::domain::{Address, Body, CODE_TRIES_MAX, Code, Effect, Expects, Heard, OperatorId, Point, Said, Sort};
use crate::handbook::Phrase;

/// Digits of a code.
pub(super) const DIGITS: usize = 6;
/// Seconds a phone waits for the digits.
const KEYS_TIMEOUT_S: u32 = 15;
/// Words a code may be written with.
const CODE_WORDS: [&str; 3] = ["kod", "kod je", "code"];

/// Takes a written code; tells whether the text was one. A number alone is never meant for a worker,
/// unless it names a contact or nobody awaits a code.
pub(super) fn written(desk: &mut Desk<'_>, operator: &OperatorId, from: &Address, text: &str) -> bool {
    let sent: Vec<(Point, Code)> = codes(desk, operator, from);
    let here = sent.iter().find(|(point, _)| point.address == *from);
    let named = sent.iter().find(|(_, code)| names(text, &code.digits));
    match (here, named) {
        (Some((point, code)), _) if names(text, &code.digits) => came_back(desk, point, code),
        (_, Some((point, _))) => {
            let lang = desk.lang_of(operator);
            answer(desk, operator, from, Phrase::CodeElsewhere, &[("point", point.address.label(lang))]);
        }
        (Some((point, code)), None) if !code.used && is_a_guess(desk, text) => wrong(desk, point, code),
        (_, None) => return false,
    }
    true
}

/// The codes that were sent to an operator. The point that is heard works again, whatever it was before.
fn codes(desk: &Desk<'_>, operator: &OperatorId, from: &Address) -> Vec<(Point, Code)> {
    let own = desk.situation.points.iter().filter(|point| point.operator == *operator);
    let heard = |point: &Point| Point { trouble: point.trouble.filter(|_| point.address != *from), ..point.clone() };
    own.filter_map(|point| Some((heard(point), point.code.clone()?))).collect()
}

/// Whether a text holds these digits as a word of their own.
fn names(text: &str, code: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == code) || digits(text).as_deref() == Some(code)
}

/// Whether a text is six digits that name no contact.
fn is_a_guess(desk: &Desk<'_>, text: &str) -> bool {
    digits(text).is_some_and(|digits| !digits.parse().is_ok_and(|number| own::held_numbers(desk).contains(&number)))
}

/// The digits of a text that is nothing but a code: `481516`, `481 516`, `kód: 481516`.
fn digits(text: &str) -> Option<String> {
    let folded = crate::domain::fold(text);
    let words = folded.trim().trim_end_matches('.');
    let number = words.trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = words.strip_suffix(number)?.trim_matches([' ', ':', '-', '.', ',', '„', '"']);
    let number: String = number.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-')).collect();
    let whole = number.len() == DIGITS && number.bytes().all(|digit| digit.is_ascii_digit());
    (whole && (before.is_empty() || CODE_WORDS.contains(&before))).then_some(number)
}

/// The right code: in time, and not after too many guesses.
fn came_back(desk: &mut Desk<'_>, point: &Point, code: &Code) {
    if code.used {
        return answer(desk, &point.operator, &point.address, Phrase::CodeRight, &[]);
    }
    if desk.now() >= code.expires_at {
        return answer(desk, &point.operator, &point.address, Phrase::CodeExpired, &[]);
    }
    if code.wrong >= CODE_TRIES_MAX {
        return answer(desk, &point.operator, &point.address, Phrase::CodeVoid, &[]);
    }
    prove(desk, point, code);
    answer(desk, &point.operator, &point.address, Phrase::CodeRight, &[]);
}

fn prove(desk: &mut Desk<'_>, point: &Point, code: &Code) {
    let code = Some(Code { used: true, ..code.clone() });
    let proven = Point { verified_at: Some(desk.now()), code, trouble: None, asked: 0, ..point.clone() };
    desk.push(Effect::Point(Box::new(proven)));
}

fn wrong(desk: &mut Desk<'_>, point: &Point, code: &Code) {
    let (operator, address) = (&point.operator, &point.address);
    if desk.now() >= code.expires_at {
        return answer(desk, operator, address, Phrase::CodeExpired, &[]);
    }
    match count(desk, point, code) {
        0 => answer(desk, operator, address, Phrase::CodeVoid, &[]),
        left => answer(desk, operator, address, Phrase::CodeWrong, &[("left", &left.to_string())]),
    }
}

/// Counts a wrong code and returns how many more are taken.
fn count(desk: &mut Desk<'_>, point: &Point, code: &Code) -> u32 {
    let wrong = code.wrong.saturating_add(1);
    let code = Some(Code { wrong, keyed: code.keyed.as_ref().map(|_| String::new()), ..code.clone() });
    // Whoever answers at all can be reached.
    desk.push(Effect::Point(Box::new(Point { code, trouble: None, ..point.clone() })));
    CODE_TRIES_MAX.saturating_sub(wrong)
}

fn answer(desk: &mut Desk<'_>, operator: &OperatorId, to: &Address, phrase: Phrase, names: &[(&str, &str)]) {
    let lang = desk.lang_of(operator);
    let text = desk.say(phrase, lang, names);
    desk.send(to, None, Some(operator), lang, Sort::Answer, Body::text(text));
}

/// A phone that rang to be proven was picked up: the code is read aloud, twice, and keyed in.
pub(super) fn by_phone(desk: &mut Desk<'_>, operator: &OperatorId, heard: &Heard) {
    let point = Point { trouble: None, ..point::known(desk, operator, &heard.from) };
    let Some(code) = point.code.clone().filter(|code| desk.now() < code.expires_at) else {
        return hang_up(desk, operator, &heard.from, Phrase::CodeExpired);
    };
    match (&heard.said, &code.keyed) {
        (Said::Keys(_), None) => read_aloud(desk, &point, &code),
        (Said::Keys(keys), Some(before)) => keyed(desk, &point, &code, &format!("{before}{keys}")),
        (Said::Silence, _) => hang_up(desk, operator, &heard.from, Phrase::CodeUnheard),
        _ => {}
    }
}

fn read_aloud(desk: &mut Desk<'_>, point: &Point, code: &Code) {
    let lang = desk.lang_of(&point.operator);
    let text = desk.say(Phrase::CodeSpoken, lang, &[("code", &spoken(code))]);
    ask_keys(desk, point, text);
    let code = Some(Code { keyed: Some(String::new()), ..code.clone() });
    desk.push(Effect::Point(Box::new(Point { code, ..point.clone() })));
}

/// Digit by digit.
fn spoken(code: &Code) -> String {
    code.digits.chars().map(String::from).collect::<Vec<_>>().join(", ")
}

fn ask_keys(desk: &mut Desk<'_>, point: &Point, text: String) {
    let count = u8::try_from(DIGITS).unwrap_or(u8::MAX);
    let body = Body::Text { text, step: CODE.to_owned(), choices: Vec::new(), expects: Expects::Keys { count, timeout_s: KEYS_TIMEOUT_S }, file: None };
    let lang = desk.lang_of(&point.operator);
    desk.send(&point.address, None, Some(&point.operator), lang, Sort::Answer, body);
}

/// Digits come one by one or all at once; a star or a hash begins anew.
fn keyed(desk: &mut Desk<'_>, point: &Point, code: &Code, keys: &str) {
    let keys: String = keys.rsplit(['*', '#']).next().unwrap_or_default().chars().take(DIGITS).collect();
    if keys.len() < DIGITS {
        let code = Some(Code { keyed: Some(keys), ..code.clone() });
        desk.push(Effect::Point(Box::new(Point { code, ..point.clone() })));
        return ask_keys(desk, point, String::new());
    }
    if keys == code.digits && code.wrong < CODE_TRIES_MAX {
        prove(desk, point, code);
        return hang_up(desk, &point.operator, &point.address, Phrase::CodeRight);
    }
    if count(desk, point, code) == 0 {
        return hang_up(desk, &point.operator, &point.address, Phrase::CodeVoid);
    }
    let text = desk.say(Phrase::CodeSpokenAgain, desk.lang_of(&point.operator), &[("code", &spoken(code))]);
    ask_keys(desk, point, text);
}

fn hang_up(desk: &mut Desk<'_>, operator: &OperatorId, phone: &Address, phrase: Phrase) {
    answer(desk, operator, phone, phrase, &[]);
    desk.send(phone, None, Some(operator), desk.lang_of(operator), Sort::Answer, Body::HangUp);
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_code_stands_alone() {
        for (text, expected) in [
            ("481516", Some("481516")),
            (" 481 516 ", Some("481516")),
            ("481-516.", Some("481516")),
            ("Kód: 004516", Some("004516")),
            ("kod je 481516", Some("481516")),
            ("code 481516", Some("481516")),
            ("#481516", None),
            ("481516 místo je volné", None),
            ("volejte 481516", None),
            ("48151", None),
            ("4815162", None),
            ("481516 719000", None),
            ("", None),
        ] {
            assert_eq!(digits(text).as_deref(), expected, "{text}");
        }
    }
}
