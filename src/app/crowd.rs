//! How many letters each operator was sent lately. It lives in memory only: after a restart people
//! are written to as if nothing had come yet.

use crate::domain::{Effect, LETTERS_TO_ONE_MAX, Letter, OperatorId, Sort};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, VecDeque};

/// How long a letter counts.
const LATELY: TimeDelta = TimeDelta::minutes(5);

/// The last letters to each operator, a few of each.
#[derive(Debug, Default)]
pub(super) struct Crowd(BTreeMap<OperatorId, VecDeque<DateTime<Utc>>>);

impl Crowd {
    /// Lists who was sent so many letters lately that more have to come as one.
    pub(super) fn crowded(&mut self, now: DateTime<Utc>) -> Vec<OperatorId> {
        for sent in self.0.values_mut() {
            while sent.pop_front_if(|at| now.signed_duration_since(*at) >= LATELY).is_some() {}
        }
        self.0.retain(|_, sent| !sent.is_empty());
        self.0.iter().filter(|(_, sent)| sent.len() >= LETTERS_TO_ONE_MAX).map(|(operator, _)| operator.clone()).collect()
    }

    /// Counts the letters a decision sends.
    pub(super) fn count(&mut self, effects: &[Effect]) {
        for letter in effects.iter().filter_map(counted) {
            let Some(operator) = &letter.operator else { continue };
            let sent = self.0.entry(operator.clone()).or_default();
            sent.push_back(letter.created_at);
            if sent.len() > LETTERS_TO_ONE_MAX {
                sent.pop_front();
            }
        }
    }
}

fn counted(effect: &Effect) -> Option<&Letter> {
    let Effect::Send(letter) = effect else { return None };
    (letter.contact.is_some() && matches!(letter.sort, Sort::Offer | Sort::Notice)).then_some(letter)
}
