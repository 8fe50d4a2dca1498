//! Each edit that is refused, with both sides named, and that nothing is half taken.

use crate::domain::{Bilingual, Region};
use crate::routing::tests::{absence, changed, closure, open, people, prague, replaced, shift};
use crate::routing::{Book, Change, Cover, Covered, Line, LineId, OperatorId, Refusal, Rotation, RuleId, SpecialDay, Times, Turn, Window};

fn said<T: std::fmt::Debug>(result: Result<T, Vec<Refusal>>) -> Vec<String> {
    let whole = |refusal: Refusal| match refusal.hint {
        Some(hint) => format!("{} – {}", refusal.text.cs, hint.cs),
        None => refusal.text.cs,
    };
    result.map_or_else(|refusals| refusals.into_iter().map(whole).collect(), |_| Vec::new())
}

fn english<T: std::fmt::Debug>(result: Result<T, Vec<Refusal>>) -> Bilingual {
    result.unwrap_err().remove(0).text
}

fn usual() -> Line {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "Mo 09:00-15:00", 1)];
    line
}

#[test]
fn shifts() {
    let (line, people) = (usual(), people());
    let table = [
        (shift("jana", "Mo 14:00-16:00", 2), vec!["směna Po 14:00–16:00 (Jana Vzorová) se překrývá se směnou Po 9:00–15:00 téže osoby"]),
        (shift("Jana Vzorova", "We 09:00-15:00", 1), vec!["operátora „Jana Vzorova“ nikdo nezná – mysleli jste „Jana Vzorová“?"]),
        (shift("xyz", "We 09:00-15:00", 1), vec!["operátora „xyz“ nikdo nezná"]),
        (shift("jana", "Mo 15:00-16:00", 2), vec![]),
        (shift("petr", "Mo 09:00-15:00", 2), vec![]),
    ];
    for (new, expected) in table {
        assert_eq!(said(line.with_shift(&people, new.clone())), expected, "{new:?}");
    }
    let mut other_days = shift("jana", "Mo 14:00-16:00", 2);
    other_days.valid_from = "2027-01-01".parse().ok();
    let mut bound = line.clone();
    bound.shifts[0].valid_to = "2026-12-31".parse().ok();
    assert_eq!(bound.with_shift(&people, other_days.clone()).unwrap().shifts.len(), 2);
    other_days.valid_to = "2026-01-01".parse().ok();
    assert_eq!(said(bound.with_shift(&people, other_days)), ["směna přestává platit dřív, než začne"]);
    assert_eq!(said(line.with_hours(Window::read("Mo 14:00-16:00").unwrap())), ["provozní doba Po 14:00–16:00 se překrývá s Po 9:00–15:00"]);
}

#[test]
fn rotations() {
    let rotation = |people: &[&str], window: &str, order| Rotation {
        people: people.iter().map(|who| OperatorId::new(*who)).collect(),
        windows: Window::read_many(window).unwrap(),
        order,
        start: "2026-12-07".parse().unwrap(),
        turn: Turn::Weeks(1),
        valid_from: None,
        valid_to: None,
    };
    let people = people();
    let line = usual().with_rotation(&people, rotation(&["jana", "petr"], "Mo,We 09:00-15:00", 1)).unwrap();
    let table = [
        (rotation(&["petr", "alena"], "We 12:00-18:00", 1), vec!["střídání St 12:00–18:00 a střídání St 9:00–15:00 se překrývají a v obou je Petr Smyšlený na stejném místě"]),
        (rotation(&["petr", "jana"], "Mo,We 09:00-15:00", 2), vec![]),
        (rotation(&["alena"], "We 12:00-18:00", 1), vec![]),
        (rotation(&[], "We 12:00-18:00", 1), vec!["ve střídání nikdo není"]),
        (rotation(&["jana", "jana"], "Fr 12:00-18:00", 3), vec!["ve střídání je pořád táž osoba, stačí jí stálá směna"]),
        (rotation(&["alena"], "Mo,Mo 12:00-18:00", 1), vec!["čas střídání Po 12:00–18:00 se překrývá s Po 12:00–18:00"]),
    ];
    for (new, expected) in table {
        assert_eq!(said(line.with_rotation(&people, new.clone())), expected, "{new:?}");
    }
    let mut none = rotation(&["alena"], "We 12:00-18:00", 1);
    (none.windows, none.valid_to) = (Vec::new(), "2026-12-01".parse().ok());
    assert_eq!(said(line.with_rotation(&people, none)), ["střídání nemá žádný čas", "střídání přestává platit dřív, než začne"]);
}

