//! Tables and properties of the rules beside.

use super::super::tests::lexicon;
use super::super::words::Words;
use super::release;
use crate::domain::Release;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(text: &str, today: &str) -> Option<Release> {
    let words = Words::of(text);
    let hits = lexicon().hits(&words, &|_| false);
    release(&words, &hits, day(today)).map(|(release, _)| release)
}

#[test]
fn a_day_is_read_relative_to_now() {
    // 2026-03-11 is a Wednesday.
    let table = [
        ("jde ven zítra", "2026-03-12"),
        ("pozitri vystup", "2026-03-13"),
        ("propuštěn bude v pátek", "2026-03-13"),
        ("ven jde az pristi stredu", "2026-03-18"),
        ("jde ven ve středu", "2026-03-18"),
        ("ve středu propuštění, ubytovna", "2026-03-18"),
        ("příští týden v úterý výstup", "2026-03-17"),
        ("za 14 dní výstup", "2026-03-25"),
        ("výstup za týden", "2026-03-18"),
        ("ubytko od pondeli", "2026-03-16"),
        ("výstup 15.3.", "2026-03-15"),
        ("výstup 15. 3. 2027", "2027-03-15"),
        ("KT 30.11.", "2026-11-30"),
        ("kt 5/4", "2026-04-05"),
        ("výstup 2026-04-05", "2026-04-05"),
        ("ven 10.3.", "2027-03-10"),
        ("půjde ven dvacátého sedmého března", "2026-03-27"),
        ("šel by ven třetího prosince", "2026-12-03"),
        ("patnáctého čtvrtý vychází", "2026-04-15"),
        ("v pá 13.3. jde ven", "2026-03-13"),
        ("v pátek 20. 3. ho pouštíme", "2026-03-20"),
        ("jde ven posledního března", "2026-03-31"),
        ("konci 1. dubna", "2026-04-01"),
        ("výstup 24 brezna", "2026-03-24"),
        ("4. a 6. dubna jdou ven", "2026-04-04"),
        ("released tomorrow", "2026-03-12"),
        ("he gets out on April 5th", "2026-04-05"),
        ("2 квітня виходить", "2026-04-02"),
        ("завтра виходить", "2026-03-12"),
        ("dnes ho pouštíme", "2026-03-11"),
        ("pustili mě 20. února", "2026-02-20"),
        ("pustili ho v pátek", "2026-03-06"),
        ("včera mě propustili", "2026-03-10"),
        ("jsem venku týden", "2026-03-04"),
        ("před týdnem mě pustili", "2026-03-04"),
        ("propuštěn 15. března, dražba 10. března", "2026-03-15"),
        ("soud má 20.3., výstup 2.4.", "2026-04-02"),
        ("ubytování jen do 30.4., výstup 5.4.", "2026-04-05"),
        ("narozen 1.1., výstup 5.4.", "2026-04-05"),
        ("jde domů patnáctého", "2026-03-15"),
        ("Propuštění: 28.3.26", "2026-03-28"),
        ("vyjde na Štědrý den", "2026-12-24"),
    ];
    for (text, expected) in table {
        assert_eq!(read(text, "2026-03-11"), Some(Release::On(day(expected))), "{text}");
    }
}

#[test]
fn a_stretch_is_a_window() {
    let table = [
        ("konec unora", "2026-02-20", "2026-02-28"),
        ("výstup koncem ledna", "2026-01-20", "2026-01-31"),
        ("jde ven v březnu", "2026-03-01", "2026-03-31"),
        ("v polovině března vychází", "2026-03-11", "2026-03-20"),
        ("začátkem dubna jde ven", "2026-04-01", "2026-04-10"),
        ("jde domů za měsíc", "2026-02-09", "2026-02-19"),
        ("propustili ji v září", "2025-09-01", "2025-09-30"),
        ("příští týden jde ven", "2026-01-19", "2026-01-25"),
    ];
    for (text, from, to) in table {
        assert_eq!(read(text, "2026-01-15"), Some(Release::Window(day(from), day(to))), "{text}");
    }
}

#[test]
fn what_is_no_release_is_left() {
    for text in ["mame plno do 15.", "bydlet může jen do konce dubna", "ubytovnu jí od 1. dubna zruší", "dnes se pořezala", "3. patro bez výtahu", "byt 2+1, 8.500 Kč", "dražba je 10.12.", "výstup 31.11.", "propuštění 30. února", "výstup 29.2.2027", "propuštění 30. 2.", "propuštění 31. 2. 2027", "propuštění 15.13.", "propuštění 31. 4.", "výstup 1.1.9999"] {
        assert_eq!(read(text, "2026-03-11"), None, "{text}");
    }
}

#[test]
fn a_command_names_single_days() {
    // 2026-12-02 is a Wednesday.
    let table: [(&str, &[(&str, &str)]); 14] = [
        ("9. 12. s Petrem", &[("2026-12-09", "9. 12")]),
        ("9.12. s Petrem za 14.12.", &[("2026-12-09", "9.12"), ("2026-12-14", "14.12")]),
        ("s Petrem ve středu za pátek", &[("2026-12-09", "ve středu"), ("2026-12-04", "pátek")]),
        ("zítra s Janou", &[("2026-12-03", "zítra")]),
        ("dnes s Janou za pozítří", &[("2026-12-02", "dnes"), ("2026-12-04", "pozítří")]),
        ("9 Dec with Petr for 14 Dec", &[("2026-12-09", "9 Dec"), ("2026-12-14", "14 Dec")]),
        ("Jan 4th with Jan for 5th Feb 2027", &[("2027-01-04", "Jan 4th"), ("2027-02-05", "5th Feb 2027")]),
        ("on Wednesday with Petr", &[("2026-12-09", "on Wednesday")]),
        ("devátého prosince s Petrem", &[("2026-12-09", "devátého prosince")]),
        ("2026-12-09 s Petrem", &[("2026-12-09", "2026-12-09")]),
        ("30. 11. s Petrem", &[("2026-11-30", "30. 11")]),
        ("1. 9. s Petrem", &[("2027-09-01", "1. 9")]),
        ("30. 2. s Petrem", &[]),
        ("příští týden s Petrem", &[]),
    ];
    for (text, expected) in table {
        let found: Vec<_> = super::days(&Words::of(text), day("2026-12-02")).into_iter().map(|(day, bytes)| (day.to_string(), &text[bytes])).collect();
        let found: Vec<_> = found.iter().map(|(day, words)| (day.as_str(), *words)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn no_day_lies_behind_the_last_year() {
    for text in ["výstup zítra", "výstup za měsíc", "příští týden jde ven"] {
        assert_eq!(read(text, "9999-12-31"), None, "{text}");
    }
}
