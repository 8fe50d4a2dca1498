//! Services as a CSV file a spreadsheet opens safely. Addresses of secret shelters stay here.

use super::service::Coverage;
use super::{CatalogueError, PricePer, Service};
use crate::domain::Region;
use chrono::{DateTime, SecondsFormat, Utc};

/// The columns, in their order; [`super::read()`] reads the same ones in any order.
pub(super) const COLUMNS: [&str; 46] = [
    "id",
    "provider",
    "name",
    "kind",
    "topics",
    "region",
    "district",
    "orp",
    "municipality_code",
    "municipality",
    "lat",
    "lon",
    "address",
    "secret",
    "phone",
    "email",
    "web",
    "hours_cs",
    "hours_en",
    "men",
    "women",
    "age_min",
    "age_max",
    "children",
    "couples",
    "pets",
    "without_id",
    "debts",
    "substitution",
    "offence",
    "wheelchair",
    "bookable_from_prison",
    "days_in_advance",
    "deposit_czk",
    "price_czk",
    "price_per",
    "serves",
    "capacity",
    "capacity_count",
    "capacity_from",
    "capacity_reported_at",
    "confirmed_at",
    "checked_at",
    "changed_at",
    "note_cs",
    "note_en",
];

/// Writes the services, a header first. Cells a spreadsheet could take for a formula begin with `'`.
///
/// # Errors
/// When the CSV writer fails, which a write into memory does not.
pub fn write<'a>(services: impl IntoIterator<Item = &'a Service>) -> Result<String, CatalogueError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(CatalogueError::Table)?;
    for service in services.into_iter().filter(|service| !service.ended) {
        let cells = cells(&service.clone().guarded()).map(|cell| escaped(&cell));
        table.write_record(&cells).map_err(CatalogueError::Table)?;
    }
    let bytes = table.into_inner().map_err(|error| CatalogueError::Table(error.into_error().into()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cells(service: &Service) -> [String; 46] {
    let (place, rules, report) = (&service.place, &service.conditions, service.capacity.as_ref());
    let town = place.municipality.as_ref();
    let hours = service.hours.clone().unwrap_or_default();
    [
        service.id.to_string(),
        service.provider.clone(),
        service.name.clone(),
        service.kind.code().to_owned(),
        service.topics.iter().map(|topic| topic.code()).collect::<Vec<_>>().join(" "),
        place.region.code().to_owned(),
        text(place.district.as_ref()),
        text(place.orp.as_ref()),
        text(town.and_then(|town| town.code.as_ref())),
        text(town.map(|town| &town.name)),
        text(service.position.map(|at| at.0)),
        text(service.position.map(|at| at.1)),
        text(service.address.as_ref()),
        if service.secret { "yes" } else { "no" }.to_owned(),
        text(service.phone.as_ref()),
        text(service.email.as_ref()),
        text(service.web.as_ref()),
        hours.cs,
        hours.en,
        rules.men.code().to_owned(),
        rules.women.code().to_owned(),
        text(rules.age_min),
        text(rules.age_max),
        rules.children.code().to_owned(),
        rules.couples.code().to_owned(),
        rules.pets.code().to_owned(),
        rules.without_id.code().to_owned(),
        rules.debts.code().to_owned(),
        rules.substitution.code().to_owned(),
        rules.offence.code().to_owned(),
        rules.wheelchair.code().to_owned(),
        rules.bookable_from_prison.code().to_owned(),
        text(rules.days_in_advance),
        text(rules.deposit_czk),
        text(rules.price_czk),
        rules.price_per.map_or("", price_per).to_owned(),
        serves(&service.serves),
        report.map_or("", |report| report.state.code()).to_owned(),
        text(report.and_then(|report| report.count)),
        text(report.and_then(|report| report.available_from)),
        instant(report.map(|report| report.reported_at)),
        instant(service.confirmed_at),
        instant(service.checked_at),
        instant(service.changed_at),
        service.note.cs.clone(),
        service.note.en.clone(),
    ]
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn instant(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
}

const fn price_per(per: PricePer) -> &'static str {
    match per {
        PricePer::Night => "night",
        PricePer::Month => "month",
    }
}

/// Codes of the areas, separated by blanks; the whole country is `CZ`.
fn serves(coverage: &Coverage) -> String {
    match coverage {
        Coverage::Orps(codes) | Coverage::Districts(codes) => codes.join(" "),
        Coverage::Regions(regions) => regions.iter().map(|region: &Region| region.code()).collect::<Vec<_>>().join(" "),
        Coverage::Country => "CZ".to_owned(),
    }
}

fn escaped(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
