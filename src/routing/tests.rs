//! The rules of time and duty as tables a person can check with a calendar.

use super::{Absence, Change, Closure, Duty, Escalation, Line, LineId, Operator, OperatorId, Override, RuleId, Shift, Window};
use super::{days, duty, explain, next_open, promise_due};
use crate::domain::{Bilingual, Region};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

mod roster;
mod swap;
mod warning;

/// A line that is never open and has no shifts, for tests to change.
pub(super) fn line(zone: Tz) -> Line {
    Line {
        id: LineId::new("zkusebni"),
        name: Bilingual::new("Ústecký kraj", "Ústí Region"),
        regions: vec![Region::Ustecky],
        zone,
        hours: Vec::new(),
        holidays: true,
        closures: Vec::new(),
        shifts: Vec::new(),
        special: Vec::new(),
        rotations: Vec::new(),
        overrides: Vec::new(),
        absences: Vec::new(),
        covers: Vec::new(),
        coordinator: OperatorId::new("alena"),
        escalation: Escalation::default(),
        room: None,
        promise_minutes: 60,
    }
}

pub(super) fn open(hours: &[&str]) -> Line {
    Line { hours: hours.iter().flat_map(|text| Window::read_many(text).unwrap()).collect(), ..line(Tz::Europe__Prague) }
}

pub(super) fn shift(who: &str, window: &str, order: u8) -> Shift {
    Shift { id: None, operator: OperatorId::new(who), window: Window::read(window).unwrap(), order, valid_from: None, valid_to: None }
}

pub(super) fn absence(who: &str, from: &str, to: &str, substitute: Option<&str>) -> Absence {
    let id = RuleId::new(format!("{who}-{from}"));
    Absence { id, operator: OperatorId::new(who), from: prague(from), to: prague(to), substitute: substitute.map(OperatorId::new) }
}

pub(super) fn replaced(id: &str, who: &str, by: &str, from: &str, to: &str) -> Override {
    changed(id, Change::Replace { operator: OperatorId::new(who), by: OperatorId::new(by) }, from, to)
}

pub(super) fn changed(id: &str, change: Change, from: &str, to: &str) -> Override {
    Override { id: RuleId::new(id), from: prague(from), to: prague(to), change }
}

pub(super) fn closure(from: &str, to: &str) -> Closure {
    Closure { id: None, from: prague(from), to: prague(to), text: Bilingual::new("Stěhujeme se.", "We are moving.") }
}

