//! Turns rows into entries and their written forms: every case, abbreviation and
//! short name. Runs once when the gazetteer is made.

use super::{
    PlaceError,
    case::Cases,
    forms::{self, Name, NameForm},
    index::{Forms, Index, Shape},
    tables::{self, Alias, District, Orp, PrisonRow, Settlement, Spelling},
};
use crate::domain::{Lang, Place, Region};
use std::collections::HashMap;

/// What an entry stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    Place(Place),
    /// ISO 3166-1 alpha-2.
    Country(Box<str>),
}

/// Whether a prison stands there and what the bare name then means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PrisonHere {
    No,
    /// The town is more than its prison (Brno, Opava).
    Beside,
    /// The name alone means the prison (Jiřice, Bory).
    Known,
}

/// One thing a name can mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) target: Target,
    /// 100 an ORP seat, 70 a town, 60 a village; names of equal weight are asked about.
    pub(super) weight: u8,
    pub(super) seat: bool,
    pub(super) prison: PrisonHere,
    pub(super) position: Option<(f64, f64)>,
}

pub(super) const SEAT: u8 = 100;
pub(super) const TOWN: u8 = 70;
pub(super) const VILLAGE: u8 = 60;
const REGION: u8 = 100;
const AREA: u8 = 85;
const PRISON_NAME: u8 = 85;
const KNOWN_QUARTER: u8 = 75;
const QUARTER: u8 = 45;
const COUNTRY: u8 = 90;

/// From how many inhabitants a municipality without an office counts as a town.
const TOWN_POPULATION_MIN: u32 = 3_000;

/// Nouns that name nothing without their adjective, in all cases.
const GENERIC: &[&str] = &[
    "ves", "vsi", "vsí", "město", "města", "městu", "městě", "městem", "hora", "hory", "hoře", "horu", "horou", "voda", "vody", "vodě", "vodu", "vodou", "dvůr", "dvora",
    "dvoru", "dvoře", "dvorem", "lhota", "lhoty", "lhotě", "lhotu", "lhotou",
];

/// Compounds people write apart ("jiho český kraj").
const APART: &[(&str, &str)] = &[
    ("jihočes", "jiho čes"),
    ("jihomorav", "jiho morav"),
    ("středočes", "středo čes"),
    ("královéhradec", "králové hradec"),
    ("moravskoslez", "moravsko slez"),
    ("karlovar", "karlo var"),
];

/// What the builder made.
pub(super) struct Built {
    pub(super) entries: Vec<Entry>,
    pub(super) index: Index,
    pub(super) by_code: HashMap<String, usize>,
}

/// Entries and forms under construction.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) entries: Vec<Entry>,
    forms: Forms,
    by_code: HashMap<String, usize>,
}

impl Builder {
    /// Adds every municipality.
    pub(super) fn municipalities(&mut self, list: &[Settlement], orps: &[Orp], prisons: &[PrisonRow]) {
        let by_code: HashMap<&str, &Orp> = orps.iter().map(|o| (o.code.as_str(), o)).collect();
        for settlement in list {
            let Some(place) = tables::place_of(settlement, &by_code) else { continue };
            let seat = by_code.get(settlement.orp.as_str()).is_some_and(|o| o.seat == settlement.code);
            let town = settlement.delegated_office || settlement.population >= TOWN_POPULATION_MIN;
            let prison = match prisons.iter().find(|p| p.code == settlement.code) {
                Some(row) if row.alone && row.aliases.iter().all(|a| a != "Odolov") => PrisonHere::Known,
                Some(_) => PrisonHere::Beside,
                None => PrisonHere::No,
            };
            let weight = if seat {
                SEAT
            } else if town {
                TOWN
            } else {
                VILLAGE
            };
            let entry = self.entry(Entry { target: Target::Place(place), weight, seat, prison, position: settlement.position });
            self.by_code.insert(settlement.code.clone(), entry);
            let name = forms::inflect(&settlement.name);
            self.whole(entry, &name);
            if town || seat || prison != PrisonHere::No {
                self.short(entry, &name);
                if let Some((first, _)) = settlement.name.split_once('-') {
                    for form in forms::inflect(first).heads {
                        self.form(entry, &[&form.head], form.cases, Shape::WithoutTail);
                    }
                }
            }
        }
    }

