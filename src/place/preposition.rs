//! What a preposition (or a word in its place, such as "bytem") says of the place
//! that follows: in which case it must stand and where the client is going.

use super::case::Cases;

/// The direction a preposition gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// do, k, bytem, směr
    To,
    /// z, ze
    From,
    /// v, ve, na
    At,
    /// u, za, pod, kousek od
    Near,
    /// přes, mezi: on the way, not the aim
    Past,
    /// kromě, mimo
    Except,
    /// o, pro: says nothing of a place
    About,
    /// obec, město, okres: the word itself says that a place follows
    Named,
}

/// A preposition's government.
#[derive(Debug, Clone, Copy)]
pub(super) struct Preposition {
    pub(super) way: Way,
    pub(super) cases: Cases,
}

const GEN: Cases = Cases::GEN;
const AT: Cases = Cases::LOC.or(Cases::ACC);
const NEAR: Cases = Cases::INS.or(Cases::ACC);

const TABLE: &[(&[&str], Way, Cases)] = &[
    (&["do"], Way::To, GEN),
    (&["z", "ze", "iz", "zi", "vid"], Way::From, GEN),
    (&["od", "ode"], Way::From, GEN),
    (&["v", "ve"], Way::At, AT),
    (&["na"], Way::At, AT),
    (&["k", "ke", "ku"], Way::To, Cases::DAT),
    (&["u", "kolem", "okolo", "pobliz", "vedle", "blizko", "nedaleko", "blizkosti", "okoli"], Way::Near, GEN),
    (&["za", "pod", "nad", "pred", "mezi"], Way::Near, NEAR),
    (&["pres", "skrz"], Way::Past, Cases::ACC),
    (&["krome", "krom", "mimo", "vyjma", "nikoli", "nikoliv"], Way::Except, Cases::GEN.or(Cases::ACC).or(Cases::INS).or(Cases::NOM)),
    (&["o", "pro", "ohledne"], Way::About, Cases::ACC.or(Cases::LOC).or(GEN)),
    (
        &["bytem", "trvale", "bydliste", "smer", "smerem", "adresa", "navrat", "navratu", "destinace"],
        Way::To,
        Cases::NOM.or(Cases::LOC).or(Cases::ACC),
    ),
    (
        &["obec", "obce", "obci", "mesto", "mesta", "meste", "mestys", "vesnice", "vesnici", "vesnicka", "ves", "vsi", "ob"],
        Way::Named,
        Cases::ANY,
    ),
    (&["in", "near"], Way::At, Cases::ANY),
    (&["from"], Way::From, Cases::ANY),
];

/// Reads a preposition; in Cyrillic text "у" means "in".
pub(super) fn read(word: &str, cyrillic: bool) -> Option<Preposition> {
    if cyrillic && matches!(word, "u" | "v" | "vo" | "na") {
        return Some(Preposition { way: Way::At, cases: Cases::ANY });
    }
    let (_, way, cases) = TABLE.iter().find(|(words, ..)| words.contains(&word))?;
    Some(Preposition { way: *way, cases: if cyrillic { Cases::ANY } else { *cases } })
}
