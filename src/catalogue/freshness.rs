//! How old our knowledge of a service is, in words a person uses.

use crate::domain::Lang;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::{Europe::Prague, Tz};

/// The zone whose midnight turns "today" into "yesterday": every service is in it.
pub(super) const ZONE: Tz = Prague;
/// Older knowledge is marked: half a year is how often a provider is asked at the latest.
const OLD_DAYS: i64 = 180;
/// Older knowledge is withheld: a year without a word mostly means the entry is wrong.
const STALE_DAYS: i64 = 365;

/// When somebody who knows last spoke of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Freshness {
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// So many days ago, two to fourteen.
    DaysAgo(i64),
    /// On a day longer ago, with how many days that is.
    On(i64, NaiveDate),
    /// Never.
    Never,
}

impl Freshness {
    /// Compares the instant somebody spoke with the day of the question.
    #[must_use]
    pub fn of(heard_at: Option<DateTime<Utc>>, today: NaiveDate) -> Self {
        Self::since(heard_at.map(day_of), today)
    }

    /// Compares the day somebody spoke with the day of the question.
    pub(super) fn since(heard_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        let Some(day) = heard_on else { return Self::Never };
        match today.signed_duration_since(day).num_days() {
            ..=0 => Self::Today,
            1 => Self::Yesterday,
            days @ 2..=14 => Self::DaysAgo(days),
            days => Self::On(days, day),
        }
    }

    /// Returns the words, such as "ověřeno před 3 dny"; `today` decides whether the year is said.
    #[must_use]
    pub fn words(self, today: NaiveDate, lang: Lang) -> String {
        match self {
            Self::Today => lang.pick("ověřeno dnes", "confirmed today").to_owned(),
            Self::Yesterday => lang.pick("ověřeno včera", "confirmed yesterday").to_owned(),
            Self::DaysAgo(days) => match lang {
                Lang::Cs => format!("ověřeno před {days} dny"),
                Lang::En => format!("confirmed {days} days ago"),
            },
            Self::On(_, day) if self.is_old() => {
                format!("{} {}", lang.pick("údaje staré, naposledy ověřeno", "old entry, last confirmed"), date(day, today, lang))
            }
            Self::On(_, day) => format!("{} {}", lang.pick("ověřeno", "confirmed"), date(day, today, lang)),
            Self::Never => lang.pick("dosud neověřeno", "never confirmed").to_owned(),
        }
    }

    /// Tells whether the age of the entry must be said with a warning.
    #[must_use]
    pub const fn is_old(self) -> bool {
        matches!(self, Self::Never | Self::On(OLD_DAYS.., _))
    }

    /// Tells whether the entry is too old to be shown at all. One that was never confirmed
    /// is shown with a warning: a register just imported has no confirmations.
    #[must_use]
    pub const fn is_stale(self) -> bool {
        matches!(self, Self::On(STALE_DAYS.., _))
    }

    /// Ranks for sorting: this week, this month, this half-year, older, never.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Today | Self::Yesterday | Self::DaysAgo(..=7) => 0,
            Self::DaysAgo(_) | Self::On(..=30, _) => 1,
            Self::On(days, _) if days < OLD_DAYS => 2,
            Self::On(..) => 3,
            Self::Never => 4,
        }
    }
}

/// Returns the day of an instant in [`ZONE`]; costly enough to be done once a service.
pub(super) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// Writes a day as people do: "2. 11.", with the year when it is not this one.
pub(super) fn date(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let year = day.year() != today.year();
    match (lang, year) {
        (Lang::Cs, false) => format!("{}. {}.", day.day(), day.month()),
        (Lang::Cs, true) => format!("{}. {}. {}", day.day(), day.month(), day.year()),
        (Lang::En, false) => day.format("%-d %B").to_string(),
        (Lang::En, true) => day.format("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::Freshness;
    use crate::domain::Lang;
    use chrono::{NaiveDate, TimeZone, Utc};

    #[test]
    fn age_in_words() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let table = [
            ((2026, 11, 21, 8), "ověřeno dnes", false, false),
            ((2026, 11, 22, 8), "ověřeno dnes", false, false),
            // 23:30 UTC on the 19th is the 20th in Prague.
            ((2026, 11, 19, 23), "ověřeno včera", false, false),
            ((2026, 11, 18, 8), "ověřeno před 3 dny", false, false),
            ((2026, 11, 2, 8), "ověřeno 2. 11.", false, false),
            ((2026, 5, 25, 8), "údaje staré, naposledy ověřeno 25. 5.", true, false),
            ((2025, 11, 21, 8), "údaje staré, naposledy ověřeno 21. 11. 2025", true, true),
        ];
        for ((y, m, d, h), words, old, stale) in table {
            let fresh = Freshness::of(Some(Utc.with_ymd_and_hms(y, m, d, h, 30, 0).unwrap()), today);
            assert_eq!((fresh.words(today, Lang::Cs).as_str(), fresh.is_old(), fresh.is_stale()), (words, old, stale));
        }
        assert!(Freshness::Never.is_old() && !Freshness::Never.is_stale());
    }
}
