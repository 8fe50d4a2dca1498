//! Rules that hold for the whole catalogue, and the invented data the tables stand on.

use super::service::Coverage;
use super::{
    Asking, Capacity, CapacityState, Catalogue, Conditions, Fallback, Found, Freshness, Kind, LineHours, Rule, Scope, Seat, Service, Wish,
    fallback, invent, invent_many, refusal, search,
};
use crate::domain::{
    AgeBand, Bilingual, Destination, Lang, Medium, Municipality, Need, Place, Region, Release, Sex, Topic, Who, fold_for_sms, sms_parts,
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Saturday, 21 November 2026, 13:00 in Prague.
pub(super) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

const MOST: (f64, f64) = (50.503, 13.636);

/// Towns with their codes and rough positions (facts).
const SEATS: [(&str, &str, &str, &str, f64, f64); 21] = [
    ("1000", "Praha", "CZ0100", "CZ010", 50.087, 14.421),
    ("2109", "Kladno", "CZ0203", "CZ020", 50.143, 14.105),
    ("2115", "Mladá Boleslav", "CZ0207", "CZ020", 50.411, 14.903),
    ("3102", "České Budějovice", "CZ0311", "CZ031", 48.975, 14.474),
    ("3209", "Plzeň", "CZ0323", "CZ032", 49.747, 13.377),
    ("4103", "Karlovy Vary", "CZ0412", "CZ041", 50.231, 12.871),
    ("4202", "Děčín", "CZ0421", "CZ042", 50.773, 14.211),
    ("4203", "Chomutov", "CZ0422", "CZ042", 50.460, 13.417),
    ("4205", "Litoměřice", "CZ0423", "CZ042", 50.533, 14.131),
    ("4209", "Most", "CZ0425", "CZ042", 50.503, 13.636),
    ("4213", "Teplice", "CZ0426", "CZ042", 50.640, 13.824),
    ("4214", "Ústí nad Labem", "CZ0427", "CZ042", 50.660, 14.032),
    ("5105", "Liberec", "CZ0513", "CZ051", 50.767, 15.056),
    ("5205", "Hradec Králové", "CZ0521", "CZ052", 50.209, 15.832),
    ("5309", "Pardubice", "CZ0532", "CZ053", 50.034, 15.781),
    ("6105", "Jihlava", "CZ0632", "CZ063", 49.396, 15.590),
    ("6203", "Brno", "CZ0642", "CZ064", 49.195, 16.606),
    ("7107", "Olomouc", "CZ0712", "CZ071", 49.594, 17.250),
    ("7213", "Zlín", "CZ0724", "CZ072", 49.226, 17.667),
    ("8119", "Ostrava", "CZ0806", "CZ080", 49.834, 18.282),
    ("8117", "Opava", "CZ0805", "CZ080", 49.938, 17.903),
];

pub(super) fn seats() -> Vec<Seat> {
    let seat = |(orp, name, district, region, lat, lon): &(&str, &str, &str, &str, f64, f64)| Seat {
        orp: (*orp).into(),
        name: (*name).into(),
        municipality: None,
        district: (*district).into(),
        region: Region::from_code(region).unwrap(),
        lat: *lat,
        lon: *lon,
    };
    SEATS.iter().map(seat).collect()
}

static INVENTED: LazyLock<Vec<Service>> = LazyLock::new(|| invent(now(), &seats()));
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new(invented()));

pub(super) fn invented() -> Vec<Service> {
    INVENTED.clone()
}

pub(super) fn catalogue() -> Catalogue {
    Catalogue::new(invented())
}

pub(super) fn place() -> Place {
    seats().into_iter().find(|seat| seat.name == "Most").unwrap().place()
}

/// Housing for somebody who returns to Most.
pub(super) fn need() -> Need {
    Need { destination: Some(Destination::Place(place())), topics: vec![Topic::Housing], ..Need::default() }
}

/// A service in Most that takes everybody.
pub(super) fn service(kind: Kind) -> Service {
    let yes = Rule::Yes;
    let conditions = Conditions {
        men: yes,
        women: yes,
        children: yes,
        couples: yes,
        pets: yes,
        without_id: yes,
        debts: yes,
        substitution: yes,
        offence: yes,
        wheelchair: yes,
        bookable_from_prison: yes,
        ..Conditions::default()
    };
    Service {
        id: Service::id_of("test"),
        provider: "Spolek Ukázka".into(),
        name: "Dům Zkouška".into(),
        kind,
        topics: kind.topics().to_vec(),
        place: place(),
        position: Some(MOST),
        address: Some("Ukázková 1".into()),
        secret: false,
        phone: Some("719 123 456".into()),
        email: None,
        web: None,
        hours: None,
        conditions,
        serves: Coverage::Regions(vec![Region::Ustecky]),
        capacity: None,
        confirmed_at: Some(now() - TimeDelta::days(1)),
        checked_at: None,
        changed_at: None,
        ended: false,
        note: Bilingual::default(),
    }
}

