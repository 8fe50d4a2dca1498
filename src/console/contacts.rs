//! The list of contacts with its filters, newest first, page by page.

use super::error::ConsoleError;
use super::field::{Pick, Select};
use super::filter::Asked;
use super::frame::{Frame, Tab};
use super::label;
use super::names::Names;
use super::row::Row;
use super::visit::{Visit, page};
use crate::app::App;
use crate::domain::{Contact, Lang, Region, Review, Stage};
use crate::handbook::Handbook;
use crate::store::{Cursor, Filter, Page, StoreError};
use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;

/// Contacts on one page.
const ROWS: i64 = 50;
/// Stretches of the list one page may look through before it says so and offers to go on.
const STRETCHES_MAX: usize = 5;

/// The list.
#[derive(Template)]
#[template(path = "contacts.html")]
pub(super) struct ContactsPage {
    /// The page around it.
    pub(super) frame: Frame,
    /// Whether this is the newest page, which is kept fresh.
    pub(super) live: bool,
    /// Filters one click away.
    pub(super) views: Vec<View>,
    /// The form as it was sent.
    pub(super) form: Form,
    /// The contacts, newest first.
    pub(super) rows: Vec<Row>,
    /// What is said when there are none.
    pub(super) empty: &'static str,
    /// The newest page.
    pub(super) newer: Option<String>,
    /// The page of older ones.
    pub(super) older: Option<String>,
    /// The same filter as a file.
    pub(super) export: String,
}

/// A filter one click away.
pub(super) struct View {
    /// What it shows.
    pub(super) label: &'static str,
    /// Its address.
    pub(super) url: &'static str,
    /// Whether it is the one shown.
    pub(super) here: bool,
}

/// The filter as a form.
pub(super) struct Form {
    /// Words or a number.
    pub(super) words: String,
    /// The select boxes.
    pub(super) selects: Vec<Select>,
    /// The first day, as the browser writes it.
    pub(super) from: String,
    /// The last day.
    pub(super) to: String,
    /// Only what needs attention.
    pub(super) attention: bool,
    /// How many filters are in use.
    pub(super) used: usize,
    /// Whether the filters are shown.
    pub(super) open: bool,
    /// What could not be understood.
    pub(super) problems: Vec<String>,
}

/// Shows the list.
///
/// # Errors
/// When the store fails.
pub(super) async fn list(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Result<Response, ConsoleError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (filter, problems) = asked.filter(visit.lang);
    let found = search(&visit.app, filter, asked.cursor()).await?;
    let handbook = visit.app.handbook();
    let names = Names::of(&handbook);
    let empty = match (found.next, problems.is_empty() && asked.used() == 0 && asked.q.is_empty()) {
        (Some(_), _) => visit
            .lang
            .pick("V této části seznamu nic není. Hledejte dál ve starších.", "Nothing in this part of the list. Go on to older ones."),
        (None, true) => visit.lang.pick("Zatím se nikdo neozval.", "Nobody has been in touch yet."),
        (None, false) => visit.lang.pick(
            "Takový kontakt tu není. Zkuste méně filtrů nebo jiná slova.",
            "There is no such contact. Try fewer filters or other words.",
        ),
    };
    page(&ContactsPage {
        frame: visit.frame(Tab::Contacts),
        live: asked.after.is_empty(),
        views: views(&asked, visit.lang),
        form: form(&asked, &handbook, problems, visit.lang),
        rows: found.rows.iter().map(|contact| Row::of(contact, &names, visit.now, visit.lang)).collect(),
        empty,
        newer: (!asked.after.is_empty()).then(|| asked.url("/console/contacts", None)),
        older: found.next.map(|next| asked.url("/console/contacts", Some(next))),
        export: asked.url("/console/contacts.csv", None),
    })
}

/// Fills a page; digits that are no contact's number are searched as words.
async fn search(app: &App, mut filter: Filter, after: Option<Cursor>) -> Result<Page<Contact>, StoreError> {
    let mut found = filled(app, &filter, after, ROWS).await?;
    if found.rows.is_empty() && filter.number.take().is_some() {
        found = filled(app, &filter, after, ROWS).await?;
    }
    Ok(found)
}

/// Reads stretch after stretch until `rows` are found, the list ends or enough was looked through.
///
/// # Errors
/// When the store fails.
pub(super) async fn filled(app: &App, filter: &Filter, after: Option<Cursor>, rows: i64) -> Result<Page<Contact>, StoreError> {
    let mut found = Page { rows: Vec::new(), next: after };
    for _ in 0..STRETCHES_MAX {
        let wanted = rows - i64::try_from(found.rows.len()).unwrap_or(rows);
        let part = app.store().contacts(filter, found.next, wanted).await?;
        found.rows.extend(part.rows);
        found.next = part.next;
        if found.next.is_none() || i64::try_from(found.rows.len()).is_ok_and(|count| count >= rows) {
            break;
        }
    }
    Ok(found)
}

fn views(asked: &Asked, lang: Lang) -> Vec<View> {
    let here = asked.url("/console/contacts", None);
    let table = [
        (lang.pick("Všechny", "All"), "/console/contacts"),
        (lang.pick("Potřebuje pozornost", "Needs attention"), "/console/contacts?attention=1"),
        (lang.pick("Čeká na operátora", "Waiting"), "/console/contacts?stage=waiting"),
        (lang.pick("Příslib", "Promised"), "/console/contacts?stage=promised"),
        (lang.pick("Ke kontrole", "To review"), "/console/contacts?review=new"),
    ];
    table.map(|(label, url)| View { label, url, here: here == url }).into()
}

fn form(asked: &Asked, handbook: &Handbook, problems: Vec<String>, lang: Lang) -> Form {
    let (used, attention) = (asked.used(), !asked.attention.is_empty());
    let lines = handbook.book.lines.iter().map(|line| Pick::new(line.id.as_str(), line.name.get(lang), Some(&asked.line)));
    let channels = handbook.channels.iter().map(|(name, ability)| {
        Pick::new(name, label::channel(name, ability.medium, lang), Some(&asked.channel))
    });
    let select = |name, label, options: Vec<Pick>| Select { name, label, options };
    let selects = vec![
        select(
            "stage",
            lang.pick("Stav", "Stage"),
            Stage::ALL.iter().map(|stage| Pick::new(stage.code(), stage.label(lang), Some(&asked.stage))).collect(),
        ),
        select(
            "review",
            lang.pick("Kontrola", "Review"),
            Review::ALL.iter().map(|review| Pick::new(review.code(), review.label(lang), Some(&asked.review))).collect(),
        ),
        select("line", lang.pick("Linka", "Line"), lines.collect()),
        select("region", lang.pick("Kraj návratu", "Region of return"), regions(&asked.region, lang)),
        select("channel", lang.pick("Kanál", "Channel"), channels.collect()),
    ];
    let open = used > usize::from(attention) || !problems.is_empty();
    Form { words: asked.q.clone(), selects, from: asked.from.clone(), to: asked.to.clone(), attention, used, open, problems }
}

/// Lists the regions with the one that was sent chosen.
#[must_use]
pub(super) fn regions(sent: &str, lang: Lang) -> Vec<Pick> {
    Region::ALL.iter().map(|region| Pick::new(region.code(), region.name(lang), Some(sent))).collect()
}
