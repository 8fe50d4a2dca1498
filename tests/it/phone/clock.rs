//! The network's time: events in the order of their instants, and the clock they follow.
//! Nothing here sleeps; whoever tells the story turns the clock.

use super::exchange::Event;
use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What turns the network's time: a hand of its own, or the clock of a whole world.
pub trait Clockwork: Send + Sync {
    /// The time it is.
    fn now(&self) -> DateTime<Utc>;
    /// When something beside the network falls due (a timer of the line), if anything does.
    fn next_due(&self) -> BoxFuture<'_, Option<DateTime<Utc>>>;
    /// Turns the clock and lets everything beside the network happen that is due by then.
    fn turn_to(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()>;
}

/// A clock that only the network follows.
pub struct Hand(Mutex<DateTime<Utc>>);

impl Hand {
    pub fn at(start: DateTime<Utc>) -> Self {
        Self(Mutex::new(start))
    }
}

impl Clockwork for Hand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock")
    }

    fn next_due(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        async { None }.boxed()
    }

    fn turn_to(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        *self.0.lock().expect("a clock") = at;
        async {}.boxed()
    }
}

/// Events in the order they happen; those of one instant in the order they were put in.
#[derive(Default)]
pub(super) struct Queue {
    events: BTreeMap<(DateTime<Utc>, u64), Event>,
    serial: u64,
}

impl Queue {
    pub(super) fn put(&mut self, at: DateTime<Utc>, event: Event) {
        self.serial += 1;
        self.events.insert((at, self.serial), event);
    }

    pub(super) fn next_due(&self) -> Option<DateTime<Utc>> {
        self.events.keys().next().map(|(at, _)| *at)
    }

    /// Takes the next event that is due by now.
    pub(super) fn take(&mut self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Event)> {
        let first = self.events.first_entry()?;
        let at = first.key().0;
        (at <= now).then(|| (at, first.remove()))
    }

    /// Takes every event that `wanted` points at, whenever it is due.
    pub(super) fn pick(&mut self, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        let keys: Vec<_> = self.events.iter().filter(|(_, event)| wanted(event)).map(|(key, _)| *key).collect();
        keys.iter().filter_map(|key| self.events.remove(key)).collect()
    }

    /// Tells whether such an event is still to come.
    pub(super) fn holds(&self, wanted: impl Fn(&Event) -> bool) -> bool {
        self.events.values().any(wanted)
    }
}