pub(super) fn asking() -> Asking {
    let line = LineHours {
        name: Bilingual::new("Linka Sever", "The North line"),
        open: false,
        next_open: Bilingual::new("v pondělí 23. 11. v 9:00", "on Monday 23 November at 9:00"),
    };
    Asking { now: now(), today: today(), position: Some(MOST), orp_name: Some("Most".into()), line: Some(line) }
}

fn found(services: Vec<Service>, need: &Need) -> Found {
    search(&Catalogue::new(services), need, Some(MOST), now(), today(), 0)
}

fn answer(found: &Found, fallbacks: &[Fallback], need: &Need, place: Option<&str>, lang: Lang, medium: Medium, now: DateTime<Utc>) -> String {
    super::answer(found, fallbacks, need, place, lang, medium, now).text
}

fn labelled(key: &str, change: impl FnOnce(&mut Service)) -> Service {
    let mut service = service(Kind::AsylumHouse);
    (service.id, service.name) = (Service::id_of(key), key.to_owned());
    change(&mut service);
    service
}

#[expect(clippy::unnecessary_wraps, reason = "it is always assigned to an optional field")]
fn reports(state: CapacityState, count: Option<u16>, days_ago: i64) -> Option<Capacity> {
    Some(Capacity::reported(Kind::AsylumHouse, state, count, "sms", now() - TimeDelta::days(days_ago)))
}

fn moved(service: &mut Service, town: &str) {
    let seat = seats().into_iter().find(|seat| seat.name == town).unwrap();
    (service.place, service.position) = (seat.place(), Some((seat.lat, seat.lon)));
}

fn names(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.service.name.as_str()).collect()
}

#[test]
fn the_order_is_date_capacity_confirmation_distance() {
    let day = |d| NaiveDate::from_ymd_opt(2026, 12, d);
    let mut asked = need();
    asked.release = day(1).map(Release::On);
    let of = |key: &str, change: &dyn Fn(&mut Service)| labelled(key, |service| change(service));
    let free = of("free", &|s| s.capacity = reports(CapacityState::Has, Some(1), 1));
    let far = of("far", &|s| (s.capacity, s.position) = (reports(CapacityState::Has, Some(1), 1), Some((50.6, 13.8))));
    let old = of("old", &|s| (s.capacity, s.confirmed_at) = (None, Some(now() - TimeDelta::days(60))));
    let fresh = of("fresh", &|s| (s.capacity, s.position) = (None, Some((50.6, 13.8))));
    let later = of("later", &|s| s.capacity = reports(CapacityState::Has, Some(1), 1).map(|c| Capacity { available_from: day(9), ..c }));
    let full = of("full", &|s| s.capacity = reports(CapacityState::None, None, 0));
    let judged = of("judged", &|s| s.capacity = reports(CapacityState::MustAssess, None, 0));
    let pairs = [
        (&free, &far),
        (&free, &later),
        (&free, &fresh),
        (&far, &fresh),
        (&fresh, &old),
        (&fresh, &later),
        (&judged, &fresh),
        (&old, &full),
        (&later, &full),
    ];
    for (first, second) in pairs {
        let found = found(vec![second.clone(), first.clone()], &asked);
        assert_eq!(names(&found), [first.name.as_str(), second.name.as_str()]);
    }
}

#[test]
fn a_stale_free_place_is_never_told() {
    let services = vec![labelled("stale", |s| s.capacity = reports(CapacityState::Has, Some(2), 8))];
    let found = found(services, &need());
    assert_eq!((found.hits[0].capacity, found.hits[0].count), (CapacityState::Unknown, None));
    let text = answer(&found, &[], &need(), None, Lang::Cs, Medium::Chat, now());
    assert!(text.contains("volná místa nevíme, ověřte") && !text.contains("volno"), "{text}");
}

