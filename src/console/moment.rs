//! Instants as people read them, in the zone the coordinator lives in. Values in, words out;
//! `now` is always passed in. Who is on duty and the line's own texts speak through `routing`.

use crate::domain::Lang;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// The zone of the console.
pub(crate) const ZONE: Tz = Tz::Europe__Prague;

/// An instant in the forms a page needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// For machines: RFC 3339 in UTC.
    pub(crate) iso: String,
    /// The day in short: `dnes`, `po 2. 2.`, with the year when it is another one.
    pub(crate) day: String,
    /// The time of day: `14:05`.
    pub(crate) time: String,
}

impl Moment {
    /// Puts `at` into words as seen at `now`.
    #[must_use]
    pub(crate) fn of(at: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> Self {
        Self { iso: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(), day: short_day(day_of(at), day_of(now), lang), time: time(at) }
    }
}

/// Returns the day of an instant on the wall.
#[must_use]
pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// Writes the time of day: `9:05`.
#[must_use]
pub(crate) fn time(at: DateTime<Utc>) -> String {
    let wall = at.with_timezone(&ZONE);
    format!("{}:{:02}", wall.hour(), wall.minute())
}

/// Writes a day in short as seen from `today`.
#[must_use]
pub(crate) fn short_day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    match day.signed_duration_since(today).num_days() {
        0 => lang.pick("dnes", "today").to_owned(),
        1 => lang.pick("zítra", "tomorrow").to_owned(),
        -1 => lang.pick("včera", "yesterday").to_owned(),
        _ => format!("{} {}", weekday_short(day.weekday(), lang), date(day, today, lang)),
    }
}

/// Writes a date: `2. 2.`, with the year when it is another than today's.
#[must_use]
pub(crate) fn date(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let other_year = day.year() != today.year();
    match (lang, other_year) {
        (Lang::Cs, false) => format!("{}.\u{a0}{}.", day.day(), day.month()),
        (Lang::Cs, true) => format!("{}.\u{a0}{}.\u{a0}{}", day.day(), day.month(), day.year()),
        (Lang::En, false) => day.format("%-d\u{a0}%b").to_string(),
        (Lang::En, true) => day.format("%-d\u{a0}%b\u{a0}%Y").to_string(),
    }
}

/// Writes a day in full: `pondělí 2. února 2026`.
#[must_use]
pub(crate) fn long_day(day: NaiveDate, lang: Lang) -> String {
    const MONTHS: [&str; 12] =
        ["ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"];
    let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    match lang {
        Lang::Cs => format!("{} {}.\u{a0}{month}\u{a0}{}", weekday(day.weekday(), lang), day.day(), day.year()),
        Lang::En => day.format("%A %-d\u{a0}%B\u{a0}%Y").to_string(),
    }
}

/// Writes how far `at` is from `now`: `před 5 min`, `za 2 h 10 min`, `před 3 dny`.
#[must_use]
pub(crate) fn distance(at: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    let gap = at.signed_duration_since(now);
    let size = said(gap.abs(), gap < TimeDelta::zero(), lang);
    if gap.abs() < TimeDelta::minutes(1) {
        return lang.pick("právě teď", "just now").to_owned();
    }
    match (lang, gap < TimeDelta::zero()) {
        (Lang::Cs, true) => format!("před {size}"),
        (Lang::Cs, false) => format!("za {size}"),
        (Lang::En, true) => format!("{size} ago"),
        (Lang::En, false) => format!("in {size}"),
    }
}

/// Writes how long something lasts: `25 min`, `2 h 10 min`, `3 dny`.
#[must_use]
pub(crate) fn length(gap: TimeDelta, lang: Lang) -> String {
    said(gap.abs(), false, lang)
}

