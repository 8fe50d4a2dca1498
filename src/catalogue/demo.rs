//! The invented catalogue: plainly fictional services over all regions, the same ones for
//! the same day. Called by the demo, the commands without a database and the benchmarks.

use super::dice::Dice;
use super::freshness::day_of;
use super::invention::{Frame, Whom, service};
use super::{Capacity, CapacityState, Kind, Service};
use crate::domain::{Bilingual, Municipality, Place, Region};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The seat of a municipality with extended powers, where invented services may stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// The ORP's four-digit code.
    pub orp: String,
    /// The seat's name.
    pub name: String,
    /// The seat's ČSÚ code, when it is known.
    pub municipality: Option<String>,
    /// The district's LAU 1 code.
    pub district: String,
    /// The region.
    pub region: Region,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
}

/// Invents about 250 services whose dates are relative to the day of `now`.
#[must_use]
pub fn invent(now: DateTime<Utc>, seats: &[Seat]) -> Vec<Service> {
    let tables = Tables::read();
    let today = day_of(now);
    let mut services = Vec::new();
    for region in Region::ALL {
        let towns = tables.towns_of(region, seats);
        for (row, plan) in tables.plan.iter().enumerate().filter(|(_, plan)| plan.covers(region)) {
            for copy in 0..plan.copies.min(if plan.kind == Kind::Curator { towns.len() } else { usize::MAX }) {
                let key = format!("demo/{}/{row}/{copy}", region.code());
                let Some(seat) = plan.seat(&towns, copy, &key) else { continue };
                let frame = Frame { tables: &tables, plan, seat, today, number: services.len(), key };
                services.push(service(&frame));
            }
        }
    }
    tables.fixed.iter().for_each(|fixed| fixed.apply(&mut services, today));
    services
}

/// Invents `count` services for benchmarks, spread evenly over all seats and kinds.
#[must_use]
pub fn invent_many(count: usize, now: DateTime<Utc>, seats: &[Seat]) -> Vec<Service> {
    let tables = Tables::read();
    let today = day_of(now);
    let rows = tables.plan.iter().cycle().zip(0..count);
    let one = |(plan, number): (&Plan, usize)| {
        let key = format!("many/{number}");
        let seat = Dice::of(&key).pick(seats)?;
        Some(service(&Frame { tables: &tables, plan, seat, today, number, key }))
    };
    rows.filter_map(one).collect()
}

/// The words and the plan of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tables {
    pub(super) words: Vec<String>,
    pub(super) providers: Vec<String>,
    pub(super) streets: Vec<String>,
    towns: BTreeMap<Region, Vec<String>>,
    plan: Vec<Plan>,
    fixed: Vec<Fixed>,
}

/// One kind of service and how often a region has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) whom: Whom,
    copies: usize,
    town: Option<usize>,
    regions: Option<Vec<Region>>,
    #[serde(default)]
    pub(super) secret: bool,
}

/// A service a demonstration relies on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    region: Region,
    town: String,
    kind: Kind,
    free: u16,
    days_ago: u64,
}

impl Tables {
    /// Reads the file that is built in; a test makes sure that it can be read.
    fn read() -> Self {
        toml::from_str(include_str!("../../config/demo/services.toml")).unwrap_or_default()
    }

    /// The region's towns in the order of the file; any seats where the file knows none of them.
    fn towns_of<'a>(&self, region: Region, seats: &'a [Seat]) -> Vec<&'a Seat> {
        let own: Vec<&Seat> = seats.iter().filter(|seat| seat.region == region).collect();
        let names = self.towns.get(&region).into_iter().flatten();
        let listed: Vec<&Seat> = names.filter_map(|name| own.iter().copied().find(|seat| seat.name == *name)).collect();
        if listed.is_empty() { own } else { listed }
    }
}

impl Plan {
    fn covers(&self, region: Region) -> bool {
        self.regions.as_ref().is_none_or(|regions| regions.contains(&region))
    }

    /// Curators stand in one town each, other services where the plan or the dice put them.
    fn seat<'a>(&self, towns: &[&'a Seat], copy: usize, key: &str) -> Option<&'a Seat> {
        let first = match (self.kind, self.town) {
            (Kind::Curator, _) => 0,
            (_, Some(town)) => town,
            (_, None) => Dice::of(key).weigh(&[(4, 0), (3, 1), (2, 2), (1, 3)], 0),
        };
        towns.get((first + copy) % towns.len().max(1)).copied()
    }
}

impl Fixed {
    fn apply(&self, services: &mut [Service], today: NaiveDate) {
        let here = |service: &&mut Service| {
            let town = service.place.municipality.as_ref().map(|town| town.name.as_str());
            service.kind == self.kind && service.place.region == self.region && town == Some(self.town.as_str())
        };
        let Some(service) = services.iter_mut().find(here) else { return };
        let at = super::invention::days_ago(today, self.days_ago, 9);
        let count = (self.free > 0).then_some(self.free);
        let target = self.kind.is_lodging().then(|| Bilingual::new("muži", "men"));
        let report = Capacity::reported(self.kind, CapacityState::Has, count, "obvolání", at);
        service.capacity = Some(Capacity { target, ..report });
        (service.confirmed_at, service.checked_at) = (Some(at), Some(at));
        service.conditions.days_in_advance = None;
    }
}

impl Seat {
    /// Returns the seat as a place.
    pub(super) fn place(&self) -> Place {
        let municipality = Municipality { code: self.municipality.clone(), name: self.name.clone() };
        Place { region: self.region, district: Some(self.district.clone()), orp: Some(self.orp.clone()), municipality: Some(municipality) }
    }
}
