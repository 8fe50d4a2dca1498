//! Events as rules of a line: names, times, repetition, what is refused and what a second import does.

use crate::domain::{Address, Bilingual, CalendarOf, LineId, OperatorId};
use crate::routing::tests::{absence, open, people, prague, shift};
use crate::routing::{Book, CalendarImport, Change, Edition, Fate, Line, Operator, Override, calendar, duty, import_calendar};
use chrono::{DateTime, TimeDelta, Utc};

/// Monday.
const NOW: &str = "2026-11-30 08:00";

fn usual() -> Line {
    open(&["Mo-Fr 09:00-15:00", "Fr 22:00-06:00", "Sa,Su 00:00-24:00"])
}

fn operators() -> Vec<Operator> {
    let mut operators = people();
    operators.push(Operator { id: OperatorId::new("eva"), name: "Mgr. Eva Pohádková".to_owned(), ..operators[0].clone() });
    operators.push(Operator { id: OperatorId::new("petr-druhy"), name: "Petr Druhý".to_owned(), ..operators[0].clone() });
    operators[0].addresses = vec![Address::new("email", "jana@linka.example")];
    operators
}

fn book(line: Line) -> Book {
    Book::new(vec![line], operators(), Vec::new(), Vec::new())
}

/// A file with events, each given by its lines.
fn file(events: &[&str]) -> String {
    let event = |event: &&str| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", event.replace('|', "\r\n"));
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.iter().map(event).collect::<String>())
}

fn imported(line: &Line, events: &[&str]) -> CalendarImport {
    let book = book(line.clone());
    import_calendar(&file(events), &book, &book.lines[0], prague(NOW)).unwrap()
}

/// The rules that one event asks for, or why it is not taken.
fn read(event: &str) -> String {
    let import = imported(&usual(), &[event]);
    let rules = import.entries.iter().map(|entry| entry.rule.cs.clone());
    let why = import.unread.iter().map(|unread| match &unread.why.hint {
        Some(hint) => format!("✕ {} – {}", unread.why.text.cs, hint.cs),
        None => format!("✕ {}", unread.why.text.cs),
    });
    let past = (import.past > 0).then(|| "minulé".to_owned());
    rules.chain(why).chain(past).collect::<Vec<_>>().join("; ")
}

