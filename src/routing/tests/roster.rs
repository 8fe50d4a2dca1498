//! Rotations, overrides, absences, special days and covers as tables, and their words.

use super::{absence, changed, closure, line, names, open, people, prague, replaced, shift, utc};
use crate::domain::{Bilingual, Region};
use crate::routing::{Book, Change, Cover, Covered, Line, LineId, OperatorId, Rotation, RuleId, SpecialDay, Times, Turn, Window};
use crate::routing::{days, duty, explain, explain_cover, line_for, next_open};
use chrono_tz::Tz;

fn rotation(people: &[&str], window: &str, start: &str, turn: Turn) -> Rotation {
    Rotation {
        people: people.iter().map(|who| OperatorId::new(*who)).collect(),
        windows: Window::read_many(window).unwrap(),
        order: 1,
        start: start.parse().unwrap(),
        turn,
        valid_from: None,
        valid_to: None,
    }
}

fn special(date: &str, hours: &[&str], text: Option<&str>) -> SpecialDay {
    let hours = hours.iter().map(|text| Times::read(text).unwrap()).collect();
    SpecialDay { date: date.parse().unwrap(), hours, text: text.map(|text| Bilingual::new(text, "Shorter today.")) }
}

fn why(line: &Line, at: &str) -> Vec<String> {
    let at = prague(at);
    explain(line, &people(), at, &duty(line, at)).into_iter().map(|text| text.cs).collect()
}

fn why_in_english(line: &Line, at: &str) -> Vec<String> {
    let at = prague(at);
    explain(line, &people(), at, &duty(line, at)).into_iter().map(|text| text.en).collect()
}

/// Monday and Wednesday, Jana first and Petr second.
fn usual() -> Line {
    let mut line = open(&["Mo,We 09:00-15:00"]);
    line.shifts = ["Mo", "We"].iter().flat_map(|day| [shift("jana", &format!("{day} 09:00-15:00"), 1), shift("petr", &format!("{day} 09:00-15:00"), 2)]).collect();
    line
}

#[test]
fn a_turn_belongs_to_the_day_its_window_starts_on() {
    let mut line = open(&["Mo-Su 00:00-24:00"]);
    line.rotations = vec![rotation(&["jana", "petr"], "Mo-Su 22:00-06:00", "2026-11-30", Turn::Weeks(1))];
    let table = [
        ("2026-11-30 05:59", ""),
        ("2026-11-30 22:00", "jana"),
        // Sunday's night is of the first week, also on Monday morning.
        ("2026-12-06 23:00", "jana"),
        ("2026-12-07 05:59", "jana"),
        ("2026-12-07 06:00", ""),
        ("2026-12-07 22:00", "petr"),
        ("2026-12-14 22:00", "jana"),
    ];
    for (at, expected) in table {
        assert_eq!(names(&duty(&line, prague(at))).join(","), expected, "{at}");
    }
    assert_eq!(
        why(&line, "2026-12-07 23:00"),
        ["Po 7. 12. 23:00, Ústecký kraj: otevřeno nepřetržitě.", "Střídání týdně, na řadě je Petr.", "Slouží: Petr do 6:00."]
    );
    line.rotations[0].turn = Turn::Days(1);
    assert_eq!(names(&duty(&line, prague("2026-12-01 23:00"))), ["petr"]);
    assert_eq!(why_in_english(&line, "2026-12-01 23:00")[1], "A rotation by the day, the turn of Petr.");
}

#[test]
fn the_night_of_the_repeated_hour_is_one_turn() {
    let mut line = open(&["Mo-Su 00:00-24:00"]);
    line.rotations = vec![rotation(&["jana", "petr"], "Mo-Su 02:30-02:15", "2026-10-24", Turn::Days(1))];
    // 25 October: Saturday's turn runs to the second 2:15, Sunday's starts at the first 2:30.
    let table = [
        ("2026-10-25T00:29:00Z", "jana"),
        ("2026-10-25T00:30:00Z", "petr,jana"),
        ("2026-10-25T01:14:00Z", "petr,jana"),
        ("2026-10-25T01:15:00Z", "petr"),
    ];
    for (at, expected) in table {
        let mut found: Vec<String> = duty(&line, utc(at)).on_duty.into_iter().map(|person| person.operator.0).collect();
        found.sort_by(|a, b| b.cmp(a));
        assert_eq!(found.join(","), expected, "{at}");
    }
}

