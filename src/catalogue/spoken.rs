//! The answer read aloud on the phone: at most 40 seconds, numbers digit by digit, no signs a
//! voice stumbles over. Conditions that do not concern this client are left to the message.

use super::answer::{self, Asked};
use super::fallback::Fallback;
use super::wording::{availability, limits, phone, place_of, questions};
use super::{Found, Hit};
use crate::domain::Lang;

/// Longest spoken answer, in characters: 40 seconds at about 15 characters a second.
const CHARACTERS_MAX: usize = 600;

/// Writes the answer.
pub(super) fn write(found: &Found, fallbacks: &[Fallback], asked: &Asked<'_>) -> String {
    let lang = asked.lang;
    let mut sentences: Vec<String> = asked.place.iter().map(|place| format!("{place}.")).collect();
    sentences.extend(answer::opening(found, asked).map(|words| words.replace(':', ".")));
    sentences.extend(found.hits.iter().map(|hit| service(hit, asked)));
    if found.more {
        sentences.push(lang.pick("Víme i o dalších službách.", "There are more services.").to_owned());
    }
    sentences.extend(fallbacks.iter().rev().take(1).map(|fallback| fallback.text.get(lang).to_owned()));
    if found.hits.is_empty() {
        sentences.extend(fallbacks.iter().rev().skip(1).map(|fallback| fallback.text.get(lang).to_owned()));
    }
    sentences.push(lang.pick("Operátor: nula.", "Operator: zero.").to_owned());
    together(sentences.into_iter().map(|sentence| readable(&sentence, lang)))
}

/// Takes sentences as long as they fit; the first one is cut when it alone is too long.
fn together(sentences: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for sentence in sentences {
        let length = text.chars().count() + 1 + sentence.chars().count();
        if text.is_empty() {
            text = sentence.chars().take(CHARACTERS_MAX).collect();
        } else if length <= CHARACTERS_MAX {
            text = format!("{text} {sentence}");
        }
    }
    text
}

fn service(hit: &Hit, asked: &Asked<'_>) -> String {
    let (lang, service) = (asked.lang, &hit.service);
    let town = place_of(&service.place, lang);
    let place = if service.name.ends_with(&town) { String::new() } else { format!(", {town}") };
    let mut sentences = vec![format!("{}{place}", service.name)];
    let known = [availability(hit, asked.today, lang), Some(hit.freshness.words(asked.today, lang))];
    sentences.push(known.into_iter().flatten().collect::<Vec<_>>().join(", "));
    let mut conditions = limits(service, lang);
    conditions.extend(questions(service, asked.need, lang).into_iter().map(str::to_owned));
    sentences.extend((!conditions.is_empty()).then(|| conditions.join(", ")));
    sentences.extend(service.phone.as_ref().map(|number| format!("{}: {}", lang.pick("Telefon", "Phone"), phone(number))));
    sentences.iter().map(|sentence| super::wording::capital(sentence.trim_end_matches('.')) + ".").collect::<Vec<_>>().join(" ")
}

/// Turns what is written for the eye into what can be read aloud.
fn readable(text: &str, lang: Lang) -> String {
    let to = lang.pick(" až ", " to ");
    let plain = text.replace("Tel. ", lang.pick("Telefon ", "Phone ")).replace('–', to).replace(['„', '“', '”'], "").replace("  ", " ");
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