#[test]
fn a_night_bed_says_nothing_of_a_later_day() {
    let mut night = service(Kind::NightShelter);
    night.capacity = Some(Capacity::reported(Kind::NightShelter, CapacityState::Has, Some(3), "sms", now() - TimeDelta::hours(2)));
    let mut asked = need();
    assert_eq!(found(vec![night.clone()], &asked).hits[0].capacity, CapacityState::Has);
    asked.release = NaiveDate::from_ymd_opt(2026, 12, 1).map(Release::On);
    assert_eq!(found(vec![night], &asked).hits[0].capacity, CapacityState::Unknown);
}

#[test]
fn a_restricted_group_is_never_promised_a_place() {
    let mut asked = need();
    asked.restricted = true;
    let found = found(vec![labelled("open", |s| s.capacity = reports(CapacityState::Has, Some(2), 0))], &asked);
    assert_eq!(found.hits[0].capacity, CapacityState::MustAssess);
    let text = answer(&found, &[], &asked, None, Lang::Cs, Medium::Sms, now());
    assert!(!text.contains("volno") && text.contains("posuzují jednotlivě"), "{text}");
}

#[test]
fn sparse_results_widen_and_say_so() {
    let steps = [("Most", Scope::Orp), ("Teplice", Scope::Region), ("Karlovy Vary", Scope::Country)];
    for (town, scope) in steps {
        let service = labelled("one", |s| {
            moved(s, town);
            s.serves = Coverage::Country;
        });
        let found = found(vec![service], &need());
        assert_eq!((found.scope, found.widened(), found.hits.len()), (scope, scope != Scope::Orp, 1), "{town}");
        let text = answer(&found, &[], &need(), None, Lang::Cs, Medium::Chat, now());
        assert_eq!(text.contains("o ničem vhodném nevíme"), scope != Scope::Orp, "{text}");
    }
}

#[test]
fn a_neighbour_over_the_border_joins_a_sparse_region() {
    let near = labelled("over the border", |s| {
        moved(s, "Karlovy Vary");
        (s.serves, s.position) = (Coverage::Country, Some((50.45, 13.30)));
    });
    let found = found(vec![near, labelled("own", |s| moved(s, "Děčín"))], &need());
    assert_eq!(names(&found), ["over the border", "own"]);
}

#[test]
fn a_family_house_stands_behind_others_while_nobody_spoke_of_children() {
    let family = labelled("family", |s| (s.kind, s.capacity) = (Kind::MothersHouse, reports(CapacityState::Has, Some(2), 0)));
    let full = labelled("full", |s| s.capacity = reports(CapacityState::None, None, 0));
    let far = labelled("far", |s| {
        moved(s, "Děčín");
        s.capacity = reports(CapacityState::Has, Some(1), 1);
    });
    let mut asked = need();
    for sex in [None, Some(Sex::Male), Some(Sex::Female)] {
        asked.who.sex = sex;
        let all = found(vec![family.clone(), full.clone(), far.clone()], &asked);
        assert_eq!(names(&all), ["far", "full", "family"], "{sex:?}");
        for medium in [Medium::Chat, Medium::Sms] {
            let text = answer(&found(vec![family.clone(), full.clone()], &asked), &[], &asked, None, Lang::Cs, medium, now());
            assert!(text.to_lowercase().contains("jen pro rodiče s dětmi"), "{text}");
        }
        assert_eq!(found(vec![family.clone()], &asked).hits.len(), usize::from(sex != Some(Sex::Male)), "{sex:?} alone");
    }
    asked.who.children = Some(true);
    assert_eq!(names(&found(vec![full, family.clone()], &asked)), ["family", "full"]);
    asked.who.children = Some(false);
    assert!(found(vec![family], &asked).hits.is_empty());
}

#[test]
fn a_house_bound_to_an_age_comes_later_while_the_age_is_not_known() {
    let young = labelled("young", |s| {
        (s.kind, s.capacity) = (Kind::HalfwayHouse, reports(CapacityState::Has, Some(2), 0));
        (s.conditions.age_min, s.conditions.age_max) = (Some(18), Some(26));
    });
    let silent = labelled("silent", |s| s.capacity = None);
    let mut asked = need();
    let both = found(vec![young.clone(), silent.clone()], &asked);
    assert_eq!(names(&both), ["silent", "young"]);
    let sms = answer(&both, &[], &asked, None, Lang::Cs, Medium::Sms, now());
    assert!(sms.contains("18–26 let"), "{sms}");
    asked.who.age_band = Some(AgeBand::Young);
    assert_eq!(names(&found(vec![young, silent], &asked)), ["young", "silent"]);
}