    pub(super) fn regions(&mut self) {
        for region in Region::ALL.into_iter().filter(|r| *r != Region::Praha) {
            let entry = self.wide(Place::region(region), REGION);
            let name = forms::inflect(region.name(Lang::Cs));
            self.whole(entry, &name);
            for form in &name.heads {
                if let Some((joined, apart)) = APART.iter().find(|(joined, _)| form.head.starts_with(joined)) {
                    self.form(entry, &[&form.head.replacen(joined, apart, 1)], form.cases, Shape::Whole);
                }
                if let Some((adjective, _)) = form.head.split_once(" kraj").filter(|_| name.adjective.is_some()) {
                    self.form(entry, &[adjective], form.cases, Shape::OfRegion);
                    self.form(entry, &["kraj", adjective], form.cases, Shape::Whole);
                }
            }
        }
    }

    pub(super) fn districts(&mut self, districts: &[District]) {
        for district in districts {
            let place = Place { district: Some(district.lau1.clone()), ..Place::region(district.region) };
            let entry = self.wide(place, AREA);
            for area in &district.areas {
                self.whole(entry, &forms::inflect(area));
                // "Mostecko" → "mostecký okres"
                if let Some(stem) = area.strip_suffix('o') {
                    self.whole(entry, &forms::inflect(&format!("{stem}ý okres")));
                }
            }
        }
    }

    /// Adds quarters and prison names; one whose municipality is not in the list is left out.
    pub(super) fn parts(&mut self, prisons: &[PrisonRow]) -> Result<(), PlaceError> {
        for quarter in tables::quarters()? {
            let weight = if quarter.known { KNOWN_QUARTER } else { QUARTER };
            self.part(&quarter.name, &quarter.code, weight, PrisonHere::No);
        }
        for prison in prisons {
            for alias in &prison.aliases {
                let within = self.by_code.get(&prison.code).and_then(|at| self.entries.get(*at)).is_some_and(|e| own_name(e, alias));
                let here = if within { PrisonHere::Beside } else { PrisonHere::Known };
                self.part(alias, &prison.code, PRISON_NAME, here);
            }
        }
        Ok(())
    }

    fn part(&mut self, name: &str, code: &str, weight: u8, prison: PrisonHere) {
        let Some(of) = self.by_code.get(code).and_then(|at| self.entries.get(*at)).cloned() else { return };
        let entry = self.entry(Entry { weight, seat: false, prison, ..of });
        let name = forms::inflect(name);
        self.whole(entry, &name);
        // "Ostrava-Zábřeh" for "Zábřeh nad Odrou"
        if !name.tail.is_empty() {
            for NameForm { cases, head } in &name.heads {
                self.form(entry, &[head], *cases, Shape::WithoutTail);
            }
        }
    }

    pub(super) fn aliases(&mut self, districts: &[District]) -> Result<(), PlaceError> {
        for (line, alias) in (2..).zip(tables::aliases()?) {
            for target in &alias.targets {
                let Some(entry) = self.alias_entry(&alias, target, districts) else {
                    // a municipality that only the official list has may be missing from the built-in one
                    if target.len() == 6 && target.bytes().all(|b| b.is_ascii_digit()) {
                        continue;
                    }
                    return Err(PlaceError::Table { table: "aliases.csv", line, what: format!("unknown target {target:?}") });
                };
                self.spelt(entry, &alias.name, alias.spelling);
            }
        }
        Ok(())
    }

