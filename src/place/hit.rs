//! Finds the words of a text that can be a place: the longest known form at each
//! word, and where nothing fits, one typo away. What supports a hit – a
//! preposition, a capital, a clause of its own – decides whether it counts.

use super::{
    builder::TOWN,
    case::Cases,
    gazetteer::Gazetteer,
    index::{Reading, Shape},
    support::Support,
    token::{Gap, Token},
    words::Guard,
};

/// The longest name in words ("Brandýs nad Labem-Stará Boleslav" has five).
const WORDS_MAX: usize = 6;

/// An entry a hit can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) entry: u32,
    pub(super) weight: u8,
}

/// Words that can be a place.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) first: usize,
    pub(super) count: usize,
    /// What it can mean; nothing when it is the name of an unknown village.
    pub(super) candidates: Vec<Candidate>,
    pub(super) support: Support,
    /// The cases of the written form, for "na Slovensko" against "na Slovensku".
    pub(super) cases: Cases,
    /// It may be another place, so it is said back.
    pub(super) doubtful: bool,
}

impl Hit {
    pub(super) fn end(&self) -> usize {
        self.first + self.count
    }
}

/// Finds all hits from left to right; they do not overlap.
pub(super) fn hits(gazetteer: &Gazetteer, tokens: &[Token]) -> Vec<Hit> {
    let search = Search {
        gazetteer,
        tokens,
        shouting: tokens.len() > 3 && tokens.iter().filter(|t| !t.is_number()).all(|t| t.all_capitals || t.key.len() == 1),
        english: tokens
            .iter()
            .any(|t| t.is(&["the", "and", "is", "am", "my", "from", "wants", "want", "released", "need", "how", "go", "going"])),
        region_word: tokens.iter().any(|t| t.key.starts_with("kraj")),
    };
    let mut found: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match search.at(at) {
            Some(hit) => {
                at = hit.end();
                let explained = found.last().map_or(0, Hit::end);
                found.push(match search.unknown_start(&hit, explained) {
                    Some(first) => Hit { first, count: hit.end() - first, candidates: Vec::new(), ..hit },
                    None => Hit { doubtful: hit.doubtful || search.is_doubtful(&hit, explained), ..hit },
                });
            }
            None => at += 1,
        }
    }
    found
}

/// One text being searched.
pub(super) struct Search<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) tokens: &'a [Token],
    /// Everything is in capitals, so capitals say nothing.
    pub(super) shouting: bool,
    /// The word "kraj" stands somewhere.
    pub(super) region_word: bool,
    /// The text has English words, so "to" is a preposition.
    pub(super) english: bool,
}