#[test]
fn the_kind_that_was_named_comes_first_or_is_said_to_be_missing() {
    let has = |days| reports(CapacityState::Has, Some(1), days);
    let house = labelled("house", |s| moved(s, "Děčín"));
    let full = labelled("full", |s| s.capacity = reports(CapacityState::Waitlist, None, 0));
    let hostel = |key: &str| labelled(key, |s| (s.kind, s.capacity) = (Kind::Hostel, has(0)));
    let hostels = ["h1", "h2", "h3", "h4"].map(hostel);
    let with = |more: &[&Service]| hostels.iter().chain(more.iter().copied()).cloned().collect::<Vec<_>>();
    let mut asked = need();
    asked.kinds = vec![Kind::AsylumHouse, Kind::MothersHouse];
    let table: [(&[&Service], Wish, Option<&str>, &str); 4] = [
        (&[&house], Wish::Met(Kind::AsylumHouse), Some("house"), ""),
        (&[&full, &house], Wish::Met(Kind::AsylumHouse), Some("house"), ""),
        (&[&full], Wish::Full(Kind::AsylumHouse), Some("full"), "Volný azylový dům teď v kraji neznáme"),
        (&[], Wish::Missing(Kind::AsylumHouse), None, "Vhodný azylový dům v kraji neznáme, nabízíme jiné možnosti."),
    ];
    for (more, wish, first, words) in table {
        let found = found(with(more), &asked);
        assert_eq!(found.wish, wish);
        assert!(first.is_none_or(|first| names(&found).first() == Some(&first)), "{:?}", names(&found));
        for medium in [Medium::Chat, Medium::Voice] {
            let text = answer(&found, &[], &asked, None, Lang::Cs, medium, now());
            assert!(text.contains(words), "{text}");
        }
    }
    asked.topics = vec![Topic::Debts];
    assert_eq!(found(with(&[]), &asked).wish, Wish::Unnamed);
}

#[test]
fn a_later_page_does_not_open_like_the_first() {
    let services: Vec<Service> = ["Most", "Most", "Most", "Děčín", "Teplice"]
        .iter()
        .enumerate()
        .map(|(n, town)| labelled(&format!("s{n}"), |s| moved(s, town)))
        .collect();
    let catalogue = Catalogue::new(services);
    let page = search(&catalogue, &need(), Some(MOST), now(), today(), 3);
    let text = answer(&page, &[], &need(), None, Lang::Cs, Medium::Chat, now());
    assert!(text.starts_with("4. s"), "{text}");
}

#[test]
fn todays_free_place_is_not_promised_for_a_later_day() {
    let mut asked = need();
    let free = labelled("free", |s| s.capacity = reports(CapacityState::Has, Some(2), 1));
    let day = |m, d| NaiveDate::from_ymd_opt(2027, m, d).map(Release::On);
    for (release, told) in [(None, false), (day(2, 15), true)] {
        asked.release = release;
        let found = found(vec![free.clone()], &asked);
        for (medium, words) in [
            (Medium::Chat, "to platí teď, na 15. 2. 2027 se zeptejte"),
            (Medium::Voice, "To platí teď, na 15. 2. 2027 se zeptejte"),
            (Medium::Sms, "zeptejte se na 15. 2. 2027"),
        ] {
            let text = answer(&found, &[], &asked, None, Lang::Cs, medium, now());
            assert!(text.to_lowercase().contains("volno 2 místa") && text.contains(words) == told, "{text}");
        }
    }
    asked.release = day(2, 15);
    let full = labelled("full", |s| s.capacity = reports(CapacityState::None, None, 1));
    let text = answer(&found(vec![full], &asked), &[], &asked, None, Lang::Cs, Medium::Chat, now());
    assert!(text.contains("plno, ověřeno včera; to platí teď"), "{text}");
}

