//! The resolver against a slow oracle that looks at every single minute.
//!
//! The oracle knows nothing of offsets: it lists what the wall shows at each minute of nine
//! days and finds starts (first occurrence), ends (last occurrence) and missing times (first
//! minute that shows more) by looking.

use super::{Closure, Escalation, Line, LineId, Minute, OperatorId, Shift, Window, days, duty, holiday, next_open};
use crate::domain::Bilingual;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

const DAY: usize = 1_440;
const DAY_MINUTES: i64 = 1_440;
const TABLE_DAYS: usize = 9;

/// What every minute of nine days shows, who is there and what is open.
struct Table {
    first: DateTime<Utc>,
    shown: Vec<NaiveDateTime>,
    open: Vec<bool>,
    served: Vec<Vec<bool>>,
}

impl Table {
    fn new(line: &Line, first: DateTime<Utc>) -> Self {
        let minutes = (0..TABLE_DAYS * DAY).map(|minute| after(first, minute));
        let shown = minutes.map(|at| at.with_timezone(&line.zone).naive_local()).collect();
        let mut table = Self { first, shown, open: vec![false; TABLE_DAYS * DAY], served: Vec::new() };
        for window in &line.hours {
            let open = std::mem::take(&mut table.open);
            table.open = table.marked(open, *window, |date| !(line.holidays && holiday(date).is_some()));
        }
        for closure in &line.closures {
            for minute in 0..table.open.len() {
                table.open[minute] &= !(closure.from <= table.at(minute) && table.at(minute) < closure.to);
            }
        }
        for shift in &line.shifts {
            let valid = |date| shift.valid_from.is_none_or(|first| first <= date) && shift.valid_to.is_none_or(|last| date <= last);
            let served = table.marked(vec![false; TABLE_DAYS * DAY], shift.window, valid);
            table.served.push(served);
        }
        table
    }

    fn at(&self, minute: usize) -> DateTime<Utc> {
        after(self.first, minute)
    }

    fn marked(&self, mut minutes: Vec<bool>, window: Window, counts: impl Fn(NaiveDate) -> bool) -> Vec<bool> {
        let first = self.shown[0].date() - Days::new(2);
        for date in first.iter_days().take(TABLE_DAYS + 4).filter(|date| date.weekday() == window.weekday && counts(*date)) {
            let midnight = date.and_time(NaiveTime::MIN);
            let next = if window.to <= window.from { DAY_MINUTES } else { 0 };
            let from = self.start(midnight + TimeDelta::minutes(i64::from(window.from.of_day())));
            let to = self.end(midnight + TimeDelta::minutes(i64::from(window.to.of_day()) + next));
            minutes.iter_mut().take(to).skip(from).for_each(|minute| *minute = true);
        }
        minutes
    }

    fn start(&self, local: NaiveDateTime) -> usize {
        self.shown.iter().position(|shown| *shown == local).unwrap_or_else(|| self.after(local))
    }

    fn end(&self, local: NaiveDateTime) -> usize {
        self.shown.iter().rposition(|shown| *shown == local).unwrap_or_else(|| self.after(local))
    }

    fn after(&self, local: NaiveDateTime) -> usize {
        self.shown.iter().position(|shown| *shown > local).unwrap_or(self.shown.len())
    }

    /// Everyone on duty with the lowest order, in the order of asking.
    fn on_duty(&self, line: &Line, minute: usize) -> Vec<(String, u8)> {
        let mut people: Vec<(String, u8)> = Vec::new();
        for (shift, served) in line.shifts.iter().zip(&self.served) {
            if !(served[minute] && self.open[minute]) {
                continue;
            }
            match people.iter_mut().find(|(name, _)| *name == shift.operator.0) {
                Some((_, order)) => *order = shift.order.min(*order),
                None => people.push((shift.operator.0.clone(), shift.order)),
            }
        }
        people.sort_by_key(|(_, order)| *order);
        people
    }

    fn first_from(&self, minute: usize, wanted: impl Fn(usize) -> bool) -> Option<DateTime<Utc>> {
        // The last two days of the table may miss windows that the table cuts off.
        (minute..(TABLE_DAYS - 2) * DAY).find(|minute| wanted(*minute)).map(|minute| self.at(minute))
    }
}

fn after(first: DateTime<Utc>, minutes: usize) -> DateTime<Utc> {
    first + TimeDelta::minutes(i64::try_from(minutes).unwrap())
}

fn window() -> impl Strategy<Value = Window> {
    (0..7u8, 0..96u16, 0..=96u16).prop_map(|(day, from, to)| Window {
        weekday: Weekday::try_from(day).unwrap(),
        from: Minute::new(from / 4, from % 4 * 15).unwrap(),
        to: Minute::new(to / 4, to % 4 * 15).unwrap(),
    })
}

/// Nights on which a zone moves its clock, and ordinary and holy days between them.
fn somewhere() -> impl Strategy<Value = (Tz, DateTime<Utc>)> {
    let nights: [(Tz, &[&str]); 5] = [
        (Tz::Europe__Prague, &["2026-03-29", "2026-10-25", "2026-12-24", "2026-04-05", "2024-02-28"]),
        // Until 2011 the clocks of Newfoundland moved at 0:01, so a date came twice.
        (Tz::America__St_Johns, &["2006-04-02", "2006-10-29", "2026-03-08", "2026-11-01", "2026-07-05"]),
        (Tz::Australia__Lord_Howe, &["2026-04-05", "2026-10-04"]),
        (Tz::Pacific__Apia, &["2011-12-30"]),
        (Tz::Africa__Casablanca, &["2026-02-15", "2026-03-22"]),
    ];
    let all: Vec<(Tz, NaiveDate)> =
        nights.iter().flat_map(|(zone, dates)| dates.iter().map(|date| (*zone, date.parse().unwrap()))).collect();
    (proptest::sample::select(all), -2i64..=2)
        .prop_map(|((zone, date), away)| (zone, date.and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(away)))
}

