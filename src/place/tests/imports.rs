//! Reading the official list: other headings and separators, and every way it
//! can be wrong.

use super::{builtin, fullest, left_out, official_csv};
use crate::place::{Gazetteer, PlaceError};

fn changed(change: impl Fn(Vec<String>) -> Vec<String>) -> Option<String> {
    official_csv().map(|csv| change(csv.lines().map(str::to_owned).collect()).join("\n"))
}

#[test]
fn the_list_is_read_whole() {
    if official_csv().is_none() {
        return left_out("cz_municipalities.csv");
    }
    assert_eq!(fullest().municipality_count(), 6_258);
    assert_eq!(fullest().orps().len(), 206);
    assert_eq!(fullest().prisons().len(), 35);
    assert!(fullest().orps().iter().all(|o| fullest().place_of_orp(&o.code).is_some()));
}

#[test]
fn the_link_export_of_the_statistical_office_is_read() {
    let Some(csv) = changed(|lines| {
        let row = |l: &str| l.split(',').map(str::to_owned).collect::<Vec<_>>();
        let plain = lines.iter().skip(1).map(|l| row(l)).map(|f| format!("CS;{};\"{}\";{};\"{}\"", f[0], f[1], f[2], f[3]));
        std::iter::once("\u{feff}kodjaz;chodnota1;text1;chodnota2;text2".to_owned()).chain(plain).collect()
    }) else {
        return left_out("cz_municipalities.csv");
    };
    let gazetteer = Gazetteer::with_official(&csv).unwrap();
    assert_eq!(gazetteer.municipality_count(), 6_258);
    let decin = gazetteer.by_code("562335").unwrap();
    assert_eq!((decin.orp.as_deref(), decin.district.as_deref()), (Some("4202"), Some("CZ0421")));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    assert!(matches!(Gazetteer::with_official(""), Err(PlaceError::Column { .. })));
    assert!(matches!(Gazetteer::with_official("kod_obec,obec,kod_orp\n"), Err(PlaceError::Count { found: 0, .. })));
    assert!(matches!(Gazetteer::with_official("a,b\n1,2\n"), Err(PlaceError::Column { .. })));
    for (list, complaint) in [
        ("kod_obec,obec,kod_orp\n562335,Děčín,9999\n", "unknown ORP"),
        ("kod_obec,obec,kod_orp\n12,Děčín,4202\n", "six-digit"),
        ("kod_obec,obec,kod_orp\n562335,,4202\n", "no name"),
        ("kod_obec,obec,kod_orp,nuts3\n562335,Děčín,4202,CZ099\n", "unknown region"),
        ("kod_obec,obec,kod_orp,nuts3\n562335,Děčín,4202,CZ010\n", "lies in CZ042"),
        ("kod_obec,obec,kod_orp,lau1\n562335,Děčín,4202,CZ9999\n", "unknown district"),
        ("kod_obec,obec,kod_orp,lat,lon\n562335,Děčín,4202,5,5\n", "not in the Czech"),
        ("kod_obec,obec,kod_orp\n562335,Děčín,4202\n562335,Děčín,4202\n", "twice"),
    ] {
        let error = Gazetteer::with_official(list).unwrap_err().to_string();
        assert!(error.contains(complaint) && error.contains("line"), "{error}");
    }
    let cut = changed(|lines| lines.into_iter().take(3_000).collect());
    let error = cut.map(|csv| Gazetteer::with_official(&csv).unwrap_err().to_string());
    assert!(error.is_none_or(|e| e.contains("cut off")));
}

#[test]
fn the_built_in_tables_agree_with_the_official_list() {
    if official_csv().is_none() {
        return left_out("cz_municipalities.csv");
    }
    for orp in builtin().orps() {
        assert_eq!(fullest().by_code(&orp.seat), builtin().by_code(&orp.seat), "{}", orp.name);
        assert_eq!(builtin().by_code(&orp.seat).and_then(|p| p.municipality).map(|m| m.name).as_deref(), Some(orp.name.as_str()));
    }
    for prison in builtin().prisons() {
        let code = prison.place.municipality.as_ref().and_then(|m| m.code.clone()).unwrap();
        assert_eq!(fullest().by_code(&code).as_ref(), Some(&prison.place), "{}", prison.name);
    }
}