#[test]
fn what_is_missing_is_asked_for_and_no_line_is_named() {
    let asking = Asking { line: None, position: None, orp_name: None, ..asking() };
    let nowhere = |topics: Vec<Topic>| Need { topics, ..Need::default() };
    let table = [
        (nowhere(vec![]), "Napište prosím, kam se klient vrací a co potřebuje, třeba „bydlení Most pro muže od 1. 12.“."),
        (nowhere(vec![Topic::Housing]), "Napište prosím, kam se klient vrací; stačí obec nebo kraj."),
        (Need { destination: Some(Destination::Abroad("DE".into())), ..nowhere(vec![Topic::Work]) }, "Návrat do zahraničí s vámi projde člověk na lince."),
    ];
    for (asked, words) in table {
        let found = search(&CATALOGUE, &asked, None, now(), today(), 0);
        let beside = fallback(&CATALOGUE, &asked, &asking);
        let text = answer(&found, &beside, &asked, None, Lang::Cs, Medium::Chat, now());
        assert!(text.starts_with(words) && text.ends_with("Člověka z linky přivoláte slovem „operátor“."), "{text}");
        for medium in Medium::ALL {
            let text = answer(&found, &beside, &asked, None, Lang::Cs, medium, now());
            assert!(!text.contains("Nic vhodného") && !text.contains("Linka"), "{text}");
        }
    }
}

#[test]
fn a_curator_nobody_has_a_number_of_is_still_an_answer() {
    let asked = Need { topics: vec![Topic::Curator], ..need() };
    let found = search(&Catalogue::default(), &asked, Some(MOST), now(), today(), 0);
    let beside = fallback(&Catalogue::default(), &asked, &asking());
    for medium in Medium::ALL {
        let text = answer(&found, &beside, &asked, Some("Most, Ústecký kraj"), Lang::Cs, medium, now());
        assert!(!text.contains("ic vhodného") && text.contains("ústředna") && !text.contains("lůžku"), "{text}");
    }
}

#[test]
fn a_spoken_answer_names_what_it_counts() {
    let mut asked = need();
    asked.who.sex = Some(Sex::Male);
    let found = search(&CATALOGUE, &asked, Some(MOST), now(), today(), 0);
    for medium in [Medium::Voice, Medium::Sms] {
        let answer = super::answer(&found, &[], &asked, Some("Most, Ústecký kraj"), Lang::Cs, medium, now());
        let named = found.hits.iter().filter(|hit| answer.text.contains(&hit.service.name)).count();
        assert_eq!(answer.told, named, "{}", answer.text);
        assert!(answer.told >= 1 && answer.text.contains(if medium == Medium::Voice { "Telefon: 7 1 9" } else { "tel. 719" }), "{}", answer.text);
    }
}

#[test]
fn secret_shelters_have_no_place_but_the_region() {
    let found = found(vec![labelled("secret", |s| s.secret = true)], &need());
    let hit = &found.hits[0];
    assert_eq!(
        (hit.distance_km, &hit.service.address, hit.service.position, &hit.service.place),
        (None, &None, None, &Place::region(Region::Ustecky))
    );
    for medium in Medium::ALL {
        let text = answer(&found, &[], &need(), Some("Ústecký kraj"), Lang::Cs, medium, now());
        assert!(!text.contains("Most") && !text.contains("Ukázková"), "{text}");
    }
}

#[test]
fn very_old_entries_are_marked_then_withheld() {
    let aged = |days| vec![labelled("aged", |s| s.confirmed_at = Some(now() - TimeDelta::days(days)))];
    let marked = found(aged(200), &need());
    assert!(marked.hits[0].freshness.is_old() && marked.withheld == 0);
    let gone = found(aged(400), &need());
    assert_eq!((gone.hits.len(), gone.withheld), (0, 1));
}

#[test]
fn pages_neither_repeat_nor_lose_a_service() {
    let mut asked = need();
    for topics in [vec![Topic::Housing], vec![Topic::Housing, Topic::Debts, Topic::Work]] {
        asked.topics = topics;
        let (mut seen, mut skip) = (HashSet::new(), 0);
        loop {
            let page = search(&CATALOGUE, &asked, Some(MOST), now(), today(), skip);
            assert!(page.hits.iter().all(|hit| seen.insert(hit.service.id)), "page at {skip}");
            skip += page.hits.len();
            if !page.more {
                break;
            }
            assert_eq!(page.hits.len(), 3);
        }
        assert!(seen.len() > 6, "{}", seen.len());
    }
}

#[test]
fn several_topics_are_all_answered() {
    let mut asked = need();
    asked.topics = vec![Topic::Housing, Topic::Debts];
    let found = search(&CATALOGUE, &asked, Some(MOST), now(), today(), 0);
    let topics: HashSet<Topic> = found.hits.iter().map(|hit| hit.topic).collect();
    assert_eq!(topics.len(), 2);
}

