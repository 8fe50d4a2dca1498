//! What the coordinator is warned of.

use super::{absence, closure, open, people, prague, replaced, shift};
use crate::routing::{Book, OperatorId, SpecialDay, WarningKind, warnings};

fn told(book: &Book, from: &str, days: usize) -> Vec<(WarningKind, String)> {
    warnings(book, prague(from), days).into_iter().map(|warning| (warning.kind, warning.text.cs)).collect()
}

#[test]
fn the_coming_month_is_looked_through() {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1), shift("petr", "Mo 09:00-15:00", 2), shift("petr", "We 09:00-14:00", 1)];
    let absences = vec![absence("jana", "2026-12-07 00:00", "2026-12-08 00:00", None), absence("alena", "2026-12-14 00:00", "2026-12-16 00:00", None)];
    let mut book = Book::new(vec![line], people(), absences, Vec::new());
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
    assert_eq!(told(&book, "2026-12-07 00:00", 1), [(WarningKind::NoFallback, "koordinátora „nikdo“ nikdo nezná, nepřevzaté kontakty nemají kam jít".to_owned())]);
}

#[test]
fn holidays_without_a_plan_and_nights_when_the_clock_moves() {
    let mut line = open(&["Mo-Fr 09:00-15:00", "Sa 22:00-06:00"]);
    line.shifts = line.hours.iter().map(|window| shift("jana", &window.to_string(), 1)).collect();
    let mut book = Book::new(vec![line], people(), Vec::new(), Vec::new());
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
    let english = &warnings(&book, prague("2026-10-26 00:00"), 5)[0].text.en;
    assert_eq!(english, "Wed 28 October 2026: is Independent Czechoslovak State Day, the line will be open");
}
