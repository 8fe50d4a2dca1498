//! What one entry of the log says: its look, its words, its reasons and its letter.
//! One arm for each kind of entry, so that a new kind cannot be forgotten here.

use super::label;
use super::moment::{self, Moment};
use super::timeline::{Look, Teller};
use crate::domain::{Author, Bilingual, Delivery, Entry, Happened, LetterId, LineId, Medium, Need, Outcome, Review};
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
}

impl Told {
    fn new(look: Look, text: impl Into<String>) -> Self {
        Self { look, text: text.into(), why: Vec::new(), letter: None }
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
        Happened::Said { words, letter } => Told::new(Look::Line, words).by(*letter),
        Happened::Relayed { words, letter } => Told::new(speaker(&entry.author), words).by(*letter),
        Happened::Noted { words } => Told::new(Look::Note, words),
        Happened::Understood { need, flags } => {
            Told::new(Look::Fact, t("porozuměla zprávě", "understood the message")).because(understood(teller, need, flags))
        }
        Happened::LookedUp { services, found } => looked_up(teller, services.len(), *found),
        Happened::Routed { line, why } => {
            let text = format!("{} {}", t("předala kontakt lince", "passed the contact to"), teller.names.line(&LineId::new(line.as_str()), teller.lang));
            Told::new(Look::Fact, text).because(why.iter().map(|why| why.get(teller.lang).to_owned()))
        }
        Happened::Offered { operator, letter, by } => {
            let by = Medium::from_name(by).map_or(by.as_str(), |medium| label::medium(medium, teller.lang));
            Told::new(Look::Fact, format!("{} {} ({by})", t("nabídla kontakt:", "offered the contact to"), named(operator))).by(*letter)
        }
        Happened::NobodyToAsk { why } => reasoned(teller, Look::Bad, t("neměla koho požádat", "had nobody to ask"), why),
        Happened::Taken { operator } => by_operator(teller, entry, Look::Good, operator, t("přijímá kontakt", "took the contact")),
        Happened::TooLate { operator } => {
            by_operator(teller, entry, Look::Fact, operator, t("chtěl(a) kontakt přijmout, ale už ho má někdo jiný", "wanted to take it, but somebody else has it already"))
        }
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
        Happened::Reminded { late: true } => Told::new(Look::Bad, t("upozornila, že příslib nebyl dodržen", "warned that the promise was not kept")),
        Happened::Reminded { late: false } => Told::new(Look::Warn, t("připomněla blížící se termín příslibu", "reminded of the promise’s deadline")),
        Happened::Delivered { delivery, error, .. } => delivered(teller, *delivery, error.as_deref()),
        Happened::Call { what } => Told::new(Look::Fact, what.get(teller.lang)),
        Happened::Rated { value } => Told::new(rating_look(*value), rating(teller, *value)),
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

fn understood(teller: &Teller<'_>, need: &Need, flags: &[String]) -> Vec<String> {
    let lang = teller.lang;
    let line = |name: &str, value: String| if value.is_empty() { String::new() } else { format!("{name}: {value}") };
    let flags = flags.iter().map(|code| crate::domain::Flag::from_code(code).map_or(code.as_str(), |flag| flag.label(lang)));
    vec![
        line(teller.t("Místo návratu", "Place of return"), label::destination(need, lang)),
        line(teller.t("Potřeba", "Need"), label::topics(need, lang)),
        line(teller.t("Klient", "Client"), label::who(&need.who, lang).join(", ")),
        line(teller.t("Propuštění", "Release"), need.release.map(|day| label::release(day, moment::day_of(teller.now), lang)).unwrap_or_default()),
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
    Told::new(look, text).because(error.map(str::to_owned))
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
        Review::Reviewed => teller.t("kontakt zkontroloval(a)", "reviewed the contact"),
        Review::Queried => teller.t("se ptá operátora", "asked the operator"),
        Review::Corrected => teller.t("kontakt opravil(a)", "corrected the contact"),
    };
    match note.filter(|note| !note.is_empty()) {
        Some(note) => Told::new(Look::Review, format!("{text}: „{note}“")),
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
