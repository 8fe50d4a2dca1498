//! The built-in tables of `config/places/`, read into plain rows. It checks what
//! a table's author can get wrong; what the rows mean is the builder's matter.

use super::PlaceError;
use crate::domain::{Municipality, Place, Region, Sex};
use std::collections::HashMap;
use std::ops::RangeInclusive;

const DISTRICTS: &str = include_str!("../../config/places/districts.csv");
const ORPS: &str = include_str!("../../config/places/orp.csv");
const PRISONS: &str = include_str!("../../config/places/prisons.csv");
const SETTLEMENTS: &str = include_str!("../../config/places/settlements.csv");
const QUARTERS: &str = include_str!("../../config/places/quarters.csv");
const ALIASES: &str = include_str!("../../config/places/aliases.csv");
const POSTCODES: &str = include_str!("../../config/places/postcodes.csv");
const COUNTRIES: &str = include_str!("../../config/places/countries.csv");

/// A municipality with extended powers: whose social curator is responsible.
#[derive(Debug, Clone, PartialEq)]
pub struct Orp {
    /// The four-digit ČSÚ code, such as `4202`.
    pub code: String,
    /// The name of its seat.
    pub name: String,
    /// The LAU 1 code of the seat's district.
    pub district: String,
    /// The region.
    pub region: Region,
    /// The six-digit code of the seat.
    pub seat: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// A prison, named as the Prison Service names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prison {
    /// The official name, such as `Věznice Bělušice`.
    pub name: String,
    /// The municipality it stands in.
    pub place: Place,
    /// Who is held there; `None` when both men and women are.
    pub sex: Option<Sex>,
    /// What people call it ("Bory").
    pub aliases: Vec<String>,
    /// Its municipality, named alone, means the prison ("Jiřice").
    pub known_as_prison: bool,
}

pub(super) struct District {
    pub(super) lau1: String,
    pub(super) name: String,
    pub(super) region: Region,
    pub(super) ruian: String,
    pub(super) areas: Vec<String>,
}

/// One municipality as the gazetteer needs it, built in or imported.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settlement {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) orp: String,
    pub(super) district: Option<String>,
    pub(super) delegated_office: bool,
    pub(super) position: Option<(f64, f64)>,
    pub(super) population: u32,
}

pub(super) struct PrisonRow {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) sex: Option<Sex>,
    pub(super) alone: bool,
    pub(super) aliases: Vec<String>,
}

pub(super) struct Quarter {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) known: bool,
}

pub(super) struct Alias {
    pub(super) name: String,
    pub(super) targets: Vec<String>,
    pub(super) weight: u8,
    pub(super) spelling: Spelling,
}

/// How an alias may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Inflected,
    Fixed,
    Capitals,
}

pub(super) struct Country {
    pub(super) iso: String,
    pub(super) name: String,
    /// `None` for a name that is only shown, because it is also a Czech village ("Srbsko").
    pub(super) spelling: Option<Spelling>,
    /// The English name, in the row whose Czech name is shown.
    pub(super) english: Option<String>,
}

/// One line of a table with what is needed to complain about it.
struct Row {
    table: &'static str,
    line: u64,
    record: csv::StringRecord,
}

impl Row {
    fn text(&self, column: usize) -> String {
        self.record.get(column).unwrap_or_default().trim().to_owned()
    }

    fn list(&self, column: usize, separator: char) -> Vec<String> {
        self.text(column).split(separator).filter(|s| !s.is_empty()).map(str::to_owned).collect()
    }

    fn wrong(&self, what: impl Into<String>) -> PlaceError {
        PlaceError::Table { table: self.table, line: self.line, what: what.into() }
    }

    fn region(&self, column: usize) -> Result<Region, PlaceError> {
        Region::from_code(&self.text(column)).ok_or_else(|| self.wrong(format!("unknown region {:?}", self.text(column))))
    }

    fn number(&self, column: usize) -> Result<f64, PlaceError> {
        self.text(column).parse().map_err(|_| self.wrong(format!("{:?} is not a number", self.text(column))))
    }
}

fn rows(table: &'static str, text: &str) -> impl Iterator<Item = Result<Row, PlaceError>> {
    let records: Vec<_> = csv::Reader::from_reader(text.as_bytes()).into_records().collect();
    (2..).zip(records).map(move |(line, record)| match record {
        Ok(record) => Ok(Row { table, line, record }),
        Err(e) => Err(PlaceError::Table { table, line, what: e.to_string() }),
    })
}

