//! The clock on the wall of one zone, around one instant.
//!
//! The only place where wall-clock time becomes instants: a start is its first
//! occurrence, an end its last, and a time the zone leaves out is the first instant after
//! the gap. Where the zone does not move around the instant, plain arithmetic does; that
//! is most days of the year and what makes a duty decision cheap.

use super::{Span, Window};
use chrono::{DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono::{Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::{GapInfo, Tz};

/// Days before and after an instant that may share one offset, the wide stretch first. Their
/// ends are looked at; no zone moves its clocks and back within so few days.
const STRETCHES: [(TimeDelta, TimeDelta); 2] = [(TimeDelta::days(4), TimeDelta::days(9)), (TimeDelta::days(2), TimeDelta::days(2))];
/// What of it is used: a day is left at either end, longer than any change of offset.
const MARGIN: TimeDelta = TimeDelta::days(1);

/// Longer than any zone ever moved its clock (Samoa left out a whole day in 2011).
const SLACK_SECONDS_MAX: i64 = 25 * 3_600;

/// A zone, and the stretch around an instant where it is known not to move.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wall {
    zone: Tz,
    steady: Option<(Span, FixedOffset)>,
    /// By how much the clock moves nearby; windows further away than this are not looked up.
    slack_seconds: i64,
}

/// What the wall shows at one instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) at: DateTime<Utc>,
    pub(super) date: NaiveDate,
    /// Today and the day before as numbers, Monday is 0.
    weekdays: (u8, u8),
    second_of_day: i64,
    /// Seconds since Monday's midnight on the wall.
    second_of_week: i64,
    /// How far the wall may be from plain arithmetic; 0 on steady days.
    slack_seconds: i64,
}

/// One run of a window that covers an instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    today: NaiveDate,
    days_back: i64,
    /// The first instant after it.
    pub(super) end: DateTime<Utc>,
}

impl Run {
    /// Returns the date the run started on; most callers never ask.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        self.today.checked_sub_signed(TimeDelta::days(self.days_back))
    }
}

const DAY_SECONDS: i64 = 86_400;
const WEEK_SECONDS: i64 = 7 * DAY_SECONDS;

impl Shown {
    /// Tells whether a window that starts on `date` could run now.
    pub(super) fn near(&self, date: NaiveDate) -> bool {
        date.signed_duration_since(self.date).num_days().abs() <= 2
    }

    /// Tells by the day alone that `window` does not run; most windows of a week are done with this.
    #[inline]
    const fn rules_out(&self, window: Window) -> bool {
        let day = window.weekday as u8;
        let overnight = window.to.of_day() <= window.from.of_day();
        self.slack_seconds == 0 && day != self.weekdays.0 && !(overnight && day == self.weekdays.1)
    }

    /// Tells whether something that starts on `date` could run now or later.
    pub(super) fn near_or_after(&self, date: NaiveDate) -> bool {
        self.near(date) || self.date <= date
    }

    /// Returns the whole seconds to the next start of `window` by plain arithmetic; a start now is a week away.
    #[inline]
    pub(super) fn seconds_to(&self, window: Window) -> i64 {
        let start = i64::from(window.weekday.num_days_from_monday()) * DAY_SECONDS + i64::from(window.from.of_day()) * 60;
        let ahead = start - self.second_of_week;
        if ahead > 0 { ahead } else { ahead + WEEK_SECONDS }
    }

    /// Returns the instant that is whole `seconds` after the running second began, and its date.
    pub(super) fn after(&self, seconds: i64) -> Option<(DateTime<Utc>, NaiveDate)> {
        let date = self.date.checked_add_signed(TimeDelta::days((self.second_of_day + seconds) / DAY_SECONDS))?;
        let whole = TimeDelta::seconds(seconds) - TimeDelta::nanoseconds(i64::from(self.at.timestamp_subsec_nanos()));
        Some((self.at.checked_add_signed(whole)?, date))
    }

    /// Seconds since `window` last started, or, where the clock moves, since it is about to.
    #[inline]
    fn seconds_into(&self, window: Window) -> i64 {
        let start = i64::from(window.weekday.num_days_from_monday()) * DAY_SECONDS + i64::from(window.from.of_day()) * 60;
        let elapsed = self.second_of_week - start;
        if elapsed < -self.slack_seconds {
            elapsed + WEEK_SECONDS
        } else if elapsed >= WEEK_SECONDS - self.slack_seconds {
            elapsed - WEEK_SECONDS
        } else {
            elapsed
        }
    }
}

impl Wall {
    /// Looks at `zone` around `at`.
    pub(super) fn around(zone: Tz, at: DateTime<Utc>) -> Self {
        let steady = STRETCHES.into_iter().find_map(|(before, after)| steady(zone, at, before, after));
        Self { zone, steady, slack_seconds: if steady.is_some() { 0 } else { slack_seconds(zone, at) } }
    }

    /// Looks at `zone` without any short cut.
    pub(super) const fn exact(zone: Tz) -> Self {
        Self { zone, steady: None, slack_seconds: SLACK_SECONDS_MAX }
    }

