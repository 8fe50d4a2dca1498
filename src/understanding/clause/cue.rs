//! The words that govern what stands beside them: verbs and states of the lexicon's `[context]`,
//! and verbs of the third person it does not list. `Clauses` asks which of them is nearest.

use super::super::lexicon::{Frame, Hit, Sense, near};
use super::super::words::Words;
use std::ops::Range;

/// A governing phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// What it does with the things beside it.
    pub frame: Frame,
    /// Its words, by index.
    pub span: Range<usize>,
}

/// From how far a cue governs, in words.
pub(super) const fn reach(frame: Frame, behind: bool) -> usize {
    match (frame, behind) {
        (Frame::Asks, false) => 8,
        (Frame::Has, false) => 6,
        (Frame::Tells | Frame::Before | Frame::Without | Frame::Refuses | Frame::Settled, false) => 4,
        (Frame::Refuses | Frame::Before | Frame::Without, true) => 2,
        (Frame::Tells, true) => 5,
        (_, true) => 3,
        (Frame::Lost | Frame::Release | Frame::ReleasePast | Frame::OtherDate, false) => 0,
    }
}

/// The governing cues; a longer phrase hides the shorter ones in it ("nemá zájem" hides "nemá").
pub(super) fn cues(words: &Words<'_>, hits: &[Hit]) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for hit in hits {
        let Sense::Context(frame) = hit.sense else { continue };
        if matches!(frame, Frame::Lost | Frame::Release | Frame::ReleasePast | Frame::OtherDate) || is_inside_topic(hits, hit) {
            continue;
        }
        match cues.last_mut() {
            Some(last) if hit.span.start < last.span.end => {
                // of two meanings of the same words the stronger holds: the order of `Frame`
                if hit.span == last.span {
                    last.frame = last.frame.min(frame);
                }
            }
            Some(_) | None => cues.push(Cue { frame, span: hit.span.clone() }),
        }
    }
    let known = |at: usize| near(hits, &(at..at + 1)).iter().any(|hit| hit.span.contains(&at) && !matches!(hit.sense, Sense::Who(_) | Sense::Ignore));
    cues.extend((0..words.len()).filter(|at| is_told_verb(words.word(*at)) && !known(*at)).map(|at| Cue { frame: Frame::Tells, span: at..at + 1 }));
    cues.sort_by_key(|cue| cue.span.start);
    cues
}

/// A verb of the third person by its ending: "odstěhovala", "opravuje".
fn is_told_verb(word: &str) -> bool {
    const NOUNS: &[&str] = &["hotel", "mobil", "material", "manzel", "original", "kapital", "personal", "detail", "email", "profil", "podil", "kostel", "skvela"];
    let present = ["uje", "uji", "ujou"].iter().any(|ending| word.ends_with(ending));
    let past = ["dl", "kl", "dli", "kli", "al", "il", "el", "ala", "ila", "ela", "ali", "ili", "eli", "nul", "nula", "nuli"].iter().any(|ending| word.ends_with(ending));
    word.len() >= 5 && (present || past) && !word.ends_with("tel") && !word.ends_with("teli") && !NOUNS.contains(&word)
}

/// "nemá kam jít": the words of a need govern nothing else.
fn is_inside_topic(hits: &[Hit], cue: &Hit) -> bool {
    near(hits, &cue.span).iter().any(|hit| matches!(hit.sense, Sense::Topic(..)) && hit.span.len() > cue.span.len() && hit.span.start <= cue.span.start && cue.span.end <= hit.span.end)
}
