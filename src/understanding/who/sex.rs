//! Man or woman: by the noun for the client, by the relative a family writes of, last by endings and pronouns.

use super::super::clause::{Clauses, is_kin};
use super::super::lexicon::{Criterion, Hit, Sense, near};
use super::super::words::Words;
use crate::domain::Sex;
use std::ops::Range;

/// How sure a word is of being about the client, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// "klientka", "odsouzený".
    Client,
    /// "můj bratr" in a message of the family.
    Relative,
    /// "žena", "pán".
    Person,
    /// "maminka", "děda".
    Kin,
    /// An ending or a pronoun.
    Hint,
}

/// Returns the client's sex; two sexes on one level mean that it is open.
pub(super) fn sex(words: &Words<'_>, hits: &[Hit], clauses: &Clauses<'_>, family_writes: bool, several: bool) -> Option<(Sex, Range<usize>)> {
    let named = (0..words.len()).filter(|_| family_writes).find_map(|at| relative(words, at).map(|sex| (Rank::Relative, sex, at..at + 1)));
    let self_writes = family_writes && named.is_none();
    let mut votes: Vec<(Rank, Sex, Range<usize>)> = hits.iter().filter(|hit| !is_english_on(words, hits, &hit.span)).filter_map(|hit| vote(words, hit, self_writes)).filter(|(rank, _, span)| !clauses.is_beside(span.start) || !(is_kin(words, span.start) || *rank == Rank::Hint && !is_pronoun(words.word(span.start)))).collect();
    votes.extend(named);
    votes.extend((0..words.len()).filter_map(|at| if family_writes { own_partner(words, at) } else { partner(words, at) }));
    if votes.is_empty() {
        votes.extend((0..words.len()).filter(|at| !clauses.is_beside(*at)).filter_map(|at| verb(words, at)));
    }
    let best = votes.iter().map(|(rank, ..)| *rank).min()?;
    let same: Vec<&(Rank, Sex, Range<usize>)> = votes.iter().filter(|(rank, ..)| *rank == best).collect();
    let (_, sex, span) = same.first()?;
    if let Some(woman) = votes.iter().find(|vote| best == Rank::Client && is_apposed(words, span, vote)) {
        return Some((Sex::Female, woman.2.clone()));
    }
    if best == Rank::Hint {
        let men = same.iter().filter(|(_, sex, _)| *sex == Sex::Male).count();
        let women = same.len() - men;
        return match men.cmp(&women) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => same.iter().find(|(_, sex, _)| *sex == Sex::Male).map(|(_, sex, span)| (*sex, span.clone())),
            std::cmp::Ordering::Less => same.iter().find(|(_, sex, _)| *sex == Sex::Female).map(|(_, sex, span)| (*sex, span.clone())),
        };
    }
    let differ = (best == Rank::Client || several) && same.iter().any(|(_, other, _)| other != sex);
    (!differ).then(|| (*sex, span.clone()))
}

/// "klient: žena", "klient do Liberce, bydlení pro ženu": the form's word for anybody, and then who it is.
fn is_apposed(words: &Words<'_>, client: &Range<usize>, (rank, sex, span): &(Rank, Sex, Range<usize>)) -> bool {
    let anybody = words.word(client.start).starts_with("klient") && !words.word(client.start).starts_with("klientk");
    let owned = matches!(words.before(span.start, 1), "jeho" | "moje" | "ma" | "me" | "a" | "i" | "s" | "se" | "za" | "k" | "ke");
    anybody && *rank == Rank::Person && *sex == Sex::Female && (words.word(span.start) == "zena" && !owned || words.word(span.start) == "zenu" && words.before(span.start, 1) == "pro")
}

/// "on 25 March": no man.
fn is_english_on(words: &Words<'_>, hits: &[Hit], span: &Range<usize>) -> bool {
    words.word(span.start) == "on" && near(hits, span).iter().any(|hit| hit.sense == Sense::Ignore && hit.span.len() > span.len() && hit.span.start <= span.start && span.end <= hit.span.end)
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "mu" | "ho" | "ji" | "jemu" | "nej" | "nem" | "nim" | "ni" | "jeho" | "jeji")
}

