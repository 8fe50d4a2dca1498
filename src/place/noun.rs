//! Case forms of nouns in place names, from the nominative ending alone.
//!
//! The gender of a name is not known, so forms of every gender the ending allows
//! are made ("Příbram": v Příbrami, do Příbramu). Too many forms cost a few bytes,
//! a missing one costs an answer.

use super::{
    adjective,
    case::{Cases, Class, WordForm},
};

const NOM_ACC: Cases = Cases::NOM.or(Cases::ACC);
const DAT_LOC: Cases = Cases::DAT.or(Cases::LOC);

/// Names on `-a` that are neuter plurals ("v Oknech", "do Vrat").
const NEUTER_PLURALS: &[&str] = &["okna", "vrata", "blata", "hradiska", "lada", "luka"];

/// Returns the forms of a lower-case noun; a word of unknown shape stays as it is.
pub(super) fn decline(word: &str) -> Vec<WordForm> {
    let mut forms = Forms::default();
    if let Some(adjectival) = adjective::decline_as_noun(word) {
        return adjectival;
    }
    match word.chars().next_back() {
        Some('a') if NEUTER_PLURALS.iter().any(|n| word.ends_with(n)) => forms.plural(word, cut(word)),
        Some('a') => forms.feminine(word, cut(word)),
        Some('e' | 'ě') => forms.soft_vowel(word, cut(word)),
        Some('o') => forms.neuter(word, cut(word)),
        Some('y') => forms.plural(word, cut(word)),
        Some('í') => forms.long_i(word),
        Some('i' | 'u' | 'ů' | 'é' | '.') | None => forms.add(Cases::ANY, Class::ANY, word.to_owned()),
        Some(_) if word.ends_with("ves") => forms.village(word),
        Some(last) => forms.consonant(word, last),
    }
    forms.0
}

fn cut(word: &str) -> &str {
    let mut chars = word.chars();
    chars.next_back();
    chars.as_str()
}

#[derive(Default)]
struct Forms(Vec<WordForm>);

impl Forms {
    fn add(&mut self, cases: Cases, class: Class, text: String) {
        self.0.push(WordForm::new(cases, class, text));
    }

    fn each(&mut self, cases: Cases, class: Class, stem: &str, endings: &[&str]) {
        for ending in endings {
            self.add(cases, class, format!("{stem}{ending}"));
        }
    }

    fn feminine(&mut self, word: &str, stem: &str) {
        self.add(Cases::NOM, Class::F, word.to_owned());
        self.each(Cases::GEN, Class::F, stem, &["y"]);
        self.each(Cases::ACC, Class::F, stem, &["u"]);
        self.each(Cases::INS, Class::F, stem, &["ou"]);
        self.add(DAT_LOC, Class::F, softened(stem));
        if stem.ends_with(['ň', 'č', 'š', 'ž', 'j', 'c']) {
            self.each(Cases::GEN, Class::F, &hardened(stem), &["e", "i"]);
            self.each(DAT_LOC, Class::F, &hardened(stem), &["i"]);
        }
    }

    fn neuter(&mut self, word: &str, stem: &str) {
        self.add(NOM_ACC, Class::N, word.to_owned());
        self.each(Cases::GEN, Class::N, stem, &["a"]);
        self.each(DAT_LOC, Class::N, stem, &["u"]);
        self.each(Cases::INS, Class::N, stem, &["em"]);
        // "ve Mýtě", but only "v Hlinsku"
        if !stem.ends_with(['k', 'h', 'g']) {
            self.add(Cases::LOC, Class::N, softened(stem));
        }
    }

    fn plural(&mut self, word: &str, stem: &str) {
        let class = Class::P;
        self.add(NOM_ACC.or(Cases::INS), class, word.to_owned());
        self.add(Cases::GEN, class, stem.to_owned());
        if let Some(with_e) = with_mobile_e(stem) {
            self.add(Cases::GEN, class, with_e);
        }
        self.each(Cases::GEN, class, stem, &["ů"]);
        self.each(Cases::DAT, class, stem, &["ům", "ám"]);
        self.each(Cases::LOC, class, stem, &["ech", "ách"]);
        self.each(Cases::INS, class, stem, &["ami"]);
        if let Some(soft) = soft_plural(stem) {
            self.each(Cases::LOC, class, &soft, &["ích"]);
        }
        if stem.ends_with("ov") {
            self.each(Cases::LOC.or(Cases::GEN), class, stem, &["ých"]);
        }
    }

    fn soft_vowel(&mut self, word: &str, stem: &str) {
        self.add(NOM_ACC.or(Cases::GEN), Class::ANY, word.to_owned());
        self.each(DAT_LOC.or(Cases::ACC), Class::F, stem, &["i"]);
        self.each(DAT_LOC, Class::N, stem, &["i"]);
        self.each(Cases::INS, Class::F, stem, &["í"]);
        self.each(Cases::INS, Class::N, word, &["m"]);
        self.add(Cases::GEN, Class::P, stem.to_owned());
        self.each(Cases::GEN, Class::P, stem, &["í"]);
        self.each(Cases::DAT, Class::P, stem, &["ím"]);
        self.each(Cases::LOC, Class::P, stem, &["ích"]);
        self.each(Cases::INS, Class::P, word, &["mi"]);
        if let Some(with_e) = with_mobile_e(stem).filter(|_| !stem.ends_with("šť")) {
            self.add(Cases::GEN, Class::P, with_e);
        }
    }

