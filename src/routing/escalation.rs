//! Whom a contact is offered to, one step after another, until somebody takes it.
//! A chain says *after how long* and *which place in the row*; who that is, is resolved
//! when the step is due, so a change of the roster counts at once. Every chain ends at
//! the coordinator.

use super::{Duty, OperatorId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The chain of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The steps in order of time; a chain that does not end at the coordinator gets that step added.
    pub steps: Vec<Step>,
    /// Minutes without a word after which an accepted contact is offered again.
    pub silent_minutes: u32,
}

/// One step of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Minutes since the contact was first offered.
    pub after_minutes: u32,
    /// Whom to ask.
    pub to: Target,
}

/// Whom a step asks. Written `on_duty 1`, `all_on_duty` or `coordinator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// Those at the n-th place among the people on duty; 1 is the first who is there, whatever
    /// number the shift carries.
    OnDuty(u8),
    /// Everybody on duty.
    AllOnDuty,
    /// The line's coordinator.
    Coordinator,
}

impl Escalation {
    /// Minutes of silence after acceptance when a line names none.
    pub const SILENT_MINUTES: u32 = 15;
    /// Minutes between the last step of a chain that forgot the coordinator and the one added.
    const ADDED_AFTER_MINUTES: u32 = 5;

    /// Returns the first step from `n` on that reaches somebody now, its number, and who that is.
    ///
    /// Nobody on duty therefore means the coordinator at once, never silence. `None` only
    /// after the coordinator was asked.
    #[must_use]
    pub fn first_reaching<'a>(&self, n: usize, duty: &'a Duty, coordinator: &'a OperatorId) -> Option<(usize, Step, Vec<&'a OperatorId>)> {
        (n..).map_while(|n| Some((n, step(self, n)?))).find_map(|(n, step)| {
            let people = reach(step.to, duty, coordinator);
            (!people.is_empty()).then_some((n, step, people))
        })
    }
}

impl Default for Escalation {
    /// The first operator at once, the second after 3 minutes, the coordinator after 8.
    fn default() -> Self {
        let steps = [(0, Target::OnDuty(1)), (3, Target::OnDuty(2)), (8, Target::Coordinator)];
        let steps = steps.map(|(after_minutes, to)| Step { after_minutes, to }).into();
        Self { steps, silent_minutes: Self::SILENT_MINUTES }
    }
}

/// Returns the `n`-th step, counted from 0; `None` behind the end, which is always the coordinator.
#[must_use]
pub fn step(escalation: &Escalation, n: usize) -> Option<Step> {
    let steps = &escalation.steps;
    let added = match steps.last() {
        Some(last) if last.to == Target::Coordinator => None,
        Some(last) => Some(last.after_minutes.saturating_add(Escalation::ADDED_AFTER_MINUTES)),
        None => Some(0),
    };
    let added = added.filter(|_| n == steps.len()).map(|after_minutes| Step { after_minutes, to: Target::Coordinator });
    steps.get(n).copied().or(added)
}

/// Returns who a step reaches while `duty` holds; nobody when that place in the row is empty.
#[must_use]
pub fn reach<'a>(to: Target, duty: &'a Duty, coordinator: &'a OperatorId) -> Vec<&'a OperatorId> {
    match to {
        Target::Coordinator => vec![coordinator],
        Target::AllOnDuty => duty.on_duty.iter().map(|person| &person.operator).collect(),
        Target::OnDuty(place) => {
            let mut orders: Vec<u8> = duty.on_duty.iter().map(|person| person.order).collect();
            orders.dedup();
            let order = usize::from(place).checked_sub(1).and_then(|place| orders.get(place).copied());
            duty.on_duty.iter().filter(|person| Some(person.order) == order).map(|person| &person.operator).collect()
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnDuty(place) => write!(f, "on_duty {place}"),
            Self::AllOnDuty => f.write_str("all_on_duty"),
            Self::Coordinator => f.write_str("coordinator"),
        }
    }
}

