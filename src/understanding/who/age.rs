//! The client's age: "46", "22 let", "(36)", "starší 61", "pětačtyřicetiletý" – not a child's, not the years of a sentence.

use super::super::clause::{is_kin, is_relative};
use super::super::lexicon::{Criterion, Hit, Sense, near};
use super::super::numeral::{cardinal_at, years_in_word};
use super::super::words::Words;
use crate::domain::AgeBand;
use std::ops::Range;

/// Returns the age band, when all ages that are told fall into one.
pub(super) fn band(words: &Words<'_>, hits: &[Hit], several: bool, family_writes: bool) -> Option<(AgeBand, Range<usize>)> {
    let told: Vec<(AgeBand, Range<usize>)> =
        (0..words.len()).filter_map(|at| age(words, hits, at, family_writes)).filter_map(|(age, span)| Some((AgeBand::of(age)?, span))).collect();
    let first = told.first().cloned();
    if several && told.iter().any(|(band, _)| Some(*band) != first.as_ref().map(|(first, _)| *first)) {
        return None;
    }
    first.or_else(|| (0..words.len()).find_map(|at| alone(words, at))).or_else(|| named(hits, Criterion::Minor, AgeBand::Minor)).or_else(|| senior(words, hits))
}

/// "Aš, 41, azylák", "Moldavan, 35.": a number between commas that can be nothing but an age.
fn alone(words: &Words<'_>, at: usize) -> Option<(AgeBand, Range<usize>)> {
    let age = words.number(at).filter(|age| (18..=89).contains(age) && words.word(at).len() == 2)?;
    let behind = words.lead(at + 1);
    let ends = behind.trim_end() == "," && behind.len() > 1 || (behind.trim() == "." || behind.trim().is_empty()) && (words.at(at + 1).is_none() || behind.len() > 1 && words.at(at + 1).is_some_and(|next| next.capital));
    let opens = matches!(words.lead(at).trim(), "," | "),") && at > 0 || at == 0 && behind == ", ";
    let dated = words.number(at + 1).is_some() || at > 0 && words.number(at - 1).is_some();
    (opens && ends && !dated).then(|| Some((AgeBand::of(u8::try_from(age).ok()?)?, at..at + 1))).flatten()
}

fn named(hits: &[Hit], criterion: Criterion, band: AgeBand) -> Option<(AgeBand, Range<usize>)> {
    hits.iter().find(|hit| hit.sense == Sense::Who(criterion)).map(|hit| (band, hit.span.clone()))
}

/// "senior", but not "domov pro seniory" or an old man somebody else is.
fn senior(words: &Words<'_>, hits: &[Hit]) -> Option<(AgeBand, Range<usize>)> {
    hits.iter()
        .find(|hit| hit.sense == Sense::Who(Criterion::Senior) && !matches!(words.before(hit.span.start, 1), "u" | "k" | "za" | "ke") && !words.before(hit.span.start, 1).starts_with("inv") && words.before(hit.span.start, 2) != "domov")
        .map(|hit| (AgeBand::Senior, hit.span.clone()))
}

/// Reads an age of the client at `at`.
fn age(words: &Words<'_>, hits: &[Hit], at: usize, family_writes: bool) -> Option<(u8, Range<usize>)> {
    if let Some(age) = years_in_word(words.word(at)) {
        return own(words, hits, at, family_writes).then(|| (u8::try_from(age).unwrap_or(0), at..at + 1));
    }
    let born = matches!(words.before(at, 1), "rocnik" | "nar" | "narozen" | "narozena" | "narozeny" | "rocnika");
    if born {
        return None;
    }
    let (age, taken) = cardinal_at(words, at).filter(|(age, _)| (15..=99).contains(age))?;
    let end = at + taken;
    let fits = own(words, hits, at, family_writes) && !is_part_of_number(words, at, end);
    let sure = is_years(words, end) && years_are_age(words, hits, at, end);
    let spoken_of = matches!((words.before(at, 2), words.before(at, 1)), ("je", "mu" | "ji" | "mi") | ("mu" | "ji" | "mi", "je"));
    let bare = (words.number(at).is_some() || spoken_of) && bare_age(words, hits, at, end);
    (fits && (sure || bare)).then(|| (u8::try_from(age).unwrap_or(0), at..end))
}

