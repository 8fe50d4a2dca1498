//! What a clause does with the things it names: asks for them, lacks them, has them, refuses them
//! or only tells of them – and whether it speaks of the client or of somebody beside him.
//! It decides no topic; `need`, `who` and `flag` ask it about their words. What a cue is stands in
//! the lexicon's `[context]` and in `cue`, who is spoken of in `subject`.

mod cue;
mod subject;
#[cfg(test)]
mod tests;

pub(super) use subject::{is_kin, is_relative};

use super::lexicon::{Frame, Hit, Sense, Strength, near};
use super::words::Words;
use crate::domain::Topic;
use cue::{Cue, cues, reach};
use std::ops::Range;
use subject::beside;

/// How the words around a mention treat it, with the cue that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governor {
    /// What the cue does.
    pub frame: Frame,
    /// The index of the cue's last word.
    pub at: usize,
    /// Words between the cue and the mention.
    pub far: usize,
    /// The cue stands behind the mention.
    pub behind: bool,
}

/// The clauses of one message.
pub(super) struct Clauses<'a> {
    words: &'a Words<'a>,
    hits: &'a [Hit],
    /// Cues that govern, in the order of the text, none inside another.
    cues: Vec<Cue>,
    /// Per clause: somebody beside the client is its subject.
    beside: Vec<bool>,
}

/// Farthest cue that is looked for, in words.
const REACH: usize = 9;
/// Words looked through for the end of a clause.
const CLAUSE_MAX: usize = 40;

impl<'a> Clauses<'a> {
    /// Reads the clauses of a text; `family_writes` when the relative it names is the client.
    pub(super) fn of(words: &'a Words<'a>, hits: &'a [Hit], family_writes: bool) -> Self {
        Self { words, hits, cues: cues(words, hits), beside: if family_writes { Vec::new() } else { beside(words, hits) } }
    }

    /// Tells whether the clause of a word speaks of a relative, not of the client.
    pub(super) fn is_beside(&self, at: usize) -> bool {
        self.words.at(at).is_some_and(|word| self.beside.get(word.clause).copied().unwrap_or(false))
    }

    /// Tells whether a word names a relative, in any case.
    pub(super) fn is_relative(&self, at: usize) -> bool {
        is_relative(self.words, self.hits, at)
    }

    /// The cue that governs a mention; mentions joined in one clause share what stands behind the last.
    pub(super) fn governor(&self, span: &Range<usize>) -> Option<Governor> {
        self.around_mention(span).or_else(|| self.nearest(span)).or_else(|| self.shared(span))
    }

    /// A phrase that holds the mention: "splácí řádně".
    fn around_mention(&self, span: &Range<usize>) -> Option<Governor> {
        let holds = |cue: &&Cue| cue.span.start <= span.start && span.end <= cue.span.end && cue.span.len() > span.len();
        let cue = self.near(&(span.start.saturating_sub(3)..span.end)).iter().find(holds)?;
        Some(Governor { frame: cue.frame, at: span.start, far: 0, behind: false })
    }

    /// The nearest cue of the clause, one before the mention first; another mention between makes it farther.
    fn nearest(&self, span: &Range<usize>) -> Option<Governor> {
        let last = span.end.saturating_sub(1);
        let found = self.near(&(span.start.saturating_sub(REACH + 1)..span.end + REACH)).iter().filter_map(|cue| {
            if cue.span.end <= span.start && self.words.same_clause(cue.span.start, span.start) {
                let found = Governor { frame: cue.frame, at: cue.span.end.saturating_sub(1), far: span.start - cue.span.end, behind: false };
                Some((found, cue.span.end..span.start))
            } else if cue.span.start >= span.end && self.words.same_clause(cue.span.start, last) {
                let found = Governor { frame: cue.frame, at: cue.span.start, far: cue.span.start - span.end, behind: true };
                // "ubytovna mimo školy" is none that is refused
                let onward = matches!(self.words.word(cue.span.start), "mimo" | "krome") || cue.frame == Frame::Asks && self.has_object(&cue.span);
                (!onward).then_some((found, span.end..cue.span.start))
            } else {
                None
            }
        });
        found
            .filter(|(found, _)| (found.far < reach(found.frame, found.behind) || self.denies(*found)) && self.holds(*found))
            .min_by_key(|(found, between)| (found.far + usize::from(found.behind) + 2 * self.mentions(between), found.behind))
            .map(|(found, _)| self.led(found))
    }

    /// "invalidní důchod, hledá byt": the verb asks for what stands behind it.
    fn has_object(&self, cue: &Range<usize>) -> bool {
        let object = |hit: &&Hit| matches!(hit.sense, Sense::Topic(_, Strength::Thing)) && hit.span.start >= cue.end && self.words.same_clause(cue.start, hit.span.start);
        let verb = !matches!(self.words.word(cue.start), "kde" | "kam" | "kdo" | "jak" | "co" | "ktery" | "ktera" | "ktere");
        verb && self.hits_from(cue.end, cue.end + 3).any(|hit| object(&hit))
    }

