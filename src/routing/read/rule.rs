//! `[[line.special]]`, `[[line.rotation]]` and `[[line.override]]`: what differs from the plain week.

use super::closure::{bilingual, date, span};
use super::line::{order, person, windows};
use super::operator::own_id;
use super::table::{Notes, Table};
use super::check;
use crate::routing::{Change, Line, Operator, OperatorId, Override, Rotation, Span, SpecialDay, Times, Turn, Window, edit};
use chrono_tz::Tz;

pub(super) fn read(table: &Table<'_>, line: &mut Line, operators: &[Operator], notes: &mut Notes<'_>) {
    for table in table.tables("special", notes) {
        let Some(special) = special(&table, notes) else { continue };
        if check::taken(edit::special(line, &special), &table.place, notes) {
            line.special.push(special);
        }
    }
    for table in table.tables("rotation", notes) {
        let Some(rotation) = rotation(&table, &line.hours, operators, notes) else { continue };
        if check::taken(edit::rotation(line, operators, &rotation), &table.place, notes) {
            line.rotations.push(rotation);
        }
    }
    for table in table.tables("override", notes) {
        let Some(new) = change(&table, line.zone, operators, notes) else { continue };
        if check::taken(edit::change(line, operators, &new), &table.place, notes) {
            line.overrides.push(new);
        }
    }
}

fn special(table: &Table<'_>, notes: &mut Notes<'_>) -> Option<SpecialDay> {
    table.only(&["date", "hours", "text"], notes);
    table.needed("date", notes);
    table.needed("hours", notes);
    let date = date(table, "date", notes);
    let mut hours = Vec::new();
    for text in table.texts("hours", notes).unwrap_or_default() {
        match Times::read(text.value) {
            Ok(times) => hours.push(times),
            Err(error) => notes.mistake(text.place, error.to_string(), None),
        }
    }
    let text = if table.has("text") { bilingual(table, "text", notes) } else { None };
    Some(SpecialDay { date: date?, hours, text })
}

fn rotation(table: &Table<'_>, hours: &[Window], operators: &[Operator], notes: &mut Notes<'_>) -> Option<Rotation> {
    table.only(&["people", "window", "order", "start", "turn", "valid_from", "valid_to"], notes);
    for key in ["people", "window", "start"] {
        table.needed(key, notes);
    }
    let names = table.texts("people", notes)?;
    let people: Vec<OperatorId> = names.iter().filter_map(|name| person(name, operators, notes)).collect();
    let mut all = Vec::new();
    for text in table.texts("window", notes)? {
        for window in windows(&text, notes) {
            check::within_hours(hours, window, &format!("rotation {window}"), &text.place, notes);
            all.push(window);
        }
    }
    let turn = turn(table, notes);
    let start = date(table, "start", notes)?;
    let (valid_from, valid_to) = (date(table, "valid_from", notes), date(table, "valid_to", notes));
    // Somebody left out would shift everybody's turn; that mistake is noted already.
    (people.len() == names.len()).then_some(Rotation { people, windows: all, order: order(table, notes), start, turn: turn?, valid_from, valid_to })
}

fn turn(table: &Table<'_>, notes: &mut Notes<'_>) -> Option<Turn> {
    let Some(text) = table.text("turn", notes) else { return Some(Turn::Weeks(1)) };
    Turn::try_from(text.value.to_owned()).map_err(|problem| notes.mistake(text.place, problem, None)).ok()
}

fn change(table: &Table<'_>, zone: Tz, operators: &[Operator], notes: &mut Notes<'_>) -> Option<Override> {
    table.only(&["id", "from", "to", "add", "remove", "replace", "by", "order"], notes);
    let span = span(table, zone, notes);
    let who = |key: &str, notes: &mut Notes<'_>| table.text(key, notes).and_then(|name| person(&name, operators, notes));
    let change = match (table.has("add"), table.has("remove"), table.has("replace")) {
        (true, false, false) => who("add", notes).map(|operator| Change::Add { operator, order: order(table, notes) }),
        (false, true, false) => who("remove", notes).map(|operator| Change::Remove { operator }),
        (false, false, true) => {
            table.needed("by", notes);
            let both = who("replace", notes).zip(who("by", notes));
            both.map(|(operator, by)| Change::Replace { operator, by })
        }
        (..) => {
            let hint = "write add = \"…\", remove = \"…\", or replace = \"…\" with by = \"…\"".to_owned();
            notes.mistake(table.place.clone(), "an override needs exactly one of `add`, `remove` and `replace`", Some(hint));
            None
        }
    };
    let (span, change) = (span?, change?);
    let id = own_id(table, || usual_id(&change, span), notes)?;
    Some(Override { id, from: span.from, to: span.to, change })
}

/// The same override gets the same name each time it is read.
fn usual_id(change: &Change, span: Span) -> String {
    let people = [change.taken_off(), change.put_on()].into_iter().flatten().map(OperatorId::as_str).collect::<Vec<_>>().join("-");
    let kind = match change {
        Change::Add { .. } => "add",
        Change::Remove { .. } => "remove",
        Change::Replace { .. } => "replace",
    };
    format!("{kind}-{people}-{}", span.from.format("%Y%m%d-%H%M"))
}