#[test]
fn a_shift_to_23_59_leaves_a_minute_and_one_to_24_00_none() {
    for (end, gap) in [("23:59", 1), ("24:00", 0)] {
        let mut line = open(&["Mo 09:00-24:00", "Tu 00:00-03:00"]);
        line.shifts = vec![shift("jana", &format!("Mo 09:00-{end}"), 1), shift("petr", "Tu 00:00-03:00", 1)];
        let gaps: Vec<_> = days(&line, prague("2026-11-30 12:00"), 2).into_iter().flat_map(|day| day.gaps).collect();
        assert_eq!(gaps.len(), gap, "{end}");
        assert_eq!(duty(&line, prague("2026-11-30 23:59")).on_duty.len(), 1 - gap);
    }
}

#[test]
fn overrides_act_in_the_order_of_making() {
    let (from, to) = ("2026-12-02 10:00", "2026-12-02 12:00");
    let remove = |who: &str| Change::Remove { operator: OperatorId::new(who) };
    let add = |who: &str, order| Change::Add { operator: OperatorId::new(who), order };
    let table: [(&[_], &str); 7] = [
        (&[replaced("a", "jana", "eva", from, to)], "eva,petr"),
        // Somebody who is not on duty is not replaced.
        (&[replaced("a", "marie", "eva", from, to)], "jana,petr"),
        (&[replaced("a", "jana", "eva", from, to), replaced("b", "eva", "marie", from, to)], "marie,petr"),
        (&[replaced("b", "eva", "marie", from, to), replaced("a", "jana", "eva", from, to)], "eva,petr"),
        (&[changed("a", remove("jana"), from, to), changed("b", add("jana", 3), from, to)], "petr,jana"),
        (&[changed("b", add("jana", 3), from, to), changed("a", remove("jana"), from, to)], "petr"),
        // Whoever stands in place of somebody who is there anyway counts once, in the better place.
        (&[replaced("a", "jana", "petr", from, to)], "petr"),
    ];
    for (overrides, expected) in table {
        let mut line = usual();
        line.overrides = overrides.to_vec();
        assert_eq!(names(&duty(&line, prague("2026-12-02 10:00"))).join(","), expected, "{overrides:?}");
        assert_eq!(names(&duty(&line, prague("2026-12-02 12:00"))), ["jana", "petr"]);
        assert_eq!(names(&duty(&line, prague("2026-12-02 09:59"))), ["jana", "petr"]);
    }
    let mut line = usual();
    line.overrides = vec![replaced("a", "jana", "eva", from, to)];
    let ends = |at: &str| duty(&line, prague(at)).on_duty.into_iter().map(|person| person.until).collect::<Vec<_>>();
    assert_eq!(ends("2026-12-02 09:30"), [prague("2026-12-02 10:00"), prague("2026-12-02 15:00")]);
    assert_eq!(ends("2026-12-02 10:30"), [prague("2026-12-02 12:00"), prague("2026-12-02 15:00")]);
    assert_eq!(
        why(&line, "2026-12-02 10:15"),
        [
            "St 2. 12. 10:15, Ústecký kraj: otevřeno 9–15.",
            "Směna: Jana, jako další Petr.",
            "Záskok: místo Jany slouží eva.",
            "Slouží: eva do 12:00, jako další Petr do 15:00."
        ]
    );
    line.overrides = vec![replaced("a", "alena", "eva", from, to), changed("b", remove("jana"), from, to), changed("c", add("alena", 3), from, to)];
    assert_eq!(
        why(&line, "2026-12-02 10:15")[2..],
        [
            "Záskok Alena → eva nic nemění: Alena teď směnu nemá.",
            "Změna: Jana teď neslouží.",
            "Záskok: navíc slouží Alena.",
            "Slouží: Petr do 15:00, jako další Alena do 12:00."
        ]
    );
}

