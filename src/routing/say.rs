//! Words for instants, in Czech and English, for a person who sits in the line's zone:
//! "dnes v 9:00", "zítra ve 13:00", "v pondělí 4. 1. v 9:00".
//! A year is said only where it could be mistaken.

use super::{Span, Window};
use crate::domain::Lang;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// Days beyond which a date without its year could be mistaken.
const YEAR_CLEAR_DAYS: TimeDelta = TimeDelta::days(180);

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Says when something is, as seen from `now`: `dnes v 9:00`, `on Monday 4 January at 9:00`.
#[must_use]
pub fn say_when(at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>, lang: Lang) -> String {
    let (at, today) = (local(at, zone), local(now, zone).0);
    let (date, time) = at;
    let day = near_day(date, today, lang).map_or_else(|| on_day(date, today, lang), str::to_owned);
    format!("{day} {}", at_time(time, lang))
}

/// Says a date with its weekday: `pondělí 4. 1.`, `Monday 4 January`; with the year when it is
/// more than half a year from `today`.
#[must_use]
pub fn say_date(date: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let far = date.signed_duration_since(today).abs() > YEAR_CLEAR_DAYS;
    let year = if far { format!(" {}", date.year()) } else { String::new() };
    format!("{} {}{year}", weekday(date.weekday(), lang), day_and_month(date, lang))
}

/// Says the time on the wall: `9:00`.
#[must_use]
pub fn say_time(at: DateTime<Utc>, zone: Tz) -> String {
    clock(local(at, zone).1)
}

/// Says a shift by the day it begins on: `středa 9. 12. 9:00–15:00`, `středa 9. 12. celý den`.
#[must_use]
pub fn say_shift(span: Span, zone: Tz, now: DateTime<Utc>, lang: Lang) -> String {
    let ((date, begins), (last, ends)) = (local(span.from, zone), local(span.to, zone));
    let day = say_date(date, local(now, zone).0, lang);
    match (begins == NaiveTime::MIN, ends == NaiveTime::MIN) {
        (true, true) if date.succ_opt() == Some(last) => format!("{day} {}", lang.pick("celý den", "all day")),
        (_, true) => format!("{day} {}–24:00", clock(begins)),
        (_, false) => format!("{day} {}–{}", clock(begins), clock(ends)),
    }
}

/// Says day and month alone: `4. 1.`, `4 January`.
#[must_use]
pub fn day_and_month(date: NaiveDate, lang: Lang) -> String {
    let month = usize::try_from(date.month0()).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    match lang {
        Lang::Cs => format!("{}. {}.", date.day(), date.month()),
        Lang::En => format!("{} {month}", date.day()),
    }
}

/// Says an instant as a log would: `St 2. 12. 10:15`, `Wed 2 December 10:15`.
pub(super) fn stamp(at: DateTime<Utc>, zone: Tz, lang: Lang) -> String {
    let (date, time) = local(at, zone);
    format!("{} {} {}", short_weekday(date.weekday(), lang), day_and_month(date, lang), clock(time))
}

/// Says until when a stretch lasts; one that ends at midnight lasts through the day before:
/// `do 3. 12.`, `until 3 December 14:00`.
pub(super) fn until(to: DateTime<Utc>, zone: Tz, lang: Lang) -> String {
    let (date, time) = local(to, zone);
    match date.pred_opt().filter(|_| time == NaiveTime::MIN) {
        Some(last) => format!("{} {}", lang.pick("do", "until the end of"), day_and_month(last, lang)),
        None => format!("{} {} {}", lang.pick("do", "until"), day_and_month(date, lang), clock(time)),
    }
}

/// Says a stretch with its years: whole days as `1. 12. 2026 – 3. 12. 2026`, else with times.
#[must_use]
pub fn stretch(span: Span, zone: Tz, lang: Lang) -> String {
    let ((from, begins), (to, ends)) = (local(span.from, zone), local(span.to, zone));
    let day = |date: NaiveDate| format!("{} {}", day_and_month(date, lang), date.year());
    let whole = begins == NaiveTime::MIN && ends == NaiveTime::MIN;
    match to.pred_opt().filter(|last| whole && *last >= from) {
        Some(last) if last == from => day(from),
        Some(last) => format!("{} – {}", day(from), day(last)),
        None if from == to => format!("{} {}–{}", day(from), clock(begins), clock(ends)),
        None => format!("{} {} – {} {}", day(from), clock(begins), day(to), clock(ends)),
    }
}

/// Says a weekly window: `Po 9:00–15:00`, `Mo 09:00-15:00`.
#[must_use]
pub fn window(window: Window, lang: Lang) -> String {
    match lang {
        Lang::Cs => format!("{} {}–{}", short_weekday(window.weekday, lang), window.from.spoken(), window.to.spoken()),
        Lang::En => window.to_string(),
    }
}

/// Returns the two-letter Czech or three-letter English weekday.
pub(super) const fn short_weekday(day: Weekday, lang: Lang) -> &'static str {
    match day {
        Weekday::Mon => lang.pick("Po", "Mon"),
        Weekday::Tue => lang.pick("Út", "Tue"),
        Weekday::Wed => lang.pick("St", "Wed"),
        Weekday::Thu => lang.pick("Čt", "Thu"),
        Weekday::Fri => lang.pick("Pá", "Fri"),
        Weekday::Sat => lang.pick("So", "Sat"),
        Weekday::Sun => lang.pick("Ne", "Sun"),
    }
}

const fn weekday(day: Weekday, lang: Lang) -> &'static str {
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

