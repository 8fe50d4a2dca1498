//! What is known of a number before a word is spoken: nobody answers it, a prison calls from it, its
//! operator has a PIN.

use crate::domain::OperatorId;
use std::collections::{HashMap, HashSet};

/// Numbers the line knows something of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    blocked: HashSet<String>,
    /// Beginnings of blocked numbers.
    barred: Vec<String>,
    prisons: HashMap<String, String>,
    pins: HashSet<OperatorId>,
}

impl Directory {
    /// Takes blocked numbers (with `*` at its end a beginning), the prisons' phones with the prison's name,
    /// and the operators who have a PIN.
    #[must_use]
    pub fn new(
        blocked: impl IntoIterator<Item = String>,
        prisons: impl IntoIterator<Item = (String, String)>,
        pins: impl IntoIterator<Item = OperatorId>,
    ) -> Self {
        let mut directory = Self { prisons: prisons.into_iter().collect(), pins: pins.into_iter().collect(), ..Self::default() };
        for number in blocked {
            match number.strip_suffix('*') {
                Some(beginning) => directory.barred.push(beginning.to_owned()),
                None => {
                    directory.blocked.insert(number);
                }
            }
        }
        directory
    }

    /// Tells whether nobody answers this handle. A hidden number has no beginning.
    #[must_use]
    pub fn is_blocked(&self, handle: &str) -> bool {
        self.blocked.contains(handle) || self.barred.iter().any(|beginning| handle.starts_with(beginning.as_str()))
    }

    /// Returns the name of the prison a number belongs to.
    #[must_use]
    pub fn prison(&self, number: &str) -> Option<&str> {
        self.prisons.get(number).map(String::as_str)
    }

    /// Tells whether an operator has a PIN.
    #[must_use]
    pub fn has_pin(&self, operator: &OperatorId) -> bool {
        self.pins.contains(operator)
    }
}

#[cfg(test)]
mod tests {
    use super::Directory;
    use crate::domain::OperatorId;

    #[test]
    fn a_number_is_blocked_by_itself_or_by_its_beginning() {
        let directory = Directory::new(["+420719000901".to_owned(), "+2357*".to_owned()], [], []);
        for (handle, is) in [("+420719000901", true), ("+420719000902", false), ("+235712345678", true), ("+23", false), ("withheld-2357", false), ("", false)] {
            assert_eq!(directory.is_blocked(handle), is, "{handle}");
        }
    }

    #[test]
    fn phones_of_prisons_and_pins_of_operators_are_known() {
        let phone = ("+420719000901".to_owned(), "Věznice Horní Dolní".to_owned());
        let directory = Directory::new([], [phone], [OperatorId::new("jana")]);
        assert_eq!((directory.prison("+420719000901"), directory.prison("+420719000902")), (Some("Věznice Horní Dolní"), None));
        assert!(directory.has_pin(&OperatorId::new("jana")) && !directory.has_pin(&OperatorId::new("petr")));
    }
}
