//! The resolver against a slow oracle that looks at every single minute.
//!
//! The oracle knows nothing of offsets: it lists what the wall shows at each minute of nine
//! days and finds starts (first occurrence), ends (last occurrence) and missing times (first
//! minute that shows more) by looking. Turns it counts day by day, overrides and absences it
//! applies anew at each minute. The instants lie in ten years of five zones.

use super::{Absence, Change, Closure, Escalation, Line, LineId, Minute, OperatorId, Override, Rotation, RuleId, Shift, SpecialDay};
use super::{Times, Turn, Window, days, duty, explain, holiday, next_open};
use crate::domain::Bilingual;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::sync::LazyLock;

const DAY: usize = 1_440;
const DAY_MINUTES: i64 = 1_440;
const TABLE_DAYS: usize = 9;

/// One planned place: whose it is at each minute, and its place in the row.
type Planned = (Vec<Option<OperatorId>>, u8);

/// What every minute of nine days shows, who is planned and what is open.
struct Table {
    first: DateTime<Utc>,
    shown: Vec<NaiveDateTime>,
    open: Vec<bool>,
    planned: Vec<Planned>,
}

impl Table {
    fn new(line: &Line, first: DateTime<Utc>) -> Self {
        let minutes = (0..TABLE_DAYS * DAY).map(|minute| after(first, minute));
        let shown = minutes.map(|at| at.with_timezone(&line.zone).naive_local()).collect();
        let mut table = Self { first, shown, open: vec![false; TABLE_DAYS * DAY], planned: Vec::new() };
        table.mark_open(line);
        table.plan(line);
        table
    }

    fn mark_open(&mut self, line: &Line) {
        let mut open = vec![false; TABLE_DAYS * DAY];
        let is_special = |date| line.special.iter().any(|special| special.date == date);
        for window in &line.hours {
            open = self.marked(open, *window, |date| !(is_special(date) || line.holidays && holiday(date).is_some()));
        }
        for special in &line.special {
            for times in &special.hours {
                let window = Window { weekday: special.date.weekday(), from: times.from, to: times.to };
                open = self.marked(open, window, |date| date == special.date);
            }
        }
        for closure in &line.closures {
            for (minute, open) in open.iter_mut().enumerate() {
                *open &= !(closure.from <= self.at(minute) && self.at(minute) < closure.to);
            }
        }
        self.open = open;
    }

