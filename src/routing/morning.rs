//! When people may be written to about what can wait: the mornings of working days, and the hours in
//! which people are awake. Pure; who is written to is decided elsewhere.

use super::holiday;
use super::wall::Wall;
use super::{Line, OperatorId, duty};
use crate::domain::{MORNING_HOUR, QUIET_FROM_HOUR, QUIET_TO_HOUR};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// Most days searched for a working morning; the longest row of holidays is four.
const DAYS_MAX: usize = 14;
/// Somebody who serves is awake so long before and after.
const AWAKE_AROUND: TimeDelta = TimeDelta::hours(1);

/// Lists the mornings of working days after one instant and up to another.
#[must_use]
pub fn mornings(zone: Tz, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let wall = Wall::exact(zone);
    let days = wall.date(after).iter_days().take_while(|date| *date <= wall.date(until));
    days.filter(|date| works(*date)).map(|date| morning(&wall, date)).filter(|at| after < *at && *at <= until).collect()
}

/// Returns the last morning of a working day at or before an instant.
#[must_use]
pub fn last_morning(zone: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
    let wall = Wall::exact(zone);
    let mut date = wall.date(at);
    for _ in 0..DAYS_MAX {
        let morning = morning(&wall, date);
        if works(date) && morning <= at {
            return morning;
        }
        date = date.pred_opt().unwrap_or(date);
    }
    at
}

/// Returns when people in a zone may be written to: at once by day, at its end by night.
#[must_use]
pub fn waking(zone: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
    let wall = Wall::exact(zone);
    let date = wall.date(at);
    match wall.shows(at).hour() {
        hour if hour < QUIET_TO_HOUR => at_hour(&wall, date, QUIET_TO_HOUR),
        hour if hour >= QUIET_FROM_HOUR => at_hour(&wall, date.succ_opt().unwrap_or(date), QUIET_TO_HOUR),
        _ => at,
    }
}

/// Returns when an operator of these lines may be written to: as others of the first line that names
/// the operator, and at any hour around the operator's own service.
#[must_use]
pub fn waking_of(lines: &[Line], operator: &OperatorId, at: DateTime<Utc>) -> DateTime<Utc> {
    let own = || lines.iter().filter(|line| line.people().any(|who| who == operator));
    let wakes = waking(own().next().map_or(Line::ZONE, |line| line.zone), at);
    let near = [TimeDelta::zero(), AWAKE_AROUND, -AWAKE_AROUND].into_iter().filter_map(|by| at.checked_add_signed(by));
    let serves = |line: &Line, at| duty(line, at).on_duty.iter().any(|on| on.operator == *operator);
    let awake = wakes > at && near.into_iter().any(|at| lines.iter().any(|line| serves(line, at)));
    if awake { at } else { wakes }
}

fn works(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && holiday(date).is_none()
}

fn morning(wall: &Wall, date: NaiveDate) -> DateTime<Utc> {
    at_hour(wall, date, MORNING_HOUR)
}

fn at_hour(wall: &Wall, date: NaiveDate, hour: u32) -> DateTime<Utc> {
    wall.start(date.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::{last_morning, mornings, waking, waking_of};
    use crate::routing::tests::{line, prague, shift};
    use crate::routing::{Line, OperatorId, Window};
    use chrono_tz::Tz::{Europe__Prague, Pacific__Apia};

    #[test]
    fn mornings_of_working_days() {
        let found = mornings(Europe__Prague, prague("2026-04-02 09:00"), prague("2026-04-09 08:59"));
        // Good Friday, the weekend and Easter Monday are left out.
        assert_eq!(found, [prague("2026-04-07 09:00"), prague("2026-04-08 09:00")]);
        assert_eq!(mornings(Europe__Prague, prague("2026-03-30 08:00"), prague("2026-03-30 09:00")), [prague("2026-03-30 09:00")]);
        assert_eq!(mornings(Pacific__Apia, prague("2026-02-02 12:00"), prague("2026-02-03 12:00")).len(), 1);
        for (at, last) in [
            ("2026-04-07 08:59", "2026-04-02 09:00"),
            ("2026-04-07 09:00", "2026-04-07 09:00"),
            ("2026-02-08 23:00", "2026-02-06 09:00"),
        ] {
            assert_eq!(last_morning(Europe__Prague, prague(at)), prague(last), "{at}");
        }
    }

    #[test]
    fn by_night_people_sleep() {
        for (at, wakes) in [
            ("2026-02-02 19:59", "2026-02-02 19:59"),
            ("2026-02-02 20:00", "2026-02-03 07:00"),
            ("2026-02-03 00:30", "2026-02-03 07:00"),
            ("2026-02-03 06:59", "2026-02-03 07:00"),
            ("2026-02-03 07:00", "2026-02-03 07:00"),
            ("2026-03-29 01:00", "2026-03-29 07:00"),
            ("2026-10-25 01:00", "2026-10-25 07:00"),
        ] {
            assert_eq!(waking(Europe__Prague, prague(at)), prague(wakes), "{at}");
        }
    }

    #[test]
    fn whoever_serves_by_night_is_awake() {
        let shifts = vec![shift("jana", "Mo 21:00-02:00", 1)];
        let line = Line { hours: vec![Window::read("Mo 21:00-02:00").unwrap()], shifts, ..line(Europe__Prague) };
        let wakes = |who: &str, at| waking_of(std::slice::from_ref(&line), &OperatorId::new(who), prague(at));
        for (who, at, expected) in [
            ("jana", "2026-02-02 20:00", "2026-02-02 20:00"),
            ("jana", "2026-02-02 23:00", "2026-02-02 23:00"),
            ("jana", "2026-02-03 02:30", "2026-02-03 02:30"),
            ("jana", "2026-02-03 03:00", "2026-02-03 07:00"),
            ("petr", "2026-02-02 23:00", "2026-02-03 07:00"),
        ] {
            assert_eq!(wakes(who, at), prague(expected), "{who} {at}");
        }
    }
}
