//! One contact: its head, everything that happened, and the coordinator's review.

use super::error::ConsoleError;
use super::field::Pick;
use super::frame::{Frame, Tab};
use super::label;
use super::moment::{self, Moment};
use super::names::Names;
use super::row::{self, Row};
use super::telling::field_value;
use super::timeline::{Day, Teller};
use super::visit::{Visit, page};
use crate::domain::{Contact, Destination, Entry, Happened, Lang, Outcome};
use crate::handbook::Handbook;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use std::collections::HashSet;
use uuid::Uuid;

/// Most entries shown; a contact with more is not read to its beginning in a browser.
const ENTRIES_MAX: usize = 1_000;

/// The page of one contact.
#[derive(Template)]
#[template(path = "contact.html")]
pub(super) struct ContactPage {
    /// The page around it.
    pub(super) frame: Frame,
    /// The contact as in a list.
    pub(super) row: Row,
    /// The worker's question.
    pub(super) question: Option<String>,
    /// The facts beside the timeline.
    pub(super) facts: Vec<Fact>,
    /// Everything that happened.
    pub(super) days: Vec<Day>,
    /// Whether older entries were left out.
    pub(super) cut: bool,
    /// Most entries shown.
    pub(super) entries_max: usize,
    /// Whether there is an operator to ask.
    pub(super) can_query: bool,
    /// Whether the contact is still open: its outcome is not there to be corrected.
    pub(super) open: bool,
    /// The outcomes to choose from.
    pub(super) outcomes: Vec<Pick>,
    /// The regions to choose from.
    pub(super) regions: Vec<Pick>,
    /// Names the orders of this page, so that a form sent twice is one order.
    pub(super) key: String,
}

/// One line of the summary.
pub(super) struct Fact {
    /// What.
    pub(super) label: &'static str,
    /// Its value now.
    pub(super) value: String,
    /// Its value before the first correction.
    pub(super) original: Option<String>,
}

/// Shows a contact.
///
/// # Errors
/// When there is none with this number, or the store fails.
pub(super) async fn show(visit: Visit, Path(number): Path<String>) -> Result<Response, ConsoleError> {
    let contact = find(&visit, &number).await?;
    let timeline = visit.app.store().timeline(contact.id).await?;
    let handbook = visit.app.handbook();
    let names = Names::of(&handbook);
    let letters = timeline.letters.iter().map(|posted| (posted.letter.id, posted.letter.delivery)).collect();
    let gone = gone(&visit, &timeline.entries).await?;
    let worker = row::from(&contact, visit.lang);
    let teller = Teller { names: &names, letters: &letters, gone: &gone, worker: &worker, now: visit.now, lang: visit.lang };
    let left_out = timeline.entries.len().saturating_sub(ENTRIES_MAX);
    let region = contact.need.destination.as_ref().and_then(Destination::region).map_or("", crate::domain::Region::code);
    let outcome = contact.outcome.map(Outcome::code);
    page(&ContactPage {
        frame: visit.frame(Tab::Contacts),
        row: Row::of(&contact, &names, visit.now, visit.lang),
        question: contact.question.clone(),
        facts: facts(&visit, &contact, &handbook, &teller, &timeline.entries),
        days: teller.days(timeline.entries.get(left_out..).unwrap_or_default()),
        cut: left_out > 0,
        entries_max: ENTRIES_MAX,
        can_query: contact.owner.is_some(),
        open: contact.is_open(),
        outcomes: Outcome::ALL.iter().map(|one| Pick::new(one.code(), one.label(visit.lang), outcome)).collect(),
        regions: super::contacts::regions(region, visit.lang),
        key: fresh_key()?,
    })
}

/// Finds the files that are kept no more.
async fn gone(visit: &Visit, entries: &[Entry]) -> Result<HashSet<Uuid>, ConsoleError> {
    let mut gone = HashSet::new();
    for file in entries.iter().filter_map(|entry| if let Happened::Attached { file } = entry.what { Some(file) } else { None }) {
        if !visit.app.store().has_attachment(file.id).await? {
            gone.insert(file.id);
        }
    }
    Ok(gone)
}

