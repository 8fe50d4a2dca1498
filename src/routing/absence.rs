//! Absences: a person serves on no line for a while, and perhaps somebody stands in.
//! They act last, on what plan and overrides have made.

use super::Span;
use crate::domain::{OperatorId, RuleId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A stretch in which a person serves on no line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The stable name.
    pub id: RuleId,
    /// Who is away.
    pub operator: OperatorId,
    /// The first instant away.
    pub from: DateTime<Utc>,
    /// The first instant back.
    pub to: DateTime<Utc>,
    /// Who stands in wherever the absent person would be on duty.
    pub substitute: Option<OperatorId>,
}

impl Absence {
    /// Returns the stretch of the absence.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// Returns the absence of `operator` that covers `at`.
pub(super) fn absence_at<'a>(absences: &'a [Absence], operator: &OperatorId, at: DateTime<Utc>) -> Option<&'a Absence> {
    absences.iter().find(|absence| absence.span().covers(at) && absence.operator == *operator)
}

/// Lists the absences that lead from `operator` to whoever is there, in their order; in a circle
/// each one once.
pub(super) fn chain<'a>(absences: &'a [Absence], operator: &OperatorId, at: DateTime<Utc>) -> Vec<&'a Absence> {
    let mut links: Vec<&Absence> = Vec::new();
    let mut next = absence_at(absences, operator, at);
    while let Some(link) = next.filter(|link| !links.iter().any(|seen| seen.operator == link.operator)) {
        links.push(link);
        next = link.substitute.as_ref().and_then(|who| absence_at(absences, who, at));
    }
    links
}

/// Returns who is there for `operator` at `at`: the same person, or the end of the chain of
/// substitutes; nobody where the chain has no end or goes in a circle.
pub(super) fn stand_in<'a>(absences: &'a [Absence], operator: &'a OperatorId, at: DateTime<Utc>) -> Option<&'a OperatorId> {
    let mut who = operator;
    for _ in 0..=absences.len() {
        match absence_at(absences, who, at) {
            Some(absence) => who = absence.substitute.as_ref()?,
            None => return Some(who),
        }
    }
    None
}
