//! Instants in words, as a person in Prague reads them: dates with the weekday, times,
//! and how far away a deadline is. Pure; every page and the demo's clock use it.

use crate::domain::Lang;
use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::{Europe::Prague, Tz};

const WEEKDAYS_CS: [&str; 7] = ["pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_CS: [&str; 12] = [
    "ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince",
];
const MONTHS_EN: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

/// Writes the day: "středa 4. února 2026".
#[must_use]
pub(super) fn day(at: DateTime<Utc>, lang: Lang) -> String {
    let local = local(at);
    let month = name(either(lang, &MONTHS_CS, &MONTHS_EN), local.month0());
    match lang {
        Lang::Cs => format!("{} {}. {month} {}", weekday(local.weekday(), lang), local.day(), local.year()),
        Lang::En => format!("{} {} {month} {}", weekday(local.weekday(), lang), local.day(), local.year()),
    }
}

/// Writes the time of day: "10:15".
#[must_use]
pub(super) fn time(at: DateTime<Utc>) -> String {
    let local = local(at);
    format!("{}:{:02}", local.hour(), local.minute())
}

/// Writes the shortest words that still say which day: "10:15" today, "Po 9:00" within
/// a week, "24. 12. 9:00" beyond it.
#[must_use]
pub(super) fn near(at: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    let (there, here) = (local(at), local(now));
    let days = (there.date_naive() - here.date_naive()).num_days();
    match days {
        0 => time(at),
        -6..=6 => format!("{} {}", short(there.weekday(), lang), time(at)),
        _ => format!("{}. {}. {}", there.day(), there.month(), time(at)),
    }
}

/// Writes how far a deadline is: "za 45 min", "za 3 h", "za 2 dny", "po termínu".
#[must_use]
pub(super) fn left(due: DateTime<Utc>, now: DateTime<Utc>, lang: Lang) -> String {
    let minutes = (due - now).num_minutes();
    match minutes {
        ..0 => lang.pick("po termínu", "overdue").to_owned(),
        0..=90 => format!("{} {minutes} min", lang.pick("za", "in")),
        91..=2_879 => format!("{} {} h", lang.pick("za", "in"), (minutes + 30) / 60),
        _ => format!("{} {}", lang.pick("za", "in"), days(minutes / 1_440, lang)),
    }
}

/// Returns the next instant after `now` when a Prague wall clock shows this weekday and time.
#[must_use]
pub(super) fn next_weekday(now: DateTime<Utc>, day: Weekday, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let today = local(now).date_naive();
    (0..=7)
        .filter_map(|days| today.checked_add_signed(Duration::days(days)))
        .filter(|date| date.weekday() == day)
        .find_map(|date| on(date, hour, minute).filter(|at| *at > now))
}

/// Returns the next instant after `now` when it is this day of the year at this time in Prague.
#[must_use]
pub(super) fn next_date(now: DateTime<Utc>, month: u32, day: u32, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let year = local(now).year();
    (year..=year + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find_map(|date| on(date, hour, minute).filter(|at| *at > now))
}

/// Reads what a browser's date-time field sends, "2026-02-04T10:15", as Prague time;
/// a repeated hour is its first occurrence, a missing one the moment after it.
#[must_use]
pub(super) fn read(field: &str) -> Option<DateTime<Utc>> {
    let (date, clock) = field.trim().split_once(['T', ' '])?;
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let mut parts = clock.split(':').map(str::parse::<u32>);
    on(date, parts.next()?.ok()?, parts.next()?.ok()?)
}

/// Writes an instant as a browser's date-time field takes it.
#[must_use]
pub(super) fn field(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m-%dT%H:%M").to_string()
}

fn on(date: NaiveDate, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let wall = date.and_hms_opt(hour, minute, 0)?;
    // No clock has ever leapt by more than a day.
    let minutes = (0..=1_440).filter_map(|minutes| wall.checked_add_signed(Duration::minutes(minutes)));
    minutes.into_iter().find_map(|wall| Prague.from_local_datetime(&wall).earliest()).map(|at| at.to_utc())
}

fn local(at: DateTime<Utc>) -> DateTime<Tz> {
    at.with_timezone(&Prague)
}

fn weekday(day: Weekday, lang: Lang) -> &'static str {
    name(either(lang, &WEEKDAYS_CS, &WEEKDAYS_EN), day.num_days_from_monday())
}

fn short(day: Weekday, lang: Lang) -> &'static str {
    const CS: [&str; 7] = ["Po", "Út", "St", "Čt", "Pá", "So", "Ne"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    name(either(lang, &CS, &EN), day.num_days_from_monday())
}

fn days(count: i64, lang: Lang) -> String {
    let word = match (lang, count) {
        (Lang::Cs, 2..=4) => "dny",
        (Lang::Cs, _) => "dnů",
        (Lang::En, _) => "days",
    };
    format!("{count} {word}")
}

fn name(names: &[&'static str], index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

const fn either<'a>(lang: Lang, cs: &'a [&'static str], en: &'a [&'static str]) -> &'a [&'static str] {
    match lang {
        Lang::Cs => cs,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_times_are_those_of_prague() {
        let evening = at("2026-02-03T23:30:00Z");
        assert_eq!(day(evening, Lang::Cs), "středa 4. února 2026");
        assert_eq!(day(evening, Lang::En), "Wednesday 4 February 2026");
        assert_eq!(time(evening), "0:30");
        assert_eq!(field(evening), "2026-02-04T00:30");
        assert_eq!(read("2026-02-04T00:30"), Some(evening));
        assert_eq!(read("2026-03-29T02:30"), Some(at("2026-03-29T01:00:00Z")), "the clock goes from 2:00 to 3:00");
    }

    #[test]
    fn what_a_browser_cannot_send_is_refused() {
        for text in ["", "2026-02-04", "2026-02-30T10:00", "2026-02-04T25:00", "999999-01-01T00:00", "aTb:c"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn near_instants_leave_out_the_day() {
        let now = at("2026-02-04T09:15:00Z");
        assert_eq!(near(at("2026-02-04T10:00:00Z"), now, Lang::Cs), "11:00");
        assert_eq!(near(at("2026-02-09T08:00:00Z"), now, Lang::Cs), "Po 9:00");
        assert_eq!(near(at("2026-12-24T08:00:00Z"), now, Lang::Cs), "24. 12. 9:00");
    }

    #[test]
    fn a_deadline_is_told_in_the_unit_that_fits() {
        let now = at("2026-02-04T09:15:00Z");
        let table = [
            ("2026-02-04T09:14:00Z", "po termínu"),
            ("2026-02-04T10:00:00Z", "za 45 min"),
            ("2026-02-04T12:10:00Z", "za 3 h"),
            ("2026-02-06T10:00:00Z", "za 2 dny"),
            ("2026-02-10T10:00:00Z", "za 6 dnů"),
        ];
        for (due, words) in table {
            assert_eq!(left(at(due), now, Lang::Cs), words);
        }
    }

    #[test]
    fn the_next_sunday_is_never_now() {
        let sunday = at("2026-02-08T22:00:00Z");
        assert_eq!(next_weekday(sunday, Weekday::Sun, 23, 0), Some(at("2026-02-15T22:00:00Z")));
        assert_eq!(next_weekday(sunday, Weekday::Mon, 9, 0), Some(at("2026-02-09T08:00:00Z")));
        assert_eq!(next_date(sunday, 12, 24, 10, 0), Some(at("2026-12-24T09:00:00Z")));
    }
}
