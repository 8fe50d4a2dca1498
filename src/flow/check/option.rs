//! Options: keys, labels, words the networks keep, and how many are read at once.

use crate::domain::{Keyword, Lang, Medium, Topic};
use crate::flow::problem::{Paper, Problem, did_you_mean};
use crate::flow::step::{MenuOption, TOPIC};
use crate::flow::{Flow, Shared, Step};
use std::collections::BTreeSet;
use toml::Spanned;

/// Longest label of a button, in characters: phones cut longer ones.
pub(crate) const LABEL_CHARACTERS_MAX: usize = 40;
/// Options a listener remembers.
pub(crate) const VOICE_LINES_MAX: usize = 5;
/// Checks the options of a flow.
pub(crate) fn check(flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, step) in &flow.steps {
        let options = step.options();
        problems.extend(keys(options.iter().map(|option| &option.key), &flow.shared, paper));
        problems.extend(beside(step, flow, paper));
        problems.extend(repeated("value", options.iter().map(|option| &option.value), paper));
        for option in options {
            problems.extend(self::option(option, step, flow, paper));
        }
        if flow.runs_on(Medium::Voice) {
            problems.extend(paging(name, step, flow, paper));
        }
    }
    problems
}

fn option(option: &MenuOption, step: &Step, flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let labels = [&option.cs, &option.en].into_iter().flatten();
    for text in labels.clone().chain(&option.also.cs).chain(&option.also.en).chain([&option.value]) {
        problems.extend(opt_out(text, paper));
    }
    problems.extend(labels.filter_map(|text| too_long(text, paper)));
    for lang in &flow.shared.languages {
        if option.label(*lang).is_none() {
            problems.push(missing(option.key.span(), *lang, paper));
        }
    }
    if step.saves().iter().any(|name| name.get_ref() == TOPIC) {
        problems.extend(topics(&option.value, paper));
    }
    let leads = option.goto.is_some() || step.ways(&flow.shared).iter().any(|(label, _, _)| label.is_empty());
    if !leads {
        problems.push(paper.problem(option.key.span(), "this choice leads nowhere", Some("give it or the menu a goto".to_owned())));
    }
    problems
}

/// A wording lacks a language.
pub(crate) fn missing(span: std::ops::Range<usize>, lang: Lang, paper: Paper<'_>) -> Problem {
    paper.problem(span, format!("the wording in `{}` is missing", lang.code()), Some(format!("add {} = \"…\"", lang.code())))
}

/// Each key once, and none that means something everywhere.
pub(crate) fn keys<'a>(keys: impl Iterator<Item = &'a Spanned<String>> + Clone, shared: &Shared, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = repeated("key", keys.clone(), paper);
    for key in keys {
        let text = key.get_ref().as_str();
        if shared.key(text).is_some() {
            problems.push(paper.problem(
                key.span(),
                format!("the key `{text}` is reserved: it means the same everywhere"),
                Some("use 1 to 7".to_owned()),
            ));
        } else if text.len() != 1 || !text.bytes().all(|byte| (b'1'..=b'9').contains(&byte)) {
            problems.push(paper.problem(key.span(), format!("`{text}` is not a key"), Some("use 1 to 7".to_owned())));
        }
    }
    problems
}

/// A key beside the areas of a list must be free.
fn beside(step: &Step, flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let own = step.keys();
    let list = step.list().and_then(|list| flow.lists.get(list.get_ref()));
    let taken = |key: &str| list.is_some_and(|list| list.area.iter().any(|area| area.key.get_ref() == key));
    let mut problems = keys(own.iter().copied(), &flow.shared, paper);
    for key in own.into_iter().filter(|key| taken(key.get_ref())) {
        let message = format!("the key `{}` is one of the list's already", key.get_ref());
        problems.push(paper.problem(key.span(), message, Some("use a free one".to_owned())));
    }
    problems
}

fn repeated<'a>(what: &str, values: impl Iterator<Item = &'a Spanned<String>>, paper: Paper<'_>) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let twice = values.filter(|value| !seen.insert(value.get_ref().as_str()));
    let problem = |value: &Spanned<String>| {
        let message = format!("the {what} `{}` is used twice in one menu", value.get_ref());
        paper.problem(value.span(), message, Some(format!("give one of them another {what}")))
    };
    twice.map(problem).collect()
}

/// A word the networks keep must not be an answer.
pub(crate) fn opt_out(text: &Spanned<String>, paper: Paper<'_>) -> Option<Problem> {
    Keyword::is_kept(text.get_ref()).then(|| {
        let message = format!("`{}` is a word SMS networks keep for opting out or help", text.get_ref());
        paper.problem(text.span(), message, Some("use another word".to_owned()))
    })
}

/// A label must fit on a button.
pub(crate) fn too_long(text: &Spanned<String>, paper: Paper<'_>) -> Option<Problem> {
    let length = text.get_ref().chars().count();
    (length > LABEL_CHARACTERS_MAX).then(|| {
        let message = format!("the label has {length} characters, a button holds {LABEL_CHARACTERS_MAX}");
        paper.problem(text.span(), message, Some("shorten it".to_owned()))
    })
}

fn topics(value: &Spanned<String>, paper: Paper<'_>) -> Vec<Problem> {
    let unknown = value.get_ref().split_whitespace().filter(|code| Topic::from_code(code).is_none());
    unknown
        .map(|code| paper.problem(value.span(), format!("there is no topic `{code}`"), did_you_mean(code, Topic::ALL.map(Topic::code))))
        .collect()
}

fn paging(name: &Spanned<String>, step: &Step, flow: &Flow, paper: Paper<'_>) -> Option<Problem> {
    let count = step.options().len();
    let own = step.voice_max();
    let at_once = *own.unwrap_or(&flow.shared.defaults.menu.voice_max).get_ref();
    (count > VOICE_LINES_MAX && at_once > VOICE_LINES_MAX).then(|| {
        let message = format!("`{}` reads {} options at once, a listener remembers {VOICE_LINES_MAX}", name.get_ref(), count.min(at_once));
        paper.problem(
            own.map_or_else(|| name.span(), Spanned::span),
            message,
            Some(format!("voice_max = {VOICE_LINES_MAX} puts the rest behind key 8")),
        )
    })
}
