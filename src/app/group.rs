//! Which waiting events may be decided side by side: those of which none can change what
//! another has to know.

use crate::domain::{Address, ContactId, EventKey, LetterId, Situation, WorkerId};
use crate::store::{Ask, Asked, Known};
use std::collections::HashSet;

/// Something two events must not share.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Touched<'a> {
    Key(&'a EventKey),
    Address(&'a Address),
    Letter(LetterId),
    Contact(ContactId),
    Worker(WorkerId),
}

/// Returns how many of the first events may be read together. An operator's event is alone: it
/// may be about any contact, and may change who is on duty; a letter that failed may change where
/// somebody is reached. So may a swap's, a keyword, and a code, which joins two workers or brings somebody in.
pub(super) fn read_together(asked: &[Asked<'_>]) -> usize {
    let mut touched = HashSet::new();
    let alone = |ask: &Ask| matches!(ask, Ask::Operator { .. } | Ask::Shift { .. } | Ask::Failure(_) | Ask::Ahead | Ask::Link { .. } | Ask::Keyword { .. } | Ask::Swaps);
    let apart = asked.iter().take_while(|asked| !alone(&asked.ask) && asked.code.is_none() && named(asked).all(|name| touched.insert(name)));
    apart.count().max(1)
}

/// Returns how many of the first events, now that they were read, may be decided together.
pub(super) fn decided_together(known: &[Known]) -> usize {
    let mut touched = HashSet::new();
    let apart = known.iter().take_while(|known| match known {
        Known::Before(_) => true,
        Known::Now(situation) => found(situation).all(|name| touched.insert(name)),
    });
    apart.count().max(1)
}

fn named<'a>(asked: &'a Asked<'_>) -> impl Iterator<Item = Touched<'a>> {
    let about = match &asked.ask {
        Ask::Worker { address, .. } => Some(Touched::Address(address)),
        Ask::Letter(letter) => Some(Touched::Letter(*letter)),
        Ask::Contact(contact) => Some(Touched::Contact(*contact)),
        Ask::Timer(timer) => Some(Touched::Contact(timer.contact)),
        Ask::Operator { .. } | Ask::Shift { .. } | Ask::Failure(_) | Ask::Ahead | Ask::Link { .. } | Ask::Keyword { .. } | Ask::Swaps | Ask::Nothing => None,
    };
    std::iter::once(Touched::Key(asked.key)).chain(about)
}

fn found(situation: &Situation) -> impl Iterator<Item = Touched<'static>> {
    let contact = situation.contact.as_ref();
    let worker = situation.worker.as_ref().map(|worker| worker.id);
    let workers = contact.map(|contact| contact.worker).into_iter().chain(worker.filter(|id| contact.is_none_or(|contact| contact.worker != *id)));
    contact.map(|contact| Touched::Contact(contact.id)).into_iter().chain(workers.map(Touched::Worker))
}

#[cfg(test)]
mod tests {
    use super::{decided_together, read_together};
    use crate::domain::{Address, ContactId, EventKey, LetterId, OperatorId, Situation, Worker, WorkerId};
    use crate::store::{Ask, Asked, Known};
    use chrono::DateTime;
    use uuid::Uuid;

    fn together(asks: Vec<(&str, Ask)>) -> usize {
        let keys: Vec<_> = asks.iter().map(|(key, _)| EventKey::new(*key)).collect();
        let asked: Vec<_> = asks.into_iter().zip(&keys).map(|((_, ask), key)| Asked { key, at: DateTime::UNIX_EPOCH, ask, code: None }).collect();
        read_together(&asked)
    }

    #[test]
    fn events_about_different_things_are_read_together() {
        let from = |handle: &str| Ask::Worker { address: Address::new("chat", handle), contact: None, letter: None, original: None, call: None, texts: None, all: false };
        let letter = |n| Ask::Letter(LetterId(Uuid::from_u128(n)));
        let contact = |n| Ask::Contact(ContactId(Uuid::from_u128(n)));
        let operator = || Ask::Operator { operator: OperatorId::new("jana"), letter: None, original: None, number: None };
        for (asks, expected) in [
            (vec![("1", from("a")), ("2", from("b")), ("3", letter(1)), ("4", contact(2))], 4),
            (vec![("1", from("a")), ("2", from("b")), ("3", from("a"))], 2),
            (vec![("1", from("a")), ("1", from("b"))], 1),
            (vec![("1", letter(1)), ("2", letter(1))], 1),
            (vec![("1", contact(1)), ("2", contact(1))], 1),
            (vec![("1", from("a")), ("2", operator()), ("3", from("b"))], 1),
            (vec![("1", operator()), ("2", from("b"))], 1),
            (vec![("1", from("a")), ("2", Ask::Failure(LetterId(Uuid::from_u128(1)))), ("3", from("b"))], 1),
            (vec![("1", Ask::Ahead), ("2", from("b"))], 1),
        ] {
            assert_eq!(together(asks.clone()), expected, "{asks:?}");
        }
    }

    #[test]
    fn two_addresses_of_one_worker_are_decided_one_after_another() {
        let worker = |n| Worker { id: WorkerId(Uuid::from_u128(n)), organisation: None, address: Address::new("chat", "a"), lang: crate::domain::Lang::Cs };
        let of = |n| Known::Now(Box::new(Situation { worker: Some(worker(n)), ..Situation::default() }));
        assert_eq!(decided_together(&[of(1), of(2), Known::Before(Vec::new()), of(1)]), 3);
        assert_eq!(decided_together(&[of(1), of(1)]), 1);
        assert_eq!(decided_together(&[Known::Now(Box::default()), Known::Now(Box::default())]), 2);
    }
}
