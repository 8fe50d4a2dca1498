//! Words of a text with what stands between them. A word keeps where it stands,
//! how it was written and how it is looked up; it has no meaning yet.

use super::cyrillic;
use crate::domain::fold;
use std::ops::Range;

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Only blanks.
    Blank,
    /// A hyphen or slash without blanks.
    Joined,
    /// A full stop that may belong to an abbreviation.
    Stop,
    /// A comma.
    Comma,
    /// An opening or closing bracket.
    Bracket,
    /// The start, a dash, a colon, or the end of a sentence.
    Break,
}

/// One word or number.
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one word, read one by one")]
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) at: Range<usize>,
    /// Lower case with diacritics.
    pub(super) written: String,
    /// Folded, Cyrillic transliterated.
    pub(super) key: String,
    pub(super) gap: Gap,
    pub(super) capital: bool,
    pub(super) all_capitals: bool,
    pub(super) cyrillic: bool,
    /// An arrow stands before the word: "Kuřim → Brno".
    pub(super) arrow: bool,
}

impl Token {
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.key.as_str())
    }

    pub(super) fn starts(&self, stems: &[&str]) -> bool {
        stems.iter().any(|s| self.key.starts_with(s))
    }

    pub(super) fn is_number(&self) -> bool {
        self.key.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Cuts a text into words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut end = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((start, letter)) = rest.next() {
        if !letter.is_alphanumeric() {
            continue;
        }
        let mut stop = start + letter.len_utf8();
        while let Some((at, next)) = rest.next_if(|(_, c)| belongs(*c)) {
            stop = at + next.len_utf8();
        }
        let between = text.get(end..start).unwrap_or_default();
        let word = text.get(start..stop).unwrap_or_default();
        let gap = if found.is_empty() { Gap::Break } else { gap(between, found.last(), letter) };
        let arrow = !found.is_empty() && is_arrow(between);
        found.push(Token { arrow, ..token(word, start..stop, gap) });
        end = stop;
    }
    found
}

/// Combining marks belong to the letter they follow.
fn belongs(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn token(word: &str, at: Range<usize>, gap: Gap) -> Token {
    use unicode_normalization::UnicodeNormalization;
    let written: String = word.nfc().flat_map(char::to_lowercase).collect();
    let cyrillic = cyrillic::is_cyrillic(&written);
    let key = if cyrillic { cyrillic::transliterate(&written) } else { fold(&written) };
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let all_capitals = capital && letters.clone().next().is_some() && letters.all(|c| !c.is_lowercase());
    Token { at, written, key, gap, capital, all_capitals, cyrillic, arrow: false }
}

fn is_arrow(between: &str) -> bool {
    between.contains(['→', '➔', '➜', '⇒', '⟶']) || ["->", "=>", "–>", "—>", ">>"].iter().any(|arrow| between.contains(arrow))
}

/// The longest word a full stop can shorten ("Jindř.").
const ABBREVIATION_LETTERS_MAX: usize = 6;

/// Long abbreviations that no sentence ends with.
const ABBREVIATIONS: &[&str] = &["jindr", "morav", "valas", "uhers", "havlic", "marian", "karlov"];

/// Abbreviations are short and end in a consonant; whole words before a capital end a sentence.
fn ends_a_sentence(last: &Token) -> bool {
    let long = last.key.chars().count() > 4 && !last.is(ABBREVIATIONS);
    long || last.key.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
        || last.is(&["byt", "ven", "muz", "tam", "dum", "pes", "psem", "syn", "rok", "den", "dnes", "most", "loket", "brod", "bor"])
}

fn gap(between: &str, before: Option<&Token>, next: char) -> Gap {
    let has = |c: char| between.contains(c);
    if is_arrow(between) || has('\n') || ['!', '?', ';', ':', '…', '–', '—', '|', '•', '>', '+', '='].into_iter().any(has) {
        return Gap::Break;
    }
    if ['(', ')', '[', ']', '"', '„', '“', '”'].into_iter().any(has) {
        return Gap::Bracket;
    }
    if has(',') {
        return Gap::Comma;
    }
    if has('.') {
        let short = before.is_some_and(|t| t.key.chars().count() <= ABBREVIATION_LETTERS_MAX && !t.is_number());
        let sentence = next.is_uppercase() && between.contains(' ') && before.is_some_and(ends_a_sentence);
        return if short && !sentence && !between.contains("..") { Gap::Stop } else { Gap::Break };
    }
    if has('-') || has('/') {
        return if between.chars().count() == 1 { Gap::Joined } else { Gap::Break };
    }
    Gap::Blank
}
