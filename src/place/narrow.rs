//! Chooses among namesakes: an explicit district, region or neighbouring town in
//! the text, then the weight of the name (ORP seat, town, village). What stays
//! equal is returned as several places, for one short question.

use super::{
    builder::{Entry, Target},
    gazetteer::{Gazetteer, distance_km},
    hit::{Candidate, Hit},
    scan::Role,
};
use crate::domain::Place;

/// Up to how many namesakes a question may offer.
const OFFERED_MAX: usize = 8;
/// Names whose weights differ by no more than this are asked about.
const MARGIN: i32 = 10;
/// Names so much lighter than the best are not worth offering.
const OFFERED_MARGIN: i32 = 45;
/// What an explicit hint adds at least.
const TOLD: i32 = 30;
const NEIGHBOUR_KM: f64 = 30.0;
const SAME_AREA_KM: f64 = 25.0;
const NEXT_TOWN_KM: f64 = 12.0;

/// What of the text helps to choose.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Districts and regions named in the text.
    pub(super) wide: Vec<Place>,
    /// Towns that stand beside the name to tell it apart ("u Chomutova").
    pub(super) neighbours: Vec<u32>,
    /// The town right before the name, of which it may be a quarter: "Ostrava-Zábřeh".
    pub(super) town: Vec<u32>,
    /// Other towns of the text.
    pub(super) others: Vec<u32>,
}

/// The places a hit means, the likeliest first, and whether that was a choice.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) places: Vec<Place>,
    pub(super) assumed: bool,
}

/// Chooses among the candidates of one hit.
pub(super) fn narrow(gazetteer: &Gazetteer, hit: &Hit, role: Role, context: &Context) -> Choice {
    let mut scored: Vec<(i32, &Place)> = Vec::with_capacity(hit.candidates.len());
    for candidate in &hit.candidates {
        let Some((entry, place)) = place_of(gazetteer, candidate.entry) else { continue };
        let score = score(gazetteer, *candidate, entry, place, role, context);
        match scored.iter_mut().find(|(_, known)| *known == place) {
            Some(known) => known.0 = known.0.max(score),
            None => scored.push((score, place)),
        }
    }
    scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let Some(best) = scored.first().map(|(score, _)| *score) else { return Choice::default() };
    let open = scored.iter().skip(1).any(|(score, _)| best - score <= MARGIN);
    let within = if open { OFFERED_MARGIN } else { 0 };
    let places = scored.iter().filter(|(score, _)| best - score <= within).take(OFFERED_MAX);
    let told = hit.candidates.iter().all(|c| best - i32::from(c.weight) >= TOLD);
    let assumed = !open && scored.len() > 1 && !told && role != Role::Origin;
    Choice { places: places.map(|(_, place)| (*place).clone()).collect(), assumed }
}

/// Returns an entry with its place; a country has none.
pub(super) fn place_of(gazetteer: &Gazetteer, entry: u32) -> Option<(&Entry, &Place)> {
    let entry = gazetteer.entries.get(usize::try_from(entry).ok()?)?;
    match &entry.target {
        Target::Place(place) => Some((entry, place)),
        Target::Country(_) => None,
    }
}

fn score(gazetteer: &Gazetteer, candidate: Candidate, entry: &Entry, place: &Place, role: Role, context: &Context) -> i32 {
    let near = |others: &[u32], km: f64| {
        entry.position.is_some_and(|at| {
            others
                .iter()
                .filter_map(|o| place_of(gazetteer, *o))
                .any(|(o, other)| other == place && o.weight >= 60 || o.position.is_some_and(|there| distance_km(at, there) <= km))
        })
    };
    let mut score = i32::from(candidate.weight);
    if role == Role::Origin && entry.prison != super::builder::PrisonHere::No {
        score += 60;
    }
    if context.wide.iter().any(|wide| wide != place && lies_in(place, wide)) {
        score += 70;
    }
    if context.town.iter().filter_map(|town| place_of(gazetteer, *town)).any(|(_, town)| town == place) {
        score += 120;
    }
    if near(&context.neighbours, NEIGHBOUR_KM) {
        score += 80;
    } else if near(&context.others, NEXT_TOWN_KM) {
        score += 18;
    } else if near(&context.others, SAME_AREA_KM) {
        score += 12;
    }
    score
}

/// Tells whether a place lies in a district or region.
pub(super) fn lies_in(place: &Place, wide: &Place) -> bool {
    wide.municipality.is_none()
        && wide.orp.is_none()
        && place.region == wide.region
        && wide.district.as_ref().is_none_or(|district| place.district.as_ref() == Some(district))
}
