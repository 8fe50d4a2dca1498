//! The immutable snapshot that is searched: services by topic and by area, so that a
//! question looks at the few hundred services of its own area first.

use super::Service;
use super::freshness::day_of;
use super::service::Coverage;
use crate::domain::{Region, Topic};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Side of a square of the position index, in degrees of latitude; about 28 km.
const SQUARE_LAT: f64 = 0.25;
/// The same in degrees of longitude at 50° N.
const SQUARE_LON: f64 = 0.4;

/// Numbers of services in [`Catalogue`].
type Numbers = Vec<u32>;

/// All services, indexed. Cheap to share behind an `Arc`, never changed: a new version replaces it.
#[derive(Debug, Default)]
pub struct Catalogue {
    services: Vec<Arc<Service>>,
    heard_on: Vec<Option<NaiveDate>>,
    by_id: HashMap<Uuid, u32>,
    by_topic: HashMap<Topic, Shelf>,
    /// Beds for one night, which every answer about a home may name.
    beds: Shelf,
}

/// The services of one topic.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    all: Numbers,
    country: Numbers,
    by_orp: HashMap<String, Numbers>,
    by_district: HashMap<String, Numbers>,
    by_region: HashMap<Region, Numbers>,
    by_square: HashMap<(i16, i16), Numbers>,
}

impl Catalogue {
    /// Indexes the services. Ended ones are left out; of a secret shelter only the region is kept.
    #[must_use]
    pub fn new(services: Vec<Service>) -> Self {
        let mut catalogue = Self::default();
        for service in services.into_iter().filter(|service| !service.ended) {
            catalogue.add(service.guarded());
        }
        catalogue
    }

    /// Returns all services in the order they were given.
    pub fn services(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.services.iter()
    }

    /// Finds a service by its id.
    #[must_use]
    pub fn service(&self, id: Uuid) -> Option<&Arc<Service>> {
        self.by_id.get(&id).and_then(|number| self.numbered(*number))
    }

    /// Returns how many services there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.services.len()
    }

    /// Tells whether there is no service at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    pub(super) fn numbered(&self, number: u32) -> Option<&Arc<Service>> {
        self.services.get(usize::try_from(number).ok()?)
    }

    /// Returns the day somebody who knows last spoke of the service.
    pub(super) fn heard_on(&self, number: u32) -> Option<NaiveDate> {
        self.heard_on.get(usize::try_from(number).ok()?).copied().flatten()
    }

    pub(super) fn shelf(&self, topic: Topic) -> Option<&Shelf> {
        self.by_topic.get(&topic)
    }

    pub(super) const fn beds(&self) -> &Shelf {
        &self.beds
    }

    fn add(&mut self, service: Service) {
        let Ok(number) = u32::try_from(self.services.len()) else { return };
        if service.kind.is_nightly() {
            self.beds.put(number, &service);
        }
        for topic in &service.topics {
            self.by_topic.entry(*topic).or_default().put(number, &service);
        }
        self.by_id.insert(service.id, number);
        self.heard_on.push(service.heard_at().map(day_of));
        self.services.push(Arc::new(service));
    }
}

impl Shelf {
    pub(super) fn all(&self) -> &[u32] {
        &self.all
    }

    /// Services one need not travel to that serve the whole country.
    pub(super) fn country(&self) -> &[u32] {
        &self.country
    }

    pub(super) fn orp(&self, code: &str) -> &[u32] {
        self.by_orp.get(code).map_or(&[], Vec::as_slice)
    }

    pub(super) fn district(&self, code: &str) -> &[u32] {
        self.by_district.get(code).map_or(&[], Vec::as_slice)
    }

    pub(super) fn region(&self, region: Region) -> &[u32] {
        self.by_region.get(&region).map_or(&[], Vec::as_slice)
    }

    /// Services in the square of `position` and the `rings` of squares around it.
    pub(super) fn around(&self, position: (f64, f64), rings: i16) -> impl Iterator<Item = u32> {
        let (lat, lon) = square(position);
        let squares = (-rings..=rings).flat_map(move |dy| (-rings..=rings).map(move |dx| (lat.saturating_add(dy), lon.saturating_add(dx))));
        squares.filter_map(|at| self.by_square.get(&at)).flatten().copied()
    }

    fn put(&mut self, number: u32, service: &Service) {
        self.all.push(number);
        self.put_by_place(number, service);
        if !service.kind.is_lodging() {
            self.put_by_coverage(number, service);
        }
    }

    fn put_by_place(&mut self, number: u32, service: &Service) {
        if let Some(orp) = &service.place.orp {
            push(self.by_orp.entry(orp.clone()).or_default(), number);
        }
        if let Some(district) = &service.place.district {
            push(self.by_district.entry(district.clone()).or_default(), number);
        }
        push(self.by_region.entry(service.place.region).or_default(), number);
        if let Some(position) = service.position {
            push(self.by_square.entry(square(position)).or_default(), number);
        }
    }

    /// A service one need not move to is as good as local wherever it says it serves.
    fn put_by_coverage(&mut self, number: u32, service: &Service) {
        match &service.serves {
            Coverage::Orps(codes) => codes.iter().for_each(|code| push(self.by_orp.entry(code.clone()).or_default(), number)),
            Coverage::Districts(codes) => codes.iter().for_each(|code| push(self.by_district.entry(code.clone()).or_default(), number)),
            Coverage::Regions(regions) => regions.iter().for_each(|region| push(self.by_region.entry(*region).or_default(), number)),
            Coverage::Country => push(&mut self.country, number),
        }
    }
}

/// Adds a number once: services are added one by one, so a repeat is always the last entry.
fn push(numbers: &mut Numbers, number: u32) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}

fn square((lat, lon): (f64, f64)) -> (i16, i16) {
    #[expect(clippy::cast_possible_truncation, reason = "degrees divided by a quarter fit; `as` saturates")]
    let whole = |degrees: f64, side: f64| (degrees / side).floor() as i16;
    (whole(lat, SQUARE_LAT), whole(lon, SQUARE_LON))
}
