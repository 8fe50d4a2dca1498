//! The keys of a telephone: which letters stand on them.

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

#[cfg(test)]
mod tests {
    use super::keys_of;

    #[test]
    fn letters_are_typed_as_they_stand_on_the_keys() {
        for (word, keys) in [("BEL", "235"), ("bel", "235"), ("VS2", "872"), ("PQRSWXYZ", "77779999"), ("Č-1", "1"), ("", "")] {
            assert_eq!(keys_of(word), keys, "{word}");
        }
    }
}
