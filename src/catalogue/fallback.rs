//! What can always be done when the catalogue has no answer, or its answer does not work
//! out: the social curator, a bed for the first night, the people on the line. Never empty.

use super::constraint::refusal;
use super::freshness::Freshness;
use super::rank::Question;
use super::wording::{phone, place_of};
use super::{Catalogue, Kind, Scope, Service};
use crate::domain::{Bilingual, Destination, Lang, Need, Place, Region, Topic};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use uuid::Uuid;

/// What a fallback is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FallbackKind {
    /// The social curator of the client's home.
    Curator,
    /// A bed for the first night.
    NightShelter,
    /// What to do about a return abroad.
    Abroad,
    /// The place is not known yet.
    Place,
    /// A person on the line, now or when it opens.
    Line,
}

impl FallbackKind {
    /// Returns the stable code, such as `night_shelter`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Curator => "curator",
            Self::NightShelter => "night_shelter",
            Self::Abroad => "abroad",
            Self::Place => "place",
            Self::Line => "line",
        }
    }
}

/// One thing that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// What it is.
    pub kind: FallbackKind,
    /// One or two whole sentences.
    pub text: Bilingual,
    /// The service it names.
    pub service: Option<Uuid>,
}

/// The line as a fallback tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineHours {
    /// What the line is called.
    pub name: Bilingual,
    /// Somebody is there now.
    pub open: bool,
    /// When it opens next, such as "v pondělí 23. 11. v 9:00"; empty when not known.
    pub next_open: Bilingual,
}

/// What a fallback depends on besides the need.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The instant of the question.
    pub now: DateTime<Utc>,
    /// Its day in the line's zone.
    pub today: NaiveDate,
    /// The client's home in degrees.
    pub position: Option<(f64, f64)>,
    /// The name of the client's municipality with extended powers.
    pub orp_name: Option<String>,
    /// The line that answers for the client's home; none while the home is not known.
    pub line: Option<LineHours>,
}

/// Returns what can be done for `need`, the most useful first; the line is always last.
#[must_use]
pub fn fallback(catalogue: &Catalogue, need: &Need, asking: &Asking) -> Vec<Fallback> {
    let mut list = match &need.destination {
        Some(Destination::Place(home)) => at_home(catalogue, need, asking, home),
        Some(Destination::Abroad(_)) => vec![abroad()],
        None => vec![unknown_place(need)],
    };
    list.push(line(asking.line.as_ref()));
    list
}

fn at_home(catalogue: &Catalogue, need: &Need, asking: &Asking, home: &Place) -> Vec<Fallback> {
    let curator = curator(catalogue, need, asking, home);
    let shelter = shelter(catalogue, need, asking, home);
    let roof = need.topics.iter().any(|topic| matches!(topic, Topic::Housing | Topic::Crisis));
    let shelter = shelter.or_else(|| roof.then(|| no_shelter(home.region)));
    std::iter::once(curator).chain(shelter).collect()
}

fn curator(catalogue: &Catalogue, need: &Need, asking: &Asking, home: &Place) -> Fallback {
    let question = Question::new(need, asking.position, asking.now, asking.today);
    let shelf = catalogue.shelf(Topic::Curator).zip(home.orp.as_deref()).map(|(shelf, orp)| shelf.orp(orp));
    let of_orp = |service: &&Arc<Service>| {
        // The office is there for everybody; whom it sends on to is its own matter.
        service.kind == Kind::Curator && question.scope_of(service) == Scope::Orp
    };
    let known = shelf.into_iter().flatten().filter_map(|number| catalogue.numbered(*number)).find(of_orp);
    match known {
        Some(service) => named(FallbackKind::Curator, service),
        None => generic_curator(asking.orp_name.as_deref()),
    }
}

fn generic_curator(orp: Option<&str>) -> Fallback {
    let text = orp.map_or_else(
        || {
            Bilingual::new(
                "Sociální kurátor je na městském úřadě nebo magistrátu v místě návratu, pomůže s prvními dny i s doklady.",
                "The social curator at the town hall where the client returns helps with the first days and with documents.",
            )
        },
        |orp| {
            Bilingual::new(
                format!("{orp}: sociální kurátor je na městském úřadě nebo magistrátu. Číslo v přehledu nemáme, přepojí vás ústředna úřadu."),
                format!("{orp}: the social curator is at the town hall. We have no number; the town hall's switchboard will put you through."),
            )
        },
    );
    Fallback { kind: FallbackKind::Curator, text, service: None }
}

/// The best bed for one night that the client may have: a night shelter, else a crisis bed.
fn shelter(catalogue: &Catalogue, need: &Need, asking: &Asking, home: &Place) -> Option<Fallback> {
    let question = Question::new(need, asking.position, asking.now, asking.today);
    let near = catalogue.beds().region(home.region).iter().filter_map(|number| catalogue.numbered(*number));
    let usable = near.filter(|service| refusal(service, need).is_none());
    let fresh = usable.filter(|service| !Freshness::of(service.heard_at(), asking.today).is_stale());
    let best = fresh.min_by_key(|service| {
        let full = question.is_full(service);
        let km = question.distance(service).map_or(u64::MAX, f64::to_bits);
        (service.kind != Kind::NightShelter, full, km, service.id)
    });
    best.map(|service| named(FallbackKind::NightShelter, service))
}

