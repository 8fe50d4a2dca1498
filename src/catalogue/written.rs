//! The answer for a chat and for the web page: up to three services,
//! and where to turn when none of them works out.

use super::answer::{self, Asked};
use super::fallback::Fallback;
use super::wording::{arranging, capital, known, limits, phone, place_of, price, questions, refuses};
use super::{Found, Hit, Scope};
use crate::domain::Lang;

/// Writes the whole answer.
pub(super) fn write(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> String {
    let lang = asked.lang;
    let mut parts: Vec<String> = answer::opening(found, asked).into_iter().collect();
    let numbered = found.hits.len() > 1 || found.skipped > 0;
    for (index, hit) in found.hits.iter().enumerate() {
        let number = if numbered { format!("{}. ", found.skipped + index + 1) } else { String::new() };
        parts.push(format!("{number}{}", service(hit, asked)));
    }
    if found.more {
        parts.push(lang.pick("Víme i o dalších, stačí napsat „další“.", "There are more: write “more”.").to_owned());
    }
    parts.extend(fallback(found, fallbacks, asked));
    parts.join("\n\n")
}

/// One service in at most three lines: free places, conditions, contact.
fn service(hit: &Hit, asked: &Asked<'_>) -> String {
    let (lang, service) = (asked.lang, &hit.service);
    let place = if named_after(&service.name, &place_of(&service.place, lang)) {
        String::new()
    } else {
        format!(", {}", place_of(&service.place, lang))
    };
    let away = match (hit.scope, hit.distance_km) {
        (Scope::Orp, _) | (_, None) => String::new(),
        (_, Some(km)) => format!(" ({km:.0} km)"),
    };
    let first = format!("{}{place}{away}: {}.", service.name, known(hit, asked.today, lang).trim_end_matches('.'));
    let lines = [Some(first), conditions(hit, asked), contact(hit, lang)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn named_after(name: &str, place: &str) -> bool {
    name.ends_with(place)
}

fn conditions(hit: &Hit, asked: &Asked<'_>) -> Option<String> {
    let (lang, service) = (asked.lang, &hit.service);
    let refused = refuses(service, lang);
    let refused = (!refused.is_empty()).then(|| format!("{} {}", lang.pick("nepřijímá", "does not take"), refused.join(", ")));
    let join = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(", "));
    let questions = join(questions(service, asked.need, lang).into_iter().map(str::to_owned).collect());
    let note = Some(service.note.get(lang).trim_end_matches('.').to_owned()).filter(|note| !note.is_empty());
    let sentences = [
        join(limits(service, asked.need, lang)),
        refused,
        questions,
        join(price(&service.conditions, lang)),
        join(arranging(&service.conditions, lang)),
        note,
    ];
    let text = sentences.into_iter().flatten().map(|sentence| capital(&sentence) + ".").collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn contact(hit: &Hit, lang: Lang) -> Option<String> {
    let service = &hit.service;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(service.phone.as_ref().map(|number| format!("{} {}", lang.pick("Tel.", "Phone"), phone(number))));
    parts.extend(service.email.iter().filter(|_| service.phone.is_none()).cloned());
    parts.extend(service.hours.as_ref().map(|hours| hours.get(lang).to_owned()).filter(|hours| !hours.is_empty()));
    if service.secret {
        parts.push(lang.pick("adresa je utajená", "the address is secret").to_owned());
    } else {
        parts.extend(service.address.clone());
    }
    (!parts.is_empty()).then(|| parts.join(", ") + ".")
}

/// Where to turn when nothing works out. While the place is not known or abroad there is nothing
/// to fall back from: what to do is the answer itself.
fn fallback(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> Option<String> {
    let lines: Vec<&str> = answer::beside(found, fallbacks, asked).iter().map(|fallback| fallback.text.get(asked.lang)).collect();
    let person = asked.lang.pick("Člověka z linky přivoláte slovem „operátor“.", "To reach a person, write “operator”.");
    if lines.is_empty() {
        return None;
    }
    if !answer::at_home(asked.need) {
        return Some(lines.iter().chain([&person]).copied().collect::<Vec<_>>().join("\n"));
    }
    let head = if found.hits.is_empty() {
        asked.lang.pick("Co jde udělat hned:", "What can be done at once:")
    } else {
        asked.lang.pick("Kdyby to nevyšlo:", "If that does not work out:")
    };
    let list = lines.iter().chain([&person]).map(|line| format!("– {line}")).collect::<Vec<_>>().join("\n");
    Some(format!("{head}\n{list}"))
}
