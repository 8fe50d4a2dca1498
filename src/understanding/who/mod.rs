//! What a message says of the client. Relatives, writers and services are told apart from the client.

mod age;
mod count;
mod sex;

use super::clause::Clauses;
use super::lexicon::{Criterion, Hit, Sense, near};
use super::words::Words;
use crate::domain::Who;
use std::ops::Range;

/// The criteria found and the words each came from.
pub(super) struct Described {
    /// The client.
    pub who: Who,
    /// Name of the criterion and its words, by index.
    pub evidence: Vec<(&'static str, Range<usize>)>,
}

/// Reads the client's criteria; `family_writes` when the message is not from staff.
pub(super) fn who(words: &Words<'_>, hits: &[Hit], clauses: &Clauses<'_>, family_writes: bool) -> Described {
    let reader = Reader { words, hits, clauses, family_writes };
    let mut evidence = Vec::new();
    let mut flag = |criterion: Criterion| {
        let span = reader.affirmed(criterion)?;
        evidence.push((criterion.code(), span));
        Some(true)
    };
    let mut who = Who {
        pet: flag(Criterion::Pet),
        disability: flag(Criterion::Disability),
        pregnant: flag(Criterion::Pregnant),
        no_income: flag(Criterion::NoIncome),
        foreigner: flag(Criterion::Foreigner),
        substitution: flag(Criterion::Substitution),
        without_id: flag(Criterion::WithoutId),
        released_already: flag(Criterion::Released),
        ..Who::default()
    };
    if let Some((children, span)) = reader.children() {
        who.children = Some(children);
        evidence.push(("children", span));
    }
    who.couple = count::couple(words, hits).map(|span| {
        evidence.push(("couple", span));
        true
    });
    if let Some((count, span)) = count::clients(words, hits) {
        who.count = Some(count);
        evidence.push(("count", span));
    }
    if who.couple == Some(true) && who.count.is_none() {
        who.count = Some(2);
    }
    if who.couple.is_none()
        && let Some((sex, span)) = sex::sex(words, hits, clauses, family_writes, who.count.is_some())
    {
        who.sex = Some(sex);
        evidence.push(("sex", span));
    }
    let ages = age::band(words, hits, who.count.is_some(), family_writes);
    if let Some((band, span)) = ages {
        who.age_band = Some(band);
        evidence.push(("age_band", span));
    }
    Described { who, evidence }
}

struct Reader<'a> {
    words: &'a Words<'a>,
    hits: &'a [Hit],
    clauses: &'a Clauses<'a>,
    family_writes: bool,
}