    fn long_i(&mut self, word: &str) {
        self.add(Cases::ANY, Class::ANY, word.to_owned());
        self.each(Cases::INS, Class::N, word, &["m"]);
        self.each(Cases::LOC, Class::P, word, &["ch"]);
    }

    fn village(&mut self, word: &str) {
        let stem = word.strip_suffix("es").unwrap_or(word);
        self.add(NOM_ACC, Class::F, word.to_owned());
        self.each(Cases::GEN.or(DAT_LOC), Class::F, stem, &["si", "esi"]);
        self.each(Cases::GEN, Class::F, stem, &["se"]);
        self.each(Cases::INS, Class::F, stem, &["sí"]);
    }

    fn consonant(&mut self, word: &str, last: char) {
        self.add(NOM_ACC, Class::M.or(Class::F), word.to_owned());
        for stem in stems(word) {
            if !matches!(last, 'c' | 'č' | 'š' | 'ž' | 'ř' | 'j' | 'ď' | 'ť' | 'ň') || word.ends_with("ch") {
                self.masculine(&stem);
            }
            let soft = matches!(last, 'c' | 'č' | 'š' | 'ž' | 'ř' | 'j' | 'ď' | 'ť' | 'ň' | 'l' | 'm');
            let soft = soft && !word.ends_with("ch") || (word.ends_with('v') && !word.ends_with("ov") && !word.ends_with("ův"));
            if soft {
                self.soft(&stem);
            }
        }
    }

    fn masculine(&mut self, stem: &str) {
        self.each(Cases::GEN, Class::M, stem, &["a", "u"]);
        self.each(DAT_LOC, Class::M, stem, &["u"]);
        self.each(Cases::INS, Class::M, stem, &["em"]);
        // "v Nymburce", but never "v Frýdce"
        if !stem.ends_with('k') || stem.ends_with("rk") {
            self.add(Cases::LOC, Class::M, softened(stem));
        }
    }

    fn soft(&mut self, stem: &str) {
        let base = hardened(stem);
        let e = if base != stem || stem.ends_with(['b', 'p', 'v', 'm']) { "ě" } else { "e" };
        self.each(Cases::GEN, Class::M.or(Class::F), &base, &[e]);
        self.each(Cases::GEN.or(DAT_LOC), Class::M.or(Class::F), &base, &["i"]);
        self.each(Cases::INS, Class::F, &base, &["í"]);
        self.each(Cases::INS, Class::M, &base, &["em"]);
    }
}

/// The stems a consonant-final noun is declined on: as it stands, without the
/// mobile `e` ("Hradec" → "Hradc"), with `o` for `ů` ("Dvůr" → "Dvor").
fn stems(word: &str) -> Vec<String> {
    let mut stems = Vec::with_capacity(2);
    let mut tail = word.char_indices().rev();
    let last = tail.next();
    let before = tail.next();
    if let (Some((at, last)), Some((e_at, 'e' | 'ě'))) = (last, before)
        && matches!(last, 'c' | 'k' | 'ň' | 'l' | 'v')
        && let Some(head) = word.get(..e_at)
        && let Some(rest) = word.get(at..)
        && head.chars().count() > 1
    {
        stems.push(format!("{head}{rest}"));
    }
    if !word.ends_with("ec") {
        stems.push(word.to_owned());
    }
    if let Some(at) = word.rfind('ů')
        && let (Some(head), Some(rest)) = (word.get(..at), word.get(at + 'ů'.len_utf8()..))
        && !rest.contains(['a', 'e', 'i', 'o', 'u', 'y', 'á', 'é', 'í', 'ý', 'ě'])
    {
        stems.push(format!("{head}o{rest}"));
    }
    stems
}

/// The stem with the ending of the locative: "prah" → "praze", "ostrav" → "ostravě".
fn softened(stem: &str) -> String {
    for (hard, soft) in [("ch", "še"), ("k", "ce"), ("h", "ze"), ("g", "ze"), ("r", "ře")] {
        if let Some(head) = stem.strip_suffix(hard) {
            return format!("{head}{soft}");
        }
    }
    let ending = if stem.ends_with(['d', 't', 'n', 'b', 'p', 'v', 'm', 'f']) { "ě" } else { "e" };
    format!("{}{ending}", if stem.ends_with(['ď', 'ť', 'ň']) { hardened(stem) } else { stem.to_owned() })
}

/// Spells a soft final consonant for a following `ě` or `i`: "plzň" → "plzn".
fn hardened(stem: &str) -> String {
    for (soft, hard) in [("ď", "d"), ("ť", "t"), ("ň", "n")] {
        if let Some(head) = stem.strip_suffix(soft) {
            return format!("{head}{hard}");
        }
    }
    stem.to_owned()
}

/// The locative stem of plurals on -ky, -hy, -chy: "počátk" → "počátc".
fn soft_plural(stem: &str) -> Option<String> {
    [("ch", "š"), ("k", "c"), ("h", "z")].iter().find_map(|(hard, soft)| stem.strip_suffix(hard).map(|head| format!("{head}{soft}")))
}

/// The genitive plural with the `e` that parts two consonants: "odr" → "oder".
fn with_mobile_e(stem: &str) -> Option<String> {
    let (at, _) = stem.char_indices().next_back()?;
    let (head, last) = stem.split_at_checked(at)?;
    let vowel = |c: char| "aeiouyáéíóúůýě".contains(c);
    let before = head.chars().next_back()?;
    (!vowel(before) && !last.chars().all(vowel) && !stem.ends_with("ch")).then(|| format!("{head}e{last}"))
}