    /// Returns what the wall shows at `at`.
    pub(super) fn shows(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let offset = match self.steady {
            Some((span, offset)) if span.covers(at) => offset,
            Some(_) | None => offset(self.zone, at),
        };
        at.naive_utc().checked_add_offset(offset).unwrap_or_else(|| at.naive_utc())
    }

    /// Tells whether the zone is known not to move between two instants, both included.
    pub(super) fn is_steady(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        self.steady.is_some_and(|(span, _)| span.covers(from) && span.covers(to))
    }

    /// Returns the date on the wall at `at`.
    pub(super) fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        self.shows(at).date()
    }

    /// Looks at the wall at `at`, for [`Wall::running`].
    pub(super) fn look(&self, at: DateTime<Utc>) -> Shown {
        let shown = self.shows(at);
        let slack_seconds = match self.steady {
            Some((span, _)) if span.covers(at) => 0,
            Some(_) => SLACK_SECONDS_MAX,
            None => self.slack_seconds,
        };
        let date = shown.date();
        let second_of_day = i64::from(shown.num_seconds_from_midnight());
        let second_of_week = i64::from(date.weekday().num_days_from_monday()) * DAY_SECONDS + second_of_day;
        let today = date.weekday() as u8;
        Shown { at, date, weekdays: (today, (today + 6) % 7), second_of_day, second_of_week, slack_seconds }
    }

    /// Returns the first instant of `date`.
    pub(super) fn midnight(&self, date: NaiveDate) -> DateTime<Utc> {
        self.start(NaiveDateTime::new(date, NaiveTime::MIN))
    }

    /// Returns the instant a wall-clock start means.
    pub(super) fn start(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.plain(local).unwrap_or_else(|| self.looked_up(local, MappedLocalTime::earliest))
    }

    /// Returns the instant a wall-clock end means.
    pub(super) fn end(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.plain(local).unwrap_or_else(|| self.looked_up(local, MappedLocalTime::latest))
    }

    /// Returns what `window` means when it starts on `date`; empty where the zone leaves all of it out.
    pub(super) fn span(&self, window: Window, date: NaiveDate) -> Span {
        let midnight = NaiveDateTime::new(date, NaiveTime::MIN);
        let from = window.from.of_day();
        let after = |minutes: u16| midnight.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(midnight);
        Span { from: self.start(after(from)), to: self.end(after(from + window.minutes())) }
    }

    /// Finds the run of `window` that covers the instant looked at.
    #[inline]
    pub(super) fn running(&self, window: Window, shown: &Shown) -> Option<Run> {
        if shown.rules_out(window) {
            return None;
        }
        // A run lasts at most a day on the wall, so arithmetic refuses nearly all of the rest.
        let elapsed = shown.seconds_into(window);
        let left = i64::from(window.minutes()) * 60 - elapsed;
        if left <= -shown.slack_seconds || elapsed < -shown.slack_seconds { None } else { self.run(window, shown, elapsed, left) }
    }

    fn run(&self, window: Window, shown: &Shown, elapsed: i64, left: i64) -> Option<Run> {
        let days_back = (elapsed + i64::from(window.from.of_day()) * 60 - shown.second_of_day) / DAY_SECONDS;
        let run = |end| Run { today: shown.date, days_back, end };
        if shown.slack_seconds == 0 {
            let rest = TimeDelta::seconds(left) - TimeDelta::nanoseconds(i64::from(shown.at.timestamp_subsec_nanos()));
            return Some(run(shown.at + rest));
        }
        let span = self.span(window, run(shown.at).date()?);
        span.covers(shown.at).then(|| run(span.to))
    }

    fn plain(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let (span, offset) = self.steady?;
        let at = local.checked_sub_offset(offset)?.and_utc();
        span.covers(at).then_some(at)
    }

    fn looked_up(&self, local: NaiveDateTime, choose: impl FnOnce(MappedLocalTime<DateTime<Tz>>) -> Option<DateTime<Tz>>) -> DateTime<Utc> {
        choose(self.zone.from_local_datetime(&local))
            .or_else(|| GapInfo::new(&local, &self.zone)?.end)
            .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }
}

fn offset(zone: Tz, at: DateTime<Utc>) -> FixedOffset {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix()
}

fn steady(zone: Tz, at: DateTime<Utc>, before: TimeDelta, after: TimeDelta) -> Option<(Span, FixedOffset)> {
    let (from, to) = (at.checked_sub_signed(before)?, at.checked_add_signed(after)?);
    let here = offset(zone, at);
    let moves = offset(zone, from) != here || offset(zone, to) != here;
    let span = Span { from: from.checked_add_signed(MARGIN)?, to: to.checked_sub_signed(MARGIN)? };
    (!moves).then_some((span, here))
}

/// The biggest difference of offsets in the wide stretch.
fn slack_seconds(zone: Tz, at: DateTime<Utc>) -> i64 {
    let here = i64::from(offset(zone, at).local_minus_utc());
    let ends = STRETCHES.into_iter().flat_map(|(before, after)| [at.checked_sub_signed(before), at.checked_add_signed(after)]);
    let differences = ends.map(|end| end.map_or(SLACK_SECONDS_MAX, |end| (i64::from(offset(zone, end).local_minus_utc()) - here).abs()));
    differences.max().unwrap_or(SLACK_SECONDS_MAX)
}