#[test]
fn a_substitute_stands_in_and_a_circle_ends() {
    let (from, to) = ("2026-12-01 00:00", "2026-12-04 00:00");
    let away = |who, substitute| absence(who, from, to, substitute);
    let table: [(&[_], &str); 6] = [
        (&[away("jana", Some("eva"))], "eva,petr"),
        (&[away("jana", None)], "petr"),
        (&[away("jana", Some("petr"))], "petr"),
        (&[away("jana", Some("eva")), away("eva", Some("marie"))], "marie,petr"),
        (&[away("jana", Some("eva")), away("eva", Some("jana"))], "petr"),
        (&[away("jana", Some("petr")), away("petr", Some("eva"))], "eva"),
    ];
    for (absences, expected) in table {
        let mut line = usual();
        line.absences = absences.to_vec();
        assert_eq!(names(&duty(&line, prague("2026-12-02 10:00"))).join(","), expected, "{absences:?}");
        assert_eq!(names(&duty(&line, prague("2026-12-07 10:00"))), ["jana", "petr"]);
    }
}

#[test]
fn the_chain_of_reasons_names_every_link() {
    let mut line = open(&["We 09:00-15:00"]);
    line.shifts = vec![shift("jana", "We 09:00-15:00", 1)];
    line.absences = vec![absence("jana", "2026-12-01 00:00", "2026-12-04 00:00", Some("petr"))];
    assert_eq!(
        why(&line, "2026-12-02 10:15"),
        [
            "St 2. 12. 10:15, Ústecký kraj: otevřeno 9–15.",
            "Směna: Jana.",
            "Jana má nepřítomnost do 3. 12., zástup Petr → Petr do 15:00."
        ]
    );
    assert_eq!(
        why_in_english(&line, "2026-12-02 10:15")[2],
        "Jana is away until the end of 3 December, substitute Petr → Petr until 15:00."
    );
    line.absences.push(absence("petr", "2026-12-02 00:00", "2026-12-02 12:00", Some("alena")));
    assert_eq!(
        why(&line, "2026-12-02 10:15")[2],
        "Jana má nepřítomnost do 3. 12., zástup Petr; Petr má nepřítomnost do 2. 12. 12:00, zástup Alena → Alena do 12:00."
    );
    line.absences.truncate(1);
    line.absences[0].substitute = None;
    assert_eq!(
        why(&line, "2026-12-02 10:15")[1..],
        ["Směna: Jana.", "Jana má nepřítomnost do 3. 12., zástup není.", "Směnu teď nikdo nemá, kontakt přebírá Alena Příkladná."]
    );
    line.overrides = vec![replaced("a", "jana", "petr", "2026-12-02 00:00", "2026-12-03 00:00")];
    assert_eq!(why(&line, "2026-12-02 10:15")[1..], ["Směna: Jana.", "Záskok: místo Jany slouží Petr.", "Slouží: Petr do 15:00."]);
}

#[test]
fn a_special_day_has_its_own_hours() {
    let mut line = open(&["Mo,We 09:00-15:00", "Tu 22:00-02:00"]);
    line.special = vec![
        special("2026-12-02", &["10:00-12:00"], Some("Dnes kratší doba.")),
        special("2026-12-07", &[], None),
        special("2026-12-24", &["22:00-01:00"], None),
        special("2026-12-05", &["8:00-9:00", "10:00-11:00"], None),
    ];
    let table = [
        // What began on Tuesday runs out on the special Wednesday.
        ("2026-12-02 01:00", true),
        ("2026-12-02 09:30", false),
        ("2026-12-02 10:00", true),
        ("2026-12-02 12:00", false),
        ("2026-12-05 08:30", true),
        ("2026-12-05 09:30", false),
        ("2026-12-07 10:00", false),
        ("2026-12-09 10:00", true),
        // A public holiday with hours of its own is open.
        ("2026-12-24 23:00", true),
        ("2026-12-25 00:30", true),
        ("2026-12-25 01:00", false),
    ];
    for (at, expected) in table {
        assert_eq!(duty(&line, prague(at)).open, expected, "{at}");
    }
    assert_eq!(next_open(&line, prague("2026-12-05 12:00")), Some(prague("2026-12-08 22:00")), "Monday is closed");
    assert_eq!(duty(&line, prague("2026-12-02 09:30")).closure.unwrap().cs, "Dnes kratší doba.");
    assert_eq!(days(&line, prague("2026-12-02 12:00"), 1)[0].note.as_ref().unwrap().cs, "Dnes kratší doba.");
    assert_eq!(
        why(&line, "2026-12-02 10:30")[..2],
        ["St 2. 12. 10:30, Ústecký kraj: otevřeno 10–12.", "2. 12. je mimořádně otevřeno 10–12. Dnes kratší doba."]
    );
    assert_eq!(
        why(&line, "2026-12-07 10:00"),
        ["Po 7. 12. 10:00, Ústecký kraj: zavřeno.", "7. 12. je mimořádně zavřeno.", "Otevírá zítra ve 22:00."]
    );
    assert_eq!(
        why(&line, "2026-12-05 12:00"),
        [
            "So 5. 12. 12:00, Ústecký kraj: zavřeno.",
            "5. 12. je mimořádně otevřeno 8–9 a 10–11.",
            "7. 12. je mimořádně zavřeno.",
            "Otevírá v úterý 8. 12. ve 22:00."
        ]
    );
    line.closures = vec![closure("2026-12-02 11:00", "2026-12-03 00:00")];
    assert_eq!(duty(&line, prague("2026-12-02 10:30")).closes_at, Some(prague("2026-12-02 11:00")));
    assert_eq!(duty(&line, prague("2026-12-02 11:00")).closure.unwrap().cs, "Stěhujeme se.");
}

