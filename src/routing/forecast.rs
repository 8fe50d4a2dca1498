//! The coming days of a line for the person who runs it: when it is open, who serves, and
//! where nobody does. Built from the same hours and shifts as the resolver; a property
//! test holds the two together.

use super::roster::{self, Place};
use super::wall::Wall;
use super::{Absence, Line, OperatorId, Override, Span, holiday, hours, span};
use crate::domain::Bilingual;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

/// Most days one forecast covers; a year of a roster is beyond any plan.
const DAYS_MAX: usize = 366;

/// One day of a line. What starts on it belongs to it, also past midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The date in the line's zone.
    pub date: NaiveDate,
    /// The open stretches, in order.
    pub open: Vec<Span>,
    /// Who serves in them, by start and then by order.
    pub served: Vec<Served>,
    /// The open stretches nobody serves.
    pub gaps: Vec<Span>,
    /// The public holiday or the closure that takes openings of this day away, or the words of a special day.
    pub note: Option<Bilingual>,
}

/// A part of a shift that falls into open time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Served {
    /// Who serves.
    pub operator: OperatorId,
    /// The place in the row; 1 is asked first.
    pub order: u8,
    /// From when to when.
    pub span: Span,
}

/// Lays out `n` days of `line` (at most a year), from the day `from` falls on.
#[must_use]
pub fn days(line: &Line, from: DateTime<Utc>, n: usize) -> Vec<Day> {
    let first = Wall::around(line.zone, from).date(from);
    first.iter_days().take(n.min(DAYS_MAX)).map(|date| day(line, date)).collect()
}

fn day(line: &Line, date: NaiveDate) -> Day {
    let wall = Wall::around(line.zone, date.and_time(chrono::NaiveTime::MIN).and_utc());
    let open = hours::open_on(line, &wall, date);
    let served = served(line, &wall, date, &open);
    let gaps = span::without(open.clone(), served.iter().map(|served| served.span));
    Day { date, open, served, gaps, note: note(line, &wall, date) }
}

/// Shifts of the neighbouring days count too: they may reach over midnight into this day's hours.
/// Between two instants at which anything begins or ends nothing changes, so one look is enough.
fn served(line: &Line, wall: &Wall, date: NaiveDate, open: &[Span]) -> Vec<Served> {
    let first = date.checked_sub_days(Days::new(2)).unwrap_or(date);
    let planned: Vec<_> = first.iter_days().take(5).flat_map(|date| roster::starting_on(line, wall, date)).collect();
    let changes = line.overrides.iter().map(Override::span).chain(line.absences.iter().map(Absence::span));
    let turns: Vec<Span> = planned.iter().map(|(.., span)| *span).chain(changes).collect();
    let mut served: Vec<Served> = Vec::new();
    for part in open.iter().flat_map(|open| open.cut_at(&turns)) {
        let running = planned.iter().filter(|(.., span)| span.covers(part.from));
        let places = running.map(|(operator, order, span)| Place { operator, order: *order, end: span.to }).collect();
        for place in roster::ranked(roster::standing(line, part.from, places)) {
            let before = |one: &&mut Served| one.span.to == part.from && one.operator == *place.operator && one.order == place.order;
            match served.iter_mut().find(before) {
                Some(one) => one.span.to = part.to,
                None => served.push(Served { operator: place.operator.clone(), order: place.order, span: part }),
            }
        }
    }
    served.sort_by_key(|served| (served.span, served.order));
    served
}

fn note(line: &Line, wall: &Wall, date: NaiveDate) -> Option<Bilingual> {
    let special = line.special_on(date);
    if special.is_none() && !hours::has_window(line, date) {
        return None;
    }
    if special.is_none() && hours::is_free(line, date) {
        return holiday::holiday(date);
    }
    let windows: Vec<Span> = hours::windows_on(line, wall, date).collect();
    let cuts = |closure: &&super::Closure| windows.iter().any(|window| window.common(&closure.span()).is_some());
    let cut = line.closures.iter().find(cuts).map(|closure| &closure.text);
    cut.or_else(|| special?.text.as_ref()).cloned()
}
