//! What around some words says that they are a place: a preposition, a capital, a
//! clause of their own, a neighbouring town. It judges nothing; `acceptance` does.

use super::{
    builder::TOWN,
    case::Cases,
    hit::Search,
    preposition::{self, Preposition, Way},
    token::{Gap, Token},
};

/// Words that may stand between a preposition and a name.
const FILLERS: &[&str] = &[
    "mesta",
    "meste",
    "mesto",
    "mestu",
    "obce",
    "obci",
    "obec",
    "okoli",
    "okres",
    "okresu",
    "okrese",
    "okr",
    "okresem",
    "veznice",
    "veznici",
    "vv",
    "primo",
    "samotne",
    "samotneho",
    "samotnem",
    "nejspis",
    "asi",
    "rovnou",
    "zpatky",
    "zpet",
    "treba",
    "vazebni",
    "hlavne",
    "prave",
];
const NEIGHBOURING: &[&str] = &["u", "pobliz", "vedle", "nedaleko", "blizko", "kousek"];
const ROOFS: &[&str] = &["bydlen", "ubytov", "nocle", "azyl", "asyl"];
const AFTER_GREETING: &[&str] = &["den", "ahoj", "cau", "zdravim", "rano", "vecer", "odpoledne", "hezky", "prosim", "dobry", "dobre"];

/// What around the words says that they are a place.
#[expect(clippy::struct_excessive_bools, reason = "independent observations of the same words, read one by one")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Support {
    pub(super) preposition: Option<Preposition>,
    /// The index of the preposition's word.
    pub(super) preposition_at: usize,
    pub(super) capital: bool,
    pub(super) alone: bool,
    pub(super) opening: bool,
    pub(super) neighbour: bool,
    /// The words stand right behind a roof that is asked for ("ubytovna most").
    pub(super) needed: bool,
    /// The words open the whole message, or follow its greeting.
    pub(super) opens_message: bool,
    /// The preposition is a lower-case "na", which everyday words share ("na hranici").
    pub(super) upon: bool,
}

impl Search<'_> {
    /// Reads what supports `count` words from `first`.
    pub(super) fn support(&self, first: usize, count: usize) -> Support {
        let mut support = Support { neighbour: self.has_neighbour(first + count), ..Support::default() };
        let Some(word) = self.tokens.get(first) else { return support };
        let parted = |gap: Gap| matches!(gap, Gap::Break | Gap::Comma | Gap::Bracket);
        let closing = self.tokens.get(first + count + 1).is_none_or(|next| parted(next.gap));
        // "Ústí 2": a number alone behind a name adds nothing to it
        let ends = self.tokens.get(first + count).is_none_or(|next| parted(next.gap) || next.is_number() && closing || next.is(&["nebo", "a", "ci"]) && parted(word.gap));
        let greeted = self.before(first, 1).is_some_and(|t| t.is(AFTER_GREETING));
        support.needed = matches!(word.gap, Gap::Blank) && self.before(first, 1).is_some_and(|t| t.starts(ROOFS) || t.is(&["dum", "byt"]));
        support.opening = word.gap == Gap::Break || greeted;
        support.opens_message = first == 0 || greeted;
        support.alone = ends && (parted(word.gap) || greeted);
        support.capital = word.capital && !self.shouting && word.gap != Gap::Break;
        let mut at = first;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1) else { break };
            let joined = self.tokens.get(at).is_some_and(|t| matches!(t.gap, Gap::Blank | Gap::Joined | Gap::Stop));
            let Some(token) = self.tokens.get(before).filter(|_| joined) else { break };
            let english = self.english && token.is(&["to"]);
            if let Some(found) = preposition::read(if english { "do" } else { &token.key }, token.cyrillic || english) {
                let weaker = support.preposition.is_some_and(|p| p.way == Way::Named) && found.way != Way::Named;
                if support.preposition.is_none() || weaker {
                    // "do města X": the direction is the outer preposition's, the case is free
                    let cases = if weaker || at != first { Cases::ANY } else { found.cases };
                    support.preposition = Some(Preposition { way: found.way, cases });
                    support.preposition_at = before;
                }
                if found.way != Way::Named {
                    break;
                }
            } else if !token.is(FILLERS) {
                break;
            }
            at = before;
        }
        support.upon =
            !word.capital && support.preposition.is_some() && self.tokens.get(support.preposition_at).is_some_and(|t| t.is(&["na"]));
        support
    }

    fn before(&self, at: usize, steps: usize) -> Option<&Token> {
        self.tokens.get(at.checked_sub(steps)?)
    }

    /// Tells whether a town follows that says which namesake is meant ("u Chomutova").
    fn has_neighbour(&self, next: usize) -> bool {
        if self.tokens.get(next).is_some_and(|t| t.is(&["okr", "okres", "okrese"])) {
            return true;
        }
        let Some(word) = self.tokens.get(next).filter(|t| t.is(NEIGHBOURING) && matches!(t.gap, Gap::Blank | Gap::Joined)) else {
            return false;
        };
        let town = next + if word.is(&["kousek"]) { 2 } else { 1 };
        (1..=3).any(|count| {
            self.phrase(town, count).is_some_and(|(_, key, _)| self.gazetteer.index.exact(&key).iter().any(|r| self.weight(r) >= TOWN))
        })
    }
}
