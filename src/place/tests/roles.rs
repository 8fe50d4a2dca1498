//! Which part each place plays, and which namesake is meant.

use super::{builtin, fullest, left_out, official_csv};
use crate::{
    domain::{Lang, Place},
    place::{Gazetteer, resolve},
};

/// Text, then `destination|origin|excluded|abroad|further`; "?" asks about several.
const CASES: &[(&str, &str)] = &[
    ("klient z plzne do decina ubytko od pondeli", "Děčín|Plzeň"),
    ("volám z Kuřimi, paní půjde do Chrudimi", "Chrudim|Kuřim"),
    ("tady Horní Slavkov, klient se vrací do Tachova", "Tachov|Horní Slavkov"),
    ("Jiřice. Pán (52) jede do Mladé Boleslavi", "Mladá Boleslav|Jiřice"),
    ("VV Teplice, muž, noclehárna v Jirkově", "Jirkov|Teplice"),
    ("vazebka Litoměřice: propouštíme zítra, Roudnice", "Roudnice nad Labem|Litoměřice"),
    ("Bory, odsouzený bude bydlet v Rokycanech", "Rokycany|Plzeň"),
    ("z Valdic do Jičína", "Jičín|Valdice"),
    ("Ostrov azylový dům", "Ostrov|"),
    ("muž z věznice Ostrov, chce azylák v Chebu", "Cheb|Ostrov"),
    ("klient z Ostrova do Karlových Varů", "Karlovy Vary|Ostrov"),
    ("sedí v Heřmanicích, chce do Havířova", "Havířov|Ostrava"),
    ("je ve výkonu v Pardubicích, vrací se do Vysokého Mýta", "Vysoké Mýto|Pardubice"),
    ("jen ne do Mostu, nejlíp Chomutov", "Chomutov||Most"),
    ("Ubytovna v Teplicích nebo v Duchcově, ne v Bílině", "Teplice||Bílina||Duchcov"),
    ("Kladno, Slaný, kamkoli kromě Prahy", "Kladno||Praha||Slaný"),
    ("do Ostravy nesmí, má tam zákaz. Brno by šlo.", "Brno||Ostrava"),
    ("nechce zpátky do Krnova, radši Opava", "Opava||Krnov"),
    ("bývalá žena bydlí v Mostě, tam nesmí; jde do Loun", "Louny||Most"),
    ("narozen v Přerově, půjde do Prostějova", "Prostějov|"),
    ("hospitalizován v nemocnici v Kosmonosích, pak do Nymburka", "Nymburk|"),
    ("děti jsou v Kolíně u babičky, ona chce do Čáslavi", "Čáslav|"),
    ("klientka, děti v Mostě v dětském domově", "|"),
    ("odsouzený z Kladna", "Kladno|"),
    ("klient z Plzně potřebuje bydlení", "|Plzeň"),
    ("my jsme z Prostějova a hledáme pomoc", "Prostějov|"),
    ("bytem Hranice, okres Přerov", "Hranice|"),
    ("Hranice okr. Cheb, muž 40", "Hranice (CZ041)|"),
    ("Nové Sedlo u Lokte, muž", "Nové Sedlo (CZ041)|"),
    ("Písek, žena se dvěma dětmi", "Písek (CZ031)|"),
    ("Písek u Jablunkova, žena", "Písek (CZ080)|"),
    ("Ostrov, okres Havlíčkův Brod", "Ostrov (CZ063)|"),
    ("do Milovic v okrese Nymburk", "Milovice (CZ020)|"),
    ("Roztoky u Prahy, muž", "Roztoky (CZ020)|"),
    ("Nové Město (HK), práce", "Nové Město (CZ052)|"),
    ("klient do Ústí, ubytovna", "?|"),
    ("bydlení v Krumlově", "?|"),
    ("Brod, muž 30 let, azylák", "?|"),
    ("do Meziříčí, zítra", "?|"),
    ("Třebová – noclehárna?", "?|"),
    ("Hradec, ubytovna pro muže", "?|"),
    ("v Budějovicích na ubytovnu", "?|"),
    ("na Mostecku cokoli", "okres Most, Ústecký kraj|"),
    ("kdekoli na Vysočině", "Kraj Vysočina|"),
    ("v Ústeckém kraji, ideálně Děčín", "Děčín|"),
    ("okres Praha-východ, dům na půl cesty", "okres Praha-východ, Středočeský kraj|"),
    ("jižní Morava, komunita pro ženy", "Jihomoravský kraj|"),
    ("Karlovarskej kraj, azyl", "Karlovarský kraj|"),
    ("okr. Kladno, cokoli", "okres Kladno, Středočeský kraj|"),
    ("vrací se na Slovensko", "|||SK"),
    ("z Opavy domu na slovensko", "|Opava||SK"),
    ("bude vyhoštěn do Vietnamu", "|||VN"),
    ("jede domů na Ukrajinu, kdo pomůže s jízdenkou", "|||UA"),
    ("starší Polák, do Karviné", "Karviná|"),
    ("pochází ze Slovenska, chce do Brna", "Brno|"),
    ("do Žiliny na Slovensko", "|||SK"),
    ("released from Pankrac, wants to live in Pilsen", "Plzeň|Praha"),
    ("з в'язниці у Празі до Брно", "Brno|Praha"),
    ("він їде до Пльзні", "Plzeň|"),
    ("Ліберец, житло для жінки", "Liberec|"),
    ("на Žižkov k sestře", "Praha|"),
    ("klient jde na Poruba k bratrovi", "Ostrava|"),
    ("Litvínov-Janov, byt po mámě", "Litvínov|"),
    ("Most Chánov, u tety", "Most|"),
    ("Předlice, muž se psem", "Ústí nad Labem|"),
    ("praha 9 cerny most", "Praha|"),
    ("Zůstává tady v Opavě, má práci přímo u věznice", "Opava|Opava"),
    ("ze Světlé do Havl. Brodu, žena 28", "Havlíčkův Brod|Světlá nad Sázavou"),
    ("Stráž pod Ralskem: klient do České Lípy, byt", "Česká Lípa|Stráž pod Ralskem"),
    ("Kynšperk – odsouzený se vrací do Sokolova", "Sokolov|Kynšperk nad Ohří"),
    ("Příbram, muž 40, chce tam zůstat", "Příbram|"),
    ("přes Prahu do Kolína", "Kolín|"),
    ("vlak z Brna do Blanska v 8:00", "Blansko|Brno"),
    ("okolí Jihlavy, žena s dítětem", "Jihlava|"),
    ("kousek od Brna, třeba Kuřim", "Brno||||Kuřim"),
    ("paní Mostecká, 45 let, Ústí nad Labem", "Ústí nad Labem|"),
    ("OSPOD Kladno: klientka jde do Slaného", "Slaný|"),
    ("bydlení: Trutnov / Dvůr Králové", "Trutnov||||Dvůr Králové nad Labem"),
    ("Kurim, klient 1.6., Znojmo byt", "Znojmo|Kuřim"),
    ("Opava zeny: klientky, jedna Ostrava, jedna Bruntal", "Ostrava|Opava|||Bruntál"),
    ("pán má trvalák v Orlové ale jde do Havířova za dcerou", "Havířov|"),
    ("žijeme v Třinci, syn je v Heřmanicích", "Třinec|Ostrava"),
    ("Rodina v Náchodě ho nechce, bude hledat podnájem v Trutnově", "Trutnov|"),
    ("klient odmítá Ostravu, chce Opavu", "Opava||Ostrava"),
    ("Má zákaz pobytu v Praze. Kam?", "||Praha"),
    ("chce do mosteckeho okresu", "okres Most, Ústecký kraj|"),
    ("I am Polish, how can I get to Poland from Ostrava?", "|Ostrava||PL"),
    ("cizinec, Zastávka u Brna", "Zastávka|"),
    ("Plzeňský kraj: Tachov, Stříbro", "Tachov||||Stříbro"),
    ("do Rokytnice v Orl. horách", "Rokytnice v Orlických horách|"),
    ("v Pardubickém nebo Královéhradeckém kraji", "Pardubický kraj||||Královéhradecký kraj"),
    ("hk muz 40 ubytovna", "Hradec Králové|"),
    ("do Hodonína ne; Břeclav nebo Znojmo", "Břeclav||Hodonín||Znojmo"),
    ("občan Slovenska, vrací se do Košic", "|||SK"),
    ("Kuřim → Brno", "Brno|Kuřim"),
    ("Olomouc->Ostrava", "Ostrava|Olomouc"),
    ("Praha → Kolín → Čáslav", "Čáslav|Praha"),
    ("Most nechce, radši Louny", "Louny||Most"),
    ("nebude žít v Brně, ale v Praze", "Praha||Brno"),
    ("nebude bydlet v Brně", "||Brno"),
    ("nepůjde do Brna ale do Prahy", "Praha||Brno"),
    ("nechce do Brna ale do Prahy", "Praha||Brno"),
    ("nechce bydlet v Brně ale v Praze", "Praha||Brno"),
    ("neplánuje návrat do Mostu", "||Most"),
    ("do Mostu se vrátit nemůže, jde do Loun", "Louny||Most"),
    ("bydleni most pro muze od 1. 12.", "Most||"),
    ("azyl dum most", "Most||"),
    ("ubytovna pisek", "Písek||"),
    ("nemá kde bydlet, skočil z mostu", "||"),
    ("Kladno nechce ubytovnu", "Kladno|"),
    ("trvalé bydliště Jičín, fakticky Liberec", "Liberec|"),
    ("v Brně už byl, teď Znojmo", "Znojmo|"),
    ("dřív bydlel v Brně, hledá ubytovnu", "Brno|"),
    ("exmanželka v Děčíně, chce začít v Mostě", "Most|"),
    ("autobusem do Kolína, odtud do Čáslavi", "Čáslav|"),
    ("má ženu a děti v Táboře, jde za nimi", "Tábor|"),
    ("daleko od Prahy", "|"),
    ("ne moc daleko od Prahy", "Praha|"),
    ("skočil z mostu", "|"),
    ("klient z Mostu do Teplic", "Teplice|Most"),
    ("výstup na Štědrý den", "|"),
    ("po Novém roce do Chebu", "Cheb|"),
    ("Ústí 2", "?|"),
    ("Krumlov", "?|"),
    ("do Vídně", "|||AT"),
    ("domů do Drážďan, potřebuje jízdenku", "|||DE"),
    ("Londýn, letenka", "|||GB"),
    ("do Charity Kladno", "Kladno|"),
    ("do Charity Ústí nad Labem", "Ústí nad Labem|"),
];

