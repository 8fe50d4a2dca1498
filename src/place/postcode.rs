//! Postcodes (PSČ): which place a post delivers to. Several municipalities share most of them, so the
//! answer is the town of the post with all that belongs to its office, or the district.

use super::{Gazetteer, PlaceError, tables};
use crate::domain::{Place, fold};
use std::ops::RangeInclusive;

/// Digits of a postcode.
const DIGITS: usize = 5;

/// The table of postcodes, the narrowest ranges first.
#[derive(Debug)]
pub(super) struct Postcodes(Vec<(RangeInclusive<u32>, String)>);

impl Postcodes {
    pub(super) fn builtin() -> Result<Self, PlaceError> {
        let mut ranges = tables::postcodes()?;
        ranges.sort_by_key(|(range, _)| range.end() - range.start());
        Ok(Self(ranges))
    }

    /// The code of the place: of a municipality, an ORP or a district.
    fn code(&self, postcode: u32) -> Option<&str> {
        self.0.iter().find(|(range, _)| range.contains(&postcode)).map(|(_, code)| code.as_str())
    }
}

impl Gazetteer {
    /// Returns the place of a postcode of five digits: a whole town, an ORP or a district; `None` for
    /// one that no post has.
    #[must_use]
    pub fn postcode(&self, digits: &str) -> Option<Place> {
        let number = digits.parse().ok().filter(|_| digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        let code = self.postcodes.code(number)?;
        if let Some(orp) = self.orp(code) {
            return Some(Place { district: Some(orp.district.clone()), orp: Some(orp.code.clone()), ..Place::region(orp.region) });
        }
        self.by_code(code).or_else(|| self.district(code))
    }
}

/// Finds the digits of a postcode a text names as one: `PSČ 434 01`.
pub(super) fn named(text: &str) -> Option<String> {
    let folded = fold(text);
    let (_, behind) = folded.split_once("psc").filter(|(before, _)| !before.ends_with(char::is_alphanumeric))?;
    let behind = behind.trim_start_matches([' ', ':', '.']);
    let mut digits = String::new();
    for (at, c) in behind.char_indices() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' if at == 3 => {}
            _ => break,
        }
    }
    (digits.len() == DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::domain::Lang;
    use crate::place::{Gazetteer, resolve};

    #[test]
    fn a_postcode_is_a_town_a_district_or_nothing() {
        let gazetteer = Gazetteer::builtin().unwrap();
        let table = [
            ("43401", Some("Most, Ústecký kraj")),
            ("43542", Some("okres Most, Ústecký kraj")),
            ("11000", Some("Praha")),
            ("60200", Some("Brno, Jihomoravský kraj")),
            ("70800", Some("Ostrava, Moravskoslezský kraj")),
            ("30100", Some("Plzeň, Plzeňský kraj")),
            ("39301", Some("Pelhřimov, Kraj Vysočina")),
            ("59262", Some("okres Brno-venkov, Jihomoravský kraj")),
            ("79376", Some("okres Jeseník, Olomoucký kraj")),
            ("46811", Some("okres Jablonec nad Nisou, Liberecký kraj")),
            ("81101", None),
            ("00000", None),
            ("4340", None),
            ("434 01", None),
            ("4340a", None),
        ];
        for (postcode, expected) in table {
            let place = gazetteer.postcode(postcode).map(|place| gazetteer.describe(&place, Lang::Cs));
            assert_eq!(place.as_deref(), expected, "{postcode}");
        }
    }

    #[test]
    fn every_range_names_a_place() {
        let gazetteer = Gazetteer::builtin().unwrap();
        for (range, code) in &gazetteer.postcodes.0 {
            let digits = format!("{:05}", range.start());
            assert!(gazetteer.postcode(&digits).is_some(), "{digits} {code}");
        }
    }

    #[test]
    fn only_what_is_called_a_postcode_is_one_in_a_text() {
        for (text, expected) in [
            ("bydlení PSČ 434 01", Some("43401")),
            ("psc:43401, muž", Some("43401")),
            ("PSČ. 43401.", Some("43401")),
            ("bydlení 434 01", None),
            ("PSČ 4340", None),
            ("PSČ 434012", None),
            ("PSČ neznám", None),
        ] {
            assert_eq!(named(text).as_deref(), expected, "{text}");
        }
        let gazetteer = Gazetteer::builtin().unwrap();
        let region = |text: &str| resolve(&gazetteer, text).destination.map(|place| gazetteer.describe(&place, Lang::Cs));
        assert_eq!(region("hledáme ubytovnu, PSČ 434 01").as_deref(), Some("Most, Ústecký kraj"));
        assert_eq!(region("ubytovna v Děčíně, PSČ 405 02").as_deref(), Some("Děčín, Ústecký kraj"), "the name is more exact");
    }
}
