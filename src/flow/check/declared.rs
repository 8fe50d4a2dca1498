//! What stands around the steps: the header, `_common.toml`, the lists.

use super::option::{VOICE_LINES_MAX, keys, opt_out, too_long};
use super::text;
use crate::domain::{Lang, Medium, Region, fold_word};
use crate::flow::problem::{Paper, Problem, did_you_mean};
use crate::flow::shared::PHRASES;
use crate::flow::wording::Wordings;
use crate::flow::{Flow, List, Shared};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// Checks a flow's header.
pub(crate) fn header(flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = text::languages(&flow.title, flow.start.span(), &flow.shared.languages, paper);
    let needed = [("person", "key 0", &flow.ways.person), ("back", "key #", &flow.ways.back), ("asks", "a new question", &flow.ways.asks)];
    for (key, what, _) in needed.into_iter().filter(|(_, _, way)| way.is_none()) {
        problems.push(paper.problem(
            flow.start.span(),
            format!("`{key}` is missing: {what} leads nowhere"),
            Some(format!("write {key} = \"…\" into the header")),
        ));
    }
    for (medium, time) in &flow.expire {
        problems.extend(expire(medium, time, paper));
    }
    for list in flow.steps.values().filter_map(|step| step.list()).filter(|list| !flow.lists.contains_key(list.get_ref())) {
        let hint = did_you_mean(list.get_ref(), flow.lists.keys().map(String::as_str));
        problems.push(paper.problem(list.span(), format!("there is no list `{}`", list.get_ref()), hint));
    }
    problems
}

fn expire(medium: &str, time: &Spanned<String>, paper: Paper<'_>) -> Option<Problem> {
    if Medium::from_name(medium).is_none() {
        let hint = did_you_mean(medium, Medium::ALL.map(Medium::name));
        return Some(paper.problem(time.span(), format!("there is no channel `{medium}`"), hint));
    }
    let mut number = time.get_ref().chars();
    let unit = number.next_back();
    let is_time = matches!(unit, Some('m' | 'h' | 'd')) && number.as_str().parse::<u16>().is_ok_and(|number| number > 0);
    (!is_time).then(|| {
        paper.problem(
            time.span(),
            format!("`{}` is not a time", time.get_ref()),
            Some("write minutes, hours or days: 10m, 2h, 7d".to_owned()),
        )
    })
}

/// Checks `_common.toml`.
pub(crate) fn shared(shared: &Shared, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = PHRASES.iter().filter_map(|name| phrase(name, shared, paper)).collect();
    for (name, wording) in &shared.phrases {
        problems.extend(text::languages(wording, name.span(), &shared.languages, paper));
    }
    problems.extend(shared.read_in.keys().filter(|name| !shared.phrases.contains_key(name.get_ref().as_str())).map(|name| {
        let known = shared.phrases.keys().map(|name| name.get_ref().as_str());
        paper.problem(name.span(), format!("there is no phrase `{}`", name.get_ref()), did_you_mean(name.get_ref(), known))
    }));
    let patience = &shared.defaults.menu;
    for (name, wordings) in [("noinput", &patience.noinput), ("nomatch", &patience.nomatch)] {
        problems.extend(retries(name, wordings, &shared.languages, patience.voice_max.span(), paper));
    }
    if *patience.voice_max.get_ref() > VOICE_LINES_MAX {
        let message = format!("voice_max is {}, a listener remembers {VOICE_LINES_MAX}", patience.voice_max.get_ref());
        problems.push(paper.problem(patience.voice_max.span(), message, Some(format!("voice_max = {VOICE_LINES_MAX}"))));
    }
    problems.extend(words(shared, paper));
    problems
}

fn phrase(name: &str, shared: &Shared, paper: Paper<'_>) -> Option<Problem> {
    if shared.phrases.contains_key(name) {
        return None;
    }
    let others = shared.phrases.keys().map(|name| name.get_ref().as_str()).filter(|name| !PHRASES.contains(name));
    // The usual wording stands in for a phrase that is left out; one that is misspelt was meant.
    let hint = did_you_mean(name, others)?;
    Some(paper.problem(shared.format.span(), format!("the phrase `{name}` is missing"), Some(hint)))
}

/// Checks the prompts said at misses.
pub(crate) fn retries(
    name: &str,
    wordings: &Wordings,
    languages: &[Lang],
    place: std::ops::Range<usize>,
    paper: Paper<'_>,
) -> Vec<Problem> {
    let empty = languages.iter().filter(|lang| wordings.of(**lang).is_none_or(<[_]>::is_empty));
    empty
        .map(|lang| {
            paper.problem(
                place.clone(),
                format!("the wording of `{name}` in `{}` is missing", lang.code()),
                Some(format!("add {name}.{} = [\"…\"]", lang.code())),
            )
        })
        .collect()
}

fn words(shared: &Shared, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (mut seen_keys, mut seen_words) = (BTreeSet::new(), BTreeMap::new());
    for word in &shared.words {
        if !seen_keys.insert(word.key.get_ref()) {
            problems.push(paper.problem(word.key.span(), format!("the key `{}` is used twice", word.key.get_ref()), Some("give one of them another key".to_owned())));
        }
        for text in word.cs.iter().chain(&word.en) {
            problems.extend(opt_out(text, paper));
            let key = word.key.get_ref();
            if seen_words.insert(fold_word(text.get_ref()), key).is_some_and(|other| other != key) {
                problems.push(paper.problem(text.span(), format!("the word `{}` means two things", text.get_ref()), Some("leave it at one of them".to_owned())));
            }
        }
    }
    problems
}

/// Checks a list; its keys may not be those of every state.
pub(crate) fn list(list: &List, shared: &Shared, paper: Paper<'_>) -> Vec<Problem> {
    let mut problems = keys(list.area.iter().map(|area| &area.key), shared, paper);
    let labels = list.area.iter().flat_map(|area| [&area.cs, &area.en]).chain(list.items().flat_map(|item| [&item.cs, &item.en]));
    for label in labels {
        problems.extend(opt_out(label, paper));
        problems.extend(too_long(label, paper));
    }
    let mut seen = BTreeSet::new();
    for item in list.items() {
        let code = item.value.get_ref();
        if Region::from_code(code).is_none() {
            problems.push(paper.problem(
                item.value.span(),
                format!("there is no region `{code}`"),
                did_you_mean(code, Region::ALL.map(Region::code)),
            ));
        } else if !seen.insert(code) {
            problems.push(paper.problem(item.value.span(), format!("the region `{code}` is listed twice"), Some("delete one of the two".to_owned())));
        }
    }
    for area in &list.area {
        problems.extend(keys(area.items.iter().map(|item| &item.key), shared, paper));
    }
    let levels = list
        .area
        .iter()
        .map(|area| (area.key.span(), area.items.len()))
        .chain(list.area.first().map(|area| (area.key.span(), list.area.len())));
    problems.extend(levels.filter(|(_, count)| *count > VOICE_LINES_MAX).map(|(span, count)| {
        paper.problem(
            span,
            format!("{count} options are read at once, a listener remembers {VOICE_LINES_MAX}"),
            Some("divide them into more areas".to_owned()),
        )
    }));
    problems
}
