//! Who answers while a line is open: weekly shifts and their order.
//! Absences, overrides and rotations change what [`serving`] yields and nothing above it.

use super::hours::follow;
use super::{Line, OnDuty, Shift, wall::Wall};
use chrono::{DateTime, Utc};

/// Lists who is on duty at `at`, the first to be asked first; each person once, with the
/// lowest order of the shifts that run.
pub(super) fn on_duty(line: &Line, wall: &Wall, at: DateTime<Utc>, closes_at: Option<DateTime<Utc>>) -> Vec<OnDuty> {
    let mut people: Vec<OnDuty> = Vec::new();
    for (shift, end) in serving(line, wall, at) {
        match people.iter_mut().find(|person| person.operator == shift.operator) {
            Some(person) => (person.order, person.until) = (person.order.min(shift.order), person.until.max(end)),
            None => people.push(OnDuty { operator: shift.operator.clone(), order: shift.order, until: end }),
        }
    }
    for person in &mut people {
        person.until = until(line, wall, person, closes_at);
    }
    people.sort_by_key(|person| person.order);
    people
}

/// Lists the shifts that run at `at`, with their ends.
fn serving<'a>(line: &'a Line, wall: &'a Wall, at: DateTime<Utc>) -> impl Iterator<Item = (&'a Shift, DateTime<Utc>)> {
    let shown = wall.look(at);
    line.shifts.iter().filter_map(move |shift| {
        let run = wall.running(shift.window, &shown)?;
        let valid = shift.always_valid() || run.date().is_some_and(|date| shift.valid_on(date));
        valid.then_some((shift, run.end))
    })
}

/// Follows a person's touching shifts, at most to where the line closes.
fn until(line: &Line, wall: &Wall, person: &OnDuty, closes_at: Option<DateTime<Utc>>) -> DateTime<Utc> {
    if let Some(closes_at) = closes_at.filter(|closes_at| *closes_at <= person.until) {
        return closes_at;
    }
    let further = follow(person.until, |at| {
        let own = serving(line, wall, at).filter(|(shift, _)| shift.operator == person.operator);
        own.map(|(_, end)| end).max()
    });
    let until = further.unwrap_or(person.until);
    closes_at.map_or(until, |closes_at| closes_at.min(until))
}
