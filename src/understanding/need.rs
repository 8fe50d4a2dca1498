//! What is asked for: topics, told apart from what the client already has or once had.
//! The words come from the lexicon; here they are weighed by what stands around them.

use super::lexicon::{Frame, Hit, Sense, Strength, near};
use super::words::Words;
use crate::domain::Topic;
use std::ops::Range;

/// A topic, how sure it is and the words it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The topic.
    pub topic: Topic,
    /// 5 = asked for in so many words, 3 = named, 2 = a trouble told aside, 1 = a hint.
    pub weight: u8,
    /// The words, by index.
    pub span: Range<usize>,
}

/// Asked for in so many words.
pub(super) const ASKED: u8 = 5;
/// Named without a verb, as short messages do.
const NAMED: u8 = 3;
/// Told beside the need.
const ASIDE: u8 = 2;
/// Counts only when nothing else is said.
const HINT: u8 = 1;

/// Words looked through for the end of a clause.
const CLAUSE_MAX: usize = 40;

/// Finds the topics, the surest first, each once.
pub(super) fn topics(words: &Words<'_>, hits: &[Hit]) -> Vec<Asked> {
    let surroundings = Surroundings { words, hits };
    let mut best: Vec<Asked> = Vec::new();
    for (topic, strength, span) in outermost(hits) {
        if is_to_be(words, &span) {
            continue;
        }
        let weight = surroundings.weight(topic, strength, &span);
        match best.iter_mut().find(|asked| asked.topic == topic) {
            Some(known) if known.weight >= weight => {}
            Some(known) => *known = Asked { topic, weight, span },
            None => best.push(Asked { topic, weight, span }),
        }
    }
    let treated = best.iter().any(|asked| matches!(asked.topic, Topic::Health | Topic::MentalHealth) && asked.weight >= NAMED);
    best.retain(|asked| !(treated && asked.topic == Topic::Addiction && words.word(asked.span.start).starts_with("lec")));
    select(words, best)
}

/// Drops what stands in the shadow of something surer.
fn select(words: &Words<'_>, mut best: Vec<Asked>) -> Vec<Asked> {
    let surest = best.iter().map(|asked| asked.weight).max().unwrap_or(0);
    let wished = best.iter().filter(|asked| !is_plight(words, asked)).map(|asked| asked.weight).max().unwrap_or(0);
    best.retain(|asked| match asked.weight {
        0 => false,
        HINT => surest <= HINT,
        ASIDE => wished <= NAMED,
        _ => true,
    });
    if best.len() > 1 {
        best.retain(|asked| asked.topic != Topic::Other);
    }
    best.sort_by_key(|asked| (std::cmp::Reverse(asked.weight), asked.span.start));
    best
}

/// "bez příjmu", "nemá peníze": a plight beside others, no wish that puts them in the shade.
fn is_plight(words: &Words<'_>, asked: &Asked) -> bool {
    let last = words.word(asked.span.end.saturating_sub(1));
    asked.topic == Topic::Benefits && ["prij", "pen", "korun", "financ", "prostred", "prach", "uspor"].iter().any(|stem| last.starts_with(stem))
}

/// Topic phrases that are not part of a longer one: in "exekuce na byt" nobody looks for a flat.
fn outermost(hits: &[Hit]) -> Vec<(Topic, Strength, Range<usize>)> {
    let weighty = |hit: &&Hit| matches!(hit.sense, Sense::Topic(..) | Sense::Ignore);
    hits.iter()
        .filter(weighty)
        .filter(|hit| !near(hits, &hit.span).iter().filter(weighty).any(|other| hides(other, hit)))
        .filter_map(|hit| match hit.sense {
            Sense::Topic(topic, strength) => Some((topic, strength, hit.span.clone())),
            Sense::Who(_) | Sense::Flag(_) | Sense::Context(_) | Sense::Ignore => None,
        })
        .collect()
}

fn hides(longer: &Hit, hit: &Hit) -> bool {
    if longer.span == hit.span {
        return longer.sense == Sense::Ignore && hit.sense != Sense::Ignore;
    }
    let crosses = longer.span.start < hit.span.start && hit.span.start < longer.span.end && longer.span.end < hit.span.end;
    if crosses && longer.span.len() >= hit.span.len() {
        return true;
    }
    let inside = longer.span.start <= hit.span.start && hit.span.end <= longer.span.end;
    let edge = longer.span.start == hit.span.start || longer.span.end == hit.span.end;
    inside && (edge || longer.span.len() <= 3)
}

