//! Which option a person meant: by key, number, label, a close spelling.

use super::Choice;
use crate::domain::{fold, fold_word};

/// Spellings at least this similar count as the label.
const CLOSE_MIN: f64 = 0.8;
/// Shorter words are too easily alike.
const CLOSE_CHARACTERS_MIN: usize = 4;
/// A longer message is an account, not a choice.
const WORDS_MAX: usize = 6;

/// Words that only point: "ten Králové", "ta druhá".
const POINTING: [&str; 8] = ["ten", "ta", "to", "tu", "tou", "the", "that", "za"];
/// How people say a key.
const KEYS: [(&str, &[&str]); 5] = [
    ("1", &["jedna", "jednicka", "jednicku", "prvni", "one", "first"]),
    ("2", &["dva", "dve", "dvojka", "dvojku", "druha", "druhy", "druhe", "druhou", "two", "second"]),
    ("3", &["tri", "trojka", "trojku", "treti", "three", "third"]),
    ("4", &["ctyri", "ctyrka", "ctyrku", "ctvrta", "ctvrty", "ctvrte", "ctvrtou", "four", "fourth"]),
    ("5", &["pet", "petka", "petku", "pata", "paty", "pate", "patou", "five", "fifth"]),
];

/// Finds the option with this key.
pub(crate) fn by_key<'a>(options: &'a [Choice], key: &str) -> Option<&'a Choice> {
    options.iter().find(|option| option.key == key)
}

/// Finds the option whose number, label or value was written exactly.
pub(crate) fn exact<'a>(options: &'a [Choice], text: &str) -> Option<&'a Choice> {
    let said = fold_word(text);
    // A number on its own is a key, even where another option's value looks the same.
    by_key(options, &said).or_else(|| {
        options.iter().find(|option| {
            let label = fold_word(&option.label);
            said == label || said == fold_word(&option.value) || numbered(&said, &option.key, &label)
        })
    })
    .or_else(|| spoken_key(pointed(&said)).and_then(|key| by_key(options, key)))
}

/// What is left of a text when words that only point are taken from its beginning.
fn pointed(said: &str) -> &str {
    said.split_once(' ').filter(|(first, _)| POINTING.contains(first)).map_or(said, |(_, rest)| rest.trim())
}

fn spoken_key(word: &str) -> Option<&'static str> {
    KEYS.iter().find(|(_, words)| words.contains(&word)).map(|(key, _)| *key)
}

/// Finds the only option whose label is nearly what was written, begins with it or is a part of it.
pub(crate) fn close<'a>(options: &'a [Choice], text: &str) -> Option<&'a Choice> {
    let said = fold_word(text);
    let said = pointed(&said).to_owned();
    if said.chars().count() < CLOSE_CHARACTERS_MIN || said.split_whitespace().count() > WORDS_MAX {
        return None;
    }
    let tests: [fn(&str, &str) -> bool; 3] = [
        |said, label| strsim::normalized_damerau_levenshtein(said, label) >= CLOSE_MIN,
        |said, label| label.starts_with(said) || word_in(label, said),
        word_in,
    ];
    tests.into_iter().find_map(|test| only(options.iter().filter(|option| test(&said, &fold_word(&option.label)))))
}

/// "2 další služby", "2. další služby".
fn numbered(said: &str, key: &str, label: &str) -> bool {
    let rest = said.strip_prefix(key).map(|rest| rest.trim_start_matches([' ', '.', ')', ':', '-']));
    rest.is_some_and(|rest| !rest.is_empty() && rest == label)
}

/// Tells whether `part` stands in `text` as whole words.
fn word_in(text: &str, part: &str) -> bool {
    let words = |text: &str| {
        format!(" {} ", fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    };
    !part.trim().is_empty() && words(text).contains(&words(part))
}

fn only<'a>(mut found: impl Iterator<Item = &'a Choice>) -> Option<&'a Choice> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{close, exact};
    use crate::flow::Choice;

    #[test]
    fn options_are_matched_by_number_label_and_close_spelling() {
        let option = |key: &str, label: &str, value: &str| Choice { key: key.into(), label: label.into(), value: value.into() };
        let options = [
            option("1", "Stačí takto", "enough"),
            option("2", "Další služby", "more"),
            option("3", "Jiné téma", "topic"),
            option("4", "Spojit s operátorem", "person"),
        ];
        let table = [
            ("1", Some("enough")),
            (" 1. ", Some("enough")),
            ("„2“", Some("more")),
            ("2) dalsi sluzby", Some("more")),
            ("STAČÍ TAKTO!", Some("enough")),
            ("staci", Some("enough")),
            ("dalsi sluzbi", Some("more")),
            ("další", Some("more")),
            ("jiné téma prosím", Some("topic")),
            ("operátorem", Some("person")),
            ("dvojka", Some("more")),
            ("ta třetí", Some("topic")),
            ("ten operátorem", Some("person")),
            ("12", None),
            ("ne", None),
            ("", None),
            ("prosím pošlete mi úplně jiné téma než bylo to předchozí", None),
        ];
        for (said, expected) in table {
            let found = exact(&options, said).or_else(|| close(&options, said));
            assert_eq!(found.map(|option| option.value.as_str()), expected, "{said:?}");
        }
    }
}