#[test]
fn overrides_that_contradict_are_refused_and_both_named() {
    let people = people();
    let line = usual().with_override(&people, replaced("a", "jana", "petr", "2026-12-07 00:00", "2026-12-08 00:00")).unwrap();
    let (from, to) = ("2026-12-07 12:00", "2026-12-07 15:00");
    let remove = changed("b", Change::Remove { operator: OperatorId::new("jana") }, from, to);
    let refused = english(line.with_override(&people, remove.clone()));
    assert_eq!(refused.cs, "záskok „neslouží: Jana Vzorová“ 7. 12. 2026 12:00–15:00 odporuje záskoku „Jana Vzorová → Petr Smyšlený“ 7. 12. 2026");
    assert_eq!(refused.en, "override `does not serve: Jana Vzorová` 7 December 2026 12:00–15:00 contradicts override `Jana Vzorová → Petr Smyšlený` 7 December 2026");
    assert_eq!(line.overrides.len(), 1, "nothing is half taken");
    // Another person, another time, or one after the other is fine.
    let later = changed("b", Change::Remove { operator: OperatorId::new("jana") }, "2026-12-08 00:00", "2026-12-09 00:00");
    assert!(line.with_override(&people, later).is_ok());
    assert!(line.with_override(&people, replaced("b", "petr", "alena", from, to)).is_ok());
    let add = changed("b", Change::Add { operator: OperatorId::new("alena"), order: 1 }, from, to);
    let twice = line.with_override(&people, add.clone()).unwrap();
    assert_eq!(said(twice.with_override(&people, crate::routing::Override { id: RuleId::new("c"), ..add })).len(), 1);
    let table = [
        (replaced("a", "petr", "alena", from, to), "záskok „a“ už existuje"),
        (replaced("b", "petr", "petr", from, to), "nikdo nemůže zaskočit sám za sebe"),
        (replaced("b", "petr", "alena", to, from), "záskok končí dřív, než začíná"),
        (replaced("b", "petr", "alenka", from, to), "operátora „alenka“ nikdo nezná – mysleli jste „alena“?"),
    ];
    for (new, expected) in table {
        assert_eq!(said(line.with_override(&people, new)), [expected]);
    }
}

#[test]
fn closures_and_special_days() {
    let line = usual().with_closure(closure("2026-12-01 00:00", "2026-12-03 00:00")).unwrap();
    assert_eq!(
        said(line.with_closure(closure("2026-12-02 12:00", "2026-12-02 13:00"))),
        ["uzavření 2. 12. 2026 12:00–13:00 (Stěhujeme se.) se překrývá s uzavřením 1. 12. 2026 – 2. 12. 2026 (Stěhujeme se.)"]
    );
    assert!(line.with_closure(closure("2026-12-03 00:00", "2026-12-03 13:00")).is_ok());
    let special = |date: &str, hours: &[&str]| SpecialDay {
        date: date.parse().unwrap(),
        hours: hours.iter().map(|text| Times::read(text).unwrap()).collect(),
        text: None,
    };
    let line = usual().with_special_day(special("2026-12-23", &["09:00-12:00", "22:00-02:00"])).unwrap();
    assert_eq!(
        said(line.with_special_day(special("2026-12-23", &["10:00-11:00"]))),
        ["na 23. 12. 2026 (9:00–12:00, 22:00–2:00) už je vyhlášená mimořádná provozní doba"]
    );
    assert_eq!(
        said(line.with_special_day(special("2026-12-24", &["01:00-03:00"]))),
        ["mimořádná provozní doba 24. 12. 2026 1:00–3:00 se překrývá s 23. 12. 2026 22:00 – 24. 12. 2026 2:00"]
    );
    assert_eq!(said(line.with_special_day(special("2026-12-30", &["09:00-12:00", "11:00-13:00"]))).len(), 1);
    assert!(line.with_special_day(special("2026-12-30", &[])).is_ok());
}

