//! Messages of every kind with what must be understood of them.
//! The table `messages.txt` has one message a line; the shares of each field are the bars.
//!
//! Columns: instant, text, place, origin, topics, who, release, flags. `?x` and `x?` may be there or
//! not, `a,b` and `a/b` are alternatives, `a+b` are both; a place is a name, a region, a district,
//! `!XX` a country, `?` several candidates, `-` none.

use super::tests::{gazetteer, read};
use crate::domain::{Place, Release, Understood};
use serde_json::Value;

const MESSAGES: &str = include_str!("messages.txt");

struct Message<'a> {
    at: &'static str,
    text: &'a str,
    place: &'a str,
    origin: &'a str,
    topics: &'a str,
    who: &'a str,
    release: &'a str,
    flags: &'a str,
}

fn message(line: &str) -> Message<'_> {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    let [at, text, place, origin, topics, who, release, flags] = columns[..] else { panic!("{line}") };
    let at = match at {
        "A" => "2026-03-11T10:00:00+01:00",
        "B" => "2026-11-20T10:00:00+01:00",
        "C" => "2026-12-29T10:00:00+01:00",
        other => panic!("instant {other}"),
    };
    Message { at, text, place, origin, topics, who, release, flags }
}

fn short(place: &Place) -> String {
    match (&place.municipality, &place.orp, &place.district) {
        (Some(municipality), _, _) => municipality.name.clone(),
        (None, Some(orp), _) => gazetteer().orp(orp).unwrap().name.clone(),
        (None, None, Some(district)) => district.clone(),
        (None, None, None) => place.region.code().to_owned(),
    }
}

fn place_fits(found: &Understood, wanted: &str) -> bool {
    let places = &found.places;
    wanted.split(',').any(|wanted| match wanted {
        "-" => places.destination.is_none() && places.candidates.is_empty() && places.abroad.is_none(),
        "?" => places.destination.is_none() && places.candidates.len() > 1,
        _ if wanted.starts_with('!') => places.destination.is_none() && places.abroad.as_deref() == wanted.get(1..),
        _ => {
            let all: Vec<String> = places.destination.iter().chain(&places.further).map(short).collect();
            all == wanted.split('+').collect::<Vec<_>>() && places.abroad.is_none()
        }
    })
}

/// All that must be there is there, and nothing that may not.
fn listed(found: &[String], wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split_whitespace().filter(|word| *word != "-").collect();
    let has = |code: &str| found.iter().any(|found| found == code);
    wanted.iter().filter(|word| !word.starts_with('?')).all(|word| word.split('/').any(|code| has(code) || code == "-"))
        && found.iter().all(|found| found == "other" || wanted.iter().any(|word| word.trim_start_matches('?').split('/').any(|code| code == found)))
}

fn who_fits(found: &Understood, wanted: &str) -> bool {
    let who = serde_json::to_value(&found.who).unwrap();
    let fits = |key: &str, bare: &[&str], value: &dyn Fn(&str) -> Value| {
        let said = wanted.split_whitespace().find(|word| bare.contains(&word.trim_end_matches('?')));
        match said {
            Some(word) if word.ends_with('?') => wanted.split_whitespace().filter(|word| bare.contains(&word.trim_end_matches('?'))).any(|word| who[key] == value(word.trim_end_matches('?'))) || who[key].is_null(),
            Some(word) => who[key] == value(word),
            None => who[key].is_null(),
        }
    };
    let yes = |_: &str| Value::Bool(true);
    let rest = ["released_already", "foreigner", "pregnant", "pet", "disability", "couple", "no_income", "without_id", "substitution"];
    fits("sex", &["m", "f"], &|word| Value::from(word))
        && fits("children", &["kids"], &yes)
        && (wanted.contains("age?") || fits("age_band", &["15-17", "18-26", "27-64", "65+"], &|word| Value::from(word)))
        && rest.iter().filter(|key| wanted.split_whitespace().any(|word| word == **key)).all(|key| who[*key] == Value::Bool(true))
}

fn release_fits(found: &Understood, wanted: &str) -> bool {
    let wanted = if wanted.is_empty() { "-" } else { wanted };
    wanted.split_whitespace().any(|wanted| match (found.release, wanted.split_once("..")) {
        (Some(Release::Window(from, to)), Some((first, last))) => from <= last.parse().unwrap() && to >= first.parse().unwrap(),
        (Some(Release::On(day)), None) => day.to_string() == wanted,
        (None, None) => wanted == "-",
        _ => false,
    })
}

fn checked(message: &Message<'_>) -> [bool; 6] {
    let found = read(message.text, message.at);
    let topics: Vec<String> = found.topics.iter().map(|topic| topic.code().to_owned()).collect();
    let flags: Vec<String> = found.flags.iter().map(|flag| flag.code().to_owned()).collect();
    let right = [
        place_fits(&found, message.place),
        message.origin.is_empty() || found.places.origin.as_ref().map(short).as_deref() == Some(message.origin),
        listed(&topics, message.topics),
        who_fits(&found, message.who),
        release_fits(&found, message.release),
        listed(&flags, message.flags),
    ];
    if right.contains(&false) {
        let missed: Vec<&str> = FIELDS.iter().zip(right).filter(|(_, right)| !right).map(|(field, _)| *field).collect();
        let places = &found.places;
        let named: Vec<String> = places.destination.iter().chain(&places.further).map(short).collect();
        println!("{missed:?}: {}\n   wanted {} | {} | {} | {} | {} | {}", message.text, message.place, message.origin, message.topics, message.who, message.release, message.flags);
        println!("   found {named:?} of {} abroad {:?} from {:?}, {topics:?}, {:?}, {:?}, {flags:?}", places.candidates.len(), places.abroad, places.origin.as_ref().map(short), serde_json::to_string(&found.who).unwrap(), found.release);
    }
    right
}

const FIELDS: [&str; 6] = ["place", "origin", "topics", "who", "date", "flags"];

#[test]
fn messages_of_every_kind_are_understood() {
    let messages: Vec<Message<'_>> = MESSAGES.lines().filter(|line| !line.starts_with('#')).map(message).collect();
    let mut right = [0_usize; 6];
    for message in &messages {
        for (sum, one) in right.iter_mut().zip(checked(message)) {
            *sum += usize::from(one);
        }
    }
    let share = right.map(|right| 1000 * right / messages.len());
    println!("of {}: {}", messages.len(), FIELDS.iter().zip(share).map(|(field, share)| format!("{field} {}.{} %", share / 10, share % 10)).collect::<Vec<_>>().join(", "));
    assert!(share.iter().zip([970, 970, 930, 950, 960, 930]).all(|(share, bar)| *share >= bar), "{share:?}");
}

#[test]
fn numbers_of_clients_are_covered() {
    for message in MESSAGES.lines().filter(|line| !line.starts_with('#')).map(message) {
        let masked = read(message.text, message.at).masked;
        let longest = masked.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        assert!(longest < 6, "{masked}");
    }
}
