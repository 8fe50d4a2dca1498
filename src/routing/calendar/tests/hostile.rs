//! Files of strangers: broken, endless, nested, random. Nothing stops, nothing takes long.

use crate::routing::tests::{open, people, prague};
use crate::routing::{Book, CalendarImport, Refusal, import_calendar};
use proptest::prelude::*;

const NOW: &str = "2026-11-30 08:00";

fn import(text: &str) -> Result<CalendarImport, Refusal> {
    let book = Book::new(vec![open(&["Mo-Su 00:00-24:00"])], people(), Vec::new(), Vec::new());
    import_calendar(text, &book, &book.lines[0], prague(NOW))
}

fn refused(text: &str) -> String {
    import(text).unwrap_err().text.cs
}

#[test]
fn what_is_no_calendar_is_said() {
    let table = [
        ("", "soubor je prázdný"),
        ("\r\n \r\n", "soubor je prázdný"),
        ("jméno;den\nJana;pondělí", "tohle není kalendář: soubor .ics začíná řádkem BEGIN:VCALENDAR"),
        ("<html>", "tohle není kalendář: soubor .ics začíná řádkem BEGIN:VCALENDAR"),
    ];
    for (text, said) in table {
        assert_eq!(refused(text), said, "{text:?}");
    }
    assert!(refused(&format!("BEGIN:VCALENDAR\n{}", "a".repeat(1_048_576))).contains("větší než 1 MB"));
    assert!(refused(&format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(10_001))).contains("10 000"));
}

#[test]
fn broken_events_are_told_with_their_lines_and_spoil_no_other() {
    let text = "\u{feff}BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\n\
        BEGIN:VEVENT\nSUMMARY:Jana\nDTSTART\nEND:VEVENT\n\
        BEGIN:VEVENT\nSUMMARY:Ja\n na\n\t Vzorová\nDTSTART:20261207T090000\nDTEND:20261207T150000\nBEGIN:VALARM\nDTSTART:20260101T000000\nDURATION:PT1M\nEND:VALARM\nEND:VEVENT\n\
        BEGIN:VT\u{4f}DO\nSUMMARY:Úkol\nEND:VT\u{4f}DO\n\
        BEGIN:VEVENT\nSUMMARY:Petr\nBEGIN:VEVENT\nSUMMARY:Eva\nDTSTART:20261207T090000\n";
    let import = import(text).unwrap();
    let unread: Vec<_> = import.unread.iter().map(|unread| (unread.at, unread.summary.as_str(), unread.why.text.cs.as_str())).collect();
    assert_eq!(unread, [
        (8, "Jana", "řádku s DTSTART nerozumíme (řádek 10)"),
        (23, "Úkol", "úkol ani deník není směna"),
        (26, "Petr", "událost v souboru nemá konec (END:VEVENT)"),
        (28, "Eva", "událost v souboru nemá konec (END:VEVENT)"),
    ]);
    assert_eq!(import.entries.len(), 1, "the folded one is read: {:?}", import.entries);
}

#[test]
fn the_largest_files_end() {
    let deep = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}", "BEGIN:X\n".repeat(100_000));
    assert_eq!(import(&deep).unwrap().unread.len(), 1);
    let event = |n: usize| format!("BEGIN:VEVENT\nUID:{n}\nSUMMARY:Jana\nDTSTART:20261201T0{}{:02}00\nDURATION:PT1M\nEND:VEVENT\n", n / 60 % 10, n % 60);
    let many = format!("BEGIN:VCALENDAR\n{}", (0..9_990).map(event).collect::<String>());
    let import_of_many = import(&many).unwrap();
    assert_eq!(import_of_many.entries.len(), 300, "a roster is bounded");
    assert_eq!(import_of_many.unread.len(), 9_690);
    let weekly = |n: usize| format!("BEGIN:VEVENT\nUID:{n}\nSUMMARY:Jana\nDTSTART:20261207T080000Z\nDURATION:PT1M\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n");
    assert_eq!(import(&format!("BEGIN:VCALENDAR\n{}", (0..9_000).map(weekly).collect::<String>())).unwrap().unread.len(), 9_000);
    for line in ["EXDATE:20261207T090000", "ATTENDEE;CN=\"x", "SUMMARY", ";;;;", "RRULE:FREQ=WEEKLY;BYDAY=MO,MO", "DTSTART;TZID=a/b/c/d/e/"] {
        let long = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Jana\nDTSTART:20261207T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\n{line}{}\nEND:VEVENT\n", ",20261214T090000".repeat(20_000));
        assert!(import(&long).is_ok(), "{line}");
        let lines = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Jana\nDTSTART:20261207T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\n{}END:VEVENT\n", format!("{line}\n").repeat(5_000));
        assert!(import(&lines).is_ok(), "{line}");
    }
}

/// Lines that come near to what is read.
fn line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "BEGIN", "END", "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID", "ATTENDEE", "ORGANIZER", "STATUS", "X-LINKA-ORDER", " ", "",
    ]);
    let param = prop::sample::select(vec!["", ";TZID=Europe/Prague", ";TZID=America/St_Johns", ";TZID=", ";VALUE=DATE", ";CN=\"a;b", ";CN=Jana", ";=;", ";\u{301}"]);
    let value = prop::sample::select(vec![
        "VEVENT", "VCALENDAR", "VALARM", "Jana", "Petr Smyšlený", "Zavřeno: ž", "20261207T090000", "20261207T090000Z", "20270328T023000", "20271031T023000Z", "20261207", "00000000T000000",
        "99991231T235959", "PT8H", "P1D", "P999999999W", "PT", "-P1D", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,SU;COUNT=1000", "FREQ=WEEKLY;UNTIL=20270101", "FREQ=WEEKLY;UNTIL=22001231T235959Z",
        "20261214T090000,20261221", "CANCELLED", "99", "mailto:", "\\", "\\n\\,", "🙂", "a", "b",
    ]);
    prop_oneof![
        8 => (name, param, prop::sample::select(vec![":", "", "::", "="]), value).prop_map(|(name, param, colon, value)| format!("{name}{param}{colon}{value}")),
        1 => "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn lines_that_look_right_never_stop_the_reader(lines in prop::collection::vec(line(), 0..60)) {
        let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}", lines.join("\n"));
        let book = Book::new(vec![open(&["Mo-Su 00:00-24:00"])], people(), Vec::new(), Vec::new());
        let import = import_calendar(&text, &book, &book.lines[0], prague(NOW)).unwrap();
        // What was taken is taken for good: the second time nothing changes.
        let book = book.with_line(import.line.clone());
        let again = import_calendar(&text, &book, &book.lines[0], prague(NOW)).unwrap();
        prop_assert!(!again.changes(), "{:?}", again.entries);
        prop_assert_eq!(again.line, import.line);
    }

    #[test]
    fn random_bytes_never_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = import(&text);
        let _ = import(&format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{text}"));
        for name in ["DTSTART", "RRULE", "EXDATE", "SUMMARY", "DURATION;"] {
            let _ = import(&format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Jana\r\nDTSTART:20261207T090000\r\n{name}:{text}\r\nEND:VEVENT"));
        }
    }
}