#[test]
fn times() {
    let table = [
        // A time of the line's own zone, of a named one, of none, and an instant.
        ("DTSTART;TZID=Europe/Prague:20261207T090000|DTEND;TZID=Europe/Prague:20261207T150000", "Po 7. 12. 2026 9:00–15:00"),
        ("DTSTART:20261207T090000|DTEND:20261207T150000", "Po 7. 12. 2026 9:00–15:00"),
        ("DTSTART:20261207T080000Z|DTEND:20261207T140000Z", "Po 7. 12. 2026 9:00–15:00"),
        ("dtstart;tzid=Europe/London:20261207T080000|dtend;tzid=Europe/London:20261207T140000", "Po 7. 12. 2026 9:00–15:00"),
        ("DTSTART;TZID=\"Central Europe Standard Time\":20261207T090000|DURATION:PT6H", "Po 7. 12. 2026 9:00–15:00"),
        ("DTSTART;TZID=/softwarestudio.org/Tzfile/Europe/Prague:20261207T090000|DURATION:PT5H60M", "Po 7. 12. 2026 9:00–15:00"),
        ("DTSTART;VALUE=DATE-TIME:20261207T090000|DTEND:20261207T140000Z", "Po 7. 12. 2026 9:00–15:00"),
        // Over midnight and over days.
        ("DTSTART:20261204T220000|DTEND:20261205T060000", "Pá 4. 12. 2026 22:00 – 5. 12. 2026 6:00"),
        ("DTSTART:20261204T220000|DURATION:P1DT8H", "Pá 4. 12. 2026 22:00 – 6. 12. 2026 6:00"),
        ("DTSTART:20261204T220000|DURATION:P1W", "Pá 4. 12. 2026 22:00 – 11. 12. 2026 22:00"),
        // Spring: 2:00 is 3:00 on 28 March 2027. Days are those of the wall, hours are hours.
        ("DTSTART:20270327T220000|DTEND:20270328T060000", "So 27. 3. 2027 22:00 – 28. 3. 2027 6:00"),
        ("DTSTART:20270327T220000|DURATION:PT8H", "So 27. 3. 2027 22:00 – 28. 3. 2027 7:00"),
        ("DTSTART:20270327T220000|DURATION:P1D", "So 27. 3. 2027 22:00 – 28. 3. 2027 22:00"),
        ("DTSTART:20270328T023000|DTEND:20270328T060000", "Ne 28. 3. 2027 3:00–6:00"),
        // Autumn: 3:00 is 2:00 on 31 October 2027.
        ("DTSTART:20271030T220000|DURATION:PT8H", "So 30. 10. 2027 22:00 – 31. 10. 2027 5:00"),
        ("DTSTART:20271031T003000Z|DTEND:20271031T013000Z", "Ne 31. 10. 2027 2:30–2:30"),
    ];
    for (times, said) in table {
        assert_eq!(read(&format!("UID:1|SUMMARY:Jana|{times}")), format!("navíc slouží: Jana Vzorová, {said}"), "{times}");
    }
    let span = |import: &CalendarImport| (import.line.overrides[0].from, import.line.overrides[0].to);
    // A wall-clock time that is there twice: a start is its first, an end its last.
    let import = imported(&usual(), &["SUMMARY:Jana|DTSTART:20271031T023000|DTEND:20271031T024500"]);
    assert_eq!(span(&import), ("2027-10-31T00:30:00Z".parse().unwrap(), "2027-10-31T01:45:00Z".parse().unwrap()));
    let refused = [
        ("DTEND:20261207T150000", "✕ událost nemá začátek"),
        ("DTSTART:20261207T090000", "✕ konec události chybí nebo mu nerozumíme"),
        ("DTSTART:20261207T090000|DTEND:20261207T090000", "✕ událost končí dřív, než začíná"),
        ("DTSTART:20261207T090000|DTEND;VALUE=DATE:20261208", "✕ konec události chybí nebo mu nerozumíme"),
        ("DTSTART:20261207T090000|DURATION:-PT1H", "✕ konec události chybí nebo mu nerozumíme"),
        ("DTSTART:20261307T090000|DURATION:PT1H", "✕ času „20261307T090000“ nerozumíme"),
        ("DTSTART:99991207T090000|DURATION:PT1H", "✕ času „99991207T090000“ nerozumíme"),
        ("DTSTART:20261207T096000|DURATION:PT1H", "✕ času „20261207T096000“ nerozumíme"),
        ("DTSTART;TZID=Praha:20261207T090000|DURATION:PT1H", "✕ časové pásmo „Praha“ neznáme – v kalendáři nastavte třeba Europe/Prague"),
        ("DTSTART:20261207T090000|DTEND:20270207T090000", "✕ událost je delší než 31 dní"),
        ("DTSTART;VALUE=DATE:20261207|DTEND;VALUE=DATE:20261208", "✕ celodenní událost neříká, od kdy do kdy se slouží – zapište ji s časem; uzavření linky pojmenujte „Zavřeno: proč“"),
        ("DTSTART:20261207T090000|DTEND:20261207T150000|RDATE:20261208T090000", "✕ dnům navíc (RDATE) nerozumíme; udělejte z nich vlastní události"),
        ("DTSTART:20261123T090000|DTEND:20261123T150000", "minulé"),
    ];
    for (times, said) in refused {
        assert_eq!(read(&format!("UID:1|SUMMARY:Jana|{times}")), said, "{times}");
    }
}

