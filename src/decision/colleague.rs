//! Which colleague an operator names: by first name, whole name or id, in any Czech case and
//! without diacritics. Two who are called the same are told apart by whoever asks, never guessed.

use super::desk::Desk;
use crate::domain::{OperatorId, fold};
use crate::routing::Operator;

/// Shortest part of a name that is looked at.
const PART_CHARACTERS_MIN: usize = 3;
/// Words of courtesy beside a name, folded.
const COURTESY: [&str; 9] = ["pan", "panem", "panu", "pani", "kolegou", "kolegovi", "kolegyni", "mr", "ms"];

/// Whom a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// One colleague.
    One(OperatorId),
    /// Several of that name.
    Several(Vec<OperatorId>),
    /// The one who says it.
    Myself,
    /// Nobody.
    Nobody,
}

/// Finds the colleague of `me` whom `words` name.
pub(super) fn named(desk: &Desk<'_>, me: &OperatorId, words: &str) -> Named {
    let found = meant(&desk.handbook.book.operators, words);
    let mut others = found.iter().filter(|operator| operator.id != *me).map(|operator| operator.id.clone());
    match (others.next(), others.next()) {
        (None, _) if found.is_empty() => Named::Nobody,
        (None, _) => Named::Myself,
        (Some(one), None) => Named::One(one),
        (Some(one), Some(other)) => Named::Several([one, other].into_iter().chain(others).collect()),
    }
}

/// Everybody the words fit; those they fit as they stand before those they fit in another case.
fn meant<'a>(operators: &'a [Operator], words: &str) -> Vec<&'a Operator> {
    let words: Vec<String> = fold(words).split_whitespace().map(str::to_owned).filter(|word| !COURTESY.contains(&word.as_str())).collect();
    let fitting = |fits: fn(&str, &str) -> bool| -> Vec<&Operator> {
        let all = |operator: &&Operator| {
            let name = fold(&operator.name);
            words.iter().all(|word| name.split_whitespace().any(|part| fits(part, word)))
        };
        operators.iter().filter(|operator| operator.id.as_str() == words.join(" ") || all(operator)).collect()
    };
    if words.is_empty() {
        return Vec::new();
    }
    let exactly = fitting(|part, word| part == word);
    if exactly.is_empty() { fitting(is_case_of) } else { exactly }
}

/// "Petrovi", "Janou", "Pavlem", "Vzorovou": a part of a name with the ending of another case.
fn is_case_of(part: &str, word: &str) -> bool {
    let Some(last) = part.chars().last().filter(|_| part.chars().count() >= PART_CHARACTERS_MIN) else { return false };
    let short = part.strip_suffix(last).unwrap_or(part);
    let ends = |stem: &str, endings: &[&str]| word.strip_prefix(stem).is_some_and(|ending| endings.contains(&ending));
    match last {
        'a' => ends(short, &["y", "e", "i", "u", "o", "ou"]),
        'e' => ends(short, &["i", "u"]),
        'i' => ends(short, &["iho", "imu", "im"]),
        'y' => ends(short, &["eho", "emu", "ym"]),
        'o' => ends(short, &["a", "ovi", "u", "em"]),
        last => {
            const ENDINGS: [&str; 6] = ["a", "ovi", "u", "e", "i", "em"];
            // Pavel, Marek, Karel: the vowel before the last letter falls out.
            let stem = short.strip_suffix('e').map(|stem| format!("{stem}{last}"));
            ends(part, &ENDINGS) || stem.is_some_and(|stem| ends(&stem, &ENDINGS))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::domain::OperatorId;
    use crate::routing::Operator;

    #[test]
    fn a_name_in_any_case_means_whoever_has_it() {
        let names = [
            ("petr", "Petr Smyšlený"),
            ("petr2", "Petr Vymyšlený"),
            ("petra", "Petra Nováková"),
            ("jana", "Jana Vzorová"),
            ("jan", "Jan Ukázka"),
            ("marie", "Marie Zkušební"),
            ("pavel", "Pavel Marek"),
            ("jiri", "Jiří Příkladný"),
            ("tomas", "Tomáš Hugo"),
        ];
        let person = |(id, name): (&str, &str)| Operator {
            id: OperatorId::new(id),
            name: name.to_owned(),
            languages: Vec::new(),
            addresses: Vec::new(),
            reach: Vec::new(),
            contacts_max: None,
        };
        let operators = names.map(person);
        let table: [(&str, &[&str]); 24] = [
            ("Petrem", &["petr", "petr2"]),
            ("Petrovi", &["petr", "petr2"]),
            ("petr", &["petr", "petr2"]),
            ("Petrem Smyšleným", &["petr"]),
            ("panem Vymyšleným", &["petr2"]),
            ("petr2", &["petr2"]),
            ("Petrou", &["petra"]),
            ("paní Novákovou", &["petra"]),
            ("Janou", &["jana"]),
            ("Jana", &["jana"]),
            ("Janem", &["jan"]),
            ("Janě", &["jana", "jan"]),
            ("Marií", &["marie"]),
            ("Pavlem", &["pavel"]),
            ("Markem", &["pavel"]),
            ("Jiřím", &["jiri"]),
            ("jiriho", &["jiri"]),
            ("Tomášem", &["tomas"]),
            ("Tomáši", &["tomas"]),
            ("Hugem", &["tomas"]),
            ("Tomáš Hugo", &["tomas"]),
            ("Evou", &[]),
            ("", &[]),
            ("paní", &[]),
        ];
        for (words, expected) in table {
            let found: Vec<&str> = meant(&operators, words).into_iter().map(|operator| operator.id.as_str()).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