#[test]
fn what_is_taken_away_is_gone_and_nothing_else() {
    let people = people();
    let line = usual().with_shift(&people, shift("petr", "We 09:00-15:00", 1)).unwrap();
    let line = line.with_override(&people, replaced("a", "jana", "petr", "2026-12-07 00:00", "2026-12-08 00:00")).unwrap();
    let line = line.with_closure(closure("2026-12-01 00:00", "2026-12-03 00:00")).unwrap();
    let line = line.with_special_day(SpecialDay { date: "2026-12-23".parse().unwrap(), hours: Vec::new(), text: None }).unwrap();
    assert_eq!(line.without_shift(0).unwrap(), Line { shifts: vec![line.shifts[1].clone()], ..line.clone() });
    assert_eq!(line.without_hours(1).unwrap(), Line { hours: vec![line.hours[0]], ..line.clone() });
    assert_eq!(line.without_override(0).unwrap(), Line { overrides: Vec::new(), ..line.clone() });
    assert_eq!(line.without_closure(0).unwrap(), Line { closures: Vec::new(), ..line.clone() });
    assert_eq!(line.without_special_day(0).unwrap(), Line { special: Vec::new(), ..line.clone() });
    for nothing in [line.without_shift(2), line.without_hours(2), line.without_rotation(0), line.without_override(1), line.without_closure(1), line.without_special_day(1)] {
        assert_eq!(nothing, None);
    }
    let book = Book::new(vec![line], people, vec![absence("jana", "2026-12-01 00:00", "2026-12-04 00:00", None)], Vec::new());
    let id = book.absences[0].id.clone();
    let without = book.without_absence(&id).unwrap();
    assert!(without.absences.is_empty() && without.lines[0].absences.is_empty(), "the lines learn of it");
    assert_eq!((without.without_absence(&id), book.without_cover(&id)), (None, None));
}

#[test]
fn absences_and_covers() {
    let named = |id: &str, region| Line { id: LineId::new(id), regions: vec![region], ..usual() };
    let lines = vec![named("sever", Region::Ustecky), named("jih", Region::Jihocesky)];
    let book = Book::new(lines, people(), Vec::new(), Vec::new());
    let book = book.with_absence(absence("jana", "2026-12-01 00:00", "2026-12-04 00:00", Some("petr"))).unwrap();
    assert_eq!(book.lines[0].absences.len(), 1, "the lines learn of it");
    let table = [
        (
            absence("jana", "2026-12-03 12:00", "2026-12-05 00:00", None),
            "nepřítomnost 3. 12. 2026 12:00 – 5. 12. 2026 0:00 (Jana Vzorová) se překrývá s nepřítomností 1. 12. 2026 – 3. 12. 2026 téže osoby",
        ),
        (absence("petr", "2026-12-03 12:00", "2026-12-05 00:00", Some("petr")), "nikdo nemůže zastupovat sám sebe"),
        (absence("petr", "2026-12-05 12:00", "2026-12-05 00:00", None), "nepřítomnost končí dřív, než začíná"),
        (absence("pert", "2026-12-05 12:00", "2026-12-06 00:00", None), "operátora „pert“ nikdo nezná – mysleli jste „petr“?"),
        (absence("petr", "2026-12-05 12:00", "2026-12-06 00:00", Some("nikdo")), "operátora „nikdo“ nikdo nezná"),
    ];
    for (new, expected) in table {
        assert_eq!(said(book.with_absence(new)), [expected]);
    }
    let cover = |id: &str, of, by: &str, to: &str| Cover { id: RuleId::new(id), of, by: LineId::new(by), from: prague("2026-12-01 00:00"), to: prague(to) };
    let north = || Covered::Line(LineId::new("sever"));
    let book = book.with_cover(cover("a", north(), "jih", "2026-12-03 00:00")).unwrap();
    let table = [
        (cover("b", Covered::Region(Region::Ustecky), "jih", "2026-12-02 00:00"), "zástup Ústecký kraj → Ústecký kraj 1. 12. 2026 se překrývá se zástupem Ústecký kraj → Ústecký kraj 1. 12. 2026 – 2. 12. 2026"),
        (cover("b", Covered::Region(Region::Zlinsky), "jich", "2026-12-02 00:00"), "linku „jich“ nikdo nezná – mysleli jste „jih“?"),
        (cover("b", Covered::Line(LineId::new("jih")), "jih", "2026-12-02 00:00"), "linka nemůže zastupovat sama sebe"),
        (cover("b", Covered::Region(Region::Jihocesky), "jih", "2026-12-02 00:00"), "linka nemůže zastupovat sama sebe"),
        (cover("b", Covered::Region(Region::Zlinsky), "jih", "2026-11-02 00:00"), "zástup linky končí dřív, než začíná"),
    ];
    for (new, expected) in table {
        assert_eq!(said(book.with_cover(new)), [expected]);
    }
    // An import replaces what has the same name and is checked against the rest.
    let mut imported = Book::new(Vec::new(), Vec::new(), vec![absence("jana", "2026-12-01 00:00", "2026-12-09 00:00", None)], Vec::new());
    assert_eq!(book.taking(&imported).unwrap().absences[0].to, prague("2026-12-09 00:00"));
    imported.absences[0].id = RuleId::new("other");
    assert_eq!(said(book.taking(&imported)).len(), 1);
}