#[test]
fn names() {
    let jana = "navíc slouží: Jana Vzorová, Po 7. 12. 2026 9:00–15:00";
    let table = [
        ("SUMMARY:Jana Vzorová", jana),
        ("SUMMARY:vzorova JANA", jana),
        ("SUMMARY:Jana", jana),
        ("SUMMARY:Vzorová", jana),
        ("SUMMARY:Služba – Jana", jana),
        ("SUMMARY:Ústecký kraj: Bc. Jana Vzorová (služba)", jana),
        ("summary;language=cs:Linka\\, slouží Jana", jana),
        ("SUMMARY:Eva Pohádková", "navíc slouží: Mgr. Eva Pohádková, Po 7. 12. 2026 9:00–15:00"),
        ("SUMMARY:Koordinátorka Alena Příkladná", "navíc slouží: Alena Příkladná, Po 7. 12. 2026 9:00–15:00"),
        ("SUMMARY:petr-druhy", "navíc slouží: Petr Druhý, Po 7. 12. 2026 9:00–15:00"),
        ("SUMMARY:Služba|ATTENDEE;CN=\"Vzorová, Jana\";ROLE=REQ-PARTICIPANT:mailto:x@example.com", jana),
        ("SUMMARY:Služba|ATTENDEE:MAILTO:Jana@Linka.example|ATTENDEE;CN=Nikdo:mailto:n@example.com|ORGANIZER;CN=Alena Příkladná:mailto:a@example.com", jana),
        ("ORGANIZER;CN=Jana Vzorová:mailto:x@example.com", jana),
        ("SUMMARY:Jnaa", "✕ operátora „Jnaa“ nikdo nezná – mysleli jste „Jana Vzorová“?"),
        ("SUMMARY:Služba Jana Vzrová", "✕ operátora „Služba Jana Vzrová“ nikdo nezná – mysleli jste „Jana Vzorová“?"),
        ("SUMMARY:Jnaa|ATTENDEE;CN=Petr Druhý:mailto:p@example.com", "✕ operátora „Jnaa“ nikdo nezná – mysleli jste „Jana Vzorová“?"),
        ("SUMMARY:Petr", "✕ „petr“ může být víc lidí: Petr Smyšlený, Petr Druhý; napište celé jméno"),
        ("SUMMARY:Jana a Eva", "✕ v jedné události je víc lidí; udělejte z ní pro každého jednu"),
        ("SUMMARY:Služba|ATTENDEE;CN=Jana Vzorová:mailto:j@example.com|ATTENDEE;CN=Eva Pohádková:mailto:e@example.com", "✕ v jedné události je víc lidí; udělejte z ní pro každého jednu"),
        ("SUMMARY:Oslava – Jana má narozeniny", "✕ operátora „Oslava – Jana má narozeniny“ nikdo nezná"),
        ("SUMMARY:Služba", "✕ nepoznáme, kdo slouží: v názvu ani mezi pozvanými není nikdo z operátorů"),
    ];
    for (who, said) in table {
        assert_eq!(read(&format!("UID:1|{who}|DTSTART:20261207T090000|DTEND:20261207T150000")), said, "{who}");
    }
}

