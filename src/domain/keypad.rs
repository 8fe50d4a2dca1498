//! The keys of a telephone: which letters stand on them.

use super::Lang;

/// Letters of the keys 2 to 9 (ITU-T E.161).
const LETTERS: [&str; 8] = ["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"];

/// Returns the keys a word of letters and digits is typed with: `BEL` is 235. What stands on no key
/// is left out.
#[must_use]
pub fn keys_of(word: &str) -> String {
    word.chars().filter_map(key_of).collect()
}

fn key_of(letter: char) -> Option<char> {
    if letter.is_ascii_digit() {
        return Some(letter);
    }
    let at = LETTERS.iter().position(|letters| letters.contains(letter.to_ascii_uppercase()))?;
    char::from_digit(u32::try_from(at + 2).ok()?, 10)
}

/// A key as a voice says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokenKey {
    /// As what is chosen: "jednička".
    pub name: &'static str,
    /// As what is pressed: "jedničku".
    pub pressed: &'static str,
}

/// Says a key of a telephone; what is none stays as it is heard, which is nothing.
#[must_use]
pub fn spoken_key(key: &str, lang: Lang) -> SpokenKey {
    let known = KEYS.iter().find(|(known, ..)| *known == key);
    known.map_or(SpokenKey { name: "", pressed: "" }, |(_, name, pressed, en)| match lang {
        Lang::Cs => SpokenKey { name, pressed },
        Lang::En => SpokenKey { name: en, pressed: en },
    })
}

/// A digit before a full stop would be read as an ordinal in Czech.
const KEYS: [(&str, &str, &str, &str); 12] = [
    ("0", "nula", "nulu", "zero"),
    ("1", "jednička", "jedničku", "one"),
    ("2", "dvojka", "dvojku", "two"),
    ("3", "trojka", "trojku", "three"),
    ("4", "čtyřka", "čtyřku", "four"),
    ("5", "pětka", "pětku", "five"),
    ("6", "šestka", "šestku", "six"),
    ("7", "sedmička", "sedmičku", "seven"),
    ("8", "osmička", "osmičku", "eight"),
    ("9", "devítka", "devítku", "nine"),
    ("*", "hvězdička", "hvězdičku", "star"),
    ("#", "křížek", "křížek", "hash"),
];

#[cfg(test)]
mod tests {
    use super::{Lang, keys_of, spoken_key};

    #[test]
    fn a_key_is_said_as_people_say_it() {
        let said = |key, lang| (spoken_key(key, lang).name, spoken_key(key, lang).pressed);
        assert_eq!([said("1", Lang::Cs), said("5", Lang::Cs), said("#", Lang::Cs)], [("jednička", "jedničku"), ("pětka", "pětku"), ("křížek", "křížek")]);
        assert_eq!([said("1", Lang::En), said("x", Lang::Cs)], [("one", "one"), ("", "")]);
    }

    #[test]
    fn letters_are_typed_as_they_stand_on_the_keys() {
        for (word, keys) in [("BEL", "235"), ("bel", "235"), ("VS2", "872"), ("PQRSWXYZ", "77779999"), ("Č-1", "1"), ("", "")] {
            assert_eq!(keys_of(word), keys, "{word}");
        }
    }
}
