//! When the client is released: every date of the text is found (`date`, `relative`), then the
//! words around it decide whether it is the release or an auction, a birth, an appointment.

mod date;
mod relative;

use super::lexicon::{Frame, Hit, Sense, Strength, near};
use super::words::Words;
use crate::domain::{Release, Topic};
use chrono::{Days, NaiveDate, TimeDelta};
use std::ops::Range;

/// A date as it was said, before the year is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// Day and month; the year when it was said.
    Day { day: u32, month: u32, year: Option<i32> },
    /// A part of a month, from day to day; the year when it was said.
    Part { month: u32, from: u32, to: u32, year: Option<i32> },
    /// A day of the month alone ("patnáctého").
    DayOnly(u32),
    /// A weekday, 0 = Monday, in this week's turn.
    Weekday { day: u32, turn: Turn },
    /// So many days from now, give or take.
    In { days: i64, spread: i64 },
    /// "today", "yesterday": only with a word for the release.
    Now(i64),
    /// From one weekday to another, 0 = Monday.
    Weekdays { from: u32, to: u32, turn: Turn },
    /// A stretch in days from now.
    Stretch { from: i64, to: i64 },
}

/// Which week a weekday belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The coming one.
    Coming,
    /// That day of the next calendar week.
    NextWeek,
    /// The coming one and so many weeks.
    Later(i64),
    /// The last one.
    Last,
}

/// A date of the text and the words it was said in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    span: Range<usize>,
    said: Said,
}

/// The last year that is written with four digits.
const YEAR_MAX: i32 = 9999;

/// The release and the words it came from.
pub(super) fn release(words: &Words<'_>, hits: &[Hit], today: NaiveDate) -> Option<(Release, Range<usize>)> {
    let mut best: Option<(i32, Found)> = None;
    for found in all(words) {
        let score = score(words, hits, &found);
        if score >= 0 && best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, found));
        }
    }
    let (_, found) = best?;
    let past = tense(words, hits, &found);
    resolve(&found.said, today, past).map(|release| (release, found.span))
}

