//! The words that tell which part a place plays, as stems or whole words, folded. Lists and what
//! a few words in a row say; `role` decides with them.

use super::token::Token;

pub(super) const PRISON: &[&str] = &["vezni", "vezen", "vazeb", "vazb", "krimin", "lapak", "krim", "detenc", "azni", "aznyc", "prison", "jail"];
pub(super) const SENTENCE: &[&str] = &["vykon", "trest", "odpyk", "sedi", "sedel", "sedela", "vtos"];
pub(super) const CALLING: &[&str] = &["volam", "volame", "pisu", "piseme", "zdravi", "hlasi", "dzvonim", "ozyvam"];
pub(super) const NEVER: &[&str] = &["narozen", "narodil", "nemocnic", "hospital", "lecebn", "psychiatri", "decak", "detsk", "ldn", "detox", "kojen", "pestoun", "ustav"];
pub(super) const WEAK: &[&str] = &[
    "kurator", "lekar", "sestr", "matk", "mam", "otc", "otec", "tat", "rodic", "pritel", "manzel", "poradn", "probac", "pms", "ospod",
    "urad", "rodin", "dcer", "synem", "prac", "zamest", "brigad", "brat", "brach", "babi", "ded", "kamar", "partner", "exekut", "pracoval", "exmanz", "exprit",
    "firm", "soud", "tet", "byval", "onkolog", "ambulanc", "ordinac", "klinik", "poliklin", "dialyz", "specialist", "stacionar", "skol",
];
pub(super) const STAYING: &[&str] = &[
    "bydl", "zustan", "zustav", "vrac", "vrat", "zij", "usad", "trval", "ubyt", "azyl", "nocle", "byt", "neco", "pobyt", "zakotv",
    "podnaj", "sehn",
];
pub(super) const OFFICES: &[&str] = &["os", "ks", "up", "ospod", "pms", "soud", "policie", "okssz", "ossz", "cssz", "mu", "magistrat"];
pub(super) const CHILDREN: &[&str] = &["deti", "dite", "dcera", "dceru", "syn", "syna", "dcery", "synove", "kluci", "holky"];
pub(super) const CONNECTORS: &[&str] = &["a", "nebo", "ci", "i", "ani", "pripadne", "popripade", "eventuelne", "event", "prip", "anebo", "or", "and"];

/// "děti v Mostě": where the children are, not "s dětmi v Mostě".
pub(super) fn is_of_children(before: &[Token]) -> bool {
    let Some(at) = before.iter().rposition(|t| t.is(CHILDREN)) else { return false };
    let accompanied = at.checked_sub(1).and_then(|i| before.get(i)).is_some_and(|t| t.is(&["s", "se", "a", "jejich", "pro", "u", "k", "ke", "za"]));
    !accompanied
}

/// "bydlel v Brně", "v Brně už byl": a place he knows, not where he goes.
pub(super) fn is_over(words: &[Token]) -> bool {
    let any = |all: &[&str]| words.iter().any(|t| t.is(all));
    words.iter().any(|t| t.starts(&["bydlel", "vyhodil", "vystrida"])) || any(&["zil", "zila"]) || any(&["byl", "byla", "byli"]) && any(&["uz", "jiz"])
}

/// "odsouzen v Brně".
pub(super) fn is_verdict(before: &[Token]) -> bool {
    before.iter().rev().take(2).any(|t| t.is(&["odsouzen", "odsouzena", "soud", "soudu", "soudem"]))
}
