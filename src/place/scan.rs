//! Finds the places of a text and the part each plays. The findings say which
//! bytes they came from, so that other readers know which words are explained.

use super::{
    builder::PrisonHere,
    case::Cases,
    gazetteer::Gazetteer,
    hit::{self, Hit},
    link::{Link, abroad, context, links},
    narrow::{self, Choice},
    preposition::Way,
    role::{POSSIBLE, SAID, Scene},
    token::{self, Gap, Token},
};
use crate::domain::Place;
use std::ops::Range;

/// The part a place plays in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The client comes from there, or the prison stands there.
    Origin,
    /// The client goes there.
    Destination,
    /// The client must not or will not go there.
    Excluded,
    /// Named, but neither of these.
    Mentioned,
}

/// Words that name a place or a country.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where the words stand, in bytes of the text; never inside a character.
    pub words: Range<usize>,
    /// What they can mean, the likeliest first; empty for a country and for an unknown village.
    pub places: Vec<Place>,
    /// The part it plays.
    pub role: Role,
    /// How clearly the text says so: 0 not at all, 100 in so many words.
    pub strength: u8,
    /// The place was chosen among namesakes without a hint in the text.
    pub assumed: bool,
    /// ISO 3166-1 alpha-2 code, for words that name a country.
    pub abroad: Option<String>,
    /// A prison stands in the likeliest place.
    pub prison: bool,
}

/// Finds every place named in `text`, in the order of the words.
#[must_use]
pub fn scan(gazetteer: &Gazetteer, text: &str) -> Vec<Finding> {
    let tokens = token::tokens(text);
    let hits = hit::hits(gazetteer, &tokens);
    if hits.is_empty() {
        return Vec::new();
    }
    let scene = Scene { tokens: &tokens };
    let links = links(gazetteer, &tokens, &hits);
    let roles = roles(gazetteer, &scene, &hits, &links);
    let mut findings: Vec<Finding> = (0..hits.len()).filter_map(|at| finding(gazetteer, &tokens, &hits, &roles, &links, at)).collect();
    sign(text, &mut findings);
    stay_where_the_prison_is(&tokens, &mut findings);
    findings
}

fn prison_of(gazetteer: &Gazetteer, hit: &Hit) -> PrisonHere {
    let candidates = hit.candidates.iter().filter_map(|c| narrow::place_of(gazetteer, c.entry).map(|(e, _)| (c.weight, e.prison)));
    let best = hit.candidates.iter().map(|c| c.weight).max().unwrap_or(0);
    let mut here = PrisonHere::No;
    for (weight, prison) in candidates {
        match prison {
            // "Jiřice" is the prison although namesakes exist, "Ostrov" only as the town
            PrisonHere::Known => return PrisonHere::Known,
            PrisonHere::Beside if weight + 30 >= best => here = PrisonHere::Beside,
            PrisonHere::Beside | PrisonHere::No => {}
        }
    }
    here
}

fn roles(gazetteer: &Gazetteer, scene: &Scene<'_>, hits: &[Hit], links: &[Link]) -> Vec<(Role, u8)> {
    let mut roles: Vec<(Role, u8)> = Vec::with_capacity(hits.len());
    for (at, hit) in hits.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|i| Some((hits.get(i)?, roles.get(i)?.0, roles.get(i)?.1)));
        let next = hits.get(at + 1);
        let mut role = scene.arrowed(hit, next).unwrap_or_else(|| scene.role(hit, prison_meant(gazetteer, hits, links, at), previous));
        if abroad(gazetteer, hits, links, at).is_some() {
            let bracketed = scene.tokens.get(hit.first).is_some_and(|t| t.gap == Gap::Bracket);
            role = abroad_role(hit, bracketed, role);
        }
        roles.push(role);
    }
    roles
}

/// Behind "Nové Sedlo u Lokte" there is no prison, although another Nové Sedlo has one.
fn prison_meant(gazetteer: &Gazetteer, hits: &[Hit], links: &[Link], at: usize) -> PrisonHere {
    let Some(hit) = hits.get(at) else { return PrisonHere::No };
    let here = prison_of(gazetteer, hit);
    if here == PrisonHere::No || !matches!(links.get(at + 1), Some(Link::TellsApart | Link::Bracketed | Link::District)) {
        return here;
    }
    let choice = narrow::narrow(gazetteer, hit, Role::Mentioned, &context(gazetteer, hits, &[], links, at));
    let meant = choice.places.first();
    let stands = hit
        .candidates
        .iter()
        .filter_map(|c| narrow::place_of(gazetteer, c.entry))
        .any(|(e, p)| e.prison != PrisonHere::No && Some(p) == meant);
    if stands { here } else { PrisonHere::No }
}

