//! `[[line]]`: one regional line with its hours, shifts and chain of escalation.

use super::table::{Found, Notes, Table};
use super::{check, closure, escalation, operator::address, operator::slug, rule};
use crate::domain::{Bilingual, Lang, Region, fold};
use crate::routing::edit;
use crate::routing::mistake::did_you_mean;
use crate::routing::{Line, LineId, Operator, OperatorId, Refusal, Shift, Window};
use chrono_tz::{TZ_VARIANTS, Tz};

const KEYS: [&str; 16] = [
    "id",
    "name",
    "regions",
    "zone",
    "hours",
    "holidays",
    "closure",
    "shift",
    "special",
    "rotation",
    "override",
    "coordinator",
    "escalation",
    "silent_minutes",
    "room",
    "promise_minutes",
];
/// A promise or a pause longer than a week helps nobody.
pub(super) const MINUTES_MAX: u32 = 7 * 24 * 60;

pub(super) fn read(root: &Table<'_>, coordinator: Option<Found<&str>>, operators: &[Operator], notes: &mut Notes<'_>) -> Vec<Line> {
    let usual = coordinator.and_then(|name| person(&name, operators, notes));
    let mut lines: Vec<Line> = Vec::new();
    for table in root.tables("line", notes) {
        let Some(line) = read_one(&table, usual.as_ref(), operators, notes) else { continue };
        if lines.iter().any(|other| other.id == line.id) {
            notes.mistake(table.place.clone(), format!("line `{}` is declared twice", line.id), None);
        }
        lines.push(line);
    }
    lines
}

fn read_one(table: &Table<'_>, usual: Option<&OperatorId>, operators: &[Operator], notes: &mut Notes<'_>) -> Option<Line> {
    table.only(&KEYS, notes);
    let id = slug(table, notes);
    let name = closure::bilingual(table, "name", notes);
    let regions = regions(table, notes);
    let zone = zone(table, notes);
    let hours = hours(table, notes);
    let coordinator = coordinator(table, usual, operators, notes);
    let holidays = table.flag("holidays", notes).unwrap_or(true);
    let promise = table.number("promise_minutes", (1, MINUTES_MAX), notes);
    let escalation = escalation::read(table, notes);
    let room = table.text("room", notes).and_then(|text| address(&text, notes));
    // What is read below is checked against a line, also where that line has other mistakes.
    let mut line = Line {
        id: LineId::new(id.as_deref().unwrap_or_default()),
        name: name.clone().unwrap_or_else(|| Bilingual::new("", "")),
        regions,
        zone,
        hours,
        holidays,
        closures: Vec::new(),
        shifts: Vec::new(),
        special: Vec::new(),
        rotations: Vec::new(),
        overrides: Vec::new(),
        absences: Vec::new(),
        covers: Vec::new(),
        coordinator: coordinator.clone().unwrap_or_else(|| OperatorId::new("")),
        escalation,
        room,
        promise_minutes: promise.map_or(Line::PROMISE_MINUTES, |found| found.value),
    };
    shifts(table, &mut line, operators, notes);
    closure::read(table, &mut line, notes);
    rule::read(table, &mut line, operators, notes);
    (id.is_some() && name.is_some() && coordinator.is_some()).then_some(line)
}

fn regions(table: &Table<'_>, notes: &mut Notes<'_>) -> Vec<Region> {
    let texts = table.texts("regions", notes).unwrap_or_default();
    if texts.is_empty() {
        notes.mistake(table.place.clone(), "a line needs at least one region in `regions`", None);
    }
    texts.iter().filter_map(|text| region(text, notes)).collect()
}

/// A region is written as its code or its Czech name.
pub(super) fn region(text: &Found<&str>, notes: &mut Notes<'_>) -> Option<Region> {
    let named = |region: &Region| fold(region.name(Lang::Cs)) == fold(text.value);
    let found = Region::from_code(text.value).or_else(|| Region::ALL.into_iter().find(named));
    if found.is_none() {
        let known = Region::ALL.into_iter().flat_map(|region| [region.code(), region.name(Lang::Cs)]);
        notes.mistake(text.place.clone(), format!("unknown region `{}`", text.value), did_you_mean(text.value, known));
    }
    found
}

fn zone(table: &Table<'_>, notes: &mut Notes<'_>) -> Tz {
    let Some(text) = table.text("zone", notes) else { return Line::ZONE };
    text.value.parse().unwrap_or_else(|_| {
        let hint = did_you_mean(text.value, TZ_VARIANTS.iter().map(|zone| zone.name()));
        notes.mistake(text.place, format!("unknown zone `{}`", text.value), hint);
        Line::ZONE
    })
}

fn hours(table: &Table<'_>, notes: &mut Notes<'_>) -> Vec<Window> {
    let Some(texts) = table.texts("hours", notes) else { return Line::usual_hours() };
    let mut hours = Vec::new();
    for text in texts {
        for window in windows(&text, notes) {
            check::taken(edit::window(&hours, window).into_iter().collect(), &text.place, notes);
            hours.push(window);
        }
    }
    hours
}

pub(super) fn windows(text: &Found<&str>, notes: &mut Notes<'_>) -> Vec<Window> {
    Window::read_many(text.value).unwrap_or_else(|error| {
        notes.mistake(text.place.clone(), error.to_string(), None);
        Vec::new()
    })
}

fn shifts(table: &Table<'_>, line: &mut Line, operators: &[Operator], notes: &mut Notes<'_>) {
    for table in table.tables("shift", notes) {
        table.only(&["operator", "window", "order", "valid_from", "valid_to"], notes);
        let operator = table.needed_text("operator", notes).and_then(|name| person(&name, operators, notes));
        let order = order(&table, notes);
        let (valid_from, valid_to) = (closure::date(&table, "valid_from", notes), closure::date(&table, "valid_to", notes));
        table.needed("window", notes);
        for text in table.texts("window", notes).unwrap_or_default() {
            for window in windows(&text, notes) {
                let Some(operator) = operator.clone() else { continue };
                let shift = Shift { id: None, operator, window, order, valid_from, valid_to };
                check::within_hours(&line.hours, window, &format!("shift {window} of `{}`", shift.operator), &text.place, notes);
                if check::taken(edit::shift(line, operators, &shift), &text.place, notes) {
                    line.shifts.push(shift);
                }
            }
        }
    }
}

/// The place in the row, 1 when left out.
pub(super) fn order(table: &Table<'_>, notes: &mut Notes<'_>) -> u8 {
    table.number("order", (1, 99), notes).and_then(|order| u8::try_from(order.value).ok()).unwrap_or(1)
}

/// A person is written as the id or the whole name.
pub(super) fn person(name: &Found<&str>, operators: &[Operator], notes: &mut Notes<'_>) -> Option<OperatorId> {
    let known = operators.iter().find(|operator| operator.id.as_str() == name.value || operator.name == name.value);
    if known.is_none() {
        check::taken(vec![Refusal::unknown(operators, name.value)], &name.place, notes);
    }
    known.map(|operator| operator.id.clone())
}

fn coordinator(table: &Table<'_>, usual: Option<&OperatorId>, operators: &[Operator], notes: &mut Notes<'_>) -> Option<OperatorId> {
    if let Some(name) = table.text("coordinator", notes) {
        return person(&name, operators, notes);
    }
    if usual.is_none() {
        let hint = "name one here, or for all lines at the top of the file".to_owned();
        notes.mistake(table.place.clone(), "this line has no `coordinator`", Some(hint));
    }
    usual.cloned()
}