/// Makes a name no other page or rule has.
///
/// # Errors
/// When the system gives no random bytes.
pub(super) fn fresh_key() -> Result<String, ConsoleError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Uuid::from_bytes(bytes).simple().to_string())
}

/// Finds a contact by the number in the address.
///
/// # Errors
/// When there is none, or the store fails.
pub(super) async fn find(visit: &Visit, number: &str) -> Result<Contact, ConsoleError> {
    let number = number.parse().map_err(|_| ConsoleError::NotFound)?;
    visit.app.store().contact_by_number(number).await?.ok_or(ConsoleError::NotFound)
}

fn facts(visit: &Visit, contact: &Contact, handbook: &Handbook, teller: &Teller<'_>, entries: &[Entry]) -> Vec<Fact> {
    let (lang, need) = (visit.lang, &contact.need);
    let t = |cs, en| lang.pick(cs, en);
    let today = moment::day_of(visit.now);
    let excluded: Vec<String> = need.excluded.iter().map(|place| handbook.describe_place(place, lang)).collect();
    let answered = contact.answered_at.map(|at| moment::length(at.signed_duration_since(contact.opened_at), lang));
    let closed = contact.closed_at.map(|at| Moment::of(at, visit.now, lang)).map(|at| format!("{} {}", at.day, at.time));
    let opened = Moment::of(contact.opened_at, visit.now, lang);
    let outcome = contact.outcome.map(|outcome| outcome.label(lang).to_owned()).unwrap_or_default();
    let values = [
        (t("Zahájeno", "Opened"), format!("{} {}", opened.day, opened.time), ""),
        (t("Od koho", "From"), teller.worker.to_owned(), ""),
        (t("Kanál", "Channel"), label::medium(contact.medium, lang).to_owned(), ""),
        (t("Místo návratu", "Returns to"), place(handbook, contact, lang), "destination"),
        (t("Jen ne do", "But not to"), excluded.join(", "), ""),
        (t("Potřeba", "Need"), label::topics(need, lang), ""),
        (t("Klient", "Client"), label::who(&need.who, lang).join(", "), ""),
        (t("Propuštění", "Release"), need.release.map(|day| label::release(day, today, lang)).unwrap_or_default(), ""),
        (t("Linka", "Line"), contact.line.as_ref().map(|line| teller.names.line(line, lang)).unwrap_or_default(), ""),
        (t("Operátor", "Operator"), contact.owner.as_ref().map(|owner| teller.names.operator(owner)).unwrap_or_default(), ""),
        (t("Člověk odpověděl", "Human answer"), answered.map(|length| format!("{} {length}", t("za", "after"))).unwrap_or_default(), ""),
        (t("Výsledek", "Outcome"), outcome, "outcome"),
        (t("Důvod", "Reason"), contact.reason.clone().unwrap_or_default(), ""),
        (t("Uzavřeno", "Closed"), closed.unwrap_or_default(), ""),
    ];
    let fact = |(label, value, field): (&'static str, String, &str)| Fact { label, value, original: original(entries, field, teller) };
    values.into_iter().filter(|(_, value, _)| !value.is_empty()).map(fact).collect()
}

/// Names the place of return as exactly as it is known.
#[must_use]
pub(super) fn place(handbook: &Handbook, contact: &Contact, lang: Lang) -> String {
    let unknown = || lang.pick("neznámé", "unknown").to_owned();
    contact.need.destination.as_ref().map_or_else(unknown, |destination| handbook.describe(destination, lang))
}

/// Returns what a field said before it was first corrected.
fn original(entries: &[Entry], field: &str, teller: &Teller<'_>) -> Option<String> {
    entries.iter().find_map(|entry| {
        let Happened::Corrected { field: of, old, .. } = &entry.what else { return None };
        (of == field).then(|| field_value(teller, field, old))
    })
}