/// "cizinec (Vietnam)" tells where he is from.
/// A country is a destination only where somebody goes: "na Slovensko", not "ze Slovenska".
fn abroad_role(hit: &Hit, bracketed: bool, (role, strength): (Role, u8)) -> (Role, u8) {
    match (role, hit.support.preposition.map(|p| p.way)) {
        (Role::Excluded, _) => (Role::Excluded, strength),
        (Role::Mentioned, _) => (role, strength),
        (_, Some(Way::To)) => (Role::Destination, 95),
        (Role::Destination, Some(Way::At)) if hit.cases.meets(Cases::ACC) && !hit.cases.meets(Cases::LOC) => (Role::Destination, 95),
        (Role::Destination, Some(Way::At)) => (Role::Destination, strength.min(60)),
        (Role::Destination, None) if (hit.support.alone || hit.support.opening) && !bracketed => (Role::Destination, 60),
        _ => (Role::Mentioned, 0),
    }
}

fn finding(gazetteer: &Gazetteer, tokens: &[Token], hits: &[Hit], roles: &[(Role, u8)], links: &[Link], at: usize) -> Option<Finding> {
    let hit = hits.get(at)?;
    let (role, strength) = *roles.get(at)?;
    let link = *links.get(at)?;
    let words = tokens.get(hit.first)?.at.start..tokens.get(hit.end().checked_sub(1)?)?.at.end;
    let without = Finding { words: words.clone(), places: Vec::new(), role, strength, assumed: false, abroad: None, prison: false };
    if let Some(iso) = abroad(gazetteer, hits, links, at) {
        return Some(Finding { abroad: Some(iso.to_owned()), ..without });
    }
    if hit.candidates.is_empty() {
        return Some(Finding { role: Role::Mentioned, strength: 0, ..without });
    }
    let Choice { mut places, mut assumed } = narrow::narrow(gazetteer, hit, role, &context(gazetteer, hits, roles, links, at));
    assumed |= hit.doubtful && places.len() == 1 && role != Role::Origin;
    let prison = prison_of(gazetteer, hit) != PrisonHere::No;
    if link == Link::District {
        places = places.into_iter().take(1).map(|p| Place { orp: None, municipality: None, ..p }).collect();
        assumed = false;
    }
    let (role, strength) = match link {
        Link::TellsApart | Link::Bracketed | Link::Foreign => (Role::Mentioned, 0),
        Link::District | Link::Free => (role, strength),
    };
    (!places.is_empty()).then_some(Finding { words, places, role, strength, assumed, abroad: None, prison })
}

/// A message signed with the prison's town and sent about another place: the
/// bare prison town is where it was written.
fn sign(text: &str, findings: &mut [Finding]) {
    sign_first(text, findings);
    let said = |f: &Finding| f.role == Role::Destination && (f.strength >= 65 || f.abroad.is_some()) && f.strength != 75;
    let elsewhere: Vec<Place> = findings.iter().filter(|f| said(f)).filter_map(|f| f.places.first().cloned()).collect();
    let abroad = findings.iter().any(|f| said(f) && f.abroad.is_some());
    let last = findings.iter().rposition(said).unwrap_or(0);
    for finding in findings.iter_mut().take(last) {
        let bare = finding.role == Role::Destination && matches!(finding.strength, 58 | 62 | 75);
        let here = finding.places.first();
        let other = elsewhere.iter().any(|p| Some(p) != here) && !elsewhere.iter().any(|p| Some(p) == here);
        if bare && finding.prison && (other || abroad) && finding.places.iter().all(|p| p.municipality.is_some()) {
            finding.role = Role::Origin;
        }
    }
}

/// "Kuřim, klient 1.6., Znojmo byt": what opens the message is the prison's town when
/// another place follows apart from it, not beside it as in "Teplice, Most".
fn sign_first(text: &str, findings: &mut [Finding]) {
    const BESIDE: &[&str] = &["nebo", "či", "ci", "a", "i", "případně", "pripadne", "okolí", "okoli", "okolo"];
    let [first, second, ..] = findings else { return };
    let opens = text.get(..first.words.start).is_some_and(|before| before.split_whitespace().count() <= 2);
    let between = text.get(first.words.end..second.words.start).unwrap_or_default();
    let words: Vec<&str> = between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let apart = !words.is_empty() && !words.iter().any(|w| BESIDE.contains(w));
    let bare = |f: &Finding| f.role == Role::Destination && matches!(f.strength, 58 | 62 | 75);
    let other = first.places.len() == 1 && second.places.len() == 1 && first.places != second.places;
    let wide = second.places.iter().any(|p| p.municipality.is_none());
    if opens && apart && other && !wide && first.prison && bare(first) && bare(second) {
        first.role = Role::Origin;
    }
}

/// "Zůstává tu ve městě, kde je i věznice": the destination is the prison's town.
fn stay_where_the_prison_is(tokens: &[Token], findings: &mut Vec<Finding>) {
    let any = |words: &[&str]| tokens.iter().any(|t| t.is(words));
    let here = any(&["zdi", "zdejsi"]) || any(&["tu", "tady", "zde"]) && tokens.iter().any(|t| t.starts(&["vezni", "vezen"]));
    if !here || findings.iter().any(|f| f.role == Role::Origin) {
        return;
    }
    let town = findings.iter().find(|f| f.role == Role::Destination && f.prison && f.strength >= SAID.min(POSSIBLE));
    if let Some(town) = town.cloned() {
        findings.push(Finding { role: Role::Origin, ..town });
    }
}
