//! Carrying out what was decided, without a thought: one event row and its effects.

use super::dialect::{self, on};
use super::{Batch, StoreError, micros};
use crate::domain::{ContactId, Effect, Entry, Event, Letter, Offer, OperatorId, Said, What, Worker};
use chrono::{DateTime, Utc};
use sqlx::error::ErrorKind;

const CLAIM: &str =
    "insert into event (key, at, kind, channel, handle, contact, words) values ($1, $2, $3, $4, $5, $6, $7)";

const INTRODUCE: &str = "
    insert into worker (id, organisation, lang) values ($1, $2, $3)
    on conflict (id) do update set organisation = excluded.organisation, lang = excluded.lang";

const INTRODUCE_ADDRESS: &str = "
    insert into worker_address (channel, handle, worker) values ($1, $2, $3)
    on conflict (channel, handle) do update set worker = excluded.worker";

const OFFER: &str = "
    insert into offer (contact, operator, letter, state, at) values ($1, $2, $3, $4, $5)
    on conflict (contact, operator, letter) do update set state = excluded.state, at = excluded.at";

const CLOSE_OFFERS: &str = "update offer set state = 'gone' where contact = $1 and state = 'open'";

const REST: &str = "
    insert into pause (operator, until) values ($1, $2) on conflict (operator) do update set until = excluded.until";

const RETURN: &str = "delete from pause where operator = $1";

impl Batch {
    /// Claims the event's key and carries out its effects: all of it, or nothing when it fails, and
    /// the other turns of the batch stay.
    ///
    /// `contact` is the contact the event turned out to be about, `words` what was heard with
    /// personal data masked; nothing else of the event is kept. Whatever the order of the effects,
    /// workers and contacts are written before what belongs to them, then entries, then letters,
    /// each kind in its own order, then the rest as it stands.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the key is taken, [`StoreError::Stale`] when a contact's stored
    /// epoch is higher; otherwise when the database fails.
    pub async fn apply(
        &mut self,
        event: &Event,
        contact: Option<ContactId>,
        words: Option<&str>,
        effects: &[Effect],
    ) -> Result<(), StoreError> {
        self.claim(event, contact, words);
        let sorted = Sorted::of(effects);
        sorted.first.into_iter().for_each(|effect| self.carry_out(effect));
        self.log(&sorted.entries);
        self.send(&sorted.letters);
        sorted.rest.into_iter().for_each(|effect| self.carry_out(effect));
        dialect::run(&mut self.writer).await
    }

    fn claim(&mut self, event: &Event, contact: Option<ContactId>, words: Option<&str>) {
        let from = match &event.what {
            What::Heard(heard) => Some(&heard.from),
            What::Ordered { .. } | What::Reported(_) | What::Rang(_) => None,
        };
        on!(&mut self.writer, writing => writing.script.add("claim an event", CLAIM)
            .bind(event.key.as_str())
            .bind(micros(event.at))
            .bind(kind(&event.what))
            .bind(from.map(|from| from.channel.as_str()))
            .bind(from.map(|from| from.handle.as_str()))
            .bind(contact.map(|contact| contact.0))
            .bind(words)
            .or(ErrorKind::UniqueViolation, StoreError::Duplicate(event.key.clone())));
    }

    fn carry_out(&mut self, effect: &Effect) {
        match effect {
            Effect::Introduce(worker) => self.introduce(worker),
            Effect::Keep(contact) => self.keep(contact),
            Effect::Log(entry) => self.log(&[entry]),
            Effect::Send(letter) => self.send(&[letter]),
            Effect::Offer(offer) => self.offer(offer),
            Effect::CloseOffers { contact } => self.close_offers(*contact),
            Effect::Set(timer) => self.set(timer),
            Effect::Drop(timer) => self.drop_timer(*timer),
            Effect::Clear(contact) => self.clear(*contact),
            Effect::Mark { letter, delivery, error, due_at } => {
                self.mark(*letter, *delivery, error.as_deref(), *due_at);
            }
            Effect::Pause { operator, until } => self.pause(operator, *until),
        }
    }

    fn introduce(&mut self, worker: &Worker) {
        on!(&mut self.writer, writing => {
            writing.script.add("remember a worker", INTRODUCE)
                .bind(worker.id.0)
                .bind(worker.organisation.as_deref())
                .bind(worker.lang.code());
            writing.script.add("remember a worker's address", INTRODUCE_ADDRESS)
                .bind(worker.address.channel.as_str())
                .bind(worker.address.handle.as_str())
                .bind(worker.id.0);
        });
    }

    fn offer(&mut self, offer: &Offer) {
        on!(&mut self.writer, writing => {
            writing.script.add("write an offer", OFFER)
            .bind(offer.contact.0)
            .bind(offer.operator.as_str())
            .bind(offer.letter.0)
            .bind(offer.state.name())
            .bind(micros(offer.at));
        });
    }

    fn close_offers(&mut self, contact: ContactId) {
        on!(&mut self.writer, writing => {
            writing.script.add("close a contact's offers", CLOSE_OFFERS).bind(contact.0);
        });
    }

    fn pause(&mut self, operator: &OperatorId, until: Option<DateTime<Utc>>) {
        on!(&mut self.writer, writing => match until {
            Some(until) => {
                writing.script.add("let an operator rest", REST).bind(operator.as_str()).bind(micros(until));
            }
            None => {
                writing.script.add("end an operator's rest", RETURN).bind(operator.as_str());
            }
        });
    }
}

/// The effects of one turn in the order they are written.
#[derive(Default)]
struct Sorted<'a> {
    first: Vec<&'a Effect>,
    entries: Vec<&'a Entry>,
    letters: Vec<&'a Letter>,
    rest: Vec<&'a Effect>,
}

impl<'a> Sorted<'a> {
    fn of(effects: &'a [Effect]) -> Self {
        let mut sorted = Self::default();
        let contacts = effects.iter().filter(|effect| matches!(effect, Effect::Keep(_)));
        sorted.first.extend(effects.iter().filter(|effect| matches!(effect, Effect::Introduce(_))).chain(contacts));
        for effect in effects {
            match effect {
                Effect::Introduce(_) | Effect::Keep(_) => {}
                Effect::Log(entry) => sorted.entries.push(entry),
                Effect::Send(letter) => sorted.letters.push(letter),
                Effect::Offer(_)
                | Effect::CloseOffers { .. }
                | Effect::Set(_)
                | Effect::Drop(_)
                | Effect::Clear(_)
                | Effect::Mark { .. }
                | Effect::Pause { .. } => sorted.rest.push(effect),
            }
        }
        sorted
    }
}

/// The name of an event's kind, as the thread of an address shows it.
const fn kind(what: &What) -> &'static str {
    match what {
        What::Heard(heard) => match heard.said {
            Said::Text(_) => "text",
            Said::Choice { .. } => "choice",
            Said::Keys(_) => "keys",
            Said::Called => "called",
            Said::Silence => "silence",
            Said::Recorded { .. } => "recorded",
            Said::HungUp => "hung_up",
            Said::Unsupported(_) => "unsupported",
        },
        What::Ordered { .. } => "ordered",
        What::Reported(_) => "reported",
        What::Rang(_) => "rang",
    }
}
