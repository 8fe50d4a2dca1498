//! The effects of one or many turns, sorted by the tables they go to.

use crate::domain::{Contact, ContactId, Delivery, Effect, Entry, Letter, LetterId, Spent, Timer, TimerId, Worker};
use chrono::{DateTime, NaiveDate, Utc};

/// Effects in the order of their writing: workers and contacts before what belongs to them, then
/// entries and letters in their own order, reports on letters, timers, and the rest as it stands.
#[derive(Debug, Default)]
pub(super) struct Sorted<'a> {
    pub(super) workers: Vec<&'a Worker>,
    pub(super) contacts: Vec<&'a Contact>,
    pub(super) entries: Vec<&'a Entry>,
    pub(super) letters: Vec<&'a Letter>,
    pub(super) marks: Vec<Mark<'a>>,
    /// Contacts whose timers go.
    pub(super) cleared: Vec<ContactId>,
    pub(super) dropped: Vec<TimerId>,
    pub(super) timers: Vec<&'a Timer>,
    pub(super) spent: Vec<(NaiveDate, Spent)>,
    pub(super) rest: Vec<&'a Effect>,
}

impl<'a> Sorted<'a> {
    /// Sorts effects; of several versions of one row the last is written.
    pub(super) fn of(effects: impl Iterator<Item = &'a Effect>) -> Self {
        let mut sorted = Self::default();
        for effect in effects {
            match effect {
                Effect::Introduce(worker) => {
                    put(&mut sorted.workers, worker, |old| old.id == worker.id || old.address == worker.address);
                }
                Effect::Keep(contact) => put(&mut sorted.contacts, contact, |old| old.id == contact.id),
                Effect::Log(entry) => sorted.entries.push(entry),
                Effect::Send(letter) => sorted.letters.push(letter),
                Effect::Mark { letter, delivery, error, due_at, reference, uncounted } => {
                    let (error, reference) = (error.as_deref(), reference.as_deref());
                    sorted.marks.push(Mark { letter: *letter, delivery: *delivery, error, due_at: *due_at, reference, uncounted: *uncounted });
                }
                Effect::Set(timer) => put(&mut sorted.timers, timer, |old| old.id == timer.id),
                Effect::Drop(timer) => {
                    sorted.timers.retain(|set| set.id != *timer);
                    sorted.dropped.push(*timer);
                }
                Effect::Clear(contact) => {
                    sorted.timers.retain(|set| set.contact != *contact);
                    sorted.cleared.push(*contact);
                }
                Effect::Spend { day, spent } => add(&mut sorted.spent, *day, *spent),
                Effect::Offer(_)
                | Effect::CloseOffers { .. }
                | Effect::Pause { .. }
                | Effect::Invite { .. }
                | Effect::Join { .. }
                | Effect::UseInvitation(_)
                | Effect::Guessed { .. }
                | Effect::Swap(_)
                | Effect::Roster(_)
                | Effect::Point(_)
                | Effect::DropPoint(_)
                | Effect::Warned(_)
                | Effect::Settle(_)
                | Effect::OptOut { .. } => sorted.rest.push(effect),
            }
        }
        sorted
    }
}

fn add(all: &mut Vec<(NaiveDate, Spent)>, day: NaiveDate, Spent { parts, minutes }: Spent) {
    match all.iter_mut().find(|(known, _)| *known == day) {
        Some((_, sum)) => *sum = Spent { parts: sum.parts.saturating_add(parts), minutes: sum.minutes.saturating_add(minutes) },
        None => all.push((day, Spent { parts, minutes })),
    }
}

/// A letter's new state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) letter: LetterId,
    pub(super) delivery: Delivery,
    pub(super) error: Option<&'a str>,
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) reference: Option<&'a str>,
    pub(super) uncounted: bool,
}

fn put<'a, T>(all: &mut Vec<&'a T>, new: &'a T, same: impl Fn(&T) -> bool) {
    all.retain(|old| !same(old));
    all.push(new);
}