/// Without marks "byt" is also the verb "být": after a modal verb it is not a flat.
fn is_to_be(words: &Words<'_>, span: &Range<usize>) -> bool {
    if span.len() != 1 || words.word(span.start) != "byt" {
        return false;
    }
    let raw = words.text.get(words.bytes(span)).unwrap_or_default().to_lowercase();
    let modal = matches!(
        words.before(span.start, 1),
        "muze" | "mohl" | "mohla" | "mohlo" | "mohli" | "by" | "musi" | "nemuze" | "bude" | "smi" | "nesmi" | "melo" | "mel" | "mela" | "mohou" | "muzou"
    );
    let next = words.word(span.start + 1);
    let passive = ["en", "ena", "an", "ana", "eno", "eni", "ano"].iter().any(|ending| next.ends_with(ending)) && next.len() > 4;
    let stays = matches!(next, "v" | "u" | "s" | "se" | "doma" | "venku" | "blizko" | "co" | "nekde" | "mimo" | "sam" | "sama");
    raw.contains('ý') || modal || (matches!(words.before(span.start, 1), "ma" | "maji" | "chce" | "chteji") && (passive || stays))
}

struct Surroundings<'a> {
    words: &'a Words<'a>,
    hits: &'a [Hit],
}

impl Surroundings<'_> {
    fn weight(&self, topic: Topic, strength: Strength, span: &Range<usize>) -> u8 {
        match strength {
            Strength::Need => ASKED,
            Strength::Hint => HINT,
            Strength::Thing if topic == Topic::Documents && self.is_number_told(span) => 0,
            Strength::Thing if topic == Topic::Benefits && self.is_amount(span) => 0,
            // "bez insolvence" is a blessing, "bez bytu" a need
            Strength::Thing if topic == Topic::Debts && self.before(Frame::Without, span, 2).is_some_and(|(_, word)| word == "bez") => 0,
            Strength::Thing => self.thing(span),
            Strength::Trouble => self.trouble(span),
        }
    }

    /// "důchod 11 tis.": an income, not a wish.
    fn is_amount(&self, span: &Range<usize>) -> bool {
        let number = (span.end..span.end + 3).find(|at| self.words.number(*at).is_some());
        number.is_some_and(|at| matches!(self.words.word(at + 1), "tis" | "tisic" | "stupne" | "stupen" | "kc" | "korun" | "czk" | "000") || self.words.number(at).is_some_and(|value| value >= 1000))
    }

    /// "OP [číslo dokladu]": the card is told, not asked for.
    fn is_number_told(&self, span: &Range<usize>) -> bool {
        self.words.at(span.end).is_some_and(|word| word.folded.is_empty())
    }

    fn thing(&self, span: &Range<usize>) -> u8 {
        if self.before(Frame::Refuses, span, 2).is_some() {
            return 0;
        }
        let missing = self.before(Frame::Without, span, 2).is_some();
        let lost = self.behind(Frame::Lost, span, 4).is_some();
        if missing || (lost && self.is_had(span)) {
            return ASKED;
        }
        if self.is_had(span) || self.is_had_too(span) || self.before(Frame::Before, span, 2).is_some() {
            return 0;
        }
        if self.is_asked(span) { ASKED } else { NAMED }
    }

    fn trouble(&self, span: &Range<usize>) -> u8 {
        let settled = self.behind(Frame::Settled, span, 2).is_some_and(|(_, word)| !matches!(word, "ma" | "maji" | "mame" | "chce" | "nechce"));
        if self.before(Frame::Without, span, 2).is_some() || settled {
            return 0;
        }
        let with = matches!(self.words.before(span.start, 1), "s" | "se" | "na");
        let asked = self.before(Frame::Asks, span, 3).is_some() || self.is_question(span);
        if asked {
            return ASKED;
        }
        let has = self.before(Frame::Has, span, 3).is_some_and(|(_, word)| !matches!(word, "mam" | "have"));
        let told = with || has || self.before(Frame::Before, span, 3).is_some();
        if told { ASIDE } else { NAMED }
    }

    /// The client has it: "byt má", "má zajištěnou ubytovnu", "nastupuje do zaměstnání".
    fn is_had(&self, span: &Range<usize>) -> bool {
        let has = self.before(Frame::Has, span, 5);
        let asks = self.before(Frame::Asks, span, 5);
        let nearer = has.is_some_and(|(far, word)| asks.is_none_or(|(asked, _)| far < asked) && (far <= 2 || !matches!(word, "mame" | "mam")));
        let open = has.is_some_and(|(far, _)| {
            let at = span.start.saturating_sub(far + 1);
            let asked_of_others = matches!(self.words.before(at, 1), "kdo" | "nekdo" | "jestli" | "zda" | "jaky" | "jake");
            let turned = (at..span.start).any(|between| {
                matches!(self.words.word(between), "problem" | "problemy" | "potize" | "zajem" | "narok" | "strach" | "hledat" | "mit" | "nekdo" | "starost" | "resit" | "dluh" | "dluhy")
            });
            asked_of_others || turned
        });
        if nearer && !open {
            return true;
        }
        let settled = self.behind(Frame::Settled, span, 2);
        // "noclehárna, kde má lůžko" is wished for
        let relative = (span.end..span.end + 2).any(|at| matches!(self.words.word(at), "kde" | "ktera" | "ktery" | "ktere" | "kterou" | "co"));
        settled.is_some() && !relative && !self.is_question(span) && asks.is_none_or(|(far, _)| far > 1)
    }

    /// "bydlení má, práci taky": what was said before holds here too.
    fn is_had_too(&self, span: &Range<usize>) -> bool {
        let too = matches!(self.words.word(span.end), "taky" | "take" | "tez" | "rovnez" | "taktez");
        too && matches!(self.words.before(span.start, 1), "ma" | "poradku" | "zajistene" | "zajisteno" | "ok" | "jiste" | "vyreseno")
    }

    fn is_asked(&self, span: &Range<usize>) -> bool {
        self.before_in_sentence(Frame::Asks, span, 8) || self.behind(Frame::Asks, span, 3).is_some() || self.is_question(span)
    }

    /// The clause ends with a question mark.
    fn is_question(&self, span: &Range<usize>) -> bool {
        let last = span.end.saturating_sub(1);
        let end = (last..self.words.len().min(last + CLAUSE_MAX)).take_while(|at| self.words.same_clause(last, *at)).last().unwrap_or(last);
        self.words.lead(end + 1).contains('?')
    }

    /// The nearest cue of the same clause before `span`: words between, and its last word.
    fn before(&self, frame: Frame, span: &Range<usize>, reach: usize) -> Option<(usize, &str)> {
        near(self.hits, &(span.start.saturating_sub(reach)..span.start))
            .iter()
            .filter(|hit| hit.sense == Sense::Context(frame) && hit.span.end <= span.start && self.words.same_clause(hit.span.start, span.start))
            .map(|hit| (span.start - hit.span.end, self.words.word(hit.span.end.saturating_sub(1))))
            .filter(|(far, _)| *far < reach)
            .min()
    }

    fn before_in_sentence(&self, frame: Frame, span: &Range<usize>, reach: usize) -> bool {
        near(self.hits, &(span.start.saturating_sub(reach)..span.start))
            .iter()
            .filter(|hit| hit.sense == Sense::Context(frame) && hit.span.end <= span.start)
            .any(|hit| span.start - hit.span.end < reach && self.words.same_sentence(hit.span.start, span.start))
    }

    /// The nearest cue of the same clause behind `span`: words between, and its first word.
    fn behind(&self, frame: Frame, span: &Range<usize>, reach: usize) -> Option<(usize, &str)> {
        let last = span.end.saturating_sub(1);
        near(self.hits, &(span.end..span.end + reach + 1))
            .iter()
            .filter(|hit| hit.sense == Sense::Context(frame) && hit.span.start >= span.end && self.words.same_clause(hit.span.start, last))
            .map(|hit| (hit.span.start - span.end, self.words.word(hit.span.start)))
            .filter(|(far, _)| *far < reach)
            .min()
    }
}
