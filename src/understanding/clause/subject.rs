//! Of whom a clause speaks: the client, or a relative beside him whose age, children and troubles
//! are not the client's. `Clauses` keeps the answer for every clause.

use super::super::lexicon::{Criterion, Frame, Hit, Sense, near};
use super::super::words::Words;

/// Finds the clauses whose subject is somebody beside the client; the next clauses of the sentence go on with it.
pub(super) fn beside(words: &Words<'_>, hits: &[Hit]) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::new();
    let (mut sentence, mut beside, mut object, mut kin, mut pointed) = (0, false, false, None, false);
    for at in 0..words.len() {
        let Some(word) = words.at(at) else { break };
        let opens = found.len() <= word.clause;
        let client = is_named_client(words, at) || !matches!(word.folded.as_str(), "ktery" | "ktera" | "kteri") && kin != Some(word.clause) && is_client(words, hits, at);
        let relative = !client && is_kin(words, at);
        if word.sentence != sentence {
            (sentence, beside) = (word.sentence, false);
        }
        if relative {
            kin = Some(word.clause);
        }
        if opens && pointed {
            // "jehož matka je nemocná, chce …": the clause alone speaks of her
            (pointed, beside) = (false, false);
        }
        if opens && !relative && points_at_relative(words, hits, at) {
            (pointed, beside) = (true, true);
        } else if client {
            beside = false;
        } else if relative && is_somebody_else(words, at) {
            beside = true;
        } else if opens && object && !relative {
            // "rodina ho nechce, pije": what comes next is said of the one she does not want
            beside = false;
        }
        object = object && !opens || matches!(word.folded.as_str(), "ho" | "ji" | "jej");
        if opens {
            found.resize(word.clause, false);
            found.push(beside);
        } else if (client || relative) && let Some(slot) = found.get_mut(word.clause) {
            *slot = beside;
        }
    }
    found
}

/// "má maminku, ta je nemocná", "k manželovi, který pije": the clause before ended with a relative.
fn points_at_relative(words: &Words<'_>, hits: &[Hit], at: usize) -> bool {
    let points = matches!(words.word(at), "ta" | "ten" | "ti" | "ty" | "ktery" | "ktera" | "kteri" | "kterej");
    let told = |back: usize| at.checked_sub(back).is_some_and(|before| words.same_sentence(before, at) && is_relative(words, hits, before));
    let client = |back: usize| at.checked_sub(back).is_some_and(|before| words.same_sentence(before, at) && ["klient", "odsouzen"].iter().any(|stem| words.word(before).starts_with(stem)));
    let nearest = (1..=4).find(|back| told(*back));
    points && nearest.is_some_and(|nearest| !(1..nearest).any(client))
}

/// Not the client by what she is; the message's first word only where a client comes after it.
fn is_somebody_else(words: &Words<'_>, at: usize) -> bool {
    let told = || (1..words.len()).any(|at| is_named_client(words, at)) || is_client_s(words.word(1)) || (1..=3).any(|next| matches!(words.word(next), "mu" | "ho" | "ji" | "jej" | "nej" | "nem" | "nim" | "ni" | "nemu"));
    !is_apposed(words, at) && (at > 0 || told())
}

/// "OSPOD Náchod, matka, výstup 12. 4.": the client by what she is.
fn is_apposed(words: &Words<'_>, at: usize) -> bool {
    at > 0 && !words.same_clause(at - 1, at) && !words.same_clause(at, at + 1) && !words.lead(at + 1).contains('(')
}

/// "bratr jeho partnerky", "sestra klienta".
fn is_client_s(word: &str) -> bool {
    ["jeho", "jeji", "klient", "odsouzen"].iter().any(|stem| word.starts_with(stem))
}

/// The client as a subject: "klient", "on", "paní".
fn is_client(words: &Words<'_>, hits: &[Hit], at: usize) -> bool {
    let wishes = near(hits, &(at..at + 1)).iter().any(|hit| hit.span.start == at && hit.sense == Sense::Context(Frame::Asks)) && !is_kin_before(words, at);
    is_named_client(words, at) || wishes
}

