//! The immutable tables of places and what can be asked of them. Made once at
//! start, shared by everybody who understands a text or searches the catalogue.

use super::{
    PlaceError,
    builder::{Builder, Built, Entry, Target},
    index::Index,
    official,
    postcode::Postcodes,
    tables::{self, Orp, Prison, PrisonRow, Settlement},
    words::Words,
};
use crate::domain::{Lang, Place, Region};
use std::collections::HashMap;

/// Every place the line knows, with all the ways its name is written.
#[derive(Debug)]
pub struct Gazetteer {
    pub(super) entries: Vec<Entry>,
    pub(super) index: Index,
    pub(super) words: Words,
    pub(super) postcodes: Postcodes,
    by_code: HashMap<String, usize>,
    orps: Vec<Orp>,
    districts: Vec<(String, String)>,
    prisons: Vec<Prison>,
    /// ISO code, Czech and English name.
    countries: Vec<(String, String, String)>,
}

impl Gazetteer {
    /// Builds the gazetteer from the built-in tables: settlements above 500 inhabitants.
    ///
    /// # Errors
    /// A built-in table is not well formed; the tests rule that out for a released program.
    pub fn builtin() -> Result<Self, PlaceError> {
        Self::from_settlements(&tables::settlements()?)
    }

    /// Tells whether a folded word is so frequent that it is no slip of the pen in another one.
    #[must_use]
    pub fn is_everyday(&self, word: &str) -> bool {
        self.words.is_common(word)
    }

    /// Builds the gazetteer with the official list of all municipalities.
    ///
    /// `csv_text` has the columns `kod_obec`, `obec`, `kod_orp` (and `pou`, `lau1`, `nuts3`, `lat`,
    /// `lon` where known) or those of ČSÚ's link export of municipality and ORP.
    ///
    /// # Errors
    /// The list is empty, cut off, lacks a column or holds a code that does not exist; the error
    /// names the line and what to do.
    pub fn with_official(csv_text: &str) -> Result<Self, PlaceError> {
        let built_in = tables::settlements()?.into_iter().map(|s| (s.code.clone(), s)).collect();
        let (orps, districts) = (tables::orps()?, tables::districts()?);
        let known = official::Known { orps: &orps, districts: &districts, settlements: &built_in };
        Self::from_settlements(&official::read(csv_text, &known)?)
    }

    fn from_settlements(list: &[Settlement]) -> Result<Self, PlaceError> {
        let (orps, districts, prisons) = (tables::orps()?, tables::districts()?, tables::prisons()?);
        let mut builder = Builder::default();
        builder.municipalities(list, &orps, &prisons);
        builder.regions();
        builder.districts(&districts);
        builder.parts(&prisons)?;
        builder.aliases(&districts)?;
        builder.countries()?;
        let Built { entries, index, by_code } = builder.finish()?;
        let districts = districts.into_iter().map(|d| (d.lau1, d.name)).collect();
        let prisons = prisons.into_iter().filter_map(|row| prison(row, &entries, &by_code)).collect();
        let countries = tables::countries()?.into_iter().filter_map(|c| Some((c.iso, c.name, c.english?))).collect();
        Ok(Self { entries, index, words: Words::builtin()?, postcodes: Postcodes::builtin()?, by_code, orps, districts, prisons, countries })
    }

    /// Returns how many municipalities are known.
    #[must_use]
    pub fn municipality_count(&self) -> usize {
        self.by_code.len()
    }

    /// Returns how many different written forms are known.
    #[must_use]
    pub fn form_count(&self) -> usize {
        self.index.len()
    }

    /// Returns all municipalities with extended powers in the order of their codes.
    #[must_use]
    pub fn orps(&self) -> &[Orp] {
        &self.orps
    }

    /// Finds an ORP by its four-digit code.
    #[must_use]
    pub fn orp(&self, code: &str) -> Option<&Orp> {
        self.orps.iter().find(|o| o.code == code)
    }

    /// Returns the seat of an ORP as a place.
    #[must_use]
    pub fn place_of_orp(&self, code: &str) -> Option<Place> {
        self.by_code(&self.orp(code)?.seat)
    }

