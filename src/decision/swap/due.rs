//! When a question nobody has answered is asked again: half-way to the shift, in waking hours.

use crate::routing::waking;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// Returns when a question asked at `asked` about something that begins at `begins` is asked
/// again; when nobody could be woken before it begins, that is the beginning itself.
pub(super) fn reminder(asked: DateTime<Utc>, begins: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let half = begins.signed_duration_since(asked) / 2;
    asked.checked_add_signed(half).map_or(begins, |at| waking(zone, at)).min(begins)
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
            ("2026-12-02T20:00", "2026-12-03T08:00", "2026-12-03T06:00"),
            ("2026-12-02T18:00", "2026-12-03T00:00", "2026-12-03T00:00"),
            ("2026-12-02T17:00", "2026-12-05T05:00", "2026-12-04T06:00"),
            ("2026-03-28T16:00", "2026-03-29T16:00", "2026-03-29T05:00"),
        ];
        for (asked, begins, expected) in table {
            assert_eq!(reminder(utc(asked), utc(begins), Prague), utc(expected), "{asked} {begins}");
        }
    }
}
