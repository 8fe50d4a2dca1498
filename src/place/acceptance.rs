//! Whether a known form counts as a place in this text: ordinary words and small
//! villages need more support than towns; a surname or a street is none.

use super::{
    builder::TOWN,
    case::Cases,
    hit::Search,
    index::{Reading, Shape},
    misspelt::TYPO_LETTERS_MIN,
    preposition::Way,
    support::Support,
    token::{Gap, Token},
    words::Guard,
};

/// Words that name something else with the word behind them: "Česká republika", "Štědrý den".
const FIXED: &[(&str, &[&str])] = &[
    ("cesk", &["republi", "sporit", "post", "drah", "televiz", "narod", "sprav", "obcan", "jazyk", "statni"]),
    ("stedr", &["den", "dne", "dni", "vecer"]),
    ("nov", &["rok", "roce", "roku"]),
    ("bil", &["kruh", "sobot", "hul", "hol"]),
    ("cerven", &["kriz"]),
    ("modr", &["kriz"]),
    ("zelen", &["kruh", "ctvrt"]),
    ("velk", &["patek", "patk", "noc", "pond"]),
];

/// Falling, jumping: "skočit z mostu" is from a bridge.
const FALLING: &[&str] = &["skoc", "skak", "spad", "vrhn", "shod", "hodi", "pad"];

impl Search<'_> {
    /// Tells whether a reading of `words` counts.
    pub(super) fn counts(&self, reading: &Reading, key: &str, words: &[Token], support: &Support) -> bool {
        let weight = self.weight(reading);
        let way = support.preposition.map(|p| p.way);
        let agrees = support.preposition.is_some_and(|p| p.way != Way::About && p.cases.meets(reading.cases));
        let named = way == Some(Way::Named) || support.preposition.is_some_and(|p| p.cases == Cases::ANY && p.way != Way::About);
        match reading.shape {
            Shape::Capitals => {
                let opens = support.opens_message && self.after(words).is_some_and(|t| t.gap != Gap::Stop && !t.is_number());
                return words.iter().all(|w| w.all_capitals) && !self.shouting || opens || matches!(way, Some(Way::To | Way::From));
            }
            Shape::OfRegion => return self.region_word,
            Shape::Whole | Shape::Abbreviated | Shape::WithoutTail | Shape::WithoutAdjective => {}
        }
        if self.is_person_or_street(words, support, weight) {
            return false;
        }
        let moving = matches!(way, Some(Way::To | Way::From | Way::At | Way::Except));
        if words.len() == 1 && self.names_something_else(key, words) || self.is_fallen_from(support) {
            return false;
        }
        let guard = if words.len() == 1 { self.gazetteer.words.guard(key) } else { Guard::Free };
        let placed = agrees || named || support.alone || support.capital || support.neighbour;
        match guard {
            Guard::Always => {
                named || support.neighbour && support.capital || agrees && support.capital && moving
            }
            Guard::Ordinary if weight >= TOWN || self.is_short_seat(reading) => {
                let heads =
                    weight >= 90 && support.opens_message && reading.cases.meets(Cases::NOM) && words.first().is_some_and(|w| w.capital);
                let needed = support.needed && reading.cases.meets(Cases::NOM);
                (agrees && moving && !support.upon) || named || support.alone || support.capital || support.neighbour || heads || needed
            }
            Guard::Ordinary => {
                (agrees && support.capital && moving)
                    || named
                    || (support.neighbour && (agrees || support.capital))
            }
            Guard::Free if weight >= TOWN => true,
            Guard::Free => placed || support.opening && (words.len() > 1 || self.opens_alone(reading, key, words)),
        }
    }

    /// "Brod" for one of several towns.
    fn is_short_seat(&self, reading: &Reading) -> bool {
        reading.shape == Shape::WithoutAdjective && self.weight(reading) >= 60
    }

    /// A village as the first word of a sentence, in the nominative, with no everyday meaning.
    fn opens_alone(&self, reading: &Reading, key: &str, words: &[Token]) -> bool {
        reading.cases.meets(Cases::NOM)
            && key.len() >= TYPO_LETTERS_MIN
            && words.first().is_some_and(|w| w.capital)
            && !self.gazetteer.words.is_common(key)
    }

    pub(super) fn names_something_else(&self, key: &str, words: &[Token]) -> bool {
        let behind = |nouns: &[&str]| self.after(words).is_some_and(|t| t.starts(nouns) && t.gap == Gap::Blank);
        FIXED.iter().any(|(stem, nouns)| key.starts_with(stem) && behind(nouns))
    }

    fn is_fallen_from(&self, support: &Support) -> bool {
        let before = self.tokens.get(support.preposition_at.saturating_sub(3)..support.preposition_at).unwrap_or(&[]);
        support.preposition.is_some_and(|p| p.way == Way::From) && before.iter().any(|t| t.starts(FALLING))
    }

    fn after(&self, words: &[Token]) -> Option<&Token> {
        let end = words.last()?.at.end;
        self.tokens.iter().find(|t| t.at.start >= end)
    }

    pub(super) fn is_person_or_street(&self, words: &[Token], support: &Support, weight: u8) -> bool {
        if support.preposition.is_some() {
            return false;
        }
        let start = words.first().map_or(0, |w| w.at.start);
        let before = self.tokens.iter().take_while(|t| t.at.end <= start).last();
        let titled = before.is_some_and(|t| t.is(&["pan", "pana", "panu", "panem", "pani", "p", "pi", "mgr", "bc", "ing", "judr"]))
            && words.first().is_some_and(|w| w.capital && w.gap != Gap::Comma);
        let numbered = weight < TOWN && self.after(words).is_some_and(|t| t.is_number() && t.gap == Gap::Blank);
        titled || numbered
    }
}
