//! How many clients: a couple, brothers, "3 muži", a numbered list.

use super::super::lexicon::{Criterion, Hit, Sense, near};
use super::super::numeral::cardinal;
use super::super::words::Words;
use std::ops::Range;

/// Finds two partners who look for a place together.
pub(super) fn couple(words: &Words<'_>, hits: &[Hit]) -> Option<Range<usize>> {
    let told = hits.iter().find(|hit| hit.sense == Sense::Who(Criterion::Couple)).map(|hit| hit.span.clone());
    told.or_else(|| (0..words.len()).find(|at| is_pair(words, *at)).map(|at| at..at + 1))
}

/// "Pár, oba ve výkonu" – but not "pár dní".
fn is_pair(words: &Words<'_>, at: usize) -> bool {
    let pair = matches!(words.word(at), "par" | "paru" | "parem" | "dvojice" | "dvojici");
    let ends = words.at(at + 1).is_none() || !words.lead(at + 1).trim().is_empty();
    let goes_on = matches!(words.word(at + 1), "z" | "ze" | "s" | "se" | "oba" | "hleda" | "chce" | "bez" | "do" | "potrebuje" | "ma" | "ktery" | "po" | "ve");
    pair && (ends || goes_on) && !matches!(words.before(at, 1), "za" | "na" | "jen" | "o" | "uz" | "nejsou" | "nejde" | "ne")
}

/// Finds a number of clients above one.
pub(super) fn clients(words: &Words<'_>, hits: &[Hit]) -> Option<(u8, Range<usize>)> {
    let counted = (0..words.len()).find_map(|at| {
        let count = words.number(at).or_else(|| cardinal(words.word(at))).or_else(|| collective(words.word(at)))?;
        let next = at + 1 + usize::from(["dalsi", "nas", "odsouzen", "mlad", "starsi", "propousten", "propusten"].iter().any(|stem| words.word(at + 1).starts_with(stem)) && is_people(hits, at + 2));
        let plain = words.lead(at + 1) == " " && !words.lead(at).ends_with(['.', '/', '#']);
        // "táta dvou kluků"
        let parent = ["tata", "taty", "tatu", "otec", "otce", "otcem", "matk", "mama", "mamu", "mamink", "rodic", "samoziv"].iter().any(|stem| words.before(at, 1).starts_with(stem));
        // "dva kluci 7 a 11", "dvě holky v pěstounské péči": children
        let child = ["kluk", "kluc", "hol", "det", "dcer", "syn"].iter().any(|stem| words.word(next).starts_with(stem));
        // "klientka s dvěma kluky"
        let with = child && matches!(words.before(at, 1), "s" | "se" | "na" | "o");
        let young = child && words.number(next + 1).is_some_and(|age| age < 15) && words.lead(next + 1) == " " || words.word(next + 1) == "v" && ["pestoun", "detsk", "decak", "ustav"].iter().any(|stem| words.word(next + 2).starts_with(stem));
        (!parent && !young && !with && (2..=50).contains(&count) && is_people(hits, next) && plain).then(|| (u8::try_from(count).unwrap_or(u8::MAX), at..next + 1))
    });
    counted.or_else(|| both(words)).or_else(|| enumerated(words, hits).map(|count| (count, 0..1)))
}

fn is_people(hits: &[Hit], at: usize) -> bool {
    near(hits, &(at..at + 1)).iter().any(|hit| hit.sense == Sense::Who(Criterion::People) && hit.span.start == at)
}

fn collective(word: &str) -> Option<u32> {
    match word {
        "dvema" | "dvou" | "oba" | "dvoum" | "two" => Some(2),
        "trem" | "tremi" | "trech" | "trojice" | "three" => Some(3),
        "ctyrem" | "ctyrech" | "ctyrmi" | "four" => Some(4),
        "peti" => Some(5),
        "sesti" => Some(6),
        _ => None,
    }
}

/// "oba", "bratry": two.
fn both(words: &Words<'_>) -> Option<(u8, Range<usize>)> {
    (0..words.len())
        .find(|at| matches!(words.word(*at), "oba" | "obou" | "obema" | "bratry" | "bratri" | "bratrum" | "sourozence" | "sourozenci") && !matches!(words.word(at + 1), "staty" | "statu" | "rodice" | "terminy"))
        .map(|at| (2, at..at + 1))
}

/// Counts the items of a numbered or dashed list, from three on – where clients are listed, not needs.
fn enumerated(words: &Words<'_>, hits: &[Hit]) -> Option<u8> {
    let lines = words.text.lines().filter(|line| line.trim_start().starts_with(['-', '•', '*', '–'])).count();
    let mut items: Vec<usize> = Vec::new();
    for at in 0..words.len() {
        let expected = u32::try_from(items.len() + 1).ok();
        let item = words.number(at) == expected && words.lead(at + 1).starts_with([')', '.']) && !words.lead(at + 1).starts_with("..") && words.number(at + 1).is_none();
        let begins = at == 0 || words.lead(at + 1).starts_with(')') || !words.lead(at).trim().is_empty() || words.lead(at).contains('\n');
        if item && begins {
            items.push(at);
        }
    }
    let ends = items.iter().skip(1).copied().chain(std::iter::once(words.len()));
    let clients = items.iter().zip(ends).filter(|(at, end)| (*at + 1..*end).any(|at| is_somebody(words, hits, at))).count();
    let count = if clients >= 2 { lines.max(items.len()) } else { lines };
    (count >= 3 && (0..words.len()).filter(|at| is_somebody(words, hits, *at)).count() >= 2).then(|| u8::try_from(count).unwrap_or(u8::MAX))
}

/// A word for a client, an age or a covered name.
fn is_somebody(words: &Words<'_>, hits: &[Hit], at: usize) -> bool {
    let named = near(hits, &(at..at + 1)).iter().any(|hit| hit.span.contains(&at) && matches!(hit.sense, Sense::Who(Criterion::Person | Criterion::Man | Criterion::Woman)));
    named || words.word(at).is_empty() || words.number(at).is_some_and(|age| (18..=89).contains(&age))
}