    /// "drogy už tři roky ne": the last word of the clause.
    fn denies(&self, found: Governor) -> bool {
        found.behind && found.far < 5 && self.words.word(found.at) == "ne" && !self.words.same_clause(found.at, found.at + 1)
    }

    /// "s prací ani s bydlením pomoc nechce".
    fn shared(&self, span: &Range<usize>) -> Option<Governor> {
        let next = (span.end..span.end + 3).find(|at| matches!(self.words.word(*at), "a" | "i" | "ani" | "nebo")).filter(|at| self.words.same_clause(span.start, *at))?;
        let joined = self.hits_from(next, next + 4).find(|hit| matches!(hit.sense, Sense::Topic(..)) && hit.span.start > next && self.words.same_clause(next, hit.span.start))?;
        self.nearest(&joined.span).filter(|found| found.behind)
    }

    /// What the words beside a cue make of it.
    fn led(&self, found: Governor) -> Governor {
        let beside = |range: Range<usize>, frame: Frame| self.near(&range).iter().any(|cue| cue.frame == frame && self.words.same_clause(cue.span.start, found.at));
        let word = self.words.word(found.at);
        let frame = match found.frame {
            _ if found.behind && word == "ne" => Frame::Without,
            // "dluhy máme vyřešené": the state says more than the verb
            Frame::Has if found.behind && beside(found.at + 1..found.at + 4, Frame::Settled) => Frame::Settled,
            // "aby našel práci", "rád by dostal střídavku" is a wish
            Frame::Has if (1..=4).any(|back| self.words.before(found.at, back) == "aby") || (1..=3).any(|back| matches!(self.words.before(found.at, back), "by" | "bych" | "rad" | "rada") && self.words.same_clause(found.at - back, found.at)) => Frame::Asks,
            // "pomoc nepotřebuje", "nechce pomoct"
            Frame::Asks if beside(found.at.saturating_sub(2)..found.at + 2, Frame::Refuses) => Frame::Refuses,
            Frame::Settled if !found.behind => self.verb_before(found.at).unwrap_or(found.frame),
            Frame::Without if !found.behind && word.starts_with("zadn") => self.verb_before(found.at).unwrap_or(found.frame),
            frame => frame,
        };
        Governor { frame, ..found }
    }

    /// "nemá zajištěné bydlení", "potřebuje jisté místo": a state before its noun hears on the verb before it.
    fn verb_before(&self, at: usize) -> Option<Frame> {
        let verb = self.near(&(at.saturating_sub(4)..at)).iter().rfind(|cue| cue.span.end <= at && self.words.same_clause(cue.span.start, at))?;
        matches!(verb.frame, Frame::Without | Frame::Asks | Frame::Refuses).then_some(verb.frame)
    }

    /// "u kamarádky, ale jen do neděle": a roof for the time being.
    pub(super) fn stopgap(&self) -> Option<Range<usize>> {
        let stays = |at: &usize| matches!(self.words.before(*at, 1), "u" | "k" | "ke") && is_relative(self.words, self.hits, *at);
        (0..self.words.len()).filter(stays).map(|at| at..at + 1).find(|span| self.is_lost(span))
    }

    /// "má dluhy, ty ale řeší s advokátem", "3 exekuce (řeší správce)": the next clause says what became of it.
    pub(super) fn is_settled_behind(&self, span: &Range<usize>, had: bool) -> bool {
        let Some(last) = self.words.at(span.end.saturating_sub(1)) else { return false };
        let mut next = (span.end..span.end + REACH).skip_while(|at| self.words.at(*at).is_some_and(|word| word.clause == last.clause));
        let Some(first) = next.next().filter(|first| self.words.same_sentence(*first, span.start)) else { return false };
        let points = self.words.lead(first).contains('(') || matches!(self.words.word(first), "ty" | "to" | "ten" | "ta" | "tu" | "toho" | "tohle" | "ktery" | "ktera" | "ktere" | "kterou");
        let clause = self.words.at(first).map_or(0, |word| word.clause);
        let settles = |cue: &Cue| (cue.frame == Frame::Settled || had && cue.frame == Frame::Has) && self.words.at(cue.span.start).is_some_and(|word| word.clause == clause);
        // "agentura, která bere i s trestem?"
        let open = had && self.words.word(first).starts_with("kter") && self.asks_sentence(first);
        points && !open && self.near(&(first..first + 5)).iter().any(settles)
    }

    /// The cue a clause without its own goes on from: "potřebuje byt, práci, lékaře".
    pub(super) fn carried(&self, span: &Range<usize>) -> Option<Governor> {
        let clause = self.words.at(span.start)?.clause;
        let earlier = |cue: &&Cue| cue.span.end <= span.start && self.words.same_sentence(cue.span.start, span.start) && self.words.at(cue.span.start).is_some_and(|word| word.clause < clause);
        let cue = self.near(&(span.start.saturating_sub(REACH)..span.start)).iter().rfind(earlier)?;
        let found = Governor { frame: cue.frame, at: cue.span.end.saturating_sub(1), far: span.start - cue.span.end, behind: false };
        self.holds(found).then(|| self.led(found))
    }

