//! Birth numbers, numbers of identity documents and dates of birth.
//! The shape of a birth number: Act 133/2000 Coll., § 13 – six digits of the date, three or four more, divisible by 11.

use super::piece::{Kind, Pieces};
use super::{Cover, Personal};
use std::ops::Range;

/// Most characters between two groups of one number.
const GAP_MAX: usize = 4;

/// Finds birth numbers.
pub(super) fn birth_numbers(pieces: &Pieces<'_>, _places: &[Range<usize>]) -> Vec<Cover> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let told = told_birth_number(pieces, at);
        match birth_number_end(pieces, at, told) {
            Some(last) => {
                found.push(cover(pieces, at, last, Personal::BirthNumber));
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the last group of the birth number that begins at `at`.
fn birth_number_end(pieces: &Pieces<'_>, at: usize, told: bool) -> Option<usize> {
    let mut digits = String::new();
    let mut best = None;
    for next in at..at + 10 {
        let group = pieces.digits(next);
        if group.is_empty() || (next > at && !separates(pieces.lead(next))) {
            break;
        }
        digits.push_str(group);
        if digits.len() > 10 {
            break;
        }
        if is_birth_number(pieces, &digits, at, next) || (told && digits.len() >= 6) {
            best = Some(next);
        }
    }
    best
}

/// Judges the digits of the groups `from..=to`.
fn is_birth_number(pieces: &Pieces<'_>, digits: &str, from: usize, to: usize) -> bool {
    let cut = group_behind_six(pieces, from, to);
    let slash = cut.is_some_and(|cut| pieces.lead(cut).chars().any(is_slash));
    match digits.len() {
        9 => slash,
        10 => slash || (is_date(digits) && (is_divisible(digits) || cut == Some(from + 1))),
        _ => false,
    }
}

/// Returns the group that begins right behind the first six digits, when it is the last one.
fn group_behind_six(pieces: &Pieces<'_>, from: usize, to: usize) -> Option<usize> {
    let before: usize = (from..to).map(|at| pieces.digits(at).len()).sum();
    (before == 6).then_some(to)
}

/// The words "rodné číslo" or "RČ" stand shortly before.
fn told_birth_number(pieces: &Pieces<'_>, at: usize) -> bool {
    (1..=4).any(|back| {
        let (word, earlier) = (pieces.before(at, back), pieces.before(at, back + 1));
        let long = word.starts_with("rodn") || (word.starts_with("cisl") && earlier.starts_with("rodn"));
        let told = long || word == "rc" || (word == "c" && earlier == "r");
        told && (1..back).all(|nearer| is_filler(pieces.before(at, nearer)))
    })
}

fn is_date(digits: &str) -> bool {
    let part = |from: usize| digits.get(from..from + 2).and_then(|two| two.parse::<u32>().ok()).unwrap_or(0);
    let month = match part(2) {
        month @ (1..=12) => month,
        month @ (21..=32) => month - 20,
        month @ (51..=62) => month - 50,
        month @ (71..=82) => month - 70,
        _ => return false,
    };
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=days).contains(&part(4))
}

fn is_divisible(digits: &str) -> bool {
    let whole: Option<u64> = digits.parse().ok();
    let nine: Option<u64> = digits.get(..9).and_then(|nine| nine.parse().ok());
    whole.is_some_and(|value| value % 11 == 0) || (nine.is_some_and(|value| value % 11 == 10) && digits.ends_with('0'))
}

/// Finds numbers of identity cards and passports behind (or just before) the word for the document.
pub(super) fn id_cards(pieces: &Pieces<'_>, _places: &[Range<usize>]) -> Vec<Cover> {
    let mut found = Vec::new();
    for at in (0..pieces.len()).filter(|at| is_document(pieces, *at)) {
        let mut distance = 0;
        let mut near = true;
        for next in at + 1..at + 12 {
            if next >= pieces.len() || (next > at + 1 && pieces.begins_sentence(next) && !near) {
                break;
            }
            if let Some((from, to)) = document_number(pieces, next, near) {
                found.push(cover(pieces, from, to, Personal::IdCard));
                break;
            }
            if matches!(pieces.at(next).map(|piece| piece.kind), Some(Kind::Covered(_))) || is_phone_word(pieces.word(next)) {
                break;
            }
            near &= is_filler(pieces.word(next));
            distance += usize::from(!near);
            if distance > 8 {
                break;
            }
        }
        if let Some((from, to)) = number_just_before(pieces, at) {
            found.push(cover(pieces, from, to, Personal::IdCard));
        }
    }
    found.sort_by_key(|cover| cover.range.start);
    found
}

fn is_document(pieces: &Pieces<'_>, at: usize) -> bool {
    let word = pieces.word(at);
    matches!(word, "op" | "cop" | "pas" | "pasu" | "pasem" | "passport" | "cestak" | "id" | "опк")
        || ["obcank", "obcansk", "prukaz", "doklad", "dokument", "ridicak", "паспорт"].iter().any(|stem| word.starts_with(stem))
}

fn is_phone_word(word: &str) -> bool {
    ["tel", "mobil", "volejte", "zavol", "cislo na", "klapk", "phone"].iter().any(|stem| word.starts_with(stem))
}

/// Words that may stand between "OP" and its number.
fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "c", "cis", "cislo", "cisla", "cislem", "cisle", "no", "nr", "number", "card", "je", "ma", "mel", "mela", "s", "se", "serie", "ser",
        "prukaz", "prukazu", "prukazem", "doklad", "dokladu", "obcansky", "obcanskeho", "obcanka", "obcanky", "op", "a", "to", "jeho", "jeji",
        "klienta", "klientky", "klient", "num", "cest",
    ];
    FILLERS.contains(&word)
}

