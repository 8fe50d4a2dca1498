//! The shared samples: phrases with one place, and whole messages.

use super::{both, left_out, shared_lines};
use crate::{
    domain::{Place, Places},
    place::{Gazetteer, resolve},
};
use serde_json::Value;

fn is(place: &Place, expected: &Value) -> bool {
    let text = |key: &str| expected.get(key).and_then(Value::as_str);
    let region = text("region").is_none_or(|r| r == place.region.code());
    let district = text("district").is_none_or(|d| place.district.as_deref() == Some(d) && place.municipality.is_none());
    let orp = text("orp_code").is_none_or(|o| place.orp.as_deref() == Some(o));
    let name = place.municipality.as_ref().map(|m| m.name.as_str());
    region
        && district
        && orp
        && match text("municipality") {
            Some(expected) => name == Some(expected),
            None => name.is_none(),
        }
}

fn fits(places: &Places, expected: &Value) -> bool {
    if expected.is_null() {
        return places.destination.is_none() && places.candidates.is_empty() && places.abroad.is_none();
    }
    if let Some(country) = expected.get("abroad") {
        return places.abroad.as_deref() == country.as_str() && places.destination.is_none();
    }
    if let Some(regions) = expected.get("ambiguous").and_then(Value::as_array) {
        let named = |p: &Place| regions.iter().any(|r| r.as_str() == Some(p.region.code()));
        return places.destination.is_none() && places.candidates.len() > 1 && places.candidates.iter().any(named);
    }
    if let Some(several) = expected.get("multiple").and_then(Value::as_array) {
        let found: Vec<&Place> = places.destination.iter().chain(&places.further).collect();
        return found.len() == several.len() && found.iter().zip(several).all(|(p, e)| is(p, e));
    }
    places.destination.as_ref().is_some_and(|p| is(p, expected)) && places.abroad.is_none()
}

fn share(right: usize, all: usize) -> f64 {
    f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(all.max(1)).unwrap())
}

/// Counts (right, all) of the phrases of one kind and prints the misses.
fn phrases(gazetteer: &Gazetteer, lines: &str, seats_only: bool) -> (usize, usize) {
    let mut counts = (0, 0);
    for line in lines.lines() {
        let sample: Value = serde_json::from_str(line).unwrap();
        if seats_only && sample["kind"] != "orp" {
            continue;
        }
        counts.1 += 1;
        let places = resolve(gazetteer, sample["text"].as_str().unwrap());
        if fits(&places, &sample["expect"]) {
            counts.0 += 1;
        } else {
            eprintln!("missed {}: {} → {places:?}", sample["id"], sample["text"]);
        }
    }
    counts
}

#[test]
fn phrases_with_one_place_meet_the_bars() {
    let Some(lines) = shared_lines("places.jsonl") else { return left_out("places.jsonl") };
    for (name, gazetteer) in both() {
        let (right, all) = phrases(gazetteer, &lines, false);
        let seats = phrases(gazetteer, &lines, true);
        eprintln!("{name}: all {right}/{all}, seats {}/{}", seats.0, seats.1);
        assert!(share(seats.0, seats.1) >= 0.99, "{name}: seats {seats:?}");
        assert!(share(right, all) >= 0.97, "{name}: all {right}/{all}");
    }
}

/// Names what is wrong with one message: place, origin, exclusions.
fn faults(gazetteer: &Gazetteer, sample: &Value) -> Vec<String> {
    let expect = &sample["expect"];
    let places = resolve(gazetteer, sample["text"].as_str().unwrap());
    let mut faults = Vec::new();
    let others = expect["alt"]["place"].as_array().cloned().unwrap_or_default();
    if !fits(&places, &expect["place"]) && !others.iter().any(|other| fits(&places, other)) {
        faults.push(format!("place of {}: {places:?}", sample["text"]));
    }
    let town = |p: &Place| p.municipality.as_ref().map(|m| m.name.clone());
    if let Some(origin) = expect["origin"].as_str()
        && places.origin.as_ref().and_then(town).as_deref() != Some(origin)
    {
        faults.push(format!("origin of {}: {:?}", sample["text"], places.origin));
    }
    for refused in expect["exclude"].as_array().into_iter().flatten() {
        if !places.excluded.iter().any(|p| is(p, refused) || town(p).as_deref() == refused.as_str()) {
            faults.push(format!("exclusion of {}: {:?}", sample["text"], places.excluded));
        }
    }
    faults
}

#[test]
fn whole_messages_meet_the_bar() {
    let Some(lines) = shared_lines("messages.jsonl") else { return left_out("messages.jsonl") };
    for (name, gazetteer) in both() {
        let samples: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let right = samples.iter().filter(|sample| {
            let faults = faults(gazetteer, sample);
            for fault in &faults {
                eprintln!("{name} missed {}: {fault}", sample["id"]);
            }
            faults.is_empty()
        });
        let right = right.count();
        eprintln!("{name}: messages {right}/{}", samples.len());
        // a hamlet below 500 inhabitants is known only to the official list
        let bar = if name == "official" { 0.97 } else { 0.95 };
        assert!(share(right, samples.len()) >= bar, "{name}: {right}/{}", samples.len());
    }
}