/// "k manželce", "s přítelem": whose partner the client is.
fn partner(words: &Words<'_>, at: usize) -> Option<(Rank, Sex, Range<usize>)> {
    let has = matches!(words.before(at, 1), "ma" | "maji" | "mel") && !matches!(words.before(at, 2), "sebou" | "tu" | "tady");
    let beside = has || matches!(words.before(at, 1), "k" | "ke" | "za" | "u" | "s" | "se" | "pred" | "od");
    let sex = match words.word(at) {
        "zenu" | "manzelku" | "partnerku" | "druzku" if has => Sex::Male,
        "manzelce" | "manzelkou" | "manzelky" | "pritelkyni" | "pritelkyne" | "partnerce" | "partnerkou" | "partnerky" | "druzce" | "druzkou" | "druzky" => Sex::Male,
        "manzelovi" | "manzelem" | "manzela" | "priteli" | "pritelem" | "pritele" | "partnerovi" | "partnerem" | "druhovi" => Sex::Female,
        _ => return None,
    };
    beside.then_some((if has { Rank::Kin } else { Rank::Hint }, sex, at..at + 1))
}

/// "manželka mi psala", "přítel mě vyhodil": whose partner the writer is.
fn own_partner(words: &Words<'_>, at: usize) -> Option<(Rank, Sex, Range<usize>)> {
    let sex = match words.word(at) {
        "manzelka" | "pritelkyne" | "druzka" => Sex::Male,
        "manzel" | "pritel" | "druh" => Sex::Female,
        _ => return None,
    };
    matches!(words.word(at + 1), "me" | "mne" | "mi").then_some((Rank::Hint, sex, at..at + 1))
}

/// "domluvil si práci": what somebody unnamed did, by the ending.
fn verb(words: &Words<'_>, at: usize) -> Option<(Rank, Sex, Range<usize>)> {
    let word = words.word(at);
    let own = words.word(at + 1) == "si" || words.before(at, 1) == "si";
    let aged = at > 0 && words.number(at - 1).is_some() && words.lead(at).is_empty();
    match word {
        "leta" | "letou" | "lete" if aged => return Some((Rank::Hint, Sex::Female, at..at + 1)),
        "lety" | "leteho" | "letemu" | "letym" if aged => return Some((Rank::Hint, Sex::Male, at..at + 1)),
        _ => {}
    }
    let raw = words.at(at).and_then(|word| words.text.get(word.range.clone())).unwrap_or_default();
    let alone = at == 0 && !words.same_clause(at, at + 1) && raw.chars().count() > 5 && (raw.ends_with("ný") || raw.ends_with("ná"));
    if alone {
        return Some((Rank::Hint, if raw.ends_with('ý') { Sex::Male } else { Sex::Female }, at..at + 1));
    }
    let written = [words.before(at, 1), words.before(at, 2), words.word(at + 1)].into_iter().any(|word| matches!(word, "jsem" | "bych" | "jsme"));
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let sex = if ends(&["ala", "ila", "ela"]) {
        Sex::Female
    } else if ends(&["al", "il", "el"]) && !ends(&["tel"]) {
        Sex::Male
    } else {
        return None;
    };
    (own && !written && word.len() >= 5).then_some((Rank::Hint, sex, at..at + 1))
}

fn vote(words: &Words<'_>, hit: &Hit, self_writes: bool) -> Option<(Rank, Sex, Range<usize>)> {
    let (sex, faint) = match hit.sense {
        Sense::Who(Criterion::Man) => (Sex::Male, false),
        Sense::Who(Criterion::Woman) => (Sex::Female, false),
        Sense::Who(Criterion::ManHint) => (Sex::Male, true),
        Sense::Who(Criterion::WomanHint) => (Sex::Female, true),
        Sense::Topic(..) | Sense::Who(_) | Sense::Flag(_) | Sense::Context(_) | Sense::Ignore => return None,
    };
    let rank = rank(words, &hit.span, faint);
    is_about_client(words, &hit.span, rank, self_writes).then(|| (rank, sex, hit.span.clone()))
}

