//! The sample messages handed to the project, read when they lie beside the repository.

use super::{Lexicon, understand};
use crate::domain::{Flag, Release, Topic, Understood};
use crate::place::Gazetteer;
use chrono::DateTime;
use chrono_tz::{Europe::Prague, Tz};
use serde_json::{Value, json};
use std::sync::OnceLock;

pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::builtin().unwrap())
}

pub(super) fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| Gazetteer::builtin().unwrap())
}

pub(super) fn at(instant: &str) -> DateTime<Tz> {
    DateTime::parse_from_rfc3339(instant).unwrap().with_timezone(&Prague)
}

pub(super) fn read(text: &str, instant: &str) -> Understood {
    understand(text, at(instant), gazetteer(), lexicon())
}

fn codes(value: &Value) -> Vec<String> {
    let mut codes: Vec<String> = value.as_array().into_iter().flatten().filter_map(|code| code.as_str().map(str::to_owned)).collect();
    codes.sort();
    codes
}

/// Equal but for what may be added; `other` equals none.
fn fits(found: &[String], expected: &Value, optional: &Value, alternatives: &Value) -> bool {
    let optional = codes(optional);
    std::iter::once(expected).chain(alternatives.as_array().into_iter().flatten()).any(|expected| {
        let expected = codes(expected);
        expected.iter().filter(|code| *code != "other").all(|code| found.contains(code))
            && found.iter().all(|code| code == "other" || expected.contains(code) || optional.contains(code))
    })
}

fn who_fits(understood: &Understood, expect: &Value) -> bool {
    let who = serde_json::to_value(&understood.who).unwrap();
    expect["who"].as_object().unwrap().iter().all(|(key, value)| {
        who[key] == *value || expect["alt"][key].as_array().is_some_and(|more| more.contains(&who[key]))
    })
}

fn date_fits(understood: &Understood, expect: &Value) -> bool {
    let found = match understood.release {
        Some(Release::On(day)) => json!(day.to_string()),
        Some(Release::Window(from, to)) => json!([from.to_string(), to.to_string()]),
        None => Value::Null,
    };
    let wanted = if expect["release_window"].is_array() { &expect["release_window"] } else { &expect["release_on"] };
    let near = |wanted: &Value| match (understood.release, wanted[0].as_str(), wanted[1].as_str()) {
        (Some(Release::Window(from, to)), Some(first), Some(last)) => from <= last.parse().unwrap() && to >= first.parse().unwrap(),
        _ => false,
    };
    found == *wanted || near(wanted) || expect["alt"]["release_on"].as_array().is_some_and(|more| more.contains(&found))
}

#[test]
fn the_samples_are_understood() {
    let Ok(file) = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/messages.jsonl")) else {
        println!("the sample messages are not here: left out");
        return;
    };
    let (mut all, mut missed) = (0, [0; 4]);
    for line in file.lines() {
        let sample: Value = serde_json::from_str(line).unwrap();
        let (text, expect) = (sample["text"].as_str().unwrap(), &sample["expect"]);
        let understood = read(text, sample["at"].as_str().unwrap());
        let topics: Vec<String> = understood.topics.iter().map(|topic| topic.code().to_owned()).collect();
        let flags: Vec<String> = understood.flags.iter().map(|flag: &Flag| flag.code().to_owned()).collect();
        let right = [
            fits(&topics, &expect["topics"], &expect["topics_optional"], &expect["alt"]["topics"]),
            who_fits(&understood, expect),
            date_fits(&understood, expect),
            fits(&flags, &expect["flags"], &expect["flags_optional"], &expect["alt"]["flags"]),
        ];
        all += 1;
        for (what, right) in right.iter().enumerate().filter(|(_, right)| !**right) {
            missed[what] += 1;
            let _ = right;
            println!("{} {}: {text}\n   wanted {expect}\n   topics {topics:?} who {:?} release {:?} flags {flags:?}\n   {:?}", sample["id"], ["topics", "who", "date", "flags"][what], understood.who, understood.release, understood.evidence);
        }
    }
    let share = missed.map(|missed| 100.0 * f64::from(all - missed) / f64::from(all));
    println!("of {all}: topics {:.1} %, who {:.1} %, date {:.1} %, flags {:.1} %", share[0], share[1], share[2], share[3]);
    assert!(share[0] >= 93.0 && share[1] >= 95.0 && share[2] >= 96.0 && share[3] >= 93.0, "{share:?}");
}

