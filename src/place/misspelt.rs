//! Names behind one slip of the pen. Looked for only where a place is expected –
//! behind a preposition, in a clause of its own, with a capital – and never
//! behind an everyday word.

use super::{
    builder::TOWN,
    case::Cases,
    hit::{Hit, Search},
    index::{Reading, Shape},
    narrow,
    preposition::{self, Way},
    support::Support,
    token::{Gap, Token},
    words::Guard,
};

/// The longest name looked for, in words.
const TYPO_WORDS_MAX: usize = 5;
pub(super) const TYPO_LETTERS_MIN: usize = 5;
/// The shortest foreign name looked for.
const FOREIGN_LETTERS_MIN: usize = 7;

impl Search<'_> {
    /// Looks for a name one typo away, of at least `shortest` words.
    pub(super) fn misspelt(&self, first: usize, shortest: usize) -> Option<Hit> {
        (shortest..=TYPO_WORDS_MAX).rev().find_map(|count| self.misspelt_phrase(first, count))
    }

    fn misspelt_phrase(&self, first: usize, count: usize) -> Option<Hit> {
        let (words, key, _) = self.phrase(first, count)?;
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        let head = words.first()?;
        let support = self.support(first, count);
        // "na útěku", "na bráně": few towns stand with "na"
        if support.upon && letters <= TYPO_LETTERS_MIN {
            return None;
        }
        let clipped = letters + 1 == TYPO_LETTERS_MIN
            && count == 1
            && support.preposition.is_some_and(|p| matches!(p.way, Way::To | Way::From | Way::At));
        if letters < TYPO_LETTERS_MIN && !clipped || self.is_everyday(words) || self.is_person_or_street(words, &support, TOWN) || self.names_something_else(&key, words) {
            return None;
        }
        let led = support.preposition.is_some_and(|p| !matches!(p.way, Way::About));
        let own_clause =
            support.alone || support.opening && self.tokens.get(first + count).is_none_or(|t| t.gap != Gap::Blank || count > 1);
        let foreign = head.cyrillic && head.capital && letters > TYPO_LETTERS_MIN;
        if !(led || own_clause || support.capital && head.capital && letters > TYPO_LETTERS_MIN || foreign) {
            return None;
        }
        let near = self.gazetteer.index.with_one_typo(&key);
        let fitting = |(form, reading): &(&str, &Reading)| self.is_fair_correction(form, reading, &key, words, &support);
        let readings: Vec<&Reading> = near
            .iter()
            .flat_map(|(form, readings)| readings.iter().map(move |r| (form.as_str(), r)))
            .filter(fitting)
            .map(|(_, r)| r)
            .collect();
        let agreeing: Vec<&Reading> =
            readings.iter().copied().filter(|r| support.preposition.is_some_and(|p| p.cases.meets(r.cases))).collect();
        let readings = if agreeing.is_empty() { readings } else { agreeing };
        let best = readings.iter().map(|r| self.weight(r)).max()?;
        let best: Vec<&Reading> = readings.into_iter().filter(|r| self.weight(r) + 10 >= best).collect();
        self.hit(first, count, &best, support).map(|hit| Hit { doubtful: true, ..hit })
    }

    /// Everyday words are never corrected into towns, nor are phrases that begin or end with one.
    fn is_everyday(&self, words: &[Token]) -> bool {
        let common = |w: &Token| w.is_number() || self.gazetteer.words.is_common(&w.key) || preposition::read(&w.key, false).is_some();
        match words {
            [one] => common(one),
            [first, .., last] => {
                let bound = |w: &Token| preposition::read(&w.key, false).is_some_and(|p| p.way != Way::Named);
                bound(first) || bound(last) || first.key.len() < 3 || last.is_number() || words.iter().all(common)
            }
            [] => true,
        }
    }

    fn is_fair_correction(&self, form: &str, reading: &Reading, key: &str, words: &[Token], support: &Support) -> bool {
        let weight = self.weight(reading);
        let agrees = support.preposition.is_some_and(|p| p.cases.meets(reading.cases));
        let same_start = form.bytes().next() == key.bytes().next();
        let whole = matches!(reading.shape, Shape::Whole) || words.len() > 1 && reading.shape == Shape::Abbreviated && key.len() > 9;
        let capital = words.first().is_some_and(|w| w.capital) && support.preposition.is_some();
        let size = weight >= TOWN || capital || words.len() > 1;
        let guarded = words.len() == 1 && self.gazetteer.words.guard(form) != Guard::Free;
        let led = support.preposition.is_some();
        let short = form.len() < TYPO_LETTERS_MIN && !(agrees && key.len() >= TYPO_LETTERS_MIN && weight >= 90);
        // four letters are enough where one of five is missing
        let clipped = key.len() + 1 == TYPO_LETTERS_MIN && !(agrees && weight >= 100 && form.len() == TYPO_LETTERS_MIN && same_start);
        // "odešel" is nobody from Oděsa
        let foreign = narrow::place_of(self.gazetteer, reading.entry).is_none() && form.len() < FOREIGN_LETTERS_MIN;
        !clipped
            && !foreign
            && whole
            && size
            && !short
            && (!guarded || agrees && weight >= 90)
            // who writes a name alone writes it as it is called: "počkám" is nobody from Pečky
            && (led || reading.cases.meets(Cases::NOM) || words.iter().any(|word| word.capital))
            && (led || same_start && (weight > TOWN || !words.iter().any(|w| w.cyrillic)))
            && same_blanks(form, key, words.len())
    }
}

/// One word stays one word, except that a blank may be the typo in a long name.
fn same_blanks(form: &str, key: &str, words: usize) -> bool {
    let blanks = form.bytes().filter(|b| *b == b' ').count() + 1;
    blanks == words || form.len() >= 8 && key.len() >= 8
}
