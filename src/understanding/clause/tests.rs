//! What governs a mention, and whose clause it is.

use super::super::lexicon::{Frame, Hit, Sense};
use super::super::tests::lexicon;
use super::super::words::Words;
use super::Clauses;

fn hits(words: &Words<'_>) -> Vec<Hit> {
    lexicon().hits(words, &|_| false)
}

/// The cue that governs the first topic word that begins with `stem`.
fn governing(text: &str, stem: &str) -> Option<Frame> {
    let words = Words::of(text);
    let hits = hits(&words);
    let span = hits.iter().find(|hit| matches!(hit.sense, Sense::Topic(..)) && words.word(hit.span.start).starts_with(stem)).unwrap().span.clone();
    Clauses::of(&words, &hits, false).governor(&span).map(|found| found.frame)
}

#[test]
fn the_nearest_cue_of_the_clause_governs() {
    let table = [
        ("klient hledá v Brně práci", "prac", Some(Frame::Asks)),
        ("bydlení má u matky, hledá práci", "bydlen", Some(Frame::Has)),
        ("hleda praci a ubytovani ma u kamarada", "ubyt", Some(Frame::Has)),
        ("hleda psychologa a ubytovani ma u kamarada", "psycholog", Some(Frame::Asks)),
        ("nemá zajištěné bydlení", "bydlen", Some(Frame::Without)),
        ("má zajištěné bydlení", "bydlen", Some(Frame::Settled)),
        ("dluhy máme vyřešené", "dluh", Some(Frame::Settled)),
        ("s prací ani s bydlením pomoc nepotřebuje", "prac", Some(Frame::Refuses)),
        ("nechce žádnou léčbu", "lec", Some(Frame::Refuses)),
        ("práci ano, ubytko ne", "ubyt", Some(Frame::Without)),
        ("aby našel práci", "prac", Some(Frame::Asks)),
        ("ubytovna, práce, dluhy", "prac", None),
        ("klient by rád dostal práci", "prac", Some(Frame::Asks)),
        ("daňové přiznání a živnost", "zivnost", None),
    ];
    for (text, stem, expected) in table {
        assert_eq!(governing(text, stem), expected, "{text}");
    }
}

#[test]
fn the_next_clause_says_what_became_of_it() {
    for (text, settled) in [("má dluhy, ty ale řeší s advokátem", true), ("3 exekuce (řeší insolvenční správce)", true), ("má dluhy, potřebuje poradit", false), ("pracovní agentura, která bere i s trestem?", false)] {
        let words = Words::of(text);
        let hits = hits(&words);
        let span = hits.iter().find(|hit| matches!(hit.sense, Sense::Topic(..))).unwrap().span.clone();
        assert_eq!(Clauses::of(&words, &hits, false).is_settled_behind(&span, false), settled, "{text}");
    }
}

#[test]
fn a_relative_is_not_the_client() {
    let table = [
        ("Paní se vrací domů. Manžel pije.", "pije", true),
        ("Manžel se vrací a pije.", "pije", false),
        ("Sestra klienta ho ubytuje, klient pije.", "pije", false),
        ("Otec dvou dětí pije.", "pije", false),
        ("Klient jde domů, rodina ho nechce, pije.", "pije", false),
        ("Klient jde k matce, ta je nemocná, bratr pije.", "pije", true),
        ("Paní se vrací k manželovi, který pije.", "pije", true),
        ("Klient má maminku, ta je nemocná, potřebuje byt.", "nemocna", true),
        ("Má doma matku, která je nemocná, a pije.", "pije", false),
    ];
    for (text, word, beside) in table {
        let words = Words::of(text);
        let hits = hits(&words);
        let at = (0..words.len()).find(|at| words.word(*at) == word).unwrap();
        assert_eq!(Clauses::of(&words, &hits, false).is_beside(at), beside, "{text}");
    }
}
