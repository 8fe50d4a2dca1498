//! Dates counted from now: "zítra", "v pátek", "příští středu", "za 14 dní", "před týdnem", "na Vánoce".

use super::super::numeral::cardinal_at;
use super::super::words::Words;
use super::{Found, Said, Turn};

/// Reads the date that begins at word `at`.
pub(super) fn at(words: &Words<'_>, at: usize) -> Option<Found> {
    let (said, end) = named_day(words, at)
        .or_else(|| weekday_of_week(words, at))
        .or_else(|| weekday(words, at))
        .or_else(|| counted(words, at))
        .or_else(|| week(words, at))
        .or_else(|| feast(words, at))?;
    Some(Found { span: at..end, said })
}

/// Compares a Cyrillic name with a folded word; Latin words are not folded again.
fn is_same(name: &str, word: &str) -> bool {
    !word.is_ascii() && crate::domain::fold(name) == word
}

fn named_day(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let said = match words.word(at) {
        "zitra" | "zejtra" | "zytra" | "zitrka" | "zitrek" | "zajtra" | "tomorrow" | "завтра" | "jutro" | "zitrejsi" | "zitřa" | "zitr" | "zitrejsim" | "zitrejsiho" => Said::In { days: 1, spread: 0 },
        "pozitri" | "pozejtri" | "pozitrku" | "pozajtra" | "pojutrze" => Said::In { days: 2, spread: 0 },
        word if is_same("післязавтра", word) || word == "послезавтра" => Said::In { days: 2, spread: 0 },
        "popozitri" => Said::In { days: 3, spread: 0 },
        "dnes" | "dneska" | "dnesni" | "dnesek" | "today" | "tonight" | "dzis" | "dzisiaj" | "сегодня" => Said::Now(0),
        word if is_same("сьогодні", word) => Said::Now(0),
        "vcera" | "vcerejska" | "vcerejsek" | "yesterday" | "вчора" | "вчера" | "wczoraj" => Said::Now(-1),
        "predevcirem" | "predvcerem" => Said::Now(-2),
        _ => return None,
    };
    Some((said, at + 1))
}

/// Reads the name of a weekday, 0 = Monday; the abbreviations count only where `short` allows them.
fn day_name(word: &str, short: bool) -> Option<u32> {
    const NAMES: [&[&str]; 7] = [
        &["pondeli", "pondelka", "pondelek", "pondelok", "pondeliho", "pondelim", "pondelku", "monday", "понедельник", "pondelky"],
        &["utery", "uterka", "uterek", "uteri", "uteryho", "utorok", "tuesday", "вторник", "вівторок"],
        &["streda", "stredu", "stredy", "stredou", "stredem", "wednesday", "среду", "середу"],
        &["ctvrtek", "ctvrtka", "ctvrtku", "ctvrtkem", "stvrtok", "thursday", "четверг", "четвер"],
        &["patek", "patku", "patka", "patkem", "piatok", "friday", "пятницу", "пятниці", "п'ятницю", "пятницю"],
        &["sobota", "sobotu", "soboty", "sobotou", "saturday", "субботу", "суботу"],
        &["nedele", "nedeli", "nedelou", "nedelu", "sunday", "воскресенье", "неділю"],
    ];
    const SHORT: [&[&str]; 7] = [&["po"], &["ut"], &["st"], &["ct"], &["pa"], &["so"], &["ne"]];
    let position = |lists: &[&[&str]; 7]| lists.iter().position(|names| names.iter().any(|name| *name == word || is_same(name, word)));
    let near = || {
        let close = |name: &&str| name.len() >= 6 && name.is_ascii() && word.len() >= 6 && name.len().abs_diff(word.len()) <= 1 && name.get(..1) == word.get(..1) && !word.starts_with("nejd") && strsim::osa_distance(name, word) <= 1;
        NAMES.iter().position(|names| names.iter().any(close))
    };
    let index = position(&NAMES).or_else(|| if short { position(&SHORT) } else { None }).or_else(near)?;
    u32::try_from(index).ok()
}