fn name(gazetteer: &Gazetteer, place: &Place, expected: &str) -> String {
    match &place.municipality {
        Some(municipality) if expected.contains('(') => format!("{} ({})", municipality.name, place.region.code()),
        Some(municipality) => municipality.name.clone(),
        None => gazetteer.describe(place, Lang::Cs),
    }
}

#[test]
fn each_place_plays_its_part() {
    if official_csv().is_none() {
        return left_out("cz_municipalities.csv");
    }
    let gazetteer = fullest();
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let parts: Vec<&str> = expected.split('|').chain(std::iter::repeat("")).take(5).collect();
        let places = resolve(gazetteer, text);
        let one = |place: Option<&Place>| place.map(|p| name(gazetteer, p, expected)).unwrap_or_default();
        let asked = places.destination.is_none() && places.candidates.len() > 1;
        let destination = if asked { "?".to_owned() } else { one(places.destination.as_ref()) };
        let found = [
            destination,
            one(places.origin.as_ref()),
            one(places.excluded.first()),
            places.abroad.clone().unwrap_or_default(),
            one(places.further.first()),
        ];
        if found.iter().zip(&parts).any(|(found, part)| found != part) {
            wrong.push(format!("{text} → {} instead of {expected}", found.join("|")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

#[test]
fn a_choice_among_namesakes_is_said() {
    assert!(resolve(fullest(), "Ostrov, azylový dům").assumed);
    assert!(!resolve(fullest(), "bydlení v Litvínově").assumed);
    assert!(!resolve(fullest(), "Ostrov, Karlovarský kraj").assumed);
}

#[test]
fn what_may_be_another_place_is_said_back() {
    let assumed = |text: &str| resolve(builtin(), text).assumed;
    assert!(assumed("do Libochovičk"), "a slip of the pen");
    assert!(assumed("do Stříteže pod Křemešníkem") || resolve(builtin(), "do Stříteže pod Křemešníkem").destination.is_none(), "a longer name");
    assert!(assumed("do Čenkova u Bechyně"), "beside an unknown village");
    assert_eq!(resolve(builtin(), "do Hory Svaté Kateřiny"), crate::domain::Places::default(), "an unknown name of several words");
}

#[test]
fn countries_have_names() {
    assert_eq!(fullest().country("DE", Lang::Cs), Some("Německo"));
    assert_eq!(fullest().country("RS", Lang::Cs), Some("Srbsko"));
    assert_eq!(fullest().country("DE", Lang::En), Some("Germany"));
    assert_eq!(fullest().country("XX", Lang::Cs), None);
}

#[test]
fn places_are_described_and_measured() {
    let gazetteer = fullest();
    let ostrov = resolve(gazetteer, "do Ostrova").destination.unwrap();
    assert_eq!(gazetteer.describe(&ostrov, Lang::Cs), "Ostrov, Karlovarský kraj");
    let prague = resolve(gazetteer, "do Prahy").destination.unwrap();
    assert_eq!(gazetteer.describe(&prague, Lang::En), "Prague");
    let brno = resolve(gazetteer, "do Brna").destination.unwrap();
    let km = gazetteer.distance_km(&prague, &brno).unwrap();
    assert!((180.0..190.0).contains(&km), "{km}");
}
