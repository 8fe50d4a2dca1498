//! What one entry of the log says: its look, its words, its reasons and its letter.
//! One arm for each kind of entry, so that a new kind cannot be forgotten here.

use super::label;
use super::moment::{self, Moment};
use super::reason::reason_in_words;
use super::timeline::{Look, Teller};
use crate::domain::{Attachment, Author, Bilingual, Delivery, Destination, Entry, Happened, LetterId, LineId, Medium, Need, Outcome, Place, Review};
use chrono::{DateTime, Utc};

/// An entry in words.
pub(crate) struct Told {
    /// How it looks.
    pub(crate) look: Look,
    /// What happened.
    pub(crate) text: String,
    /// Why, in sentences.
    pub(crate) why: Vec<String>,
    /// The letter whose fate is shown beside it.
    pub(crate) letter: Option<LetterId>,
    /// The file it is about.
    pub(crate) file: Option<Attachment>,
}

impl Told {
    fn new(look: Look, text: impl Into<String>) -> Self {
        Self { look, text: text.into(), why: Vec::new(), letter: None, file: None }
    }

    fn because(mut self, why: impl IntoIterator<Item = String>) -> Self {
        self.why = why.into_iter().filter(|sentence| !sentence.is_empty()).collect();
        self
    }

    const fn by(mut self, letter: LetterId) -> Self {
        self.letter = Some(letter);
        self
    }
}

/// Puts one entry into words.
#[must_use]
pub(crate) fn tell(teller: &Teller<'_>, entry: &Entry) -> Told {
    let t = |cs, en| teller.t(cs, en);
    let named = |id| teller.names.operator(id);
    match &entry.what {
        Happened::Heard { words } => Told::new(speaker(&entry.author), words),
        Happened::Edited { words } => Told::new(Look::Worker, format!("{} {words}", t("opravuje zprávu:", "changed a message:"))),
        Happened::Attached { file } => Told { file: Some(*file), ..Told::new(speaker(&entry.author), format!("[{}]", file.label(teller.lang))) },
        Happened::Deleted => Told::new(Look::Warn, t("maže svou zprávu", "took a message back")),
        Happened::NewKeys => Told::new(Look::Warn, t("šifruje jinými klíči než dřív", "encrypts with other keys than before")),
        Happened::KeptSilent { why } => reasoned(teller, Look::Warn, t("neodpověděla", "did not answer"), why),
        Happened::Said { words, letter } => Told::new(Look::Line, words).by(*letter),
        Happened::Relayed { words, letter } => Told::new(speaker(&entry.author), words).by(*letter),
        Happened::Noted { words } => Told::new(Look::Note, words),
        Happened::Understood { need, flags, among } => {
            Told::new(Look::Fact, t("porozuměla zprávě", "understood the message")).because(understood(teller, need, flags, among))
        }
        Happened::LookedUp { services, found } => looked_up(teller, services.len(), *found),
        Happened::Routed { line, why } => {
            let text = format!(
                "{} {}",
                t("předala kontakt lince", "passed the contact to"),
                teller.names.line(&LineId::new(line.as_str()), teller.lang)
            );
            Told::new(Look::Fact, text).because(why.iter().map(|why| why.get(teller.lang).to_owned()))
        }
        Happened::Offered { operator, letter, by } => {
            let by = Medium::from_name(by).map_or(by.as_str(), |medium| label::medium(medium, teller.lang));
            Told::new(Look::Fact, format!("{} {} ({by})", t("nabídla kontakt:", "offered the contact to"), named(operator))).by(*letter)
        }
        Happened::NobodyToAsk { why } => reasoned(teller, Look::Bad, t("neměla koho požádat", "had nobody to ask"), why),
        Happened::Taken { operator } => by_operator(teller, entry, Look::Good, operator, t("přijímá kontakt", "took the contact")),
        Happened::TooLate { operator } => by_operator(
            teller,
            entry,
            Look::Fact,
            operator,
            t("se hlásí o kontakt, ale už ho má někdo jiný", "wanted to take it, but somebody else has it already"),
        ),
        Happened::Declined { operator, why } => {
            let told = by_operator(teller, entry, Look::Fact, operator, t("kontakt nepřijímá", "did not take the contact"));
            told.because([why.get(teller.lang).to_owned()])
        }
        Happened::HandedOver { to } => Told::new(Look::Fact, format!("{} {to}", t("předává kontakt:", "handed the contact over to"))),
        Happened::Escalated { why } => reasoned(teller, Look::Warn, t("hledá dál", "went on looking"), why),
        Happened::Promised { due } => {
            let text = format!("{} {}", t("slíbila, že se někdo ozve do:", "promised an answer by"), instant(teller, *due));
            Told::new(Look::Warn, text)
        }
        Happened::Reminded { late: true } => {
            Told::new(Look::Bad, t("upozornila, že příslib nebyl dodržen", "warned that the promise was not kept"))
        }
        Happened::Reminded { late: false } => {
            Told::new(Look::Warn, t("připomněla blížící se termín příslibu", "reminded of the promise’s deadline"))
        }
        Happened::Delivered { delivery, error, .. } => delivered(teller, *delivery, error.as_deref()),
        Happened::Call { what } | Happened::Filed { what } => Told::new(Look::Fact, what.get(teller.lang)),
        Happened::Rated { value } => Told::new(rating_look(*value), rating(teller, *value)),
        Happened::Closed { outcome: Outcome::Abandoned, reason } if entry.author == Author::Worker => {
            let text = t("nečeká na odpověď, kontakt je uzavřený", "did not wait for an answer, the contact is closed");
            Told::new(closing_look(Outcome::Abandoned), text).because(reason.clone())
        }
        Happened::Closed { outcome, reason } => {
            let text = format!("{} {}", t("uzavírá kontakt s výsledkem:", "closed the contact:"), outcome.label(teller.lang));
            Told::new(closing_look(*outcome), text).because(reason.clone())
        }
        Happened::Reopened => Told::new(Look::Warn, t("píše znovu, kontakt je opět otevřený", "wrote again, the contact is open again")),
        Happened::Reviewed { review, note } => reviewed(teller, *review, note.as_deref()),
        Happened::Corrected { field, old, new } => Told::new(Look::Review, corrected(teller, field, old, new)),
    }
}

