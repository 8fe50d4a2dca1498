//! Ways between steps: none may dangle, every step is reached, everybody reaches an
//! end, and no loop runs without waiting.

use crate::flow::problem::{Paper, Problem, did_you_mean};
use crate::flow::{Flow, Link, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Checks the ways of a flow.
pub(crate) fn check(flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let links = flow.links();
    let mut problems = dangling(flow, &links, paper);
    problems.extend(endless_retries(flow, paper));
    if !problems.is_empty() {
        // A dangling way makes steps unreachable; one mistake is reported once.
        return problems;
    }
    problems.extend(unreachable(flow, &links, paper));
    problems.extend(without_end(flow, &links, paper));
    problems.extend(loops(&links, paper));
    problems
}

fn dangling(flow: &Flow, links: &[Link], paper: Paper<'_>) -> Vec<Problem> {
    let names = || flow.steps.keys().map(|name| name.get_ref().as_str());
    let roots = flow.roots().into_iter().cloned();
    let targets = roots.chain(links.iter().map(|link| link.to.clone()));
    let gone = targets.filter(|target| flow.step(target.get_ref()).is_none());
    let mut reported = BTreeSet::new();
    gone.filter(|target| reported.insert((target.span().start, target.get_ref().clone())))
        .map(|target| {
            let name = target.get_ref();
            let hint = did_you_mean(name, names());
            match own_place(flow, &target.span(), name) {
                Some(span) => paper.problem(span, format!("there is no step `{name}`"), hint),
                None => paper.problem(
                    flow.start.span(),
                    format!("there is no step `{name}`, where _common.toml sends people after too many misses"),
                    hint,
                ),
            }
        })
        .collect()
}

/// The place in this file, `None` when the way was declared in `_common.toml`.
fn own_place(flow: &Flow, span: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let default = flow.shared.defaults.menu.fail.as_ref();
    let is_default = default.is_some_and(|fail| fail.get_ref() == name && fail.span() == *span);
    (!is_default).then(|| span.clone())
}

fn endless_retries(flow: &Flow, paper: Paper<'_>) -> Vec<Problem> {
    let stuck = flow.steps.iter().filter(|(_, step)| step.patience(&flow.shared).is_some_and(|patience| patience.fail.is_none()));
    stuck
        .map(|(name, _)| {
            let message = format!("`fail` is missing in `{}`: after too many misses there is no way on", name.get_ref());
            paper.problem(name.span(), message, Some("write fail = \"…\" here or in [defaults.menu] of _common.toml".to_owned()))
        })
        .collect()
}

fn unreachable(flow: &Flow, links: &[Link], paper: Paper<'_>) -> Vec<Problem> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = flow.roots().into_iter().map(|root| root.get_ref().as_str()).collect();
    while let Some(name) = waiting.pop() {
        if reached.insert(name) {
            waiting.extend(links.iter().filter(|link| link.from == name).map(|link| link.to.get_ref().as_str()));
        }
    }
    let missed = flow.steps.keys().filter(|name| !reached.contains(name.get_ref().as_str()));
    missed
        .map(|name| {
            paper.problem(
                name.span(),
                format!("the step `{}` is never reached", name.get_ref()),
                Some("lead a goto to it or delete it".to_owned()),
            )
        })
        .collect()
}

fn without_end(flow: &Flow, links: &[Link], paper: Paper<'_>) -> Vec<Problem> {
    let mut ending: BTreeSet<&str> =
        flow.steps.iter().filter(|(_, step)| matches!(step, Step::End(_))).map(|(name, _)| name.get_ref().as_str()).collect();
    loop {
        let before = ending.len();
        ending.extend(
            links.iter().filter(|link| ending.contains(link.to.get_ref().as_str())).map(|link| link.from.as_str()).collect::<Vec<_>>(),
        );
        if ending.len() == before {
            break;
        }
    }
    let trapped = flow.steps.keys().filter(|name| !ending.contains(name.get_ref().as_str()));
    trapped
        .map(|name| {
            paper.problem(
                name.span(),
                format!("whoever comes to `{}` can never reach an end", name.get_ref()),
                Some("lead a way from here to an [end.…] step".to_owned()),
            )
        })
        .collect()
}

/// Follows the ways nobody is waited for on; coming back to a step of the same path is a loop.
fn loops(links: &[Link], paper: Paper<'_>) -> Vec<Problem> {
    let mut silent: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in links.iter().filter(|link| link.silent) {
        silent.entry(&link.from).or_default().push(link);
    }
    let mut done = BTreeSet::new();
    let mut problems = Vec::new();
    for start in silent.keys() {
        walk(start, &silent, &mut Vec::new(), &mut done, &mut |link| {
            let message = format!("the way from `{}` to `{}` closes a loop that never waits", link.from, link.to.get_ref());
            problems.push(paper.problem(link.to.span(), message, Some("put a question into the loop or leave it".to_owned())));
        });
    }
    problems
}

fn walk<'a>(
    name: &'a str,
    silent: &BTreeMap<&'a str, Vec<&'a Link>>,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
    found: &mut impl FnMut(&Link),
) {
    if !done.insert(name) {
        return;
    }
    path.push(name);
    for link in silent.get(name).into_iter().flatten() {
        let target = link.to.get_ref().as_str();
        if path.contains(&target) {
            found(link);
        } else {
            walk(target, silent, path, done, found);
        }
    }
    path.pop();
}
