//! Which hits are not sure: a corrected slip of the pen, a little-known quarter, a part of a longer
//! name nobody knows. `hit` finds them; a doubtful place is said back, a part of another name is none.

use super::{
    builder::{SEAT, VILLAGE},
    case::Cases,
    hit::{Hit, Search},
    preposition::{self, Way},
    token::{Gap, Token},
};

/// What stands before the name of a town without being a part of it: "do Charity Ústí".
const BODIES: &[&str] = &[
    "charit", "nadej", "armad", "veznic", "vazeb", "domov", "dum", "dom", "centr", "diakon", "azyl", "ubytov", "kraj", "okr", "mest", "obc", "obec", "vv", "vs", "os", "up", "ospod", "pms",
    "nemocnic", "lecebn", "komunit", "farm", "severn", "jizn", "zapadn", "vychodn", "stredni",
];

impl Search<'_> {
    /// The place may be another than the one that was found.
    pub(super) fn is_doubtful(&self, hit: &Hit, explained: usize) -> bool {
        let best = hit.candidates.iter().map(|c| c.weight).max().unwrap_or(0);
        let only = hit.candidates.len() == 1;
        best < VILLAGE && only || self.has_unknown_tail(hit.end()) || best < SEAT && self.is_name(hit.end()) || self.is_beside_unknown(hit, explained)
    }

    /// "do Vranové Lhoty": a capital goes on behind the hit.
    fn is_name(&self, at: usize) -> bool {
        !self.shouting && self.tokens.get(at).is_some_and(|t| t.gap == Gap::Blank && t.capital && !t.all_capitals)
    }

    /// "do Stříteže pod Křemešníkem".
    fn has_unknown_tail(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.gap == Gap::Blank && t.is(&["nad", "pod"])) && self.is_name(at + 1)
    }

    /// "do Čenkova u Bechyně": the known town only tells where the unknown village is.
    fn is_beside_unknown(&self, hit: &Hit, explained: usize) -> bool {
        let at = hit.support.preposition_at;
        let beside = hit.support.preposition.is_some() && self.tokens.get(at).is_some_and(|t| t.gap == Gap::Blank && t.is(&["u"]));
        let led = || at.checked_sub(2).and_then(|before| self.tokens.get(before)).and_then(Token::place_preposition);
        beside && at > explained && self.is_name(at - 1) && led().is_some()
    }

    /// "do Hory Svaté Kateřiny": an unknown name of several words, of which only the last is known;
    /// returns where it begins.
    pub(super) fn unknown_start(&self, hit: &Hit, explained: usize) -> Option<usize> {
        let name_before = |end: usize| self.tokens.get(explained..end).unwrap_or(&[]).iter().rev().take_while(|t| t.capital && !t.all_capitals && !t.starts(BODIES) && !t.is_number()).count();
        if self.shouting || self.tokens.get(hit.first).is_none_or(|t| !t.capital) {
            return None;
        }
        // "do Luboměře pod Strážnou"
        let below = hit.support.preposition.is_some() && self.tokens.get(hit.support.preposition_at).is_some_and(|t| t.gap == Gap::Blank && t.is(&["nad", "pod"]));
        let end = if below { hit.support.preposition_at } else { hit.first };
        let count = name_before(end);
        let first = end - count;
        let joined = self.tokens.get(first..=hit.first).unwrap_or(&[]).iter().all(|t| t.gap == Gap::Blank);
        let led = first.checked_sub(1).and_then(|at| self.tokens.get(at)).and_then(Token::place_preposition);
        (count > 0 && joined && led.is_some_and(|cases| below || cases.meets(hit.cases))).then_some(first)
    }
}

impl Token {
    /// The cases asked for by a preposition that leads to a place.
    fn place_preposition(&self) -> Option<Cases> {
        preposition::read(&self.key, self.cyrillic).filter(|p| matches!(p.way, Way::To | Way::From | Way::At | Way::Named)).map(|p| p.cases)
    }
}