const fn speaker(author: &Author) -> Look {
    match author {
        Author::Worker => Look::Worker,
        Author::Line => Look::Line,
        Author::Operator(_) | Author::User(_) => Look::Operator,
    }
}

fn reasoned(teller: &Teller<'_>, look: Look, text: &str, why: &Bilingual) -> Told {
    Told::new(look, text).because([why.get(teller.lang).to_owned()])
}

/// The operator's name is said in the text only when somebody else wrote the entry.
fn by_operator(teller: &Teller<'_>, entry: &Entry, look: Look, operator: &crate::domain::OperatorId, text: &str) -> Told {
    let own = matches!(&entry.author, Author::Operator(author) if author == operator);
    if own { Told::new(look, text) } else { Told::new(look, format!("– {} {text}", teller.names.operator(operator))) }
}

fn understood(teller: &Teller<'_>, need: &Need, flags: &[String], among: &[Place]) -> Vec<String> {
    let lang = teller.lang;
    let one = |place: &Place| label::destination(&Need { destination: Some(Destination::Place(place.clone())), ..Need::default() }, lang);
    let place = match among {
        [] => label::destination(need, lang),
        among => format!("{} {}", teller.t("jedno z:", "one of:"), among.iter().map(one).collect::<Vec<_>>().join("; ")),
    };
    let line = |name: &str, value: String| if value.is_empty() { String::new() } else { format!("{name}: {value}") };
    let flags = flags.iter().map(|code| crate::domain::Flag::from_code(code).map_or(code.as_str(), |flag| flag.label(lang)));
    vec![
        line(teller.t("Místo návratu", "Place of return"), place),
        line(teller.t("Potřeba", "Need"), label::topics(need, lang)),
        line(teller.t("Klient", "Client"), label::who(&need.who, lang).join(", ")),
        line(
            teller.t("Propuštění", "Release"),
            need.release.map(|day| label::release(day, moment::day_of(teller.now), lang)).unwrap_or_default(),
        ),
        line(teller.t("Příznaky", "Flags"), flags.collect::<Vec<_>>().join(", ")),
    ]
}