#[test]
fn the_invented_catalogue_is_always_the_same_and_wide() {
    let services = invented();
    assert_eq!(services, invent(now() + TimeDelta::hours(9), &seats()), "the same day, the same services");
    assert!((230..=300).contains(&services.len()), "{}", services.len());
    assert_eq!(services.iter().map(|s| s.id).collect::<HashSet<_>>().len(), services.len());
    assert_eq!(services.iter().filter_map(|s| s.phone.as_ref()).collect::<HashSet<_>>().len(), services.len());
    assert!(services.iter().filter_map(|s| s.phone.as_ref()).all(|phone| phone.starts_with("719 ") && phone.len() == 11));
    assert!(services.iter().all(|s| s.heard_at().is_none_or(|at| at <= now()) && s.checked_at.is_none_or(|at| at <= now())));
    let needed = [
        Kind::AsylumHouse,
        Kind::MothersHouse,
        Kind::NightShelter,
        Kind::HalfwayHouse,
        Kind::DebtCounselling,
        Kind::ContactCentre,
        Kind::JobCounselling,
        Kind::Curator,
        Kind::FoodBank,
    ];
    for region in Region::ALL {
        for kind in needed {
            assert!(services.iter().any(|s| s.place.region == region && s.kind == kind), "{region:?} {kind:?}");
        }
    }
}

#[test]
fn the_invented_catalogue_is_varied() {
    let services = invented();
    let states: HashMap<_, usize> = services.iter().fold(HashMap::new(), |mut counts, s| {
        *counts.entry(s.capacity.as_ref().map(|c| c.state_at(now()))).or_default() += 1;
        counts
    });
    for state in CapacityState::ALL {
        assert!(states.get(&Some(state)).is_some_and(|count| *count >= 5), "{states:?}");
    }
    let ages: HashSet<u8> = services.iter().map(|s| Freshness::of(s.heard_at(), today()).rank()).collect();
    assert!(ages.len() >= 4, "{ages:?}");
    for rule in [Rule::Yes, Rule::No, Rule::Ask] {
        assert!(services.iter().filter(|s| s.kind.is_lodging() && s.conditions.pets == rule).count() >= 5, "{rule:?}");
    }
}

#[test]
fn the_house_in_most_has_two_places_confirmed_yesterday() {
    let mut asked = need();
    asked.who.sex = Some(Sex::Male);
    asked.release = NaiveDate::from_ymd_opt(2026, 12, 1).map(Release::On);
    let found = search(&CATALOGUE, &asked, Some(MOST), now(), today(), 0);
    let text = answer(&found, &fallback(&CATALOGUE, &asked, &asking()), &asked, Some("Most, Ústecký kraj"), Lang::Cs, Medium::Chat, now());
    assert!(text.contains("Azylový dům") && text.contains("volno 2 místa (muži), ověřeno včera") && text.contains("719 "), "{text}");
    assert_eq!(found.hits[0].service.kind, Kind::AsylumHouse);
    assert!(found.hits[0].why.cs.contains("přímo v místě"), "{}", found.hits[0].why.cs);
}

/// Looks without any index: which services of the region may be offered for a topic of their own?
fn possible(asked: &Need, topic: Topic, region: Region) -> usize {
    let fits = |s: &&Service| s.place.region == region && s.topics.first() == Some(&topic) && refusal(s, asked).is_none();
    let fresh = |s: &&Service| !Freshness::of(s.heard_at(), today()).is_stale();
    INVENTED.iter().filter(fits).filter(fresh).count()
}

/// Recall of three and the mean reciprocal rank of the first service that was made for the need.
#[test]
fn what_the_region_has_is_found_and_comes_first() {
    let (mut right, mut due, mut reciprocal, mut asked_for) = (0, 0, 0.0, 0.0);
    for (seat, topic, sex) in questions() {
        let mut asked = need();
        (asked.destination, asked.topics, asked.who.sex) = (Some(Destination::Place(seat.place())), vec![topic], sex);
        let own = possible(&asked, topic, seat.region);
        if own == 0 {
            continue;
        }
        let found = search(&CATALOGUE, &asked, Some((seat.lat, seat.lon)), now(), today(), 0);
        let fits = |hit: &super::Hit| hit.service.topics.first() == Some(&topic) && hit.scope <= Scope::Region;
        let first = found.hits.iter().position(fits).map_or(0.0, |at| 1.0 / f64::from(u32::try_from(at).unwrap() + 1));
        right += found.hits.iter().filter(|hit| fits(hit)).count().min(own);
        (due, reciprocal, asked_for) = (due + own.min(3), reciprocal + first, asked_for + 1.0);
    }
    let (recall, rank) = (right * 1000 / due, reciprocal / asked_for);
    println!("recall@3 {recall} ‰ of {due}, mean reciprocal rank {rank:.3} of {asked_for} questions");
    assert!(recall >= 950 && rank >= 0.9, "{recall} ‰, {rank}");
}

