//! A roster from a calendar's file: put in, looked at, and only then written. The file travels with
//! the page; nothing of it is kept before it is accepted.

use super::desk::{Desk, Stored, overtaken};
use super::address;
use crate::console::error::ConsoleError;
use crate::console::form::{Trouble, Typed};
use crate::console::frame::{Frame, Tab};
use crate::console::label::Tone;
use crate::console::visit::{Visit, page};
use crate::domain::{Lang, LineId};
use crate::routing::{CalendarImport, Fate, ImportEntry, Line, Unread, import_calendar};
use crate::store::{RosterEdit, RosterKind};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Largest form, in bytes: the largest file with every letter written as three.
pub(in crate::console) const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Rows of one kind on the page; more are counted.
const ROWS_MAX: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "roster/import.html")]
struct ImportPage {
    frame: Frame,
    name: String,
    url: String,
    text: String,
    /// The version of the roster the preview was made from.
    version: i64,
    trouble: Trouble,
    preview: Option<Preview>,
}

/// What the file would do.
struct Preview {
    groups: Vec<Group>,
    /// Events that are over.
    past: usize,
    changes: bool,
}

/// Rules of one fate, or events that are not taken.
struct Group {
    title: &'static str,
    tone: Tone,
    count: usize,
    rows: Vec<Row>,
    /// Whether it is worth unfolding only.
    quiet: bool,
}

impl Group {
    fn new<T>(title: &'static str, tone: Tone, all: &[T], row: impl Fn(&T) -> Row) -> Self {
        Self { title, tone, count: all.len(), rows: all.iter().take(ROWS_MAX).map(row).collect(), quiet: false }
    }

    /// Returns how many rows are not shown.
    fn more(&self) -> usize {
        self.count.saturating_sub(self.rows.len())
    }
}

/// One rule or event.
struct Row {
    what: String,
    /// What it was, or why it is not taken.
    detail: String,
    notes: Vec<String>,
    /// Where it stands in the file.
    origin: String,
}

/// Shows the empty form.
///
/// # Errors
/// When there is no such line, or the store fails.
pub(in crate::console) async fn form(visit: Visit, Path(id): Path<String>) -> Result<Response, ConsoleError> {
    let stored = Stored::read(&visit).await?;
    shown(&visit, &stored, &id, String::new(), Trouble::default(), None)
}

/// Shows what a file would change, or writes what was looked at.
///
/// # Errors
/// When the form is not ours, there is no such line, or the store fails.
pub(in crate::console) async fn take(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    let (stored, text) = (Stored::read(&visit).await?, typed.of("text").to_owned());
    let desk = stored.desk(&visit);
    let line = line(&desk, &id)?.clone();
    let read = {
        let (book, text, now) = (stored.book.clone(), text.clone(), visit.now);
        // A large file takes a core for a while; other pages go on.
        tokio::task::spawn_blocking(move || import_calendar(&text, &book, &line, now)).await.map_err(|_| ConsoleError::Busy)?
    };
    let (import, mut trouble) = match read {
        Ok(import) => (import, Trouble::default()),
        Err(refusal) => {
            let page = shown(&visit, &stored, &id, text, Trouble::refused(&[refusal], visit.lang), None)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if typed.given("write").is_some() && import.changes() {
        let edit = RosterEdit::save(RosterKind::Line, &id, &import.line)?;
        if typed.of("version") == stored.version().to_string() && stored.write(&visit, &[edit]).await? {
            return Ok(Redirect::to(&format!("{}?done=import", address(&id))).into_response());
        }
        trouble = overtaken(&visit, &desk, &id).await?;
    }
    let preview = preview(&import, visit.lang);
    let status = if trouble.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, shown(&visit, &stored, &id, text, trouble, Some(preview))?).into_response())
}

fn line<'a>(desk: &Desk<'a>, id: &str) -> Result<&'a Line, ConsoleError> {
    desk.book.line(&LineId::new(id)).ok_or(ConsoleError::NotFound)
}

fn shown(visit: &Visit, stored: &Stored, id: &str, text: String, trouble: Trouble, preview: Option<Preview>) -> Result<Response, ConsoleError> {
    let desk = stored.desk(visit);
    let name = line(&desk, id)?.name.get(visit.lang).to_owned();
    page(&ImportPage { frame: visit.frame(Tab::Duty), name, url: address(id), text, version: stored.version(), trouble, preview })
}

fn preview(import: &CalendarImport, lang: Lang) -> Preview {
    let kinds = [
        (Fate::Added, lang.pick("Přibude", "Added"), Tone::Good),
        (Fate::Changed, lang.pick("Změní se", "Changed"), Tone::Busy),
        (Fate::Removed, lang.pick("Ubude", "Removed"), Tone::Warn),
        (Fate::Stays, lang.pick("Už v rozpise je", "In the roster already"), Tone::Calm),
    ];
    let group = |(fate, title, tone)| {
        let entries: Vec<&ImportEntry> = import.of(fate).collect();
        Group { quiet: fate == Fate::Stays, ..Group::new(title, tone, &entries, |entry| rule(entry, lang)) }
    };
    let unread = Group::new(lang.pick("Nepřevezmeme", "Not taken"), Tone::Loud, &import.unread, |one| event(one, lang));
    let [added, changed, removed, stays] = kinds.map(group);
    let groups = [unread, added, changed, removed, stays].into_iter().filter(|group| group.count > 0).collect();
    Preview { groups, past: import.past, changes: import.changes() }
}

fn rule(entry: &ImportEntry, lang: Lang) -> Row {
    let before = entry.before.as_ref().map(|before| format!("{} {}", lang.pick("dosud:", "so far:"), before.get(lang)));
    Row {
        what: crate::console::label::sentence(entry.rule.get(lang)),
        detail: before.unwrap_or_default(),
        notes: entry.notes.iter().map(|note| note.get(lang).to_owned()).collect(),
        origin: origin(entry.at, &entry.summary, lang),
    }
}

fn event(one: &Unread, lang: Lang) -> Row {
    let why = Trouble::refused(std::slice::from_ref(&one.why), lang).problems.join(" ");
    let what = if one.summary.is_empty() { lang.pick("událost bez názvu", "an event without a name").to_owned() } else { one.summary.clone() };
    Row { what, detail: why, notes: Vec::new(), origin: origin(one.at, "", lang) }
}

fn origin(at: usize, summary: &str, lang: Lang) -> String {
    let line = format!("{} {at}", lang.pick("řádek", "line"));
    if summary.is_empty() { line } else { format!("{line}, „{summary}“") }
}