    fn plan(&mut self, line: &Line) {
        for shift in &line.shifts {
            let valid = |date| shift.valid_from.is_none_or(|first| first <= date) && shift.valid_to.is_none_or(|last| date <= last);
            let served = self.marked(vec![false; TABLE_DAYS * DAY], shift.window, valid);
            let whose = served.into_iter().map(|served| served.then(|| shift.operator.clone()));
            self.planned.push((whose.collect(), shift.order));
        }
        for rotation in &line.rotations {
            for window in &rotation.windows {
                let mut whose = vec![None; TABLE_DAYS * DAY];
                for (place, person) in rotation.people.iter().enumerate() {
                    let served = self.marked(vec![false; TABLE_DAYS * DAY], *window, |date| slow_turn(rotation, date) == Some(place));
                    for (whose, _) in whose.iter_mut().zip(served).filter(|(_, served)| *served) {
                        *whose = Some(person.clone());
                    }
                }
                self.planned.push((whose, rotation.order));
            }
        }
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
        if !self.open[minute] {
            return Vec::new();
        }
        let at = self.at(minute);
        let planned = self.planned.iter().filter_map(|(whose, order)| Some((whose[minute].clone()?, *order)));
        let mut people: Vec<(String, u8)> = Vec::new();
        for (who, order) in changed(line, at, planned.collect()) {
            let Some(OperatorId(who)) = there(line, at, who, &mut Vec::new()) else { continue };
            match people.iter_mut().find(|(name, _)| *name == who) {
                Some((_, lowest)) => *lowest = order.min(*lowest),
                None => people.push((who, order)),
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

/// Counts turns one day after another from the start, forwards or backwards.
fn slow_turn(rotation: &Rotation, date: NaiveDate) -> Option<usize> {
    if date < rotation.valid_from.unwrap_or(rotation.start) || rotation.valid_to.is_some_and(|last| date > last) {
        return None;
    }
    let length = match rotation.turn {
        Turn::Days(days) => u64::from(days),
        Turn::Weeks(weeks) => 7 * u64::from(weeks),
    };
    let (mut begins, mut place) = (rotation.start, 0);
    while begins > date {
        begins = begins - Days::new(length);
        place = (place + rotation.people.len() - 1) % rotation.people.len();
    }
    while begins + Days::new(length) <= date {
        begins = begins + Days::new(length);
        place = (place + 1) % rotation.people.len();
    }
    Some(place)
}

fn changed(line: &Line, at: DateTime<Utc>, mut people: Vec<(OperatorId, u8)>) -> Vec<(OperatorId, u8)> {
    for one in line.overrides.iter().filter(|one| one.from <= at && at < one.to) {
        people = match &one.change {
            Change::Add { operator, order } => people.into_iter().chain([(operator.clone(), *order)]).collect(),
            Change::Remove { operator } => people.into_iter().filter(|(who, _)| who != operator).collect(),
            Change::Replace { operator, by } => people.into_iter().map(|(who, order)| if who == *operator { (by.clone(), order) } else { (who, order) }).collect(),
        };
    }
    people
}

/// Asks one after another who is there, and nobody twice.
fn there(line: &Line, at: DateTime<Utc>, who: OperatorId, asked: &mut Vec<OperatorId>) -> Option<OperatorId> {
    let Some(absence) = line.absences.iter().find(|absence| absence.operator == who && absence.from <= at && at < absence.to) else {
        return Some(who);
    };
    if asked.contains(&who) {
        return None;
    }
    asked.push(who);
    there(line, at, absence.substitute.clone()?, asked)
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

const NAMES: [&str; 4] = ["jana", "petr", "marie", "eva"];

/// Ten years, and odd nights of the past.
static NIGHTS: LazyLock<Vec<(Tz, NaiveDate)>> = LazyLock::new(|| {
    let zones = [Tz::Europe__Prague, Tz::America__St_Johns, Tz::Australia__Lord_Howe, Tz::Pacific__Apia, Tz::Africa__Casablanca];
    let mut nights: Vec<(Tz, NaiveDate)> = Vec::new();
    for zone in zones {
        let offset = |date: NaiveDate| zone.offset_from_utc_date(&date).fix();
        let days = date("2020-01-01").iter_days().take_while(|day| *day < date("2031-01-01"));
        nights.extend(days.filter(|day| offset(*day) != offset(*day + Days::new(1))).map(|day| (zone, day)));
    }
    assert!(nights.len() > 60, "ten years of four zones, and Samoa until 2021");
    // Until 2011 the clocks of Newfoundland moved at 0:01, so a date came twice; Samoa left out a whole day.
    let odd = [(Tz::America__St_Johns, "2006-04-02"), (Tz::America__St_Johns, "2006-10-29"), (Tz::Pacific__Apia, "2011-12-30")];
    for _ in 0..5 {
        nights.extend(odd.map(|(zone, night)| (zone, date(night))));
    }
    nights
});

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Half of the time a night on which a zone moves its clock, else any day of ten years.
fn somewhere() -> impl Strategy<Value = (Tz, DateTime<Utc>)> {
    let night = (proptest::sample::select(NIGHTS.clone()), -2i64..=2).prop_map(|((zone, date), away)| (zone, date + TimeDelta::days(away)));
    let any_day = (proptest::sample::select(NIGHTS.clone()), 0i64..4_018).prop_map(|((zone, _), days)| (zone, date("2020-01-01") + TimeDelta::days(days)));
    let holy = (20..31i32, proptest::sample::select(vec!["04-05", "05-01", "05-08", "07-05", "12-24"]))
        .prop_map(|(year, day)| (Tz::Europe__Prague, date(&format!("20{year}-{day}"))));
    prop_oneof![4 => night, 3 => any_day, 1 => holy].prop_map(|(zone, date)| (zone, date.and_time(NaiveTime::MIN).and_utc()))
}

fn shift(around: NaiveDate) -> impl Strategy<Value = Shift> {
    let day = move || proptest::option::weighted(0.2, (-4i64..5).prop_map(move |days| around + TimeDelta::days(days)));
    (who(), window(), 1..4u8, day(), day()).prop_map(|(operator, window, order, valid_from, valid_to)| Shift {
        id: None,
        operator,
        window,
        order,
        valid_from,
        valid_to,
    })
}

fn closure(around: DateTime<Utc>) -> impl Strategy<Value = Closure> {
    (-300i64..300, 1i64..200).prop_map(move |(from, length)| {
        let from = around + TimeDelta::minutes(from * 15);
        Closure { id: None, from, to: from + TimeDelta::minutes(length * 15), text: Bilingual::new("Zavřeno.", "Closed.") }
    })
}

fn who() -> impl Strategy<Value = OperatorId> {
    (0..NAMES.len()).prop_map(|who| OperatorId::new(NAMES[who]))
}

fn rotation(around: NaiveDate) -> impl Strategy<Value = Rotation> {
    let day = move |away: std::ops::Range<i64>| away.prop_map(move |days| around + TimeDelta::days(days));
    let turn = prop_oneof![(1..4u8).prop_map(Turn::Days), (1..3u8).prop_map(Turn::Weeks)];
    let (first, last) = (proptest::option::weighted(0.5, day(-20..5)), proptest::option::weighted(0.2, day(-4..10)));
    (proptest::collection::vec(who(), 1..4), proptest::collection::vec(window(), 1..3), 1..4u8, day(-40..10), turn, first, last)
        .prop_map(|(people, windows, order, start, turn, valid_from, valid_to)| Rotation { people, windows, order, start, turn, valid_from, valid_to })
}

/// Any stretch of quarters of hours near `around`; some are empty.
fn stretch(around: DateTime<Utc>) -> impl Strategy<Value = (DateTime<Utc>, DateTime<Utc>)> {
    (-300i64..300, 0i64..200).prop_map(move |(from, length)| {
        let from = around + TimeDelta::minutes(from * 15);
        (from, from + TimeDelta::minutes(length * 15))
    })
}

fn one_override(around: DateTime<Utc>) -> impl Strategy<Value = Override> {
    let change = prop_oneof![
        (who(), 1..4u8).prop_map(|(operator, order)| Change::Add { operator, order }),
        who().prop_map(|operator| Change::Remove { operator }),
        (who(), who()).prop_map(|(operator, by)| Change::Replace { operator, by }),
    ];
    (stretch(around), change).prop_map(|((from, to), change)| Override { id: RuleId::new("any"), from, to, change })
}

fn one_absence(around: DateTime<Utc>) -> impl Strategy<Value = Absence> {
    (stretch(around), who(), proptest::option::weighted(0.7, who()))
        .prop_map(|((from, to), operator, substitute)| Absence { id: RuleId::new("any"), operator, from, to, substitute })
}

fn special(around: NaiveDate) -> impl Strategy<Value = SpecialDay> {
    (-4i64..5, proptest::collection::vec(window(), 0..3)).prop_map(move |(days, windows)| SpecialDay {
        date: around + TimeDelta::days(days),
        hours: windows.into_iter().map(|window| Times { from: window.from, to: window.to }).collect(),
        text: None,
    })
}

fn line_somewhere() -> impl Strategy<Value = (Line, DateTime<Utc>)> {
    use proptest::collection::vec;
    somewhere().prop_flat_map(|(zone, at)| {
        let day = at.date_naive();
        let opening = (vec(window(), 0..8), vec(closure(at), 0..3), any::<bool>(), vec(special(day), 0..3));
        let people = (vec(shift(day), 0..8), vec(rotation(day), 0..3), vec(one_override(at), 0..4), vec(one_absence(at), 0..4));
        (opening, people).prop_map(move |((hours, closures, holidays, mut special), (shifts, rotations, overrides, absences))| {
            special.sort_by_key(|special| special.date);
            special.dedup_by_key(|special| special.date);
            let plain = super::tests::line(zone);
            (Line { hours, holidays, closures, shifts, special, rotations, overrides, absences, ..plain }, at)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

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
            prop_assert!(!explain(&line, &[], at, &found).is_empty());
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
            for name in NAMES {
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