impl TryFrom<String> for Target {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.trim() {
            "all_on_duty" => Ok(Self::AllOnDuty),
            "coordinator" => Ok(Self::Coordinator),
            other => {
                let place = other.strip_prefix("on_duty ").and_then(|place| place.trim().parse().ok()).filter(|place| *place > 0);
                place.map(Self::OnDuty).ok_or_else(|| format!("`{text}` is not \"on_duty 1\", \"all_on_duty\" or \"coordinator\""))
            }
        }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{Escalation, Step, Target, reach, step};
    use crate::routing::{Duty, OnDuty, OperatorId};
    use chrono::DateTime;

    type Row = (Target, &'static [(&'static str, u8)], &'static [&'static str]);

    fn duty(people: &[(&str, u8)]) -> Duty {
        let person = |(id, order): &(&str, u8)| OnDuty { operator: OperatorId::new(*id), order: *order, until: DateTime::UNIX_EPOCH };
        Duty { open: true, on_duty: people.iter().map(person).collect(), closes_at: None, next_open: None, closure: None }
    }

    #[test]
    fn a_place_is_counted_among_those_who_are_there() {
        let boss = OperatorId::new("boss");
        let table: [Row; 7] = [
            (Target::OnDuty(1), &[("jana", 1), ("petr", 2)], &["jana"]),
            (Target::OnDuty(2), &[("jana", 1), ("petr", 2)], &["petr"]),
            (Target::OnDuty(1), &[("petr", 2)], &["petr"]),
            (Target::OnDuty(2), &[("petr", 2)], &[]),
            (Target::OnDuty(1), &[("jana", 1), ("marie", 1), ("petr", 2)], &["jana", "marie"]),
            (Target::AllOnDuty, &[("jana", 1), ("petr", 2)], &["jana", "petr"]),
            (Target::Coordinator, &[], &["boss"]),
        ];
        for (target, people, expected) in table {
            let duty = duty(people);
            let found: Vec<&str> = reach(target, &duty, &boss).into_iter().map(OperatorId::as_str).collect();
            assert_eq!(found, expected, "{target}");
        }
    }

    #[test]
    fn a_chain_never_ends_in_the_void() {
        let to_first = Step { after_minutes: 2, to: Target::OnDuty(1) };
        let chain = Escalation { steps: vec![to_first], silent_minutes: 15 };
        assert_eq!(step(&chain, 0), Some(to_first));
        assert_eq!(step(&chain, 1), Some(Step { after_minutes: 7, to: Target::Coordinator }));
        assert_eq!(step(&chain, 2), None);
        let empty = Escalation { steps: Vec::new(), silent_minutes: 15 };
        assert_eq!(step(&empty, 0), Some(Step { after_minutes: 0, to: Target::Coordinator }));
        assert_eq!(step(&Escalation::default(), 3), None);
    }

    #[test]
    fn nobody_on_duty_means_the_coordinator_at_once() {
        let (boss, nobody, one) = (OperatorId::new("boss"), duty(&[]), duty(&[("jana", 1)]));
        let chain = Escalation::default();
        let reached = |n, duty| chain.first_reaching(n, duty, &boss).map(|(n, _, people)| (n, people[0].as_str()));
        assert_eq!(reached(0, &nobody), Some((2, "boss")));
        assert_eq!(reached(0, &one), Some((0, "jana")));
        assert_eq!(reached(1, &one), Some((2, "boss")));
        assert_eq!(reached(3, &one), None);
    }

    #[test]
    fn targets_are_written_as_they_are_read() {
        for target in [Target::OnDuty(1), Target::OnDuty(12), Target::AllOnDuty, Target::Coordinator] {
            assert_eq!(Target::try_from(target.to_string()), Ok(target));
        }
        for text in ["on_duty 0", "on_duty", "jana", "", "on_duty 300"] {
            assert!(Target::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
