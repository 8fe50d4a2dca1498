//! The text as masking sees it: words, numbers in any script and stretches already covered.

use super::{Cover, Personal, token_kind};
use crate::domain::fold;
use std::ops::Range;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// Already covered: personal data, or `None` for an offence.
    Covered(Option<Personal>),
}

/// One word, number or covered stretch.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The folded word or the plain digits; empty when covered.
    pub text: String,
    /// It begins with a capital letter.
    pub capital: bool,
}

/// The pieces of one text.
pub(super) struct Pieces<'a> {
    /// The text.
    pub text: &'a str,
    list: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    /// Cuts `text`; the stretches of `covers` (in order) are one piece each.
    pub(super) fn of(text: &'a str, covers: &[Cover]) -> Self {
        let mut list = Vec::new();
        let mut covers = covers.iter().peekable();
        let mut open: Option<(Kind, usize)> = None;
        let mut skip_to = 0;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            while covers.next_if(|cover| cover.range.end <= at).is_some() {}
            let covered = match covers.peek() {
                Some(cover) if cover.range.start <= at => Some((Some(cover.kind), cover.range.end)),
                Some(_) | None if c == '[' => token_kind(text, at),
                Some(_) | None => None,
            };
            let kind = if covered.is_some() { None } else { kind_of(c, open) };
            if let Some((opened, start)) = open
                && kind != Some(opened)
            {
                list.push(piece(text, opened, start..at));
                open = None;
            }
            if let Some((what, end)) = covered {
                list.push(Piece { kind: Kind::Covered(what), range: at..end, text: String::new(), capital: false });
                skip_to = end;
            } else if let (None, Some(kind)) = (open, kind) {
                open = Some((kind, at));
            }
        }
        if let Some((kind, start)) = open {
            list.push(piece(text, kind, start..text.len()));
        }
        Self { text, list }
    }

    /// Returns the piece at `index`.
    pub(super) fn at(&self, index: usize) -> Option<&Piece> {
        self.list.get(index)
    }

    /// Returns the number of pieces.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the folded word at `index`, empty when it is something else.
    pub(super) fn word(&self, index: usize) -> &str {
        self.at(index).filter(|piece| piece.kind == Kind::Word).map_or("", |piece| &piece.text)
    }

    /// Returns the folded word `back` pieces before `index`, empty when it is something else.
    pub(super) fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Returns the digits at `index`, empty when it is something else.
    pub(super) fn digits(&self, index: usize) -> &str {
        self.at(index).filter(|piece| piece.kind == Kind::Number).map_or("", |piece| &piece.text)
    }

    /// Tells whether the piece at `index` is covered as `kind`.
    pub(super) fn is_covered(&self, index: usize, kind: Personal) -> bool {
        self.at(index).is_some_and(|piece| piece.kind == Kind::Covered(Some(kind)))
    }

    /// Returns what stands between the piece at `index` and the one before it.
    pub(super) fn lead(&self, index: usize) -> &'a str {
        let from = index.checked_sub(1).and_then(|before| self.at(before)).map_or(0, |piece| piece.range.end);
        let to = self.at(index).map_or(self.text.len(), |piece| piece.range.start);
        self.text.get(from..to).unwrap_or_default()
    }

    /// Tells whether a sentence ends between the piece at `index` and the one before it.
    pub(super) fn begins_sentence(&self, index: usize) -> bool {
        let lead = self.lead(index);
        index == 0 || lead.contains(['!', '?', '\n', ';']) || (lead.contains('.') && self.before(index, 1).chars().count() > 3)
    }

    /// Returns the bytes of the pieces from `from` to `to`, both included.
    pub(super) fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.at(from).map_or(0, |piece| piece.range.start);
        start..self.at(to).map_or(start, |piece| piece.range.end)
    }
}

fn kind_of(c: char, open: Option<(Kind, usize)>) -> Option<Kind> {
    if digit(c).is_some() {
        return Some(Kind::Number);
    }
    let mark = matches!(open, Some((Kind::Word, _))) && unicode_normalization::char::is_combining_mark(c);
    (c.is_alphabetic() || mark).then_some(Kind::Word)
}

fn piece(text: &str, kind: Kind, range: Range<usize>) -> Piece {
    let raw = text.get(range.clone()).unwrap_or_default();
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    let text = match kind {
        Kind::Number => raw.chars().filter_map(digit).collect(),
        Kind::Word | Kind::Covered(_) if raw.is_ascii() => raw.to_ascii_lowercase(),
        Kind::Word | Kind::Covered(_) => fold(raw),
    };
    Piece { kind, range, text, capital }
}

/// First digits of the decimal systems people paste: ASCII, Arabic, Persian, Devanagari, full width,
/// and the five mathematical alphabets.
const ZEROS: [u32; 10] = [0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6];

/// Reads a decimal digit of any of these scripts as a plain one.
fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let code = u32::from(c);
    ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10)).and_then(|value| char::from_digit(value, 10))
}
