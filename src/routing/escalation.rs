//! Who a step of a chain reaches: resolved when the step is due, so a change of the roster counts
//! at once. The chain itself is a noun of the domain.

use super::{Duty, OperatorId};
pub use crate::domain::{Escalation, Step, Target};

impl Escalation {
    /// Returns the first step from `n` on that reaches somebody now, its number, and who that is.
    ///
    /// Nobody on duty therefore means the coordinator at once, never silence. `None` only
    /// after the coordinator was asked.
    #[must_use]
    pub fn first_reaching<'a>(&self, n: usize, duty: &'a Duty, coordinator: &'a OperatorId) -> Option<(usize, Step, Vec<&'a OperatorId>)> {
        (n..).map_while(|n| Some((n, self.step(n)?))).find_map(|(n, step)| {
            let people = reach(step.to, duty, coordinator);
            (!people.is_empty()).then_some((n, step, people))
        })
    }
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

#[cfg(test)]
mod tests {
    use super::{Escalation, Target, reach};
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
    fn nobody_on_duty_means_the_coordinator_at_once() {
        let (boss, nobody, one) = (OperatorId::new("boss"), duty(&[]), duty(&[("jana", 1)]));
        let chain = Escalation::default();
        let reached = |chain: &Escalation, n, duty| chain.first_reaching(n, duty, &boss).map(|(n, _, people)| (n, people[0].as_str().to_owned()));
        assert_eq!(reached(&chain, 0, &nobody), Some((2, "boss".to_owned())));
        assert_eq!(reached(&chain, 0, &one), Some((0, "jana".to_owned())));
        assert_eq!(reached(&chain, 1, &one), Some((2, "boss".to_owned())));
        assert_eq!(reached(&chain, 3, &one), None);
        let again = Escalation { repeat: 9, ..chain };
        assert_eq!(reached(&again, 0, &nobody), Some((20, "boss".to_owned())), "an empty row is not asked ten times");
        assert_eq!(reached(&again, 1, &one), Some((2, "jana".to_owned())));
    }
}