#[test]
fn every_week() {
    let weekly = |rule: &str| read(&format!("UID:1|SUMMARY:Jana|DTSTART;TZID=Europe/Prague:20261207T090000|DTEND;TZID=Europe/Prague:20261207T150000|RRULE:{rule}"));
    let monday = "každý týden Po 9:00–15:00: Jana Vzorová, od 7. 12. 2026";
    let wednesday = "každý týden St 9:00–15:00: Jana Vzorová, od 7. 12. 2026";
    let table = [
        ("FREQ=WEEKLY", monday.to_owned()),
        ("FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=WE,MO,MO", format!("{monday}; {wednesday}")),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270104", format!("{monday}, do 4. 1. 2027")),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270104T080000Z", format!("{monday}, do 4. 1. 2027")),
        // Until a minute before it would begin.
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270104T075900Z", format!("{monday}, do 3. 1. 2027")),
        ("freq=weekly;byday=mo,we;count=3", format!("{monday}, do 14. 12. 2026; {wednesday}, do 14. 12. 2026")),
        ("FREQ=WEEKLY;INTERVAL=2", "✕ opakování umíme jen každý týden; „INTERVAL=2“ nerozumíme".to_owned()),
        ("FREQ=DAILY", "✕ opakování umíme jen každý týden; „FREQ=DAILY“ nerozumíme".to_owned()),
        ("FREQ=WEEKLY;BYDAY=1MO", "✕ opakování umíme jen každý týden; „BYDAY=1MO“ nerozumíme".to_owned()),
        ("FREQ=WEEKLY;BYHOUR=9", "✕ opakování umíme jen každý týden; „BYHOUR=9“ nerozumíme".to_owned()),
        ("FREQ=WEEKLY;COUNT=0", "✕ opakování umíme jen každý týden; „COUNT=0“ nerozumíme".to_owned()),
        ("FREQ=WEEKLY;BYDAY=TU", "✕ první den události neodpovídá opakování".to_owned()),
        ("FREQ=WEEKLY;UNTIL=20261101", "✕ opakování končí dřív, než začíná".to_owned()),
        ("BYDAY=MO", "✕ opakování umíme jen každý týden; „BYDAY=MO“ nerozumíme".to_owned()),
    ];
    for (rule, said) in table {
        assert_eq!(weekly(rule), said, "{rule}");
    }
    let at = |times: &str| read(&format!("UID:1|SUMMARY:Jana|{times}"));
    let table = [
        // Over midnight, to midnight, round the clock.
        ("DTSTART:20261204T220000|DTEND:20261205T060000|RRULE:FREQ=WEEKLY", "každý týden Pá 22:00–6:00: Jana Vzorová, od 4. 12. 2026"),
        ("DTSTART:20261204T220000|DTEND:20261205T000000|RRULE:FREQ=WEEKLY", "každý týden Pá 22:00–24:00: Jana Vzorová, od 4. 12. 2026"),
        ("DTSTART:20261205T000000|DURATION:P1D|RRULE:FREQ=WEEKLY;BYDAY=SA,SU", "každý týden So 0:00–24:00: Jana Vzorová, od 5. 12. 2026; každý týden Ne 0:00–24:00: Jana Vzorová, od 5. 12. 2026"),
        ("DTSTART:20261204T220000|DTEND:20261205T230000|RRULE:FREQ=WEEKLY", "✕ týdenní směna trvá nejvýš 24 hodin"),
        ("DTSTART:20261204T220030|DTEND:20261205T060000|RRULE:FREQ=WEEKLY", "✕ týdenní směna začíná a končí v celou minutu"),
        ("DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY", "✕ celodenní událost neříká, od kdy do kdy se slouží"),
        // Zones that move their clocks together are one wall; another one would drift.
        ("DTSTART;TZID=Europe/Berlin:20261207T090000|DURATION:PT6H|RRULE:FREQ=WEEKLY", "každý týden Po 9:00–15:00: Jana Vzorová, od 7. 12. 2026"),
        ("DTSTART;TZID=Europe/London:20261207T230000|DURATION:PT6H|RRULE:FREQ=WEEKLY", "každý týden Út 0:00–6:00: Jana Vzorová, od 8. 12. 2026"),
        ("DTSTART:20261207T080000Z|DTEND:20261207T140000Z|RRULE:FREQ=WEEKLY", "✕ opakuje se v jiném časovém pásmu (UTC) a při změně času by se posunulo"),
        ("DTSTART:20261207T080000Z|DTEND:20261207T140000Z|RRULE:FREQ=WEEKLY;UNTIL=20270301T080000Z", "každý týden Po 9:00–15:00: Jana Vzorová, od 7. 12. 2026, do 1. 3. 2027"),
        ("DTSTART:20260907T090000|DTEND:20260907T150000|RRULE:FREQ=WEEKLY;UNTIL=20261101", "minulé"),
    ];
    for (times, said) in table {
        assert_eq!(at(times), said, "{times}");
    }
}

const SERIES: &str = "UID:a|SUMMARY:Jana|DTSTART:20261109T090000|DTEND:20261109T150000|RRULE:FREQ=WEEKLY";

#[test]
fn days_left_out_and_moved() {
    let series = |more: &str| format!("{SERIES}{more}");
    let changed = |operator: &str| format!("UID:a|RECURRENCE-ID;TZID=Europe/Prague:20261214T090000|SUMMARY:{operator}|DTSTART:20261214T100000|DTEND:20261214T140000");
    let rules = |events: &[&str]| imported(&usual(), events).line.overrides.iter().map(|one| (one.change.clone(), one.from)).collect::<Vec<_>>();
    let remove = |at: &str| (Change::Remove { operator: OperatorId::new("jana") }, prague(at));
    let add = |who: &str, at: &str| (Change::Add { operator: OperatorId::new(who), order: 1 }, prague(at));
    let left_out = series("|EXDATE:20261207T090000,20261116T090000|EXDATE;VALUE=DATE:20261221|EXDATE:20261208T090000");
    assert_eq!(rules(&[&left_out]), [remove("2026-12-07 09:00"), remove("2026-12-21 09:00")], "one that is over and one where nothing is repeated need nothing");
    assert_eq!(rules(&[&series(""), &changed("Jana")]), [remove("2026-12-14 09:00"), add("jana", "2026-12-14 10:00")]);
    assert_eq!(rules(&[&changed("Eva Pohádková"), &series("")]), [remove("2026-12-14 09:00"), add("eva", "2026-12-14 10:00")], "in any order");
    let called_off = format!("{}|STATUS:CANCELLED", changed("Jana"));
    assert_eq!(rules(&[&series("|EXDATE:20261214T090000"), &called_off]), [remove("2026-12-14 09:00")]);
    let same = changed("Jana").replace("T100000", "T090000").replace("T140000", "T150000");
    assert_eq!(rules(&[&series(""), &same]), [], "only its words were changed");
    let why = |events: &[&str]| imported(&usual(), events).unread[0].why.text.cs.clone();
    assert_eq!(why(&[&changed("Jana")]), "mění opakovanou událost, která v souboru není nebo jí nerozumíme");
    assert_eq!(why(&[&series(""), &changed("Jana").replace("20261214T090000", "20261215T090000")]), "mění den, na který opakování nepřipadá");
    assert_eq!(why(&[SERIES, SERIES]), "událost se stejným UID už v souboru je");
    let import = imported(&usual(), &[&left_out]);
    for (at, serves) in [("2026-12-07 10:00", false), ("2026-12-14 10:00", true), ("2026-12-21 10:00", false)] {
        assert_eq!(!duty(&import.line, prague(at)).on_duty.is_empty(), serves, "{at}");
    }
}

