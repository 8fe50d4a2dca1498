//! How much is too much at the door: calls at the same time, calls of one number, PINs tried by phone. All
//! are counted in memory: after a restart everybody is let in, which is the better mistake.

use super::call::Call;
use super::flood::{Flood, Tide};
use crate::app::Judged;
use crate::channel::twilio::Secret;
use crate::config::{Phone, PhoneLimits};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A call whose end nobody told is taken for over. Whoever talks longer only lets one more in.
const CALL_MAX: TimeDelta = TimeDelta::hours(1);
/// Before that a call need not be found among those that are going on: it may be just beginning.
const CALL_SETTLED: TimeDelta = TimeDelta::minutes(1);
/// How often the provider is asked which calls are going on.
const LOOK: TimeDelta = TimeDelta::seconds(30);
/// PINs the whole line judges by phone in one minute: a shift of a prison signs in, a machine does not.
const PINS_OF_MINUTE_MAX: usize = 30;
/// Tries that are remembered, so that a repeated request counts once.
const TRIES_KEPT: usize = 512;

/// Whether there is room for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// It is in already: the same request once more.
    Taken,
    /// There is.
    Free,
    /// There is none.
    None,
}

/// Who is let in, and who is there.
#[derive(Debug)]
pub(super) struct Guard {
    calls_at_once: usize,
    /// Unknown callers press a key first.
    pub(super) captcha: bool,
    /// What that key is made with.
    pub(super) seal: Secret,
    callers: Flood,
    calls: Mutex<HashMap<String, DateTime<Utc>>>,
    looked: Mutex<Option<DateTime<Utc>>>,
    pins: Mutex<VecDeque<DateTime<Utc>>>,
    tries: Mutex<VecDeque<(String, Judged)>>,
}

impl Guard {
    /// Takes what is set.
    pub(super) fn new(phone: &Phone, seal: Secret) -> Self {
        let PhoneLimits { calls_at_once, calls_of_number, .. } = phone.limits;
        Self {
            calls_at_once: usize::try_from(calls_at_once).unwrap_or(usize::MAX),
            captcha: phone.captcha,
            seal,
            callers: Flood::new(calls_of_number),
            calls: Mutex::default(),
            looked: Mutex::default(),
            pins: Mutex::default(),
            tries: Mutex::default(),
        }
    }

    /// Takes a call in, if there is room for it.
    pub(super) fn enters(&self, call: &Call, now: DateTime<Utc>) -> Room {
        let mut calls = held(&self.calls);
        if calls.contains_key(&call.sid) {
            return Room::Taken;
        }
        if calls.len() >= self.calls_at_once {
            calls.retain(|_, since| now.signed_duration_since(*since) < CALL_MAX);
        }
        if calls.len() >= self.calls_at_once {
            return Room::None;
        }
        calls.insert(call.sid.clone(), now);
        Room::Free
    }

    /// Counts a call; tells whether its number calls more often than a person does. Each hidden caller is
    /// somebody of whom nothing else is known: all of them together are only held up by the calls at the
    /// same time.
    pub(super) fn calls_too_often(&self, call: &Call, now: DateTime<Utc>) -> bool {
        call.from.is_number() && self.callers.count(&call.from.handle, now) != Tide::Fair
    }

    /// Tells whether it is time to look which calls are going on, and whether there is any to look for.
    pub(super) fn may_look(&self, now: DateTime<Utc>) -> bool {
        let settled = held(&self.calls).values().any(|since| now.signed_duration_since(*since) >= CALL_SETTLED);
        let mut looked = held(&self.looked);
        let may = settled && looked.is_none_or(|at| now.signed_duration_since(at) >= LOOK);
        if may {
            *looked = Some(now);
        }
        may
    }

    /// Only these calls are going on; returns how many others were there.
    pub(super) fn keeps(&self, going_on: &HashSet<String>, now: DateTime<Utc>) -> usize {
        let mut calls = held(&self.calls);
        let before = calls.len();
        calls.retain(|sid, since| going_on.contains(sid) || now.signed_duration_since(*since) < CALL_SETTLED);
        before.saturating_sub(calls.len())
    }

    /// A call is over.
    pub(super) fn leaves(&self, call: &Call) {
        held(&self.calls).remove(&call.sid);
    }

