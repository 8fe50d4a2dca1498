//! A text cut into folded words that remember where they stood.
//! It knows nothing of meanings; every rule of `understanding` reads its words from here.

use crate::domain::fold;
use std::ops::Range;

/// One word, number or mask token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// The word without marks and in lower case; empty for a mask token such as `[jméno]`.
    pub folded: String,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What stands between the previous word and this one.
    pub lead: &'a str,
    /// It begins with a capital letter.
    pub capital: bool,
    /// The number of its sentence, from 0.
    pub sentence: usize,
    /// The number of its clause, from 0.
    pub clause: usize,
    /// Its value when it is a number of at most nine digits.
    pub number: Option<u32>,
}

/// The words of one text in their order.
#[derive(Debug, Clone)]
pub(super) struct Words<'a> {
    /// The text itself.
    pub text: &'a str,
    list: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    /// Cuts `text` into words; marks between them decide on sentences and clauses.
    pub(super) fn of(text: &'a str) -> Self {
        let mut list: Vec<Word<'a>> = Vec::new();
        let mut end = 0;
        let mut outer: Option<usize> = None;
        let mut clauses = 0;
        for range in pieces(text) {
            let lead = text.get(end..range.start).unwrap_or_default();
            let raw = text.get(range.clone()).unwrap_or_default();
            let (sentence, breaks) = list.last().map_or((0, false), |last| after(last, lead, raw, list.len() < 2 || list.iter().rev().nth(1).is_some_and(|before| before.clause < last.clause)));
            clauses += usize::from(breaks);
            let before = list.last().map_or(0, |last| last.clause);
            let clause = match (lead.contains('('), lead.contains(')'), outer) {
                (true, _, _) => {
                    outer = Some(before);
                    clauses
                }
                (false, true, Some(opened)) if list.last().is_some_and(|last| last.sentence == sentence) && !lead.contains([',', ':', '–']) => {
                    outer = None;
                    opened
                }
                _ if breaks => clauses,
                _ => before,
            };
            end = range.end;
            list.push(Word {
                folded: if raw.starts_with('[') { String::new() } else { fold_letters(raw) },
                capital: raw.chars().next().is_some_and(char::is_uppercase),
                number: (raw.len() <= 9).then(|| raw.parse().ok()).flatten(),
                range,
                lead,
                sentence,
                clause,
            });
        }
        Self { text, list }
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the word at `index`.
    pub(super) fn at(&self, index: usize) -> Option<&Word<'a>> {
        self.list.get(index)
    }

    /// Returns the folded word at `index`, empty outside the text.
    pub(super) fn word(&self, index: usize) -> &str {
        self.at(index).map_or("", |word| &word.folded)
    }

    /// Returns the folded word `back` places before `index`, empty outside the text.
    pub(super) fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Returns the number at `index`, when there is one.
    pub(super) fn number(&self, index: usize) -> Option<u32> {
        self.at(index).and_then(|word| word.number)
    }

    /// Returns what stands before the word at `index`; behind the last word, the rest of the text.
    pub(super) fn lead(&self, index: usize) -> &'a str {
        match self.at(index) {
            Some(word) => word.lead,
            None => self.text.get(self.list.last().map_or(0, |last| last.range.end)..).unwrap_or_default(),
        }
    }

    /// Iterates over the words.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Word<'a>> {
        self.list.iter()
    }

    /// Tells whether two words belong to one clause.
    pub(super) fn same_clause(&self, a: usize, b: usize) -> bool {
        matches!((self.at(a), self.at(b)), (Some(a), Some(b)) if a.clause == b.clause)
    }

    /// Tells whether two words belong to one sentence.
    pub(super) fn same_sentence(&self, a: usize, b: usize) -> bool {
        matches!((self.at(a), self.at(b)), (Some(a), Some(b)) if a.sentence == b.sentence)
    }

    /// Returns the bytes from the first to the last word of `span`.
    pub(super) fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.at(span.start).map_or(0, |word| word.range.start);
        let end = span.end.checked_sub(1).and_then(|last| self.at(last)).map_or(start, |word| word.range.end);
        start..end.max(start)
    }
}

