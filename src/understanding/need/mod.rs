//! What is asked for: topics, told apart from what the client already has or once had.
//! The words come from the lexicon, their weight from `weight`; here the surest are chosen.

mod weight;

use super::clause::Clauses;
use super::lexicon::{Criterion, Frame, Hit, Sense, Strength, near};
use super::words::Words;
use crate::domain::Topic;
use std::ops::Range;
use weight::Scale;

/// A topic, how sure it is and the words it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The topic.
    pub topic: Topic,
    /// 5 = asked for in so many words, 4 = missing, 3 = named, 2 = a trouble told aside, 1 = a hint.
    pub weight: u8,
    /// A trouble that was told, not a thing that was named.
    pub trouble: bool,
    /// The words, by index.
    pub span: Range<usize>,
}

/// Asked for in so many words.
pub(super) const ASKED: u8 = 5;
/// Missing: "nemá práci", "bez dokladů".
const LACKED: u8 = 4;
/// Named without a verb, as short messages do.
const NAMED: u8 = 3;
/// Told beside the need.
const ASIDE: u8 = 2;
/// Counts only when nothing else is said.
const HINT: u8 = 1;

/// Finds the topics, the surest first, each once.
pub(super) fn topics(words: &Words<'_>, hits: &[Hit], clauses: &Clauses<'_>) -> Vec<Asked> {
    let scale = Scale { words, clauses };
    let mut best: Vec<Asked> = Vec::new();
    let (mut refused, mut only, mut mainly): (Vec<Topic>, bool, bool) = (Vec::new(), false, false);
    for (topic, strength, span) in outermost(hits) {
        if is_to_be(words, &span) {
            continue;
        }
        let weight = scale.weight(topic, strength, &span);
        if strength == Strength::Thing && weight == 0 && clauses.governor(&span).is_some_and(|found| found.frame == Frame::Refuses) {
            refused.push(topic);
        }
        only |= weight == ASKED && scale.is_only(&span);
        mainly |= weight == ASKED && span.start > 0 && words.word(span.start - 1) == "hlavne";
        match best.iter_mut().find(|asked| asked.topic == topic) {
            Some(known) if known.weight >= weight => {}
            Some(known) => *known = Asked { topic, weight, trouble: strength == Strength::Trouble, span },
            None => best.push(Asked { topic, weight, trouble: strength == Strength::Trouble, span }),
        }
    }
    if let Some(span) = clauses.stopgap().filter(|_| best.iter().all(|asked| asked.topic != Topic::Housing)) {
        best.push(Asked { topic: Topic::Housing, weight: NAMED, trouble: false, span });
    }
    best.retain(|asked| asked.weight >= LACKED || !(only || asked.trouble && (mainly || refused.contains(&asked.topic))));
    let treatment = |at: usize| ["lec", "dolec"].iter().any(|stem| words.word(at).starts_with(stem));
    let habit = hits.iter().any(|hit| matches!(hit.sense, Sense::Topic(Topic::Addiction, _)) && !treatment(hit.span.start));
    let treated = !habit && best.iter().any(|asked| matches!(asked.topic, Topic::Health | Topic::MentalHealth) && asked.weight >= NAMED);
    best.retain(|asked| !(treated && asked.topic == Topic::Addiction && treatment(asked.span.start)));
    // "gambler, potřebuje terapii": the therapy is for what he is addicted to
    let therapy = |asked: &Asked| asked.topic == Topic::MentalHealth && ["terap", "skupin", "podpurn"].iter().any(|stem| words.word(asked.span.start).starts_with(stem));
    if habit && let Some(cure) = best.iter().find(|asked| therapy(asked)).map(|asked| asked.weight) {
        best.retain(|asked| !therapy(asked));
        best.iter_mut().filter(|asked| asked.topic == Topic::Addiction).for_each(|asked| asked.weight = asked.weight.max(cure));
    }
    // "ochranné léčení psychiatrické, hledá lékaře": which doctor
    let doctor = best.iter().find(|asked| asked.topic == Topic::Health && asked.span.clone().any(|at| ["lekar", "doktor", "ambulanc"].iter().any(|stem| words.word(at).starts_with(stem)))).map(|asked| asked.weight);
    if let Some(doctor) = doctor {
        best.iter_mut().filter(|asked| asked.topic == Topic::MentalHealth && asked.weight > 0 && words.word(asked.span.start).starts_with("psychiatr")).for_each(|asked| asked.weight = asked.weight.max(doctor.min(NAMED)));
    }
    // "děti jsou v děcáku a chce je zpátky"
    if hits.iter().any(|hit| matches!(hit.sense, Sense::Who(Criterion::Children | Criterion::ChildWord))) {
        best.iter_mut().filter(|asked| asked.topic == Topic::Family && asked.weight == HINT && !words.word(asked.span.start).starts_with("vyziv")).for_each(|asked| asked.weight = NAMED);
    }
    let chosen = select(words, best);
    if chosen.is_empty() { mentioned(words, hits, clauses) } else { chosen }
}

/// Where nothing is asked for, what was only spoken of: "nechce s PMS mluvit", "nikdy nežádala o dávky".
fn mentioned(words: &Words<'_>, hits: &[Hit], clauses: &Clauses<'_>) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    for (topic, strength, span) in outermost(hits) {
        let governor = clauses.governor(&span);
        let spoken = governor.is_some_and(|found| matches!(found.frame, Frame::Refuses | Frame::Tells) || found.frame == Frame::Before && strength == Strength::Thing);
        let had = clauses.is_settled_behind(&span, true) || clauses.is_beside(span.start);
        if strength != Strength::Hint && spoken && !had && !is_to_be(words, &span) && found.iter().all(|asked| asked.topic != topic) {
            found.push(Asked { topic, weight: HINT, trouble: strength == Strength::Trouble, span });
        }
    }
    if found.len() == 1 { found } else { Vec::new() }
}

/// Drops what stands in the shadow of something surer.
fn select(words: &Words<'_>, mut best: Vec<Asked>) -> Vec<Asked> {
    let surest = best.iter().map(|asked| asked.weight).max().unwrap_or(0);
    let wished = best.iter().filter(|asked| !is_plight(words, asked)).map(|asked| asked.weight).max().unwrap_or(0);
    best.retain(|asked| match asked.weight {
        0 => false,
        HINT => surest <= HINT,
        ASIDE => wished <= NAMED || asked.trouble && wished <= LACKED,
        _ => true,
    });
    // "postel, lednice, nádobí" furnish a flat; a bed alone is a place to sleep
    let furnished = best.iter().any(|asked| asked.topic == Topic::MaterialAid);
    best.retain(|asked| !(furnished && asked.topic == Topic::Housing && words.word(asked.span.start).starts_with("postel")));
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
