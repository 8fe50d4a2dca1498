//! Sums the findings of a text up: one destination, or the places to ask about,
//! the origin, what was refused, a return abroad.

use super::{
    gazetteer::Gazetteer,
    postcode,
    narrow::lies_in,
    role::{POSSIBLE, SAID},
    scan::{Finding, Role, scan},
};
use crate::domain::{Place, Places};

/// Two places of the same text are both meant when the second is said hardly less clearly.
const FURTHER_MARGIN: u8 = 14;

/// So many bytes apart a quarter still belongs to the town before it: "do Brna na Cejl".
const BESIDE: usize = 5;

/// Reads the places of a text.
#[must_use]
pub fn resolve(gazetteer: &Gazetteer, text: &str) -> Places {
    resolve_findings(gazetteer, text, &scan(gazetteer, text))
}

/// Sums up findings [`scan`] made of the same text.
#[must_use]
pub fn resolve_findings(gazetteer: &Gazetteer, text: &str, findings: &[Finding]) -> Places {
    let mut places = Places { origin: origin(findings), excluded: excluded(findings), ..Places::default() };
    let aims = aims(findings, &places.excluded);
    match aims.split_first() {
        Some((first, rest)) => aim(&mut places, first, rest),
        None => match postcode::named(text).and_then(|digits| gazetteer.postcode(&digits)) {
            Some(place) => places.destination = Some(place),
            None => come_home(&mut places, findings),
        },
    }
    places
}

fn origin(findings: &[Finding]) -> Option<Place> {
    let origins = findings.iter().filter(|f| f.role == Role::Origin);
    let best = origins.max_by_key(|f| (f.prison, f.strength))?;
    best.places.first().cloned()
}

fn excluded(findings: &[Finding]) -> Vec<Place> {
    let mut excluded: Vec<Place> = Vec::new();
    // "do Brna, ale ne na Cejl": a quarter that is refused leaves its town
    let said = |one: &Finding| {
        let apart = |f: &Finding| f.words.end + BESIDE < one.words.start || one.words.end < f.words.start;
        findings.iter().any(|f| f.role == Role::Destination && f.strength >= SAID && f.places.first() == one.places.first() && apart(f))
    };
    for one in findings.iter().filter(|f| f.role == Role::Excluded) {
        let place = one.places.first().filter(|place| !excluded.contains(*place) && !said(one)).cloned();
        excluded.extend(place);
    }
    excluded
}

/// The findings that say where the client goes, in the order of the text, the vaguer ones
/// left out where a more exact one lies within them.
fn aims<'a>(findings: &'a [Finding], excluded: &[Place]) -> Vec<&'a Finding> {
    let possible: Vec<&Finding> = findings
        .iter()
        .filter(|f| matches!(f.role, Role::Destination | Role::Mentioned) && f.strength >= POSSIBLE)
        .filter(|f| f.places.first().is_none_or(|p| !excluded.contains(p)))
        .collect();
    let Some(best) = possible.iter().map(|f| f.strength).max() else { return Vec::new() };
    let floor = if best >= SAID { SAID.max(best.saturating_sub(FURTHER_MARGIN)) } else { best };
    let inner = |wide: &Finding| possible.iter().any(|f| f.strength.saturating_add(40) >= wide.strength && is_within(f, wide));
    let mut aims: Vec<&Finding> = Vec::new();
    for finding in possible.iter().filter(|f| (f.strength >= floor || inner_of_said(f, &possible, floor)) && !inner(f)) {
        if !aims.iter().any(|known| same(known, finding)) {
            aims.push(finding);
        }
    }
    if best < SAID {
        aims.truncate(1);
    }
    aims
}

/// A town named less clearly than its region is still the more exact answer.
fn inner_of_said(finding: &Finding, possible: &[&Finding], floor: u8) -> bool {
    possible.iter().any(|wide| wide.strength >= floor && is_within(finding, wide) && finding.strength >= POSSIBLE)
}

/// Tells whether a finding names a part of what another, wider one names.
fn is_within(inner: &Finding, wide: &Finding) -> bool {
    let wide_places = wide.places.as_slice();
    let Some(place) = inner.places.first().filter(|_| inner.places.len() == 1) else { return false };
    if wide_places.len() > 1 && wide_places.contains(place) {
        return true;
    }
    wide_places.first().filter(|_| wide_places.len() == 1).is_some_and(|w| w != place && lies_in(place, w))
}

fn same(one: &Finding, other: &Finding) -> bool {
    one.abroad == other.abroad && one.places.first() == other.places.first() && (one.places.len() == 1) == (other.places.len() == 1)
        || one.places.len() > 1 && other.places.len() > 1 && one.places.iter().all(|p| other.places.contains(p))
}

fn aim(places: &mut Places, first: &Finding, rest: &[&Finding]) {
    // of Czech places and countries in one text, the clearer one decides, then the first
    let top = rest
        .iter()
        .copied()
        .fold(first, |top, f| if f.strength > top.strength && f.abroad.is_some() != top.abroad.is_some() { f } else { top });
    if let Some(country) = &top.abroad {
        places.abroad = Some(country.clone());
        return;
    }
    let czech: Vec<&Finding> = std::iter::once(first).chain(rest.iter().copied()).filter(|f| f.abroad.is_none()).collect();
    let Some((first, rest)) = czech.split_first() else { return };
    match first.places.as_slice() {
        [one] => {
            places.destination = Some(one.clone());
            places.assumed = first.assumed;
        }
        several => places.candidates = several.to_vec(),
    }
    let further = rest.iter().filter(|f| f.places.len() == 1).filter_map(|f| f.places.first());
    places.further = further.filter(|p| places.destination.as_ref() != Some(*p)).cloned().collect();
}

/// "Odsouzený z Kladna" and nothing else: no prison stands there, so it is his home.
fn come_home(places: &mut Places, findings: &[Finding]) {
    let home = findings.iter().find(|f| f.role == Role::Origin && !f.prison && f.strength <= 60);
    let Some(home) = home else { return };
    match home.places.as_slice() {
        [one] => {
            places.destination = Some(one.clone());
            places.assumed = home.assumed;
        }
        several => places.candidates = several.to_vec(),
    }
    if places.origin.as_ref() == home.places.first() {
        places.origin = None;
    }
}
