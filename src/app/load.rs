//! Where the handbook's tables come from: the store, or the demo's invented ones.

use super::AppError;
use crate::catalogue::{Catalogue, Seat, Service, invent};
use crate::domain::Point;
use crate::handbook::{Directory, Handbook};
use crate::place::Gazetteer;
pub use crate::routing::Book;
use crate::routing::read_lines;
use crate::store::{RosterEdit, RosterKind, Store};
use chrono::{DateTime, Utc};
use std::sync::{Arc, PoisonError, RwLock};

/// Who set up the lines of the demo.
const DEMO_AUTHOR: &str = "demo";

/// The device nobody has proven in the demo, so that there is one to try it on.
const DEMO_UNPROVEN: (&str, &str) = ("voice", "+420719000102");

const DEMO_LINES: &str = include_str!("../../config/demo/lines.toml");

/// Fills a handbook with the stored lines, operators, services and known numbers.
pub(super) async fn stored(store: &Store, mut handbook: Handbook) -> Result<Handbook, AppError> {
    // The number is read first: what is written in between only makes it too old.
    handbook.roster = store.roster_version(None).await?;
    let book = stored_book(store, None).await?;
    let services: Vec<Service> = store.load_services().await?;
    handbook.book = Arc::new(book);
    handbook.catalogue = Arc::new(Catalogue::new(services));
    handbook.directory = Arc::new(directory(store).await?);
    Ok(handbook)
}

async fn directory(store: &Store) -> Result<Directory, AppError> {
    let blocked = store.blocked().await?.into_iter().map(|blocked| blocked.number);
    let prisons = store.prison_phones().await?.into_iter().map(|phone| (phone.number, phone.name));
    Ok(Directory::new(blocked, prisons, store.operators_with_pin().await?))
}

/// Reads again what is stored of the handbook and puts it in force.
pub(super) async fn renew(store: &Store, in_force: &RwLock<Arc<Handbook>>) -> Result<(), AppError> {
    let base = Handbook::clone(&in_force.read().unwrap_or_else(PoisonError::into_inner));
    let fresh = Arc::new(stored(store, base).await?);
    *in_force.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    Ok(())
}

/// Returns the invented lines and operators of the demo.
///
/// # Errors
/// When the built-in file is wrong, which a test excludes.
pub fn demo_book() -> Result<Book, AppError> {
    Ok(read_lines(DEMO_LINES)?)
}

/// Returns the invented services of the demo as of `now`.
#[must_use]
pub fn demo_services(gazetteer: &Gazetteer, now: DateTime<Utc>) -> Vec<Service> {
    invent(now, &seats(gazetteer))
}

/// Returns the seats of all municipalities with extended powers, as the catalogue's generator wants them.
#[must_use]
pub fn seats(gazetteer: &Gazetteer) -> Vec<Seat> {
    let seat = |orp: &crate::place::Orp| Seat {
        orp: orp.code.clone(),
        name: orp.name.clone(),
        municipality: gazetteer.place_of_orp(&orp.code).and_then(|place| place.municipality?.code),
        district: orp.district.clone(),
        region: orp.region,
        lat: orp.lat,
        lon: orp.lon,
    };
    gazetteer.orps().iter().map(seat).collect()
}

/// Reads the book as it is, or as it was in force at an instant.
///
/// # Errors
/// When the store cannot be read.
pub async fn stored_book(store: &Store, at: Option<DateTime<Utc>>) -> Result<Book, AppError> {
    let lines = store.load_roster(RosterKind::Line, at).await?;
    let operators = store.load_roster(RosterKind::Operator, at).await?;
    let absences = store.load_roster(RosterKind::Absence, at).await?;
    let covers = store.load_roster(RosterKind::Cover, at).await?;
    Ok(Book::new(lines, operators, absences, covers))
}

/// Writes a book into the store in one piece: every line, operator, absence and cover, new or
/// changed, in force from `at`; `author` is who changed it.
///
/// # Errors
/// When the store cannot be written; nothing has changed then.
pub async fn save_book(store: &Store, book: &Book, at: DateTime<Utc>, author: &str) -> Result<(), AppError> {
    let mut edits = Vec::new();
    for operator in &book.operators {
        edits.push(RosterEdit::save(RosterKind::Operator, operator.id.as_str(), operator)?);
    }
    for line in &book.lines {
        edits.push(RosterEdit::save(RosterKind::Line, line.id.as_str(), line)?);
    }
    for absence in &book.absences {
        edits.push(RosterEdit::save(RosterKind::Absence, absence.id.as_str(), absence)?);
    }
    for cover in &book.covers {
        edits.push(RosterEdit::save(RosterKind::Cover, cover.id.as_str(), cover)?);
    }
    Ok(store.write_roster(&edits, at, author).await?)
}

/// Replaces the store's whole catalogue.
///
/// # Errors
/// When the store cannot be written; the old catalogue stays then.
pub async fn save_services(store: &Store, services: &[Service]) -> Result<(), AppError> {
    let rows: Vec<_> = services.iter().map(|service| (service.id, service.place.region.code().to_owned(), service)).collect();
    Ok(store.replace_services(&rows).await?)
}

/// The people of the demo have proven their devices, all but one.
async fn prove_demo(store: &Store, now: DateTime<Utc>) -> Result<(), AppError> {
    let book = demo_book()?;
    let all = book.operators.iter().flat_map(|operator| operator.addresses.iter().map(|address| (operator.id.clone(), address.clone())));
    let proven = all.filter(|(_, address)| (address.channel.as_str(), address.handle.as_str()) != DEMO_UNPROVEN);
    let points = proven.map(|(operator, address)| Point { verified_at: Some(now), ..Point::unknown(operator, address) });
    Ok(store.save_points(&points.collect::<Vec<_>>()).await?)
}

/// Writes the demo's lines, operators and services into an empty store; a filled one stays as it is.
///
/// # Errors
/// When the store cannot be written.
pub async fn seed_demo(store: &Store, gazetteer: &Gazetteer, now: DateTime<Utc>) -> Result<(), AppError> {
    if store.handbook_version().await? > 0 {
        return Ok(());
    }
    save_book(store, &demo_book()?, now, DEMO_AUTHOR).await?;
    save_services(store, &demo_services(gazetteer, now)).await?;
    prove_demo(store, now).await
}
