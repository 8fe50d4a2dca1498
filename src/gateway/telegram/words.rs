//! What messages said last, as far as it is remembered: the Bot API tells of a change also when nothing
//! has changed that anybody reads. Only hashes are kept.

use crate::channel::telegram::message_of;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// Messages remembered; older ones are hardly changed any more.
const MESSAGES_MAX: usize = 10_000;

/// The last words of each message, and the event that told of them.
#[derive(Debug, Default)]
pub(super) struct Words(Mutex<HashMap<String, (u64, String)>>);

impl Words {
    /// Notes what a message says by an event, and tells whether that is new. An event that comes again
    /// because it could not be stored stays as new as it was.
    pub(super) fn are_new(&self, event: &str, words: &str) -> bool {
        let message = message_of(event);
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        let said = hasher.finish();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(&message).is_some_and(|(before, by)| *before == said && by != event) {
            return false;
        }
        if all.len() >= MESSAGES_MAX {
            all.clear();
        }
        all.insert(message, (said, event.to_owned()));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn a_change_of_nothing_is_none() {
        let words = Words::default();
        let table = [
            ("telegram:900:7:15", "Most", true),
            ("telegram:900:7:15", "Most", true),
            ("telegram:900:7:15:100", "Most", false),
            ("telegram:900:7:15:101", "Teplice", true),
            ("telegram:900:7:15:101", "Teplice", true),
            ("telegram:900:7:15:102", "Teplice", false),
            ("telegram:900:7:16", "Teplice", true),
            ("telegram:900:7:15:103", "Most", true),
            ("telegram:900:8:15:103", "Most", true),
        ];
        for (event, said, new) in table {
            assert_eq!(words.are_new(event, said), new, "{event} {said}");
        }
    }
}
