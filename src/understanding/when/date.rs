//! Dates of the calendar: "15.3.", "15. března 2027", "dvacátého sedmého března", "2026-03-15", "koncem února".

use super::super::numeral::ordinal_day;
use crate::domain::fold;
use super::super::words::Words;
use super::{Found, Said};

/// Month names by stem with the endings they may carry; Czech, Slovak, English, Ukrainian, Russian.
const MONTHS: [(&str, u32); 62] = [
    ("leden", 1), ("ledna", 1), ("lednu", 1), ("lednem", 1), ("unor", 2), ("unora", 2), ("unoru", 2), ("unorem", 2), ("brezen", 3), ("brezna", 3), ("breznu", 3), ("breznem", 3),
    ("duben", 4), ("dubna", 4), ("dubnu", 4), ("dubnem", 4), ("kveten", 5), ("kvetna", 5), ("kvetnu", 5), ("cerven", 6), ("cervna", 6), ("cervnu", 6), ("cervenec", 7), ("cervence", 7), ("cervenci", 7),
    ("srpen", 8), ("srpna", 8), ("srpnu", 8), ("zari", 9), ("rijen", 10), ("rijna", 10), ("rijnu", 10), ("listopad", 11), ("listopadu", 11), ("prosinec", 12), ("prosince", 12), ("prosinci", 12),
    ("januara", 1), ("februara", 2), ("marca", 3), ("aprila", 4), ("maja", 5), ("juna", 6), ("jula", 7), ("augusta", 8), ("septembra", 9), ("oktobra", 10), ("novembra", 11), ("decembra", 12),
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6), ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11), ("december", 12), ("dec", 12),
];
/// Cyrillic months by stem.
const CYRILLIC: [(&str, u32); 22] = [
    ("січ", 1), ("лют", 2), ("берез", 3), ("квіт", 4), ("трав", 5), ("черв", 6), ("лип", 7), ("серп", 8), ("верес", 9), ("жовт", 10), ("листопад", 11), ("груд", 12),
    ("январ", 1), ("феврал", 2), ("март", 3), ("апрел", 4), ("июн", 6), ("август", 8), ("сентябр", 9), ("октябр", 10), ("ноябр", 11), ("декабр", 12),
];
/// Shortest month name in which one typo is forgiven.
const TYPO_MIN: usize = 5;

/// Reads the date that begins at word `at`.
pub(super) fn at(words: &Words<'_>, at: usize) -> Option<Found> {
    let (said, end) = iso(words, at).or_else(|| numeric(words, at)).or_else(|| spoken(words, at)).or_else(|| english(words, at)).or_else(|| part_of_month(words, at))?;
    Some(Found { span: at..end, said })
}

/// "9 Jan", "Jan 9th": too short to be trusted in a message, clear enough in a command.
pub(super) fn abbreviated(words: &Words<'_>, at: usize) -> Option<Found> {
    const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = |at: usize| (1_u32..).zip(SHORT).find(|(_, name)| *name == words.word(at)).map(|(month, _)| month);
    let suffix = |at: usize| usize::from(is_suffix(words.word(at)));
    let (day, month, end) = match (words.number(at), month(at)) {
        (Some(day), None) => (day, month(at + 1 + suffix(at + 1))?, at + 2 + suffix(at + 1)),
        (None, Some(month)) => (words.number(at + 1)?, month, at + 2 + suffix(at + 2)),
        (..) => return None,
    };
    let year = year(words, end);
    let end = end + usize::from(year.is_some());
    is_day(day, month).then_some(Found { span: at..end, said: Said::Day { day, month, year } })
}

/// Reads a month's name; `loose` forgives one typo.
fn month(word: &str, loose: bool) -> Option<u32> {
    let exact = MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month);
    let folded = || CYRILLIC.iter().filter(|_| !word.is_ascii()).find(|(stem, _)| word.starts_with(&fold(stem))).map(|(_, month)| *month);
    let near = || {
        let initial = word.chars().next()?;
        let fits = |name: &str| name.len() >= TYPO_MIN && word.len() >= TYPO_MIN && name.len().abs_diff(word.len()) <= 1 && name.starts_with(initial) && strsim::osa_distance(name, word) <= 1;
        MONTHS.iter().filter(|_| loose).find(|(name, _)| fits(name)).map(|(_, month)| *month)
    };
    exact.or_else(folded).or_else(near)
}

/// A year of four digits, or of two, at `at`.
fn year(words: &Words<'_>, at: usize) -> Option<i32> {
    let word = words.word(at);
    let value: i32 = word.parse().ok()?;
    match word.len() {
        4 if (2000..2100).contains(&value) => Some(value),
        2 if (20..60).contains(&value) => Some(2000 + value),
        _ => None,
    }
}

