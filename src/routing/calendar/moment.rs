//! Times as calendars write them: a day, a time on some zone's wall, an instant. What a wall-clock
//! time means is the rule of the whole line ([`Wall`]): a start is its first occurrence, an end its last.

use super::content::{Block, Content};
use crate::routing::wall::Wall;
use crate::routing::{Refusal, Span};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// The years a roster may speak of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// What Windows calls zones near us (Unicode CLDR, windowsZones).
const WINDOWS: [(&str, Tz); 8] = [
    ("Central Europe Standard Time", Tz::Europe__Prague),
    ("Central European Standard Time", Tz::Europe__Warsaw),
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("Romance Standard Time", Tz::Europe__Paris),
    ("GMT Standard Time", Tz::Europe__London),
    ("FLE Standard Time", Tz::Europe__Helsinki),
    ("GTB Standard Time", Tz::Europe__Bucharest),
    ("Coordinated Universal Time", Tz::UTC),
];

/// A time of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A whole day.
    Day(NaiveDate),
    /// A time on a wall.
    Wall(NaiveDateTime, Tz),
}

/// When an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Whole days, the second not included.
    Days(NaiveDate, NaiveDate),
    /// From a time on a wall for so long by the clock of the same wall.
    Wall(NaiveDateTime, NaiveDateTime, Tz),
    /// Exactly so, where the length is counted in hours or the walls differ.
    Exact(NaiveDateTime, Tz, DateTime<Utc>),
}

impl When {
    /// Reads when an event takes place.
    ///
    /// # Errors
    /// When a part is missing, cannot be read, or the end is not after the start.
    pub(super) fn read(block: &Block, zone: Tz) -> Result<Self, Refusal> {
        let start = block.find("DTSTART").ok_or_else(|| Refusal::new("událost nemá začátek", "the event has no start"))?;
        let start = Moment::read(start, zone)?;
        let when = match (start, block.find("DTEND"), block.find("DURATION")) {
            (_, Some(end), _) => until(start, Moment::read(end, zone)?),
            (_, None, Some(duration)) => lasting(start, &duration.value),
            (Moment::Day(day), None, None) => day.succ_opt().map(|next| Self::Days(day, next)),
            (Moment::Wall(..), None, None) => None,
        };
        let when = when.ok_or_else(|| Refusal::new("konec události chybí nebo mu nerozumíme", "the end of the event is missing or cannot be read"))?;
        if when.is_empty() { Err(Refusal::new("událost končí dřív, než začíná", "the event ends before it begins")) } else { Ok(when) }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Days(from, to) => to <= from,
            Self::Wall(from, to, zone) => to <= from && Wall::exact(*zone).end(*to) <= Wall::exact(*zone).start(*from),
            Self::Exact(from, zone, to) => *to <= Wall::exact(*zone).start(*from),
        }
    }

    /// Returns the stretch; days are those of `zone`.
    pub(super) fn span(&self, zone: Tz) -> Span {
        match self {
            Self::Days(from, to) => Span { from: Wall::exact(zone).midnight(*from), to: Wall::exact(zone).midnight(*to) },
            Self::Wall(from, to, zone) => Span::on_wall(*zone, *from, *to),
            Self::Exact(from, zone, to) => Span { from: Wall::exact(*zone).start(*from), to: *to },
        }
    }
}

impl Moment {
    /// Reads a property; a time without a zone is one of `zone`.
    pub(super) fn read(content: &Content, zone: Tz) -> Result<Self, Refusal> {
        let own = content.param("TZID").map(named).transpose()?;
        Self::of(content.value.trim(), own.unwrap_or(zone)).ok_or_else(|| unreadable(&content.value))
    }

    /// Reads several times of one property.
    pub(super) fn read_all(content: &Content, zone: Tz) -> Result<Vec<Self>, Refusal> {
        let zone = content.param("TZID").map(named).transpose()?.unwrap_or(zone);
        content.value.split(',').map(|value| Self::of(value.trim(), zone).ok_or_else(|| unreadable(value))).collect()
    }

