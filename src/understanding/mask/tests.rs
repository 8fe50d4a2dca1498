//! Tables and properties of the rules beside.

use super::{Personal, mask};
use proptest::prelude::*;

#[test]
fn personal_data_is_covered() {
    let table = [
        ("RČ 850101/1234", "RČ [rodné číslo]"),
        ("850101/1236 jde ven", "[rodné číslo] jde ven"),
        ("855101 / 123", "[rodné číslo]"),
        ("rodné číslo: 850101 1234", "rodné číslo: [rodné číslo]"),
        ("r.č. 85 01 01 12 34", "r.č. [rodné číslo]"),
        ("８５０１０１／１２３４", "[rodné číslo]"),
        ("850101\n/1234", "[rodné číslo]"),
        ("850101.1234", "[rodné číslo]"),
        ("OP 123456789", "OP [číslo dokladu]"),
        ("OP č. 123 456 789, výstup 15.3.", "OP č. [číslo dokladu], výstup 15.3."),
        ("občanka: AB 123456", "občanka: [číslo dokladu]"),
        ("číslo průkazu\n12.34.56.78.9", "číslo průkazu\n[číslo dokladu]"),
        ("OP１２３４５６７８９", "OP[číslo dokladu]"),
        ("číslo 123456789 (OP)", "číslo [číslo dokladu] (OP)"),
        ("pas č. 12345678", "pas č. [číslo dokladu]"),
        ("nar. 12. 3. 1985", "nar. [datum narození]"),
        ("narozena 5.6.85 v Brně", "narozena [datum narození] v Brně"),
        ("narozený 12. března 1985", "narozený [datum narození]"),
        ("Otmar Vomáčka, co se vrací", "[jméno], co se vrací"),
        ("paní Jana Nováková z Mostu", "paní [jméno] z Mostu"),
        ("pan Novák, 45", "pan [jméno], 45"),
        ("pro bratry Nemysleny (Tomas 24, Lukas 31)", "pro bratry [jméno] ([jméno] 24, [jméno] 31)"),
        ("Paní Blažena Smyšlená, Komenského 4444/99, Kroměříž", "Paní [jméno], [adresa], Kroměříž"),
        ("klient Novák Petr, 12.3.1985", "klient [jméno], [datum narození]"),
        ("s Janou Novákovou", "s [jméno]"),
        ("pan jan novak", "pan [jméno]"),
        ("pani novakova potrebuje", "pani [jméno] potrebuje"),
        ("tel. klienta 719 123 456", "tel. klienta [telefon]"),
        ("jeho číslo +420 719 123 456", "jeho číslo [telefon]"),
        ("píše z nekdo.nikde@priklad.cz", "píše z [e-mail]"),
        ("bytem Dlouhá 12, Most", "bytem [adresa], Most"),
        ("Lhota čp. 45", "Lhota [adresa]"),
        ("pavlina 29 let chce do komunity", "[jméno] 29 let chce do komunity"),
        ("pan Čtvrtek Rudolf míří domů", "pan [jméno] míří domů"),
    ];
    for (text, expected) in table {
        assert_eq!(mask(text).text, expected, "{text}");
        assert!(!mask(text).found.is_empty(), "{text}");
    }
}

#[test]
fn what_is_not_personal_stays() {
    let table = [
        "klient do Chrudimi, výstup 15.3.2027",
        "paní potřebuje azyl v Mostě",
        "klientka se vrací do Prahy",
        "klient Most ubytovna 5.1.",
        "4821 vyřízeno",
        "#4821 nastoupil",
        "VOLNO 2",
        "máme 20 míst, 2 muži od 1. 12.",
        "dluhy 180000, exekuce 4, 3 děti",
        "volejte mi na 719 123 456",
        "ústředna 412345678 linka",
        "trest od 3.4.2012, výstup 15/3",
        "nemá OP, výstup 15.3.2026",
        "Nové Město, mladej kluk",
        "odsouzený nastupuje za Jindřichovým Hradcem",
        "Karlovy Vary nebo Mariánské Lázně",
        "Dobrý den, prosím o pomoc. Klient jde ven v pátek.",
        "Víte o ubytovně?",
        "social@vezna.vscr.cz",
        "muž (36) z Jiřic u Nymburka",
        "č. účtu neznám, 9 míst po 3",
        "tr.č. 187 odst. 2",
        "u soudu 12 Nt 345/2026",
        "výstup ve čtvrtek",
    ];
    for text in table {
        assert_eq!(mask(text).text, text);
    }
}

