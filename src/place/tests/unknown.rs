//! Villages the built-in tables do not have: each must be asked about or be left, not be taken
//! for another place with certainty.

use super::{builtin, fullest, left_out, official_csv};
use crate::place::{case::Cases, forms, resolve};

#[test]
fn an_unknown_village_is_not_taken_for_another() {
    let Some(list) = official_csv() else { return left_out("cz_municipalities.csv") };
    let codes = csv::Reader::from_reader(list.as_bytes()).into_records().map(|row| row.unwrap()[0].to_owned()).collect::<Vec<_>>();
    let unknown = codes.iter().filter(|code| builtin().by_code(code).is_none()).filter_map(|code| fullest().by_code(code));
    let (mut all, mut wrong) = (0_u32, Vec::new());
    for name in unknown.filter_map(|place| place.municipality).map(|municipality| municipality.name) {
        let forms = forms::inflect(&name);
        let Some(form) = forms.heads.iter().find(|form| form.cases.meets(Cases::GEN)) else { continue };
        let capitals = form.head.split(' ').map(capital).collect::<Vec<_>>().join(" ");
        let text = format!("Klient se vrací do {} {}", capitals, forms.tail.iter().map(|word| if word.len() > 3 { capital(word) } else { word.clone() }).collect::<Vec<_>>().join(" "));
        let text = format!("{}, potřebuje ubytování", text.trim());
        all += 1;
        let places = resolve(builtin(), &text);
        let certain = places.destination.filter(|_| !places.assumed).and_then(|place| place.municipality).map(|municipality| municipality.name);
        if let Some(other) = certain.filter(|other| *other != name) {
            wrong.push(format!("{text} → {other}"));
        }
    }
    println!("{} of {all} taken for another\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.len() * 100 <= all as usize * 2, "{} of {all}", wrong.len());
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
