//! Single edits of a roster: one new rule is checked against everything that stands, and the
//! changed line or book comes back, or every reason why it does not. Nothing is half taken. Taking a
//! rule away needs no check.
//!
//! The reader of texts uses the same checks; the console and the chat use the methods here.

mod book;
mod chain;
mod hours;
mod people;
mod removal;

pub(super) use book::{absence, cover};
pub(super) use chain::REPEAT_MAX;
pub use chain::{chain, said as step_in_words};
pub(super) use hours::{closure, special, window};
pub(super) use people::{change, rotation, said, shift};

use super::{Absence, Book, Closure, Cover, Line, Operator, Override, Refusal, Rotation, Shift, SpecialDay, Window};

impl Line {
    /// Adds a weekly window of opening hours.
    ///
    /// # Errors
    /// When it overlaps another one.
    pub fn with_hours(&self, new: Window) -> Result<Self, Vec<Refusal>> {
        self.with(window(&self.hours, new).into_iter().collect(), |line| line.hours.push(new))
    }

    /// Adds a weekly shift.
    ///
    /// # Errors
    /// When nobody knows the person, its days are turned round, or the person has a shift then.
    pub fn with_shift(&self, operators: &[Operator], new: Shift) -> Result<Self, Vec<Refusal>> {
        self.with(shift(self, operators, &new), |line| line.shifts.push(new))
    }

    /// Adds a rotation.
    ///
    /// # Errors
    /// When it has nobody or somebody nobody knows, no window or windows that overlap, days turned
    /// round, or shares a person, a place and a time with another rotation.
    pub fn with_rotation(&self, operators: &[Operator], new: Rotation) -> Result<Self, Vec<Refusal>> {
        self.with(rotation(self, operators, &new), |line| line.rotations.push(new))
    }

    /// Adds an override as the last made one.
    ///
    /// # Errors
    /// When nobody knows a person, its end is not after its start, its id is taken, or another
    /// override says something about the same person at the same time.
    pub fn with_override(&self, operators: &[Operator], new: Override) -> Result<Self, Vec<Refusal>> {
        self.with(change(self, operators, &new), |line| line.overrides.push(new))
    }

    /// Adds a closure.
    ///
    /// # Errors
    /// When its end is not after its start, or it overlaps another closure.
    pub fn with_closure(&self, new: Closure) -> Result<Self, Vec<Refusal>> {
        self.with(closure(self, &new), |line| line.closures.push(new))
    }

    /// Adds a day with hours of its own.
    ///
    /// # Errors
    /// When the date has such hours already, or they overlap each other or a neighbouring day's.
    pub fn with_special_day(&self, new: SpecialDay) -> Result<Self, Vec<Refusal>> {
        self.with(special(self, &new), |line| line.special.push(new))
    }

    fn with(&self, refusals: Vec<Refusal>, add: impl FnOnce(&mut Self)) -> Result<Self, Vec<Refusal>> {
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let mut line = self.clone();
        add(&mut line);
        Ok(line)
    }
}

impl Book {
    /// Puts a changed or new line into the book.
    #[must_use]
    pub fn with_line(&self, new: Line) -> Self {
        let mut book = self.clone();
        match book.lines.iter_mut().find(|line| line.id == new.id) {
            Some(line) => *line = new,
            None => book.lines.push(new),
        }
        book.gathered()
    }

    /// Takes an imported book over: its lines, operators, absences and covers replace those of
    /// the same names, all others stay.
    ///
    /// # Errors
    /// When an absence or a cover that stays clashes with an imported one.
    pub fn taking(&self, new: &Self) -> Result<Self, Vec<Refusal>> {
        let mut book = self.clone();
        book.operators.retain(|old| !new.operators.iter().any(|new| new.id == old.id));
        book.operators.extend(new.operators.iter().cloned());
        book.absences.retain(|old| !new.absences.iter().any(|new| new.id == old.id));
        book.covers.retain(|old| !new.covers.iter().any(|new| new.id == old.id));
        book = new.lines.iter().fold(book, |book, line| book.with_line(line.clone()));
        for absence in &new.absences {
            book = book.with_absence(absence.clone())?;
        }
        for cover in &new.covers {
            book = book.with_cover(cover.clone())?;
        }
        Ok(book)
    }

    /// Adds an absence.
    ///
    /// # Errors
    /// When nobody knows a person, somebody stands in for themselves, its end is not after its
    /// start, its id is taken, or the person is away already.
    pub fn with_absence(&self, new: Absence) -> Result<Self, Vec<Refusal>> {
        let refusals = absence(self, &new);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let mut book = self.clone();
        book.absences.push(new);
        Ok(book.gathered())
    }

    /// Adds a temporary cover.
    ///
    /// # Errors
    /// When nobody knows a line, a line covers itself, its end is not after its start, its id is
    /// taken, or the same region is covered already.
    pub fn with_cover(&self, new: Cover) -> Result<Self, Vec<Refusal>> {
        let refusals = cover(self, &new);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let mut book = self.clone();
        book.covers.push(new);
        Ok(book.gathered())
    }
}

#[cfg(test)]
mod tests;
