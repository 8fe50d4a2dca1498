//! The answer as a short message: at most two parts after folding. The richest wording that
//! fits is taken, so a long name costs details and never the phone number.

use super::answer::Asked;
use super::fallback::Fallback;
use super::freshness::day_of;
use super::wording::{availability, phone, place_of, questions};
use super::{Found, Hit};
use crate::domain::{Lang, fold_for_sms, sms_parts};
use chrono::Datelike;

/// Most parts one answer may cost.
const PARTS_MAX: usize = 2;
/// Longest name or hours written out, in characters.
const WORDS_MAX: usize = 56;

/// How much is said of each service.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Full,
    Brief,
    Bare,
}

/// Writes the answer.
pub(super) fn write(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> String {
    let head = asked.place.as_ref().map(|place| format!("{}: ", cut(place, WORDS_MAX))).unwrap_or_default();
    let drafts: Box<dyn Iterator<Item = String>> = match found.hits.len() {
        0 => Box::new(none(fallbacks, asked)),
        _ => Box::new(some(found, fallbacks, asked)),
    };
    let fits = |text: &String| sms_parts(&fold_for_sms(text)) <= PARTS_MAX;
    let mut texts = drafts.map(|draft| format!("{head}{draft}"));
    let mut last = String::new();
    for text in &mut texts {
        if fits(&text) {
            return text;
        }
        last = text;
    }
    shortened(&last)
}

/// Drafts from the richest to the poorest, each written only when it is needed.
fn some<'a>(found: &'a Found, fallbacks: &'a [Fallback], asked: &'a Asked<'_>) -> impl Iterator<Item = String> + 'a {
    let steps = [
        (3, Detail::Full),
        (3, Detail::Brief),
        (2, Detail::Full),
        (2, Detail::Brief),
        (1, Detail::Full),
        (1, Detail::Brief),
        (1, Detail::Bare),
    ];
    let more = asked.lang.pick(" Další: DALŠÍ.", " More: MORE.");
    let person = asked.lang.pick(" Člověk: OPERÁTOR.", " A person: OPERATOR.");
    let beside = fallbacks.last().map(|fallback| format!(" {}", fallback.text.get(asked.lang)));
    steps.into_iter().flat_map(move |(count, detail)| {
        let items: Vec<String> = found.hits.iter().take(count).map(|hit| service(hit, asked, detail)).collect();
        let text = items.join(" ");
        let tail = if found.more || found.hits.len() > count { more } else { "" };
        let with_line = beside.as_ref().map(|line| format!("{text}{tail}{line}{person}"));
        let bare = (detail == Detail::Bare).then(|| text.clone());
        with_line.into_iter().chain([format!("{text}{tail}{person}")]).chain(bare)
    })
}

fn none<'a>(fallbacks: &'a [Fallback], asked: &'a Asked<'_>) -> impl Iterator<Item = String> + 'a {
    let head = asked.lang.pick("nic vhodného teď nemáme.", "nothing suitable now.");
    let lines: Vec<&str> = fallbacks.iter().map(|fallback| fallback.text.get(asked.lang)).collect();
    let drafts = (1..=lines.len()).rev().map(move |count| lines.iter().take(count).copied().collect::<Vec<_>>().join(" "));
    drafts.map(move |lines| format!("{head} {lines}")).chain([head.to_owned()])
}

/// "Azylový dům Ukázka, Most: volno 2 místa, ov. 20. 11., tel. 719123456, po–pá 8–16."
fn service(hit: &Hit, asked: &Asked<'_>, detail: Detail) -> String {
    let (lang, service) = (asked.lang, &hit.service);
    let town = place_of(&service.place, lang);
    let local = asked.place.as_ref().is_some_and(|place| place.starts_with(&town)) || service.name.ends_with(&town);
    let name = cut(&service.name, WORDS_MAX);
    let mut parts = vec![if local { name } else { format!("{name}, {}", cut(&town, WORDS_MAX)) }];
    parts.extend(availability(hit, asked.today, lang).map(|words| if detail == Detail::Full { words } else { brief(&words) }));
    if detail == Detail::Full {
        parts.extend(questions(service, asked.need, lang).into_iter().map(str::to_owned));
    }
    parts.push(confirmed(hit, lang));
    parts.extend(service.phone.as_ref().map(|number| format!("{} {}", lang.pick("tel.", "ph."), cut(&phone(number).replace(' ', ""), 20))));
    if detail != Detail::Bare {
        parts.extend(service.hours.as_ref().map(|hours| cut(hours.get(lang), WORDS_MAX)));
    }
    parts.join(", ") + "."
}

fn confirmed(hit: &Hit, lang: Lang) -> String {
    let day = hit.service.heard_at().map(day_of);
    day.map_or_else(
        || lang.pick("neověřeno", "unconfirmed").to_owned(),
        |day| {
            let year = if hit.freshness.is_old() { day.year().to_string() } else { String::new() };
            format!("{} {}.{}.{year}", lang.pick("ověř.", "conf."), day.day(), day.month())
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
