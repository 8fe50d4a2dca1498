//! Names of people: behind "pan" or "klient", as given name and surname, beside a date of birth.
//! Place names are handed in and left alone; names of the workers themselves are covered without being reported.

use super::piece::{Kind, Pieces};
use super::register::{men, surnames, women};
use super::vocabulary::{ADDRESSES, NEVER, ORDINARY, PREDICATES, TITLES, TITLE_STEMS, TOWN_STEMS, WRITER};
use super::{Cover, Personal};
use crate::domain::{Sex, fold};
use std::ops::Range;

/// Finds names; `places` are stretches of place names.
pub(super) fn names(pieces: &Pieces<'_>, places: &[Range<usize>]) -> Vec<Cover> {
    let finder = Finder { pieces, places };
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match finder.name_from(at) {
            Some((from, to)) => {
                let (of_writer, sex) = (finder.is_writer(from, to), finder.sex(from, to));
                found.push(Cover { of_writer, sex, ..Cover::new(pieces.bytes(from, to), Personal::Name) });
                at = to + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// Tells whether the place name at `span` is a surname: "pan beroun jde ven", addressed and followed by what he does.
pub(in super::super) fn is_surname(text: &str, span: &Range<usize>) -> bool {
    let (before, behind) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let addressed = before.strip_suffix(' ').and_then(|before| before.split_whitespace().last()).is_some_and(|word| ADDRESSES.contains(&fold(word).as_str()));
    let next = behind.strip_prefix(' ').and_then(|behind| behind.split(|c: char| !c.is_alphabetic()).next());
    addressed && next.is_some_and(|word| PREDICATES.contains(&fold(word).as_str()))
}

struct Finder<'a> {
    pieces: &'a Pieces<'a>,
    places: &'a [Range<usize>],
}

impl Finder<'_> {
    /// Returns the first and last piece of the name that begins at `at`.
    fn name_from(&self, at: usize) -> Option<(usize, usize)> {
        if self.pieces.at(at).is_none_or(|piece| piece.kind != Kind::Word) {
            return None;
        }
        let last = self
            .given_and_surname(at)
            .or_else(|| self.surname_and_given(at))
            .or_else(|| self.behind_title(at))
            .or_else(|| self.beside_birth(at))
            .or_else(|| self.initial_and_surname(at))
            .or_else(|| self.alone(at))?;
        Some((at, last))
    }

    /// "Jana Nováková", "jan novak": the given name first.
    fn given_and_surname(&self, at: usize) -> Option<usize> {
        if !self.is_given(at) || !self.is_joined(at + 1) {
            return None;
        }
        let proper = self.is_proper(at) && self.is_proper(at + 1) && !self.is_never(at + 1);
        let next = at + 1;
        let known = self.is_surname(next);
        let fits = if proper { !self.is_place(next) || known } else { self.is_listed(next) && !self.is_ordinary(at) && self.is_lower_pair(at) };
        fits.then(|| self.extended(next))
    }

    /// "Nováková Jana": only with a surname that is known or ends as one.
    fn surname_and_given(&self, at: usize) -> Option<usize> {
        let fits = self.is_surname(at) && self.is_given(at + 1) && self.is_joined(at + 1) && !self.is_ordinary(at + 1);
        let sure = self.is_proper(at) || (self.is_listed(at) && !self.is_ordinary_surname(at));
        (fits && sure && self.is_proper(at) == self.is_proper(at + 1)).then_some(at + 1)
    }

    /// "paní Nováková", "klient Vomáčka", "bratry Nemysleny".
    fn behind_title(&self, at: usize) -> Option<usize> {
        let lead = self.pieces.lead(at);
        let close = !lead.is_empty() && lead.chars().all(|c| c.is_whitespace() || c == '.' || c == ':');
        let before = at.checked_sub(1)?;
        let title = self.is_title(before) || (self.pieces.word(before) == "se" && self.pieces.before(at, 2) == "jmenuje");
        // "pan Čtvrtek Rudolf"
        let named = self.is_proper(at) && self.is_given(at + 1) && self.is_proper(at + 1);
        if !close || !title || self.is_never(at) && !named || self.is_place(at) || (self.pieces.begins_sentence(at) && !lead.contains(':')) {
            return None;
        }
        let addressed = matches!(self.pieces.word(before), "pani" | "p" | "sl" | "slecna" | "slecnu");
        let small = self.is_listed(at) || (addressed && self.is_feminine(at));
        let surname = self.is_surname(at) && (self.is_proper(at) || (small && !self.is_ordinary_surname(at)));
        (self.is_proper(at) || surname).then(|| self.extended(at))
    }

    /// A capital word right before a date of birth, a birth number or "nar.".
    fn beside_birth(&self, at: usize) -> Option<usize> {
        let name = |index: usize| self.is_proper(index) && !self.is_never(index) && !self.is_place(index) && !self.is_title(index);
        let last = if name(at) && name(at + 1) && self.is_joined(at + 1) { at + 1 } else { at };
        let born = [Personal::BirthDate, Personal::BirthNumber, Personal::IdCard].into_iter().any(|kind| self.pieces.is_covered(last + 1, kind));
        let told = matches!(self.pieces.word(last + 1), "nar" | "rc" | "narozen" | "narozena" | "narozeny" | "narozeneho");
        let near = self.pieces.lead(last + 1).trim().len() <= 1;
        (name(at) && near && (born || told) && (last > at || !self.pieces.begins_sentence(at) || self.is_surname(at))).then_some(last)
    }

    /// "J. Novák".
    fn initial_and_surname(&self, at: usize) -> Option<usize> {
        let initial = self.pieces.word(at).chars().count() == 1 && self.is_capital(at) && self.pieces.lead(at + 1).starts_with('.');
        let close = self.pieces.lead(at + 1).chars().all(|c| c == '.' || c.is_whitespace());
        (initial && close && self.is_proper(at + 1) && self.is_surname(at + 1) && !self.is_place(at + 1)).then_some(at + 1)
    }

    /// One name alone: a given name, or a surname in the middle of a sentence.
    fn alone(&self, at: usize) -> Option<usize> {
        // "pavlina 29 let"
        let aged = || !self.pieces.digits(at + 1).is_empty() && matches!(self.pieces.word(at + 2), "let" | "roku" | "r");
        if self.is_given(at) && !self.is_ordinary(at) && !self.is_place(at) && aged() {
            return Some(at);
        }
        if !self.is_proper(at) || self.is_never(at) || self.is_place(at) || self.is_inside(at) {
            return None;
        }
        if self.is_given(at) {
            return (!self.is_ordinary(at)).then_some(at);
        }
        let first = self.pieces.begins_sentence(at);
        let ending = self.is_feminine(at) && !first;
        let listed = self.is_listed(at) && (!first || self.is_set_off(at));
        (ending || listed).then_some(at)
    }

    /// "v Červeném Dvoře": one goes into places, not into people.
    fn is_inside(&self, at: usize) -> bool {
        let into = |back: usize| matches!(self.pieces.before(at, back), "v" | "ve" | "do");
        into(1) || (into(2) && at.checked_sub(1).is_some_and(|before| self.is_proper(before) && !self.is_given(before)))
    }

    /// "Novák, 45" or "Novák (45)": set off by a mark and an age.
    fn is_set_off(&self, at: usize) -> bool {
        !self.is_ordinary_surname(at) && !self.pieces.digits(at + 1).is_empty()
    }

    /// Takes in what follows and still belongs to the name.
    fn extended(&self, at: usize) -> usize {
        let mut last = at;
        for next in at + 1..at + 3 {
            let hyphen = self.pieces.lead(next).trim() == "-" && self.is_proper(next);
            let more = (self.is_joined(next) && (self.is_given(next) || self.is_surname(next)) && !self.is_ordinary(next) && self.is_proper(next) == self.is_proper(at))
                || hyphen;
            let plain = next == at + 1 && self.is_given(at) && self.is_joined(next) && self.is_proper(next) && !self.is_never(next);
            if !(more || plain) || self.is_place(next) {
                break;
            }
            last = next;
        }
        last
    }

    fn is_writer(&self, from: usize, to: usize) -> bool {
        let title_before = from.checked_sub(1).is_some_and(|before| self.is_title(before));
        let near = (1..=3).any(|back| {
            WRITER.contains(&self.pieces.before(from, back)) || self.pieces.before(from, back).starts_with("vychovatel")
        });
        let signature = to + 1 == self.pieces.len() && from > 0 && (self.pieces.begins_sentence(from) || self.pieces.lead(from).contains(','));
        let office = matches!(self.pieces.word(to + 1), "vv" | "veznice" | "soc" | "socialni" | "specialni" | "vychovatelka" | "pms")
            || matches!((self.pieces.word(to + 1), self.pieces.word(to + 2)), ("z", "veznice" | "vezeni" | "pms" | "vv"));
        !title_before && (near || signature || office)
    }

    /// A surname in "-ová" or a given name only one sex bears.
    fn sex(&self, from: usize, to: usize) -> Option<Sex> {
        if (from..=to).any(|at| self.is_feminine(at)) {
            return Some(Sex::Female);
        }
        (from..=to).find_map(|at| {
            let word = self.pieces.word(at);
            match (men().contains(word), women().contains(word)) {
                (true, false) => Some(Sex::Male),
                (false, true) => Some(Sex::Female),
                (true, true) | (false, false) => None,
            }
        })
    }

    fn is_title(&self, at: usize) -> bool {
        let word = self.pieces.word(at);
        TITLES.contains(&word) || TITLE_STEMS.iter().any(|stem| word.starts_with(stem))
    }

    fn is_place(&self, at: usize) -> bool {
        let Some(piece) = self.pieces.at(at) else { return false };
        let next = self.places.partition_point(|place| place.end <= piece.range.start);
        let known = self.places.get(next).is_some_and(|place| place.start < piece.range.end);
        known || TOWN_STEMS.iter().any(|stem| piece.text.strip_prefix(stem).is_some_and(|ending| ending.len() <= 3))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.pieces.at(at).is_some_and(|piece| piece.capital && piece.kind == Kind::Word)
    }

    /// A capital letter followed by a small one; words all in capitals are read as small.
    fn is_proper(&self, at: usize) -> bool {
        let second = self.pieces.at(at).and_then(|piece| self.pieces.text.get(piece.range.clone())).and_then(|raw| raw.chars().nth(1));
        self.is_capital(at) && second.is_some_and(char::is_lowercase)
    }

    fn is_lower_pair(&self, at: usize) -> bool {
        self.is_capital(at) == self.is_capital(at + 1) || self.is_proper(at)
    }

    /// Only blanks stand before the piece.
    fn is_joined(&self, at: usize) -> bool {
        let lead = self.pieces.lead(at);
        !lead.is_empty() && !self.pieces.word(at).is_empty() && lead.chars().all(|c| c.is_whitespace() && c != '\n')
    }

    fn is_given(&self, at: usize) -> bool {
        let word = self.pieces.word(at);
        men().contains(word) || women().contains(word)
    }

    fn is_listed(&self, at: usize) -> bool {
        surnames().contains(self.pieces.word(at))
    }

    fn is_surname(&self, at: usize) -> bool {
        (self.is_listed(at) || self.is_feminine(at)) && !self.is_never(at)
    }

    /// The ending of women's surnames, in all cases; adjectives of the line's own words excepted.
    fn is_feminine(&self, at: usize) -> bool {
        const ADJECTIVES: &[&str] = &[
            "azyl", "kriz", "ubyt", "nov", "byt", "potrav", "material", "hot", "cen", "splatk", "dluh", "dobr", "vlast", "mzd", "pracov", "bud",
        ];
        let word = self.pieces.word(at);
        ["ova", "ove", "ovou"].iter().filter_map(|ending| word.strip_suffix(ending)).any(|stem| stem.len() >= 3 && !ADJECTIVES.iter().any(|adjective| stem.starts_with(adjective)))
            && !self.is_place(at)
    }

    fn is_never(&self, at: usize) -> bool {
        NEVER.contains(&self.pieces.word(at))
    }

    fn is_ordinary(&self, at: usize) -> bool {
        ORDINARY.contains(&self.pieces.word(at))
    }

    /// Surnames that are everyday words when written small: only the ones that cannot be mistaken count.
    fn is_ordinary_surname(&self, at: usize) -> bool {
        const CLEAR: &[&str] = &[
            "novak", "dvorak", "svobod", "novotn", "prochazk", "kucer", "vesel", "horak", "pospisil", "sedlac", "dolezal", "krejc", "navratil", "cermak", "kopeck", "kratochvil", "horvath", "lakatos",
            "vomack", "nemyslen", "smyslen", "vymyslen",
        ];
        let word = self.pieces.word(at);
        !(self.is_feminine(at) || CLEAR.iter().any(|stem| word.starts_with(stem)))
    }
}