#[test]
fn words_around_a_conversation_are_no_need_and_no_place() {
    let table = [
        "díky, počkám",
        "dekuju, pockame",
        "dobře, vyčkáme do zítra",
        "nevím kam",
        "nevíme kam",
        "netuším kam",
        "nevím, kde to je",
        "nevím kdy ani kam",
        "jak dlouho to potrvá?",
        "potrvá to dlouho?",
        "kam mám zavolat?",
        "kam vám to můžu poslat?",
        "rozumím, zeptám se a ozvu se",
        "moment, zjistím to",
        "dobře, doplním to večer",
        "omlouvám se, nestihla jsem to",
        "jasně, souhlasím",
    ];
    for text in table {
        let understood = read(text, "2026-02-02T10:00:00+01:00");
        assert!(understood.topics.is_empty() && understood.places.one().is_none() && understood.places.candidates.is_empty(), "{text}: {:?} {:?}", understood.topics, understood.places);
    }
    for (text, topic) in [("nevíme kam s ním", Topic::Housing), ("nemá kam jít", Topic::Housing), ("potraviny na první dny", Topic::MaterialAid), ("nevím kde bude bydlet", Topic::Housing)] {
        assert!(read(text, "2026-02-02T10:00:00+01:00").topics.contains(&topic), "{text}");
    }
}

#[test]
fn no_text_breaks_it_and_long_ones_stay_quick() {
    let texts = [
        String::new(),
        "a".repeat(10_000),
        "[".repeat(10_000),
        "@".repeat(10_000),
        "1 ".repeat(5_000),
        "pan Novák OP 123 ".repeat(600),
        "klient nemá bydlení a práci, výstup 5.3. ".repeat(250),
        "😀👨‍👩‍👧".repeat(1_000),
        "שלום עולם مرحبا ".repeat(600),
        "ubitovna exkuce kuartor ".repeat(400),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let understood = read(&text, "2026-03-11T10:00:00+01:00");
        let took = start.elapsed();
        println!("{} characters: {took:?}", text.chars().count());
        assert!(took.as_secs() < 20, "{took:?}");
        assert_eq!(super::mask(&understood.masked).text, understood.masked);
    }
}

#[test]
fn personal_data_appears_nowhere_in_the_result() {
    let text = "Klient Otmar Vomáčka, nar. 12.3.1985, RČ 850312/1234, OP 203456789, bytem Dlouhá 12, odsouzený za znásilnění, tel. klienta 719 000 111, x@priklad.cz, ubytovna Most 5.4.";
    let understood = read(text, "2026-03-11T10:00:00+01:00");
    let all = serde_json::to_string(&understood).unwrap();
    for secret in ["Otmar", "Vomáčka", "12.3.1985", "850312", "203456789", "Dlouhá", "znásiln", "719", "priklad"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    assert!(understood.has(Flag::PersonalData) && understood.has(Flag::Restricted), "{all}");
}

#[test]
fn what_leads_to_the_offence_is_hidden() {
    let table = [
        ("vražda, Most", "[citlivý údaj], Most"),
        ("klient za loupež, Most", "klient [citlivý údaj], Most"),
        ("tr.č. 187 odst. 2, Most", "tr.č. [citlivý údaj] odst. 2, Most"),
        ("12 Nt 345/2026, Most", "[citlivý údaj], Most"),
        ("výstup 12. 3. 2026, Most 5 lidí", "výstup 12. 3. 2026, Most 5 lidí"),
    ];
    for (text, masked) in table {
        assert_eq!(read(text, "2026-03-11T10:00:00+01:00").masked, masked);
    }
}

#[test]
fn mistakes_in_the_word_list_name_their_line() {
    let table = [
        ("[topic.housng]\nthings = [\"byt\"]", "line 1: there is no topic called “housng” – did you mean “housing”?"),
        ("\n[flag]\nurgnt = []", "line 3: there is no flag called “urgnt” – did you mean “urgent”?"),
        ("[who]\nman = [\"muz\",\n\"\"]", "line 3: the phrase “” is empty"),
        ("ignore = [\"a*b\"]", "line 1: the phrase “a*b” has a * that is not at the end of a word"),
        ("ignore = [\"..\"]", "line 1: the phrase “..” must begin and end with a word"),
    ];
    for (text, message) in table {
        assert_eq!(Lexicon::read(text).unwrap_err().to_string(), message);
    }
    assert!(Lexicon::read("ignore = [").unwrap_err().to_string().contains("line 1"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn understanding_never_panics(text in "\\PC{0,120}") {
        let understood = read(&text, "2026-03-11T10:00:00+01:00");
        proptest::prop_assert_eq!(super::mask(&understood.masked).text, understood.masked);
    }
}

#[test]
fn a_word_for_anybody_says_nothing_against_a_woman() {
    use crate::domain::Sex;
    for (text, expected) in [
        ("klient do Liberce, bydlení pro ženu", Some(Sex::Female)),
        ("klient do Liberce, bydlení pro ženu s dítětem", Some(Sex::Female)),
        ("klient: žena, Most", Some(Sex::Female)),
        ("klient do Mostu, má ženu a dítě", Some(Sex::Male)),
        ("klient do Mostu, práce pro jeho ženu", Some(Sex::Male)),
    ] {
        assert_eq!(read(text, "2026-02-04T09:00:00+01:00").who.sex, expected, "{text}");
    }
}
