//! Finds every mistake a coordinator can make in a flow before anybody meets it.
//! Called by [`FlowSet::read`](super::FlowSet::read) and by `linka flow check`.

mod declared;
mod link;
mod option;
mod text;

#[cfg(test)]
mod tests;

use super::Flow;
use super::problem::{Paper, Problem};

pub(crate) use declared::{list, shared};

/// Checks one flow.
#[must_use]
pub fn check(flow: &Flow) -> Vec<Problem> {
    let paper = Paper { file: &flow.file, source: &flow.source };
    let mut problems = link::check(flow, paper);
    problems.extend(option::check(flow, paper));
    problems.extend(text::check(flow, paper));
    problems.extend(declared::header(flow, paper));
    problems
}
