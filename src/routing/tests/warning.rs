//! What the coordinator is warned of.

use super::{absence, closure, open, people, prague, replaced, shift};
use crate::domain::{Address, Barrier, Point, Trouble};
use crate::routing::{Book, Operator, OperatorId, SpecialDay, WarningKind, warnings};

/// The people, each with one contact point.
fn reached() -> Vec<Operator> {
    let with_chat = |operator: Operator| Operator { addresses: vec![Address::new("chat", operator.id.as_str())], ..operator };
    people().into_iter().map(with_chat).collect()
}

/// People whose every contact point has been proven.
fn proven(book: &Book) -> Vec<Point> {
    let all = book.operators.iter().flat_map(|operator| operator.addresses.iter().map(|address| (operator.id.clone(), address.clone())));
    all.map(|(operator, address)| Point { verified_at: Some(prague("2026-01-01 09:00")), ..Point::unknown(operator, address) }).collect()
}

fn told(book: &Book, from: &str, days: usize) -> Vec<(WarningKind, String)> {
    warnings(book, &proven(book), prague(from), days).into_iter().map(|warning| (warning.kind, warning.text.cs)).collect()
}

#[test]
fn the_coming_month_is_looked_through() {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1), shift("petr", "Mo 09:00-15:00", 2), shift("petr", "We 09:00-14:00", 1)];
    let absences = vec![absence("jana", "2026-12-07 00:00", "2026-12-08 00:00", None), absence("alena", "2026-12-14 00:00", "2026-12-16 00:00", None)];
    let mut book = Book::new(vec![line], reached(), absences, Vec::new());
    let found = told(&book, "2026-12-07 00:00", 10);
    let expected = [
        (WarningKind::EmptyShift, "Po 7. 12. 2026 9:00–15:00: Jana má nepřítomnost a nikdo nezastupuje"),
        (WarningKind::Gap, "St 9. 12. 2026 14:00–15:00: nikdo neslouží"),
        (WarningKind::NoFallback, "Po 14. 12. 2026 – 15. 12. 2026: Alena koordinuje, má nepřítomnost a nikdo nezastupuje"),
        (WarningKind::Gap, "St 16. 12. 2026 14:00–15:00: nikdo neslouží"),
    ];
    assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    // Whoever is replaced does not leave an empty shift; a gap that is over is no news.
    book.lines[0].overrides = vec![replaced("a", "jana", "alena", "2026-12-07 00:00", "2026-12-08 00:00")];
    assert_eq!(told(&book, "2026-12-09 15:00", 1), []);
    assert_eq!(told(&book, "2026-12-07 00:00", 1), []);
    book.lines[0].coordinator = OperatorId::new("nikdo");
    assert_eq!(told(&book, "2026-12-07 00:00", 1), [(WarningKind::NoCoordinator, "koordinátora „nikdo“ nikdo nezná, nepřevzaté kontakty nemají kam jít".to_owned())]);
}

#[test]
fn holidays_without_a_plan_and_nights_when_the_clock_moves() {
    let mut line = open(&["Mo-Fr 09:00-15:00", "Sa 22:00-06:00"]);
    line.shifts = line.hours.iter().map(|window| shift("jana", &window.to_string(), 1)).collect();
    let mut book = Book::new(vec![line], reached(), Vec::new(), Vec::new());
    assert_eq!(
        told(&book, "2026-10-24 00:00", 5),
        [
            (WarningKind::ClockChange, "So 24. 10. 2026 22:00 – 25. 10. 2026 6:00: hodiny se posouvají zpátky".to_owned()),
            (WarningKind::Holiday, "St 28. 10. 2026: je Den vzniku samostatného československého státu, linka bude zavřená".to_owned()),
        ]
    );
    assert_eq!(told(&book, "2026-03-28 00:00", 2)[0].1, "So 28. 3. 2026 22:00 – 29. 3. 2026 6:00: hodiny se posouvají dopředu");
    book.lines[0].special = vec![SpecialDay { date: "2026-10-28".parse().unwrap(), hours: Vec::new(), text: None }];
    assert_eq!(told(&book, "2026-10-26 00:00", 5), []);
    book.lines[0].special.clear();
    book.lines[0].closures = vec![closure("2026-10-28 00:00", "2026-10-29 00:00")];
    assert_eq!(told(&book, "2026-10-26 00:00", 5), []);
    book.lines[0].closures.clear();
    book.lines[0].holidays = false;
    assert!(told(&book, "2026-10-26 00:00", 5)[0].1.ends_with("linka bude otevřená"));
    let english = &warnings(&book, &proven(&book), prague("2026-10-26 00:00"), 5)[0].text.en;
    assert_eq!(english, "Wed 28 October 2026: is Independent Czechoslovak State Day, the line will be open");
}

#[test]
fn whoever_serves_and_cannot_be_reached_is_named() {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1), shift("jana", "We 09:00-15:00", 1)];
    let mut book = Book::new(vec![line], reached(), Vec::new(), Vec::new());
    let now = prague("2026-12-08 00:00");
    let mut points = proven(&book);
    assert_eq!(warnings(&book, &points, now, 7), []);
    points.iter_mut().filter(|point| point.operator.as_str() == "jana").for_each(|point| point.verified_at = None);
    let unproven = warnings(&book, &points, now, 7);
    assert_eq!((unproven[0].kind, unproven[0].span.from), (WarningKind::Unproven, prague("2026-12-09 09:00")));
    assert_eq!(unproven[0].text.cs, "Jana: neověřené spojení (chat)");
    for point in &mut points {
        point.trouble = Some(Trouble { barrier: Barrier::Blocked, since: now });
    }
    let cut_off: Vec<_> = warnings(&book, &points, now, 7).into_iter().map(|warning| (warning.kind, warning.text.cs)).collect();
    let expected = [(WarningKind::Unreached, "Alena: zprávy nikam nedojdou (chat)"), (WarningKind::Unreached, "Jana: zprávy nikam nedojdou (chat)")];
    assert_eq!(cut_off, expected.map(|(kind, text)| (kind, text.to_owned())), "Petr does not serve");
    book.operators[2].addresses.clear();
    assert_eq!(warnings(&book, &[], now, 7)[0].kind, WarningKind::NoCoordinator);
}

#[test]
fn a_matter_keeps_its_name_until_it_is_solved() {
    let mut line = open(&["Mo 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1)];
    let away = absence("alena", "2026-12-01 08:00", "2027-03-01 00:00", None);
    let gone = absence("jana", "2026-12-14 00:00", "2026-12-15 00:00", None);
    let book = Book::new(vec![line], reached(), vec![away, gone], Vec::new());
    let keys = |day: &str| warnings(&book, &proven(&book), prague(day), 30).into_iter().map(|warning| warning.key()).collect::<Vec<_>>();
    let first = keys("2026-12-02 09:00");
    assert_eq!(first.len(), 3, "the coordinator away, the shift empty, nobody serving: {first:?}");
    assert_eq!(keys("2026-12-03 09:00"), first);
    assert_eq!(keys("2026-12-13 23:00")[..3], first);
    assert_eq!(keys("2026-12-15 09:00").len(), 1);
}
