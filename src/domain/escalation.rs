//! Whom a contact is offered to, one step after another, until somebody takes it.
//! A chain says *after how long* and *which place in the row*; who that is, is resolved by
//! `routing` when the step is due. A contact keeps the chain it began with.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The chain of one line. Every chain ends at the coordinator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The steps in order of time; a chain that does not end at the coordinator gets that step added.
    pub steps: Vec<Step>,
    /// How often everything before the coordinator is done again before the coordinator is asked.
    #[serde(default)]
    pub repeat: u8,
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

    /// Returns the steps before the coordinator, which are what is repeated.
    #[must_use]
    pub fn round(&self) -> &[Step] {
        match self.steps.split_last() {
            Some((last, before)) if last.to == Target::Coordinator => before,
            Some(_) | None => &self.steps,
        }
    }

    /// Returns how long one round lasts, in minutes: after so many it is repeated, or the
    /// coordinator is asked.
    #[must_use]
    pub fn round_minutes(&self) -> u32 {
        match self.steps.last() {
            Some(last) if last.to == Target::Coordinator => last.after_minutes,
            Some(last) => last.after_minutes.saturating_add(Self::ADDED_AFTER_MINUTES),
            None => 0,
        }
    }

    /// Returns the `n`-th step, counted from 0 through all rounds; `None` behind the end, which is
    /// always the coordinator.
    #[must_use]
    pub fn step(&self, n: usize) -> Option<Step> {
        let (round, rounds) = (self.round(), usize::from(self.repeat) + 1);
        let turn = n.checked_div(round.len()).unwrap_or(rounds);
        let later = |minutes: u32, turns: usize| self.round_minutes().saturating_mul(u32::try_from(turns).unwrap_or(u32::MAX)).saturating_add(minutes);
        if turn < rounds {
            let step = round.get(n % round.len())?;
            return Some(Step { after_minutes: later(step.after_minutes, turn), to: step.to });
        }
        let turns = if round.is_empty() { 1 } else { rounds };
        (n == rounds * round.len()).then(|| Step { after_minutes: later(0, turns), to: Target::Coordinator })
    }
}

impl Default for Escalation {
    /// The first operator at once, the second after 3 minutes, the coordinator after 8.
    fn default() -> Self {
        let steps = [(0, Target::OnDuty(1)), (3, Target::OnDuty(2)), (8, Target::Coordinator)];
        let steps = steps.map(|(after_minutes, to)| Step { after_minutes, to }).into();
        Self { steps, repeat: 0, silent_minutes: Self::SILENT_MINUTES }
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
    use super::{Escalation, Step, Target};

    fn chain(steps: &[(u32, Target)], repeat: u8) -> Escalation {
        let steps = steps.iter().map(|(after_minutes, to)| Step { after_minutes: *after_minutes, to: *to }).collect();
        Escalation { steps, repeat, silent_minutes: 15 }
    }

    fn told(chain: &Escalation) -> Vec<String> {
        (0..).map_while(|n| chain.step(n)).map(|step| format!("{} {}", step.after_minutes, step.to)).collect()
    }

    #[test]
    fn a_chain_never_ends_in_the_void() {
        const FIRST: Target = Target::OnDuty(1);
        const SECOND: Target = Target::OnDuty(2);
        const LAST: Target = Target::Coordinator;
        let table: [(Escalation, &[&str]); 8] = [
            (Escalation::default(), &["0 on_duty 1", "3 on_duty 2", "8 coordinator"]),
            (chain(&[(2, FIRST)], 0), &["2 on_duty 1", "7 coordinator"]),
            (chain(&[], 0), &["0 coordinator"]),
            (chain(&[], 9), &["0 coordinator"]),
            (chain(&[(4, LAST)], 3), &["4 coordinator"]),
            (chain(&[(0, FIRST), (3, SECOND), (8, LAST)], 1), &["0 on_duty 1", "3 on_duty 2", "8 on_duty 1", "11 on_duty 2", "16 coordinator"]),
            (chain(&[(0, Target::AllOnDuty)], 2), &["0 all_on_duty", "5 all_on_duty", "10 all_on_duty", "15 coordinator"]),
            (chain(&[(0, FIRST), (u32::MAX, LAST)], 1), &["0 on_duty 1", "4294967295 on_duty 1", "4294967295 coordinator"]),
        ];
        for (chain, expected) in table {
            assert_eq!(told(&chain), expected, "{chain:?}");
        }
    }

    #[test]
    fn a_chain_written_before_chains_were_repeated_is_read() {
        let old = "{\"steps\":[{\"after_minutes\":0,\"to\":\"on_duty 1\"}],\"silent_minutes\":15}";
        assert_eq!(serde_json::from_str::<Escalation>(old).unwrap(), chain(&[(0, Target::OnDuty(1))], 0));
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
