//! Names that stand beside another name to tell it apart ("Místo u Chomutova",
//! "Nové Město (HK)", "okres Most", "do Žiliny na Slovensko"), and what of a text
//! helps to choose among namesakes.

use super::{
    builder::Target,
    gazetteer::{Gazetteer, distance_km},
    hit::Hit,
    narrow::{self, Context},
    preposition::Way,
    scan::Role,
    token::{Gap, Token},
};
use crate::domain::Place;

/// How a hit serves a neighbour: it only tells the one before it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Free,
    /// "u Chomutova" behind a village.
    TellsApart,
    /// "(HK)" behind a name: its district.
    Bracketed,
    /// "okres Most": the district, not the town.
    District,
    /// A foreign town before its country.
    Foreign,
}

const NEXT_TO: &[&str] = &["u", "pobliz", "vedle", "nedaleko", "blizko"];

pub(super) fn links(gazetteer: &Gazetteer, tokens: &[Token], hits: &[Hit]) -> Vec<Link> {
    let mut links = vec![Link::Free; hits.len()];
    for (at, hit) in hits.iter().enumerate() {
        let lead = hit.first.checked_sub(1).and_then(|i| tokens.get(i));
        let first = tokens.get(hit.first);
        let straight = first.is_some_and(|t| matches!(t.gap, Gap::Blank | Gap::Stop));
        let mut link = if straight && lead.is_some_and(|t| t.is(&["okres", "okresu", "okrese", "okresem", "okr"])) {
            Link::District
        } else {
            Link::Free
        };
        if let Some(before) = at.checked_sub(1).and_then(|i| hits.get(i)) {
            let between = tokens.get(before.end()..hit.first).unwrap_or(&[]);
            let joined = between.iter().chain(first).all(|t| matches!(t.gap, Gap::Blank | Gap::Joined | Gap::Stop));
            let next_to = joined && between.len() == 1 && between.first().is_some_and(|t| t.is(NEXT_TO));
            let bracketed = between.is_empty() && first.is_some_and(|t| t.gap == Gap::Bracket);
            // "Konice u Prostějova": beside another name, "u" names no second aim
            if next_to && link == Link::Free || bracketed && link == Link::Free && tells_apart(gazetteer, before, hit) {
                link = if bracketed { Link::Bracketed } else { Link::TellsApart };
            }
            if country(gazetteer, hit).is_some()
                && between.len() <= 2
                && country(gazetteer, before).is_none()
                && joined
                && before.support.preposition.is_some_and(|p| p.way == Way::To || p.way == Way::At)
                && let Some(slot) = links.get_mut(at - 1)
            {
                *slot = Link::Foreign;
            }
        }
        if let Some(slot) = links.get_mut(at) {
            *slot = link;
        }
    }
    links
}

/// A name can be told apart by a place within reach of one of its namesakes.
fn tells_apart(gazetteer: &Gazetteer, name: &Hit, beside: &Hit) -> bool {
    let positions = |hit: &Hit| -> Vec<(f64, f64)> {
        hit.candidates.iter().filter_map(|c| narrow::place_of(gazetteer, c.entry)).filter_map(|(e, _)| e.position).collect()
    };
    let there = positions(beside);
    positions(name).iter().any(|a| there.iter().any(|b| distance_km(*a, *b) <= 40.0))
}

pub(super) fn context(gazetteer: &Gazetteer, hits: &[Hit], roles: &[(Role, u8)], links: &[Link], at: usize) -> Context {
    let mut context = Context::default();
    for (other, hit) in hits.iter().enumerate().filter(|(other, _)| *other != at) {
        let link = links.get(other).copied().unwrap_or(Link::Free);
        let (role, _) = roles.get(other).copied().unwrap_or((Role::Mentioned, 0));
        let best = hit.candidates.iter().map(|c| c.weight).max().unwrap_or(0);
        for candidate in hit.candidates.iter().filter(|c| c.weight == best) {
            let Some((_, place)) = narrow::place_of(gazetteer, candidate.entry) else { continue };
            if link == Link::District || link == Link::Bracketed && other == at + 1 {
                context.wide.push(Place { orp: None, municipality: None, ..place.clone() });
            } else if place.municipality.is_none() {
                context.wide.push(place.clone());
            } else if link == Link::TellsApart && other == at + 1 {
                context.neighbours.push(candidate.entry);
            } else if link != Link::Foreign && role != Role::Origin {
                if other + 1 == at && hits.get(at).is_some_and(|name| name.first == hit.end()) {
                    context.town.push(candidate.entry);
                }
                context.others.push(candidate.entry);
            }
        }
    }
    context
}

/// Returns the ISO code when a hit names a country; "Vídeň u Velkého Meziříčí" is a village, known or not.
pub(super) fn abroad<'a>(gazetteer: &'a Gazetteer, hits: &[Hit], links: &[Link], at: usize) -> Option<&'a str> {
    let hit = hits.get(at)?;
    let told = matches!(links.get(at + 1), Some(Link::TellsApart | Link::Bracketed | Link::District));
    country(gazetteer, hit).filter(|_| !told)
}

/// Returns the ISO code when a hit names a country.
fn country<'a>(gazetteer: &'a Gazetteer, hit: &Hit) -> Option<&'a str> {
    let best = hit.candidates.iter().max_by_key(|c| c.weight)?;
    match &gazetteer.entries.get(usize::try_from(best.entry).ok()?)?.target {
        Target::Country(iso) => Some(iso),
        Target::Place(_) => None,
    }
}
