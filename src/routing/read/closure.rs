//! Closures and dates of a line. A plain date means the whole day on the line's wall, so the
//! last day of a closure is closed too; a date with a time is that time.

use super::check;
use super::table::{Found, Notes, Table};
use crate::domain::Bilingual;
use crate::routing::wall::Wall;
use crate::routing::{Closure, Line, Span, edit};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

enum Moment {
    Day(NaiveDate),
    Local(NaiveDateTime),
    Exact(DateTime<Utc>),
}

pub(super) fn read(table: &Table<'_>, line: &mut Line, notes: &mut Notes<'_>) {
    for table in table.tables("closure", notes) {
        table.only(&["from", "to", "text"], notes);
        let (span, text) = (span(&table, line.zone, notes), bilingual(&table, "text", notes));
        let Some((span, text)) = span.zip(text) else { continue };
        let closure = Closure { id: None, from: span.from, to: span.to, text };
        if check::taken(edit::closure(line, &closure), &table.place, notes) {
            line.closures.push(closure);
        }
    }
}

/// Reads `from` and `to`; which of them is earlier is not looked at.
pub(super) fn span(table: &Table<'_>, zone: Tz, notes: &mut Notes<'_>) -> Option<Span> {
    let (from, to) = (moment(table, "from", notes), moment(table, "to", notes));
    Some(Span { from: start(&from?, zone), to: end(&to?, zone) })
}

/// Reads a wording in both languages: `{ cs = "…", en = "…" }`.
pub(super) fn bilingual(table: &Table<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Bilingual> {
    table.needed(key, notes)?;
    let both = table.table(key, notes)?;
    both.only(&["cs", "en"], notes);
    let (cs, en) = (both.needed_text("cs", notes), both.needed_text("en", notes));
    Some(Bilingual::new(cs?.value, en?.value))
}

/// Reads a plain date that may be missing.
pub(super) fn date(table: &Table<'_>, key: &str, notes: &mut Notes<'_>) -> Option<NaiveDate> {
    let text = table.date(key, notes)?;
    let date = text.value.parse().ok();
    if date.is_none() {
        notes.mistake(text.place, format!("`{}` is not a date", text.value), Some("write 2026-12-24".to_owned()));
    }
    date
}

fn moment(table: &Table<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Moment> {
    table.needed(key, notes)?;
    let text = table.date(key, notes)?;
    let moment = read_moment(&text);
    if moment.is_none() {
        notes.mistake(
            text.place,
            format!("`{}` is not a date or a time", text.value),
            Some("write 2026-12-24 or 2026-12-24T12:00:00".to_owned()),
        );
    }
    moment
}

fn read_moment(text: &Found<String>) -> Option<Moment> {
    let text = text.value.trim().replacen(' ', "T", 1);
    let local = || ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"].into_iter().find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok());
    let exact = || DateTime::parse_from_rfc3339(&text).ok().map(|at| at.with_timezone(&Utc));
    let day = text.parse().ok().map(Moment::Day);
    day.or_else(|| local().map(Moment::Local)).or_else(|| exact().map(Moment::Exact))
}

fn start(moment: &Moment, zone: Tz) -> DateTime<Utc> {
    let wall = Wall::exact(zone);
    match moment {
        Moment::Day(date) => wall.midnight(*date),
        Moment::Local(local) => wall.start(*local),
        Moment::Exact(at) => *at,
    }
}

fn end(moment: &Moment, zone: Tz) -> DateTime<Utc> {
    let wall = Wall::exact(zone);
    match moment {
        Moment::Day(date) => wall.end(date.succ_opt().unwrap_or(*date).and_time(NaiveTime::MIN)),
        Moment::Local(local) => wall.end(*local),
        Moment::Exact(at) => *at,
    }
}
