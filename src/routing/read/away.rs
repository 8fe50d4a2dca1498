//! `[[absence]]` and `[[cover]]`: what holds for several lines.

use super::check;
use super::closure::span;
use super::line::{person, region};
use super::operator::own_id;
use super::table::{Notes, Table};
use crate::routing::{Absence, Book, Cover, Covered, Line, LineId, edit};

pub(super) fn absences(root: &Table<'_>, book: &mut Book, notes: &mut Notes<'_>) {
    for table in root.tables("absence", notes) {
        table.only(&["id", "operator", "from", "to", "substitute"], notes);
        let operator = table.needed_text("operator", notes).and_then(|name| person(&name, &book.operators, notes));
        let substitute = table.text("substitute", notes).map(|name| person(&name, &book.operators, notes));
        let span = span(&table, Line::ZONE, notes);
        // A substitute nobody knows is a mistake already, and no absence without one.
        let (Some(operator), Some(span), None | Some(Some(_))) = (operator, span, &substitute) else { continue };
        let usual = || format!("{operator}-{}", span.from.with_timezone(&Line::ZONE).format("%Y%m%d-%H%M"));
        let Some(id) = own_id(&table, usual, notes) else { continue };
        let absence = Absence { id, operator, from: span.from, to: span.to, substitute: substitute.flatten() };
        if check::taken(edit::absence(book, &absence), &table.place, notes) {
            book.absences.push(absence);
        }
    }
}

pub(super) fn covers(root: &Table<'_>, book: &mut Book, notes: &mut Notes<'_>) {
    for table in root.tables("cover", notes) {
        table.only(&["id", "region", "line", "by", "from", "to"], notes);
        let of = covered(&table, notes);
        let by = table.needed_text("by", notes).map(|id| LineId::new(id.value));
        let zone = by.as_ref().and_then(|by| book.line(by)).map_or(Line::ZONE, |line| line.zone);
        let span = span(&table, zone, notes);
        let (Some(of), Some(by), Some(span)) = (of, by, span) else { continue };
        let what = match &of {
            Covered::Region(region) => region.code().to_lowercase(),
            Covered::Line(id) => id.to_string(),
        };
        let usual = || format!("{what}-{}", span.from.with_timezone(&zone).format("%Y%m%d-%H%M"));
        let Some(id) = own_id(&table, usual, notes) else { continue };
        let cover = Cover { id, of, by, from: span.from, to: span.to };
        if check::taken(edit::cover(book, &cover), &table.place, notes) {
            book.covers.push(cover);
        }
    }
}

fn covered(table: &Table<'_>, notes: &mut Notes<'_>) -> Option<Covered> {
    match (table.text("region", notes), table.text("line", notes)) {
        (Some(text), None) => region(&text, notes).map(Covered::Region),
        (None, Some(id)) => Some(Covered::Line(LineId::new(id.value))),
        (_, _) => {
            let hint = "write region = \"CZ042\" or line = \"…\"".to_owned();
            notes.mistake(table.place.clone(), "a cover needs either a `region` or a `line`", Some(hint));
            None
        }
    }
}
