//! Whom a blocked number would shut out although nobody meant it.

use super::Handbook;
use crate::domain::OperatorId;

/// Whom it would shut out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShutOut {
    /// The line itself, by one of its own numbers.
    Line,
    /// The operator whose very number it is.
    Operator(OperatorId),
    /// Operators whose numbers begin so.
    Operators(Vec<OperatorId>),
}

impl Handbook {
    /// Tells whom blocking a number, or with `*` behind it all that begin so, would shut out.
    #[must_use]
    pub fn shuts_out(&self, number: &str) -> Option<ShutOut> {
        let beginning = number.strip_suffix('*');
        let meets = |handle: &str| beginning.map_or(handle == number, |beginning| handle.starts_with(beginning));
        if self.numbers.iter().any(|own| meets(&own.number)) {
            return Some(ShutOut::Line);
        }
        let met = self.book.operators.iter().filter(|operator| operator.addresses.iter().any(|point| meets(&point.handle)));
        let met: Vec<OperatorId> = met.map(|operator| OperatorId::new(operator.id.as_str())).collect();
        match (met.as_slice(), beginning) {
            ([], _) => None,
            ([one, ..], None) => Some(ShutOut::Operator(one.clone())),
            (_, Some(_)) => Some(ShutOut::Operators(met)),
        }
    }
}