/// A time on the wall in Prague that exists once.
pub(super) fn prague(text: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    local.and_local_timezone(Tz::Europe__Prague).unwrap().to_utc()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn names(duty: &Duty) -> Vec<&str> {
    duty.on_duty.iter().map(|person| person.operator.as_str()).collect()
}

pub(super) fn people() -> Vec<Operator> {
    let person =
        |id: &str, name: &str| Operator { id: OperatorId::new(id), name: name.to_owned(), languages: Vec::new(), addresses: Vec::new(), reach: Vec::new(), contacts_max: None };
    vec![person("jana", "Jana Vzorová"), person("petr", "Petr Smyšlený"), person("alena", "Alena Příkladná")]
}

#[test]
fn intervals_are_half_open() {
    let line = open(&["Mo,We 09:00-12:00", "Mo,We 12:30-15:00", "Fr 20:00-24:00", "Sa 00:00-02:00"]);
    let table = [
        ("2026-11-30 08:59", false, None),
        ("2026-11-30 09:00", true, Some("2026-11-30 12:00")),
        ("2026-11-30 11:59", true, Some("2026-11-30 12:00")),
        ("2026-11-30 12:00", false, None),
        ("2026-11-30 12:30", true, Some("2026-11-30 15:00")),
        ("2026-11-30 15:00", false, None),
        ("2026-12-01 10:00", false, None),
        // 24:00 and 0:00 touch: one opening over midnight.
        ("2026-12-04 23:59", true, Some("2026-12-05 02:00")),
        ("2026-12-05 00:00", true, Some("2026-12-05 02:00")),
        ("2026-12-05 02:00", false, None),
    ];
    for (at, expected, closes) in table {
        let found = duty(&line, prague(at));
        assert_eq!((found.open, found.closes_at), (expected, closes.map(prague)), "{at}");
    }
}

#[test]
fn the_weekday_belongs_to_the_start() {
    let mut line = open(&["Mo-Su 00:00-24:00"]);
    line.shifts = vec![shift("jana", "Fr 22:00-06:00", 1), shift("petr", "Sa 06:00-22:00", 1)];
    let table: [(&str, &[&str]); 6] = [
        ("2026-12-03 23:00", &[]),
        ("2026-12-04 05:00", &[]),
        ("2026-12-04 22:00", &["jana"]),
        ("2026-12-05 05:59", &["jana"]),
        ("2026-12-05 06:00", &["petr"]),
        ("2026-12-05 22:00", &[]),
    ];
    for (at, expected) in table {
        assert_eq!(names(&duty(&line, prague(at))), expected, "{at}");
    }
}

#[test]
fn both_nights_when_the_clock_moves() {
    // Spring: 2:00 becomes 3:00 on 29 March 2026. Autumn: 3:00 becomes 2:00 on 25 October 2026.
    let table = [
        // A shift over the night is an hour shorter or longer.
        ("Sa 22:00-06:00", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),
        ("Sa 22:00-06:00", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),
        // A start or an end in the missing hour is the first instant after it.
        ("Su 02:30-06:00", "2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z"),
        ("Su 00:00-02:30", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z"),
        // In the repeated hour a start is the first occurrence, an end the last.
        ("Su 02:30-06:00", "2026-10-25T00:30:00Z", "2026-10-25T05:00:00Z"),
        ("Su 00:00-02:30", "2026-10-24T22:00:00Z", "2026-10-25T01:30:00Z"),
        ("Su 02:15-02:45", "2026-10-25T00:15:00Z", "2026-10-25T01:45:00Z"),
    ];
    let minute = TimeDelta::minutes(1);
    for (window, from, to) in table {
        let (line, from, to) = (open(&[window]), utc(from), utc(to));
        assert_eq!(next_open(&line, from - TimeDelta::hours(9)), Some(from), "{window}");
        assert_eq!(duty(&line, from).closes_at, Some(to), "{window}");
        assert!(duty(&line, to - minute).open && !duty(&line, to).open && !duty(&line, from - minute).open, "{window}");
    }
    // A window that lies wholly in the missing hour does not take place.
    let line = open(&["Su 02:15-02:45"]);
    assert_eq!(next_open(&line, utc("2026-03-28T12:00:00Z")), Some(utc("2026-04-05T00:15:00Z")), "Easter Sunday is no holiday by law");
}

#[test]
fn holidays_cancel_what_starts_on_them() {
    let line = open(&["Mo-Su 22:00-02:00", "Mo,We,Fr 09:00-15:00"]);
    let table = [
        ("2026-12-23 23:00", true),
        // Started on the 23rd, so it runs to its end.
        ("2026-12-24 01:59", true),
        ("2026-12-24 23:00", false),
        ("2026-12-25 10:00", false),
        ("2026-12-26 23:00", false),
        ("2026-12-27 23:00", true),
        ("2026-04-03 10:00", false),
        ("2026-04-06 10:00", false),
        ("2026-04-08 10:00", true),
    ];
    for (at, expected) in table {
        assert_eq!(duty(&line, prague(at)).open, expected, "{at}");
    }
    let always = Line { holidays: false, ..line };
    assert!(duty(&always, prague("2026-12-25 10:00")).open);
}

#[test]
fn closures_cut_exactly_and_bring_their_words() {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 08:00-16:00", 1)];
    line.closures = vec![closure("2026-11-30 11:00", "2026-11-30 13:00"), closure("2026-12-01 00:00", "2026-12-03 00:00")];
    let before = duty(&line, prague("2026-11-30 10:00"));
    assert_eq!((before.closes_at, before.on_duty[0].until), (Some(prague("2026-11-30 11:00")), prague("2026-11-30 11:00")));
    let during = duty(&line, prague("2026-11-30 11:00"));
    assert_eq!((during.open, during.next_open), (false, Some(prague("2026-11-30 13:00"))));
    assert_eq!(during.closure.unwrap().cs, "Stěhujeme se.");
    assert_eq!(duty(&line, prague("2026-11-30 13:00")).closes_at, Some(prague("2026-11-30 15:00")));
    assert_eq!(next_open(&line, prague("2026-11-30 15:00")), Some(prague("2026-12-07 09:00")));
}

#[test]
fn the_search_for_an_opening_is_bounded() {
    assert_eq!(next_open(&open(&[]), prague("2026-11-30 10:00")), None);
    let mut line = open(&["Mo 09:00-15:00"]);
    line.closures = vec![closure("2026-11-01 00:00", "2027-02-01 00:00")];
    // 1 February 2027 is a Monday, 59 days and some hours after 3 December 2026 18:00.
    assert_eq!(next_open(&line, prague("2026-12-03 18:00")), Some(prague("2027-02-01 09:00")));
    assert_eq!(next_open(&line, prague("2026-12-03 09:00")), None);
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert!(!duty(&line, at).open);
        let _ = (days(&line, at, 3), promise_due(&line, at), explain(&line, &[], at, &duty(&line, at)));
    }
}

#[test]
fn a_person_counts_once_until_the_touching_shifts_end() {
    let mut line = open(&["Mo 09:00-17:00"]);
    line.shifts = vec![
        shift("petr", "Mo 09:00-12:00", 2),
        shift("jana", "Mo 12:00-20:00", 1),
        shift("petr", "Mo 12:00-16:00", 3),
        shift("petr", "Mo 10:00-11:00", 1),
    ];
    let at = |time: &str| {
        duty(&line, prague(time)).on_duty.into_iter().map(|person| (person.operator.0, person.order, person.until)).collect::<Vec<_>>()
    };
    let until = prague("2026-11-30 16:00");
    assert_eq!(at("2026-11-30 09:30"), [("petr".into(), 2, until)]);
    assert_eq!(at("2026-11-30 10:30"), [("petr".into(), 1, until)]);
    assert_eq!(at("2026-11-30 13:00"), [("jana".into(), 1, prague("2026-11-30 17:00")), ("petr".into(), 3, until)]);
}

#[test]
fn shifts_are_valid_by_the_day_they_start() {
    let mut line = open(&["Mo-Su 00:00-24:00"]);
    let mut night = shift("jana", "Mo 22:00-06:00", 1);
    (night.valid_from, night.valid_to) = ("2026-11-30".parse().ok(), "2026-11-30".parse().ok());
    line.shifts = vec![night];
    for (at, expected) in [("2026-11-24 01:00", 0), ("2026-12-01 01:00", 1), ("2026-12-08 01:00", 0)] {
        assert_eq!(duty(&line, prague(at)).on_duty.len(), expected, "{at}");
    }
}

#[test]
fn a_line_open_around_the_clock_closes_when_a_closure_says_so() {
    let mut line = Line { holidays: false, ..open(&["Mo-Su 00:00-24:00"]) };
    assert_eq!(duty(&line, prague("2026-11-30 10:00")).closes_at, None);
    line.closures = vec![closure("2026-12-02 10:00", "2026-12-02 11:00")];
    assert_eq!(duty(&line, prague("2026-11-30 10:00")).closes_at, Some(prague("2026-12-02 10:00")));
}

#[test]
fn promises_count_opening_time() {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    let due = |line: &Line, at: &str| promise_due(line, prague(at));
    let table = [
        ("2026-11-30 10:00", "2026-11-30 11:00"),
        ("2026-11-30 14:30", "2026-12-02 09:30"),
        ("2026-11-30 14:00", "2026-11-30 15:00"),
        ("2026-12-04 20:00", "2026-12-07 10:00"),
        ("2026-12-23 14:30", "2026-12-28 09:30"),
    ];
    for (now, expected) in table {
        assert_eq!(due(&line, now), prague(expected), "{now}");
    }
    line.promise_minutes = 13 * 60;
    assert_eq!(due(&line, "2026-11-30 10:00"), prague("2026-12-07 11:00"));
    line.hours.clear();
    assert_eq!(due(&line, "2026-11-30 10:00"), prague("2026-12-01 10:00"));
    let always = Line { holidays: false, ..open(&["Mo-Su 00:00-24:00"]) };
    assert_eq!(due(&always, "2026-12-24 23:30"), prague("2026-12-25 00:30"));
}

#[test]
fn the_forecast_marks_gaps_and_holidays() {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1), shift("petr", "We 09:00-13:00", 1), shift("jana", "We 08:00-10:00", 2)];
    line.closures = vec![closure("2026-12-16 12:00", "2026-12-18 00:00")];
    let forecast = days(&line, prague("2026-12-14 12:00"), 14);
    assert_eq!(forecast.len(), 14);
    assert_eq!((forecast[0].open.len(), forecast[0].gaps.len(), forecast[1].open.len()), (1, 0, 0));
    let wednesday = &forecast[2];
    assert_eq!((wednesday.open[0].to, wednesday.gaps.len()), (prague("2026-12-16 12:00"), 0));
    assert_eq!(wednesday.note.as_ref().unwrap().cs, "Stěhujeme se.");
    let served: Vec<(&str, DateTime<Utc>)> = wednesday.served.iter().map(|served| (served.operator.as_str(), served.span.to)).collect();
    assert_eq!(served, [("jana", prague("2026-12-16 10:00")), ("petr", prague("2026-12-16 12:00"))]);
    let gap = forecast[9].gaps[0];
    assert_eq!((gap.from, gap.to), (prague("2026-12-23 13:00"), prague("2026-12-23 15:00")));
    assert_eq!(forecast[11].note, None, "25 December is a Friday, closed anyway");
    let easter = &days(&line, prague("2026-04-06 00:00"), 1)[0];
    assert_eq!((easter.open.len(), easter.note.as_ref().unwrap().cs.as_str()), (0, "Velikonoční pondělí"));
}

