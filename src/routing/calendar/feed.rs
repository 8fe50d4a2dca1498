//! The calendar of a line or an operator as a text other programs fetch again and again.
//!
//! Two fetches of an unchanged roster are the same to the byte: names come from line, person and
//! start, and every time of making is that of the roster's last version. Times are written in UTC,
//! for what was resolved are instants: an hour the clock shows twice stays unmistakable, and no
//! table of zones has to travel with them; each calendar shows them on its owner's wall.

use super::stretch::{Stretch, stretches};
use crate::domain::{CalendarOf, Lang, OperatorId};
use crate::routing::refusal::whole_name;
use crate::routing::wall::Wall;
use crate::routing::{Book, Closure, Line, Operator, Span};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use icalendar::{Calendar, Component, Event, Property};
use uuid::Uuid;

/// How far back a calendar goes.
const BACK: TimeDelta = TimeDelta::days(15);
/// How far ahead a calendar goes.
const AHEAD: TimeDelta = TimeDelta::days(180);
/// How often a calendar asks for news.
const REFRESH: &str = "PT1H";
/// Names what is made from line, person and start.
pub(super) const NAMED: Uuid = Uuid::from_u128(0x6c69_6e6b_612d_6361_6c65_6e64_6172_0001);
/// The place in the row, for a line that imports the calendar of another.
pub(super) const ORDER: &str = "X-LINKA-ORDER";
/// What the name of a closure begins with.
const CLOSED: [&str; 2] = ["Zavřeno", "Closed"];

/// Which version of the roster a calendar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The number of its last version; it only rises.
    pub version: i64,
    /// When that was made.
    pub at: DateTime<Utc>,
}

/// Writes the calendar of a line or an operator, fifteen days back and a hundred and eighty ahead;
/// `None` where nobody knows them.
#[must_use]
pub fn calendar(book: &Book, of: &CalendarOf, edition: Edition, now: DateTime<Utc>) -> Option<String> {
    let around = Span { from: now.checked_sub_signed(BACK).unwrap_or(now), to: now.checked_add_signed(AHEAD).unwrap_or(now) };
    let calendar = match of {
        CalendarOf::Line(id) => of_line(book, book.line(id)?, edition, around),
        CalendarOf::Operator(id) => of_operator(book, book.operators.iter().find(|operator| operator.id == *id)?, edition, around),
    };
    Some(calendar.to_string())
}

fn of_line(book: &Book, line: &Line, edition: Edition, around: Span) -> Calendar {
    let lang = language(book.operators.iter().find(|operator| operator.id == line.coordinator));
    let mut calendar = blank(&format!("Linka – {}", line.name.get(lang)), line.zone);
    for stretch in stretches(line, around) {
        let place = match lang {
            Lang::Cs => format!("{}. v pořadí", stretch.order),
            Lang::En => format!("place {} in the row", stretch.order),
        };
        calendar.push(served(line, &stretch, whole_name(&book.operators, &stretch.operator), &place, edition));
    }
    let mut closures: Vec<&Closure> = line.closures.iter().filter(|closure| closure.span().common(&around).is_some()).collect();
    closures.sort_by_key(|closure| closure.from);
    for closure in closures {
        calendar.push(closed(line, closure, lang, edition));
    }
    calendar
}

fn of_operator(book: &Book, operator: &Operator, edition: Edition, around: Span) -> Calendar {
    let lang = language(Some(operator));
    let title = format!("Linka – {}", operator.name);
    let mut calendar = blank(&title, Line::ZONE);
    for line in book.lines.iter().filter(|line| concerns(line, &operator.id)) {
        let name = line.name.get(lang);
        for stretch in stretches(line, around).into_iter().filter(|stretch| stretch.operator == operator.id) {
            let (summary, place) = match lang {
                Lang::Cs => (format!("Linka: {name} – služba"), format!("Ve službě jste {}. v pořadí.", stretch.order)),
                Lang::En => (format!("Linka: {name} – duty"), format!("You are asked as number {}.", stretch.order)),
            };
            calendar.push(served(line, &stretch, &summary, &place, edition));
        }
    }
    calendar
}

/// Tells whether a person could ever serve on a line: by its rules, or standing in.
fn concerns(line: &Line, who: &OperatorId) -> bool {
    line.people().chain(line.absences.iter().filter_map(|absence| absence.substitute.as_ref())).any(|person| person == who)
}

fn language(operator: Option<&Operator>) -> Lang {
    operator.and_then(|operator| operator.languages.first()).copied().unwrap_or_default()
}

fn blank(name: &str, zone: Tz) -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Linka//Linka//CS"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property((key, value));
    }
    calendar.append_property(("X-WR-CALNAME", plain(name).as_str()));
    calendar.append_property(("X-WR-TIMEZONE", zone.name()));
    calendar.append_property(Property::new("REFRESH-INTERVAL", REFRESH).append_parameter(("VALUE", "DURATION")).done());
    calendar.append_property(("X-PUBLISHED-TTL", REFRESH));
    calendar
}

fn served(line: &Line, stretch: &Stretch, summary: &str, place: &str, edition: Edition) -> Event {
    let mut event = event(&format!("shift\n{}\n{}\n{}", line.id, stretch.operator, stretch.span.from.timestamp()), summary, edition);
    event.append_property(("DTSTART", utc(stretch.span.from).as_str())).append_property(("DTEND", utc(stretch.span.to).as_str()));
    event.append_property((ORDER, stretch.order.to_string().as_str()));
    if stretch.order > 1 {
        event.description(place);
    }
    event.done()
}

/// A closure; one of whole days is written as such.
fn closed(line: &Line, closure: &Closure, lang: Lang, edition: Edition) -> Event {
    let [cs, en] = CLOSED;
    let summary = format!("{}: {}", lang.pick(cs, en), closure.text.get(lang));
    let mut event = event(&format!("closure\n{}\n{}", line.id, closure.from.timestamp()), &summary, edition);
    let wall = Wall::exact(line.zone);
    let (from, to) = (wall.shows(closure.from), wall.shows(closure.to));
    if from.time() == NaiveTime::MIN && to.time() == NaiveTime::MIN && from.date() < to.date() {
        for (key, day) in [("DTSTART", from), ("DTEND", to)] {
            event.append_property(Property::new(key, day.format("%Y%m%d").to_string()).append_parameter(("VALUE", "DATE")).done());
        }
    } else {
        event.append_property(("DTSTART", utc(closure.from).as_str())).append_property(("DTEND", utc(closure.to).as_str()));
    }
    event.append_property(("TRANSP", "TRANSPARENT"));
    event.done()
}

fn event(named: &str, summary: &str, edition: Edition) -> Event {
    let uid = Uuid::new_v5(&NAMED, named.as_bytes()).hyphenated().to_string();
    let mut event = Event::with_uid(&uid);
    event.summary(&plain(summary));
    for key in ["DTSTAMP", "LAST-MODIFIED"] {
        event.append_property((key, utc(edition.at).as_str()));
    }
    // A calendar that knows an entry already takes a change only with a higher number.
    event.append_property(("SEQUENCE", edition.version.to_string().as_str()));
    event.append_property(("STATUS", "CONFIRMED"));
    event.done()
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Leaves out what would break a line of the text; the rest is escaped where it is written.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
