//! Random names: keys of forms, so that a double submit is one event, and the secret of
//! a signed-in browser, of which only the hash is stored.

use super::PageError;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Longest key a form may send back; ours are half as long.
const KEY_CHARACTERS_MAX: usize = 64;

/// Makes a new random name of 32 hexadecimal digits.
///
/// # Errors
/// [`PageError::Random`] when the machine gives no randomness.
pub(super) fn fresh() -> Result<String, PageError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| PageError::Random)?;
    Ok(hex(&bytes))
}

/// Returns the hash under which a secret is stored.
pub(super) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// Tells whether a form's key is one a form of ours could hold.
pub(super) fn is_key(key: &str) -> bool {
    (8..=KEY_CHARACTERS_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Makes the key of what was written into a form: the same form sent again with other words,
/// as after going back, is another event. A key that is none of ours stays as it is.
pub(super) fn of_words(key: &str, words: &str) -> String {
    match hash(words).split_at_checked(8) {
        Some((first, _)) if is_key(key) => format!("{key}-{}", hex(first)),
        _ => key.to_owned(),
    }
}

/// Writes bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_new_each_time_and_fit_a_form() {
        let (one, two) = (fresh().unwrap(), fresh().unwrap());
        assert_ne!(one, two);
        assert!(is_key(&one));
        for key in ["", "short", "with space and more", &"x".repeat(65), "a;drop-table"] {
            assert!(!is_key(key), "{key}");
        }
        assert_eq!(hash("secret").len(), 32);
        assert_eq!(of_words(&one, "Most"), of_words(&one, "Most"), "the same form sent twice is one event");
        assert_ne!(of_words(&one, "Most"), of_words(&one, "Louny"), "other words are another");
        assert!(is_key(&of_words(&one, "Most")) && !is_key(&of_words("short", "Most")));
    }
}