fn iso(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let four = words.word(at).len() == 4;
    let (year, month, day) = (year(words, at).filter(|_| four)?, words.number(at + 1)?, words.number(at + 2)?);
    let dashes = words.lead(at + 1) == "-" && words.lead(at + 2) == "-";
    (dashes && is_day(day, month)).then_some((Said::Day { day, month, year: Some(year) }, at + 3))
}

fn is_day(day: u32, month: u32) -> bool {
    chrono::NaiveDate::from_ymd_opt(2028, month, day).is_some()
}

/// "15.3.", "15. 3. 2027", "15/3", "15. března", "4. a 6. ledna", "15.".
fn numeric(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let day = words.number(at).filter(|_| words.word(at).len() <= 2)?;
    let lead = words.lead(at + 1);
    if let Some(month) = month(words.word(at + 1), true).filter(|month| is_day(day, *month) && plain(lead)) {
        let year = year(words, at + 2).filter(|_| plain(words.lead(at + 2)));
        return Some((Said::Day { day, month, year }, at + if year.is_some() { 3 } else { 2 }));
    }
    if is_impossible(words, at, day) {
        return None;
    }
    if let Some(said) = first_of_two(words, at, day) {
        return Some(said);
    }
    let month = words.number(at + 1).filter(|_| words.word(at + 1).len() <= 2);
    if let Some(month) = month.filter(|month| is_day(day, *month)) {
        let dotted = matches!(lead.trim_end(), "." | ",") && (lead == "." || lead == ". " || lead == ",");
        // "na 2-3 noci" counts, it is no date
        let counts = lead == "-" && words.lead(at + 2) == " " && words.number(at + 2).is_none();
        let slashed = (lead == "/" || lead == "-" || lead == " / ") && !counts;
        let closed = words.lead(at + 2).starts_with('.');
        let clock = words.lead(at + 2).starts_with(':') || matches!(words.word(at + 2), "hod" | "hodin" | "tis" | "tisic" | "mil" | "milionu" | "kc" | "kk" | "m" | "m2");
        if (dotted && lead != ",") || (lead == "," && closed) || (slashed && !clock && !digit_after(words, at + 2)) {
            let year = year(words, at + 2).filter(|_| matches!(words.lead(at + 2), "." | ". " | "/" | "-" | " "));
            let year = year.filter(|_| words.lead(at + 2) != " " || words.word(at + 2).len() == 4);
            return (!clock).then_some((Said::Day { day, month, year }, at + if year.is_some() { 3 } else { 2 }));
        }
    }
    day_alone(words, at, day)
}

/// "31.11.", "30. února", "1.1.9999": no such day, so no date at all.
fn is_impossible(words: &Words<'_>, at: usize, day: u32) -> bool {
    let dotted = |at: usize| matches!(words.lead(at), "." | ". ");
    let numbered = words.number(at + 1).filter(|month| dotted(at + 1) && (1..=12).contains(month) && words.word(at + 1).len() <= 2);
    let month = numbered.or_else(|| month(words.word(at + 1), true).filter(|_| plain(words.lead(at + 1))));
    let far = numbered.is_some() && dotted(at + 2) && words.word(at + 2).len() == 4 && words.number(at + 2).is_some() && year(words, at + 2).is_none();
    // "15.13." is no day, "15.30" is a time
    let no_month = || words.number(at + 1).is_some_and(|month| month > 12) && words.word(at + 1).len() <= 2 && dotted(at + 1) && words.lead(at + 2).starts_with('.');
    month.is_some_and(|month| !is_day(day, month)) || far || no_month()
}

/// The second number of an impossible date names no day by itself.
fn follows_day(words: &Words<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| words.number(before).is_some_and(|day| is_impossible(words, before, day)))
}

fn digit_after(words: &Words<'_>, at: usize) -> bool {
    words.number(at).is_some() && matches!(words.lead(at), "/" | "-") && words.word(at).len() > 4
}

/// "15." or "15-ho" alone, a day of a month nobody named.
fn day_alone(words: &Words<'_>, at: usize, day: u32) -> Option<(Said, usize)> {
    let dotted = words.lead(at + 1).starts_with('.') && (1..=31).contains(&day);
    let next = words.word(at + 1);
    let thing = ["patr", "stup", "mesic", "tyden", "den", "rok", "trid", "deti", "dit", "oddel", "odd", "etap", "pokus", "rocnik"].iter().any(|stem| next.starts_with(stem));
    (dotted && !thing && !follows_day(words, at) && !words.lead(at).ends_with(['.', ','])).then_some((Said::DayOnly(day), at + 1))
}

fn plain(lead: &str) -> bool {
    !lead.is_empty() && lead.chars().all(|c| c.is_whitespace() || c == '.')
}

