//! Czech public holidays, computed for any year.
//!
//! Source: zákon č. 245/2000 Sb., § 1 (days of state) and § 2 (other days); Good Friday
//! was added by zákon č. 359/2015 Sb. from 2016 on. Nothing else is a holiday here:
//! days on which a line stays shut by its own will are closures.

use crate::domain::Bilingual;
use chrono::{Datelike, Days, NaiveDate};

const NEW_YEAR: (&str, &str) = ("Den obnovy samostatného českého státu", "New Year's Day");
const GOOD_FRIDAY: (&str, &str) = ("Velký pátek", "Good Friday");
const EASTER_MONDAY: (&str, &str) = ("Velikonoční pondělí", "Easter Monday");

/// The first year of the law, before which nothing is claimed.
const YEAR_MIN: i32 = 2000;
/// The first year with a free Good Friday.
const GOOD_FRIDAY_YEAR_MIN: i32 = 2016;

/// Returns the name of the public holiday on `date`, if it is one.
#[must_use]
pub fn holiday(date: NaiveDate) -> Option<Bilingual> {
    named(date).map(|(cs, en)| Bilingual::new(cs, en))
}

/// Returns the Czech and the English name without building anything.
pub(super) fn named(date: NaiveDate) -> Option<(&'static str, &'static str)> {
    if date.year() < YEAR_MIN {
        return None;
    }
    fixed(date.month(), date.day()).or_else(|| moving(date))
}

fn fixed(month: u32, day: u32) -> Option<(&'static str, &'static str)> {
    match (month, day) {
        (1, 1) => Some(NEW_YEAR),
        (5, 1) => Some(("Svátek práce", "Labour Day")),
        (5, 8) => Some(("Den vítězství", "Victory Day")),
        (7, 5) => Some(("Den slovanských věrozvěstů Cyrila a Metoděje", "Saints Cyril and Methodius Day")),
        (7, 6) => Some(("Den upálení mistra Jana Husa", "Jan Hus Day")),
        (9, 28) => Some(("Den české státnosti", "Czech Statehood Day")),
        (10, 28) => Some(("Den vzniku samostatného československého státu", "Independent Czechoslovak State Day")),
        (11, 17) => Some(("Den boje za svobodu a demokracii", "Struggle for Freedom and Democracy Day")),
        (12, 24) => Some(("Štědrý den", "Christmas Eve")),
        (12, 25) => Some(("1. svátek vánoční", "Christmas Day")),
        (12, 26) => Some(("2. svátek vánoční", "St Stephen's Day")),
        _ => None,
    }
}

fn moving(date: NaiveDate) -> Option<(&'static str, &'static str)> {
    // Easter falls on 22 March to 25 April; its neighbours are outside no other months.
    if !(3..=4).contains(&date.month()) {
        return None;
    }
    let easter = easter_sunday(date.year())?;
    if date.checked_sub_days(Days::new(1)) == Some(easter) {
        return Some(EASTER_MONDAY);
    }
    let friday = date.checked_add_days(Days::new(2)) == Some(easter);
    (friday && date.year() >= GOOD_FRIDAY_YEAR_MIN).then_some(GOOD_FRIDAY)
}

/// Returns Easter Sunday of a Gregorian year by the algorithm of Meeus, Jones and Butcher
/// (J. Meeus, Astronomical Algorithms, ch. 8); `None` before the calendar existed.
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let year_of_calendar = u32::try_from(year).ok().filter(|year| *year >= 1583)?;
    let golden = year_of_calendar % 19;
    let (century, of_century) = (year_of_calendar / 100, year_of_calendar % 100);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday + 114 - 7 * correction;
    NaiveDate::from_ymd_opt(year, days / 31, days % 31 + 1)
}

#[cfg(test)]
mod tests {
    use super::{easter_sunday, holiday};
    use chrono::{Datelike, Days, NaiveDate, Weekday};

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn easter_of_many_years() {
        let table = [
            (1961, 4, 2),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2016, 3, 27),
            (2019, 4, 21),
            (2020, 4, 12),
            (2021, 4, 4),
            (2022, 4, 17),
            (2023, 4, 9),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2031, 4, 13),
            (2032, 3, 28),
            (2033, 4, 17),
            (2034, 4, 9),
            (2035, 3, 25),
            (2038, 4, 25),
            (2285, 3, 22),
        ];
        for (year, month, day) in table {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)));
        }
        assert_eq!(easter_sunday(1200), None);
        assert!((1583..5000).filter_map(easter_sunday).all(|easter| easter.weekday() == Weekday::Sun));
    }

    #[test]
    fn a_year_has_thirteen_holidays_and_good_friday_came_in_2016() {
        let count = |year| date(year, 1, 1).iter_days().take_while(|day| day.year() == year).filter(|day| holiday(*day).is_some()).count();
        assert_eq!([2010, 2015, 2016, 2024, 2026, 2035].map(count), [12, 12, 13, 13, 13, 13]);
        // 2008: Easter Monday on 24 March; nothing else moves.
        assert_eq!(count(1999), 0);
    }

    #[test]
    fn easter_days_around_each_easter() {
        for year in 2024..=2035 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(holiday(easter - Days::new(2)).unwrap().cs, "Velký pátek");
            assert_eq!(holiday(easter + Days::new(1)).unwrap().en, "Easter Monday");
            assert_eq!(holiday(easter), None);
            assert_eq!(holiday(easter - Days::new(1)), None);
        }
    }

    #[test]
    fn fixed_days() {
        for (month, day) in [(1, 1), (5, 1), (5, 8), (7, 5), (7, 6), (9, 28), (10, 28), (11, 17), (12, 24), (12, 25), (12, 26)] {
            assert!(holiday(date(2026, month, day)).is_some(), "{day}. {month}.");
        }
        for (month, day) in [(1, 2), (3, 8), (5, 9), (7, 4), (12, 23), (12, 27), (12, 31)] {
            assert_eq!(holiday(date(2026, month, day)), None);
        }
        assert_eq!(holiday(date(2026, 12, 25)).unwrap().cs, "1. svátek vánoční");
    }
}