#[test]
fn the_writers_own_name_is_covered_but_not_reported() {
    let masked = mask("Dobrý den, tady Jana z věznice, klient do Mostu.");
    assert_eq!(masked.text, "Dobrý den, tady [jméno] z věznice, klient do Mostu.");
    assert!(masked.found.is_empty());
}

/// A valid birth number of a made-up day, in the shapes people type.
fn birth_number() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec!["", " ", "/", " / ", "-", ".", "\n", "\u{a0}", "／", " - ", "\u{200b}"]);
    (30_u64..99, 1_u64..=12, 1_u64..=28, 0_u64..=999, prop::bool::ANY, gap).prop_map(|(year, month, day, tail, woman, gap)| {
        let month = if woman { month + 50 } else { month };
        let nine = ((year * 100 + month) * 100 + day) * 1000 + tail;
        let last = (0..10).find(|last| (nine * 10 + last) % 11 == 0).unwrap_or(0);
        let digits = format!("{:010}", nine * 10 + last);
        format!("{}{gap}{}", &digits[..6], &digits[6..])
    })
}

#[test]
fn covering_twice_changes_nothing() {
    for text in ["ùL{Σ0a0", "bytem Dlouhá 12a3", "ul. Dlouhá 12/3a4 Most"] {
        let once = mask(text).text;
        assert_eq!(mask(&once).text, once, "{text}");
    }
}

proptest! {
    #[test]
    fn masking_never_panics_and_is_idempotent(text in "\\PC{0,80}") {
        let once = mask(&text).text;
        prop_assert_eq!(mask(&once).text, once);
    }

    #[test]
    fn masking_pieces_of_real_messages_is_idempotent(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..12)) {
        let once = mask(&parts.concat()).text;
        prop_assert_eq!(mask(&once).text, once);
    }

    #[test]
    fn no_birth_number_is_left(before in "[a-zěščř ,.]{0,12}", number in birth_number(), after in "[a-zěščř ,.]{0,12}") {
        let masked = mask(&format!("{before}{number}{after}"));
        prop_assert!(!masked.text.contains(|c: char| c.is_ascii_digit()), "{}", masked.text);
    }

    #[test]
    fn no_identity_card_is_left(word in prop::sample::select(vec!["OP", "op č.", "občanka", "číslo OP:", "občanský průkaz č. ", "č. průkazu"]), gap in prop::sample::select(vec![" ", ": ", "\n", ""]), inner in prop::sample::select(vec!["", " ", ".", "-", "\u{a0}", "\n"]), number in 100_000_000_u32..999_999_999) {
        let digits = number.to_string();
        let text = format!("klient má {word}{gap}{}{inner}{}{inner}{} a jde ven", &digits[..3], &digits[3..6], &digits[6..]);
        let masked = mask(&text);
        prop_assert!(masked.found.contains(&Personal::IdCard) || masked.found.contains(&Personal::BirthNumber) || masked.found.contains(&Personal::Phone), "{} → {}", text, masked.text);
        prop_assert!(!masked.text.contains(|c: char| c.is_ascii_digit()), "{} → {}", text, masked.text);
    }
}

const PARTS: &[&str] = &[
    "pan ", "paní ", "klient ", "Jan ", "Nováková ", "Novák", ", ", ". ", "OP ", "č. ", "123456789 ", "850101/1234 ", "nar. ", "12.3.1985 ", "12. ", "[jméno] ", "[rodné číslo]", "[číslo dokladu] ", "Dlouhá ",
    "12 ", "bytem ", "čp. ", "719 123 456 ", "tel ", "jeho ", "(", ")", "Most ", "\n", "[citlivý údaj] ",
];
