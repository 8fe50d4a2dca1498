//! The kind of service a person names: "azylový dům", "noclehárna", "dluhová poradna".
//!
//! Only a name that stands as a wish counts: not what was refused ("ubytovnu nechce"), where
//! the client stays now ("je na ubytovně") or where he comes from ("z azyláku"). What is
//! needed at all, the topic, is not decided here.

use crate::domain::{Kind, fold};
use Kind as K;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind by the words it goes by: `*` ends a stem, `|` is "or". Longer phrases come first, so
/// that "night shelter" is not a shelter as well.
type Name = (&'static [Kind], &'static [&'static str]);

/// A family may ask for an "azylový dům" as well as a single man; whom it takes decides the rest.
const ASYLUM: &[Kind] = &[K::AsylumHouse, K::MothersHouse];

const NAMES: &[Name] = &[
    (&[K::HalfwayHouse], &["dum|domu|dome|domem|domy", "na|v", "pul|puli|pulce", "cest*"]),
    (&[K::SeniorHome], &["home", "for", "the", "elderly"]),
    (&[K::SeniorHome], &["domov*", "pro", "senior*|duchod*|star*"]),
    (&[K::SeniorHome], &["dum|domu|dome", "s", "pecovatel*"]),
    (&[K::HalfwayHouse], &["half", "way", "house|home"]),
    (&[K::HalfwayHouse], &["dum|domu|dome", "napul", "cest*"]),
    (&[K::HalfwayHouse], &["pul|puli|pulce", "cest*"]),
    (&[K::HalfwayHouse], &["halfway", "house|home"]),
    (&[K::HalfwayHouse], &["pulcest*"]),
    (&[K::NightShelter], &["night|overnight", "shelter*"]),
    (&[K::NightShelter], &["nizkoprah*", "noclehar*"]),
    (&[K::NightShelter], &["noclehar*|noclezn*"]),
    (&[K::MothersHouse], &["family", "shelter*|house"]),
    (&[K::AsylumHouse, K::NightShelter], &["homeless", "shelter*|hostel*"]),
    (ASYLUM, &["asylum", "house*|home*"]),
    (ASYLUM, &["azylov*|azilov*|asylov*|azylak*|azilak*"]),
    (ASYLUM, &["azyl|azylu|azyle|azylem"]),
    (&[K::AsylumHouse, K::MothersHouse, K::NightShelter], &["shelter*"]),
    (&[K::SocialFlat], &["social*|obecni*|mestsk*|treninkov*|startovac*", "byt|bytu|byty|bytem|bytech"]),
    (&[K::SocialFlat], &["socialni*", "bydlen*"]),
    (&[K::SocialFlat], &["social|council", "flat*|housing"]),
    (&[K::SeniorHome], &["domov*", "duchodc*|senior*"]),
    (&[K::SeniorHome], &["nursing|retirement|care", "home*"]),
    (&[K::CrisisBed], &["krizov*", "luz*|loz*|postel*|ubyt*|bydlen*|pobyt*"]),
    (&[K::CrisisBed], &["crisis|emergency", "bed*|accommodation"]),
    (&[K::Hostel], &["ubytovn*|ubitovn*|hostel*"]),
    (&[K::DayCentre], &["nizkoprah*|denni*", "denni*|centr*|stacionar*"]),
    (&[K::DayCentre], &["day", "centre|center"]),
    (&[K::DebtCounselling], &["dluhov*", "porad*"]),
    (&[K::DebtCounselling], &["debt", "advice|counsel*"]),
    (&[K::CivicCounselling], &["obcansk*", "porad*"]),
    (&[K::LegalClinic], &["pravni*", "porad*"]),
    (&[K::ContactCentre], &["k|kontaktni*", "centr*"]),
    (&[K::ContactCentre], &["kcentr*|kack*"]),
    (&[K::AddictionClinic], &["at|protialkohol*|protidrog*", "ambulanc*|porad*|ordinac*"]),
    (&[K::AddictionClinic], &["adiktolog*"]),
    (&[K::Aftercare], &["dolecov*|dolecen*|aftercare"]),
    (&[K::TherapeuticCommunity], &["terapeut*|therapeutic", "komunit*|communit*"]),
    (&[K::TherapeuticCommunity], &["komunita|komunity|komunitu|komunite"]),
    (&[K::JobCounselling], &["pracovni*|job", "porad*|counsel*"]),
    (&[K::JobAgency], &["pracovni*|personalni*|job", "agentur*|agency"]),
    (&[K::JobAgency], &["agentur*", "prace"]),
    (&[K::SocialFirm], &["socialni*|social", "firm*|podnik*|enterprise*"]),
    (&[K::SocialFirm], &["chranen*", "diln*|mist*|pracovist*"]),
    (&[K::LabourOffice], &["urad*", "prace"]),
    (&[K::LabourOffice], &["labour|job", "office|centre"]),
    (&[K::LabourOffice], &["pracak*"]),
    (&[K::Curator], &["kurator*|kuratel*|curator*"]),
    (&[K::FoodBank], &["potravin*|food", "bank*|pomoc*"]),
    (&[K::MaterialBank], &["satnik*|satnic*"]),
    (&[K::CrisisCentre], &["krizov*|interven*|crisis", "centr*|center"]),
    (&[K::PsychiatricClinic], &["psychiatr*"]),
    (&[K::GeneralPractitioner], &["praktick*|obvod*", "lekar*|doktor*"]),
    (&[K::GeneralPractitioner], &["praktik|praktika|praktikovi|obvodak*|gp"]),
    (&[K::FamilyCounselling], &["rodinn*|manzelsk*|family", "porad*|counsel*"]),
    (&[K::ProbationCentre], &["pms|probac*"]),
    (&[K::Outreach], &["terenni*", "program*|pracovn*"]),
    (&[K::Outreach], &["streetwork*"]),
    (&[K::Accompaniment], &["doprovod*|doprovazen*"]),
];

/// Words that refuse a kind anywhere in the same clause.
const REFUSES: &[&str] = &["nechce", "nechteji", "nechci", "nechtel", "nechtela", "odmita", "odmitl", "odmitla", "krome", "mimo", "except", "refuses"];
/// Words that refuse what follows within two words, or what stands right before.
const NOT: &[&str] = &["ne", "nikoli", "nikoliv", "zadny", "zadna", "zadne", "zadnou", "zadneho", "not", "no"];
/// Words after which a place was left.
const OUT_OF: &[&str] = &["z", "ze", "od", "from"];
/// Words after which the client stays, or stayed, somewhere; "je na" only side by side.
const STAYS: &[&str] =
    &["byl", "byla", "byli", "bydli", "bydlel", "bydlela", "spi", "spal", "spala", "zil", "zila", "zije", "pobyva", "ubytovan", "ubytovana", "ubytoval", "ubytovala"];
const INSIDE: &[&str] = &["v", "ve", "na", "u"];
/// Words that begin another wish in the same breath: "ubytovnu nechce radši azylák".
const TURNS: &[&str] = &["ale", "radsi", "radeji", "spis", "spise", "nybrz", "but", "rather"];

/// Returns the kinds a text names as a wish, each once, in the order of the text.
#[must_use]
pub(super) fn named_kinds(text: &str) -> Vec<Kind> {
    let words = words(text);
    let mut kinds: Vec<Kind> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((named, length)) = name_at(&words, at) else {
            at += 1;
            continue;
        };
        if is_wish(&words, at, length) {
            kinds.extend(named.iter().filter(|kind| !kinds.contains(kind)).copied().collect::<Vec<_>>());
        }
        at += length;
    }
    kinds
}

/// One folded word and the number of its clause.
struct Word {
    folded: String,
    clause: usize,
    /// "AD" in capitals is an asylum house; "ad" is not.
    is_ad: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut clause = 0;
    for part in text.split([',', ';', '.', ':', '!', '?', '(', ')', '–', '\n']) {
        clause += 1;
        for piece in part.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
            let folded = fold(piece);
            clause += usize::from(TURNS.contains(&folded.as_str()));
            words.push(Word { is_ad: piece == "AD", folded, clause });
        }
    }
    words
}

