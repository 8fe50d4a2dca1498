//! An event on its way to its turn. A message is read before it waits, by whoever brought it,
//! so that the turns themselves stay short.

use super::reading::{self, Read};
use crate::domain::{Event, Seed, What};
use crate::handbook::Handbook;
use crate::routing::Line;
use std::sync::Arc;

/// An event with the handbook it will be decided by, and its words as they were understood.
#[derive(Clone)]
pub struct Prepared {
    /// The event.
    pub event: Event,
    /// The handbook in force when it came.
    pub handbook: Arc<Handbook>,
    /// Something nobody can guess, for codes.
    pub(super) seed: Seed,
    /// A worker's words, understood in the zone most lines live in.
    pub(super) read: Option<Read>,
}

impl Prepared {
    /// Reads what can be read before anything stored is known.
    #[must_use]
    pub fn new(handbook: Arc<Handbook>, event: Event, seed: Seed) -> Self {
        let words = match &event.what {
            What::Heard(heard) if handbook.operator_at(&heard.from).is_none() => heard.words(),
            _ => None,
        };
        let read = words.map(|text| reading::understood(&handbook, event.at.with_timezone(&Line::ZONE), text));
        Self { event, handbook, seed, read }
    }
}
