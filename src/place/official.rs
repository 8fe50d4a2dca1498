//! Reads the official list of municipalities a user imports: the merged table
//! (`kod_obec`, `obec`, `kod_orp`, …) or ČSÚ's link export of municipality and ORP
//! (chodnota1, text1, chodnota2). Comma, semicolon or tab; a byte order mark is
//! ignored. What is wrong is said with its line.

use super::{
    PlaceError,
    tables::{District, Orp, Settlement},
};
use crate::domain::Region;
use std::collections::{HashMap, HashSet};

/// How many municipalities there are (2024); a list may differ by the bounds below.
const EXPECTED: usize = 6_258;
const COUNT_MIN: usize = 6_000;
const COUNT_MAX: usize = 6_600;

const CODE: &[&str] = &["kod_obec", "kod_obce", "obec_kod", "chodnota1", "kod", "chodnota"];
const NAME: &[&str] = &["obec", "nazev_obec", "nazev_obce", "obec_nazev", "text1", "nazev", "text"];
const ORP: &[&str] = &["kod_orp", "orp_kod", "chodnota2"];
const OFFICE: &[&str] = &["pou", "nazev_pou", "pou_nazev"];
const DISTRICT: &[&str] = &["lau1", "okres_lau", "kod_okres", "okres_kod", "kod_okresu"];
const REGION: &[&str] = &["nuts3", "kod_kraj", "kraj_kod"];
const LAT: &[&str] = &["lat", "latitude"];
const LON: &[&str] = &["lon", "longitude", "lng"];

/// What of the built-in tables the list is checked against and completed with.
pub(super) struct Known<'a> {
    pub(super) orps: &'a [Orp],
    pub(super) districts: &'a [District],
    pub(super) settlements: &'a HashMap<String, Settlement>,
}

/// Reads a list; it is used whole or not at all.
pub(super) fn read(text: &str, known: &Known<'_>) -> Result<Vec<Settlement>, PlaceError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|e| PlaceError::Line { line: 1, what: e.to_string() })?.clone();
    let columns = Columns::find(&headings)?;
    let mut list = Vec::with_capacity(EXPECTED);
    let mut codes = HashSet::with_capacity(EXPECTED);
    for record in reader.records() {
        let record = record.map_err(|e| PlaceError::Line { line: e.position().map_or(0, csv::Position::line), what: e.to_string() })?;
        let line = Line { number: record.position().map_or(0, csv::Position::line), record: &record, columns: &columns };
        let settlement = line.settlement(known)?;
        if !codes.insert(settlement.code.clone()) {
            return Err(line.wrong(format!("the code {} stands in the list twice", settlement.code)));
        }
        list.push(settlement);
    }
    check_whole(&list, known.orps)?;
    Ok(list)
}

fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |d: u8| heading.bytes().filter(|b| *b == d).count();
    [b';', b'\t'].into_iter().find(|d| count(*d) > count(b',')).unwrap_or(b',')
}

fn check_whole(list: &[Settlement], orps: &[Orp]) -> Result<(), PlaceError> {
    if !(COUNT_MIN..=COUNT_MAX).contains(&list.len()) {
        return Err(PlaceError::Count { found: list.len(), expected: EXPECTED });
    }
    let present: HashSet<&str> = list.iter().map(|s| s.orp.as_str()).collect();
    match orps.iter().find(|o| !present.contains(o.code.as_str())) {
        Some(orp) => Err(PlaceError::EmptyOrp { code: orp.code.clone(), name: orp.name.clone() }),
        None => Ok(()),
    }
}

struct Columns {
    code: usize,
    name: usize,
    orp: usize,
    office: Option<usize>,
    district: Option<usize>,
    region: Option<usize>,
    position: Option<(usize, usize)>,
}