fn no_shelter(region: Region) -> Fallback {
    let text = Bilingual::new(
        format!("{}: o vhodném lůžku na první noc teď nevíme. Domluvte ho předem s kurátorem nebo s námi.", region.name(Lang::Cs)),
        format!(
            "{}: we know of no suitable bed for the first night. Please arrange it with the curator or with us.",
            region.name(Lang::En)
        ),
    );
    Fallback { kind: FallbackKind::NightShelter, text, service: None }
}

/// "Noclehárna Ukázka, Most. Tel. 719 123 456, denně 19–7."
fn named(kind: FallbackKind, service: &Service) -> Fallback {
    let in_lang = |lang: Lang| {
        let town = place_of(&service.place, lang);
        let name = if service.name.ends_with(&town) { service.name.clone() } else { format!("{}, {town}", service.name) };
        let number = service.phone.as_ref().map(|number| format!("{} {}", lang.pick("Tel.", "Phone"), phone(number)));
        let hours = service.hours.as_ref().map(|hours| hours.get(lang).to_owned()).filter(|hours| !hours.is_empty());
        let contact = [number, hours].into_iter().flatten().collect::<Vec<_>>().join(", ");
        if contact.is_empty() { format!("{name}.") } else { format!("{name}. {contact}.") }
    };
    Fallback { kind, text: Bilingual::new(in_lang(Lang::Cs), in_lang(Lang::En)), service: Some(service.id) }
}

fn abroad() -> Fallback {
    let text = Bilingual::new(
        "Návrat do zahraničí s vámi projde člověk na lince. Chybí-li cestovní doklad, vydává ho zastupitelský úřad té země.",
        "A person on the line will go through a return abroad with you. A missing travel document is issued by that country's embassy.",
    );
    Fallback { kind: FallbackKind::Abroad, text, service: None }
}

/// Asks for what is missing: the place, and the need when that is not known either.
fn unknown_place(need: &Need) -> Fallback {
    let text = if need.topics.is_empty() && need.kinds.is_empty() {
        Bilingual::new(
            "Napište prosím, kam se klient vrací a co potřebuje, třeba „bydlení Most pro muže od 1. 12.“.",
            "Please write where the client returns to and what is needed, for example “housing in Most for a man from 1 Dec”.",
        )
    } else {
        Bilingual::new(
            "Napište prosím, kam se klient vrací; stačí obec nebo kraj.",
            "Please write where the client returns to; the municipality or the region is enough.",
        )
    };
    Fallback { kind: FallbackKind::Place, text, service: None }
}

fn line(hours: Option<&LineHours>) -> Fallback {
    let text = match hours {
        Some(line) if line.open => Bilingual::new(
            format!("{} má teď otevřeno, odpoví vám člověk.", line.name.cs),
            format!("{} is open now, a person will answer.", line.name.en),
        ),
        Some(line) if !line.next_open.cs.is_empty() => Bilingual::new(
            format!("{} otevírá {}.", line.name.cs, line.next_open.cs),
            format!("{} opens {}.", line.name.en, line.next_open.en),
        ),
        Some(_) | None => Bilingual::new("Pomůže vám i člověk z linky.", "A person from the line will help you, too."),
    };
    Fallback { kind: FallbackKind::Line, text, service: None }
}

#[cfg(test)]
mod tests {
    use super::{Fallback, FallbackKind, fallback};
    use crate::catalogue::tests::{asking, catalogue, need};
    use crate::domain::{Destination, Place, Region, Sex, Topic};

    fn kinds(list: &[Fallback]) -> Vec<FallbackKind> {
        list.iter().map(|fallback| fallback.kind).collect()
    }

    #[test]
    fn every_region_and_topic_has_a_curator_a_bed_and_the_line() {
        let (catalogue, mut need) = (catalogue(), need());
        for region in Region::ALL {
            for topic in Topic::ALL {
                for sex in [None, Some(Sex::Male), Some(Sex::Female)] {
                    (need.destination, need.topics, need.who.sex) = (Some(Destination::Place(Place::region(region))), vec![topic], sex);
                    let list = fallback(&catalogue, &need, &asking());
                    assert_eq!(
                        kinds(&list),
                        [FallbackKind::Curator, FallbackKind::NightShelter, FallbackKind::Line],
                        "{region:?} {topic:?}"
                    );
                    assert!(list.iter().all(|fallback| !fallback.text.cs.is_empty() && !fallback.text.en.is_empty()));
                }
            }
        }
    }

    #[test]
    fn the_curator_is_the_one_of_the_orp() {
        let list = fallback(&catalogue(), &need(), &asking());
        assert!(list[0].service.is_some() && list[0].text.cs.contains("Most"), "{}", list[0].text.cs);
    }

    #[test]
    fn without_a_czech_place_there_is_still_something() {
        let (catalogue, mut need) = (catalogue(), need());
        need.destination = Some(Destination::Abroad("SK".into()));
        assert_eq!(kinds(&fallback(&catalogue, &need, &asking())), [FallbackKind::Abroad, FallbackKind::Line]);
        need.destination = None;
        assert_eq!(kinds(&fallback(&catalogue, &need, &asking())), [FallbackKind::Place, FallbackKind::Line]);
    }
}