#[test]
fn another_line_covers_for_a_while() {
    let named = |id: &str, regions: &[Region]| Line {
        id: LineId::new(id),
        name: Bilingual::new(id, id),
        regions: regions.to_vec(),
        ..line(Tz::Europe__Prague)
    };
    let cover = |id: &str, of, by: &str, from: &str, to: &str| Cover { id: RuleId::new(id), of, by: LineId::new(by), from: prague(from), to: prague(to) };
    let lines = vec![named("sever", &[Region::Ustecky, Region::Liberecky]), named("praha", &[Region::Praha]), named("jih", &[Region::Jihocesky])];
    let covers = vec![
        cover("a", Covered::Line(LineId::new("sever")), "praha", "2026-12-01 00:00", "2026-12-04 00:00"),
        cover("b", Covered::Line(LineId::new("praha")), "jih", "2026-12-03 00:00", "2026-12-05 00:00"),
        cover("c", Covered::Line(LineId::new("jih")), "sever", "2026-12-03 12:00", "2026-12-03 13:00"),
        cover("d", Covered::Region(Region::Liberecky), "jih", "2026-12-10 00:00", "2026-12-11 00:00"),
        cover("e", Covered::Region(Region::Zlinsky), "praha", "2026-12-10 00:00", "2026-12-11 00:00"),
    ];
    let book = Book::new(lines, people(), Vec::new(), covers);
    let table = [
        (Region::Ustecky, "2026-11-30 10:00", "sever"),
        (Region::Ustecky, "2026-12-01 00:00", "praha"),
        // The covering line is covered itself.
        (Region::Ustecky, "2026-12-03 10:00", "jih"),
        // A circle ends with its last line.
        (Region::Ustecky, "2026-12-03 12:30", "jih"),
        (Region::Jihocesky, "2026-12-03 12:30", "praha"),
        (Region::Ustecky, "2026-12-04 00:00", "sever"),
        (Region::Praha, "2026-12-04 12:00", "jih"),
        (Region::Liberecky, "2026-12-10 10:00", "jih"),
        (Region::Ustecky, "2026-12-10 10:00", "sever"),
        (Region::Zlinsky, "2026-12-10 10:00", "praha"),
        (Region::Zlinsky, "2026-12-11 10:00", "-"),
    ];
    for (region, at, expected) in table {
        assert_eq!(line_for(&book.lines, region, prague(at)).map_or("-", |line| line.id.as_str()), expected, "{region:?} {at}");
    }
    let told = explain_cover(&book.lines, Region::Ustecky, prague("2026-12-03 10:00"));
    assert_eq!(
        told.iter().map(|text| text.cs.as_str()).collect::<Vec<_>>(),
        ["Zástup: sever má do 3. 12. na starosti Linka praha.", "Zástup: praha má do 4. 12. na starosti Linka jih."]
    );
    assert_eq!(told[0].en, "Cover: The praha line serves sever until the end of 3 December.");
    assert_eq!(explain_cover(&book.lines, Region::Ustecky, prague("2026-12-06 10:00")), []);
}
