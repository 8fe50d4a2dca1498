//! Who is typing now. The homeserver tells only when it begins and ends, so it is remembered in between –
//! for a minute at most, should the end never be told.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Nobody types longer without a pause.
const LONGEST: TimeDelta = TimeDelta::seconds(60);

/// Who types in which room, and since when that is known.
type Rooms = BTreeMap<String, (Vec<String>, DateTime<Utc>)>;

/// Everybody who types.
#[derive(Debug, Default)]
pub(super) struct Typing(Mutex<Rooms>);

impl Typing {
    /// Notes who types in a room; nobody ends it.
    pub(super) fn note(&self, room: &str, users: &[String], now: DateTime<Utc>) {
        let mut rooms = self.rooms();
        if users.is_empty() {
            rooms.remove(room);
        } else {
            rooms.insert(room.to_owned(), (users.to_vec(), now));
        }
    }

    /// Lists who types.
    pub(super) fn now(&self, now: DateTime<Utc>) -> Vec<String> {
        let mut rooms = self.rooms();
        rooms.retain(|_, (_, since)| now.signed_duration_since(*since) < LONGEST);
        rooms.values().flat_map(|(users, _)| users.clone()).collect()
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Typing;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn it_lasts_until_its_end_is_told_or_a_minute() {
        let (typing, at) = (Typing::default(), |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
        typing.note("!one", &["@jana:example.org".to_owned()], at(0));
        typing.note("!two", &["@petr:example.org".to_owned()], at(30));
        assert_eq!(typing.now(at(59)), ["@jana:example.org", "@petr:example.org"]);
        assert_eq!(typing.now(at(60)), ["@petr:example.org"]);
        typing.note("!two", &[], at(61));
        assert!(typing.now(at(61)).is_empty());
    }
}
