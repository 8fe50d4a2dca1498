//! What is said of the kind of service a person named, when it is not simply there: "Vhodnou
//! noclehárnu v kraji neznáme". One sentence for the eye and the ear, one beginning for a short message.

use super::Wish;
use super::answer::Asked;
use crate::domain::{Destination, Kind, Lang, Region};

/// Says it as a sentence; nothing when the kind is there or none was named.
pub(super) fn sentence(wish: Wish, asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let region = region(asked);
    Some(match (wish, lang) {
        (Wish::Missing(kind), Lang::Cs) => format!("{} {region} neznáme, nabízíme jiné možnosti.", suitable("Vhodn", kind)),
        (Wish::Missing(kind), Lang::En) => format!("We know of no suitable {} {region}, here is what else there is.", kind.label(lang)),
        (Wish::Full(kind), Lang::Cs) if kind.is_lodging() => format!("{} teď {region} neznáme, přidáváme jiné možnosti.", suitable("Voln", kind)),
        (Wish::Full(kind), Lang::En) if kind.is_lodging() => {
            format!("We know of no free place {region} in this kind of service ({}), so others are added.", kind.label(lang))
        }
        (Wish::Unnamed | Wish::Met(_) | Wish::Full(_), _) => return None,
    })
}

/// Says that a kind is missing before the services of a short message.
pub(super) fn beginning(wish: Wish, asked: &Asked<'_>) -> Option<String> {
    let Wish::Missing(kind) = wish else { return None };
    Some(match asked.lang {
        Lang::Cs => format!("{} {} neznáme. ", suitable("vhodn", kind), region(asked)),
        Lang::En => format!("no suitable {} {}. ", kind.label(Lang::En), region(asked)),
    })
}

fn region(asked: &Asked<'_>) -> &'static str {
    match &asked.need.destination {
        Some(Destination::Place(home)) if home.region == Region::Praha => asked.lang.pick("v Praze", "in Prague"),
        Some(Destination::Place(_) | Destination::Abroad(_)) | None => asked.lang.pick("v kraji", "in the region"),
    }
}

/// Puts an adjective of the stem before the kind, both in the accusative: "vhodnou noclehárnu".
fn suitable(stem: &str, kind: Kind) -> String {
    let (ending, noun) = accusative(kind);
    format!("{stem}{ending} {noun}")
}

const fn accusative(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Hostel => ("ou", "ubytovnu"),
        Kind::NightShelter => ("ou", "noclehárnu"),
        Kind::CrisisBed => ("é", "krizové lůžko"),
        Kind::DayCentre => ("é", "nízkoprahové denní centrum"),
        Kind::DebtCounselling => ("ou", "dluhovou poradnu"),
        Kind::CivicCounselling => ("ou", "občanskou poradnu"),
        Kind::LegalClinic => ("ou", "právní poradnu"),
        Kind::ContactCentre => ("é", "kontaktní centrum pro závislé"),
        Kind::AddictionClinic => ("ou", "adiktologickou ambulanci"),
        Kind::TherapeuticCommunity => ("ou", "terapeutickou komunitu"),
        Kind::JobCounselling => ("ou", "pracovní poradnu"),
        Kind::JobAgency => ("ou", "pracovní agenturu"),
        Kind::SocialFirm => ("ou", "sociální firmu"),
        Kind::Curator => ("ého", "sociálního kurátora"),
        Kind::FoodBank => ("ou", "potravinovou pomoc"),
        Kind::MaterialBank => ("ý", "šatník"),
        Kind::CrisisCentre => ("é", "krizové centrum"),
        Kind::PsychiatricClinic => ("ou", "psychiatrickou ambulanci"),
        Kind::GeneralPractitioner => ("ého", "praktického lékaře"),
        Kind::FamilyCounselling => ("ou", "rodinnou poradnu"),
        Kind::ProbationCentre => ("é", "probační středisko"),
        Kind::Transport => ("ou", "dopravu"),
        Kind::OtherHelp => ("ou", "jinou pomoc"),
        Kind::AsylumHouse
        | Kind::MothersHouse
        | Kind::HalfwayHouse
        | Kind::SocialFlat
        | Kind::SeniorHome
        | Kind::Aftercare
        | Kind::LabourOffice
        | Kind::Outreach
        | Kind::Accompaniment => ("ý", kind.label(Lang::Cs)),
    }
}

#[cfg(test)]
mod tests {
    use super::{beginning, sentence};
    use crate::catalogue::Wish;
    use crate::catalogue::answer::Asked;
    use crate::catalogue::tests::{need, today};
    use crate::domain::{Destination, Kind, Lang, Place, Region};

    #[test]
    fn a_missing_kind_is_said_in_good_czech() {
        let mut need = need();
        let mut say = |wish, region, lang| {
            need.destination = Some(Destination::Place(Place::region(region)));
            sentence(wish, &Asked { need: &need, place: None, lang, today: today() }).unwrap_or_default()
        };
        let table = [
            (Wish::Unnamed, Region::Ustecky, Lang::Cs, ""),
            (Wish::Met(Kind::Hostel), Region::Ustecky, Lang::Cs, ""),
            (Wish::Missing(Kind::AsylumHouse), Region::Ustecky, Lang::Cs, "Vhodný azylový dům v kraji neznáme, nabízíme jiné možnosti."),
            (Wish::Missing(Kind::NightShelter), Region::Praha, Lang::Cs, "Vhodnou noclehárnu v Praze neznáme, nabízíme jiné možnosti."),
            (Wish::Full(Kind::CrisisBed), Region::Zlinsky, Lang::Cs, "Volné krizové lůžko teď v kraji neznáme, přidáváme jiné možnosti."),
            (Wish::Full(Kind::DebtCounselling), Region::Zlinsky, Lang::Cs, ""),
            (Wish::Missing(Kind::Hostel), Region::Praha, Lang::En, "We know of no suitable hostel in Prague, here is what else there is."),
        ];
        for (wish, region, lang, words) in table {
            assert_eq!(say(wish, region, lang), words);
        }
    }

    #[test]
    fn every_kind_has_its_beginning() {
        let need = need();
        let asked = Asked { need: &need, place: None, lang: Lang::Cs, today: today() };
        for kind in Kind::ALL {
            let words = beginning(Wish::Missing(*kind), &asked).unwrap();
            assert!(words.starts_with("vhodn") && words.ends_with(" v kraji neznáme. "), "{words}");
        }
    }
}
