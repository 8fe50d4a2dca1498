//! Czech numbers in words: "dvacátého sedmého", "pětačtyřicet", "druhého".
//! Read by dates (`when`) and ages (`who`); works on folded words.

use super::words::Words;

const UNITS: [(&str, u32); 21] = [
    ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("ten", 10),
    ("jeden", 1), ("jedna", 1), ("dva", 2), ("dve", 2), ("tri", 3), ("ctyri", 4), ("pet", 5), ("sest", 6), ("sedm", 7), ("osm", 8), ("devet", 9), ("deset", 10),
];
const TEENS: [(&str, u32); 9] = [
    ("jedenact", 11), ("dvanact", 12), ("trinact", 13), ("ctrnact", 14), ("patnact", 15), ("sestnact", 16), ("sedmnact", 17), ("osmnact", 18), ("devatenact", 19),
];
const TENS: [(&str, u32); 8] =
    [("dvacet", 20), ("tricet", 30), ("ctyricet", 40), ("padesat", 50), ("sedesat", 60), ("sedmdesat", 70), ("osmdesat", 80), ("devadesat", 90)];
/// What stands before "-a-" in "pětadvacet", shortest forms first.
const JOINED: [(&str, u32); 9] = [("jedna", 1), ("dva", 2), ("tri", 3), ("ctyri", 4), ("peta", 5), ("sesta", 6), ("sedma", 7), ("osma", 8), ("deveta", 9)];
/// Stems of ordinal numbers; the ending follows.
const ORDINALS: [(&str, u32); 23] = [
    ("prvn", 1), ("druh", 2), ("tret", 3), ("ctvrt", 4), ("pat", 5), ("sest", 6), ("sedm", 7), ("osm", 8), ("devat", 9), ("desat", 10), ("jedenact", 11),
    ("dvanact", 12), ("trinact", 13), ("ctrnact", 14), ("patnact", 15), ("sestnact", 16), ("sedmnact", 17), ("osmnact", 18), ("devatenact", 19), ("dvacat", 20),
    ("tricat", 30), ("ctyricat", 40), ("padesat", 50),
];

/// Reads a number in one word: `dvacet`, `patnáct`, `pětačtyřicet`.
pub(super) fn cardinal(word: &str) -> Option<u32> {
    let listed = UNITS.iter().chain(&TEENS).chain(&TENS).find(|(name, _)| *name == word);
    if let Some((_, value)) = listed {
        return Some(*value);
    }
    TENS.iter().find_map(|(name, tens)| {
        let unit = word.strip_suffix(name)?;
        JOINED.iter().find(|(joined, _)| *joined == unit || unit.strip_suffix('a') == Some(*joined)).map(|(_, unit)| tens + unit)
    })
}

/// Reads a number in one or two words at `at`: its value and how many words it takes.
pub(super) fn cardinal_at(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(value) = words.number(at) {
        return Some((value, 1));
    }
    let first = cardinal(words.word(at))?;
    match cardinal(words.word(at + 1)).filter(|unit| first >= 20 && first % 10 == 0 && *unit < 10) {
        Some(unit) => Some((first + unit, 2)),
        None => Some((first, 1)),
    }
}

/// Reads the beginning of "pětačtyřicetiletý" or "18letá" as a number of years.
pub(super) fn years_in_word(word: &str) -> Option<u32> {
    let at = word.find("ilet").or_else(|| word.find("let"))?;
    let stem = word.get(..at)?;
    let ending = word.get(at..)?.trim_start_matches('i');
    matches!(ending, "lety" | "leta" | "leteho" | "letemu" | "letym" | "letou" | "lete" | "letej" | "letyho").then_some(())?;
    cardinal(stem).or_else(|| cardinal(&format!("{stem}t"))).or_else(|| stem.strip_suffix('i').and_then(cardinal))
}

/// Reads an ordinal in the genitive or nominative: `třetího`, `dvacátého`, `jednadvacátého`.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const ENDINGS: [&str; 11] = ["iho", "eho", "i", "y", "emu", "imu", "ej", "yho", "ym", "im", "a"];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending))?;
    if let Some((_, value)) = ORDINALS.iter().find(|(name, _)| *name == stem) {
        return Some(*value);
    }
    [("dvacat", 20), ("tricat", 30)].iter().find_map(|(name, tens)| {
        let unit = stem.strip_suffix(name)?;
        JOINED.iter().find(|(joined, _)| *joined == unit || unit.strip_suffix('a') == Some(*joined)).map(|(_, unit)| tens + unit)
    })
}

/// Reads a day of the month in ordinals at `at`: its value and how many words it takes.
pub(super) fn ordinal_day(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    let first = ordinal(words.word(at))?;
    let unit = ordinal(words.word(at + 1)).filter(|unit| (first == 20 || first == 30) && *unit < 10);
    let (value, taken) = unit.map_or((first, 1), |unit| (first + unit, 2));
    (1..=31).contains(&value).then_some((value, taken))
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::{cardinal, ordinal_day, years_in_word};

    #[test]
    fn numbers_in_words() {
        for (word, value) in [("dvacet", 20), ("petactyricet", 45), ("dvaadvacet", 22), ("jednatricet", 31), ("patnact", 15)] {
            assert_eq!(cardinal(word), Some(value), "{word}");
        }
        for (word, value) in [("dvacetilety", 20), ("petactyricetileta", 45), ("osmnactilety", 18)] {
            assert_eq!(years_in_word(word), Some(value), "{word}");
        }
        for (text, value, taken) in [("dvacátého sedmého března", 27, 2), ("třetího prosince", 3, 1), ("jednadvacátého", 21, 1), ("třicátého", 30, 1)] {
            assert_eq!(ordinal_day(&Words::of(text), 0), Some((value, taken)), "{text}");
        }
    }
}
