//! The language of a message by its commonest words: Czech, English, or one the line does not speak.

use super::words::Words;
use crate::domain::Lang;

/// What a message is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Czech.
    Czech,
    /// English.
    English,
    /// Another language.
    Foreign,
    /// Too short to tell.
    Unclear,
}

impl Written {
    /// Returns the line's language, if it is one of them.
    pub(super) const fn lang(self) -> Option<Lang> {
        match self {
            Self::Czech => Some(Lang::Cs),
            Self::English => Some(Lang::En),
            Self::Foreign | Self::Unclear => None,
        }
    }

    /// Tells whether the message is not in Czech.
    pub(super) const fn is_foreign(self) -> bool {
        matches!(self, Self::English | Self::Foreign)
    }
}

const ENGLISH: &[&str] = &["the", "and", "is", "i", "was", "have", "has", "from", "with", "for", "my", "he", "she", "need", "needs", "no", "please", "can", "you", "where", "of", "in", "am", "help", "are", "not", "will", "who", "looking", "hello", "hi", "released", "prison", "place", "work", "job", "after", "his", "her", "out", "speak", "there", "any", "we", "they", "get", "this", "that", "your"];
const SLOVAK: &[&str] = &["ide", "von", "idem", "decembra", "novembra", "marca", "aprila", "som", "sa", "pre", "nie", "ako", "mam", "ktory", "ktora", "ake", "alebo", "prosim", "aby", "uz", "bol", "bola", "vazenia", "vaznice", "moj", "moja", "mojho", "potrebujem", "potrebuje", "dakujem", "brat", "hladam", "ubytovanie", "bude", "ked", "co", "od", "prepusteny", "prepustili", "pracu", "praca", "zajtra", "byvanie", "doklady", "dobry", "den", "ma", "nema", "nemam", "kde", "sme", "vam", "viete", "moze", "chcem", "vas", "len", "tiez", "von", "vazeni", "vaznici"];
const GERMAN: &[&str] = &["ich", "der", "die", "und", "ist", "bin", "nicht", "ein", "eine", "mein", "meine", "suche", "brauche", "wohnung", "arbeit", "bitte", "aus", "gefangnis", "mit", "fur", "wo", "haben", "habe", "entlassen", "wird", "keine"];
const POLISH: &[&str] = &["jestem", "nie", "mam", "szukam", "pracy", "mieszkania", "prosze", "dla", "jest", "wyszedlem", "z", "wiezienia", "dzien", "dobry", "moj", "gdzie", "czy", "potrzebuje", "po", "dokumenty", "sie", "od", "brat", "ktory", "wychodzi"];
const CZECH: &[&str] = &["se", "je", "na", "v", "do", "z", "ze", "jsem", "pro", "ale", "nebo", "klient", "klienta", "klientka", "ma", "nema", "prosim", "kde", "kdo", "jde", "ven", "vystup", "po", "bude", "ktery", "jak", "jako", "co", "uz", "by", "mu", "ji", "ho", "dobry", "den", "ubytovna", "ubytko", "pan", "pani", "muz", "zena", "odsouzeny", "propusteni", "bydleni", "praci", "prace", "potrebuje", "hleda", "tam", "neco", "nekde", "vezni", "veznice", "z", "od", "k", "u", "s", "muze", "nekdo", "jestli", "jsme", "byl", "byla", "dekuji", "zitra", "patek", "mame", "volno", "plno", "chlap", "byt", "dluhy", "exekuce", "doklady", "konec", "trestu", "kt", "kurator"];
/// Words only Slovak has.
const SLOVAK_ONLY: &[&str] = &["ide", "von", "idem", "zije", "decembra", "novembra", "marca", "aprila", "uherskom", "som", "sa", "pre", "nie", "alebo", "ktory", "ktora", "moj", "moja", "mojho", "potrebujem", "dakujem", "hladam", "ubytovanie", "prepusteny", "prepustili", "pracu", "praca", "zajtra", "byvanie", "sme", "viete", "chcem", "vaznice", "vazenia", "vaznici", "len", "tiez", "ked", "bol", "bola", "moze", "som"];

/// Tells the language of a text.
pub(super) fn written(words: &Words<'_>) -> Written {
    let letters = words.text.chars().filter(|c| c.is_alphabetic()).count();
    let other = words.text.chars().filter(|c| matches!(u32::from(*c), 0x370..=0x1dff | 0x3000..=0xd7ff)).count();
    if letters > 0 && other * 2 > letters {
        return Written::Foreign;
    }
    if words.text.chars().filter(|c| matches!(u32::from(*c), 0x1ea0..=0x1ef9)).count() >= 3 {
        return Written::Foreign;
    }
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.folded.as_str())).count();
    let czech_letters = words.text.chars().any(|c| matches!(c, 'ě' | 'ř' | 'ů' | 'Ě' | 'Ř' | 'Ů'));
    let czech = count(CZECH) + usize::from(czech_letters) * 3;
    let (english, german, polish) = (count(ENGLISH), count(GERMAN), count(POLISH));
    let only = count(SLOVAK_ONLY);
    let slovak = if only >= 2 { count(SLOVAK) + only - 1 } else { 0 };
    let slovak_letters = words.text.chars().any(|c| matches!(c, 'ľ' | 'ĺ' | 'ŕ' | 'ô' | 'ä' | 'Ľ')) && !czech_letters;
    let foreign = slovak.max(german).max(if polish >= 3 { polish } else { 0 }) + usize::from(slovak_letters) * 2;
    if english >= 3 && english > czech && english >= foreign {
        Written::English
    } else if foreign >= 3 && (foreign > czech || slovak_letters) {
        Written::Foreign
    } else if czech > 0 {
        Written::Czech
    } else {
        Written::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::{Written, written};

    #[test]
    fn languages_are_told_apart() {
        let table = [
            ("Dobrý den, klient jde ven v pátek.", Written::Czech),
            ("chlap 38 do usti, ubitovna, 23.1.", Written::Czech),
            ("Hi, I was released from prison yesterday.", Written::English),
            ("Добрий день! Мій брат у в'язниці", Written::Foreign),
            ("Dobrý deň, som po výkone trestu a hľadám ubytovanie v Brne", Written::Foreign),
            ("dobry den, brat ide von z vaznice, hladam pre neho ubytovanie, nie je kde", Written::Foreign),
            ("Ich bin aus dem Gefängnis entlassen und suche Arbeit", Written::Foreign),
            ("", Written::Unclear),
            ("4821", Written::Unclear),
        ];
        for (text, expected) in table {
            assert_eq!(written(&Words::of(text)), expected, "{text}");
        }
    }
}
