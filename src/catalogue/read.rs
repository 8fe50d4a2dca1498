//! Services from a CSV file. All mistakes are told at once, and a file with one is not taken.

use super::service::Coverage;
use super::write::COLUMNS;
use super::{Capacity, CapacityState, CatalogueError, Conditions, Kind, Mistake, PricePer, Rule, Service};
use crate::domain::{Bilingual, Municipality, Place, Region, Topic};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use uuid::Uuid;

/// Reads services. The separator may be a comma or a semicolon, the columns stand in any order
/// and most may be missing; `id` is a UUID or any stable key of the provider's own.
///
/// # Errors
/// [`CatalogueError`] with every mistake by line and column.
pub fn read(file: &str) -> Result<Vec<Service>, CatalogueError> {
    let file = file.trim_start_matches('\u{feff}');
    let header = file.lines().next().unwrap_or_default();
    let separator = if header.matches(';').count() > header.matches(',').count() { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).flexible(true).from_reader(file.as_bytes());
    let names: Vec<String> = table.headers().map_err(CatalogueError::Table)?.iter().map(str::to_lowercase).collect();
    if let Some(missing) = ["name", "kind", "region"].into_iter().find(|name| !names.iter().any(|given| given == name)) {
        return Err(CatalogueError::Column(missing));
    }
    let mut mistakes = unknown_columns(&names);
    let mut services = Vec::new();
    let mut ids = HashSet::new();
    for record in table.records() {
        let record = record.map_err(CatalogueError::Table)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = names.iter().map(String::as_str).zip(record.iter().map(unescaped)).filter(|(_, cell)| !cell.is_empty()).collect();
        let mut row = Row { line, cells, mistakes: &mut mistakes };
        let service = row.service();
        if !ids.insert(service.id) {
            row.mistake("id", "the same service stands on an earlier line: give it an id of its own or remove it".to_owned());
        }
        services.push(service);
    }
    match (mistakes.is_empty(), services.is_empty()) {
        (false, _) => Err(CatalogueError::Mistakes(mistakes)),
        (true, true) => Err(CatalogueError::Empty),
        (true, false) => Ok(services),
    }
}

fn unknown_columns(names: &[String]) -> Vec<Mistake> {
    let unknown = names.iter().filter(|name| !name.is_empty() && !COLUMNS.contains(&name.as_str()));
    unknown
        .map(|name| Mistake { line: 1, column: name.clone(), advice: format!("this column is not known{}", meant(name, COLUMNS)) })
        .collect()
}

/// Adds the nearest known word, when one is near.
fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known.into_iter().map(|known| (strsim::damerau_levenshtein(word, known), known)).min();
    near.filter(|(steps, _)| *steps <= 3).map(|(_, known)| format!(", did you mean “{known}”?")).unwrap_or_default()
}

/// Takes off the sign that [`super::write()`] puts before a cell that looks like a formula.
fn unescaped(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell)
}

/// One line of the file; values that cannot be understood are noted and left out.
struct Row<'a> {
    line: u64,
    cells: HashMap<&'a str, &'a str>,
    mistakes: &'a mut Vec<Mistake>,
}

