//! What messages and calls cost, and how much a day may cost.

use super::{fold_for_sms, sms_parts};
use serde::{Deserialize, Serialize};

/// Prices, in whatever currency they are written in.
#[derive(Debug, Clone, PartialEq)]
pub struct Tariff {
    /// How much a day may cost.
    pub of_day: f64,
    /// The price of one message part.
    pub part: f64,
    /// The price of one minute of a call out.
    pub minute: f64,
    /// Messages keep their diacritics, which takes more parts.
    pub keeps_diacritics: bool,
}

/// What left on a day and costs money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spent {
    /// Parts of messages.
    pub parts: i64,
    /// Minutes of calls to phones.
    pub minutes: i64,
}

/// What is urgent may cost so much more than the day's limit.
const URGENT_SHARE: f64 = 1.2;

impl Tariff {
    /// Counts the parts a text is sent in.
    #[must_use]
    pub fn parts(&self, text: &str) -> i64 {
        let parts = if self.keeps_diacritics { sms_parts(text) } else { sms_parts(&fold_for_sms(text)) };
        i64::try_from(parts).unwrap_or(i64::MAX)
    }

    /// Returns what was spent in money.
    #[must_use]
    pub fn cost(&self, Spent { parts, minutes }: Spent) -> f64 {
        let count = |units: i64| f64::from(i32::try_from(units).unwrap_or(i32::MAX));
        count(parts) * self.part + count(minutes) * self.minute
    }

    /// Tells whether nothing more may leave on a day that has cost so much.
    #[must_use]
    pub fn is_reached(&self, cost: f64, urgent: bool) -> bool {
        cost >= self.of_day * if urgent { URGENT_SHARE } else { 1.0 }
    }
}

/// Minutes a call is paid for: each that was begun.
#[must_use]
pub fn minutes_begun(seconds: u32) -> i64 {
    i64::from(seconds.div_ceil(60))
}

#[cfg(test)]
mod tests {
    use super::{Spent, Tariff, minutes_begun};

    #[test]
    fn a_day_costs_what_left_and_a_little_more_when_urgent() {
        let tariff = Tariff { of_day: 100.0, part: 2.0, minute: 3.0, keeps_diacritics: false };
        let table = [(0, 0, false, false), (49, 0, false, false), (50, 0, true, false), (20, 20, true, false), (60, 0, true, true), (0, 40, true, true)];
        for (parts, minutes, reached, even_urgent) in table {
            let cost = tariff.cost(Spent { parts, minutes });
            assert_eq!((tariff.is_reached(cost, false), tariff.is_reached(cost, true)), (reached, even_urgent), "{parts} {minutes}");
        }
        assert_eq!((tariff.parts("Žluťoučký kůň"), tariff.parts(&"x".repeat(161))), (1, 2));
        assert_eq!(Tariff { keeps_diacritics: true, ..tariff }.parts(&"ž".repeat(71)), 2);
        assert_eq!([0, 1, 60, 61].map(minutes_begun), [0, 1, 1, 2]);
    }
}