fn questions() -> impl Iterator<Item = (Seat, Topic, Option<Sex>)> {
    let topics = || Topic::ALL.into_iter().filter(|topic| *topic != Topic::Other);
    let sexes = [None, Some(Sex::Male), Some(Sex::Female)];
    seats().into_iter().flat_map(move |seat| {
        topics().flat_map(move |topic| {
            let seat = seat.clone();
            sexes.into_iter().map(move |sex| (seat.clone(), topic, sex))
        })
    })
}

fn any_who() -> impl Strategy<Value = Who> {
    let fact = || prop_oneof![3 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    let sex = prop_oneof![Just(None), Just(Some(Sex::Male)), Just(Some(Sex::Female))];
    let age = prop_oneof![
        Just(None),
        Just(Some(AgeBand::Minor)),
        Just(Some(AgeBand::Young)),
        Just(Some(AgeBand::Adult)),
        Just(Some(AgeBand::Senior))
    ];
    (sex, age, fact(), fact(), fact(), fact(), fact(), fact(), fact()).prop_map(
        |(sex, age_band, children, couple, pet, disability, substitution, without_id, pregnant)| Who {
            sex,
            children,
            age_band,
            couple,
            pet,
            disability,
            pregnant,
            substitution,
            without_id,
            ..Who::default()
        },
    )
}

fn any_need() -> impl Strategy<Value = (Need, usize, bool)> {
    let topics = proptest::collection::vec(proptest::sample::select(Topic::ALL.to_vec()), 0..3);
    let excluded = proptest::collection::vec(0..SEATS.len(), 0..2);
    let release = proptest::option::of(-5..40_i64);
    let kinds = proptest::collection::vec(proptest::sample::select(Kind::ALL.to_vec()), 0..2);
    (0..SEATS.len(), 0..4_u8, (topics, kinds), excluded, release, any_who(), any::<bool>(), 0..4_usize).prop_map(
        |(seat, exact, (topics, kinds), excluded, days, who, restricted, skip)| {
            let all = seats();
            let mut home = all[seat].place();
            (home.municipality, home.orp, home.district) = match exact {
                0 => (None, None, None),
                1 => (None, None, home.district),
                2 => (None, home.orp, home.district),
                _ => (home.municipality, home.orp, home.district),
            };
            let release = days.map(|days| Release::On(today() + TimeDelta::days(days)));
            let excluded = excluded.into_iter().map(|other| all[other].place()).collect();
            (Need { destination: Some(Destination::Place(home)), excluded, topics, kinds, who, release, restricted }, skip, exact > 1)
        },
    )
}

/// Says anew, in other words than the code under test, what must never happen.
fn violation(hit: &super::Hit, need: &Need) -> Option<&'static str> {
    let (s, rules, who) = (&hit.service, &hit.service.conditions, &need.who);
    let beds = s.topics.contains(&Topic::Housing);
    let stale = s.capacity.as_ref().is_none_or(|report| report.expires_at <= now());
    let town = |place: &Place| place.municipality.as_ref().map(|town| town.name.clone());
    let years = who.age_band.map(|band| match band {
        AgeBand::Minor => 15..=17_u8,
        AgeBand::Young => 18..=26,
        AgeBand::Adult => 27..=64,
        AgeBand::Senior => 65..=120,
    });
    let checks = [
        ("man", who.sex == Some(Sex::Male) && rules.men == Rule::No),
        ("woman", who.sex == Some(Sex::Female) && rules.women == Rule::No),
        (
            "age",
            years.is_some_and(|mut years| {
                !years.any(|age| rules.age_min.is_none_or(|m| age >= m) && rules.age_max.is_none_or(|m| age <= m))
            }),
        ),
        ("animal", beds && who.pet == Some(true) && rules.pets == Rule::No),
        ("children", beds && who.children == Some(true) && who.sex == Some(Sex::Female) && rules.children == Rule::No),
        (
            "childless",
            s.kind == Kind::MothersHouse
                && who.pregnant != Some(true)
                && who.children != Some(true)
                && (who.children == Some(false) || matches!(who.age_band, Some(AgeBand::Minor | AgeBand::Senior))),
        ),
        ("debts", beds && need.topics.contains(&Topic::Debts) && rules.debts == Rule::No),
        ("couple", beds && who.couple == Some(true) && rules.couples == Rule::No),
        ("identity", who.without_id == Some(true) && rules.without_id == Rule::No),
        ("substitution", who.substitution == Some(true) && rules.substitution == Rule::No),
        ("restricted", need.restricted && (rules.offence == Rule::No || hit.capacity == CapacityState::Has)),
        ("free though stale", stale && hit.capacity == CapacityState::Has),
        ("ended", s.ended),
        ("secret", s.secret && (hit.distance_km.is_some() || s.address.is_some() || s.place.orp.is_some())),
        ("excluded", need.excluded.iter().any(|no| town(no).is_some() && town(no) == town(&s.place))),
        (
            "not served",
            matches!((&s.serves, need.destination.as_ref().and_then(Destination::region)), (Coverage::Regions(own), Some(home)) if !own.contains(&home)),
        ),
        ("withheld", s.heard_at().is_some_and(|at| now() - at > TimeDelta::days(367))),
    ];
    checks.into_iter().find_map(|(why, broken)| broken.then_some(why))
}

