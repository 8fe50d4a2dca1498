//! One slip of the pen in the name of each ORP seat, made by a fixed recipe.

use super::{fullest, left_out, official_csv};
use crate::{
    domain::fold,
    place::{case::Cases, forms, resolve},
};

/// Writes `word` with its `at`-th possible slip: swap, drop, double, wrong neighbour key.
fn slip(word: &str, seed: usize) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = 1 + seed % (letters.len() - 1);
    let mut slipped = letters.clone();
    match seed % 4 {
        0 => {
            slipped.remove(at);
        }
        1 => slipped.swap(at - 1, at),
        2 => slipped.insert(at, letters[at]),
        _ => {
            let keys = "qwertzuiopasdfghjklyxcvbnm";
            let key = keys.find(letters[at]).map_or(0, |i| i + 1);
            slipped[at] = keys.chars().nth(key).unwrap_or('e');
        }
    }
    slipped.into_iter().collect()
}

#[test]
fn seats_are_found_behind_one_typo() {
    if official_csv().is_none() {
        return left_out("cz_municipalities.csv");
    }
    let (mut right, mut all, mut missed) = (0_u32, 0_u32, Vec::new());
    for (number, orp) in fullest().orps().iter().enumerate() {
        let seat = fullest().by_code(&orp.seat).unwrap();
        let name = forms::inflect(&orp.name);
        for (case, before) in [(Cases::GEN, "vraci se do"), (Cases::LOC, "hledame byt v")] {
            let form = name.heads.iter().find(|f| f.cases.meets(case)).unwrap();
            let whole = fold(&[&form.head, name.tail.join(" ").as_str()].join(" "));
            for step in 0..4 {
                let text = format!("{before} {}, prosim", slip(whole.trim(), number * 7 + step * 5 + 1));
                all += 1;
                let places = resolve(fullest(), &text);
                if places.destination.as_ref() == Some(&seat) {
                    right += 1;
                } else {
                    missed.push(format!(
                        "{text} ({}) → {:?} {:?}",
                        orp.name,
                        places.destination.and_then(|p| p.municipality).map(|m| m.name),
                        places.candidates.len()
                    ));
                }
            }
        }
    }
    eprintln!("one typo: {right}/{all}\n{}", missed.join("\n"));
    assert!(f64::from(right) / f64::from(all) >= 0.93);
}
