//! The shifts of the coming days, so that operators are told of them in time. After downtime
//! the bells that were missed ring late; the decision says which of them still matter.

use super::inbox::chain;
use super::{App, AppError};
use crate::domain::{Bell, Event, What};
use crate::routing::{Book, bells};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

/// How far ahead bells are worked out.
const AHEAD: TimeDelta = TimeDelta::days(2);
/// The longest downtime after which missed bells are still looked at.
const MISSED_MAX: TimeDelta = TimeDelta::hours(12);

/// The bells that come next.
pub(super) struct Agenda {
    /// The lines they were worked out from.
    book: Arc<Book>,
    /// Everything up to here has rung.
    rung: DateTime<Utc>,
    /// Everything up to here is worked out.
    until: DateTime<Utc>,
    bells: VecDeque<Bell>,
}

impl Agenda {
    fn new(book: Arc<Book>, rung: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let until = now.checked_add_signed(AHEAD).unwrap_or(now);
        let mut bells: Vec<Bell> = book.lines.iter().flat_map(|line| bells(line, rung, until)).collect();
        bells.sort_by_key(|bell| (bell.at, bell.toll));
        Self { book, rung, until, bells: bells.into() }
    }
}

impl App {
    /// Begins to tell operators of their shifts; those since the last accepted event were missed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn keep_agenda(&self) -> Result<(), AppError> {
        let now = self.clock().now();
        let last = self.store().last_event_at().await?.unwrap_or(now);
        let rung = last.clamp(now.checked_sub_signed(MISSED_MAX).unwrap_or(now), now);
        *self.agenda.lock().unwrap_or_else(PoisonError::into_inner) = Some(Agenda::new(Arc::clone(&self.handbook().book), rung, now));
        Ok(())
    }

    /// Rings the bells whose time has come, and returns how many there were.
    pub(super) async fn ring_bells(&self) -> usize {
        let mut rung = 0;
        while let Some(bell) = self.due_bell() {
            let event = Event { key: bell.key(), at: self.clock().now(), what: What::Struck(bell.clone()) };
            if let Err(error) = self.accept(event).await {
                tracing::error!(error = chain(&error), "an operator could not be told of a shift; the bell rings again");
                self.put_back(bell);
                break;
            }
            rung += 1;
        }
        rung
    }

    fn due_bell(&self) -> Option<Bell> {
        let now = self.clock().now();
        let mut agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner);
        let agenda = agenda.as_mut()?;
        let book = &self.handbook().book;
        if !Arc::ptr_eq(&agenda.book, book) || agenda.until <= now {
            *agenda = Agenda::new(Arc::clone(book), agenda.rung, now);
        }
        let bell = agenda.bells.pop_front_if(|bell| bell.at <= now);
        if bell.is_none() {
            agenda.rung = agenda.rung.max(now);
        }
        bell
    }

    fn put_back(&self, bell: Bell) {
        if let Some(agenda) = self.agenda.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            agenda.bells.push_front(bell);
        }
    }

    /// When the next bell rings.
    pub(super) fn next_bell(&self) -> Option<DateTime<Utc>> {
        let agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner);
        let agenda = agenda.as_ref()?;
        agenda.bells.front().map(|bell| bell.at).or(Some(agenda.until))
    }
}
