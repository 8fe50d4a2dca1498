//! Single rules taken away again. What held before stays true for the past: each change of a line or
//! a book is kept as a version of its own.

use crate::domain::RuleId;
use crate::routing::{Book, Line};

impl Line {
    /// Takes the `n`-th window of opening hours away; `None` where there is none.
    #[must_use]
    pub fn without_hours(&self, n: usize) -> Option<Self> {
        self.without(|line| &mut line.hours, n)
    }

    /// Takes the `n`-th weekly shift away; `None` where there is none.
    #[must_use]
    pub fn without_shift(&self, n: usize) -> Option<Self> {
        self.without(|line| &mut line.shifts, n)
    }

    /// Takes the `n`-th rotation away; `None` where there is none.
    #[must_use]
    pub fn without_rotation(&self, n: usize) -> Option<Self> {
        self.without(|line| &mut line.rotations, n)
    }

    /// Takes the `n`-th override away, counted in the order of making; `None` where there is none.
    #[must_use]
    pub fn without_override(&self, n: usize) -> Option<Self> {
        self.without(|line| &mut line.overrides, n)
    }

    /// Takes the `n`-th special day away; `None` where there is none.
    #[must_use]
    pub fn without_special_day(&self, n: usize) -> Option<Self> {
        self.without(|line| &mut line.special, n)
    }

    /// Takes the `n`-th closure away; `None` where there is none.
    #[must_use]
    pub fn without_closure(&self, n: usize) -> Option<Self> {
        self.without(|line| &mut line.closures, n)
    }

    fn without<T>(&self, rules: impl FnOnce(&mut Self) -> &mut Vec<T>, n: usize) -> Option<Self> {
        let mut line = self.clone();
        let rules = rules(&mut line);
        let there = n < rules.len();
        if there {
            rules.remove(n);
        }
        there.then_some(line)
    }
}

impl Book {
    /// Takes an absence away; `None` where there is none of that name.
    #[must_use]
    pub fn without_absence(&self, id: &RuleId) -> Option<Self> {
        let mut book = self.clone();
        book.absences.retain(|absence| absence.id != *id);
        (book.absences.len() < self.absences.len()).then(|| book.gathered())
    }

    /// Takes a temporary cover away; `None` where there is none of that name.
    #[must_use]
    pub fn without_cover(&self, id: &RuleId) -> Option<Self> {
        let mut book = self.clone();
        book.covers.retain(|cover| cover.id != *id);
        (book.covers.len() < self.covers.len()).then(|| book.gathered())
    }
}