/// Finds the longest name that begins at a word, and how many words it has.
fn name_at(words: &[Word], at: usize) -> Option<(&'static [Kind], usize)> {
    if words.get(at)?.is_ad {
        return Some((ASYLUM, 1));
    }
    let initial = words.get(at)?.folded.bytes().next()?;
    let fits = |(_, phrase): &&&Name| phrase.iter().enumerate().all(|(n, part)| words.get(at + n).is_some_and(|word| is_one_of(&word.folded, part)));
    let names = BY_INITIAL.get(&initial)?;
    names.iter().filter(fits).max_by_key(|(_, phrase)| phrase.len()).map(|(kinds, phrase)| (*kinds, phrase.len()))
}

/// The names by the letter their first word begins with: most words begin none.
static BY_INITIAL: LazyLock<HashMap<u8, Vec<&Name>>> = LazyLock::new(|| {
    let mut names: HashMap<u8, Vec<&Name>> = HashMap::new();
    for name in NAMES {
        let forms = name.1.first().into_iter().flat_map(|part| part.split('|'));
        for initial in forms.filter_map(|form| form.bytes().next()) {
            let same = names.entry(initial).or_default();
            if !same.iter().any(|other| std::ptr::eq(*other, name)) {
                same.push(name);
            }
        }
    }
    names
});

