//! How many calls or messages came from each number lately. Who brings more than any person does is heard
//! no more for a while; kept in memory, for a restart may well forget it.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The stretch they are counted in.
const STRETCH: TimeDelta = TimeDelta::hours(1);
/// Numbers remembered; when there are more, those whose stretch is over are forgotten, else all.
const NUMBERS_MAX: usize = 10_000;

/// Counts calls or messages by number.
#[derive(Debug)]
pub(super) struct Flood {
    max: u32,
    seen: Mutex<HashMap<String, (DateTime<Utc>, u32)>>,
}

/// Whether a call or a message is one too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tide {
    /// It is not.
    Fair,
    /// It is the first one too many of its stretch.
    Rising,
    /// So were others before it.
    High,
}

impl Flood {
    /// Lets so many of one number through within an hour.
    pub(super) fn new(max: u32) -> Self {
        Self { max, seen: Mutex::default() }
    }

    /// Counts one more.
    pub(super) fn count(&self, number: &str, now: DateTime<Utc>) -> Tide {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: DateTime<Utc>| now.signed_duration_since(since) >= STRETCH || now < since;
        if seen.len() >= NUMBERS_MAX && !seen.contains_key(number) {
            seen.retain(|_, (since, _)| !over(*since));
            if seen.len() >= NUMBERS_MAX {
                seen.clear();
            }
        }
        let (since, count) = seen.entry(number.to_owned()).or_insert((now, 0));
        if over(*since) {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        match count.checked_sub(self.max) {
            None | Some(0) => Tide::Fair,
            Some(1) => Tide::Rising,
            Some(_) => Tide::High,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Flood, Tide};
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn more_than_a_person_sends_is_too_much_for_an_hour() {
        let flood = Flood::new(2);
        let at = |minutes| DateTime::from_timestamp(1_770_000_000, 0).unwrap() + TimeDelta::minutes(minutes);
        let table = [
            ("a", 0, Tide::Fair),
            ("a", 1, Tide::Fair),
            ("a", 2, Tide::Rising),
            ("b", 2, Tide::Fair),
            ("a", 59, Tide::High),
            ("a", 60, Tide::Fair),
        ];
        for (number, minutes, expected) in table {
            assert_eq!(flood.count(number, at(minutes)), expected, "{number} {minutes}");
        }
    }
}
