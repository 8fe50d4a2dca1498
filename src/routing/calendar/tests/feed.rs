//! Feeds: the same duty as the resolver's, names that stay, text other programs can read.

use crate::domain::{Bilingual, CalendarOf, Lang, LineId, OperatorId};
use crate::routing::tests::{absence, closure, open, people, prague, replaced, shift};
use crate::routing::{Book, Edition, Line, Window, calendar, duty};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

const EDITION: Edition = Edition { version: 7, at: DateTime::from_timestamp(1_795_000_000, 0).unwrap() };
/// Monday.
const NOW: &str = "2026-11-30 08:00";

fn usual() -> Line {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.name = Bilingual::new("Ústecký kraj, sever; jih", "Ústí");
    line.shifts = ["Mo", "We"].iter().flat_map(|day| [shift("jana", &format!("{day} 09:00-15:00"), 1), shift("petr", &format!("{day} 09:00-15:00"), 2)]).collect();
    line
}

fn book(line: Line) -> Book {
    Book::new(vec![line], people(), Vec::new(), Vec::new())
}

fn of_line(book: &Book) -> String {
    calendar(book, &CalendarOf::Line(LineId::new("zkusebni")), EDITION, prague(NOW)).unwrap()
}

fn of_operator(book: &Book, who: &str) -> String {
    calendar(book, &CalendarOf::Operator(OperatorId::new(who)), EDITION, prague(NOW)).unwrap()
}

/// The values of a property, unfolded, in the order of the text.
fn all(text: &str, key: &str) -> Vec<String> {
    let whole = text.replace("\r\n ", "");
    whole.lines().filter_map(|line| line.strip_prefix(key)).filter(|rest| rest.starts_with([':', ';'])).map(|rest| rest.split_once(':').map_or(rest, |(_, value)| value).to_owned()).collect()
}

fn instants(text: &str, key: &str) -> Vec<DateTime<Utc>> {
    all(text, key).iter().map(|at| NaiveDateTime::parse_from_str(at, "%Y%m%dT%H%M%SZ").unwrap().and_utc()).collect()
}