/// A number that belongs to a date, an amount, a reference or a capacity.
fn is_part_of_number(words: &Words<'_>, at: usize, end: usize) -> bool {
    let (lead, behind) = (words.lead(at), words.lead(end));
    let dotted_before = lead.ends_with('.') && words.number(at.wrapping_sub(1)).is_some();
    // "Muž 53. 18.3.": above 31 it is no day
    let sentence = behind == ". " && words.number(at).is_some_and(|value| value > 31);
    let dotted_behind = !sentence && behind.starts_with(['.', '/', ':', ',']) && words.number(end).is_some() && !behind.contains(", ") && !behind.contains(") ");
    let dot_month = behind.starts_with('.') && words.at(end).is_some_and(|word| word.folded.len() > 2) && behind == ". " && !words.at(end).is_some_and(|word| word.capital);
    // "25 March"
    let month = matches!(words.word(end), "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october" | "november" | "december" | "feb" | "mar" | "apr" | "aug" | "sept" | "oct" | "nov" | "dec");
    month || dotted_before || dotted_behind || dot_month || lead.ends_with(['#', '/', '-', '+', '§']) || behind.starts_with(['%', '+', '/'])
}

fn is_years(words: &Words<'_>, at: usize) -> bool {
    matches!(words.word(at), "let" | "letech" | "roku" | "rokov" | "roky" | "r" | "leta" | "lety" | "leteho" | "letemu" | "letym" | "letou" | "ti" | "tilety" | "tileta" | "years" | "yrs" | "yo" | "y" | "лет" | "лiт" | "rocny" | "rocna")
        || (!words.word(at).is_ascii() && ["років", "роки"].iter().any(|years| crate::domain::fold(years) == words.word(at)))
}

/// Years of life, not of a sentence, a stay or abstinence.
fn years_are_age(words: &Words<'_>, hits: &[Hit], at: usize, end: usize) -> bool {
    const SPAN_BEFORE: &[&str] = &["po", "na", "za", "pres", "uz", "trest", "sedel", "sedela", "delka", "pred", "behem", "az", "do", "o", "cr", "vykonu", "poslednich", "dalsich", "trestu", "odsedel", "odsedela", "celych", "vezeni", "dostal", "dostala", "vice", "nez"];
    const SPAN_BEHIND: &[&str] = &["vezeni", "praxe", "ve", "v", "natvrdo", "trestu", "zpet", "nepodminene", "cisty", "cista", "cistej", "abstinuje", "bez", "spal", "uvnitr", "basy", "odnetí", "za", "pil", "bral", "na", "ostrahy", "kriminalu", "zivota"];
    let before = words.before(at, 1);
    let behind = words.word(end + 1);
    let suffixed = !matches!(words.word(end), "let" | "roku" | "roky" | "letech" | "lety" | "r");
    if suffixed || matches!(before, "mu" | "ji" | "je" | "veku" | "vek" | "bude" | "starsi" | "mladsi" | "aged") {
        return !SPAN_BEHIND.contains(&behind) || suffixed;
    }
    if SPAN_BEFORE.contains(&before) {
        return false;
    }
    let person = is_person(words, hits, at.wrapping_sub(1)) || is_person(words, hits, end + 1);
    let alone = (words.lead(at).contains([',', '(', '.', ';', '-', '–', '\n']) || at == 0) && (!words.lead(end + 1).trim().is_empty() || words.at(end + 1).is_none());
    person || alone || !SPAN_BEHIND.contains(&behind)
}

/// A number without "let": in brackets, right behind a word for a person or a name, or alone between commas.
fn bare_age(words: &Words<'_>, hits: &[Hit], at: usize, end: usize) -> bool {
    let (lead, behind) = (words.lead(at), words.lead(end));
    let unit = ["tis", "kc", "korun", "mist", "dn", "mesic", "tyd", "hod", "let", "exekuc", "osob", "lid", "klient", "muz", "zen", "luz", "lozk", "patr", "det", "roku", "krat", "stup", "km", "mil", "rok"];
    let counts = (unit.iter().any(|stem| words.word(end).starts_with(stem)) || matches!(words.word(end), "m" | "kk" | "x" | "r")) && behind.chars().all(|c| c == ' ') && !behind.is_empty();
    // "Znojmo 47 muz", but "Praha 15 muž"
    let city = matches!(words.before(at, 1), "praha" | "praze" | "prahy" | "brno" | "plzen" | "ostrava");
    let before_man = matches!(words.word(end), "muz" | "zena" | "pan" | "pani" | "klient" | "klientka") && behind == " " && lead == " " && at > 0;
    if before_man && !city && !matches!(words.before(at, 1), "jeden" | "nas" | "mame") {
        return true;
    }
    if counts && !is_years(words, end) {
        return false;
    }
    let bracketed = lead.ends_with('(') && (behind.starts_with([')', ',', ';']) || is_years(words, end));
    let after_person = is_person(words, hits, at.wrapping_sub(1)) && lead.trim().len() <= 1 && (!lead.contains('.') || words.before(at, 1) == "ods");
    let after_name = words.word(at.wrapping_sub(1)).is_empty() && at > 0 && lead.trim().len() <= 1;
    let between = lead.trim() == "," && (behind.trim().starts_with([',', ';', '.']) || words.at(end).is_none()) && !behind.starts_with(". ") | behind.contains(',') && person_before(words, hits, at);
    let heads = lead.trim() == "," && behind == ", " && is_person(words, hits, end);
    let old = matches!(words.before(at, 1), "vek" | "veku" | "age" | "aged" | "cca" | "asi" | "okolo" | "kolem" | "starsi" | "ve") && person_before(words, hits, at) && !words.lead(end).starts_with('.');
    let is_him = matches!((words.before(at, 2), words.before(at, 1)), ("je" | "bylo" | "bude", "mu" | "ji" | "mi") | ("he" | "she", "is") | ("mu" | "ji" | "mi", "je" | "bylo" | "bude"));
    // "má 17 a jde z vazby"
    let has = matches!(words.before(at, 1), "ma" | "mam") && lead == " " && (at == 1 || person_before(words, hits, at)) && (behind.trim().starts_with([',', ';', '.', '-', '–']) && !behind.starts_with(['-', '.']) || words.word(end) == "a" || words.at(end).is_none());
    let turns = matches!(words.before(at, 1), "bude" | "bylo" | "je") && is_person(words, hits, at.wrapping_sub(2)) && lead == " " && (matches!(words.word(end), "a" | "let") || behind.trim().starts_with([',', ';']) || words.at(end).is_none());
    let both = matches!(words.before(at, 1), "oba" | "obe") && lead == " " && behind.starts_with([',', '.', ')']);
    both || has || turns || bracketed || after_person || after_name || between || heads || (old && lead == " ") || is_him
}