/// "příští středu", "v pátek", "tuhle sobotu", "v po 5.1."
fn weekday(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let word = words.word(at);
    if let Some(turn) = turn(word) {
        let preposition = usize::from(matches!(words.word(at + 1), "v" | "ve" | "на"));
        let day = day_name(words.word(at + 1 + preposition), true)?;
        return Some((Said::Weekday { day, turn }, at + 2 + preposition));
    }
    let preposition = matches!(word, "v" | "ve" | "od" | "na" | "uz" | "до" | "у" | "в" | "on" | "next");
    if preposition && let Some(day) = day_name(words.word(at + 1), ends_short(words, at + 2)) {
        let end = at + 2;
        if words.word(end) == "za" && words.word(end + 1) == "tyden" || words.word(end) == "tyden" {
            return Some((Said::Weekday { day, turn: Turn::Later(1) }, end + 2));
        }
        return not_before_date(words, end).then_some((Said::Weekday { day, turn: Turn::Coming }, end));
    }
    let day = day_name(word, false).filter(|_| !word.starts_with("strej"))?;
    not_before_date(words, at + 1).then_some((Said::Weekday { day, turn: Turn::Coming }, at + 1))
}

/// An abbreviated weekday must be followed by a number or by the end of its clause.
fn ends_short(words: &Words<'_>, next: usize) -> bool {
    words.number(next).is_some() || words.at(next).is_none() || !words.lead(next).trim().is_empty()
}

/// "v pátek 13.3." is the date, not the coming Friday.
fn not_before_date(words: &Words<'_>, next: usize) -> bool {
    !(words.number(next).is_some_and(|day| day <= 31) && words.lead(next + 1).starts_with('.') && words.lead(next).chars().count() <= 2)
}

fn turn(word: &str) -> Option<Turn> {
    match word {
        "pristi" | "pristim" | "dalsi" | "buduci" | "next" | "nasledujici" | "наступного" | "следующий" | "следующую" | "nastepny" => Some(Turn::NextWeek),
        "prespristi" => Some(Turn::Later(1)),
        "tento" | "tuto" | "tuhle" | "tenhle" | "tohle" | "toto" | "nejblizsi" | "this" | "nadchazejici" => Some(Turn::Coming),
        "minuly" | "minulou" | "minule" | "minulej" | "last" | "uplynuly" => Some(Turn::Last),
        _ => None,
    }
}

/// "příští týden v úterý", "za týden v pátek", "tento týden ve čtvrtek".
fn weekday_of_week(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let first = words.word(at);
    if !matches!(words.word(at + 1), "tyden" | "tydnu" | "week") {
        return None;
    }
    let from = at + 2 + usize::from(matches!(words.word(at + 2), "v" | "ve" | "hned" | "uz"));
    let day = day_name(words.word(from), true)?;
    let turn = if first == "za" { Turn::NextWeek } else { turn(first)? };
    Some((Said::Weekday { day, turn }, from + 1))
}

/// "za 14 dní", "za měsíc", "za tři týdny", "před týdnem", "do 14 dnů", "venku týden".
fn counted(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let sign = match words.word(at) {
        "za" | "in" | "o" | "через" => 1,
        "pred" | "тому" => -1,
        "do" | "behem" | "within" => 0,
        "venku" | "svobode" | "doma" | "uz" => return since(words, at),
        _ => return None,
    };
    let from = at + 1 + usize::from(matches!(words.word(at + 1), "asi" | "cca" | "zhruba" | "nejakych" | "necele" | "about" | "par"));
    let half = words.word(from) == "pul";
    let (count, taken) = if half { (1, 1) } else { cardinal_at(words, from).unwrap_or((1, 0)) };
    let (days, exact) = unit(words.word(from + taken))?;
    if count > 400 || words.word(from + taken + 1) == "od" || words.word(from + taken + 1) == "po" {
        return None;
    }
    let total = if half { days / 2 } else { days * i64::from(count) };
    let end = from + taken + 1;
    let said = match sign {
        0 => Said::Stretch { from: 0, to: total },
        sign if exact => Said::In { days: sign * total, spread: 0 },
        sign => Said::In { days: sign * total, spread: (total / 6).clamp(5, 15) },
    };
    Some((said, end))
}