fn looked_up(teller: &Teller<'_>, count: usize, found: bool) -> Told {
    if !found {
        return Told::new(Look::Warn, teller.t("v katalogu nic vhodného nenašla", "found nothing suitable in the catalogue"));
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let services = teller.t(label::counted(count, "službu", "služby", "služeb"), if count == 1 { "service" } else { "services" });
    Told::new(Look::Fact, format!("{} {count} {services}", teller.t("nabídla z katalogu", "offered from the catalogue:")))
}

fn delivered(teller: &Teller<'_>, delivery: Delivery, error: Option<&str>) -> Told {
    let look = match delivery {
        Delivery::Failed => Look::Bad,
        Delivery::Unknown => Look::Warn,
        Delivery::Delivered | Delivery::Read => Look::Good,
        Delivery::Queued | Delivery::Sending | Delivery::Sent | Delivery::Withdrawn => Look::Fact,
    };
    let text = match delivery {
        Delivery::Failed => teller.t("nedoručila zprávu", "could not deliver a message"),
        Delivery::Unknown => teller.t("neví, zda zpráva odešla", "does not know whether a message went out"),
        Delivery::Delivered => teller.t("doručila zprávu", "delivered a message"),
        Delivery::Read => teller.t("ví, že je zpráva přečtená", "knows that a message was read"),
        Delivery::Withdrawn => teller.t("stáhla zprávu, už nebyla potřeba", "withdrew a message that was no longer needed"),
        Delivery::Queued => teller.t("zkusí zprávu poslat znovu", "will try to send a message again"),
        Delivery::Sending | Delivery::Sent => teller.t("odeslala zprávu", "sent a message"),
    };
    Told::new(look, text).because(error.map(|error| reason_in_words(error, teller.lang)))
}

const fn rating_look(value: u8) -> Look {
    match value {
        0..=1 => Look::Bad,
        2 => Look::Warn,
        3.. => Look::Good,
    }
}

fn rating(teller: &Teller<'_>, value: u8) -> String {
    let word = match value {
        0..=1 => teller.t("nepomohlo", "did not help"),
        2 => teller.t("pomohlo zčásti", "helped in part"),
        3.. => teller.t("pomohlo", "helped"),
    };
    format!("{} {word}", teller.t("hodnotí:", "rated:"))
}

const fn closing_look(outcome: Outcome) -> Look {
    match outcome {
        Outcome::Placed | Outcome::Referred | Outcome::Informed => Look::Good,
        Outcome::NoPlace | Outcome::Unreachable | Outcome::Abandoned => Look::Warn,
        Outcome::Other => Look::Fact,
    }
}

fn reviewed(teller: &Teller<'_>, review: Review, note: Option<&str>) -> Told {
    let text = match review {
        Review::New => teller.t("vrací kontakt ke kontrole", "put the contact back for review"),
        Review::Reviewed => teller.t("uzavírá kontrolu kontaktu", "reviewed the contact"),
        Review::Queried => teller.t("se ptá operátora", "asked the operator"),
        Review::Corrected => teller.t("opravuje kontakt", "corrected the contact"),
    };
    match note.filter(|note| !note.is_empty()) {
        Some(note) => Told::new(Look::Review, format!("{text}: {}{note}{}", teller.t("„", "“"), teller.t("“", "”"))),
        None => Told::new(Look::Review, text),
    }
}

fn corrected(teller: &Teller<'_>, field: &str, old: &str, new: &str) -> String {
    let name = field_name(teller, field);
    let value = |value: &str| field_value(teller, field, value);
    match teller.lang {
        crate::domain::Lang::Cs => format!("opravuje {name}: {} (původně {})", value(new), value(old)),
        crate::domain::Lang::En => format!("corrected {name}: {} (originally {})", value(new), value(old)),
    }
}

fn field_name<'a>(teller: &Teller<'_>, field: &'a str) -> &'a str {
    match field {
        "outcome" => teller.t("výsledek", "the outcome"),
        "reason" => teller.t("důvod", "the reason"),
        "destination" => teller.t("místo návratu", "the place of return"),
        other => other,
    }
}

/// Puts a stored value into words; a value that is no code is shown as it stands.
#[must_use]
pub(crate) fn field_value(teller: &Teller<'_>, field: &str, value: &str) -> String {
    let label = match field {
        "outcome" => Outcome::from_code(value).map(|outcome| outcome.label(teller.lang)),
        _ => None,
    };
    match label {
        Some(label) => label.to_owned(),
        None if value.is_empty() => teller.t("nevyplněno", "empty").to_owned(),
        None => value.to_owned(),
    }
}

fn instant(teller: &Teller<'_>, at: DateTime<Utc>) -> String {
    let moment = Moment::of(at, teller.now, teller.lang);
    format!("{} {}", moment.day, moment.time)
}

#[cfg(test)]
mod tests {
    use crate::console::names::Names;
    use crate::console::timeline::{Look, Teller};
    use crate::domain::{
        Author, Bilingual, ContactId, Delivery, Entry, EntryId, Happened, Lang, LetterId, LineId, Need, OperatorId, Outcome, Review, Topic,
    };
    use chrono::{TimeZone, Utc};
    use std::collections::HashMap;
    use uuid::Uuid;

    fn names() -> Names {
        let lines = HashMap::from([(LineId::new("ustecky"), Bilingual::new("Ústecká linka", "Ústí line"))]);
        Names { lines, operators: HashMap::from([(OperatorId::new("jana"), "Jana Vzorová".to_owned())]) }
    }

    fn told(author: Author, what: Happened, lang: Lang) -> (Look, String) {
        let at = Utc.with_ymd_and_hms(2026, 2, 2, 8, 0, 0).unwrap();
        let entry = Entry { id: EntryId(Uuid::nil()), contact: ContactId(Uuid::nil()), at, author, what };
        let (names, letters) = (names(), HashMap::from([(LetterId(Uuid::nil()), Delivery::Read)]));
        let teller = Teller { names: &names, letters: &letters, gone: &std::collections::HashSet::new(), worker: "Věznice Bělušice", now: at, lang };
        let item = teller.days(&[entry]).pop().unwrap().items.pop().unwrap();
        let ticks = item.ticks.map(|ticks| ticks.text.to_owned());
        let parts = [item.author, item.text].into_iter().chain(item.why).chain(ticks);
        (item.look, parts.collect::<Vec<_>>().join(" | "))
    }

    #[test]
    fn every_kind_of_entry_is_told_in_both_languages() {
        let (jana, letter) = (OperatorId::new("jana"), LetterId(Uuid::nil()));
        let by = |id: &OperatorId| Author::Operator(id.clone());
        let why = || Bilingual::new("Linka je zavřená.", "The line is closed.");
        let marie = || Author::User("marie".to_owned());
        let due = Utc.with_ymd_and_hms(2026, 2, 3, 9, 0, 0).unwrap();
        let need = Need { topics: vec![Topic::Housing], ..Need::default() };
        let text = || "ahoj".to_owned();
        let table = [
            (Author::Worker, Happened::Heard { words: text() }, Look::Worker, "Věznice Bělušice | ahoj", "Věznice Bělušice | ahoj"),
            (Author::Line, Happened::Said { words: text(), letter }, Look::Line, "Linka | ahoj | ✓✓ přečteno", "The line | ahoj | ✓✓ read"),
            (
                by(&jana),
                Happened::Relayed { words: text(), letter },
                Look::Operator,
                "Jana Vzorová | ahoj | ✓✓ přečteno",
                "Jana Vzorová | ahoj | ✓✓ read",
            ),
            (
                by(&jana),
                Happened::Noted { words: text() },
                Look::Note,
                "Jana Vzorová – interní poznámka | ahoj",
                "Jana Vzorová – internal note | ahoj",
            ),
            (
                Author::Line,
                Happened::Understood { need, flags: vec!["urgent".into(), "unheard_of".into()], among: Vec::new() },
                Look::Fact,
                "Linka | porozuměla zprávě | Místo návratu: neznámé | Potřeba: Bydlení | Příznaky: spěchá, unheard_of",
                "The line | understood the message | Place of return: unknown | Need: Housing | Flags: urgent, unheard_of",
            ),
            (
                Author::Line,
                Happened::LookedUp { services: vec![text(); 5], found: true },
                Look::Fact,
                "Linka | nabídla z katalogu 5 služeb",
                "The line | offered from the catalogue: 5 services",
            ),
            (
                Author::Line,
                Happened::LookedUp { services: Vec::new(), found: false },
                Look::Warn,
                "Linka | v katalogu nic vhodného nenašla",
                "The line | found nothing suitable in the catalogue",
            ),
            (
                Author::Line,
                Happened::Routed { line: "ustecky".into(), why: vec![why(), why()] },
                Look::Fact,
                "Linka | předala kontakt lince Ústecká linka | Linka je zavřená. | Linka je zavřená.",
                "The line | passed the contact to Ústí line | The line is closed. | The line is closed.",
            ),
            (
                Author::Line,
                Happened::Offered { operator: jana.clone(), letter, by: "voice".into() },
                Look::Fact,
                "Linka | nabídla kontakt: Jana Vzorová (telefon) | ✓✓ přečteno",
                "The line | offered the contact to Jana Vzorová (phone) | ✓✓ read",
            ),
            (
                Author::Line,
                Happened::NobodyToAsk { why: why() },
                Look::Bad,
                "Linka | neměla koho požádat | Linka je zavřená.",
                "The line | had nobody to ask | The line is closed.",
            ),
            (
                by(&jana),
                Happened::Taken { operator: jana.clone() },
                Look::Good,
                "Jana Vzorová | přijímá kontakt",
                "Jana Vzorová | took the contact",
            ),
            (
                Author::Line,
                Happened::Declined { operator: OperatorId::new("left"), why: why() },
                Look::Fact,
                "Linka | – left kontakt nepřijímá | Linka je zavřená.",
                "The line | – left did not take the contact | The line is closed.",
            ),
            (
                by(&jana),
                Happened::TooLate { operator: jana.clone() },
                Look::Fact,
                "Jana Vzorová | se hlásí o kontakt, ale už ho má někdo jiný",
                "Jana Vzorová | wanted to take it, but somebody else has it already",
            ),
            (
                by(&jana),
                Happened::HandedOver { to: "Petr".into() },
                Look::Fact,
                "Jana Vzorová | předává kontakt: Petr",
                "Jana Vzorová | handed the contact over to Petr",
            ),
            (
                Author::Line,
                Happened::Escalated { why: why() },
                Look::Warn,
                "Linka | hledá dál | Linka je zavřená.",
                "The line | went on looking | The line is closed.",
            ),
            (
                Author::Line,
                Happened::Promised { due },
                Look::Warn,
                "Linka | slíbila, že se někdo ozve do: zítra 10:00",
                "The line | promised an answer by tomorrow 10:00",
            ),
            (
                Author::Line,
                Happened::Reminded { late: true },
                Look::Bad,
                "Linka | upozornila, že příslib nebyl dodržen",
                "The line | warned that the promise was not kept",
            ),
            (
                Author::Line,
                Happened::Delivered { letter, delivery: Delivery::Failed, error: Some("plná schránka".into()) },
                Look::Bad,
                "Linka | nedoručila zprávu | poskytovatel uvádí: plná schránka",
                "The line | could not deliver a message | plná schránka",
            ),
            (Author::Line, Happened::Call { what: why() }, Look::Fact, "Linka | Linka je zavřená.", "The line | The line is closed."),
            (
                Author::Worker,
                Happened::Rated { value: 1 },
                Look::Bad,
                "Věznice Bělušice | hodnotí: nepomohlo",
                "Věznice Bělušice | rated: did not help",
            ),
            (
                by(&jana),
                Happened::Closed { outcome: Outcome::NoPlace, reason: Some("plno".into()) },
                Look::Warn,
                "Jana Vzorová | uzavírá kontakt s výsledkem: místo se nenašlo | plno",
                "Jana Vzorová | closed the contact: no place found | plno",
            ),
            (
                Author::Worker,
                Happened::Closed { outcome: Outcome::Abandoned, reason: None },
                Look::Warn,
                "Věznice Bělušice | nečeká na odpověď, kontakt je uzavřený",
                "Věznice Bělušice | did not wait for an answer, the contact is closed",
            ),
            (
                marie(),
                Happened::Reviewed { review: Review::Reviewed, note: None },
                Look::Review,
                "marie (koordinátor) | uzavírá kontrolu kontaktu",
                "marie (coordinator) | reviewed the contact",
            ),
            (
                Author::Worker,
                Happened::Reopened,
                Look::Warn,
                "Věznice Bělušice | píše znovu, kontakt je opět otevřený",
                "Věznice Bělušice | wrote again, the contact is open again",
            ),
            (
                marie(),
                Happened::Reviewed { review: Review::Queried, note: Some("Proč?".into()) },
                Look::Review,
                "marie (koordinátor) | se ptá operátora: „Proč?“",
                "marie (coordinator) | asked the operator: “Proč?”",
            ),
            (
                marie(),
                Happened::Corrected { field: "outcome".into(), old: String::new(), new: "placed".into() },
                Look::Review,
                "marie (koordinátor) | opravuje výsledek: zajištěno (původně nevyplněno)",
                "marie (coordinator) | corrected the outcome: placed (originally empty)",
            ),
        ];
        for (author, what, look, cs, en) in table {
            assert_eq!(told(author.clone(), what.clone(), Lang::Cs), (look, cs.to_owned()));
            assert_eq!(told(author, what, Lang::En), (look, en.to_owned()));
        }
    }
}