impl Row<'_> {
    fn service(&mut self) -> Service {
        let kind =
            self.needed("kind", Kind::from_code, "write a kind's code, such as asylum_house", Kind::ALL.iter().map(|kind| kind.code()));
        let kind = kind.unwrap_or(Kind::OtherHelp);
        let place = self.place();
        let topics = self.topics(kind);
        let serves = self.coverage(&place);
        let (name, provider) = (self.text("name").unwrap_or_default(), self.text("provider").unwrap_or_default());
        if name.is_empty() {
            self.mistake("name", "the name is missing".to_owned());
        }
        let key = self.text("id").unwrap_or_else(|| format!("{provider}/{name}/{}/{:?}", kind.code(), place));
        let hours = self.bilingual("hours_cs", "hours_en");
        Service {
            id: Uuid::parse_str(&key).unwrap_or_else(|_| Service::id_of(&key)),
            provider,
            name,
            kind,
            topics,
            place,
            position: self.number("lat").zip(self.number("lon")).filter(|(lat, lon): &(f64, f64)| lat.is_finite() && lon.is_finite()),
            address: self.text("address"),
            secret: self.rule("secret") == Some(Rule::Yes),
            phone: self.text("phone"),
            email: self.text("email"),
            web: self.text("web"),
            hours: (hours != Bilingual::default()).then_some(hours),
            conditions: self.conditions(),
            serves,
            capacity: self.capacity(kind),
            confirmed_at: self.instant("confirmed_at"),
            checked_at: self.instant("checked_at"),
            changed_at: self.instant("changed_at"),
            ended: false,
            note: self.bilingual("note_cs", "note_en"),
        }
        .guarded()
    }

    fn place(&mut self) -> Place {
        let region = self.needed(
            "region",
            Region::from_code,
            "write the region's code, such as CZ042",
            Region::ALL.iter().map(|region| region.code()),
        );
        let code = self.text("municipality_code");
        let municipality = self.text("municipality").map(|name| Municipality { code, name });
        Place { region: region.unwrap_or(Region::Praha), district: self.text("district"), orp: self.text("orp"), municipality }
    }

    fn topics(&mut self, kind: Kind) -> Vec<Topic> {
        let Some(codes) = self.text("topics") else { return kind.topics().to_vec() };
        let mut topics = Vec::new();
        for code in codes.split([' ', ',']).filter(|code| !code.is_empty()) {
            match Topic::from_code(code) {
                Some(topic) => topics.push(topic),
                None => self.mistake("topics", format!("“{code}” is no topic{}", meant(code, Topic::ALL.map(Topic::code)))),
            }
        }
        topics
    }

    fn coverage(&mut self, place: &Place) -> Coverage {
        let Some(codes) = self.text("serves") else { return Coverage::Regions(vec![place.region]) };
        let codes: Vec<String> = codes.split([' ', ',']).filter(|code| !code.is_empty()).map(str::to_uppercase).collect();
        let regions: Vec<Region> = codes.iter().filter_map(|code| Region::from_code(code)).collect();
        if codes.iter().any(|code| code == "CZ") {
            Coverage::Country
        } else if regions.len() == codes.len() {
            Coverage::Regions(regions)
        } else if codes.iter().all(|code| code.len() == 6 && code.starts_with("CZ")) {
            Coverage::Districts(codes)
        } else if codes.iter().all(|code| code.len() == 4 && code.chars().all(|c| c.is_ascii_digit())) {
            Coverage::Orps(codes)
        } else {
            self.mistake(
                "serves",
                "write codes of one sort: regions (CZ042), districts (CZ0425), ORPs (4209), or CZ for the whole country".to_owned(),
            );
            Coverage::Country
        }
    }

    fn conditions(&mut self) -> Conditions {
        Conditions {
            men: self.rule("men").unwrap_or_default(),
            women: self.rule("women").unwrap_or_default(),
            age_min: self.number("age_min"),
            age_max: self.number("age_max"),
            children: self.rule("children").unwrap_or_default(),
            couples: self.rule("couples").unwrap_or_default(),
            pets: self.rule("pets").unwrap_or_default(),
            without_id: self.rule("without_id").unwrap_or_default(),
            debts: self.rule("debts").unwrap_or_default(),
            substitution: self.rule("substitution").unwrap_or_default(),
            offence: self.rule("offence").unwrap_or_default(),
            wheelchair: self.rule("wheelchair").unwrap_or_default(),
            bookable_from_prison: self.rule("bookable_from_prison").unwrap_or_default(),
            days_in_advance: self.number("days_in_advance"),
            deposit_czk: self.number("deposit_czk"),
            price_czk: self.number("price_czk"),
            price_per: self.word("price_per", price_per, "write night or month", ["night", "month"]),
        }
    }

    /// A state without the instant it was said at would be believed for ever, so it is a mistake.
    fn capacity(&mut self, kind: Kind) -> Option<Capacity> {
        let state = self.word(
            "capacity",
            CapacityState::from_code,
            "write has, none, waitlist, must_assess or unknown",
            CapacityState::ALL.map(CapacityState::code),
        )?;
        let Some(at) = self.instant("capacity_reported_at") else {
            self.mistake("capacity_reported_at", "say when the free places were reported, such as 2026-11-20T09:00:00Z".to_owned());
            return None;
        };
        let report = Capacity::reported(kind, state, self.number("capacity_count"), "import", at);
        Some(Capacity { available_from: self.value("capacity_from", |text| text.parse().ok(), "write a day as 2026-12-01"), ..report })
    }

    fn text(&self, column: &str) -> Option<String> {
        self.cells.get(column).map(|cell| (*cell).to_owned())
    }

    fn bilingual(&self, cs: &str, en: &str) -> Bilingual {
        let (cs, en) = (self.text(cs), self.text(en));
        let either = cs.clone().or_else(|| en.clone()).unwrap_or_default();
        Bilingual::new(cs.unwrap_or_else(|| either.clone()), en.unwrap_or(either))
    }

    fn rule(&mut self, column: &str) -> Option<Rule> {
        self.word(column, |code| Rule::from_code(&code.to_lowercase()), "write yes, no or ask", ["yes", "no", "ask"])
    }

    fn number<T: FromStr>(&mut self, column: &str) -> Option<T> {
        self.value(column, |text| text.replace(',', ".").parse().ok(), "write a plain number, without units and blanks")
    }

    fn instant(&mut self, column: &str) -> Option<DateTime<Utc>> {
        self.value(column, |text| text.parse().ok(), "write an instant as 2026-11-20T09:00:00Z")
    }

    fn needed<'k, T>(
        &mut self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
        advice: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<T> {
        if !self.cells.contains_key(column) {
            self.mistake(column, format!("the value is missing: {advice}"));
        }
        self.word(column, parse, advice, known)
    }

    fn word<'k, T>(
        &mut self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
        advice: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<T> {
        let near = self.cells.get(column).map(|cell| meant(cell, known)).unwrap_or_default();
        self.value(column, parse, &format!("{advice}{near}"))
    }

    fn value<T>(&mut self, column: &str, parse: impl Fn(&str) -> Option<T>, advice: &str) -> Option<T> {
        let cell = *self.cells.get(column)?;
        let value = parse(cell);
        if value.is_none() {
            let shown: String = cell.chars().take(40).collect();
            self.mistake(column, format!("“{shown}” cannot be understood: {advice}"));
        }
        value
    }

    fn mistake(&mut self, column: &str, advice: String) {
        self.mistakes.push(Mistake { line: self.line, column: column.to_owned(), advice });
    }
}

