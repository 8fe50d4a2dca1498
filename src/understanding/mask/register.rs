//! Frequent given names and surnames in all their case forms, folded. Made once, at the first message;
//! `name` asks whether a word is one, and decides itself whether it is meant as a name.

use crate::domain::{Sex, fold};
use std::collections::HashSet;
use std::sync::OnceLock;

/// All case forms of men's given names, folded.
pub(super) fn men() -> &'static HashSet<String> {
    static FORMS: OnceLock<HashSet<String>> = OnceLock::new();
    FORMS.get_or_init(|| include_str!("given.txt").split_whitespace().flat_map(|name| masculine(&fold(name))).filter(|form| form.len() >= 3).collect())
}

/// All case forms of women's given names, folded.
pub(super) fn women() -> &'static HashSet<String> {
    static FORMS: OnceLock<HashSet<String>> = OnceLock::new();
    FORMS.get_or_init(|| include_str!("given_women.txt").split_whitespace().flat_map(|name| feminine(&fold(name))).filter(|form| form.len() >= 3).collect())
}

/// Tells whose given name a word is; none where both bear it, or nobody known.
#[must_use]
pub fn bearer(word: &str) -> Option<Sex> {
    let word = fold(word);
    let is_in = |names: &str| names.split_whitespace().any(|name| fold(name) == word);
    match (is_in(include_str!("given.txt")), is_in(include_str!("given_women.txt"))) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        (true, true) | (false, false) => None,
    }
}

/// All case forms of frequent (and of plainly invented) surnames, folded.
pub(super) fn surnames() -> &'static HashSet<String> {
    static FORMS: OnceLock<HashSet<String>> = OnceLock::new();
    FORMS.get_or_init(|| {
        include_str!("surname.txt").split_whitespace().flat_map(|name| surname(name, &fold(name))).filter(|form| form.len() >= 4).collect()
    })
}

fn with(stem: &str, endings: &[&str]) -> Vec<String> {
    endings.iter().map(|ending| format!("{stem}{ending}")).collect()
}

/// Case forms of a man's name, from its folded nominative.
fn masculine(name: &str) -> Vec<String> {
    if let Some(stem) = name.strip_suffix('a') {
        return with(stem, &["a", "y", "ovi", "u", "o", "ou", "i", "e"]);
    }
    if let Some(stem) = name.strip_suffix('o') {
        return with(stem, &["o", "a", "ovi", "u", "em"]);
    }
    if name.ends_with(['i', 'e', 'y']) {
        return with(name, &["", "ho", "mu", "m", "em"]);
    }
    let mut forms = with(name, &["", "a", "ovi", "u", "em", "e", "i"]);
    for (long, short) in [("ek", "k"), ("el", "l"), ("en", "n"), ("ec", "c"), ("er", "r")] {
        if let Some(stem) = name.strip_suffix(long) {
            forms.extend(with(&format!("{stem}{short}"), &["a", "ovi", "u", "em", "e", "i"]));
        }
    }
    forms
}

/// Case forms of a woman's name, from its folded nominative.
fn feminine(name: &str) -> Vec<String> {
    if let Some(stem) = name.strip_suffix('a') {
        let mut forms = with(stem, &["a", "y", "e", "u", "ou", "o", "i"]);
        for (hard, soft) in [("k", "ce"), ("ch", "se"), ("g", "ze"), ("h", "ze")] {
            forms.extend(stem.strip_suffix(hard).map(|base| format!("{base}{soft}")));
        }
        return forms;
    }
    if let Some(stem) = name.strip_suffix('e') {
        return with(stem, &["e", "i", "im", "ich"]);
    }
    with(name, &["", "y", "e", "u", "ou", "i"])
}

/// Case forms of a surname, masculine and feminine, and its plurals.
fn surname(name: &str, folded: &str) -> Vec<String> {
    if name.ends_with('ý') || name.ends_with('í') {
        let stem = folded.get(..folded.len() - 1).unwrap_or(folded);
        let endings: &[&str] = if name.ends_with('ý') { &["y", "eho", "emu", "ym", "em", "a", "e", "ou", "ych", "ymi"] } else { &["i", "iho", "imu", "im", "i", "ich"] };
        return with(stem, endings);
    }
    let mut forms = masculine(folded);
    let stem = folded.strip_suffix(['a', 'o', 'e']).unwrap_or(folded);
    let short = ["ek", "el", "ec", "en"].iter().find_map(|long| stem.strip_suffix(long).map(|base| format!("{base}{}", long.get(1..).unwrap_or_default())));
    for base in std::iter::once(stem.to_owned()).chain(short) {
        forms.extend(with(&base, &["ova", "ove", "ovou", "ovi", "ovych", "ovymi", "ovy"]));
    }
    forms
}
