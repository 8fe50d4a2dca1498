//! The lines, the people and what holds for several lines, put together: one version of the
//! whole roster. It is read from a text by `read`, from the database by the app.

use super::{Absence, Cover, Line, Mistake, Operator};
use crate::domain::OperatorId;
use std::collections::BTreeSet;

/// Everything one text or one database declares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// The lines in the order of the text; each carries the absences and covers that concern it.
    pub lines: Vec<Line>,
    /// The operators and the coordinators.
    pub operators: Vec<Operator>,
    /// Who is away when.
    pub absences: Vec<Absence>,
    /// Which line serves another's regions when.
    pub covers: Vec<Cover>,
    /// What is allowed and still worth a look: a region nobody serves or two lines serve, a
    /// shift outside the opening hours, a person without an address.
    pub warnings: Vec<Mistake>,
}

impl Book {
    /// Puts a book together: each line learns of the absences and covers that concern it.
    #[must_use]
    pub fn new(lines: Vec<Line>, operators: Vec<Operator>, absences: Vec<Absence>, covers: Vec<Cover>) -> Self {
        Self { lines, operators, absences, covers, warnings: Vec::new() }.gathered()
    }

    /// Gives every line the absences and covers that concern it, after something was changed.
    #[must_use]
    pub fn gathered(mut self) -> Self {
        for line in &mut self.lines {
            line.absences = concerning(line, &self.absences);
            line.covers = self.covers.iter().filter(|cover| cover.by == line.id).cloned().collect();
        }
        self
    }

    /// Finds a line by its id.
    #[must_use]
    pub fn line(&self, id: &crate::domain::LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == *id)
    }
}

/// The absences of the line's people, of those who stand in for them, and so on.
fn concerning(line: &Line, absences: &[Absence]) -> Vec<Absence> {
    let mut people: BTreeSet<&OperatorId> = line.people().collect();
    loop {
        let before = people.len();
        let away = absences.iter().filter(|absence| people.contains(&absence.operator));
        let substitutes: Vec<&OperatorId> = away.filter_map(|absence| absence.substitute.as_ref()).collect();
        people.extend(substitutes);
        if people.len() == before {
            return absences.iter().filter(|absence| people.contains(&absence.operator)).cloned().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Book;
    use crate::routing::tests::{absence, line, shift};
    use chrono_tz::Tz;

    #[test]
    fn a_line_learns_of_its_people_and_their_substitutes() {
        let mut ustecky = line(Tz::Europe__Prague);
        ustecky.shifts = vec![shift("jana", "Mo 09:00-15:00", 1)];
        let away = |who, substitute| absence(who, "2026-12-01 00:00", "2026-12-04 00:00", substitute);
        let absences = vec![away("tomas", None), away("petr", Some("eva")), away("eva", None), away("jana", Some("petr")), away("alena", None)];
        let book = Book::new(vec![ustecky], Vec::new(), absences, Vec::new());
        let known: Vec<&str> = book.lines[0].absences.iter().map(|absence| absence.operator.as_str()).collect();
        assert_eq!(known, ["petr", "eva", "jana", "alena"]);
    }
}