#[test]
fn a_line_says_who_serves_when() {
    let text = of_line(&book(usual()));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    assert_eq!(all(&text, "X-WR-CALNAME"), ["Linka – Ústecký kraj\\, sever\\; jih"]);
    assert!(text.contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n") && text.contains("X-WR-TIMEZONE:Europe/Prague\r\n"), "{text}");
    let (starts, ends) = (instants(&text, "DTSTART"), instants(&text, "DTEND"));
    assert_eq!((starts[0], ends[0]), (prague("2026-11-16 09:00"), prague("2026-11-16 15:00")), "fifteen days back");
    assert_eq!(*starts.last().unwrap(), prague("2027-05-26 09:00"), "a hundred and eighty ahead");
    assert_eq!(all(&text, "SUMMARY")[..2], ["Jana Vzorová", "Petr Smyšlený"]);
    assert_eq!((all(&text, "X-LINKA-ORDER")[..2].join(","), all(&text, "DESCRIPTION")[0].as_str()), ("1,2".to_owned(), "2. v pořadí"));
    assert!(all(&text, "DTSTAMP").iter().chain(&all(&text, "LAST-MODIFIED")).all(|at| at == "20261118T110640Z"), "{text}");
    assert!(all(&text, "SEQUENCE").iter().all(|number| number == "7"));
}

#[test]
fn an_operator_finds_the_own_duty_in_the_own_language() {
    let mut book = book(usual());
    let text = of_operator(&book, "petr");
    assert!(all(&text, "SUMMARY").iter().all(|summary| summary == "Linka: Ústecký kraj\\, sever\\; jih – služba"), "{text}");
    assert_eq!(all(&text, "DESCRIPTION")[0], "Ve službě jste 2. v pořadí.");
    assert!(!text.contains("Jana"));
    book.operators[1].languages = vec![Lang::En];
    assert_eq!(all(&of_operator(&book, "petr"), "SUMMARY")[0], "Linka: Ústí – duty");
    assert!(all(&of_operator(&book, "alena"), "SUMMARY").is_empty(), "whoever never serves has an empty calendar");
    assert_eq!(calendar(&book, &CalendarOf::Operator(OperatorId::new("nikdo")), EDITION, prague(NOW)), None);
    assert_eq!(calendar(&book, &CalendarOf::Line(LineId::new("nikde")), EDITION, prague(NOW)), None);
}

#[test]
fn what_differs_from_the_plan_is_in_it() {
    let mut line = usual();
    line.overrides = vec![replaced("a", "jana", "alena", "2026-12-02 09:00", "2026-12-02 12:00")];
    line.closures = vec![closure("2026-12-07 00:00", "2026-12-08 00:00"), closure("2026-12-09 13:30", "2026-12-09 14:00")];
    let away = absence("petr", "2026-11-30 00:00", "2026-12-01 00:00", Some("eva"));
    let mut operators = people();
    operators.push(crate::routing::Operator { id: OperatorId::new("eva"), name: "Eva Pohádková".to_owned(), ..operators[0].clone() });
    let book = Book::new(vec![line], operators, vec![away], Vec::new());
    assert_eq!(instants(&of_operator(&book, "alena"), "DTSTART"), [prague("2026-12-02 09:00")]);
    assert_eq!(instants(&of_operator(&book, "eva"), "DTSTART"), [prague("2026-11-30 09:00")], "a substitute serves a line that never names her");
    assert_eq!(instants(&of_operator(&book, "jana"), "DTEND")[5..9], ["2026-12-02 15:00", "2026-12-09 13:30", "2026-12-09 15:00", "2026-12-14 15:00"].map(prague));
    let text = of_line(&book);
    assert!(text.contains("DTSTART;VALUE=DATE:20261207\r\n") && text.contains("DTEND;VALUE=DATE:20261208\r\n"), "a closed day is a day");
    assert!(text.contains("DTSTART:20261209T123000Z\r\n") && text.contains("SUMMARY:Zavřeno: Stěhujeme se.\r\n"), "{text}");
}

#[test]
fn names_stay_from_fetch_to_fetch() {
    let whole = book(usual());
    let (line, own) = (of_line(&whole), of_operator(&whole, "jana"));
    assert_eq!(line, of_line(&whole), "to the byte");
    let uids = all(&line, "UID");
    assert_eq!(uids.len(), uids.iter().collect::<std::collections::BTreeSet<_>>().len(), "each is one of a kind");
    assert!(all(&own, "UID").iter().all(|uid| uids.contains(uid)), "a person's entry is that of the line");
    // A day later the same shifts have the same names.
    let later = calendar(&whole, &CalendarOf::Line(LineId::new("zkusebni")), EDITION, prague(NOW) + TimeDelta::days(1)).unwrap();
    assert_eq!(all(&later, "UID")[..50], uids[all(&line, "UID").len() - all(&later, "UID").len()..][..50]);
    // A shift that ends earlier keeps its name, one that begins later gets another.
    let mut changed = usual();
    changed.shifts[0].window = Window::read("Mo 09:00-12:00").unwrap();
    changed.shifts[1].window = Window::read("Mo 10:00-15:00").unwrap();
    let changed = all(&of_line(&book(changed)), "UID");
    assert_eq!((changed[0] == uids[0], uids.contains(&changed[1])), (true, false));
}

#[test]
fn long_service_has_names_that_stay_too() {
    let mut line = Line { holidays: false, ..open(&["Mo-Su 00:00-24:00"]) };
    line.shifts = "Mo Tu We Th Fr Sa Su".split(' ').map(|day| shift("jana", &format!("{day} 00:00-24:00"), 1)).collect();
    line.shifts.push(shift("petr", "Fr 22:00-06:00", 2));
    let book = book(line);
    let starts = |now: &str| {
        let text = calendar(&book, &CalendarOf::Operator(OperatorId::new("jana")), EDITION, prague(now)).unwrap();
        instants(&text, "DTSTART")
    };
    // Whoever serves for good gets an entry a day, also in the weeks when the clock moves.
    let (today, tomorrow) = (starts("2026-11-30 08:00"), starts("2026-12-01 08:00"));
    assert_eq!((today[0], today.len()), (prague("2026-11-15 00:00"), 196));
    assert_eq!(today[1..], tomorrow[..195]);
    // A night is one entry.
    let night = of_operator(&book, "petr");
    assert_eq!((instants(&night, "DTSTART")[0], instants(&night, "DTEND")[0]), (prague("2026-11-20 22:00"), prague("2026-11-21 06:00")));
}

#[test]
fn every_instant_of_a_feed_is_the_resolvers() {
    let mut line = usual();
    line.overrides = vec![replaced("a", "jana", "alena", "2026-12-02 11:00", "2026-12-09 10:00")];
    let whole = book(line);
    let served: Vec<_> = ["jana", "petr", "alena"].map(|who| {
        let text = of_operator(&whole, who);
        (who, instants(&text, "DTSTART").into_iter().zip(instants(&text, "DTEND")).collect::<Vec<_>>())
    }).into();
    let mut at = prague("2026-11-25 00:00");
    while at < prague("2026-12-20 00:00") {
        let on_duty = duty(&whole.lines[0], at).on_duty;
        for (who, spans) in &served {
            assert_eq!(spans.iter().any(|(from, to)| *from <= at && at < *to), on_duty.iter().any(|person| person.operator.as_str() == *who), "{who} {at}");
        }
        at += TimeDelta::minutes(30);
    }
}

#[test]
fn lines_are_folded_and_hold_nothing_but_text() {
    let mut line = usual();
    line.name.cs = format!("{}\r\nBEGIN:VALARM\u{7}", "žluťoučký kůň ".repeat(30));
    line.closures = vec![closure("2026-12-09 13:30", "2026-12-09 14:00")];
    line.closures[0].text.cs = format!("„{}“, a; b\\n", "příliš ".repeat(40));
    let whole = book(line);
    for text in [of_line(&whole), of_operator(&whole, "jana")] {
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "75 octets");
        assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\u{7}']) && !text.contains("\r\nBEGIN:VALARM"));
    }
    assert!(all(&of_line(&whole), "SUMMARY").iter().any(|summary| summary.ends_with("“\\, a\\; b\\\\n")));
}