#[test]
fn closures() {
    let table = [
        ("SUMMARY:Zavřeno: Stěhujeme se.|DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227", "zavřeno Čt 24. 12. 2026 – 26. 12. 2026: Stěhujeme se."),
        ("SUMMARY:ZAVŘENO|DTSTART:20261224", "zavřeno Čt 24. 12. 2026: Linka je mimořádně zavřená."),
        ("SUMMARY:Closed – inventory|DTSTART:20261207T120000|DTEND:20261207T130000", "zavřeno Po 7. 12. 2026 12:00–13:00: inventory"),
        ("SUMMARY:Zavřeno|DTSTART:20261224|RRULE:FREQ=WEEKLY", "✕ opakované uzavření neumíme; zapište každé zvlášť"),
        ("SUMMARY:Zavřenová|DTSTART:20261207T120000|DTEND:20261207T130000", "✕ operátora „Zavřenová“ nikdo nezná"),
    ];
    for (event, said) in table {
        assert_eq!(read(&format!("UID:1|{event}")), said, "{event}");
    }
    let long = format!("UID:1|SUMMARY:Zavřeno {}|DTSTART:20261224", "a".repeat(301));
    assert_eq!(read(&long), "✕ text uzavření je moc dlouhý, vejde se 300 znaků");
}

fn fates(import: &CalendarImport) -> Vec<(Fate, &str)> {
    import.entries.iter().map(|entry| (entry.fate, entry.rule.en.as_str())).collect()
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let events = [
        "UID:a|SUMMARY:Jana|DTSTART:20261109T090000|DTEND:20261109T150000|RRULE:FREQ=WEEKLY;BYDAY=MO,WE|EXDATE:20261207T090000",
        "UID:b|SUMMARY:Eva Pohádková|DTSTART:20261208T100000|DTEND:20261208T120000|X-LINKA-ORDER:3",
        "UID:c|SUMMARY:Zavřeno|DTSTART:20261224",
        "SUMMARY:Eva Pohádková|DTSTART:20261210T100000|DTEND:20261210T120000",
    ];
    let first = imported(&usual(), &events);
    assert_eq!((first.of(Fate::Added).count(), first.unread.len(), first.changes()), (6, 0, true));
    let again = imported(&first.line, &events);
    assert_eq!((again.of(Fate::Stays).count(), again.changes(), &again.line), (6, false, &first.line));
    // Later some of it is over; that changes nothing either.
    let book = book(first.line.clone());
    for later in ["2026-12-08 11:00", "2026-12-20 00:00", "2027-03-01 00:00"] {
        let import = import_calendar(&file(&events), &book, &book.lines[0], prague(later)).unwrap();
        assert_eq!((import.changes(), &import.line), (false, &first.line), "{later}: {:?}", fates(&import));
    }
}