impl Search<'_> {
    fn at(&self, first: usize) -> Option<Hit> {
        if self.tokens.get(first)?.is_number() {
            return None;
        }
        let reach = self.gazetteer.index.reach(self.tokens.iter().skip(first).take(WORDS_MAX).map(|t| t.key.as_str()));
        let exact = (1..=reach).rev().find_map(|count| self.exact(first, count));
        match exact {
            Some(hit) if self.goes_on(hit.end()) => Some(self.misspelt(first, hit.count + 2).unwrap_or(hit)),
            Some(hit) if hit.count > 1 || hit.candidates.iter().any(|c| c.weight >= TOWN) => {
                if hit.count == 1 {
                    Some(self.misspelt(first, 2).filter(|t| beats(t, &hit)).unwrap_or(hit))
                } else {
                    Some(hit)
                }
            }
            Some(hit) => Some(self.misspelt(first, 2).unwrap_or(hit)),
            None => self.misspelt(first, 1),
        }
    }

    /// Tells whether a name may go on behind its first part: "Nové Město | nad …".
    fn goes_on(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is(&["nad", "pod", "na", "u", "v", "ve"]) && t.gap == Gap::Blank)
            && self.tokens.get(at + 1).is_some_and(|t| t.key.len() > 3 && !self.gazetteer.words.is_common(&t.key))
    }

    fn exact(&self, first: usize, count: usize) -> Option<Hit> {
        let (words, key, written) = self.phrase(first, count)?;
        let readings = self.gazetteer.index.exact(&key);
        if readings.is_empty() {
            return None;
        }
        let support = self.support(first, count);
        let cyrillic = words.iter().any(|w| w.cyrillic);
        let fitting = readings.iter().filter(|r| cyrillic || !self.gazetteer.index.contradicts(r, &written));
        let fitting: Vec<&Reading> = fitting.collect();
        let mut counting: Vec<&Reading> = fitting.iter().copied().filter(|r| self.counts(r, &key, words, &support)).collect();
        // once a word counts as a place, its smaller namesakes are possible too
        if !counting.is_empty() && self.gazetteer.words.guard(&key) != Guard::Free {
            counting = fitting.into_iter().filter(|r| r.shape == Shape::Whole || counting.iter().any(|c| std::ptr::eq(*c, *r))).collect();
        }
        self.hit(first, count, &counting, support)
    }

    pub(super) fn hit(&self, first: usize, count: usize, readings: &[&Reading], support: Support) -> Option<Hit> {
        let mut candidates: Vec<Candidate> = Vec::with_capacity(readings.len());
        // a form in the case the preposition asks for is preferred to one that is not
        let agreeing = |r: &&&Reading| support.preposition.is_some_and(|p| p.cases.meets(r.cases));
        let some_agree = readings.iter().any(|r| agreeing(&r));
        // without a preposition "Bor" is the town Bor, not the genitive of Bory
        let bare = support.preposition.is_none() && readings.iter().any(|r| r.cases.meets(Cases::NOM));
        for reading in readings {
            let candidate = Candidate { entry: reading.entry, weight: self.weight(reading) };
            if some_agree && !agreeing(&reading) && candidate.weight < TOWN || bare && !reading.cases.meets(Cases::NOM) {
                continue;
            }
            match candidates.iter_mut().find(|c| c.entry == candidate.entry) {
                Some(known) => known.weight = known.weight.max(candidate.weight),
                None => candidates.push(candidate),
            }
        }
        let cases = readings.iter().fold(Cases::NONE, |cases, r| cases.or(r.cases));
        (!candidates.is_empty()).then_some(Hit { first, count, candidates, support, cases, doubtful: false })
    }

    /// Joins `count` words, unless something between them parts them.
    pub(super) fn phrase(&self, first: usize, count: usize) -> Option<(&[Token], String, String)> {
        let words = self.tokens.get(first..first.checked_add(count)?)?;
        if words.iter().skip(1).any(|w| !matches!(w.gap, Gap::Blank | Gap::Joined | Gap::Stop)) {
            return None;
        }
        // "k." may shorten "Karlovy", a bare "k" is a preposition
        let shortened = count < 2 || words.get(1).is_some_and(|w| w.gap == Gap::Stop);
        if !shortened
            && words.first().is_some_and(|w| {
                w.is(&["k", "v", "z", "s", "u", "o", "a", "i", "do", "na", "ve", "ze", "od", "po", "za", "ke", "ku", "st", "no", "to"])
            })
        {
            return None;
        }
        let join = |pick: fn(&Token) -> &str| words.iter().map(pick).collect::<Vec<_>>().join(" ");
        Some((words, join(|w| &w.key), join(|w| &w.written)))
    }

    pub(super) fn weight(&self, reading: &Reading) -> u8 {
        let Some(entry) = usize::try_from(reading.entry).ok().and_then(|at| self.gazetteer.entries.get(at)) else { return 0 };
        match reading.shape {
            Shape::Whole | Shape::Capitals => entry.weight,
            Shape::OfRegion => entry.weight.saturating_sub(5),
            // "Klášterec n. O." is the town on the Ohře rather than the village on the Orlice
            Shape::Abbreviated if entry.weight >= TOWN => entry.weight.saturating_sub(2),
            Shape::Abbreviated => entry.weight.saturating_sub(10),
            Shape::WithoutTail if entry.seat => 80,
            // a village of just this name comes first, "Bílovice" before "Bílovice nad Svitavou"
            Shape::WithoutTail => 48,
            Shape::WithoutAdjective if entry.seat => 60,
            Shape::WithoutAdjective => 45,
        }
    }
}

/// A misspelt longer name beats an exact shorter one that is only a part of it.
fn beats(longer: &Hit, exact: &Hit) -> bool {
    let best = |hit: &Hit| hit.candidates.iter().map(|c| c.weight).max().unwrap_or(0);
    best(longer) >= best(exact) && exact.candidates.iter().all(|c| c.weight < 100)
}