    /// What the carried cue had first was a thing, so the list behind it is one of things.
    pub(super) fn carries_thing(&self, span: &Range<usize>) -> bool {
        let Some(found) = self.carried(span) else { return false };
        let first = self.hits_from(found.at, span.start).find(|hit| matches!(hit.sense, Sense::Topic(..)) && hit.span.start > found.at && hit.span.end <= span.start);
        first.is_some_and(|hit| matches!(hit.sense, Sense::Topic(_, Strength::Thing)))
    }

    /// The clause ends with a question mark.
    pub(super) fn is_question(&self, span: &Range<usize>) -> bool {
        let last = span.end.saturating_sub(1);
        let end = (last..self.words.len().min(last + CLAUSE_MAX)).take_while(|at| self.words.same_clause(last, *at)).last().unwrap_or(last);
        self.words.lead(end + 1).contains('?')
    }

    /// What is had is not had for long: "ubytovnu má, ale jen do konce dubna".
    pub(super) fn is_lost(&self, span: &Range<usize>) -> bool {
        let last = span.end.saturating_sub(1);
        let clause = |at: usize| self.words.at(at).map_or(0, |word| word.clause);
        self.hits_from(span.end, span.end + REACH)
            .filter(|hit| hit.sense == Sense::Context(Frame::Lost) && hit.span.start >= span.end && self.words.same_sentence(last, hit.span.start))
            .any(|hit| hit.span.start - span.end < 7 && clause(hit.span.start) <= clause(last) + 1 && self.mentions(&(span.end..hit.span.start)) == 0)
            || self.is_dated(span)
    }

    /// "ubytovnu má do 30. 4.", "bude u kamarádky do 10. 1.".
    fn is_dated(&self, span: &Range<usize>) -> bool {
        (span.end..span.end + 5).any(|at| self.words.word(at) == "do" && self.words.number(at + 1).is_some() && self.words.lead(at + 2).starts_with('.') && self.words.same_clause(span.start, at))
    }

    /// "kdo má volné lůžko", "jestli má někdo byt": what others have is asked for.
    fn holds(&self, found: Governor) -> bool {
        if found.frame != Frame::Has {
            return true;
        }
        let at = found.at;
        let of_others = (1..=2).any(|back| matches!(self.words.before(at, back), "kdo" | "nekdo" | "jestli" | "zda" | "jaky" | "jake" | "kdy" | "jak" | "kolik"))
            || (1..=5).any(|back| matches!(self.words.before(at, back), "jestli" | "jesli" | "zda" | "ktery" | "ktera" | "ktere" | "kteri" | "kam" | "kdo" | "kde") && self.asks_sentence(at) && self.words.same_clause(at - back, at))
            || (3..=5).any(|back| matches!(self.words.before(at, back), "jestli" | "jesli" | "zda"))
            || matches!(self.words.word(at + 1), "nekdo" | "nekoho" | "strach" | "hledat" | "resit");
        // "Má klient nárok na byt?"
        let opens = !at.checked_sub(1).is_some_and(|before| self.words.same_sentence(before, at)) && self.asks_sentence(at);
        // "je na to nějaký příspěvek?"
        let exists = !found.behind && matches!(self.words.before(at, 1), "je" | "jsou" | "bude") && self.asks_sentence(at);
        let we = matches!(self.words.word(at), "mame" | "mam") && found.far >= 2 && !found.behind;
        !of_others && !opens && !exists && !we
    }

    /// The sentence of a word ends with a question mark.
    fn asks_sentence(&self, at: usize) -> bool {
        let last = (at..self.words.len().min(at + CLAUSE_MAX)).take_while(|next| self.words.same_sentence(at, *next)).last().unwrap_or(at);
        self.words.lead(last + 1).contains('?')
    }

    /// The cues that touch a range of words.
    fn near(&self, range: &Range<usize>) -> &[Cue] {
        let from = self.cues.partition_point(|cue| cue.span.end <= range.start);
        let to = self.cues.partition_point(|cue| cue.span.start < range.end);
        self.cues.get(from..to).unwrap_or_default()
    }

    fn hits_from(&self, from: usize, to: usize) -> impl Iterator<Item = &Hit> {
        near(self.hits, &(from..to)).iter()
    }

    /// One of these topics is named in a range of words of one clause.
    pub(super) fn names_topic(&self, range: &Range<usize>, topics: &[Topic]) -> bool {
        let named = |hit: &&Hit| matches!(hit.sense, Sense::Topic(topic, _) if topics.contains(&topic)) && range.contains(&hit.span.start);
        self.hits_from(range.start, range.end).filter(named).any(|hit| self.words.same_clause(hit.span.start, range.end))
    }

    /// One when a topic is named between.
    fn mentions(&self, between: &Range<usize>) -> usize {
        let inside = |hit: &&Hit| matches!(hit.sense, Sense::Topic(..)) && between.start <= hit.span.start && hit.span.end <= between.end;
        usize::from(self.hits_from(between.start, between.end).any(|hit| inside(&hit)))
    }
}

