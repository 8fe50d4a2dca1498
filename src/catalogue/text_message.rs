//! The answer as a short message: at most two parts after folding. The richest wording that
//! fits is taken, so a long name costs details and never the phone number.

use super::answer::{self, Answer, Asked, Detail};
use super::fallback::Fallback;
use super::freshness::day_of;
use super::wording::{availability, capital, later_briefly, phone, place_of, questions, unsaid};
use super::{Found, Hit, wish};
use crate::domain::{fold_for_sms, sms_parts};
use chrono::Datelike;

/// Most parts one answer may cost.
const PARTS_MAX: usize = 2;
/// Longest name or hours written out, in characters.
const WORDS_MAX: usize = 56;

/// Writes the answer.
pub(super) fn write(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> Answer {
    let head = asked.place.as_ref().map(|place| format!("{}: ", cut(place, WORDS_MAX))).unwrap_or_default();
    let mut drafts: Box<dyn Iterator<Item = Answer>> = match found.hits.len() {
        0 => Box::new(none(&head, found, fallbacks, asked)),
        _ => Box::new(some(&head, found, fallbacks, asked)),
    };
    let mut last = Answer { text: String::new(), told: 0 };
    let fits = |text: &str| sms_parts(&fold_for_sms(text)) <= PARTS_MAX;
    for draft in &mut drafts {
        last = draft;
        if fits(&last.text) {
            return last;
        }
    }
    Answer { text: shortened(&last.text), ..last }
}

/// Drafts from the richest to the poorest, each written only when it is needed.
fn some<'a>(head: &'a str, found: &'a Found, fallbacks: &'a [Fallback], asked: &'a Asked<'_>) -> impl Iterator<Item = Answer> + 'a {
    let steps = [
        (3, Detail::Full),
        (3, Detail::Brief),
        (2, Detail::Full),
        (2, Detail::Brief),
        (1, Detail::Full),
        (1, Detail::Brief),
        (1, Detail::Bare),
    ];
    let person = asked.lang.pick(" Člověk: OPERÁTOR.", " A person: OPERATOR.");
    let beside = fallbacks.last().map(|fallback| format!(" {}", fallback.text.get(asked.lang)));
    let wish = wish::beginning(found.wish, asked).filter(|_| found.skipped == 0);
    let wish = wish.map(|words| if head.is_empty() { capital(&words) } else { words }).unwrap_or_default();
    steps.into_iter().filter(|(count, _)| *count == 1 || *count <= found.hits.len()).flat_map(move |(count, detail)| {
        let items: Vec<String> = found.hits.iter().take(count).map(|hit| service(hit, asked, detail)).collect();
        let text = items.join(" ");
        let more = if found.more || found.hits.len() > count { asked.lang.pick(" Další: DALŠÍ.", " More: MORE.") } else { "" };
        let with_line = beside.as_ref().map(|line| format!("{head}{wish}{text}{more}{line}{person}"));
        let bare = (detail == Detail::Bare).then(|| format!("{head}{text}"));
        let texts = with_line.into_iter().chain([format!("{head}{wish}{text}{more}{person}")]).chain(bare);
        texts.map(move |text| Answer { text, told: count }).collect::<Vec<_>>()
    })
}

/// What can be done when there is no service, as much of it as fits.
fn none<'a>(head: &'a str, found: &'a Found, fallbacks: &'a [Fallback], asked: &'a Asked<'_>) -> impl Iterator<Item = Answer> + 'a {
    let opening = answer::opening(found, asked);
    let person = asked.lang.pick("Člověk: OPERÁTOR.", "A person: OPERATOR.");
    let lines: Vec<&str> = answer::beside(found, fallbacks, asked).iter().map(|fallback| fallback.text.get(asked.lang)).collect();
    let head = if opening.is_some() { head } else { "" };
    (0..=lines.len()).rev().map(move |count| {
        let parts = opening.as_deref().into_iter().chain(lines.iter().take(count).copied()).chain([person]);
        Answer { text: format!("{head}{}", parts.collect::<Vec<_>>().join(" ")), told: 0 }
    })
}

/// "Azylový dům Ukázka, Most, volno 2 místa, ověř. 20. 11., tel. 719123456, po–pá 8–16."
fn service(hit: &Hit, asked: &Asked<'_>, detail: Detail) -> String {
    let (lang, service) = (asked.lang, &hit.service);
    let town = place_of(&service.place, lang);
    let local = asked.place.as_ref().is_some_and(|place| place.starts_with(&town)) || service.name.ends_with(&town);
    let name = cut(&service.name, WORDS_MAX);
    let mut parts = vec![if local { name } else { format!("{name}, {}", cut(&town, WORDS_MAX)) }];
    parts.extend(availability(hit, asked.today, lang).map(|words| if detail == Detail::Full { words } else { brief(&words) }));
    if detail != Detail::Bare {
        parts.extend(later_briefly(hit, asked.today, lang));
        parts.extend(unsaid(service, asked.need, lang));
    }
    if detail == Detail::Full {
        parts.extend(questions(service, asked.need, lang).into_iter().map(str::to_owned));
    }
    parts.push(confirmed(hit, asked));
    parts.extend(service.phone.as_ref().map(|number| format!("{} {}", lang.pick("tel.", "ph."), cut(&phone(number).replace(' ', ""), 20))));
    if detail != Detail::Bare {
        parts.extend(service.hours.as_ref().map(|hours| cut(hours.get(lang), WORDS_MAX)).filter(|hours| !hours.is_empty()));
    }
    format!("{}.", parts.join(", ").trim_end_matches('.'))
}

/// "ověř. 20.11."; the year is written when it is not this one.
fn confirmed(hit: &Hit, asked: &Asked<'_>) -> String {
    let day = hit.service.heard_at().map(day_of);
    day.map_or_else(
        || asked.lang.pick("neověřeno", "unconfirmed").to_owned(),
        |day| {
            let year = if day.year() == asked.today.year() { String::new() } else { day.year().to_string() };
            format!("{} {}.{}.{year}", asked.lang.pick("ověř.", "conf."), day.day(), day.month())
        },
    )
}

/// Keeps the words before a bracket: whom the places are for is in the conditions.
fn brief(words: &str) -> String {
    words.split(" (").next().unwrap_or(words).to_owned()
}

fn cut(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters).collect();
    format!("{}…", kept.trim_end())
}

/// Drops characters from the end until the text fits; the last resort for texts from outside.
fn shortened(text: &str) -> String {
    let mut kept: Vec<char> = text.chars().collect();
    loop {
        let candidate: String = kept.iter().collect();
        if sms_parts(&fold_for_sms(&candidate)) <= PARTS_MAX {
            return candidate;
        }
        kept.truncate(kept.len().saturating_sub(8));
    }
}