#[test]
fn a_changed_file_changes_what_came_from_it() {
    let shifts = "UID:a|SUMMARY:Jana|DTSTART:20261130T090000|DTEND:20261130T150000|RRULE:FREQ=WEEKLY;BYDAY=MO,WE|EXDATE:20261207T090000";
    let once = "UID:b|SUMMARY:Eva Pohádková|DTSTART:20261208T100000|DTEND:20261208T120000";
    let before = imported(&usual(), &[shifts, once, "UID:c|SUMMARY:Zavřeno|DTSTART:20261224"]).line;
    let after = imported(&before, &[
        "UID:a|SUMMARY:Jana|DTSTART:20261130T100000|DTEND:20261130T150000|RRULE:FREQ=WEEKLY;BYDAY=MO",
        "UID:b|STATUS:CANCELLED|SUMMARY:Eva Pohádková|DTSTART:20261208T100000|DTEND:20261208T120000",
        "UID:c|SUMMARY:Zavřeno|DTSTART:20261223",
        "UID:never|STATUS:CANCELLED|SUMMARY:Jana|DTSTART:20261208T100000|DTEND:20261208T120000",
    ]);
    assert_eq!(fates(&after), [
        (Fate::Changed, "every week Mo 10:00-15:00: Jana Vzorová, from 30 November 2026"),
        (Fate::Removed, "does not serve: Jana Vzorová, Mon 7 December 2026 9:00–15:00"),
        (Fate::Removed, "every week We 09:00-15:00: Jana Vzorová, from 30 November 2026"),
        (Fate::Removed, "also serves: Eva Pohádková, Tue 8 December 2026 10:00–12:00".replace("Eva", "Mgr. Eva").as_str()),
        (Fate::Changed, "closed Wed 23 December 2026: The line is closed."),
    ]);
    assert_eq!(after.entries[0].before.as_ref().unwrap().cs, "každý týden Po 9:00–15:00: Jana Vzorová, od 30. 11. 2026");
    assert_eq!((after.line.shifts.len(), after.line.overrides.len(), after.line.closures.len()), (1, 0, 1));
    // Two events of one person change places.
    let two = ["UID:x|SUMMARY:Jana|DTSTART:20261208T090000|DTEND:20261208T120000", "UID:y|SUMMARY:Jana|DTSTART:20261208T120000|DTEND:20261208T150000"];
    let before = imported(&usual(), &two).line;
    let swapped = imported(&before, &[&two[0].replace("UID:x", "UID:y"), &two[1].replace("UID:y", "UID:x")]);
    assert_eq!((swapped.of(Fate::Changed).count(), swapped.unread.len()), (2, 0));
}

#[test]
fn what_the_roster_refuses_is_said_and_left_out() {
    let mut line = usual();
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1)];
    let import = imported(&line, &[
        "UID:a|SUMMARY:Jana|DTSTART:20261207T080000|DTEND:20261207T100000|RRULE:FREQ=WEEKLY;BYDAY=MO,TU",
        "UID:b|SUMMARY:Eva Pohádková|DTSTART:20261208T100000|DTEND:20261208T120000",
        "UID:c|SUMMARY:Eva Pohádková|DTSTART:20261208T110000|DTEND:20261208T130000",
    ]);
    let why: Vec<_> = import.unread.iter().map(|unread| (unread.at, unread.why.text.cs.as_str())).collect();
    assert_eq!(why[0], (3, "směna Po 8:00–10:00 (Jana Vzorová) se překrývá se směnou Po 9:00–15:00 téže osoby"));
    assert!(why[1].0 == 16 && why[1].1.contains("odporuje záskoku „navíc slouží: Mgr. Eva Pohádková“ 8. 12. 2026 10:00–12:00"), "{why:?}");
    assert_eq!((import.line.shifts.len(), import.line.overrides.len()), (1, 1), "an event is taken whole or not at all");
    // A change that is refused leaves what it would have changed.
    let before = imported(&line, &["UID:d|SUMMARY:Jana|DTSTART:20261208T090000|DTEND:20261208T150000|RRULE:FREQ=WEEKLY"]).line;
    let refused = imported(&before, &["UID:d|SUMMARY:Jana|DTSTART:20261207T090000|DTEND:20261207T160000|RRULE:FREQ=WEEKLY", "UID:e|SUMMARY:Petr Smyšlený|DTSTART:20261210T090000|DTEND:20261210T100000"]);
    assert_eq!((refused.unread.len(), refused.of(Fate::Added).count(), &refused.line.shifts), (1, 1, &before.shifts));
}