/// Folds a word; the apostrophes of Ukrainian words and digits of other scripts become plain.
fn fold_letters(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.to_ascii_lowercase();
    }
    fold(raw).chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ')).collect()
}

/// Cuts runs of letters, runs of digits and whole `[mask tokens]`.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let token = if c == '[' { super::mask::token_at(text, at) } else { None };
        let kind = kind_of(c, text, at, open);
        if let Some((start, digits)) = open
            && kind != Some(digits)
        {
            found.push(start..at);
            open = None;
        }
        if let Some(end) = token {
            found.push(at..end);
            skip_to = end;
        } else if let (None, Some(digits)) = (open, kind) {
            open = Some((at, digits));
        }
    }
    if let Some((start, _)) = open {
        found.push(start..text.len());
    }
    found
}

/// Tells letters (`false`) from digits (`true`) from what separates words.
fn kind_of(c: char, text: &str, at: usize, open: Option<(usize, bool)>) -> Option<bool> {
    if c.is_ascii_digit() {
        return Some(true);
    }
    let inside_word = open.is_some_and(|(_, digits)| !digits);
    let apostrophe = matches!(c, '\'' | '’' | 'ʼ')
        && inside_word
        && text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic);
    let mark = inside_word && unicode_normalization::char::is_combining_mark(c);
    (c.is_alphanumeric() || apostrophe || mark).then_some(false)
}

/// Words after which a full stop ends nothing.
const SHORTENED: &[&str] = &[
    "inv", "nar", "tel", "cca", "cisl", "okr", "obl", "mor", "vel", "mal", "ods", "pohl", "soc", "let", "mes", "tis", "odd", "vych",
    "max", "min", "resp", "tzv", "atd", "apod", "kpt", "trv",
];

/// Returns the sentence of a word that follows `last` after `lead`, and whether it begins a clause.
fn after(last: &Word<'_>, lead: &str, raw: &str, opened: bool) -> (usize, bool) {
    let stop = lead.contains('.')
        && last.number.is_none()
        && (last.folded.chars().count() >= 3 || raw.starts_with(char::is_uppercase) && matches!(last.folded.as_str(), "ne" | "ma" | "je" | "ho" | "ji" | "mu" | "ok" | "uz" | "ni"))
        && !SHORTENED.contains(&last.folded.as_str())
        && lead.chars().any(char::is_whitespace);
    let stop_after_number = lead.contains('.')
        && last.number.is_some()
        && raw.chars().next().is_some_and(char::is_uppercase)
        && lead.chars().any(char::is_whitespace);
    let dots = lead.contains('…') || lead.contains("..");
    let goes_on = dots && raw.chars().next().is_some_and(char::is_lowercase);
    let sentence = ((stop || stop_after_number || dots) && !goes_on) || lead.contains(['!', '?', '\n', ';']);
    let dash = lead.contains(['–', '—']) || lead.contains(" -") || lead.contains("- ");
    // "ty ale řeší": the first word of a clause makes none of its own
    let joiner = !(opened && fold_letters(raw) == "ale") && matches!(
        fold_letters(raw).as_str(),
        "ale" | "protoze" | "takze" | "tak" | "aby" | "kdyz" | "kdyby" | "jestli" | "zda" | "but" | "because" | "pretoze" | "але"
    );
    let clause = sentence || dash || joiner || lead.contains([',', ':', '(', ')', '„', '“', '"']);
    (last.sentence + usize::from(sentence), clause)
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_folded_and_cut_into_sentences() {
        let words = Words::of("Paní (22let) má 5.1. výstup. Práce?");
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["pani", "22", "let", "ma", "5", "1", "vystup", "prace"]);
        let sentences: Vec<usize> = words.iter().map(|word| word.sentence).collect();
        assert_eq!(sentences, [0, 0, 0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn tokens_are_one_empty_word() {
        let words = Words::of("pan [jméno], [datum narození] Most");
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["pan", "", "", "most"]);
    }

    #[test]
    fn the_ukrainian_apostrophe_joins() {
        let words = Words::of("у в'язниці");
        assert_eq!(words.word(1), "вязниці");
    }
}