fn rank(words: &Words<'_>, span: &Range<usize>, hint: bool) -> Rank {
    let word = words.word(span.start);
    if hint {
        Rank::Hint
    } else if ["klient", "odsouzen", "propusten", "vezen", "vezn", "obvinen", "ods"].iter().any(|stem| word.starts_with(stem)) {
        Rank::Client
    } else if ["mat", "mam", "ded", "babi"].iter().any(|stem| word.starts_with(stem)) {
        Rank::Kin
    } else {
        Rank::Person
    }
}

fn is_about_client(words: &Words<'_>, span: &Range<usize>, rank: Rank, self_writes: bool) -> bool {
    let (word, before, next) = (words.word(span.start), words.before(span.start, 1), words.word(span.end));
    let raw = words.text.get(words.bytes(span)).unwrap_or_default().to_lowercase();
    match rank {
        Rank::Client => true,
        Rank::Hint => {
            let writer = |word: &str| matches!(word, "bych" | "jsem" | "jsme" | "bychom" | "som" | "byste" | "jste");
            let of_thing = match word {
                "ni" => !matches!(before, "pro" | "s" | "za" | "pred") || is_feared(words, span.start),
                "ho" | "nej" | "nim" => is_feared(words, span.start),
                "ji" => !is_done_to_her(before) && !(span.end..span.end + 4).any(|at| words.same_clause(span.start, at) && is_done_to_her(words.word(at))),
                _ => false,
            };
            let by_writer = !self_writes && !is_pronoun(word) && [before, next, words.word(span.end + 1)].into_iter().any(writer);
            let of_matter = next == "o" && matches!(word, "sam" | "sama");
            !(of_thing || by_writer || of_matter)
        }
        Rank::Person | Rank::Kin | Rank::Relative => {
            let can = raw.starts_with("mů") || (matches!(word, "muze" | "muzem") && !is_man_here(words, span, before, next));
            let preposition = matches!(before, "za" | "k" | "ke" | "u" | "od" | "se" | "s" | "po") && !matches!(word, "pan" | "pani" | "panem" | "pana" | "panu" | "panovi");
            // "má tam babičku, která ho ubytuje"
            let of_his = rank == Rank::Kin && matches!(before, "tam" | "tu" | "doma" | "zde" | "jen") && words.before(span.start, 2) == "ma";
            let of_other = of_his || matches!(before, "ma" | "jeho" | "jeji" | "moje" | "byvala" | "ex" | "byvalou" | "byvale" | "jejich");
            let office = ["kurator", "vychovatel", "doktor", "vedouc", "kolegyn", "socialni", "inzenyr", "magistr", "pracovn", "operator", "koordinator", "reditel", "starost"]
                .iter()
                .any(|stem| next.starts_with(stem) && words.same_clause(span.start, span.end));
            // "jsem babička Davida"
            let writer = before == "jsem" && ["babi", "ded", "tet", "stryc"].iter().any(|stem| word.starts_with(stem));
            let greeting = before == "den" && !words.lead(span.end).trim().is_empty();
            // "žena ho opustila"
            let his = matches!(word, "zena" | "holka") && matches!(next, "ho" | "mu" | "jeho") && words.same_clause(span.start, span.end);
            let home = word.starts_with("senior") && words.before(span.start, 2) == "domov";
            !(can || preposition || of_other || office || writer || greeting || home || his)
        }
    }
}

/// "ji" is a person when she is let out, taken in or beaten – not when it is a card that is issued.
/// "bojí se ho", "utíká před ním": the other one, not the client.
fn is_feared(words: &Words<'_>, at: usize) -> bool {
    let flees = |back: usize| ["boj", "utik", "utek", "schov", "odes", "odej", "vyhroz"].iter().any(|stem| words.before(at, back).starts_with(stem));
    words.before(at, 1) == "se" && flees(2) || matches!(words.before(at, 1), "pred" | "od") && (2..=3).any(flees)
}