/// "4. a 6. ledna", "4.–6. 1.": the month is said once, after the second day.
fn first_of_two(words: &Words<'_>, at: usize, day: u32) -> Option<(Said, usize)> {
    let joined = matches!(words.word(at + 1), "a" | "az" | "nebo" | "ci" | "i");
    let second = if joined { at + 2 } else { at + 1 };
    let dashed = !joined && words.lead(at + 1).contains(['-', '–']) && words.lead(at + 1).contains('.');
    let other = words.number(second).filter(|other| (1..=31).contains(other) && (joined || dashed) && words.lead(second + 1).starts_with('.'))?;
    let month = month(words.word(second + 1), true).or_else(|| words.number(second + 1).filter(|month| words.word(second + 1).len() <= 2 && *month <= 12))?;
    (other > day && is_day(day, month)).then_some((Said::Day { day, month, year: None }, second + 2))
}

/// "dvacátého sedmého března", "patnáctého třetí".
fn spoken(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let word = words.word(at);
    if word.starts_with("posledni") && let Some(month) = month(words.word(at + 1), true) {
        return Some((Said::Part { month, from: 31, to: 31, year: None }, at + 2));
    }
    let (day, taken) = ordinal_day(words, at)?;
    let genitive = word.ends_with("ho");
    let next = at + taken;
    if let Some(month) = month(words.word(next), true).filter(|month| is_day(day, *month)) {
        let year = year(words, next + 1);
        return Some((Said::Day { day, month, year }, next + if year.is_some() { 2 } else { 1 }));
    }
    let month = super::super::numeral::ordinal(words.word(next)).filter(|month| genitive && is_day(day, *month) && plain(words.lead(next)));
    if let Some(month) = month {
        return Some((Said::Day { day, month, year: None }, next + 1));
    }
    let told = matches!(words.before(at, 1), "k" | "ke" | "od" | "az" | "vzdy" | "uz" | "ven" | "vystup" | "dne" | "domu" | "propusteni" | "na");
    let thing = ["stup", "patr", "mesic", "tyden", "den", "dn", "rok", "trid", "dit", "pad", "manzel", "lek", "zadost"].iter().any(|stem| words.word(next).starts_with(stem));
    (genitive && told && !thing && taken + day as usize > 1).then_some((Said::DayOnly(day), next))
}

/// "March 5", "March 5th", "5th of March".
fn english(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let named = month(words.word(at), false).filter(|_| is_english(words.word(at)));
    if let (Some(month), Some(day)) = (named, words.number(at + 1).filter(|_| words.lead(at + 1) == " " && words.word(at + 1).len() <= 2)) {
        let end = at + 2 + usize::from(is_suffix(words.word(at + 2)));
        return is_day(day, month).then_some((Said::Day { day, month, year: year(words, end) }, end));
    }
    let day = words.number(at).filter(|_| is_suffix(words.word(at + 1)))?;
    let next = at + 2 + usize::from(words.word(at + 2) == "of");
    let month = month(words.word(next), false).filter(|month| is_day(day, *month))?;
    Some((Said::Day { day, month, year: year(words, next + 1) }, next + 1))
}

/// An English month; "may" is too common a verb.
fn is_english(word: &str) -> bool {
    matches!(word, "january" | "february" | "march" | "april" | "june" | "july" | "august" | "september" | "october" | "november" | "december" | "dec")
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "го" | "ho")
}

/// "koncem února", "v polovině března", "začátkem dubna", "v březnu".
fn part_of_month(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let stretch = match words.word(at) {
        "koncem" | "konec" | "konci" | "zaver" | "zaverem" | "end" => Some((20, 31)),
        "zacatkem" | "zacatku" | "zacatek" | "pocatkem" | "pocatku" | "prvni" | "beginning" | "early" => Some((1, 10)),
        "polovine" | "polovinou" | "polovina" | "pulce" | "pulka" | "pul" | "uprostred" | "prostred" | "stred" | "mid" => Some((11, 20)),
        _ => None,
    };
    if let Some((from, to)) = stretch {
        let next = at + 1 + usize::from(matches!(words.word(at + 1), "mesice" | "of" | "tydnu" | "tyden"));
        let month = month(words.word(next), true)?;
        let year = year(words, next + 1);
        return Some((Said::Part { month, from, to, year }, next + if year.is_some() { 2 } else { 1 }));
    }
    let before = words.word(at);
    let told = matches!(before, "v" | "ve" | "behem" | "nekdy" | "asi" | "cca" | "kolem" | "in" | "у" | "в" | "okolo" | "od" | "do" | "uz" | "az" | "na" | "snad" | "prubehu" | "pres");
    let next = at + 1 + usize::from(matches!(words.word(at + 1), "mesici" | "mesice" | "mesic" | "prubehu"));
    let month = month(words.word(next), false).filter(|_| told)?;
    let year = year(words, next + 1);
    Some((Said::Part { month, from: 1, to: 31, year }, next + if year.is_some() { 2 } else { 1 }))
}
