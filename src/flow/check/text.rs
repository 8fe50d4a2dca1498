//! Texts: every language is there, variables exist, and the text fits its medium.

use super::option::missing;
use crate::domain::{Destination, Lang, Medium, Place, Region, Topic, fold_for_sms, sms_parts};
use crate::flow::problem::{Paper, Problem, did_you_mean};
use crate::flow::template::{self, Facts, VARIABLES};
use crate::flow::wording::Wording;
use crate::flow::{Choice, Flow, Hand, Known, LineFacts, Listing, Position, Step, say};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

/// Parts a short message may have.
const SMS_PARTS_MAX: usize = 3;
/// Characters read in twenty seconds.
const SPOKEN_CHARACTERS_MAX: usize = 20 * say::SPOKEN_PER_SECOND;
/// Names that texts use for something else.
const TAKEN: [&str; 11] = ["contact", "worker", "line", "promise", "need", "words", "search", "lang", "medium", "phrase", "key"];

/// Checks the texts of a flow.
pub(crate) fn check(flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, step) in &flow.steps {
        problems.extend(step_languages(name, step, flow, paper));
        for text in templates(step, &flow.shared.languages) {
            problems.extend(variables(text, template::variables(text.get_ref()), flow, paper));
        }
        for condition in step.conditions() {
            problems.extend(variables(condition, template::condition_variables(condition.get_ref()), flow, paper));
        }
        problems.extend(step.saves().into_iter().filter_map(|name| taken(name, paper)));
        for medium in &flow.on_channels {
            problems.extend(flow.shared.languages.iter().filter_map(|lang| fits(step, *medium, *lang, flow, paper)));
        }
    }
    problems
}

/// Reports languages a wording lacks.
pub(crate) fn languages(wording: &Wording, place: Range<usize>, languages: &[Lang], paper: Paper<'_>) -> Vec<Problem> {
    let present = Lang::ALL.into_iter().find_map(|lang| wording.spanned(lang)).map_or(place, Spanned::span);
    languages.iter().filter(|lang| wording.spanned(**lang).is_none()).map(|lang| missing(present.clone(), *lang, paper)).collect()
}

fn step_languages(name: &Spanned<String>, step: &Step, flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let texts = step.texts().map(crate::flow::wording::Texts::all).unwrap_or_default();
    let wordings = texts.into_iter().chain(step.wordings());
    let retries = step
        .own_retries()
        .into_iter()
        .flat_map(|wordings| super::declared::retries("noinput or nomatch", wordings, &flow.shared.languages, name.span(), paper));
    wordings.flat_map(|(_, wording)| languages(wording, name.span(), &flow.shared.languages, paper)).chain(retries).collect()
}

fn templates<'a>(step: &'a Step, languages: &'a [Lang]) -> Vec<&'a Spanned<String>> {
    let texts = step.texts().map(crate::flow::wording::Texts::all).unwrap_or_default();
    let wordings = texts.into_iter().chain(step.wordings()).map(|(_, wording)| wording);
    let patience: Vec<_> =
        step.own_retries().into_iter().flat_map(|wordings| languages.iter().filter_map(|lang| wordings.of(*lang))).flatten().collect();
    wordings
        .flat_map(|wording| languages.iter().filter_map(|lang| wording.spanned(*lang)))
        .chain(step.templates())
        .chain(patience)
        .collect()
}

fn variables(text: &Spanned<String>, used: Result<BTreeSet<String>, minijinja::Error>, flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let used = match used {
        Ok(used) => used,
        Err(error) => {
            let detail = error.detail().unwrap_or("it cannot be read").to_owned();
            return vec![paper.problem(
                text.span(),
                format!("the text is not a template: {detail}"),
                Some("variables stand in {{ … }}".to_owned()),
            )];
        }
    };
    let phrases: Vec<String> = flow.shared.phrases.keys().map(|name| format!("phrase.{}", name.get_ref())).collect();
    let names: BTreeSet<&str> = VARIABLES.into_iter().chain(flow.saved_names()).chain(phrases.iter().map(String::as_str)).collect();
    let unknown: Vec<&String> = used.iter().filter(|name| !names.contains(name.as_str())).collect();
    if unknown.is_empty() {
        return unusable(text, flow, paper).into_iter().collect();
    }
    let place = |name: &str| paper.text(&text.span()).find(name).map_or_else(|| text.span(), |at| text.span().start + at..text.span().end);
    unknown
        .into_iter()
        .map(|name| paper.problem(place(name), format!("there is no variable `{name}`"), did_you_mean(name, names.iter().copied())))
        .collect()
}

/// A filter that does not exist shows only when the text is filled in.
fn unusable(text: &Spanned<String>, flow: &Flow, paper: Paper<'_>) -> Option<Problem> {
    let error = sample(flow, Medium::Chat, Lang::Cs, true, |facts| template::try_render(text.get_ref(), facts)).err()?;
    let hint = Some("the filters are `digits` and `sentence`".to_owned());
    Some(paper.problem(text.span(), format!("the text cannot be filled in: {}", error.detail().unwrap_or("it fails")), hint))
}

fn taken(name: &Spanned<String>, paper: Paper<'_>) -> Option<Problem> {
    TAKEN.contains(&name.get_ref().as_str()).then(|| {
        paper.problem(name.span(), format!("`{}` is the name of a variable", name.get_ref()), Some("save it under another name".to_owned()))
    })
}

