//! When a line is open: weekly windows or a special day's own, less public holidays, less closures.
//! Who answers then is the business of `roster`.

use super::{Closure, Line, Span, SpecialDay, holiday, span, wall::Wall};
use crate::domain::{Bilingual, OPENING_DAYS_MAX};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

/// How far touching windows are followed; a line open longer does not close in sight.
pub(super) const FOLLOWED_MAX: TimeDelta = TimeDelta::days(7);

/// Dates that can hold an opening of the days searched: two before, where one may still run, and
/// two after, because the instant stands within a day and a clock may turn back over midnight.
#[expect(clippy::cast_possible_truncation, reason = "a small positive constant")]
const DAYS_SEARCHED: usize = OPENING_DAYS_MAX as usize + 4;

/// Finds the first instant from `at` on when the line is open: `at` itself when it is open now,
/// `None` when it does not open within [`OPENING_DAYS_MAX`] days.
#[must_use]
pub fn next_open(line: &Line, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_opening(line, &Wall::around(line.zone, at), at)
}

pub(super) fn next_opening(line: &Line, wall: &Wall, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if reach(line, wall, at).is_some() { Some(at) } else { opening_after(line, wall, at) }
}

/// Finds the next opening of a line that is closed at `at`.
pub(super) fn opening_after(line: &Line, wall: &Wall, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    plain_opening(line, wall, at).or_else(|| searched_opening(line, wall, at))
}

/// Finds the next opening where nothing is odd, which is most of the time: the nearest weekly
/// start, unless a holiday, a special day, a closure or a moving clock could have a say.
fn plain_opening(line: &Line, wall: &Wall, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let shown = wall.look(at);
    let (opening, date) = shown.after(line.hours.iter().map(|window| shown.seconds_to(*window)).min()?)?;
    let odd_day = is_free(line, date) || line.special.iter().any(|special| special.date <= date && shown.near_or_after(special.date));
    let closed = line.closures.iter().any(|closure| closure.from <= opening && at < closure.to);
    (!odd_day && !closed && wall.is_steady(at, opening)).then_some(opening)
}

fn searched_opening(line: &Line, wall: &Wall, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let bound = at.checked_add_signed(TimeDelta::days(OPENING_DAYS_MAX))?;
    let first = wall.date(at).checked_sub_days(Days::new(2))?;
    let mut best: Option<DateTime<Utc>> = None;
    for date in first.iter_days().take(DAYS_SEARCHED) {
        // What starts on a later day starts no earlier than its midnight.
        if best.is_some_and(|best| best <= wall.midnight(date)) {
            break;
        }
        let opening = windows_on(line, wall, date).filter_map(|span| first_open(line, span, at)).min();
        best = [best, opening].into_iter().flatten().min();
    }
    best.filter(|best| *best < bound)
}

/// Finds the first instant of `span` from `at` on that no closure covers.
fn first_open(line: &Line, span: Span, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut open = span.from.max(at);
    while let Some(closure) = closure_at(line, open) {
        open = closure.to;
    }
    span.covers(open).then_some(open)
}

/// Returns the closure that covers `at`.
pub(super) fn closure_at(line: &Line, at: DateTime<Utc>) -> Option<&Closure> {
    line.closures.iter().find(|closure| closure.span().covers(at))
}

/// Returns what is told while the line is closed at `at`: the closure's words, else the special day's.
pub(super) fn words_at<'a>(line: &'a Line, wall: &Wall, at: DateTime<Utc>) -> Option<&'a Bilingual> {
    let special = || line.special_on(wall.date(at))?.text.as_ref();
    closure_at(line, at).map(|closure| &closure.text).or_else(special)
}

/// Tells until when the line is open at `at`: `None` when it is closed, `Some(None)` when
/// no closing is in sight.
#[expect(clippy::option_option, reason = "closed, open till, open for good are three answers")]
pub(super) fn open_until(line: &Line, wall: &Wall, at: DateTime<Utc>) -> Option<Option<DateTime<Utc>>> {
    let until = follow(at, |at| reach(line, wall, at))?;
    Some((until < in_sight(at)).then_some(until))
}

/// Returns the end of the opening that covers `at`, cut where a closure begins.
fn reach(line: &Line, wall: &Wall, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let shown = wall.look(at);
    let weekly = line.hours.iter().filter_map(|window| wall.running(*window, &shown));
    let weekly = weekly.filter(|run| !run.date().is_some_and(|date| is_free(line, date) || line.special_on(date).is_some()));
    let special = line.special.iter().filter(|special| shown.near(special.date));
    let special = special.flat_map(|day| day.windows().filter_map(|window| wall.running(window, &shown).filter(|run| run.date() == Some(day.date))));
    let end = weekly.chain(special).map(|run| run.end).max()?;
    if closure_at(line, at).is_some() {
        return None;
    }
    let cuts = line.closures.iter().filter(|closure| closure.from < closure.to && at < closure.from);
    Some(cuts.map(|closure| closure.from).min().map_or(end, |cut| cut.min(end)))
}

/// Follows touching stretches: `reach` tells the end of the one that covers an instant.
pub(super) fn follow(at: DateTime<Utc>, reach: impl Fn(DateTime<Utc>) -> Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let last = in_sight(at);
    let mut until = reach(at)?;
    while until < last {
        match reach(until) {
            Some(further) => until = further,
            None => break,
        }
    }
    Some(until)
}

pub(super) fn in_sight(at: DateTime<Utc>) -> DateTime<Utc> {
    at.checked_add_signed(FOLLOWED_MAX).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Tells whether a public holiday cancels the weekly windows that would start on `date`.
pub(super) fn is_free(line: &Line, date: NaiveDate) -> bool {
    line.holidays && holiday::named(date).is_some()
}

/// Returns the openings that start on `date`, closures not yet cut out.
pub(super) fn windows_on<'a>(line: &'a Line, wall: &'a Wall, date: NaiveDate) -> impl Iterator<Item = Span> + 'a {
    let (weekday, special) = (date.weekday(), line.special_on(date));
    let weekly = line.hours.iter().filter(move |window| special.is_none() && window.weekday == weekday && !is_free(line, date));
    let windows = weekly.copied().chain(special.into_iter().flat_map(SpecialDay::windows));
    windows.map(move |window| wall.span(window, date)).filter(|span| span.from < span.to)
}

/// Returns the open stretches that start on `date`, in order, joined, closures cut out.
pub(super) fn open_on(line: &Line, wall: &Wall, date: NaiveDate) -> Vec<Span> {
    let windows = span::joined(windows_on(line, wall, date).collect());
    span::without(windows, line.closures.iter().map(Closure::span))
}

/// Tells whether `date` has a weekly window, whatever closes or replaces it.
pub(super) fn has_window(line: &Line, date: NaiveDate) -> bool {
    line.hours.iter().any(|window| window.weekday == date.weekday())
}
