//! The filtered list as a file for a spreadsheet, written while it is read, page after page.

use super::error::ConsoleError;
use super::filter::Asked;
use super::gate::Gate;
use super::label;
use super::moment::{self, ZONE};
use super::names::Names;
use super::sheet::{BOM, line};
use super::visit::Visit;
use crate::app::App;
use crate::domain::{Contact, Destination, Lang};
use crate::handbook::Handbook;
use crate::store::{Cursor, Filter, StoreError};
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures_util::stream;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// Contacts read at once.
const STEP: i64 = 500;

/// The columns in both languages, in their order.
const COLUMNS: [(&str, &str); 20] = [
    ("číslo", "number"),
    ("zahájeno", "opened"),
    ("od koho", "from"),
    ("kanál", "channel"),
    ("médium", "medium"),
    ("jazyk", "language"),
    ("kraj návratu", "region of return"),
    ("místo návratu", "place of return"),
    ("potřeby", "needs"),
    ("spěchá", "urgent"),
    ("linka", "line"),
    ("operátor", "operator"),
    ("stav", "stage"),
    ("příslib do", "promised by"),
    ("první odpověď člověka", "first human answer"),
    ("minut do odpovědi", "minutes to the answer"),
    ("uzavřeno", "closed"),
    ("výsledek", "outcome"),
    ("důvod", "reason"),
    ("kontrola", "review"),
];

/// What is still to be written.
enum Rest {
    /// The contacts after this one; at first all of them.
    From(Option<Cursor>),
    /// Nothing.
    Written,
}

/// Where the writing stands.
struct Writing {
    app: Arc<App>,
    handbook: Arc<Handbook>,
    names: Names,
    filter: Filter,
    lang: Lang,
    rest: Rest,
    /// The place among the exports, given back with the last line.
    _place: OwnedSemaphorePermit,
}

/// Writes the file.
///
/// # Errors
/// When too many exports run at once.
pub(super) async fn file(
    visit: Visit,
    Extension(gate): Extension<Arc<Gate>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ConsoleError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (filter, _) = asked.filter(visit.lang);
    let place = gate.export().ok_or(ConsoleError::Busy)?;
    let name = format!("{}-{}.csv", visit.lang.pick("kontakty", "contacts"), moment::day_of(visit.now));
    let handbook = visit.app.handbook();
    let names = Names::of(&handbook);
    let writing = Writing { app: visit.app, handbook, names, filter, lang: visit.lang, rest: Rest::From(None), _place: place };
    let head = format!("{BOM}{}", line(COLUMNS.map(|(cs, en)| visit.lang.pick(cs, en))));
    let parts = stream::try_unfold((Some(head), writing), |(head, writing)| async move {
        match head {
            Some(head) => Ok(Some((head, (None, writing)))),
            None => Ok::<_, StoreError>(writing.step().await?.map(|(text, writing)| (text, (None, writing)))),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

impl Writing {
    async fn step(mut self) -> Result<Option<(String, Self)>, StoreError> {
        let Rest::From(after) = self.rest else { return Ok(None) };
        let page = self.app.store().contacts(&self.filter, after, STEP).await?;
        self.rest = page.next.map_or(Rest::Written, |next| Rest::From(Some(next)));
        let text: String = page.rows.iter().map(|contact| self.row(contact)).collect();
        Ok(Some((text, self)))
    }

    fn row(&self, contact: &Contact) -> String {
        let lang = self.lang;
        let region = contact.need.destination.as_ref().and_then(Destination::region).map(|region| region.name(lang));
        let place = super::contact::place(&self.handbook, contact, lang);
        let answered = contact.answered_at.map(|at| at.signed_duration_since(contact.opened_at).num_minutes().to_string());
        let medium = label::medium(contact.medium, lang).to_owned();
        let channel = label::channel(&contact.address.channel, contact.medium, lang);
        let cells: [String; COLUMNS.len()] = [
            contact.number.to_string(),
            stamp(Some(contact.opened_at)),
            contact.worker_name.clone().unwrap_or_default(),
            // A call without a number has a contact point but no channel of that name.
            self.handbook.ability(&contact.address.channel).map_or(medium.clone(), |_| channel),
            medium,
            contact.lang.code().to_owned(),
            region.unwrap_or_default().to_owned(),
            place,
            label::topics(&contact.need, lang),
            yes(contact.urgent, lang).to_owned(),
            contact.line.as_ref().map(|line| self.names.line(line, lang)).unwrap_or_default(),
            contact.owner.as_ref().map(|owner| self.names.operator(owner)).unwrap_or_default(),
            contact.stage.label(lang).to_owned(),
            stamp(contact.promise_due),
            stamp(contact.answered_at),
            answered.unwrap_or_default(),
            stamp(contact.closed_at),
            contact.outcome.map(|outcome| outcome.label(lang)).unwrap_or_default().to_owned(),
            contact.reason.clone().unwrap_or_default(),
            contact.review.label(lang).to_owned(),
        ];
        line(cells.iter().map(String::as_str))
    }
}

const fn yes(value: bool, lang: Lang) -> &'static str {
    if value { lang.pick("ano", "yes") } else { lang.pick("ne", "no") }
}

/// Writes an instant as spreadsheets of any language sort it: `2026-02-02 13:28`.
fn stamp(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}