    /// Tells whether one more PIN may be judged in this minute, and counts it.
    pub(super) fn may_try(&self, now: DateTime<Utc>) -> bool {
        let mut pins = held(&self.pins);
        while pins.front().is_some_and(|at| now.signed_duration_since(*at) >= TimeDelta::minutes(1)) {
            pins.pop_front();
        }
        let room = pins.len() < PINS_OF_MINUTE_MAX;
        if room {
            pins.push_back(now);
        }
        room
    }

    /// Returns how a try ended that was judged before: a repeated request is no second try.
    pub(super) fn tried(&self, name: &str) -> Option<Judged> {
        held(&self.tries).iter().find(|(known, _)| known == name).map(|(_, judged)| *judged)
    }

    /// Remembers how a try ended.
    pub(super) fn remember(&self, name: String, judged: Judged) {
        let mut tries = held(&self.tries);
        if tries.len() >= TRIES_KEPT {
            tries.pop_front();
        }
        tries.push_back((name, judged));
    }
}

fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Guard, Judged, PINS_OF_MINUTE_MAX, Room, Secret, TRIES_KEPT};
    use crate::config::{Phone, PhoneLimits};
    use crate::domain::Address;
    use crate::gateway::call::Call;
    use chrono::{DateTime, TimeDelta, Utc};

    fn call(n: u32) -> Call {
        Call { sid: format!("CA{n:032x}"), from: Address::new("voice", "+420719000201"), own: String::new() }
    }

    #[test]
    fn there_is_room_for_so_many_calls() {
        let limits = PhoneLimits { calls_at_once: 2, ..PhoneLimits::default() };
        let guard = Guard::new(&Phone { limits, ..Phone::default() }, Secret::new("t"));
        let now = DateTime::<Utc>::UNIX_EPOCH;
        assert_eq!([1, 2, 1, 3].map(|n| guard.enters(&call(n), now)), [Room::Free, Room::Free, Room::Taken, Room::None]);
        guard.leaves(&call(1));
        assert_eq!([3, 1].map(|n| guard.enters(&call(n), now)), [Room::Free, Room::None]);
        assert_eq!(guard.enters(&call(4), now + TimeDelta::hours(1)), Room::Free, "ends that were never told");
    }

    #[test]
    fn calls_that_are_not_going_on_make_room() {
        let limits = PhoneLimits { calls_at_once: 2, ..PhoneLimits::default() };
        let guard = Guard::new(&Phone { limits, ..Phone::default() }, Secret::new("t"));
        let (began, now) = (DateTime::<Utc>::UNIX_EPOCH, DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(60));
        assert_eq!([guard.enters(&call(1), began), guard.enters(&call(2), now - TimeDelta::seconds(1))], [Room::Free; 2]);
        assert!(!guard.may_look(now - TimeDelta::seconds(1)), "all have just begun");
        assert!(guard.may_look(now) && !guard.may_look(now + TimeDelta::seconds(29)) && guard.may_look(now + TimeDelta::seconds(30)));
        assert_eq!(guard.keeps(&[call(1).sid].into(), now), 0);
        assert_eq!(guard.keeps(&[].into(), now), 1, "whoever has just begun stays");
        assert_eq!([3, 4].map(|n| guard.enters(&call(n), now)), [Room::Free, Room::None]);
    }

    #[test]
    fn pins_are_judged_so_often_and_no_oftener() {
        let (guard, now) = (Guard::new(&Phone::default(), Secret::new("t")), DateTime::<Utc>::UNIX_EPOCH);
        assert!((0..PINS_OF_MINUTE_MAX).all(|_| guard.may_try(now)));
        assert!(!guard.may_try(now + TimeDelta::seconds(59)));
        assert!(guard.may_try(now + TimeDelta::seconds(60)));
    }

    #[test]
    fn a_repeated_try_is_known_for_a_while() {
        let guard = Guard::new(&Phone::default(), Secret::new("t"));
        guard.remember("a".to_owned(), Judged::Right);
        assert_eq!((guard.tried("a"), guard.tried("b")), (Some(Judged::Right), None));
        (0..TRIES_KEPT).for_each(|n| guard.remember(n.to_string(), Judged::Wrong));
        assert_eq!(guard.tried("a"), None);
    }
}
