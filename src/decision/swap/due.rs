//! When a question nobody has answered is asked again: half-way to the shift, in waking hours.

use crate::routing::Span;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

/// The hours of a day in which a question may be repeated.
const WAKING: std::ops::Range<u32> = 8..20;

/// Returns when a question asked at `asked` about something that begins at `begins` is asked
/// again; when nobody could be woken before it begins, that is the beginning itself.
pub(super) fn reminder(asked: DateTime<Utc>, begins: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let half = begins.signed_duration_since(asked) / 2;
    asked.checked_add_signed(half).map_or(begins, |at| waking(at, zone)).min(begins)
}

fn waking(at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let wall = at.with_timezone(&zone).naive_local();
    let day = match wall.hour() {
        hour if WAKING.contains(&hour) => return at,
        hour if hour < WAKING.start => Some(wall.date()),
        _ => wall.date().succ_opt(),
    };
    let morning = day.zip(NaiveTime::from_hms_opt(WAKING.start, 0, 0)).map(|(day, time)| NaiveDateTime::new(day, time));
    morning.map_or(at, |morning| Span::on_wall(zone, morning, morning).from)
}

#[cfg(test)]
mod tests {
    use super::reminder;
    use chrono::{DateTime, Utc};
    use chrono_tz::Europe::Prague;

    #[test]
    fn half_way_but_in_waking_hours() {
        let utc = |text: &str| -> DateTime<Utc> { format!("{text}:00Z").parse().unwrap() };
        // Prague is an hour ahead of UTC in winter.
        let table = [
            ("2026-12-02T08:00", "2026-12-04T08:00", "2026-12-03T08:00"),
            ("2026-12-02T08:00", "2026-12-02T12:00", "2026-12-02T10:00"),
            ("2026-12-02T20:00", "2026-12-03T08:00", "2026-12-03T07:00"),
            ("2026-12-02T18:00", "2026-12-03T00:00", "2026-12-03T00:00"),
            ("2026-12-02T17:00", "2026-12-05T05:00", "2026-12-04T07:00"),
            ("2026-03-28T16:00", "2026-03-29T16:00", "2026-03-29T06:00"),
        ];
        for (asked, begins, expected) in table {
            assert_eq!(reminder(utc(asked), utc(begins), Prague), utc(expected), "{asked} {begins}");
        }
    }
}
