//! Text as people type it without thinking: no diacritics, no case.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds for matching: NFD, marks dropped, lower case; every other character stays.
///
/// `"V Mostě, prosím!"` becomes `"v moste, prosim!"`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Folds a whole command word: [`fold`], outer blanks, quotes and closing punctuation removed.
///
/// `" „1.) “"` becomes `"1"`; what is left may be empty.
#[must_use]
pub fn fold_word(text: &str) -> String {
    let framing = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '„' | '“' | '”' | '.' | ')' | '(' | '!' | ',' | '?');
    fold(text).trim_matches(framing).to_owned()
}