    /// Returns the municipality with a six-digit ČSÚ code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<Place> {
        match &self.entries.get(*self.by_code.get(code)?)?.target {
            Target::Place(place) => Some(place.clone()),
            Target::Country(_) => None,
        }
    }

    /// Returns a district as a place; its region is that of its seats.
    pub(super) fn district(&self, lau1: &str) -> Option<Place> {
        let region = self.orps.iter().find(|orp| orp.district == lau1)?.region;
        Some(Place { district: Some(lau1.to_owned()), ..Place::region(region) })
    }

    /// Returns the name of a district, such as `Most` for `CZ0425`.
    #[must_use]
    pub fn district_name(&self, lau1: &str) -> Option<&str> {
        self.districts.iter().find(|(code, _)| code == lau1).map(|(_, name)| name.as_str())
    }

    /// Returns the name of a country by its ISO 3166-1 alpha-2 code: "Německo" for `DE`.
    #[must_use]
    pub fn country(&self, iso: &str, lang: Lang) -> Option<&str> {
        self.countries.iter().find(|(code, ..)| code == iso).map(|(_, czech, english)| lang.pick(czech.as_str(), english.as_str()))
    }

    /// Returns all prisons.
    #[must_use]
    pub fn prisons(&self) -> &[Prison] {
        &self.prisons
    }

    /// Names a place so that it cannot be mistaken for its namesakes: "Ostrov, Karlovarský kraj".
    #[must_use]
    pub fn describe(&self, place: &Place, lang: Lang) -> String {
        let region = place.region.name(lang);
        if let Some(municipality) = &place.municipality {
            return if place.region == Region::Praha { region.to_owned() } else { format!("{}, {region}", municipality.name) };
        }
        if let Some(orp) = place.orp.as_deref().and_then(|code| self.orp(code)) {
            return format!("{}, {region}", orp.name);
        }
        match place.district.as_deref().and_then(|code| self.district_name(code)) {
            Some(district) => format!("{} {district}, {region}", lang.pick("okres", "district of")),
            None => region.to_owned(),
        }
    }

    /// Returns degrees north and east: of the municipality, else of its ORP, else of the district's or region's seats on average.
    #[must_use]
    pub fn position(&self, place: &Place) -> Option<(f64, f64)> {
        let own = place.municipality.as_ref().and_then(|m| m.code.as_deref()).and_then(|code| self.by_code.get(code));
        if let Some(position) = own.and_then(|at| self.entries.get(*at)).and_then(|e| e.position) {
            return Some(position);
        }
        if let Some(orp) = place.orp.as_deref().and_then(|code| self.orp(code)) {
            return Some((orp.lat, orp.lon));
        }
        let within = |o: &&Orp| place.district.as_ref().map_or(o.region == place.region, |d| *d == o.district);
        let seats: Vec<(f64, f64)> = self.orps.iter().filter(within).map(|o| (o.lat, o.lon)).collect();
        let count = f64::from(u16::try_from(seats.len()).ok().filter(|n| *n > 0)?);
        let sum = seats.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        Some((sum.0 / count, sum.1 / count))
    }

    /// Returns the distance of two places as the crow flies.
    #[must_use]
    pub fn distance_km(&self, one: &Place, other: &Place) -> Option<f64> {
        Some(distance_km(self.position(one)?, self.position(other)?))
    }
}

fn prison(row: PrisonRow, entries: &[Entry], by_code: &HashMap<String, usize>) -> Option<Prison> {
    match &entries.get(*by_code.get(&row.code)?)?.target {
        Target::Place(place) => {
            Some(Prison { name: row.name, place: place.clone(), sex: row.sex, aliases: row.aliases, known_as_prison: row.alone })
        }
        Target::Country(_) => None,
    }
}

/// The haversine distance on a sphere of the Earth's mean radius (6 371 km).
pub(super) fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let a = half(one.0, other.0) + one.0.to_radians().cos() * other.0.to_radians().cos() * half(one.1, other.1);
    2.0 * 6_371.0 * a.sqrt().asin()
}