    /// Reads `20261224`, `20261224T090000` or `20261224T080000Z`.
    pub(super) fn of(text: &str, zone: Tz) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let date = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|date| text.len() == 8 && digits(text) && YEARS.contains(&date.year()));
        let Some((day, time)) = text.split_once('T') else { return date(text).map(Self::Day) };
        let (time, zone) = time.strip_suffix('Z').map_or((time, zone), |time| (time, Tz::UTC));
        if time.len() != 6 || !digits(time) {
            return None;
        }
        let number = |range| time.get(range).and_then(|part: &str| part.parse().ok());
        let time = NaiveTime::from_hms_opt(number(0..2)?, number(2..4)?, number(4..6)?)?;
        Some(Self::Wall(date(day)?.and_time(time), zone))
    }

    /// Returns the date on the wall of `zone`.
    pub(super) fn date_in(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Day(date) => date,
            Self::Wall(local, own) if own == zone => local.date(),
            Self::Wall(local, own) => Wall::exact(zone).date(Wall::exact(own).start(local)),
        }
    }
}

fn until(start: Moment, end: Moment) -> Option<When> {
    match (start, end) {
        (Moment::Day(from), Moment::Day(to)) => Some(When::Days(from, to)),
        (Moment::Wall(from, zone), Moment::Wall(to, other)) if zone == other => Some(When::Wall(from, to, zone)),
        (Moment::Wall(from, zone), Moment::Wall(to, other)) => Some(When::Exact(from, zone, Wall::exact(other).end(to))),
        (Moment::Day(_), Moment::Wall(..)) | (Moment::Wall(..), Moment::Day(_)) => None,
    }
}

/// Days are days of the wall, hours are exact (RFC 5545, 3.3.6).
fn lasting(start: Moment, duration: &str) -> Option<When> {
    let (days, seconds) = length(duration.trim())?;
    let days = TimeDelta::try_days(days)?;
    match start {
        Moment::Day(from) if seconds == 0 => Some(When::Days(from, from.checked_add_signed(days)?)),
        Moment::Day(_) => None,
        Moment::Wall(from, zone) if seconds == 0 => Some(When::Wall(from, from.checked_add_signed(days)?, zone)),
        Moment::Wall(from, zone) => {
            let end = Wall::exact(zone).start(from.checked_add_signed(days)?).checked_add_signed(TimeDelta::try_seconds(seconds)?)?;
            Some(When::Exact(from, zone, end))
        }
    }
}

/// Reads `P1W`, `P1DT2H` or `PT90M` as days and seconds; none is as long as a year.
fn length(text: &str) -> Option<(i64, i64)> {
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let sum = |text: &str, units: &[(char, i64)]| {
        let (mut total, mut rest) = (0_i64, text);
        while !rest.is_empty() {
            let (number, behind) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit())?)?;
            let (_, unit) = units.iter().find(|(letter, _)| behind.starts_with(*letter))?;
            total = total.checked_add(number.parse::<u16>().ok().map(i64::from)?.checked_mul(*unit)?)?;
            rest = behind.get(1..)?;
        }
        Some(total)
    };
    let (days, seconds) = (sum(date, &[('W', 7), ('D', 1)])?, sum(time, &[('H', 3_600), ('M', 60), ('S', 1)])?);
    (days < 366 && seconds < 366 * 86_400 && days + seconds > 0).then_some((days, seconds))
}

/// Finds a zone: by its own name, at the end of a longer one, or by what Windows calls it.
fn named(name: &str) -> Result<Tz, Refusal> {
    let parts: Vec<&str> = name.trim().trim_matches('"').split('/').filter(|part| !part.is_empty()).collect();
    let tails = (0..parts.len()).rev().take(3).filter_map(|from| parts.get(from..)).map(|tail| tail.join("/"));
    let known = tails.rev().find_map(|tail| tail.parse().ok());
    let windows = || WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name.trim())).map(|(_, zone)| *zone);
    known.or_else(windows).ok_or_else(|| Refusal {
        hint: Some(crate::domain::Bilingual::new("v kalendáři nastavte třeba Europe/Prague", "set Europe/Prague in the calendar, for example")),
        ..Refusal::new(format!("časové pásmo „{name}“ neznáme"), format!("the time zone `{name}` is not known"))
    })
}

fn unreadable(value: &str) -> Refusal {
    let value: String = value.chars().take(40).collect();
    Refusal::new(format!("času „{value}“ nerozumíme"), format!("the time `{value}` cannot be read"))
}