fn shift(around: NaiveDate) -> impl Strategy<Value = Shift> {
    let day = move || proptest::option::weighted(0.2, (-4i64..5).prop_map(move |days| around + TimeDelta::days(days)));
    (0..3usize, window(), 1..4u8, day(), day()).prop_map(|(who, window, order, valid_from, valid_to)| Shift {
        operator: OperatorId::new(["jana", "petr", "marie"][who]),
        window,
        order,
        valid_from,
        valid_to,
    })
}

fn closure(around: DateTime<Utc>) -> impl Strategy<Value = Closure> {
    (-300i64..300, 1i64..200).prop_map(move |(from, length)| {
        let from = around + TimeDelta::minutes(from * 15);
        Closure { from, to: from + TimeDelta::minutes(length * 15), text: Bilingual::new("Zavřeno.", "Closed.") }
    })
}

fn line_somewhere() -> impl Strategy<Value = (Line, DateTime<Utc>)> {
    somewhere().prop_flat_map(|(zone, at)| {
        let shifts = proptest::collection::vec(shift(at.date_naive()), 0..10);
        let closures = proptest::collection::vec(closure(at), 0..3);
        (proptest::collection::vec(window(), 0..8), shifts, closures, any::<bool>()).prop_map(move |(hours, shifts, closures, holidays)| {
            (Line { hours, holidays, closures, shifts, ..super::tests::line(zone) }, at)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn duty_is_what_every_minute_shows((line, around) in line_somewhere(), minutes in proptest::collection::vec(0..2 * DAY, 12)) {
        let table = Table::new(&line, around - TimeDelta::days(4));
        for minute in minutes.into_iter().map(|minute| minute + 3 * DAY) {
            let at = table.at(minute);
            let found = duty(&line, at);
            prop_assert_eq!(found.open, table.open[minute], "open at {}", at);
            let people: Vec<(String, u8)> = found.on_duty.iter().map(|person| (person.operator.0.clone(), person.order)).collect();
            prop_assert_eq!(people, table.on_duty(&line, minute), "on duty at {}", at);
            let end = table.at((TABLE_DAYS - 2) * DAY);
            if found.open {
                let closes = table.first_from(minute, |minute| !table.open[minute]);
                prop_assert_eq!(found.closes_at.filter(|closes| *closes < end), closes, "closes after {}", at);
                for person in &found.on_duty {
                    let gone = |minute| table.on_duty(&line, minute).iter().all(|(name, _)| *name != person.operator.0);
                    prop_assert_eq!(Some(person.until).filter(|until| *until < end), table.first_from(minute, gone), "until after {}", at);
                }
            } else {
                let opens = table.first_from(minute, |minute| table.open[minute]);
                prop_assert_eq!(found.next_open.filter(|opens| *opens < end), opens, "opens after {}", at);
            }
            prop_assert_eq!(next_open(&line, at).filter(|_| found.open), Some(at).filter(|_| found.open));
        }
    }

    #[test]
    fn the_forecast_says_what_duty_says((line, around) in line_somewhere(), minutes in proptest::collection::vec(0..2 * DAY, 20)) {
        let forecast = days(&line, around - TimeDelta::days(3), 8);
        for minute in minutes {
            let at = after(around, minute) - TimeDelta::days(1);
            let found = duty(&line, at);
            prop_assert_eq!(found.open, forecast.iter().any(|day| day.open.iter().any(|span| span.covers(at))), "{}", at);
            prop_assert_eq!(found.open && found.on_duty.is_empty(), forecast.iter().any(|day| day.gaps.iter().any(|span| span.covers(at))), "{}", at);
            let serves = |id: OperatorId| forecast.iter().flat_map(|day| &day.served).any(|served| served.operator == id && served.span.covers(at));
            for name in ["jana", "petr", "marie"] {
                prop_assert_eq!(found.on_duty.iter().any(|person| person.operator.0 == name), serves(OperatorId::new(name)), "{} at {}", name, at);
            }
        }
    }

    #[test]
    fn the_short_cut_of_steady_days_changes_nothing((line, around) in line_somewhere(), minutes in proptest::collection::vec(0..20 * DAY, 40)) {
        let (quick, exact) = (super::wall::Wall::around(line.zone, around), super::wall::Wall::exact(line.zone));
        for minute in minutes {
            let at = after(around, minute) - TimeDelta::days(10);
            prop_assert_eq!(quick.shows(at), exact.shows(at));
            prop_assert_eq!(quick.start(at.naive_utc()), exact.start(at.naive_utc()));
            prop_assert_eq!(quick.end(at.naive_utc()), exact.end(at.naive_utc()));
        }
    }
}

#[test]
fn the_oracle_itself_sees_both_nights() {
    let whole_day = |weekday| Window { weekday, from: Minute::new(0, 0).unwrap(), to: Minute::END };
    for (date, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-28", 24)] {
        let line = Line { hours: vec![whole_day(Weekday::Sun)], ..super::tests::line(Tz::Europe__Prague) };
        let date: NaiveDate = date.parse().unwrap();
        let table = Table::new(&line, date.and_time(NaiveTime::MIN).and_utc() - TimeDelta::days(4));
        assert_eq!(table.open.iter().filter(|open| **open).count(), hours * 60, "{date}");
        assert_eq!((line.id, line.escalation), (LineId::new("zkusebni"), Escalation::default()));
    }
}