fn is_person(words: &Words<'_>, hits: &[Hit], at: usize) -> bool {
    let is = |criterion: Criterion| near(hits, &(at..at.saturating_add(1))).iter().any(|hit| hit.sense == Sense::Who(criterion) && hit.span.contains(&at));
    is(Criterion::Person) && !is(Criterion::ChildWord) && words.at(at).is_some()
}

/// A word for a person stands in the same sentence, up to six words before.
fn person_before(words: &Words<'_>, hits: &[Hit], at: usize) -> bool {
    (1..=6).filter_map(|back| at.checked_sub(back)).any(|before| words.same_sentence(before, at) && is_person(words, hits, before))
}

/// Not a child's: "syn 19 let" is an age, but not the client's – unless the message of a family opens with it.
fn own(words: &Words<'_>, hits: &[Hit], at: usize, family_writes: bool) -> bool {
    // "jeho matka (74)", "k přítelkyni (34)"
    let relative = at.checked_sub(1).is_some_and(|before| is_relative(words, hits, before)) && (words.lead(at).trim() == "(" || words.lead(at).trim() == "," && is_kin(words, at - 1));
    let convicted = words.before(at, 2).starts_with("odsouzen") || words.before(at, 2).starts_with("mlad");
    let told = relative && !family_writes && !convicted && (at > 1 || matches!(words.word(0), "jeho" | "jeji"));
    if told {
        return false;
    }
    !(1..=2).any(|back| {
        let word = words.before(at, back);
        let child = ["syn", "dcer", "dit", "det", "vnu", "miminko", "kluk s"].iter().any(|stem| word.starts_with(stem));
        child && !(family_writes && back == at) && (words.same_clause(at.saturating_sub(back), at) || back == 1 && words.lead(at).contains('(')) && !matches!(words.before(at, back + 1), "muj" | "moje" | "nas" | "nase" | "mojeho" | "naseho" | "meho")
    })
}

/// The number of years right behind a word for a child: "syn 9 let", "dcera (4)", "děti 3 a 5 let".
pub(super) fn number_behind(words: &Words<'_>, at: usize) -> Option<u32> {
    let at = at + usize::from(["klient", "odsouzen"].iter().any(|stem| words.word(at).starts_with(stem)));
    let from = at + usize::from(matches!(words.word(at), "ve" | "ma" | "je" | "mu" | "ji")) + usize::from(words.word(at + 1) == "veku" || matches!(words.word(at + 1), "mu" | "ji"));
    let (age, taken) = cardinal_at(words, from)?;
    let behind = words.word(from + taken);
    let years = is_years(words, from + taken) || matches!(behind, "mesicu" | "mesice" | "mesic" | "tydnu" | "a" | "rok");
    let date = words.lead(from + taken).starts_with('.') && (words.number(from + taken).is_some() || words.at(from + taken).is_some_and(|word| !word.capital && word.folded.len() > 4));
    let set_off = words.lead(from).contains('(') || words.lead(from) == " " && !date;
    let months = behind.starts_with("mesic") || behind.starts_with("tyd");
    (years || set_off).then_some(if months { 0 } else { age })
}