fn is_one_of(word: &str, part: &str) -> bool {
    part.split('|').any(|form| form.strip_suffix('*').map_or(word == form, |stem| word.starts_with(stem)))
}

fn is_wish(words: &[Word], at: usize, length: usize) -> bool {
    let here = words.get(at).map_or(0, |word| word.clause);
    let same = |n: &usize| words.get(*n).is_some_and(|word| word.clause == here);
    let word = |n: usize| Some(n).filter(same).and_then(|n| words.get(n)).map_or("", |word| word.folded.as_str());
    let back = |steps: usize| at.checked_sub(steps).map_or("", word);
    let clause = (0..words.len()).filter(same).map(word);
    let refused = clause.into_iter().any(|word| REFUSES.contains(&word)) || (1..=2).any(|steps| NOT.contains(&back(steps))) || NOT.contains(&word(at + length));
    let inside = INSIDE.contains(&back(1));
    let stays = inside && (["je", "jsou", "is"].contains(&back(2)) || (2..=4).any(|steps| STAYS.contains(&back(steps))));
    let asks_for_refuge = back(1) == "o" && word(at).starts_with("azyl");
    !(refused || stays || asks_for_refuge || OUT_OF.contains(&back(1)))
}

#[cfg(test)]
mod tests {
    use super::{ASYLUM, named_kinds};
    use crate::domain::Kind as K;

    #[test]
    fn a_named_kind_is_found() {
        let table: &[(&str, &[K])] = &[
            ("Praha azylový dům muž", ASYLUM),
            ("do azyláku v Mostě", ASYLUM),
            ("AD pro muže, Most", ASYLUM),
            ("ad hoc bydlení Most", &[]),
            ("noclehárna Brno muž", &[K::NightShelter]),
            ("je v Mostě noclehárna?", &[K::NightShelter]),
            ("dům na půl cesty Liberec", &[K::HalfwayHouse]),
            ("místo v domě na půli cesty", &[K::HalfwayHouse]),
            ("místo v domě na půl cesty", &[K::HalfwayHouse]),
            ("pulcesta Zlin", &[K::HalfwayHouse]),
            ("krizové lůžko Praha", &[K::CrisisBed]),
            ("ubytovna nebo azylový dům, Tábor", &[K::Hostel, K::AsylumHouse, K::MothersHouse]),
            ("ubytování Tábor", &[]),
            ("domov pro seniory Brno", &[K::SeniorHome]),
            ("domov důchodců Zlín", &[K::SeniorHome]),
            ("sociální kurátor Písek", &[K::Curator]),
            ("K-centrum Pardubice", &[K::ContactCentre]),
            ("dluhová poradna v Chebu", &[K::DebtCounselling]),
            ("I need a hostel in Brno for a man", &[K::Hostel]),
            ("halfway house Liberec", &[K::HalfwayHouse]),
            ("a night shelter in Brno", &[K::NightShelter]),
            ("žádost o azyl", &[]),
            ("krizové centrum Olomouc", &[K::CrisisCentre]),
            ("psychiatr Vsetín", &[K::PsychiatricClinic]),
        ];
        for (text, kinds) in table {
            assert_eq!(named_kinds(text), *kinds, "{text}");
        }
    }

    #[test]
    fn what_is_refused_or_left_is_no_wish() {
        let table: &[(&str, &[K])] = &[
            ("ubytovnu nechce, radši azylový dům", ASYLUM),
            ("ubytovnu nechce radši azylák", ASYLUM),
            ("bydlení, jen ne ubytovna", &[]),
            ("ubytovna ne, noclehárna ano", &[K::NightShelter]),
            ("vyhodili ho z ubytovny, hledá azylový dům", ASYLUM),
            ("je na ubytovně a má dluhy", &[]),
            ("byl v azylovém domě v Mostě, teď noclehárna", &[K::NightShelter]),
            ("bydlí v Brně na ubytovně", &[]),
            ("", &[]),
        ];
        for (text, kinds) in table {
            assert_eq!(named_kinds(text), *kinds, "{text}");
        }
    }
}
