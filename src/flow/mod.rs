//! Declared conversations: what a coordinator writes in `flows/*.toml`, the checker
//! that finds every mistake in it, and the pure engine that runs it over chat, web,
//! SMS and voice.
//!
//! Not here: sending, storing, ringing, searching. The engine asks its surroundings
//! through plain functions ([`Known`]) and answers with [`Act`]s; `decision` turns
//! those into effects, `handbook` reads and keeps the [`FlowSet`], `cli` checks, draws
//! and plays it.

mod act;
mod check;
mod fixed;
mod graph;
mod hear;
mod known;
mod list;
mod option;
mod position;
mod problem;
mod read;
mod run;
mod said;
mod say;
mod shared;
mod speech;
mod step;
mod template;
mod transcript;
mod wording;

#[cfg(test)]
mod tests;

pub use act::{Act, Choice, EndReason, Expects, Prompt, Turn};
pub use check::check;
pub use fixed::Fixed;
pub use graph::{Counts, mermaid, svg, svg_counted};
pub use known::{Hand, Known, LineFacts, Listing};
pub use list::{Area, List, ListItem};
pub use position::{Input, OperatorOutcome, Position, Stage};
pub use problem::Problem;
pub(crate) use problem::did_you_mean;
pub use read::FlowSet;
pub use run::{advance, awaits_words, chosen};
pub use shared::{Does, Shared, Voice};
pub use step::{Link, Step, document};
pub use transcript::{Played, Rehearsal, Transcript, TranscriptError, World, never_walked};
pub use wording::Wording;

use crate::domain::Medium;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toml::Spanned;

/// One declared conversation in one version.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The file's name without `.toml`, such as `worker`.
    pub name: String,
    /// The hash of everything the conversation was read from, sixteen hex digits.
    pub version: String,
    /// The file it was read from, such as `worker.toml`.
    pub file: String,
    /// The file's text, for places in messages.
    pub source: Arc<str>,
    /// What the conversation is called, for people.
    pub title: Wording,
    /// The first step.
    pub start: Spanned<String>,
    /// Media the conversation may run on.
    pub on_channels: Vec<Medium>,
    /// How long an unanswered conversation stays open, as written (`7d`, `10m`).
    pub expire: BTreeMap<String, Spanned<String>>,
    /// The steps special messages and global keys lead to.
    pub ways: Ways,
    /// Every step by its name.
    pub steps: BTreeMap<Spanned<String>, Step>,
    /// Wordings, words and defaults shared by all flows of the set.
    pub shared: Arc<Shared>,
    /// Lists by name, such as `regions`.
    pub lists: Arc<BTreeMap<String, List>>,
}

/// Where a conversation goes from anywhere in it.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// Key 0 and everything that needs a person.
    pub person: Option<Spanned<String>>,
    /// Key `#`: the choice of a topic.
    pub back: Option<Spanned<String>>,
    /// The first question; a message that says something new continues here.
    pub asks: Option<Spanned<String>>,
    /// What a message may carry, and the step it leads to.
    pub on: step::On,
}

impl Flow {
    /// Finds a step.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.get(name)
    }

    /// Lists every way from one step to another, in the order of the steps' names.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        self.steps.iter().flat_map(|(name, step)| step.links(name.get_ref(), &self.shared)).collect()
    }

    /// Names the steps that are entered from anywhere: the start, the global keys and what messages carry.
    #[must_use]
    pub fn roots(&self) -> Vec<&Spanned<String>> {
        let ways = [&self.ways.person, &self.ways.back, &self.ways.asks];
        let mut roots = vec![&self.start];
        roots.extend(ways.into_iter().flatten());
        roots.extend(self.ways.on.links().into_iter().map(|(_, target)| target));
        roots
    }

    /// Tells whether the conversation may run on `medium`.
    #[must_use]
    pub fn runs_on(&self, medium: Medium) -> bool {
        self.on_channels.contains(&medium)
    }

    /// Names every value the steps save.
    #[must_use]
    pub fn saved_names(&self) -> BTreeSet<&str> {
        self.steps.values().flat_map(|step| step.saves()).map(|name| name.get_ref().as_str()).collect()
    }
}