pub(super) fn districts() -> Result<Vec<District>, PlaceError> {
    rows("districts.csv", DISTRICTS)
        .map(|row| {
            let row = row?;
            Ok(District { lau1: row.text(0), name: row.text(1), region: row.region(2)?, ruian: row.text(3), areas: row.list(4, ';') })
        })
        .collect()
}

pub(super) fn orps() -> Result<Vec<Orp>, PlaceError> {
    rows("orp.csv", ORPS)
        .map(|row| {
            let row = row?;
            Ok(Orp {
                code: row.text(0),
                name: row.text(1),
                district: row.text(2),
                region: row.region(3)?,
                seat: row.text(4),
                lat: row.number(5)?,
                lon: row.number(6)?,
            })
        })
        .collect()
}

pub(super) fn settlements() -> Result<Vec<Settlement>, PlaceError> {
    rows("settlements.csv", SETTLEMENTS)
        .map(|row| {
            let row = row?;
            Ok(Settlement {
                code: row.text(0),
                name: row.text(1),
                orp: row.text(2),
                district: Some(row.text(3)),
                delegated_office: !row.text(4).is_empty(),
                position: Some((row.number(5)?, row.number(6)?)),
                population: row.text(7).parse().unwrap_or(0),
            })
        })
        .collect()
}

pub(super) fn prisons() -> Result<Vec<PrisonRow>, PlaceError> {
    rows("prisons.csv", PRISONS)
        .map(|row| {
            let row = row?;
            let sex = match row.text(5).as_str() {
                "m" => Some(Sex::Male),
                "f" => Some(Sex::Female),
                "mf" => None,
                other => return Err(row.wrong(format!("sex is m, f or mf, not {other:?}"))),
            };
            Ok(PrisonRow { name: row.text(0), code: row.text(2), sex, alone: row.text(6) == "prison", aliases: row.list(7, ';') })
        })
        .collect()
}

pub(super) fn quarters() -> Result<Vec<Quarter>, PlaceError> {
    rows("quarters.csv", QUARTERS)
        .map(|row| {
            let row = row?;
            Ok(Quarter { name: row.text(0), code: row.text(2), known: row.text(3) == "known" })
        })
        .collect()
}

pub(super) fn aliases() -> Result<Vec<Alias>, PlaceError> {
    rows("aliases.csv", ALIASES)
        .map(|row| {
            let row = row?;
            let spelling = match row.text(3).as_str() {
                "inflect" => Spelling::Inflected,
                "fixed" => Spelling::Fixed,
                "upper" => Spelling::Capitals,
                other => return Err(row.wrong(format!("form is inflect, fixed or upper, not {other:?}"))),
            };
            let weight = row.text(2).parse().map_err(|_| row.wrong("weight is a number below 256"))?;
            Ok(Alias { name: row.text(0), targets: row.list(1, ' '), weight, spelling })
        })
        .collect()
}

pub(super) fn countries() -> Result<Vec<Country>, PlaceError> {
    rows("countries.csv", COUNTRIES)
        .map(|row| {
            let row = row?;
            let spelling = match row.text(2).as_str() {
                "country" | "city" => Some(Spelling::Inflected),
                "fixed" => Some(Spelling::Fixed),
                "upper" => Some(Spelling::Capitals),
                "name" => None,
                other => return Err(row.wrong(format!("kind is country, city, fixed, upper or name, not {other:?}"))),
            };
            Ok(Country { iso: row.text(0), name: row.text(1), spelling, english: Some(row.text(3)).filter(|name| !name.is_empty()) })
        })
        .collect()
}

/// Makes the place of a settlement from its ORP.
/// Ranges of postcodes, written as one (`43401`), as several (`36001-36010`) or by their first three
/// digits (`434-436`), with the code of their place.
pub(super) fn postcodes() -> Result<Vec<(RangeInclusive<u32>, String)>, PlaceError> {
    let bounds = |text: &str| {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let number = |digits: &str, fill: &str| format!("{digits}{}", fill.get(digits.len()..)?).parse().ok();
        Some(number(from, "00000")?..=number(to, "99999")?)
    };
    rows("postcodes.csv", POSTCODES)
        .map(|row| {
            let row = row?;
            Ok((bounds(&row.text(0)).ok_or_else(|| row.wrong("no postcodes"))?, row.text(1)))
        })
        .collect()
}

pub(super) fn place_of(settlement: &Settlement, orps: &HashMap<&str, &Orp>) -> Option<Place> {
    let orp = orps.get(settlement.orp.as_str())?;
    Some(Place {
        region: orp.region,
        district: settlement.district.clone(),
        orp: Some(orp.code.clone()),
        municipality: Some(Municipality { code: Some(settlement.code.clone()), name: settlement.name.clone() }),
    })
}
