//! What the roster has people told of in the coming days: operators of their shifts, coordinators
//! each morning of what is ahead. After downtime what was missed happens late; the decision says
//! what of it still matters.

use super::inbox::chain;
use super::{App, AppError};
use crate::domain::{Bell, Event, Look, Occasion, What};
use crate::routing::{Book, bells, mornings, waking};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, PoisonError};

/// How far ahead the agenda is worked out.
const AHEAD: TimeDelta = TimeDelta::days(2);
/// The longest downtime after which what was missed is still looked at.
const MISSED_MAX: TimeDelta = TimeDelta::hours(12);
/// A change of the roster is looked at when nothing else has changed for so long.
const AT_REST: TimeDelta = TimeDelta::minutes(10);

/// Something that is to happen at a time.
#[derive(Debug, Clone)]
enum Item {
    /// An operator is told of a shift.
    Bell(Bell),
    /// It is looked ahead for the lines of a zone.
    Look { at: DateTime<Utc>, zone: Tz, occasion: Occasion },
}

impl Item {
    const fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Bell(bell) => bell.at,
            Self::Look { at, .. } => *at,
        }
    }

    fn event(&self, now: DateTime<Utc>) -> Event {
        match self {
            Self::Bell(bell) => Event { key: bell.key(), at: now, what: What::Struck(bell.clone()) },
            Self::Look { at, zone, occasion } => {
                let look = Look { zone: *zone, at: *at, occasion: *occasion };
                Event { key: look.key(), at: now, what: What::Looked(look) }
            }
        }
    }
}

/// What comes next.
pub(super) struct Agenda {
    /// The lines it was worked out from.
    book: Arc<Book>,
    /// Everything up to here has happened.
    done: DateTime<Utc>,
    /// Everything up to here is worked out.
    until: DateTime<Utc>,
    items: VecDeque<Item>,
}

impl Agenda {
    /// Works out what comes after `done`, and looks soon at a roster that is new.
    fn new(book: Arc<Book>, done: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let soon = now.checked_add_signed(AT_REST).unwrap_or(now);
        let changed = |zone| Item::Look { at: waking(zone, soon), zone, occasion: Occasion::Change };
        let looks = zones(&book).into_iter().map(changed).collect();
        Self::with(book, done, now, looks)
    }

    /// Goes on by another book; one that says the same, as after a change of services, is no change.
    fn take_over(&mut self, book: &Arc<Book>, now: DateTime<Utc>) {
        if self.book == *book {
            self.book = Arc::clone(book);
        } else {
            *self = Self::new(Arc::clone(book), self.done, now);
        }
    }

    /// Works the next days out; looks at changes that are to come stay.
    fn go_on(&self, now: DateTime<Utc>) -> Self {
        let changes = self.items.iter().filter(|item| matches!(item, Item::Look { occasion: Occasion::Change, .. }));
        Self::with(Arc::clone(&self.book), self.done, now, changes.cloned().collect())
    }

    fn with(book: Arc<Book>, done: DateTime<Utc>, now: DateTime<Utc>, mut items: Vec<Item>) -> Self {
        let until = now.checked_add_signed(AHEAD).unwrap_or(now);
        items.extend(book.lines.iter().flat_map(|line| bells(line, done, until)).map(Item::Bell));
        for zone in zones(&book) {
            items.extend(mornings(zone, done, until).into_iter().map(|at| Item::Look { at, zone, occasion: Occasion::Morning }));
        }
        items.sort_by_key(|item| (item.at(), if let Item::Bell(bell) = item { Some(bell.toll) } else { None }));
        Self { book, done, until, items: items.into() }
    }
}

fn zones(book: &Book) -> Vec<Tz> {
    let names: BTreeSet<&str> = book.lines.iter().map(|line| line.zone.name()).collect();
    names.into_iter().filter_map(|name| name.parse().ok()).collect()
}

impl App {
    /// Begins to tell people what the roster holds; what came since the last accepted event was missed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn keep_agenda(&self) -> Result<(), AppError> {
        let now = self.clock().now();
        let last = self.store().last_event_at().await?.unwrap_or(now);
        let done = last.clamp(now.checked_sub_signed(MISSED_MAX).unwrap_or(now), now);
        *self.agenda.lock().unwrap_or_else(PoisonError::into_inner) = Some(Agenda::new(Arc::clone(&self.handbook().book), done, now));
        Ok(())
    }

    /// Does what the agenda has for now, and returns how much it was.
    pub(super) async fn follow_agenda(&self) -> usize {
        let mut done = 0;
        while let Some(item) = self.due_item() {
            if let Err(error) = self.take_up(&item).await {
                tracing::error!(error = chain(&error), "something of the agenda could not be decided; it comes again");
                self.put_back(item);
                break;
            }
            done += 1;
        }
        done
    }

    async fn take_up(&self, item: &Item) -> Result<(), AppError> {
        self.accept(item.event(self.clock().now())).await?;
        Ok(())
    }

    fn due_item(&self) -> Option<Item> {
        let now = self.clock().now();
        let mut agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner);
        let agenda = agenda.as_mut()?;
        let book = &self.handbook().book;
        if !Arc::ptr_eq(&agenda.book, book) {
            agenda.take_over(book, now);
        }
        if agenda.until <= now {
            *agenda = agenda.go_on(now);
        }
        let item = agenda.items.pop_front_if(|item| item.at() <= now);
        if item.is_none() {
            agenda.done = agenda.done.max(now);
        }
        item
    }

    fn put_back(&self, item: Item) {
        if let Some(agenda) = self.agenda.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            agenda.items.push_front(item);
        }
    }

    /// When the agenda has something next.
    pub(super) fn next_item(&self) -> Option<DateTime<Utc>> {
        let agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner);
        let agenda = agenda.as_ref()?;
        agenda.items.front().map(Item::at).or(Some(agenda.until))
    }
}