/// "matka potřebuje": what a relative wishes.
fn is_kin_before(words: &Words<'_>, at: usize) -> bool {
    at > 0 && is_kin(words, at - 1) && words.same_clause(at - 1, at)
}

fn is_named_client(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    let named = ["klient", "klientka", "klienti", "odsouzeny", "odsouzena", "on", "ona", "pan", "pani", "muz", "zena", "chlap", "ods", "he", "she"].contains(&word);
    let addressed = at > 0 && matches!(words.before(at, 1), "pro" | "u" | "k") || is_kin_before(words, at);
    named && !addressed
}

/// A relative in the nominative, not behind a preposition: "matka", "jeho bratr".
pub(in crate::understanding) fn is_kin(words: &Words<'_>, at: usize) -> bool {
    const KIN: &[&str] = &[
        "manzel", "manzelka", "matka", "mama", "mamka", "maminka", "otec", "tata", "tatka", "tatinek", "bratr", "bracha", "sestra", "segra", "pritel", "pritelkyne", "partner", "partnerka", "babicka", "babi", "deda", "dedecek", "teta", "stryc", "strejda",
        "druh", "druzka", "dcera", "syn", "snacha", "zet", "tchyne", "tchan", "kamarad", "kamaradka", "kamos", "soused", "sousedka", "sestrenice", "bratranec", "neter", "synovec", "byvala", "byvaly", "byvalka", "exmanzel", "exmanzelka", "rodice", "rodina", "majitel", "spolubydlici", "svagr", "svagrova",
        "husband", "wife", "mother", "father", "sister", "brother",
    ];
    // "otec dvou dětí": the client by what he is
    let with = words.word(at + 1) == "s" && ["dit", "det", "mim", "dcer", "syn", "batol", "kojen"].iter().any(|stem| words.word(at + 2).starts_with(stem));
    // "matka z výkonu"
    let released = matches!(words.word(at + 1), "z" | "ze" | "po") && ["vykon", "vez", "vazb", "trest"].iter().any(|stem| words.word(at + 2).starts_with(stem));
    let parent = with || released || ["dvou", "tri", "tre", "ctyr", "pet", "det", "nezlet", "samoziv"].iter().any(|stem| words.word(at + 1).starts_with(stem)) || words.number(at + 1).is_some() && words.word(at + 2).starts_with("det");
    // "sestra na převazy"
    let nurse = words.word(at) == "sestra" && (words.word(at + 1) == "na" || words.before(at, 1).starts_with("zdravot"));
    KIN.contains(&words.word(at)) && !parent && !nurse && !matches!(words.before(at, 1), "k" | "ke" | "u" | "s" | "se" | "za" | "od" | "pro" | "bez" | "jsem" | "na" | "o" | "je" | "with" | "his" | "her")
}

/// A relative in any case: "matce", "přítelkyni".
pub(in crate::understanding) fn is_relative(words: &Words<'_>, hits: &[Hit], at: usize) -> bool {
    const STEMS: &[&str] = &[
        "manzel", "matk", "mam", "otec", "otc", "tat", "syn", "dcer", "bratr", "brach", "sestr", "segr", "pritel", "partner", "babic", "ded", "tet", "stryc", "strejd", "druzk", "snach", "zet", "tchyn", "tchan", "kamarad", "kamos", "soused", "byval", "exmanzel", "svagr", "zname",
    ];
    let word = words.word(at);
    let client = near(hits, &(at..at + 1)).iter().any(|hit| hit.span.contains(&at) && matches!(hit.sense, Sense::Who(Criterion::Couple)));
    !client && word.len() > 3 && STEMS.iter().any(|stem| word.starts_with(stem)) && !["materi", "matri", "tabor", "mame", "tatu"].contains(&word)
}