fn near_day(date: NaiveDate, today: NaiveDate, lang: Lang) -> Option<&'static str> {
    match date.signed_duration_since(today).num_days() {
        0 => Some(lang.pick("dnes", "today")),
        1 => Some(lang.pick("zítra", "tomorrow")),
        -1 => Some(lang.pick("včera", "yesterday")),
        _ => None,
    }
}

/// The date with its preposition; středa, sobota and neděle change their ending.
fn on_day(date: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let plain = say_date(date, today, lang);
    match (lang, date.weekday()) {
        (Lang::En, _) => format!("on {plain}"),
        (Lang::Cs, Weekday::Wed) => format!("ve {}", plain.replacen("středa", "středu", 1)),
        (Lang::Cs, Weekday::Thu) => format!("ve {plain}"),
        (Lang::Cs, Weekday::Sat) => format!("v {}", plain.replacen("sobota", "sobotu", 1)),
        (Lang::Cs, Weekday::Sun) => format!("v {}", plain.replacen("neděle", "neděli", 1)),
        (Lang::Cs, Weekday::Mon | Weekday::Tue | Weekday::Fri) => format!("v {plain}"),
    }
}

/// "ve" stands before hours that are spoken with a cluster at their beginning:
/// dvě, tři, čtyři, dvanáct, třináct, čtrnáct, dvacet and all that follow.
fn at_time(time: NaiveTime, lang: Lang) -> String {
    let before = match time.hour() {
        2..=4 | 12..=14 | 20.. => "ve",
        0..=1 | 5..=11 | 15..=19 => "v",
    };
    format!("{} {}", lang.pick(before, "at"), clock(time))
}

fn clock(time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

fn local(at: DateTime<Utc>, zone: Tz) -> (NaiveDate, NaiveTime) {
    let shown = super::wall::Wall::around(zone, at).shows(at);
    (shown.date(), shown.time())
}

#[cfg(test)]
mod tests {
    use super::{Span, say_date, say_shift, say_when};
    use crate::domain::Lang;
    use chrono::{DateTime, NaiveDate, Utc};
    use chrono_tz::Europe::Prague;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn shifts_in_words() {
        let now = utc("2026-12-02T11:00:00Z");
        let table = [
            ("2026-12-09T08:00:00Z", "2026-12-09T14:00:00Z", "středa 9. 12. 9:00–15:00", "Wednesday 9 December 9:00–15:00"),
            ("2026-12-08T23:00:00Z", "2026-12-09T23:00:00Z", "středa 9. 12. celý den", "Wednesday 9 December all day"),
            ("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z", "neděle 28. 3. celý den", "Sunday 28 March all day"),
            ("2026-12-09T17:00:00Z", "2026-12-09T23:00:00Z", "středa 9. 12. 18:00–24:00", "Wednesday 9 December 18:00–24:00"),
            ("2026-12-08T23:00:00Z", "2026-12-09T07:00:00Z", "středa 9. 12. 0:00–8:00", "Wednesday 9 December 0:00–8:00"),
            ("2026-12-09T17:00:00Z", "2026-12-10T05:00:00Z", "středa 9. 12. 18:00–6:00", "Wednesday 9 December 18:00–6:00"),
        ];
        for (from, to, cs, en) in table {
            let span = Span { from: utc(from), to: utc(to) };
            assert_eq!(say_shift(span, Prague, now, Lang::Cs), cs);
            assert_eq!(say_shift(span, Prague, now, Lang::En), en);
        }
    }

    #[test]
    fn instants_in_words() {
        let now = utc("2026-12-27T11:00:00Z");
        let table = [
            ("2026-12-27T08:00:00Z", "dnes v 9:00", "today at 9:00"),
            ("2026-12-28T12:05:00Z", "zítra ve 13:05", "tomorrow at 13:05"),
            ("2026-12-26T23:30:00Z", "dnes v 0:30", "today at 0:30"),
            ("2026-12-26T22:30:00Z", "včera ve 23:30", "yesterday at 23:30"),
            ("2027-01-04T08:00:00Z", "v pondělí 4. 1. v 9:00", "on Monday 4 January at 9:00"),
            ("2026-12-30T13:00:00Z", "ve středu 30. 12. ve 14:00", "on Wednesday 30 December at 14:00"),
            ("2026-12-31T14:00:00Z", "ve čtvrtek 31. 12. v 15:00", "on Thursday 31 December at 15:00"),
            ("2027-01-02T02:00:00Z", "v sobotu 2. 1. ve 3:00", "on Saturday 2 January at 3:00"),
            ("2027-01-03T09:00:00Z", "v neděli 3. 1. v 10:00", "on Sunday 3 January at 10:00"),
            ("2028-01-05T09:00:00Z", "ve středu 5. 1. 2028 v 10:00", "on Wednesday 5 January 2028 at 10:00"),
        ];
        for (at, cs, en) in table {
            assert_eq!(say_when(utc(at), Prague, now, Lang::Cs), cs);
            assert_eq!(say_when(utc(at), Prague, now, Lang::En), en);
        }
    }

    #[test]
    fn dates_in_words() {
        let (date, today) = (NaiveDate::from_ymd_opt(2027, 1, 4).unwrap(), NaiveDate::from_ymd_opt(2026, 12, 1).unwrap());
        assert_eq!(say_date(date, today, Lang::Cs), "pondělí 4. 1.");
        assert_eq!(say_date(date, today, Lang::En), "Monday 4 January");
        assert_eq!(say_date(date, date - chrono::Days::new(365), Lang::Cs), "pondělí 4. 1. 2027");
    }
}