/// Writes a length: minutes below an hour, hours and minutes below a day, days above.
/// Czech days after "před" are said in another case than after "za".
fn said(gap: TimeDelta, past: bool, lang: Lang) -> String {
    let (days, hours, minutes) = (gap.num_days(), gap.num_hours(), gap.num_minutes());
    if days >= 1 {
        return match (lang, past, days) {
            (Lang::Cs, true, 1) => "1 dnem".to_owned(),
            (Lang::Cs, false, 1) => "1 den".to_owned(),
            (Lang::Cs, true, _) | (Lang::Cs, false, 2..=4) => format!("{days} dny"),
            (Lang::Cs, false, _) => format!("{days} dní"),
            (Lang::En, _, 1) => "1 day".to_owned(),
            (Lang::En, ..) => format!("{days} days"),
        };
    }
    match (hours, minutes % 60) {
        (0, 0) => lang.pick("méně než minutu", "less than a minute").to_owned(),
        (0, _) => format!("{minutes}\u{a0}min"),
        (_, 0) => format!("{hours}\u{a0}h"),
        (_, rest) => format!("{hours}\u{a0}h {rest}\u{a0}min"),
    }
}

/// Names a day of the week.
#[must_use]
pub(crate) const fn weekday(day: Weekday, lang: Lang) -> &'static str {
    match day {
        Weekday::Mon => lang.pick("pondělí", "Monday"),
        Weekday::Tue => lang.pick("úterý", "Tuesday"),
        Weekday::Wed => lang.pick("středa", "Wednesday"),
        Weekday::Thu => lang.pick("čtvrtek", "Thursday"),
        Weekday::Fri => lang.pick("pátek", "Friday"),
        Weekday::Sat => lang.pick("sobota", "Saturday"),
        Weekday::Sun => lang.pick("neděle", "Sunday"),
    }
}

/// Names a day of the week in two or three letters.
#[must_use]
pub(crate) const fn weekday_short(day: Weekday, lang: Lang) -> &'static str {
    match day {
        Weekday::Mon => lang.pick("po", "Mon"),
        Weekday::Tue => lang.pick("út", "Tue"),
        Weekday::Wed => lang.pick("st", "Wed"),
        Weekday::Thu => lang.pick("čt", "Thu"),
        Weekday::Fri => lang.pick("pá", "Fri"),
        Weekday::Sat => lang.pick("so", "Sat"),
        Weekday::Sun => lang.pick("ne", "Sun"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, distance, long_day};
    use crate::domain::Lang;
    use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};

    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 2, day, hour, minute, 0).unwrap()
    }

    #[test]
    fn days_are_those_on_the_wall() {
        let now = at(2, 8, 0);
        let table = [
            (at(2, 22, 59), "dnes", "23:59"),
            (at(2, 23, 0), "zítra", "0:00"),
            (at(1, 22, 30), "včera", "23:30"),
            (at(11, 8, 5), "st 11.\u{a0}2.", "9:05"),
        ];
        for (instant, day, time) in table {
            let moment = Moment::of(instant, now, Lang::Cs);
            assert_eq!((moment.day.as_str(), moment.time.as_str()), (day, time));
        }
        assert_eq!(Moment::of(at(1, 8, 0) - TimeDelta::days(60), now, Lang::Cs).day, "st 3.\u{a0}12.\u{a0}2025");
    }

    #[test]
    fn distances_in_both_languages() {
        let now = at(10, 8, 0);
        let table = [
            (0, "právě teď", "just now"),
            (-5, "před 5\u{a0}min", "5\u{a0}min ago"),
            (130, "za 2\u{a0}h 10\u{a0}min", "in 2\u{a0}h 10\u{a0}min"),
            (-24 * 60, "před 1 dnem", "1 day ago"),
            (-3 * 24 * 60, "před 3 dny", "3 days ago"),
            (5 * 24 * 60, "za 5 dní", "in 5 days"),
        ];
        for (minutes, cs, en) in table {
            let instant = now + TimeDelta::minutes(minutes);
            assert_eq!((distance(instant, now, Lang::Cs).as_str(), distance(instant, now, Lang::En).as_str()), (cs, en));
        }
    }

    #[test]
    fn a_long_day_declines_its_month() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 2).unwrap();
        assert_eq!(long_day(day, Lang::Cs), "pondělí 2.\u{a0}února\u{a0}2026");
        assert_eq!(long_day(day, Lang::En), "Monday 2\u{a0}February\u{a0}2026");
    }
}
