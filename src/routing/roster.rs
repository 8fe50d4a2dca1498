//! Who answers while a line is open: what is planned (weekly shifts, rotations), then overrides
//! in the order of their making, then absences with their substitutes.

use super::absence::stand_in;
use super::wall::{Shown, Wall};
use super::{Change, Line, OnDuty, OperatorId, Rotation, Span, hours};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// One person's place at an instant, and when what put the person there ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) operator: &'a OperatorId,
    pub(super) order: u8,
    pub(super) end: DateTime<Utc>,
}

/// Lists who is on duty at `at`, the first to be asked first; each person once, with the
/// lowest place of those that fall to the person.
pub(super) fn on_duty(line: &Line, wall: &Wall, at: DateTime<Utc>, closes_at: Option<DateTime<Utc>>) -> Vec<OnDuty> {
    let places = ranked(standing(line, at, planned(line, wall, at)));
    let change = next_change(line, at);
    let last = closes_at.unwrap_or_else(|| hours::in_sight(at));
    let person = |place: Place<'_>| {
        let until = if last <= place.end.min(change) { last } else { until(line, wall, &place, change, last) };
        OnDuty { operator: place.operator.clone(), order: place.order, until }
    };
    places.into_iter().map(person).collect()
}

/// Lists what weekly shifts and rotations put there at `at`.
pub(super) fn planned<'a>(line: &'a Line, wall: &Wall, at: DateTime<Utc>) -> Vec<Place<'a>> {
    let shown = wall.look(at);
    let turns = turns(line, wall, &shown).map(|(_, place)| place);
    shifts(line, wall, &shown).chain(turns).collect()
}

/// Lists the weekly shifts that run.
pub(super) fn shifts<'a>(line: &'a Line, wall: &Wall, shown: &Shown) -> impl Iterator<Item = Place<'a>> {
    line.shifts.iter().filter_map(|shift| {
        let run = wall.running(shift.window, shown)?;
        let valid = shift.always_valid() || run.date().is_some_and(|date| shift.valid_on(date));
        valid.then_some(Place { operator: &shift.operator, order: shift.order, end: run.end })
    })
}

/// Lists the rotations that run, each with the place of whose turn it is.
pub(super) fn turns<'a>(line: &'a Line, wall: &Wall, shown: &Shown) -> impl Iterator<Item = (&'a Rotation, Place<'a>)> {
    let windows = line.rotations.iter().flat_map(|rotation| rotation.windows.iter().map(move |window| (rotation, *window)));
    windows.filter_map(|(rotation, window)| {
        let run = wall.running(window, shown)?;
        let operator = rotation.person_on(run.date()?)?;
        Some((rotation, Place { operator, order: rotation.order, end: run.end }))
    })
}

/// Lists what weekly shifts and rotations plan to start on `date`.
pub(super) fn starting_on<'a>(line: &'a Line, wall: &'a Wall, date: NaiveDate) -> impl Iterator<Item = (&'a OperatorId, u8, Span)> {
    let weekday = date.weekday();
    let shifts = line.shifts.iter().filter(move |shift| shift.window.weekday == weekday && shift.valid_on(date));
    let shifts = shifts.map(move |shift| (&shift.operator, shift.order, wall.span(shift.window, date)));
    let turns = line.rotations.iter().filter_map(move |rotation| Some((rotation, rotation.person_on(date)?)));
    let turns = turns.flat_map(move |(rotation, operator)| {
        let windows = rotation.windows.iter().filter(move |window| window.weekday == weekday);
        windows.map(move |window| (operator, rotation.order, wall.span(*window, date)))
    });
    shifts.chain(turns).filter(|(.., span)| span.from < span.to)
}

/// Applies the overrides and then the absences of `at` to what is planned.
pub(super) fn standing<'a>(line: &'a Line, at: DateTime<Utc>, mut places: Vec<Place<'a>>) -> Vec<Place<'a>> {
    for one in line.overrides.iter().filter(|one| one.span().covers(at)) {
        change(&mut places, &one.change, one.to);
    }
    if !line.absences.is_empty() {
        places.retain_mut(|place| stand_in(&line.absences, place.operator, at).is_some_and(|there| {
            place.operator = there;
            true
        }));
    }
    places
}

/// Applies one change, which ends at `to`, and tells whether it made a difference.
pub(super) fn change<'a>(places: &mut Vec<Place<'a>>, change: &'a Change, to: DateTime<Utc>) -> bool {
    match change {
        Change::Add { operator, order } => {
            places.push(Place { operator, order: *order, end: to });
            true
        }
        Change::Remove { operator } => {
            let before = places.len();
            places.retain(|place| place.operator != operator);
            places.len() < before
        }
        Change::Replace { operator, by } => {
            let mut acted = false;
            for place in places.iter_mut().filter(|place| place.operator == operator) {
                (place.operator, acted) = (by, true);
            }
            acted
        }
    }
}

/// Lists each person once, with the lowest place and the last end, in the order of asking.
pub(super) fn ranked(places: Vec<Place<'_>>) -> Vec<Place<'_>> {
    let mut people: Vec<Place<'_>> = Vec::with_capacity(places.len());
    for place in places {
        match people.iter_mut().find(|person| person.operator == place.operator) {
            Some(person) => (person.order, person.end) = (person.order.min(place.order), person.end.max(place.end)),
            None => people.push(place),
        }
    }
    people.sort_by_key(|person| person.order);
    people
}

/// Returns the first instant after `at` at which an override or an absence begins or ends.
fn next_change(line: &Line, at: DateTime<Utc>) -> DateTime<Utc> {
    let overrides = line.overrides.iter().flat_map(|one| [one.from, one.to]);
    let absences = line.absences.iter().flat_map(|one| [one.from, one.to]);
    overrides.chain(absences).filter(|turn| at < *turn).min().unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Follows a person's duty through shifts that touch and changes that leave it as it is, to `last`
/// at most. Nothing that is planned in between takes anybody off duty, so only ends of places and
/// changes, the next of which is at `change`, are looked at.
fn until(line: &Line, wall: &Wall, place: &Place<'_>, mut change: DateTime<Utc>, last: DateTime<Utc>) -> DateTime<Utc> {
    let mut until = place.end.min(change);
    while until < last {
        let places = standing(line, until, planned(line, wall, until));
        let Some(end) = places.iter().filter(|other| other.operator == place.operator).map(|other| other.end).max() else { return until };
        if change <= until {
            change = next_change(line, until);
        }
        until = end.min(change);
    }
    last
}