/// Any signs at all, at most so many.
fn strange(characters_max: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..=characters_max).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_breaks_a_hard_constraint_or_a_length((need, skip, placed) in any_need()) {
        let found = search(&CATALOGUE, &need, placed.then_some(MOST), now(), today(), skip);
        for hit in &found.hits {
            prop_assert_eq!(violation(hit, &need), None, "{} for {:?}", hit.service.name, need);
        }
        let beside = fallback(&CATALOGUE, &need, &asking());
        prop_assert!(!beside.is_empty());
        for lang in Lang::ALL {
            let sms = answer(&found, &beside, &need, None, lang, Medium::Sms, now());
            prop_assert!(sms_parts(&fold_for_sms(&sms)) <= 2, "{}", sms);
            for hit in found.hits.iter().take(1) {
                let digits = hit.service.phone.clone().unwrap().replace(' ', "");
                prop_assert!(sms.contains(&digits) && sms.contains(&hit.service.name), "{}", sms);
            }
            prop_assert!(answer(&found, &beside, &need, None, lang, Medium::Voice, now()).chars().count() <= 300);
            prop_assert!(answer(&found, &beside, &need, None, lang, Medium::Chat, now()).chars().count() <= 2_500);
        }
    }

    #[test]
    fn texts_from_outside_never_cost_a_third_part(name in strange(300), phone in strange(60), hours in strange(200), place in strange(100)) {
        let wild = labelled("wild", |s| {
            (s.name, s.phone, s.hours) = (name, Some(phone), Some(Bilingual::new(hours.clone(), hours)));
        });
        let found = found(vec![wild], &need());
        let sms = answer(&found, &[], &need(), Some(&place), Lang::Cs, Medium::Sms, now());
        prop_assert!(sms_parts(&fold_for_sms(&sms)) <= 2);
        prop_assert!(answer(&found, &[], &need(), Some(&place), Lang::Cs, Medium::Voice, now()).chars().count() <= 300);
    }
}

#[test]
fn an_empty_catalogue_still_says_what_to_do() {
    let empty = Catalogue::default();
    for topic in Topic::ALL {
        let mut asked = need();
        asked.topics = vec![topic];
        let found = search(&empty, &asked, Some(MOST), now(), today(), 0);
        let beside = fallback(&empty, &asked, &asking());
        for medium in Medium::ALL {
            let text = answer(&found, &beside, &asked, Some("Most, Ústecký kraj"), Lang::Cs, medium, now());
            assert!(text.contains("kurátor") && text.contains("Most"), "{medium:?}: {text}");
        }
    }
}

#[test]
fn a_large_catalogue_is_invented_without_repeats() {
    let many = invent_many(2_000, now(), &seats());
    assert_eq!(many.iter().map(|s| s.id).collect::<HashSet<_>>().len(), 2_000);
    assert!(many.iter().any(|s| s.capacity.as_ref().and_then(|c| c.available_from) > today().checked_add_days(Days::new(5))));
}

#[test]
fn a_namesake_municipality_is_not_excluded() {
    let mut asked = need();
    let namesake = Place { municipality: Some(Municipality { code: Some("1".into()), name: "Jiný Most".into() }), ..place() };
    asked.excluded = vec![namesake];
    assert_eq!(found(vec![labelled("kept", |_| {})], &asked).hits.len(), 1);
}