/// Reads the number of a document at `at`; far from its word only an unbroken run of digits counts.
fn document_number(pieces: &Pieces<'_>, at: usize, near: bool) -> Option<(usize, usize)> {
    let letters = pieces.word(at);
    let with_letters = (1..=3).contains(&letters.len()) && !pieces.digits(at + 1).is_empty() && separates_or_joins(pieces.lead(at + 1));
    let first = if with_letters && !is_filler(letters) { at + 1 } else { at };
    let mut total = pieces.digits(first).len();
    if total == 0 {
        return None;
    }
    if !near {
        return ((8..=9).contains(&total) || (first > at && total >= 6)).then_some((at, first));
    }
    let mut last = first;
    while let next @ 1.. = pieces.digits(last + 1).len()
        && separates(pieces.lead(last + 1))
        && !pieces.lead(last + 1).contains(',')
        && (total < 8 || (total == 8 && next == 1))
        && total + next <= 12
    {
        total += next;
        last += 1;
    }
    let enough = total >= if first > at { 5 } else { 6 };
    (enough && !is_day(pieces, first)).then_some((at, last))
}

/// A number of eight or nine digits whose document is named right behind it.
fn number_just_before(pieces: &Pieces<'_>, at: usize) -> Option<(usize, usize)> {
    (1..=2).filter_map(|back| at.checked_sub(back)).find(|before| {
        (8..=9).contains(&pieces.digits(*before).len()) && (before + 1..at).all(|between| is_filler(pieces.word(between))) && pieces.lead(at).trim().len() <= 1
    }).map(|before| (before, before))
}

/// Groups that read as day, month and year are a date, not a document.
fn is_day(pieces: &Pieces<'_>, at: usize) -> bool {
    let value = |at: usize| pieces.digits(at).parse::<u32>().unwrap_or(0);
    (1..=31).contains(&value(at))
        && (1..=12).contains(&value(at + 1))
        && pieces.lead(at + 1).starts_with('.')
        && (pieces.digits(at + 2).is_empty() || (1900..2100).contains(&value(at + 2)))
}

