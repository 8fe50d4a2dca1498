//! Swaps: what they change, and what they must not.

use super::{absence, names, open, people, prague, replaced, shift};
use crate::domain::{Bilingual, Swap, SwapState};
use crate::routing::{Book, Line, LineId, OperatorId, RuleId, Span, duty, shift_on, swap_holds, swap_overrides};

fn book() -> Book {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 08:00-16:00", 1), shift("petr", "We 09:00-15:00", 1), shift("alena", "Mo 12:00-15:00", 2)];
    Book::new(vec![line], people(), Vec::new(), Vec::new())
}

fn span(from: &str, to: &str) -> Span {
    Span { from: prague(from), to: prague(to) }
}

/// Jana's Monday for Petr's Wednesday.
fn request(id: &str) -> Swap {
    Swap {
        id: RuleId::new(id),
        line: LineId::new("zkusebni"),
        from: OperatorId::new("jana"),
        to: OperatorId::new("petr"),
        shift: span("2026-12-07 09:00", "2026-12-07 15:00"),
        counter: Some(span("2026-12-09 09:00", "2026-12-09 15:00")),
        state: SwapState::Pending,
        asked_at: prague("2026-12-01 09:00"),
        due_at: None,
        letters: Vec::new(),
        settled_by: None,
        settled_at: None,
    }
}

fn refused(book: &Book, others: &[Swap], request: &Swap) -> Vec<Bilingual> {
    swap_overrides(book, others, request).unwrap_err().into_iter().map(|refusal| refusal.text).collect()
}

#[test]
fn an_accepted_swap_turns_both_shifts() {
    let mut book = book();
    let overrides = swap_overrides(&book, &[request("s1")], &request("s1")).unwrap();
    assert_eq!(overrides.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["s1-1", "s1-2"]);
    let line: Line = overrides.into_iter().fold(book.lines[0].clone(), |line, one| line.with_override(&book.operators, one).unwrap());
    book = book.with_line(line);
    let who = |at: &str| names(&duty(&book.lines[0], prague(at))).join(",");
    assert_eq!([who("2026-12-07 10:00"), who("2026-12-07 13:00"), who("2026-12-09 10:00")], ["petr", "petr,alena", "jana"]);
    assert_eq!([who("2026-12-14 10:00"), who("2026-12-16 10:00")], ["jana", "petr"]);
}

#[test]
fn two_overlapping_swaps_are_refused_and_both_named() {
    let mut book = book();
    let mut other = Swap { to: OperatorId::new("alena"), shift: span("2026-12-07 09:00", "2026-12-07 12:00"), counter: None, ..request("s2") };
    let told = refused(&book, std::slice::from_ref(&other), &request("s1"));
    assert_eq!(
        told[0].cs,
        "výměna Jana Vzorová → Petr Smyšlený 7. 12. 2026 9:00–15:00 se kříží s výměnou Jana Vzorová → Alena Příkladná 7. 12. 2026 9:00–12:00, která čeká na odpověď"
    );
    assert!(told[0].en.ends_with("overlaps swap Jana Vzorová → Alena Příkladná 7 December 2026 9:00–12:00, which waits for an answer"), "{told:?}");
    other.state = SwapState::Accepted;
    assert!(swap_overrides(&book, std::slice::from_ref(&other), &request("s1")).is_ok(), "its override was taken away");
    book.lines[0].overrides = vec![replaced("s2-1", "jana", "alena", "2026-12-07 09:00", "2026-12-07 12:00")];
    assert!(swap_holds(&book, &other));
    assert!(refused(&book, std::slice::from_ref(&other), &request("s1"))[0].cs.ends_with("která už platí"));
    book.lines[0].overrides.clear();
    for state in [SwapState::Declined, SwapState::Withdrawn, SwapState::Expired] {
        other.state = state;
        assert!(swap_overrides(&book, std::slice::from_ref(&other), &request("s1")).is_ok());
    }
    let another_day = Swap { shift: span("2026-12-14 09:00", "2026-12-14 15:00"), counter: None, ..request("s3") };
    assert!(swap_overrides(&book, &[another_day], &request("s1")).is_ok());
}

#[test]
fn who_is_not_on_duty_cannot_give_a_shift() {
    let book = book();
    let table = [
        (Swap { shift: span("2026-12-08 09:00", "2026-12-08 15:00"), ..request("s1") }, "Jana Vzorová v té době (8. 12. 2026 9:00–15:00) směnu nemá"),
        (Swap { shift: span("2026-12-07 09:00", "2026-12-09 12:00"), counter: None, ..request("s1") }, "Jana Vzorová v té době (7. 12. 2026 9:00 – 9. 12. 2026 12:00) směnu nemá"),
        (Swap { counter: Some(span("2026-12-14 09:00", "2026-12-14 15:00")), ..request("s1") }, "Petr Smyšlený v té době (14. 12. 2026 9:00–15:00) směnu nemá"),
        (Swap { to: OperatorId::new("alena"), counter: None, ..request("s1") }, "Alena Příkladná v té době (7. 12. 2026 9:00–15:00) už slouží"),
        (Swap { to: OperatorId::new("jana"), ..request("s1") }, "nikdo si nemůže vyměnit směnu sám se sebou"),
        (Swap { to: OperatorId::new("pert"), counter: None, ..request("s1") }, "operátora „pert“ nikdo nezná"),
        (Swap { line: LineId::new("zkusebny"), ..request("s1") }, "linku „zkusebny“ nikdo nezná"),
    ];
    for (request, expected) in table {
        assert_eq!(refused(&book, &[], &request)[0].cs, expected);
    }
    let mut away = book.with_absence(absence("petr", "2026-12-07 12:00", "2026-12-08 00:00", None)).unwrap();
    let told = refused(&away, &[], &request("s1"));
    assert_eq!(told[0].cs, "Petr Smyšlený má nepřítomnost 7. 12. 2026 12:00 – 8. 12. 2026 0:00, která zasahuje do směny 7. 12. 2026 9:00–15:00");
    away.lines[0].overrides = vec![replaced("x", "jana", "eva", "2026-12-07 14:00", "2026-12-07 16:00")];
    assert!(refused(&away, &[], &request("s1")).iter().any(|text| text.cs.contains("odporuje záskoku")));
}

#[test]
fn a_shift_is_found_by_its_day() {
    let book = book();
    let found = |who: &str, date: &str| shift_on(&book.lines[0], &OperatorId::new(who), date.parse().unwrap());
    assert_eq!(found("jana", "2026-12-07"), Some(span("2026-12-07 09:00", "2026-12-07 15:00")));
    assert_eq!(found("jana", "2026-12-09"), None);
}
