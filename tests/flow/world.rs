//! The small invented world the transcripts are played in: a handful of places and
//! words, two services, one line. Transcripts test the conversation; understanding,
//! routing and the catalogue have their own tests.

use linka::domain::{
    AgeBand, Destination, Flag, Lang, Medium, Municipality, Need, Place, Places, Region, Release, Sex, Topic, Understood, Who, fold,
};
use linka::flow::{Hand, Known, LineFacts, Listing, Transcript, World};

/// Runs `with` in the world a transcript's headers describe.
pub(crate) fn within<T>(transcript: &Transcript, with: impl FnOnce(&World<'_>) -> T) -> T {
    let open = transcript.open;
    let line = move |destination: Option<&Destination>, lang: Lang| line(destination, lang, open);
    let postcode = |digits: &str| (digits == "43401").then(|| places(&|_| true).destination).flatten();
    let known = Known { line: &line, search: &search, describe: &describe, postcode: &postcode };
    let hand = Hand { contact_number: "4821".to_owned(), worker: "Věznice Horní Lhota".to_owned(), sms_possible: true, reachable: true, promised: false, beside: String::new(), locked_until: String::new() };
    with(&World { understand: &understand, known, hand })
}

fn line(destination: Option<&Destination>, lang: Lang, open: bool) -> LineFacts {
    let region = destination.and_then(Destination::region).map(|region| region.name(lang));
    LineFacts {
        name: region.map_or_else(
            || lang.pick("Linka spolupráce", "the Cooperation Line").to_owned(),
            |region| format!("{} {region}", lang.pick("Linka", "the line of")),
        ),
        open,
        next_open: lang.pick("v pondělí 2. 2. v 9:00", "on Monday 2 February at 9:00").to_owned(),
        promise_due: lang.pick("v pondělí 2. 2. ve 12:00", "on Monday 2 February at 12:00").to_owned(),
        closed_text: None,
    }
}

fn describe(destination: &Destination, lang: Lang) -> String {
    match destination {
        Destination::Abroad(_) => lang.pick("Slovensko", "Slovakia").to_owned(),
        Destination::Place(place) => {
            let region = place.region.name(lang);
            place.municipality.as_ref().map_or_else(|| region.to_owned(), |municipality| format!("{}, {region}", municipality.name))
        }
    }
}

/// Housing has five services in the Ústecký kraj and two elsewhere, debts one, everything else none.
fn search(need: &Need, skip: usize, lang: Lang, medium: Medium) -> Listing {
    let in_ustecky = need.destination.as_ref().and_then(Destination::region) == Some(Region::Ustecky);
    let count = match need.topics.first() {
        Some(Topic::Housing) => {
            if in_ustecky {
                5
            } else {
                2
            }
        }
        Some(Topic::Debts) => 1,
        _ => 0,
    };
    let names: Vec<String> = (skip..count).take(if medium == Medium::Voice { 1 } else { 3 }).map(|at| service(at, lang, medium)).collect();
    if names.is_empty() {
        let text = lang.pick(
            "Nic vhodného teď v přehledu nemáme. Pomůže sociální kurátor městského úřadu.",
            "We have nothing suitable right now. The social curator at the town hall will help.",
        );
        return Listing { text: text.to_owned(), ..Listing::default() };
    }
    let services: Vec<String> = (skip..skip + names.len()).map(|at| format!("service-{at}")).collect();
    Listing { text: names.join("\n"), more: skip + names.len() < count, found: true, services }
}

fn service(at: usize, lang: Lang, medium: Medium) -> String {
    let name = ["Azylový dům Přístav", "Ubytovna Lípa", "Dům na půl cesty Most dál", "Noclehárna Stan", "Byt pro začátek"]
        .get(at)
        .copied()
        .unwrap_or("Poradna");
    match medium {
        Medium::Voice => format!("{name}, {}.", lang.pick("volné jedno místo, ověřeno včera", "one free place, confirmed yesterday")),
        Medium::Sms => format!("{name}, 719 000 10{at}, {}", lang.pick("volno 1, ověřeno 30. 1.", "1 free, confirmed 30 Jan")),
        Medium::Chat | Medium::Web => {
            format!("• {name} – {}, 719 000 10{at}", lang.pick("volné 1 místo, ověřeno 30. 1.", "1 free place, confirmed 30 Jan"))
        }
    }
}

/// Understands only the words of the transcripts.
fn understand(text: &str) -> Understood {
    let said = fold(text);
    let has = |words: &[&str]| {
        words.iter().any(|word| {
            said.split(|c: char| !c.is_alphanumeric()).any(|known| known == *word) || (word.contains(' ') && said.contains(word))
        })
    };
    let (masked, has_data) = mask(text);
    let topic_words: [(Topic, &[&str]); 3] =
        [(Topic::Housing, &["bydleni", "ubytko", "housing"]), (Topic::Debts, &["exekuce", "debts"]), (Topic::Transport, &["jizdenka"])];
    let flag_words: [(Flag, &[&str]); 8] = [
        (Flag::SelfHarm, &["neco si udelam", "nechce zit"]),
        (Flag::WantsPerson, &["zavolat cloveku", "mluvit s nekym"]),
        (Flag::NotStaff, &["muj syn"]),
        (Flag::Bulk, &["klientu", "sest"]),
        (Flag::OutcomeReport, &["nastoupil"]),
        (Flag::ProviderUpdate, &["volno"]),
        (Flag::ForeignLanguage, &["потрібна"]),
        (Flag::Urgent, &["dnes", "hned"]),
    ];
    let mut flags: Vec<Flag> = flag_words.iter().filter(|(_, words)| has(words)).map(|(flag, _)| *flag).collect();
    flags.extend(has_data.then_some(Flag::PersonalData));
    Understood {
        places: places(&has),
        topics: topic_words.iter().filter(|(_, words)| has(words)).map(|(topic, _)| *topic).collect(),
        who: Who {
            sex: if has(&["muze", "man"]) {
                Some(Sex::Male)
            } else if has(&["zenu", "woman"]) {
                Some(Sex::Female)
            } else {
                None
            },
            children: has(&["ditetem"]).then_some(true),
            age_band: has(&["20 let"]).then_some(AgeBand::Young),
            count: has(&["sest"]).then_some(6),
            ..Who::default()
        },
        release: (has(&["od 1. 12.", "from 1 dec"])).then(|| chrono::NaiveDate::from_ymd_opt(2026, 12, 1)).flatten().map(Release::On),
        flags,
        masked,
        lang: if has(&["housing", "hello", "the", "please"]) {
            Some(Lang::En)
        } else if said.split_whitespace().count() > 2 {
            Some(Lang::Cs)
        } else {
            None
        },
        ..Understood::default()
    }
}

fn places(has: &dyn Fn(&[&str]) -> bool) -> Places {
    let town = |name: &str, code: &str, region: Region| Place {
        region,
        district: None,
        orp: None,
        municipality: Some(Municipality { code: Some(code.to_owned()), name: name.to_owned() }),
    };
    let ostrov = |code: &str, region: Region| town("Ostrov", code, region);
    let mut places = Places::default();
    if has(&["most", "mostu"]) {
        places.destination = Some(town("Most", "567027", Region::Ustecky));
    } else if has(&["plzen", "pilsen"]) {
        places.destination = Some(town("Plzeň", "554791", Region::Plzensky));
    } else if has(&["jihlava"]) {
        places.destination = Some(town("Jihlava", "586846", Region::Vysocina));
        places.assumed = true;
    } else if has(&["v karlovarskem kraji"]) {
        places.destination = Some(Place::region(Region::Karlovarsky));
    } else if has(&["ostrov", "ostrova"]) {
        places.candidates =
            vec![ostrov("555428", Region::Karlovarsky), ostrov("569127", Region::Vysocina), ostrov("580716", Region::Pardubicky)];
    } else if has(&["slovensko"]) {
        places.abroad = Some("SK".to_owned());
    }
    places
}

/// Covers anything shaped like a birth number.
fn mask(text: &str) -> (String, bool) {
    let is_birth_number = |word: &str| word.len() == 11 && word.chars().filter(char::is_ascii_digit).count() == 10 && word.contains('/');
    let words: Vec<&str> = text.split(' ').map(|word| if is_birth_number(word) { "█" } else { word }).collect();
    let masked = words.join(" ");
    let has_data = masked != text;
    (masked, has_data)
}