impl Reader<'_> {
    fn spans(&self, criterion: Criterion) -> impl Iterator<Item = &Range<usize>> {
        self.hits.iter().filter(move |hit| hit.sense == Sense::Who(criterion)).map(|hit| &hit.span)
    }

    /// The first mention that is not denied ("bez psa", "psa nemá", "není těhotná").
    fn affirmed(&self, criterion: Criterion) -> Option<Range<usize>> {
        self.spans(criterion).find(|span| self.is_affirmed(criterion, span)).cloned()
    }

    fn is_affirmed(&self, criterion: Criterion, span: &Range<usize>) -> bool {
        if matches!(criterion, Criterion::NoIncome | Criterion::WithoutId | Criterion::Released) {
            return !matches!(self.words.before(span.start, 1), "pokud" | "az" | "kdyby" | "kdyz");
        }
        let denied = (1..=2).any(|back| {
            let word = self.words.before(span.start, back);
            matches!(word, "bez" | "neni" | "nema" | "zadny" | "zadne" | "zadna" | "nebere" | "zadneho" | "ne")
                && self.words.same_clause(span.start.saturating_sub(back), span.start)
        });
        let after = matches!(self.words.word(span.end), "nema" | "nemaji" | "neni" | "nebere") && self.words.same_clause(span.start, span.end);
        let ordinary = near(self.hits, span).iter().any(|hit| hit.sense == Sense::Ignore && hit.span.len() > 1 && hit.span.start <= span.start && span.end <= hit.span.end);
        !denied && !after && !ordinary
    }

    fn children(&self) -> Option<(bool, Range<usize>)> {
        if let Some(span) = self.spans(Criterion::NoChildren).next() {
            let grown = (span.start..span.end).any(|at| self.words.word(at).starts_with("dospel") || self.words.word(at).starts_with("velk"));
            return if grown { None } else { Some((false, span.clone())) };
        }
        let named = self.spans(Criterion::Children).find(|span| self.is_minor_child(span) && !self.is_of_relative(span)).cloned();
        let aged = || self.spans(Criterion::ChildWord).find(|span| self.is_aged_child(span)).cloned();
        named.or_else(aged).map(|span| (true, span))
    }

    /// "sestra ho ubytuje, má tři děti": the sister's.
    fn is_of_relative(&self, span: &Range<usize>) -> bool {
        let partner = (0..span.start).rev().find(|at| super::clause::is_kin(self.words, *at)).is_some_and(|at| ["manzel", "pritel", "partner", "druz", "druh", "ex", "byval", "matk", "mam"].iter().any(|stem| self.words.word(at).starts_with(stem)));
        let theirs = (1..=3).any(|back| matches!(self.words.before(span.start, back), "ma" | "se" | "s" | "maji"));
        (self.clauses.is_beside(span.start) || self.goes_on(span.start)) && theirs && !partner
    }

    /// The clause begins with "má" and the one before it has a relative as its subject.
    fn goes_on(&self, at: usize) -> bool {
        let first = (0..=at).rev().take_while(|before| self.words.same_clause(*before, at)).last().unwrap_or(at);
        let kin = first.checked_sub(1).is_some_and(|last| (0..=last).rev().take(8).take_while(|at| self.words.same_sentence(*at, last)).any(|at| self.clauses.is_beside(at)));
        kin && matches!(self.words.word(first), "ma" | "maji")
    }

    /// Not "čin proti dětem", not "práce s dětmi", not "od dětství".
    fn is_minor_child(&self, span: &Range<usize>) -> bool {
        let offence = near(self.hits, span).iter().any(|hit| {
            matches!(hit.sense, Sense::Flag(super::lexicon::Cue::Restricted | super::lexicon::Cue::Offence)) && hit.span.start < span.end && span.start < hit.span.end
        });
        let work = matches!((self.words.word(span.start), self.words.before(span.start, 1)), ("s", "prace" | "praci" | "styk" | "styku"))
            && self.words.before(span.start, 1).starts_with("prac");
        let grown = self.words.before(span.start, 1).starts_with("dospel") || (self.words.same_clause(span.start, span.end) || !["det", "dit"].iter().any(|stem| self.words.word(span.end - 1).starts_with(stem)) || self.words.lead(span.end).contains('(')) && age::number_behind(self.words, span.end).is_some_and(|age| age >= 18);
        let ordinary = near(self.hits, span).iter().any(|hit| hit.sense == Sense::Ignore && hit.span.len() > 1 && hit.span.start <= span.start && span.end <= hit.span.end);
        !offence && !work && !grown && !ordinary
    }

    /// "syn 9 let", "s dcerou (4)", "dvě dcery 3 a 5".
    fn is_aged_child(&self, span: &Range<usize>) -> bool {
        // "syn (17) jde z vazby k nám": he is the client
        let client = self.family_writes && !matches!(self.words.before(span.start, 1), "s" | "se" | "ma" | "mame" | "mam" | "a");
        if client {
            return false;
        }
        let age = age::number_behind(self.words, span.end);
        let young = age.is_some_and(|age| age < 18);
        let small = ["mal", "nezlet", "desetilet", "petilet", "novoroz"].iter().any(|stem| self.words.before(span.start, 1).starts_with(stem));
        let aged_before = super::numeral::years_in_word(self.words.before(span.start, 1)).is_some_and(|age| age < 18);
        young || small || aged_before
    }
}