impl Columns {
    fn find(headings: &csv::StringRecord) -> Result<Self, PlaceError> {
        let at = |names: &[&str]| names.iter().find_map(|n| headings.iter().position(|h| h.trim().eq_ignore_ascii_case(n)));
        let need = |names: &[&str], column| {
            at(names).ok_or_else(|| PlaceError::Column { column, found: headings.iter().take(20).collect::<Vec<_>>().join(", ") })
        };
        Ok(Self {
            code: need(CODE, "of the municipality's code (kod_obec, chodnota1, KOD)")?,
            name: need(NAME, "of the municipality's name (obec, text1, NAZEV)")?,
            orp: need(ORP, "of the ORP's code (kod_orp, chodnota2)")?,
            office: at(OFFICE),
            district: at(DISTRICT),
            region: at(REGION),
            position: at(LAT).zip(at(LON)),
        })
    }
}

struct Line<'a> {
    number: u64,
    record: &'a csv::StringRecord,
    columns: &'a Columns,
}

impl Line<'_> {
    fn field(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    fn wrong(&self, what: String) -> PlaceError {
        PlaceError::Line { line: self.number, what }
    }

    fn settlement(&self, known: &Known<'_>) -> Result<Settlement, PlaceError> {
        let (code, name, orp) = (self.field(self.columns.code), self.field(self.columns.name), self.field(self.columns.orp));
        if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.wrong(format!("{code:?} is not the six-digit code of a municipality")));
        }
        if name.is_empty() {
            return Err(self.wrong(format!("municipality {code} has no name")));
        }
        let Some(seat) = known.orps.iter().find(|o| o.code == orp) else {
            return Err(self.wrong(format!("unknown ORP {orp:?} of {name}")));
        };
        self.check_region(seat)?;
        let built_in = known.settlements.get(code);
        Ok(Settlement {
            code: code.to_owned(),
            name: name.to_owned(),
            orp: orp.to_owned(),
            district: self.district(known.districts)?.or_else(|| built_in.and_then(|s| s.district.clone())),
            delegated_office: match self.columns.office {
                Some(column) => self.field(column) == name,
                None => built_in.is_some_and(|s| s.delegated_office),
            },
            position: self.position()?.or_else(|| built_in.and_then(|s| s.position)),
            population: built_in.map_or(0, |s| s.population),
        })
    }

    /// Where the list names the region by its NUTS 3 code, it must be that of the ORP.
    fn check_region(&self, orp: &Orp) -> Result<(), PlaceError> {
        let Some(code) = self.columns.region.map(|c| self.field(c)).filter(|c| c.starts_with("CZ")) else { return Ok(()) };
        match Region::from_code(code) {
            None => Err(self.wrong(format!("unknown region {code:?}"))),
            Some(region) if region != orp.region => {
                Err(self.wrong(format!("region {code}, but ORP {} lies in {}", orp.name, orp.region.code())))
            }
            Some(_) => Ok(()),
        }
    }

    fn district(&self, districts: &[District]) -> Result<Option<String>, PlaceError> {
        let Some(code) = self.columns.district.map(|c| self.field(c)).filter(|c| !c.is_empty()) else { return Ok(None) };
        match districts.iter().find(|d| d.lau1 == code || d.ruian == code) {
            Some(district) => Ok(Some(district.lau1.clone())),
            None => Err(self.wrong(format!("unknown district {code:?}"))),
        }
    }

    fn position(&self) -> Result<Option<(f64, f64)>, PlaceError> {
        let Some((lat, lon)) = self.columns.position.map(|(lat, lon)| (self.field(lat), self.field(lon))) else { return Ok(None) };
        if lat.is_empty() && lon.is_empty() {
            return Ok(None);
        }
        let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        match (number(lat), number(lon)) {
            (Some(lat), Some(lon)) if (48.0..=52.0).contains(&lat) && (11.0..=20.0).contains(&lon) => Ok(Some((lat, lon))),
            _ => Err(self.wrong(format!("the position {lat}, {lon} is not in the Czech Republic"))),
        }
    }
}
