//! Text as people type it without thinking: no diacritics, no case.

use std::iter::once;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds for matching: NFD, marks dropped, lower case; every other character stays.
///
/// `"V Mostě, prosím!"` becomes `"v moste, prosim!"`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            // Marks are dropped, so their order across characters does not matter.
            folded.extend(once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
        }
    }
    folded
}

/// Folds a whole command word: [`fold`], outer blanks, quotes and closing punctuation removed.
///
/// `" „1.) “"` becomes `"1"`; what is left may be empty.
#[must_use]
pub fn fold_word(text: &str) -> String {
    let framing = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '„' | '“' | '”' | '.' | ')' | '(' | '!' | ',' | '?');
    fold(text).trim_matches(framing).to_owned()
}