#[test]
fn what_is_so_already_stays_and_what_is_odd_is_noted() {
    let mut line = usual();
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1)];
    let table = [
        ("UID:a|SUMMARY:Jana|DTSTART:20261207T090000|DTEND:20261207T150000", Fate::Stays, ""),
        ("UID:a|SUMMARY:Jana|DTSTART:20261207T080000|DTEND:20261207T160000", Fate::Stays, ""),
        ("UID:a|SUMMARY:Jana|DTSTART:20261130T090000|DTEND:20261130T150000|RRULE:FREQ=WEEKLY", Fate::Stays, ""),
        ("UID:a|SUMMARY:Jana|DTSTART:20261209T090000|DTEND:20261209T150000", Fate::Added, ""),
        ("UID:a|SUMMARY:Jana|DTSTART:20261211T160000|DTEND:20261211T170000", Fate::Added, "v té době je linka zavřená, nic by to nezměnilo"),
        ("UID:a|SUMMARY:Jana|DTSTART:20261207T160000|DTEND:20261207T170000", Fate::Added, "v té době je linka zavřená, nic by to nezměnilo"),
        ("UID:a|SUMMARY:Jana|DTSTART:20261207T160000|DTEND:20261207T170000|RRULE:FREQ=WEEKLY", Fate::Added, "mimo provozní dobu"),
        ("UID:a|SUMMARY:Petr Smyšlený|DTSTART:20261209T090000|DTEND:20261209T150000", Fate::Added, "v té době má nepřítomnost"),
    ];
    let book = Book::new(vec![line], operators(), vec![absence("petr", "2026-12-09 00:00", "2026-12-10 00:00", None)], Vec::new());
    for (event, fate, note) in table {
        // The line learns of absences of its people only, and Petr is none of them yet.
        let mut line = book.lines[0].clone();
        line.absences.clone_from(&book.absences);
        let import = import_calendar(&file(&[event]), &book, &line, prague(NOW)).unwrap();
        let notes = import.entries[0].notes.iter().map(|note| note.cs.as_str()).collect::<Vec<_>>().join("; ");
        assert_eq!((import.entries[0].fate, notes.as_str()), (fate, note), "{event}");
    }
}

#[test]
fn the_calendar_of_one_line_gives_another_the_same_duty() {
    let mut from = open(&["Mo,We 09:00-15:00", "Fr 22:00-06:00"]);
    from.shifts = ["Mo", "We"].iter().flat_map(|day| [shift("jana", &format!("{day} 09:00-15:00"), 1), shift("petr", &format!("{day} 12:00-15:00"), 2)]).chain([shift("eva", "Fr 22:00-06:00", 1)]).collect();
    from.overrides = vec![Override { id: crate::domain::RuleId::new("x"), from: prague("2026-12-09 10:00"), to: prague("2026-12-14 12:00"), change: Change::Replace { operator: OperatorId::new("jana"), by: OperatorId::new("alena") } }];
    from.closures = vec![crate::routing::tests::closure("2026-12-16 00:00", "2026-12-17 00:00"), crate::routing::tests::closure("2026-12-21 13:00", "2026-12-21 14:00")];
    let elsewhere = Line { id: LineId::new("jinde"), shifts: Vec::new(), overrides: Vec::new(), closures: Vec::new(), name: Bilingual::new("Jinde", "Elsewhere"), ..from.clone() };
    let book = Book::new(vec![from, elsewhere], operators(), Vec::new(), Vec::new());
    let edition = Edition { version: 1, at: DateTime::UNIX_EPOCH };
    let text = calendar(&book, &CalendarOf::Line(LineId::new("zkusebni")), edition, prague(NOW)).unwrap();
    let import = import_calendar(&text, &book, &book.lines[1], prague(NOW)).unwrap();
    assert_eq!((import.unread.len(), import.past > 0), (0, true), "{:?}", import.unread);
    let served = |line: &Line, at: DateTime<Utc>| {
        let duty = duty(line, at);
        (duty.open, duty.on_duty.into_iter().map(|person| (person.operator, person.order)).collect::<Vec<_>>())
    };
    let mut at = prague(NOW);
    while at < prague("2027-05-01 00:00") {
        assert_eq!(served(&import.line, at), served(&book.lines[0], at), "{at}");
        at += TimeDelta::minutes(30);
    }
    // The line itself has all of it already.
    let own = import_calendar(&text, &book, &book.lines[0], prague(NOW)).unwrap();
    assert!(!own.changes(), "{:?}", own.of(Fate::Added).collect::<Vec<_>>());
}