#[test]
fn the_reasons_read_like_a_colleague() {
    let mut line = open(&["Mo,We,Fr 09:00-15:00"]);
    line.shifts = vec![shift("jana", "We 09:00-15:00", 1), shift("petr", "We 09:00-15:00", 2)];
    line.closures = vec![closure("2026-11-30 00:00", "2026-12-02 00:00")];
    let why = |at: &str, english: bool| {
        let at = prague(at);
        let why = explain(&line, &people(), at, &duty(&line, at));
        why.into_iter().map(|text| if english { text.en } else { text.cs }).collect::<Vec<_>>()
    };
    assert_eq!(
        why("2026-12-02 10:15", false),
        ["St 2. 12. 10:15, Ústecký kraj: otevřeno 9–15.", "Směna: Jana do 15:00, jako další Petr do 15:00."]
    );
    assert_eq!(
        why("2026-12-02 10:15", true),
        ["Wed 2 December 10:15, Ústí Region: open 9–15.", "On shift: Jana until 15:00, then Petr until 15:00."]
    );
    assert_eq!(why("2026-12-04 10:15", false)[1], "Směnu teď nikdo nemá, kontakt přebírá Alena Příkladná.");
    assert_eq!(
        why("2026-12-25 10:15", false),
        ["Pá 25. 12. 10:15, Ústecký kraj: zavřeno.", "25. 12. je 1. svátek vánoční: zavřeno.", "Otevírá v pondělí 28. 12. v 9:00."]
    );
    assert_eq!(
        why("2026-12-23 16:00", false),
        [
            "St 23. 12. 16:00, Ústecký kraj: zavřeno.",
            "Otevřeno bývá: Po 9–15, St 9–15, Pá 9–15.",
            "25. 12. je 1. svátek vánoční: zavřeno.",
            "Otevírá v pondělí 28. 12. v 9:00."
        ]
    );
    assert_eq!(
        why("2026-11-30 10:00", false),
        [
            "Po 30. 11. 10:00, Ústecký kraj: zavřeno.",
            "Uzavření končí ve středu 2. 12. v 0:00: Stěhujeme se.",
            "Otevírá ve středu 2. 12. v 9:00."
        ]
    );
    line.hours.clear();
    let at = prague("2026-12-02 10:15");
    let why = explain(&line, &people(), at, &duty(&line, at));
    assert_eq!(why.last().unwrap().en, "It does not open in the next 60 days.");
    assert_eq!(super::called(&people(), &OperatorId::new("neznamy")), "neznamy");
}