fn is_done_to_her(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "pust", "poust", "propust", "propoust", "vezm", "vezme", "nevez", "prij", "ubyt", "nech", "mlat", "bij", "odm", "vyhod", "zamestn", "schov", "tyr", "potreb", "konci", "nikdo", "nikam", "bude", "odebr", "pomoc", "pomuz",
        "nasel", "nasla", "najd", "hled", "sledu", "hroz", "vyhroz", "zmlat", "zbil", "bil", "napad", "ublizuj", "ceka", "stara", "rodin", "zrus", "umist", "doprov",
    ];
    VERBS.iter().any(|verb| word.starts_with(verb))
}

/// Without marks "muze" is "muže" only in the company of a number, a preposition or an adjective.
fn is_man_here(words: &Words<'_>, span: &Range<usize>, before: &str, next: &str) -> bool {
    let raw = words.text.get(words.bytes(span)).unwrap_or_default();
    let marked = raw.contains(['ž', 'Ž']) && !raw.contains(['ů', 'Ů']);
    let introduced = matches!(before, "pro" | "od" | "na" | "jednoho" | "tohoto" | "starsiho" | "mladsiho" | "mladeho" | "mame" | "o" | "umistit" | "dva" | "tri" | "ctyri" | "jde");
    let counted = words.number(span.start.wrapping_sub(1)).is_some();
    let aged = words.number(span.end).is_some() || matches!(next, "z" | "ze" | "ve" | "po" | "bez" | "se") || words.lead(span.end).contains(['(', ',']);
    marked || introduced || counted || (aged && span.start > 0) || words.len() == span.end
}

/// The relative a family writes of: not whom they go to, not who they are themselves.
fn relative(words: &Words<'_>, at: usize) -> Option<Sex> {
    const MEN: &[&str] = &["brat", "brach", "syn", "otec", "otce", "otci", "tata", "tatu", "tatovi", "taty", "tatk", "stryc", "vnuk", "zet", "brother", "son", "father", "husband", "boyfriend", "брат", "син", "сын", "батьк", "отец", "муж"];
    const WOMEN: &[&str] = &["sestr", "segr", "dcer", "manzelk", "pritelkyn", "kamaradk", "kamosk", "teta", "tetu", "vnuck", "partnerk", "druzk", "mama", "mamu", "mamk", "matk", "sister", "daughter", "mother", "wife", "girlfriend", "сестр", "дочк", "доньк", "мати", "мама", "мать", "дружин"];
    const MEN_TOO: &[&str] = &["manzel", "pritel", "kamos", "kamarad", "partner"];
    let word = words.word(at);
    let begins = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem) || (!word.is_ascii() && word.starts_with(&crate::domain::fold(stem))));
    // "moje žena", "můj chlap"
    let own = ["moj", "mou", "muj", "meh", "mem", "mym"].iter().any(|stem| words.before(at, 1).starts_with(stem));
    let sex = if begins(WOMEN) || own && ["zen", "holk"].iter().any(|stem| word.starts_with(stem)) {
        Sex::Female
    } else if begins(MEN) || begins(MEN_TOO) || own && ["chlap", "kluk"].iter().any(|stem| word.starts_with(stem)) {
        Sex::Male
    } else {
        return None;
    };
    let (before, earlier) = (words.before(at, 1), words.before(at, 2));
    let beside = matches!(before, "za" | "k" | "ke" | "u" | "s" | "se" | "od" | "jako" | "tady" | "zde" | "byvala" | "jeho" | "jeji") && !matches!(earlier, "pisu" | "prosim");
    // "přítelkyně mě vyhodila": what she does to the client who writes
    let myself = earlier == "jsem" && words.same_clause(at.saturating_sub(2), at) || before == "jsem" || matches!(words.word(at + 1), "me" | "mne" | "mi") && !["pros", "popros", "pozad"].iter().any(|stem| words.word(at + 2).starts_with(stem));
    (!beside && !myself).then_some(sex)
}
