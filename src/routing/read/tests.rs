//! Every mistake an author can make, found at once and with its place.

use super::read_lines;
use crate::domain::Region;
use crate::routing::{Book, Closure, Escalation, Line, RoutingError, duty, line_for};

/// A Monday morning in summer.
const MONDAY: &str = "2026-06-15T08:00:00Z";

const DEMO: &str = include_str!("../../../config/demo/lines.toml");

const SOUND: &str = r#"coordinator = "alena"
[[operator]]
id = "alena"
name = "Alena Příkladná"
addresses = ["chat:alena"]
[[operator]]
id = "jana"
name = "Jana Vzorová"
addresses = ["chat:jana", "sms:+420719000101"]
[[line]]
id = "ustecky"
name = { cs = "Ústecký kraj", en = "Ústí Region" }
regions = ["CZ042"]
"#;

fn mistakes(text: &str) -> Vec<String> {
    match read_lines(text) {
        Ok(_) => Vec::new(),
        Err(RoutingError::Mistakes(mistakes)) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn the_demo_is_sound_and_serves_every_region_once() {
    let book = read_lines(DEMO).unwrap();
    assert_eq!(book.warnings, []);
    assert!(Region::ALL.into_iter().all(|region| line_for(&book.lines, region, MONDAY.parse().unwrap()).is_some()));
    let ustecky = line_for(&book.lines, Region::Ustecky, MONDAY.parse().unwrap()).unwrap();
    assert_eq!(ustecky.name.cs, "Ústecký kraj");
    let now = duty(ustecky, "2026-12-02T09:15:00Z".parse().unwrap());
    let people: Vec<(&str, u8)> = now.on_duty.iter().map(|person| (person.operator.as_str(), person.order)).collect();
    assert_eq!(people, [("jana", 1), ("petr", 2)]);
}

#[test]
fn the_demo_shows_a_rotation_an_absence_and_a_special_day() {
    let book = read_lines(DEMO).unwrap();
    let who = |region, at: &str| {
        let at = at.parse().unwrap();
        let duty = duty(line_for(&book.lines, region, at).unwrap(), at);
        duty.on_duty.into_iter().map(|person| person.operator.0).collect::<Vec<_>>().join(",")
    };
    assert_eq!(who(Region::Liberecky, "2026-12-07T09:00:00Z"), "ondrej");
    assert_eq!(who(Region::Liberecky, "2026-12-14T09:00:00Z"), "eva");
    assert_eq!(who(Region::Pardubicky, "2026-12-07T09:00:00Z"), "jiri,klara");
    assert_eq!(who(Region::Pardubicky, "2026-12-14T09:00:00Z"), "zuzana,klara");
    assert_eq!(who(Region::Zlinsky, "2026-12-22T10:00:00Z"), "vaclav");
    assert_eq!(who(Region::Zlinsky, "2026-12-22T13:00:00Z"), "");
}

#[test]
fn every_rule_of_a_roster_is_read() {
    let text = format!(
        "{SOUND}{}",
        r#"
[[line.special]]
date = 2026-12-23
hours = ["9:00-11:00", "12:00-24:00"]
[[line.rotation]]
people = ["jana", "Alena Příkladná"]
window = ["Mo,We 09:00-12:00", "Mo 12:00-15:00"]
start = "2026-12-07"
turn = "3 days"
order = 2
[[line.override]]
from = 2026-12-09
to = 2026-12-09
replace = "jana"
by = "alena"
[[line.override]]
id = "posila"
from = 2026-12-09T10:00:00
to = 2026-12-09T11:00:00
add = "jana"
order = 4
[[absence]]
operator = "jana"
from = 2026-12-16
to = 2026-12-18
substitute = "alena"
[[cover]]
region = "CZ010"
by = "ustecky"
from = 2026-12-01
to = 2026-12-02
"#
    );
    let book = read_lines(&text).unwrap();
    let line = &book.lines[0];
    assert_eq!(line.special[0].hours.iter().map(ToString::to_string).collect::<Vec<_>>(), ["09:00-11:00", "12:00-24:00"]);
    assert_eq!((line.rotations[0].windows.len(), line.rotations[0].turn.to_string(), line.rotations[0].order), (3, "3 days".into(), 2));
    let ids: Vec<&str> = line.overrides.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["replace-jana-alena-20261208-2300", "posila"]);
    assert_eq!((line.absences.len(), line.covers.len(), book.absences[0].id.as_str()), (1, 1, "jana-20261216-0000"));
    assert_eq!(book.absences[0].to, "2026-12-18T23:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    assert!(line_for(&book.lines, Region::Praha, "2026-12-01T09:00:00Z".parse().unwrap()).is_some());
    // What is stored is read back as it was, less what is stored apart.
    let stored: Line = serde_json::from_value(serde_json::to_value(line).unwrap()).unwrap();
    assert_eq!(Book::new(vec![stored], book.operators.clone(), book.absences.clone(), book.covers.clone()), Book { warnings: Vec::new(), ..book });
}

#[test]
fn clashes_of_rules_are_refused_with_their_place() {
    let table = [
        (
            "[[line.rotation]]\npeople = [\"jana\", \"Alena Prikladna\"]\nwindow = \"Mo 09:00-12:00\"\nstart = 2026-12-07",
            vec!["15:19: unknown operator `Alena Prikladna` — did you mean `Alena Příkladná`?"],
        ),
        (
            "[[line.rotation]]\npeople = [\"jana\"]\nwindow = \"Mo 09:00-12:00\"\nstart = 2026-12-07\nturn = \"month\"",
            vec!["18:8: `month` is not a turn such as \"week\", \"2 weeks\" or \"day\""],
        ),
        ("[[line.rotation]]\npeople = []\nwindow = []\nstart = 2026-12-07", vec!["14:1: this rotation has no window", "14:1: this rotation has nobody in it"]),
        (
            "[[line.override]]\nfrom = 2026-12-09\nto = 2026-12-09\nremove = \"jana\"\n[[line.override]]\nfrom = 2026-12-08\nto = 2026-12-10\nreplace = \"jana\"\nby = \"alena\"",
            vec!["18:1: override `Jana Vzorová → Alena Příkladná` 8 December 2026 – 10 December 2026 contradicts override `does not serve: Jana Vzorová` 9 December 2026"],
        ),
        (
            "[[line.override]]\nfrom = 2026-12-09\nto = 2026-12-09\nremove = \"jana\"\nadd = \"alena\"",
            vec!["14:1: an override needs exactly one of `add`, `remove` and `replace` — write add = \"…\", remove = \"…\", or replace = \"…\" with by = \"…\""],
        ),
        ("[[line.override]]\nfrom = 2026-12-09\nto = 2026-12-09\nreplace = \"jana\"", vec!["14:1: `by` is missing"]),
        (
            "[[line.special]]\ndate = 2026-12-23\nhours = [\"9-12\"]",
            vec!["16:10: `9` is not a time; write 00:00 to 24:00"],
        ),
        (
            "[[line.special]]\ndate = 2026-12-23\nhours = \"09:00-12:00\"\n[[line.special]]\ndate = 2026-12-23\nhours = []",
            vec!["17:1: there are special hours on 23 December 2026 (9:00–12:00) already"],
        ),
        (
            "[[line.closure]]\nfrom = 2026-12-24\nto = 2026-12-31\ntext = { cs = \"a\", en = \"b\" }\n[[line.closure]]\nfrom = 2026-12-31\nto = 2027-01-02\ntext = { cs = \"c\", en = \"d\" }",
            vec!["18:1: closure 31 December 2026 – 2 January 2027 (d) overlaps closure 24 December 2026 – 31 December 2026 (b)"],
        ),
        (
            "[[absence]]\noperator = \"jana\"\nfrom = 2026-12-24\nto = 2026-12-31\n[[absence]]\noperator = \"jana\"\nfrom = 2026-12-31\nto = 2027-01-02",
            vec!["18:1: absence 31 December 2026 – 2 January 2027 of Jana Vzorová overlaps absence 24 December 2026 – 31 December 2026"],
        ),
        (
            "[[absence]]\noperator = \"jana\"\nfrom = 2026-12-24\nto = 2026-12-31\nsubstitute = \"Alenka\"",
            vec!["18:14: unknown operator `Alenka` — did you mean `alena`?"],
        ),
        (
            "[[cover]]\nline = \"ustecki\"\nby = \"ustecky\"\nfrom = 2026-12-24\nto = 2026-12-31",
            vec!["14:1: unknown line `ustecki` — did you mean `ustecky`?"],
        ),
        ("[[cover]]\nby = \"ustecky\"\nfrom = 2026-12-24\nto = 2026-12-31", vec!["14:1: a cover needs either a `region` or a `line` — write region = \"CZ042\" or line = \"…\""]),
    ];
    for (text, expected) in table {
        assert_eq!(mistakes(&format!("{SOUND}{text}\n")), expected, "{text}");
    }
}

#[test]
fn a_line_has_sensible_defaults() {
    let book = read_lines(SOUND).unwrap();
    let line = &book.lines[0];
    assert_eq!(line.hours.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Mo 09:00-15:00", "We 09:00-15:00"]);
    assert!(line.holidays);
    assert_eq!((line.promise_minutes, line.escalation.silent_minutes, line.escalation.steps.len()), (60, 15, 3));
    assert_eq!(book.warnings.len(), 13, "the regions nobody serves");
}

#[test]
fn each_mistake_has_its_place_and_a_hint() {
    let table = [
        ("hours = [\"Mo 25:00-26:00\"]", "14:10: `25:00` is not a time; write 00:00 to 24:00"),
        ("hours = [\"Mo 09:00-12:00\", \"Mo 11:00-15:00\"]", "14:28: opening hours Mo 11:00-15:00 overlap Mo 09:00-12:00"),
        ("zone = \"Europe/Pragu\"", "14:8: unknown zone `Europe/Pragu` — did you mean `Europe/Prague`?"),
        ("hour = [\"Mo 09:00-15:00\"]", "14:1: unknown key `hour` — did you mean `hours`?"),
        ("promise_minutes = 0", "14:19: `promise_minutes` must be a whole number from 1 to 10080"),
        ("holidays = \"ano\"", "14:12: `holidays` must be true or false"),
        ("coordinator = \"nikdo\"", "14:15: unknown operator `nikdo`"),
        (
            "[[line.shift]]\noperator = \"Jana Vzorova\"\nwindow = \"Mo 09:00-15:00\"",
            "15:12: unknown operator `Jana Vzorova` — did you mean `Jana Vzorová`?",
        ),
        ("[[line.shift]]\noperator = \"jana\"", "14:1: `window` is missing"),
        (
            "shift = [{ operator = \"jana\", window = [\"Mo 09:00-12:00\", \"Mo 11:00-15:00\"] }]",
            "14:59: shift Mo 11:00-15:00 of Jana Vzorová overlaps Mo 09:00-12:00",
        ),
        (
            "escalation = [{ after_minutes = 0, to = \"on_duty 1\" }]",
            "14:15: an escalation must end at the coordinator — add { after_minutes = …, to = \"coordinator\" }",
        ),
        ("escalation = [{ after_minutes = 0, to = \"jana\" }]", "14:41: `jana` is not \"on_duty 1\", \"all_on_duty\" or \"coordinator\""),
        (
            "escalation = [{ after_minutes = 3, to = \"on_duty 1\" }, { after_minutes = 2, to = \"on_duty 2\" }, { after_minutes = 9, to = \"coordinator\" }]",
            "14:56: the step `after 2 min the second on duty` is due before the one above it, `after 3 min the first on duty`",
        ),
        (
            "escalation = [{ after_minutes = 0, to = \"coordinator\" }, { after_minutes = 2, to = \"coordinator\" }]",
            "14:58: nobody is asked after the coordinator",
        ),
        ("[line.escalation]\nrepeat = 10", "15:10: `repeat` must be a whole number from 0 to 9"),
        ("[line.escalation]\nrepaet = 1", "15:1: unknown key `repaet` — did you mean `repeat`?"),
        (
            "escalation = { repeat = 1, steps = [{ after_minutes = 5, to = \"on_duty 1\" }, { after_minutes = 5, to = \"coordinator\" }] }",
            "14:78: the step `after 5 min the first on duty` would never come, `after 5 min the coordinator` is before it",
        ),
        (
            "[[line.closure]]\nfrom = 2026-12-31\nto = 2026-12-24\ntext = { cs = \"a\", en = \"b\" }",
            "14:1: this closure ends before it begins",
        ),
        (
            "[[line.closure]]\nfrom = 2026-12-31\nto = \"zítra\"\ntext = { cs = \"a\", en = \"b\" }",
            "16:6: `zítra` is not a date or a time — write 2026-12-24 or 2026-12-24T12:00:00",
        ),
    ];
    for (line, expected) in table {
        assert_eq!(mistakes(&format!("{SOUND}{line}\n")), [expected], "{line}");
    }
    assert_eq!(mistakes(&SOUND.replace("CZ042", "Ústecky krej")), ["13:12: unknown region `Ústecky krej` — did you mean `Ústecký kraj`?"]);
    assert_eq!(mistakes(&SOUND.replace("id = \"jana\"", "id = \"alena\"")), ["6:1: operator `alena` is declared twice"]);
    assert_eq!(mistakes(&SOUND.replace("\"chat:jana\"", "\"jana\"")), ["9:14: `jana` is not an address — write \"sms:+420719000101\""]);
    assert_eq!(
        mistakes(&SOUND.replace("coordinator = \"alena\"", "")),
        ["10:1: this line has no `coordinator` — name one here, or for all lines at the top of the file"]
    );
}

#[test]
fn a_chain_is_a_list_or_a_table_that_repeats_it() {
    let chain = |text: &str| read_lines(&format!("{SOUND}{text}\n")).unwrap().lines.remove(0).escalation;
    let usual = Escalation::default();
    assert_eq!(chain("[line.escalation]\nrepeat = 2"), Escalation { repeat: 2, ..usual.clone() });
    let steps = "[{ after_minutes = 0, to = \"all_on_duty\" }, { after_minutes = 5, to = \"coordinator\" }]";
    let listed = chain(&format!("silent_minutes = 20\nescalation = {steps}"));
    assert_eq!((listed.steps.len(), listed.repeat, listed.silent_minutes), (2, 0, 20));
    assert_eq!(chain(&format!("silent_minutes = 20\nescalation = {{ repeat = 3, steps = {steps} }}")), Escalation { repeat: 3, ..listed });
}

#[test]
fn all_mistakes_are_listed_at_once() {
    let text = SOUND.replace("CZ042", "CZ999").replace("id = \"jana\"", "id = \"Jana\"") + "zone = \"Mars\"\nbarva = 1\n";
    let found = mistakes(&text);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(!mistakes("[[line]\nid = ").is_empty());
    assert_eq!(mistakes("line = 3").len(), 1);
}

#[test]
fn a_region_twice_and_a_shift_out_of_hours_are_warnings() {
    let text = format!(
        "{SOUND}[[line.shift]]\noperator = \"jana\"\nwindow = \"Su 09:00-15:00\"\n[[line]]\nid = \"druha\"\nname = {{ cs = \"a\", en = \"b\" }}\nregions = [\"ústecký kraj\"]\n"
    );
    let warnings: Vec<String> = read_lines(&text).unwrap().warnings.iter().map(ToString::to_string).collect();
    assert!(
        warnings.iter().any(|warning| warning.ends_with("CZ042 Ústecký kraj is served by ustecky and druha; the first one gets it")),
        "{warnings:#?}"
    );
    assert!(
        warnings.iter().any(|warning| warning == "16:10: shift Su 09:00-15:00 of `jana` lies outside the opening hours"),
        "{warnings:#?}"
    );
}

#[test]
fn closures_are_whole_days_or_exact_times() {
    let table = [
        ("from = 2026-12-24\nto = 2026-12-31", "2026-12-23T23:00:00Z", "2026-12-31T23:00:00Z"),
        ("from = 2026-12-24T12:00:00\nto = \"2026-12-24 13:30\"", "2026-12-24T11:00:00Z", "2026-12-24T12:30:00Z"),
        ("from = 2026-07-01T12:00:00Z\nto = 2026-07-01T12:00:00-01:00", "2026-07-01T12:00:00Z", "2026-07-01T13:00:00Z"),
    ];
    for (dates, from, to) in table {
        let text = format!("{SOUND}[[line.closure]]\n{dates}\ntext = {{ cs = \"Dovolená.\", en = \"Holiday.\" }}\n");
        let closures: Vec<Closure> = read_lines(&text).unwrap().lines[0].closures.clone();
        assert_eq!((closures[0].from, closures[0].to), (from.parse().unwrap(), to.parse().unwrap()), "{dates}");
    }
}
