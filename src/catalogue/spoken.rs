//! The answer read aloud on the phone: at most 20 seconds, numbers digit by digit, no signs a
//! voice stumbles over. It names as many services as fit, mostly one; the others come with "more".
//! Conditions that do not concern this client are left to the message.

use super::answer::{self, Answer, Asked, Detail};
use super::fallback::{Fallback, FallbackKind};
use super::wording::{availability, capital, later, phone, place_of, questions, unsaid};
use super::{CapacityState, Found, Hit};
use crate::domain::Lang;

/// Longest spoken answer, in characters: 20 seconds at about 15 characters a second.
const CHARACTERS_MAX: usize = 300;
/// Longest name read out, in characters.
const NAME_MAX: usize = 60;

/// Writes the answer.
pub(super) fn write(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> Answer {
    if found.hits.is_empty() {
        return Answer { text: nothing(found, fallbacks, asked), told: 0 };
    }
    let head: Vec<String> = asked.place.iter().map(|place| cut(place) + ".").chain(answer::opening(&first(found), asked)).map(|words| spoken(&words, asked.lang)).collect();
    let short_head: Vec<String> = asked.place.iter().map(|place| cut(place) + ".").collect();
    let drafts = [(&head, Detail::Full), (&head, Detail::Brief), (&short_head, Detail::Full), (&short_head, Detail::Brief), (&Vec::new(), Detail::Bare)];
    let mut drafts = drafts.into_iter().map(|(head, detail)| several(head, found, detail, asked));
    drafts.find(|answer| answer.told > 0).unwrap_or_else(|| {
        let text = found.hits.first().map(|hit| service(hit, asked, Detail::Bare)).unwrap_or_default();
        Answer { text: text.chars().take(CHARACTERS_MAX).collect(), told: 1 }
    })
}

/// The best service alone: the one that is surely named, so the opening speaks of it.
fn first(found: &Found) -> Found {
    let hits: Vec<Hit> = found.hits.iter().take(1).cloned().collect();
    let scope = hits.first().map_or(found.scope, |hit| hit.scope);
    Found { hits, scope, ..found.clone() }
}

/// Says as many services as fit behind the head; none when not even the first does.
fn several(head: &[String], found: &Found, detail: Detail, asked: &Asked<'_>) -> Answer {
    let mut told = 0;
    let mut text = String::new();
    for count in 1..=found.hits.len() {
        let services = found.hits.iter().take(count).map(|hit| service(hit, asked, detail));
        let more = (found.more || count < found.hits.len()).then(|| asked.lang.pick("Víme i o dalších.", "There are more.").to_owned());
        let whole = head.iter().cloned().chain(services).chain(more).collect::<Vec<_>>().join(" ");
        if whole.chars().count() > CHARACTERS_MAX {
            break;
        }
        (text, told) = (whole, count);
    }
    Answer { text, told }
}

/// Says what can be done when there is no service, as long as it fits. Whether the line is open says
/// whoever hands the caller over.
fn nothing(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> String {
    let place = asked.place.iter().map(|place| cut(place) + ".");
    let beside = answer::beside(found, fallbacks, asked);
    let ways = beside.iter().filter(|fallback| fallback.kind != FallbackKind::Line || beside.len() == 1);
    let sentences = place.chain(answer::opening(found, asked)).chain(ways.map(|fallback| fallback.text.get(asked.lang).to_owned()));
    let mut text = String::new();
    for sentence in sentences.map(|sentence| spoken(&sentence, asked.lang)) {
        if text.is_empty() {
            text = sentence.chars().take(CHARACTERS_MAX).collect();
        } else if text.chars().count() + 1 + sentence.chars().count() <= CHARACTERS_MAX {
            text = format!("{text} {sentence}");
        }
    }
    text
}

/// What the page asks to be written is said on the phone.
fn spoken(sentence: &str, lang: Lang) -> String {
    let said = sentence.strip_prefix(lang.pick("Napište prosím", "Please write"));
    readable(&said.map_or_else(|| sentence.to_owned(), |rest| format!("{}{rest}", lang.pick("Řekněte nám prosím", "Please tell us"))), lang)
}

/// "Azylový dům Ukázka, Most. Volno 2 místa, ověřeno včera. Telefon: 7 1 9, 1 2 3, 4 5 6."
fn service(hit: &Hit, asked: &Asked<'_>, detail: Detail) -> String {
    let (lang, service) = (asked.lang, &hit.service);
    let town = place_of(&service.place, lang);
    let local = service.name.ends_with(&town) || asked.place.as_ref().is_some_and(|place| place.starts_with(&town));
    let mut sentences = vec![if local { cut(&service.name) } else { format!("{}, {}", cut(&service.name), cut(&town)) }];
    let beds_unknown = hit.capacity == CapacityState::Unknown && service.kind.is_lodging();
    let fresh = Some(hit.freshness.words(asked.today, lang)).filter(|_| detail != Detail::Bare && !(beds_unknown && detail == Detail::Brief));
    let places = availability(hit, asked.today, lang).map(|words| words.split(" (").next().unwrap_or_default().to_owned());
    let places = places.filter(|_| detail != Detail::Bare);
    match (places, fresh) {
        (Some(places), Some(fresh)) if !beds_unknown => sentences.push(format!("{places}, {fresh}")),
        (places, fresh) => sentences.extend(places.into_iter().chain(fresh)),
    }
    sentences.extend(later(hit, asked.today, lang).filter(|_| detail != Detail::Bare));
    let mut conditions = unsaid(service, asked.need, lang);
    if detail == Detail::Full {
        conditions.extend(questions(service, asked.need, lang).into_iter().map(str::to_owned));
    }
    sentences.extend(Some(conditions.join(", ")).filter(|words| !words.is_empty()));
    sentences.extend(service.phone.as_ref().map(|number| format!("{}: {}", lang.pick("Telefon", "Phone"), phone(number))));
    let written = sentences.iter().map(|sentence| capital(sentence.trim_end_matches('.')) + ".").collect::<Vec<_>>().join(" ");
    readable(&written, lang)
}

fn cut(text: &str) -> String {
    if text.chars().count() <= NAME_MAX { text.to_owned() } else { text.chars().take(NAME_MAX).collect() }
}

/// Turns what is written for the eye into what can be read aloud.
fn readable(text: &str, lang: Lang) -> String {
    let to = lang.pick(" až ", " to ");
    let plain = text.replace(" – ", ", ").replace("Tel. ", lang.pick("Telefon ", "Phone ")).replace('–', to).replace(['„', '“', '”'], "").replace("  ", " ");
    digit_by_digit(&plain)
}

/// Spells runs of nine and more digits: "719 123 456" becomes "7 1 9, 1 2 3, 4 5 6".
fn digit_by_digit(text: &str) -> String {
    let mut spelled = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || (c == ' ' && !run.is_empty()) {
            run.push(c);
            continue;
        }
        spelled.push_str(&spell(&run));
        run.clear();
        spelled.push(c);
    }
    spelled.pop();
    spelled
}

fn spell(run: &str) -> String {
    let digits: Vec<char> = run.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 9 {
        return run.to_owned();
    }
    let threes = digits.chunks(3).map(|three| three.iter().map(char::to_string).collect::<Vec<_>>().join(" "));
    let blank = if run.ends_with(' ') { " " } else { "" };
    threes.collect::<Vec<_>>().join(", ") + blank
}

#[cfg(test)]
mod tests {
    use super::digit_by_digit;

    #[test]
    fn phone_numbers_are_spelled_and_others_are_not() {
        let table = [
            ("Telefon 719 123 456.", "Telefon 7 1 9, 1 2 3, 4 5 6."),
            ("Telefon 719123456 denně", "Telefon 7 1 9, 1 2 3, 4 5 6 denně"),
            ("volno 2 místa od 1. 12.", "volno 2 místa od 1. 12."),
        ];
        for (written, spoken) in table {
            assert_eq!(digit_by_digit(written), spoken);
        }
    }
}
