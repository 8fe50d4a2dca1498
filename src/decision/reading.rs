//! Reading a message, and saying a need back in a few words.

use super::desk::Desk;
use crate::domain::{Contact, Heard, Lang, Need, Release, Sex, TEXT_CHARACTERS_MAX, Understood, Who};
use crate::handbook::{Handbook, Phrase};
use crate::routing::{Line, say_date};
use crate::understanding;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

/// Longest quotation of a worker's words in an offer, in characters.
const QUOTE_CHARACTERS_MAX: usize = 280;

/// A message as it was understood, and whether it had to be cut.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) understood: Understood,
    pub(super) cut: bool,
}

/// Understands a text at the time of the event, in the zone of the contact's line.
pub(super) fn read(desk: &Desk<'_>, line: Option<&Line>, text: &str) -> Read {
    let zone = line.map_or(Line::ZONE, |line| line.zone);
    match desk.read {
        Some(read) if zone == Line::ZONE && desk.event.heard().and_then(Heard::words) == Some(text) => read.clone(),
        _ => understood(desk.handbook, desk.now().with_timezone(&zone), text),
    }
}

/// Understands a text, cut to what one message may hold. A slash before a word says no more than the word.
pub(super) fn understood(handbook: &Handbook, at: DateTime<Tz>, text: &str) -> Read {
    let text = text.trim();
    let text = text.strip_prefix('/').filter(|word| word.starts_with(char::is_alphabetic)).unwrap_or(text);
    let end = text.char_indices().nth(TEXT_CHARACTERS_MAX).map(|(at, _)| at);
    let kept = end.and_then(|end| text.get(..end)).unwrap_or(text);
    Read { understood: understanding::understand(kept, at, &handbook.gazetteer, &handbook.lexicon), cut: end.is_some() }
}

/// Adds words to what the operator will read as the question.
pub(super) fn add_question(contact: &mut Contact, words: &str) {
    added(contact, words);
}

/// Adds words that come while people are asked: whoever takes the contact is told of them.
pub(super) fn add_later(contact: &mut Contact, words: &str, now: DateTime<Utc>) {
    if added(contact, words) {
        contact.added.push((now, words.trim().to_owned()));
    }
}

/// Adds words to the question; tells whether they were news.
fn added(contact: &mut Contact, words: &str) -> bool {
    let words = words.trim();
    match &mut contact.question {
        _ if words.is_empty() => false,
        Some(question) if question.contains(words) => false,
        Some(question) if question.len() + words.len() < TEXT_CHARACTERS_MAX => {
            question.push_str(" / ");
            question.push_str(words);
            true
        }
        Some(_) => false,
        None => {
            contact.question = Some(words.to_owned());
            true
        }
    }
}

/// Quotes the question for an offer: shortened at a word, in quotation marks.
pub(super) fn quoted(contact: &Contact, lang: Lang) -> String {
    let Some(question) = &contact.question else { return String::new() };
    let shown = shortened(question, QUOTE_CHARACTERS_MAX);
    match lang {
        Lang::Cs => format!("„{shown}“"),
        Lang::En => format!("“{shown}”"),
    }
}

pub(super) fn shortened(text: &str, characters_max: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(characters_max) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or(text);
    let whole_words = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{whole_words}…")
}

/// Says who asks, as operators may know it.
pub(super) fn from_whom(desk: &Desk<'_>, contact: &Contact, lang: Lang) -> String {
    contact.worker_name.clone().unwrap_or_else(|| desk.say(Phrase::Somebody, lang, &[]))
}

/// Says a need in a few words: `bydlení, Most, Ústecký kraj, muž, od 1. 12.`; empty when nothing is known.
#[must_use]
pub fn need_in_words(handbook: &Handbook, need: &Need, lang: Lang, now: DateTime<Utc>) -> String {
    let mut words: Vec<String> = topics(need, lang).collect();
    words.extend(need.destination.as_ref().map(|destination| handbook.describe(destination, lang)));
    words.extend(who_in_words(&need.who, lang).into_iter().map(str::to_owned));
    words.extend(need.release.map(|release| release_in_words(release, now.date_naive(), lang)));
    words.join(", ")
}

/// Says only what is needed and where, as short as whoever asked it needs: `bydlení, Most`.
pub(super) fn matter_in_words(handbook: &Handbook, need: &Need, lang: Lang) -> String {
    let place = need.destination.as_ref().map(|destination| handbook.describe(destination, lang));
    let place = place.map(|place| place.split_once(", ").map_or(place.clone(), |(place, _)| place.to_owned()));
    topics(need, lang).chain(place).collect::<Vec<_>>().join(", ")
}

fn topics(need: &Need, lang: Lang) -> impl Iterator<Item = String> {
    need.topics.iter().map(move |topic| topic.label(lang).to_lowercase())
}

fn who_in_words(who: &Who, lang: Lang) -> Vec<&'static str> {
    let sex = who.sex.map(|sex| match sex {
        Sex::Male => lang.pick("muž", "a man"),
        Sex::Female => lang.pick("žena", "a woman"),
    });
    let more = [
        (who.couple, lang.pick("pár", "a couple")),
        (who.children, lang.pick("s dětmi", "with children")),
        (who.pregnant, lang.pick("těhotná", "pregnant")),
        (who.pet, lang.pick("se zvířetem", "with a pet")),
        (who.disability, lang.pick("zdravotní postižení", "a disability")),
        (who.substitution, lang.pick("substituce", "substitution treatment")),
    ];
    sex.into_iter().chain(more.into_iter().filter_map(|(told, words)| (told == Some(true)).then_some(words))).collect()
}

fn release_in_words(release: Release, today: NaiveDate, lang: Lang) -> String {
    match release {
        Release::On(day) => format!("{} {}", lang.pick("od", "from"), short(day, today)),
        Release::Window(from, to) => format!("{} {}–{}", lang.pick("asi", "about"), short(from, today), short(to, today)),
    }
}

fn short(day: NaiveDate, today: NaiveDate) -> String {
    let said = say_date(day, today, Lang::Cs);
    said.split_once(' ').map_or_else(|| format!("{}. {}.", day.day(), day.month()), |(_, date)| date.to_owned())
}
