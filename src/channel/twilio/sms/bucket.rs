//! How fast one number may send, counted in parts of messages. Who finds the bucket empty is told when
//! to come again, one after another, so that they do not all come at once.

use chrono::{DateTime, Utc};

/// The parts one number may send at this moment.
#[derive(Debug, Clone)]
pub struct Bucket {
    per_second: f64,
    /// Parts that may leave; below zero after a long message.
    free: f64,
    /// Parts of those who were told to come again.
    promised: f64,
    at: Option<DateTime<Utc>>,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn new(per_second: f64) -> Self {
        let per_second = if per_second.is_finite() { per_second.max(0.01) } else { 1.0 };
        Self { per_second, free: per_second.max(1.0), promised: 0.0, at: None }
    }

    /// Takes the parts of one message.
    ///
    /// # Errors
    /// The seconds to wait, when nothing may leave now.
    pub fn take(&mut self, parts: usize, now: DateTime<Utc>) -> Result<(), u32> {
        let parts = u32::try_from(parts).map_or(f64::from(u32::MAX), f64::from);
        self.fill(now);
        if self.free >= 1.0 {
            self.free -= parts;
            self.promised = (self.promised - parts).max(0.0);
            return Ok(());
        }
        let wait = (1.0 - self.free + self.promised) / self.per_second;
        self.promised += parts;
        Err(seconds(wait))
    }

    /// Takes the parts of a message that waits for nobody; the others wait for it.
    pub fn take_at_once(&mut self, parts: usize, now: DateTime<Utc>) {
        self.fill(now);
        self.free -= u32::try_from(parts).map_or(f64::from(u32::MAX), f64::from);
    }

    fn fill(&mut self, now: DateTime<Utc>) {
        let before = self.at.replace(now).unwrap_or(now);
        // A clock that was set back adds nothing.
        let passed = now.signed_duration_since(before).to_std().map_or(0.0, |passed| passed.as_secs_f64());
        let (free, most) = (self.free + passed * self.per_second, self.per_second.max(1.0));
        self.free = free.min(most);
        // What nobody has come for is nobody's any more.
        self.promised = (self.promised - (free - most).max(0.0)).max(0.0);
    }
}

/// Whole seconds, at least one and at most an hour.
fn seconds(wait: f64) -> u32 {
    (1_u32..=3_600).find(|whole| f64::from(*whole) >= wait).unwrap_or(3_600)
}

#[cfg(test)]
mod tests {
    use super::Bucket;
    use chrono::{DateTime, TimeDelta, Utc};

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_000_000, 0).unwrap() + TimeDelta::milliseconds(milliseconds)
    }

    #[test]
    fn parts_leave_at_their_pace() {
        // parts per second, then: milliseconds, parts, answer
        type Row = (f64, &'static [(i64, usize, Result<(), u32>)]);
        let table: [Row; 5] = [
            (1.0, &[(0, 1, Ok(())), (0, 1, Err(1)), (0, 1, Err(2)), (0, 3, Err(3)), (0, 1, Err(6)), (1_000, 1, Ok(()))]),
            (1.0, &[(0, 3, Ok(())), (1_000, 1, Err(2)), (2_000, 1, Err(2)), (3_000, 1, Ok(()))]),
            (10.0, &[(0, 2, Ok(())), (0, 8, Ok(())), (0, 1, Err(1)), (100, 1, Ok(()))]),
            (0.1, &[(0, 1, Ok(())), (0, 1, Err(10)), (10_000, 1, Ok(()))]),
            (1.0, &[(0, 1, Ok(())), (-60_000, 1, Err(1)), (-59_000, 1, Ok(()))]),
        ];
        for (per_second, rows) in table {
            let mut bucket = Bucket::new(per_second);
            for (n, (time, parts, expected)) in rows.iter().enumerate() {
                assert_eq!(bucket.take(*parts, at(*time)), *expected, "{per_second} {n}");
            }
        }
    }

    #[test]
    fn what_is_urgent_waits_for_nobody_and_is_waited_for() {
        let mut bucket = Bucket::new(1.0);
        assert_eq!([bucket.take(1, at(0)), bucket.take(1, at(0))], [Ok(()), Err(1)]);
        bucket.take_at_once(3, at(0));
        assert_eq!([bucket.take(1, at(1_000)), bucket.take(1, at(4_000))], [Err(4), Ok(())]);
    }

    #[test]
    fn a_rate_that_is_none_still_lets_messages_out() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Bucket::new(rate).take(10, at(0)), Ok(()));
        }
    }

    #[test]
    fn over_a_minute_no_more_leaves_than_may() {
        let mut bucket = Bucket::new(2.0);
        let left = (0..60_000).step_by(50).filter(|time| bucket.take(1, at(*time)).is_ok()).count();
        assert!((119..=122).contains(&left), "{left}");
    }
}
