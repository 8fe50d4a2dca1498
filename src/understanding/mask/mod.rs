//! Covers personal data in free text before anything else reads it.
//! Rules only, no storage; `understand` calls it first, the channels may call it on any text.

mod contact;
mod name;
mod number;
mod piece;
mod register;
mod vocabulary;

pub(super) use name::is_surname;
pub use register::bearer;
use piece::Pieces;
use crate::domain::Sex;
use std::ops::Range;

/// Most rounds of looking again with what was already covered; three are enough in practice.
const ROUNDS_MAX: usize = 6;

/// A kind of personal data of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Personal {
    /// A birth number (rodné číslo).
    BirthNumber,
    /// The number of an identity card or passport.
    IdCard,
    /// A date of birth.
    BirthDate,
    /// A name.
    Name,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A street with a house number.
    Address,
}

impl Personal {
    /// Every kind.
    pub const ALL: [Self; 7] = [Self::BirthNumber, Self::IdCard, Self::BirthDate, Self::Name, Self::Phone, Self::Email, Self::Address];

    /// Returns the token that stands in the text instead.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::BirthNumber => "[rodné číslo]",
            Self::IdCard => "[číslo dokladu]",
            Self::BirthDate => "[datum narození]",
            Self::Name => "[jméno]",
            Self::Phone => "[telefon]",
            Self::Email => "[e-mail]",
            Self::Address => "[adresa]",
        }
    }
}

/// The token that stands for words about an offence.
pub(super) const OFFENCE_TOKEN: &str = "[citlivý údaj]";

/// A text with personal data covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Masked {
    /// The text that may be kept.
    pub text: String,
    /// What was covered, in order; the signature of a worker is covered but not listed.
    pub found: Vec<Personal>,
}

/// One stretch of the original text to be covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cover {
    /// The bytes of the original.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Personal,
    /// It belongs to the worker who writes, not to a client.
    pub of_writer: bool,
    /// Man or woman, when a name tells.
    pub sex: Option<Sex>,
    /// The year of a date of birth, as written.
    pub year: Option<i32>,
}

impl Cover {
    /// Covers `range` as data of a client.
    const fn new(range: Range<usize>, kind: Personal) -> Self {
        Self { range, kind, of_writer: false, sex: None, year: None }
    }
}

/// Covers personal data. Covering twice changes nothing.
#[must_use]
pub fn mask(text: &str) -> Masked {
    mask_but(text, &[])
}

/// Covers personal data of all kinds but these: an operator passes on where a service is reached.
#[must_use]
pub fn mask_but(text: &str, passed: &[Personal]) -> Masked {
    let mut covers = covers(text, &[], Vec::new());
    covers.retain(|cover| !passed.contains(&cover.kind));
    Masked { text: covered(text, &covers), found: covers.iter().filter(|cover| !cover.of_writer).map(|cover| cover.kind).collect() }
}

/// Finds what must be covered; `places` are stretches known to be place names, `surnames` such as are surnames after all.
pub(super) fn covers(text: &str, places: &[Range<usize>], surnames: Vec<Range<usize>>) -> Vec<Cover> {
    let mut found: Vec<Cover> = contact::emails(text);
    keep_free(&mut found, surnames.into_iter().map(|range| Cover::new(range, Personal::Name)).collect());
    let mut pieces = Pieces::of(text, &found);
    for _ in 0..ROUNDS_MAX {
        let before = found.len();
        let rules = [number::birth_numbers, number::id_cards, number::birth_dates, contact::addresses, contact::phones, name::names];
        for rule in rules {
            let known = found.len();
            keep_free(&mut found, rule(&pieces, places));
            if found.len() != known {
                pieces = Pieces::of(text, &found);
            }
        }
        if found.len() == before {
            break;
        }
    }
    found
}

/// Adds the covers that do not overlap what is already covered; keeps the order of the text.
fn keep_free(found: &mut Vec<Cover>, more: Vec<Cover>) {
    for cover in more {
        let at = found.partition_point(|known| known.range.start < cover.range.start);
        let free_before = at.checked_sub(1).and_then(|before| found.get(before)).is_none_or(|known| known.range.end <= cover.range.start);
        let free_after = found.get(at).is_none_or(|known| cover.range.end <= known.range.start);
        if free_before && free_after {
            found.insert(at, cover);
        }
    }
}

/// Replaces the covers, which are in the order of the text, by their tokens.
pub(super) fn covered(text: &str, covers: &[Cover]) -> String {
    replaced(text, covers.iter().map(|cover| (cover.range.clone(), cover.kind.token())))
}

/// Replaces stretches of `text`, given in its order.
pub(super) fn replaced<'a>(text: &str, parts: impl Iterator<Item = (Range<usize>, &'a str)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, token) in parts {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(token);
        from = range.end.max(from);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Returns the end of the mask token that begins at byte `at`, if one does.
pub(super) fn token_at(text: &str, at: usize) -> Option<usize> {
    token_kind(text, at).map(|(_, end)| end)
}

/// Returns the kind (`None` for an offence) and the end of the mask token at byte `at`.
fn token_kind(text: &str, at: usize) -> Option<(Option<Personal>, usize)> {
    let rest = text.get(at..)?;
    let personal = Personal::ALL.into_iter().find(|kind| rest.starts_with(kind.token()));
    match personal {
        Some(kind) => Some((Some(kind), at + kind.token().len())),
        None => rest.starts_with(OFFENCE_TOKEN).then(|| (None, at + OFFENCE_TOKEN.len())),
    }
}

#[cfg(test)]
mod tests;