/// "jsem venku týden", "už tři dny na svobodě".
fn since(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let from = at + 1 + usize::from(matches!(words.word(at + 1), "uz" | "asi" | "teprve" | "cca" | "jen" | "od" | "je" | "jsem"));
    let (count, taken) = cardinal_at(words, from).unwrap_or((1, 0));
    let (days, _) = unit(words.word(from + taken))?;
    let told = words.word(at) != "uz" || matches!(words.word(from + taken + 1), "venku" | "na");
    (told && count <= 60).then_some((Said::Now(-days * i64::from(count)), from + taken + 1))
}

/// Days of a unit of time, and whether it is counted exactly.
fn unit(word: &str) -> Option<(i64, bool)> {
    match word {
        "den" | "dny" | "dni" | "dnu" | "dnem" | "day" | "days" | "дні" | "днів" | "дня" | "дней" | "день" | "дн" => Some((1, true)),
        "tyden" | "tydny" | "tydnu" | "tydnem" | "tydne" | "week" | "weeks" | "тиждень" | "тижні" | "неделю" | "недели" | "tyzden" | "tyzdne" => Some((7, true)),
        "ctrnact" => Some((14, true)),
        "mesic" | "mesice" | "mesicu" | "mesicem" | "month" | "months" | "месяц" | "місяць" | "mesiac" | "mesiace" => Some((30, false)),
        "rok" | "roku" | "year" => Some((365, false)),
        word if is_same("дні", word) || is_same("днів", word) || is_same("дней", word) => Some((1, true)),
        word if is_same("тиждень", word) || is_same("тижні", word) => Some((7, true)),
        _ => None,
    }
}

/// "příští týden", "tento týden", "o víkendu", "příští měsíc".
fn week(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    match (words.word(at), words.word(at + 1)) {
        ("pristi" | "dalsi" | "next", "tyden" | "week") => Some((Said::Weekdays { from: 0, to: 6, turn: Turn::NextWeek }, at + 2)),
        ("pristi" | "dalsi" | "next", "mesic" | "month") => Some((Said::In { days: 30, spread: 15 }, at + 2)),
        ("minuly" | "last", "tyden" | "week") => Some((Said::Stretch { from: -11, to: -3 }, at + 2)),
        ("minuly" | "last", "mesic" | "month") => Some((Said::Stretch { from: -45, to: -15 }, at + 2)),
        ("o" | "tento" | "na", "vikendu" | "vikend") => Some((Said::Weekdays { from: 5, to: 6, turn: Turn::Coming }, at + 2)),
        _ => None,
    }
}

/// Feasts people count with.
fn feast(words: &Words<'_>, at: usize) -> Option<(Said, usize)> {
    let before = words.before(at, 1);
    let day = |day, month| Said::Day { day, month, year: None };
    let (said, end) = match (words.word(at), words.word(at + 1)) {
        ("stedry", "den") | ("stedreho", "dne") | ("stedrem", "dni" | "dnu") => (day(24, 12), at + 2),
        ("silvestra" | "silvestr", _) => (day(31, 12), at + 1),
        ("novem" | "novy", "roce" | "rok") if before == "po" => (Said::Part { month: 1, from: 1, to: 10, year: None }, at + 2),
        ("novy", "rok") => (day(1, 1), at + 2),
        ("vanoci" | "vanoce" | "vanocich" | "vanocemi", _) if before == "pred" => (Said::Part { month: 12, from: 14, to: 23, year: None }, at + 1),
        ("vanoce" | "vanoci" | "vanocich", _) if matches!(before, "na" | "o" | "pres") => (Said::Part { month: 12, from: 24, to: 26, year: None }, at + 1),
        ("vanocich" | "svatcich", _) if before == "po" => (Said::Part { month: 12, from: 27, to: 31, year: None }, at + 1),
        ("mikulase", _) if before == "na" => (day(6, 12), at + 1),
        _ => return None,
    };
    Some((said, end))
}