/// Finds dates of birth: told as such, or full dates too old to be anything else.
pub(super) fn birth_dates(pieces: &Pieces<'_>, _places: &[Range<usize>]) -> Vec<Cover> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match full_date(pieces, at).filter(|(_, year)| is_birth(pieces, at, *year)) {
            Some((last, year)) => {
                found.push(Cover { year: i32::try_from(year).ok(), ..cover(pieces, at, last, Personal::BirthDate) });
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads day, month and year (or the year first) at `at`: the last piece and the year.
fn full_date(pieces: &Pieces<'_>, at: usize) -> Option<(usize, u32)> {
    let value = |at: usize| pieces.digits(at).parse::<u32>().ok();
    let first = value(at)?;
    let joined = pieces.digits(at).len();
    if joined == 8 || joined == 6 {
        let year = if joined == 8 { first % 10_000 } else { first % 100 };
        let (day, month) = (first / 10_u32.pow(if joined == 8 { 6 } else { 4 }), first / 10_u32.pow(if joined == 8 { 4 } else { 2 }) % 100);
        return ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((at, year));
    }
    let short = |index: usize| separates(pieces.lead(index)) && !pieces.lead(index).contains(',');
    if (1900..2100).contains(&first) {
        let (month, day) = (value(at + 1)?, value(at + 2)?);
        return ((1..=12).contains(&month) && (1..=31).contains(&day) && short(at + 1) && short(at + 2)).then_some((at + 2, first));
    }
    let month_word = is_month(pieces.word(at + 1));
    let month = month_word || value(at + 1).is_some_and(|month| (1..=12).contains(&month));
    let year = value(at + 2).filter(|_| matches!(pieces.digits(at + 2).len(), 2 | 4))?;
    ((1..=31).contains(&first) && month && short(at + 1) && short(at + 2)).then_some((at + 2, year))
}

fn is_month(word: &str) -> bool {
    const STEMS: &[&str] =
        &["ledn", "unor", "brez", "dubn", "kvet", "cervn", "cervenc", "srpn", "zari", "rijn", "listopad", "prosin", "januar", "februar", "marc"];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

fn is_birth(pieces: &Pieces<'_>, at: usize, year: u32) -> bool {
    let told = (1..=3).any(|back| {
        let word = pieces.before(at, back);
        (word == "nar" || word == "born" || word == "n" && pieces.lead(at).contains('.') && back == 1 || word.starts_with("naroz") || word.starts_with("datnar") || word.starts_with("народ"))
            && (1..back).all(|nearer| matches!(pieces.before(at, nearer), "dne" | "datum" | "je" | "dat" | "c" | "on"))
    });
    let starred = pieces.lead(at).trim_end().ends_with('*');
    let named = (1..=2).any(|back| at.checked_sub(back).is_some_and(|before| pieces.is_covered(before, Personal::Name)));
    let joined = matches!(pieces.digits(at).len(), 6 | 8);
    if told || starred {
        return true;
    }
    if joined {
        return false;
    }
    let since = matches!(pieces.before(at, 1), "od" | "dne" | "ze" | "z" | "roku" | "do") || pieces.before(at, 1).starts_with("odsouz");
    let long = year >= 100;
    (long && (1920..=2012).contains(&year) && !since) || (named && !long && !since && (30..100).contains(&year))
}

/// Tells whether a stretch may stand inside one number.
fn separates(lead: &str) -> bool {
    !lead.is_empty() && lead.chars().count() <= GAP_MAX && lead.chars().all(is_separator)
}

fn separates_or_joins(lead: &str) -> bool {
    lead.is_empty() || separates(lead)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_slash(c)
        || matches!(c, '.' | '-' | '–' | '—' | '−' | '‐' | '‑' | ',' | '_' | ':' | '·' | '•' | '*' | '+' | '\'' | '’' | '\u{ad}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}' | '．' | '，' | '－')
}

fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\' | '|' | '⁄' | '∕' | '／' | '＼' | '｜' | '╱' | '⧸')
}

fn cover(pieces: &Pieces<'_>, from: usize, to: usize, kind: Personal) -> Cover {
    Cover::new(pieces.bytes(from, to), kind)
}