/// All dates in the order of the text, none inside another.
fn all(words: &Words<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match date::at(words, at).or_else(|| relative::at(words, at)) {
            Some(date) => {
                at = date.span.end.max(at + 1);
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

/// A day without its year that lies so far back was hardly meant for the next year.
const LATELY: TimeDelta = TimeDelta::days(60);

/// Single days in the order of the text, with the bytes each is named in.
pub(super) fn days(words: &Words<'_>, today: NaiveDate) -> Vec<(NaiveDate, Range<usize>)> {
    let mut days = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = date::abbreviated(words, at).or_else(|| date::at(words, at)).or_else(|| relative::at(words, at));
        at = found.as_ref().map_or(at + 1, |found| found.span.end.max(at + 1));
        days.extend(found.and_then(|found| Some((one_day(&found.said, today)?, bytes(words, &found.span)?))));
    }
    days
}

fn one_day(said: &Said, today: NaiveDate) -> Option<NaiveDate> {
    if let Said::Day { day, month, year: None } = said
        && let Some(last) = on_day(*day, *month, None, today, Some(true)).filter(|last| today.signed_duration_since(*last) <= LATELY)
    {
        return Some(last);
    }
    match resolve(said, today, None)? {
        Release::On(day) => Some(day),
        Release::Window(..) => None,
    }
}

fn bytes(words: &Words<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let (first, last) = (words.at(span.start)?, words.at(span.end.checked_sub(1)?)?);
    Some(first.range.start..last.range.end)
}

/// How many words away a word for the release still speaks of a date.
const REACH: usize = 6;

/// Weighs the words around a date: above zero it is the release, below it is something else.
fn score(words: &Words<'_>, hits: &[Hit], found: &Found) -> i32 {
    let cue = |frame: Frame| nearest(words, hits, &found.span, frame);
    let release = cue(Frame::Release).into_iter().chain(cue(Frame::ReleasePast)).min();
    let other = cue(Frame::OtherDate);
    let told = match (release, other) {
        (Some(release), Some(other)) if other < release => -5,
        (Some(release), _) => 20 - i32::try_from(release).unwrap_or(0),
        (None, Some(_)) => -5,
        (None, None) => 0,
    };
    let needs_word = matches!(found.said, Said::Now(_) | Said::DayOnly(_) | Said::Stretch { .. });
    let vague = matches!(found.said, Said::Part { .. }) && released_word_missing(release);
    match told {
        0 if needs_word => -1,
        0 if vague => 0,
        0 => 1,
        told => told,
    }
}

fn released_word_missing(release: Option<usize>) -> bool {
    release.is_none()
}

/// Distance in words to the nearest cue of the same sentence; a cue across a clause counts double.
fn nearest(words: &Words<'_>, hits: &[Hit], span: &Range<usize>, frame: Frame) -> Option<usize> {
    let around = span.start.saturating_sub(2 * REACH)..span.end + 2 * REACH;
    near(hits, &around)
        .iter()
        .filter(|hit| hit.sense == Sense::Context(frame) && !(frame == Frame::Release && is_end_of_other(words, hits, hit)))
        .filter_map(|hit| {
            let outside = hit.span.end <= span.start || hit.span.start >= span.end || hit.span.start < span.start || is_inside_cue(words, frame, hit, span);
            let (distance, edge) = if hit.span.start >= span.end {
                (hit.span.start - span.end, span.end.saturating_sub(1))
            } else {
                (span.start.saturating_sub(hit.span.end), span.start)
            };
            let cue = if hit.span.start >= span.end { hit.span.start } else { hit.span.end.saturating_sub(1) };
            if !outside || !words.same_sentence(cue, edge) {
                return None;
            }
            let deadline = frame == Frame::OtherDate && hit.span.len() == 1 && matches!(words.word(hit.span.start), "do" | "nejpozdeji");
            // "soud ji zítra pustí": the court is who lets her out
            let court = frame == Frame::OtherDate && words.word(hit.span.start) == "soud" && (hit.span.end..hit.span.end + 6).any(|at| ["pust", "propust"].iter().any(|stem| words.word(at).starts_with(stem)) && words.same_clause(at, hit.span.start));
            if court {
                return None;
            }
            let within = matches!(words.word(span.start), "do") && hit.span.start == span.start;
            if deadline && (within || hit.span.end != span.start) {
                return None;
            }
            let same = words.same_clause(cue, edge) || bracketed(words, span);
            let behind = hit.span.start >= span.end;
            let cost = distance + if same { 0 } else { 4 } + usize::from(behind) + usize::from(frame == Frame::OtherDate && behind) * 2;
            let reach = if frame == Frame::OtherDate && !same { 4 } else { REACH + 3 };
            (cost <= reach).then_some(cost)
        })
        .min()
}

/// "podnájem mu končí 30. 4.", "smlouva do konce ledna": the end of a thing, not of the sentence.
fn is_end_of_other(words: &Words<'_>, hits: &[Hit], cue: &Hit) -> bool {
    let first = words.word(cue.span.start);
    let ends = ["konc", "skonc", "konec", "vyprs"].iter().any(|stem| first.starts_with(stem)) && cue.span.len() == 1;
    let thing = |hit: &&Hit| matches!(hit.sense, Sense::Topic(Topic::Housing | Topic::Documents | Topic::Benefits | Topic::Work | Topic::Health | Topic::Addiction, Strength::Thing | Strength::Trouble));
    let sentence = |at: usize| ["trest", "vykon", "vazb", "vtos", "kt"].iter().any(|stem| words.word(at).starts_with(stem));
    let around = cue.span.start.saturating_sub(4)..cue.span.end + 3;
    let near_thing = near(hits, &around).iter().filter(thing).any(|hit| hit.span.start < around.end && hit.span.end > around.start && words.same_clause(hit.span.start, cue.span.start) && words.number(hit.span.start.wrapping_sub(1)).is_none());
    ends && near_thing && !around.clone().any(sentence)
}

/// "do 14 dní", "venku týden": the word that begins the date is itself the cue.
fn is_inside_cue(words: &Words<'_>, frame: Frame, hit: &Hit, span: &Range<usize>) -> bool {
    let first = hit.span.len() == 1 && hit.span.start == span.start;
    first && (words.word(span.start) == "venku" || words.word(span.start) == "svobode" || (words.word(span.start) == "do" && frame == Frame::OtherDate))
}

/// "(propuštění 20. listopadu)", "výstupem (4.12.)": a date in brackets speaks of what stands before them.
fn bracketed(words: &Words<'_>, span: &Range<usize>) -> bool {
    words.lead(span.start).contains('(')
}

/// Tells whether the date was told as something that has happened: `Some(true)` for sure, `None` when open.
fn tense(words: &Words<'_>, hits: &[Hit], found: &Found) -> Option<bool> {
    let future = (found.span.start.saturating_sub(6)..found.span.end + 4)
        .filter(|at| words.same_sentence(*at, found.span.start))
        .any(|at| matches!(words.word(at), "bude" | "budou" | "budu" | "ma" | "az" | "will" | "by"));
    let Some(past) = nearest(words, hits, &found.span, Frame::ReleasePast) else {
        // "propuštěna 2. února" in March is behind us, "propuštěna 2. dubna" is to come
        let told = (1..=3).any(|back| is_released(words.before(found.span.start, back)));
        return (told && !future).then_some(false);
    };
    (past <= REACH && !future).then_some(())?;
    let passive = (1..=2).any(|back| words.before(found.span.start, back) == "released") && !(2..=4).any(|back| matches!(words.before(found.span.start, back), "was" | "been" | "were" | "got"));
    let open = passive || (found.span.start.saturating_sub(6)..found.span.end + 4).any(|at| words.word(at) == "venku");
    Some(!open)
}

/// "propuštěn", "pustili": said of somebody who is out.
fn is_released(word: &str) -> bool {
    matches!(word, "propusten" | "propustena" | "propusteny" | "pusten" | "pustena" | "pustili" | "propustili" | "sel" | "sla" | "vysel" | "vysla")
}

fn resolve(said: &Said, today: NaiveDate, past: Option<bool>) -> Option<Release> {
    match said {
        Said::Day { day, month, year } => on_day(*day, *month, *year, today, past).map(Release::On),
        Said::Part { month, from, to, year } => part(*month, *from, *to, *year, today, past),
        Said::DayOnly(day) => day_only(*day, today).map(Release::On),
        Said::Weekday { day, turn } => weekday(*day, *turn, today, past).map(Release::On),
        Said::In { days, spread: 0 } | Said::Now(days) => shift(today, *days).map(Release::On),
        Said::In { days, spread } => Some(Release::Window(shift(today, days - spread)?, shift(today, days + spread)?)),
        Said::Weekdays { from, to, turn } => {
            let first = weekday(*from, *turn, today, past)?;
            Some(Release::Window(first, shift(first, i64::from(to.saturating_sub(*from)))?))
        }
        Said::Stretch { from, to } => Some(Release::Window(shift(today, *from)?, shift(today, *to)?)),
    }
}

fn shift(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    let shifted = if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    shifted.filter(|day| year_of(*day) <= YEAR_MAX)
}

fn year_of(today: NaiveDate) -> i32 {
    chrono::Datelike::year(&today)
}

/// The next such date, or the last one when it has happened; when that is open, the nearer one.
fn on_day(day: u32, month: u32, year: Option<i32>, today: NaiveDate, past: Option<bool>) -> Option<NaiveDate> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let years = year_of(today) - 4..=year_of(today) + 8;
    let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let next = days.clone().find(|date| *date >= today);
    let last = days.rfind(|date| *date <= today);
    match past {
        None => next,
        Some(true) => last,
        Some(false) => nearer(last, next, today),
    }
}

fn nearer(last: Option<NaiveDate>, next: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    match (last, next) {
        (Some(last), Some(next)) => Some(if today - last < next - today { last } else { next }),
        (last, next) => next.or(last),
    }
}

fn part(month: u32, from: u32, to: u32, year: Option<i32>, today: NaiveDate, past: Option<bool>) -> Option<Release> {
    let window = |year: i32| {
        let last = last_of(year, month)?;
        let to = NaiveDate::from_ymd_opt(year, month, to).unwrap_or(last).min(last);
        Some((NaiveDate::from_ymd_opt(year, month, from).unwrap_or(last), to))
    };
    let now = year_of(today);
    let chosen = match (year, past) {
        (Some(year), _) => window(year),
        (None, None) => (now..=now + 1).filter_map(window).find(|(_, to)| *to >= today),
        (None, Some(false)) => (now - 1..=now + 1).filter_map(window).min_by_key(|(from, to)| ((*from - today).num_days().max((today - *to).num_days()), *from > today)),
        (None, Some(true)) => (now - 1..=now).rev().filter_map(window).find(|(from, _)| *from <= today),
    };
    chosen.map(|(from, to)| if from == to { Release::On(from) } else { Release::Window(from, to) })
}

/// The last day of a month.
fn last_of(year: i32, month: u32) -> Option<NaiveDate> {
    (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
}

fn day_only(day: u32, today: NaiveDate) -> Option<NaiveDate> {
    (0..62).filter_map(|ahead| shift(today, ahead)).find(|date| chrono::Datelike::day(date) == day)
}

fn weekday(day: u32, turn: Turn, today: NaiveDate, past: Option<bool>) -> Option<NaiveDate> {
    let current = i64::from(chrono::Datelike::weekday(&today).num_days_from_monday());
    let ahead = (i64::from(day) - current).rem_euclid(7);
    let coming = if ahead == 0 { 7 } else { ahead };
    match turn {
        Turn::Coming if past.is_some() => shift(today, ahead - 7),
        Turn::Coming => shift(today, coming),
        Turn::NextWeek => shift(today, 7 - current + i64::from(day)),
        Turn::Later(weeks) => shift(today, coming + 7 * weeks),
        Turn::Last => shift(today, ahead - 7),
    }
}

#[cfg(test)]
mod tests;
