//! How long whoever guesses has to wait: the same rule wherever guesses are counted.

use chrono::TimeDelta;

/// The first lock.
const LOCK: TimeDelta = TimeDelta::hours(1);
/// Each further failure doubles the lock, up to 32 hours: nobody is shut out for days.
const DOUBLINGS_MAX: i64 = 5;

/// Returns how long nothing is judged after so many failures in a row, of which the last of `most` locks.
#[must_use]
pub fn lockout(failures: i64, most: i64) -> Option<TimeDelta> {
    let further = failures.checked_sub(most).filter(|further| *further >= 0)?;
    LOCK.checked_mul(1 << further.min(DOUBLINGS_MAX))
}

#[cfg(test)]
mod tests {
    use super::lockout;

    #[test]
    fn the_last_failure_locks_and_each_further_one_doubles() {
        let hours: Vec<i64> = (3..13).map(|n| lockout(n, 5).map_or(0, |lock| lock.num_hours())).collect();
        assert_eq!(hours, [0, 0, 1, 2, 4, 8, 16, 32, 32, 32]);
    }
}