    fn alias_entry(&mut self, alias: &Alias, target: &str, districts: &[District]) -> Option<usize> {
        if let Some(of) = self.by_code.get(target).and_then(|at| self.entries.get(*at)).cloned() {
            return Some(self.entry(Entry { weight: alias.weight, ..of }));
        }
        let place = if let Some(region) = Region::from_code(target) {
            Place::region(region)
        } else {
            let district = districts.iter().find(|d| d.lau1 == target)?;
            Place { district: Some(district.lau1.clone()), ..Place::region(district.region) }
        };
        Some(self.wide(place, alias.weight))
    }

    pub(super) fn countries(&mut self) -> Result<(), PlaceError> {
        for country in tables::countries()? {
            let Some(spelling) = country.spelling else { continue };
            let target = Target::Country(country.iso.as_str().into());
            let entry = self.entry(Entry { target, weight: COUNTRY, seat: false, prison: PrisonHere::No, position: None });
            self.spelt(entry, &country.name, spelling);
        }
        Ok(())
    }

    /// Returns the entries, the index of their forms, and the entries of the municipalities by code.
    pub(super) fn finish(self) -> Result<Built, PlaceError> {
        Ok(Built { entries: self.entries, index: Index::build(self.forms)?, by_code: self.by_code })
    }

    fn wide(&mut self, place: Place, weight: u8) -> usize {
        self.entry(Entry { target: Target::Place(place), weight, seat: false, prison: PrisonHere::No, position: None })
    }

    fn entry(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    fn spelt(&mut self, entry: usize, name: &str, spelling: Spelling) {
        let plain = name.to_lowercase().replace(['-', '.'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
        match spelling {
            Spelling::Inflected => self.whole(entry, &forms::inflect(name)),
            Spelling::Fixed => self.form(entry, &[&plain], Cases::ANY, Shape::Whole),
            Spelling::Capitals => self.form(entry, &[&plain], Cases::ANY, Shape::Capitals),
        }
    }

    fn form(&mut self, entry: usize, form: &[&str], cases: Cases, shape: Shape) {
        self.forms.push(form, u32::try_from(entry).unwrap_or(u32::MAX), cases, shape);
    }

    fn whole(&mut self, entry: usize, name: &Name) {
        let tail = name.tail.join(" ");
        let short = forms::shortened_tails(&name.tail);
        for NameForm { cases, head } in &name.heads {
            self.form(entry, &[head, &tail], *cases, Shape::Whole);
            for short in &short {
                self.form(entry, &[head, short], *cases, Shape::Abbreviated);
            }
        }
    }

    fn short(&mut self, entry: usize, name: &Name) {
        if !name.tail.is_empty() {
            for NameForm { cases, head } in &name.heads {
                self.form(entry, &[head], *cases, Shape::WithoutTail);
            }
        }
        let tail = name.tail.join(" ");
        let adjective = name.adjective.as_deref().unwrap_or_default();
        let cuts = adjective.char_indices().map(|(at, _)| at).enumerate().filter(|(n, _)| matches!(n, 1..=6)).map(|(_, at)| at);
        let cuts: Vec<&str> = cuts.filter_map(|at| adjective.get(..at)).collect();
        // "Nová Ves" is never just "Ves", nor "Nové Město" "Město"
        for NameForm { cases, head } in name.without_adjective.iter().filter(|form| !GENERIC.contains(&form.head.as_str())) {
            self.form(entry, &[head], *cases, Shape::WithoutAdjective);
            for cut in &cuts {
                self.form(entry, &[cut, head, &tail], *cases, Shape::Abbreviated);
                if !tail.is_empty() {
                    self.form(entry, &[cut, head], *cases, Shape::Abbreviated);
                }
            }
        }
    }
}

/// Tells whether a prison's nickname is only a part of its town's own name.
fn own_name(entry: &Entry, alias: &str) -> bool {
    let Target::Place(place) = &entry.target else { return false };
    let name = place.municipality.as_ref().map_or("", |m| m.name.as_str());
    name.split(' ').any(|word| alias.split(' ').any(|a| a == word))
}