fn fits(step: &Step, medium: Medium, lang: Lang, flow: &Flow, paper: Paper<'_>) -> Option<Problem> {
    let text = step.texts()?.on(medium).spanned(lang)?;
    let whole = |open: bool| sample(flow, medium, lang, open, |facts| as_sent(step, &template::render(text.get_ref(), facts), facts));
    let (shown, other) = (whole(true), whole(false));
    let longest = if shown.chars().count() >= other.chars().count() { shown } else { other };
    match medium {
        Medium::Chat | Medium::Web => None,
        Medium::Sms => sms(text, &longest, paper),
        Medium::Voice => spoken(text, &longest, paper),
    }
}

fn sms(text: &Spanned<String>, sent: &str, paper: Paper<'_>) -> Option<Problem> {
    let parts = sms_parts(&fold_for_sms(sent));
    (parts > SMS_PARTS_MAX).then(|| {
        paper.problem(
            text.span(),
            format!("the SMS has {parts} parts, {SMS_PARTS_MAX} is the most"),
            Some("add a shorter sms.cs and sms.en".to_owned()),
        )
    })
}

fn spoken(text: &Spanned<String>, said: &str, paper: Paper<'_>) -> Option<Problem> {
    if has_address(said) {
        return Some(paper.problem(text.span(), "a web address is read aloud", Some("add voice.cs and voice.en without it".to_owned())));
    }
    let length = said.chars().count();
    (length > SPOKEN_CHARACTERS_MAX).then(|| {
        let message = format!("the spoken text has {length} characters, 20 seconds hold about {SPOKEN_CHARACTERS_MAX}");
        paper.problem(text.span(), message, Some("add a shorter voice.cs and voice.en".to_owned()))
    })
}

fn has_address(text: &str) -> bool {
    const ENDS: [&str; 6] = [".cz", ".eu", ".org", ".com", ".net", ".info"];
    let is_address = |word: &str| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        word.contains("://") || word.starts_with("www.") || ENDS.iter().any(|end| word.ends_with(end) || word.contains(&format!("{end}/")))
    };
    text.split_whitespace().any(is_address)
}

/// A step's text with what is read or written under it.
fn as_sent(step: &Step, text: &str, facts: Facts<'_>) -> String {
    let Position { lang, medium, .. } = *facts.position;
    let shared = &facts.flow.shared;
    let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned(), value: String::new() };
    let own = step.options().iter().map(|option| choice(option.key.get_ref(), option.label(lang).map_or("", |label| label.get_ref())));
    let list = step.list().and_then(|list| facts.flow.lists.get(list.get_ref()));
    let listed = list.into_iter().flat_map(|list| &list.area).map(|area| choice(area.key.get_ref(), area.label(lang).get_ref()));
    let options: Vec<Choice> = own.chain(listed).collect();
    let at_once = *step.voice_max().unwrap_or(&shared.defaults.menu.voice_max).get_ref();
    let more = (medium == Medium::Voice && options.len() > at_once).then_some("more");
    let shown = options.get(..at_once).filter(|_| more.is_some()).unwrap_or(&options);
    say::with_options(text, shown, shared, lang, medium, more)
}

/// Fills a text in with long but ordinary values.
fn sample<T>(flow: &Flow, medium: Medium, lang: Lang, open: bool, with: impl FnOnce(Facts<'_>) -> T) -> T {
    let mut position = Position::at_start(flow, medium, lang);
    position.need.destination = Some(Destination::Place(Place::region(Region::Kralovehradecky)));
    position.need.topics = vec![Topic::Housing];
    position.words = if open {
        String::new()
    } else {
        lang.pick("Bydlení pro muže od 1. 12., Hradec Králové.", "Housing for a man from 1 December.").to_owned()
    };
    let line = |_: Option<&Destination>, lang: Lang| LineFacts {
        name: lang.pick("Linka Královéhradecký kraj", "Hradec Králové line").to_owned(),
        open,
        next_open: lang.pick("ve středu 24. 12. v 9:00", "on Wednesday 24 December at 9:00").to_owned(),
        promise_due: lang.pick("ve středu 24. 12. ve 12:00", "on Wednesday 24 December at 12:00").to_owned(),
        closed_text: None,
    };
    let known = Known {
        line: &line,
        search: &|_, _, _, _| Listing::default(),
        describe: &|_, lang| lang.pick("Hradec Králové, Královéhradecký kraj", "Hradec Králové, Hradec Králové Region").to_owned(),
        postcode: &|_| None,
    };
    let hand = Hand { contact_number: "4821".to_owned(), worker: "Věznice Horní Lhota".to_owned(), sms_possible: true, reachable: true, promised: false, beside: "4820".to_owned(), locked_until: "zítra v 9:00".to_owned() };
    with(Facts { flow, position: &position, known: &known, hand: &hand })
}

#[cfg(test)]
mod tests {
    use super::has_address;

    #[test]
    fn addresses_are_told_from_sentences() {
        let table = [
            ("Podívejte se na www.linka.example", true),
            ("https://linka.example/a", true),
            ("linka.cz.", true),
            ("Dobrý den. Cz je kód.", false),
            ("od 1. 12. info dostanete", false),
        ];
        for (text, expected) in table {
            assert_eq!(has_address(text), expected, "{text}");
        }
    }
}