fn price_per(word: &str) -> Option<PricePer> {
    match word {
        "night" => Some(PricePer::Night),
        "month" => Some(PricePer::Month),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::catalogue::tests::{invented, service};
    use crate::catalogue::{CatalogueError, Kind, write};

    #[test]
    fn what_is_written_reads_back_the_same() {
        let services = invented();
        let again = read(&write(&services).unwrap()).unwrap();
        assert_eq!(again.len(), services.len());
        for (read, written) in again.iter().zip(&services) {
            assert_eq!((read.id, &read.name, read.kind, &read.conditions), (written.id, &written.name, written.kind, &written.conditions));
            assert_eq!(
                (&read.serves, read.confirmed_at, &read.place),
                (&written.serves, written.confirmed_at, &written.clone().guarded().place)
            );
            assert_eq!(
                read.capacity.as_ref().map(|c| (c.state, c.count, c.expires_at)),
                written.capacity.as_ref().map(|c| (c.state, c.count, c.expires_at))
            );
        }
    }

    #[test]
    fn formulas_are_disarmed_and_secret_addresses_stay() {
        let mut secret = service(Kind::CrisisBed);
        (secret.secret, secret.address, secret.name) = (true, Some("Tajná 7".into()), "=HYPERLINK(1)".into());
        secret.phone = Some("+420719123456".into());
        let file = write(&[secret]).unwrap();
        assert!(!file.contains("Tajná") && !file.contains("Most") && !file.contains("50.5"), "{file}");
        assert!(file.contains("'=HYPERLINK") && file.contains("'+420719123456"), "{file}");
        let again = read(&file).unwrap();
        assert_eq!((again[0].name.as_str(), again[0].phone.as_deref()), ("=HYPERLINK(1)", Some("+420719123456")));
    }

    #[test]
    fn mistakes_say_where_and_what_to_do() {
        let table = [
            (
                "name,kind,region\nDům,asylum_hous,CZ042",
                "line 2, column kind: “asylum_hous” cannot be understood: write a kind's code, such as asylum_house, did you mean “asylum_house”?",
            ),
            ("name;kind;region;men\nDům;hostel;CZ042;možná", "line 2, column men: “možná” cannot be understood: write yes, no or ask"),
            (
                "name,kind,region,age_min\nDům,hostel,CZ042,18 let",
                "line 2, column age_min: “18 let” cannot be understood: write a plain number",
            ),
            ("name,kind,region\nDům,hostel,CZ999", "line 2, column region: “CZ999” cannot be understood: write the region's code"),
            ("name,kind,region\n,hostel,CZ042", "line 2, column name: the name is missing"),
            ("name,kind,region,phon\nDům,hostel,CZ042,1", "line 1, column phon: this column is not known, did you mean “phone”?"),
            ("name,kind,region,capacity\nDům,hostel,CZ042,has", "line 2, column capacity_reported_at: say when"),
            ("name,kind,region,serves\nDům,hostel,CZ042,CZ042 4209", "line 2, column serves: write codes of one sort"),
            (
                "id,name,kind,region\na,Dům,hostel,CZ042\na,Dům,hostel,CZ042",
                "line 3, column id: the same service stands on an earlier line",
            ),
        ];
        for (file, expected) in table {
            let text = read(file).unwrap_err().to_string();
            assert!(text.contains(expected), "{text}");
        }
        assert!(matches!(read("name,kind\nDům,hostel"), Err(CatalogueError::Column("region"))));
        assert!(matches!(read("name,kind,region\n"), Err(CatalogueError::Empty)));
        assert!(matches!(read(""), Err(CatalogueError::Column(_))));
    }

    #[test]
    fn a_repeated_import_changes_no_id() {
        let file = "\u{feff}name;kind;region;municipality\nDům;hostel;CZ042;Most\nDům;hostel;CZ042;Bílina";
        let (first, second) = (read(file).unwrap(), read(file).unwrap());
        assert_eq!(first, second);
        assert_ne!(first[0].id, first[1].id);
    }
}
