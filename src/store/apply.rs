//! Carrying out what was decided, without a thought: one event row a turn, and its effects.

use super::dialect::{self, on};
use super::rows::{Rows, pieces};
use super::sorted::Sorted;
use super::{Batch, StoreError, micros};
use crate::domain::{ContactId, Effect, Event, Offer, OperatorId, Said, What, Worker};
use chrono::{DateTime, Utc};
use sqlx::error::ErrorKind;

/// One decided event, as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// The event; nothing of it is kept but its key, time, kind and address.
    pub event: &'a Event,
    /// The contact it turned out to be about.
    pub contact: Option<ContactId>,
    /// What was heard, with personal data masked.
    pub words: Option<&'a str>,
    /// What is done about it.
    pub effects: &'a [Effect],
}

/// So few turns make texts that come again and again.
const RECURRING_TURNS: usize = 6;

const CLAIM: Rows = Rows {
    before: "insert into event (key, at, kind, channel, handle, contact, words) values ",
    columns: 7,
    after: "",
};

const INTRODUCE: Rows = Rows {
    before: "insert into worker (id, organisation, lang) values ",
    columns: 3,
    after: " on conflict (id) do update set organisation = excluded.organisation, lang = excluded.lang",
};

const INTRODUCE_ADDRESS: Rows = Rows {
    before: "insert into worker_address (channel, handle, worker) values ",
    columns: 3,
    after: " on conflict (channel, handle) do update set worker = excluded.worker",
};

const OFFER: &str = "
    insert into offer (contact, operator, letter, state, at) values ($1, $2, $3, $4, $5)
    on conflict (contact, operator, letter) do update set state = excluded.state, at = excluded.at";

const CLOSE_OFFERS: &str = "update offer set state = 'gone' where contact = $1 and state = 'open'";

const REST: &str = "
    insert into pause (operator, until) values ($1, $2) on conflict (operator) do update set until = excluded.until";

const RETURN: &str = "delete from pause where operator = $1";

impl Batch {
    /// Claims the events' keys and carries out their effects: all of it, or nothing when something
    /// fails, and what the batch did before stays.
    ///
    /// Turns that are applied together must not be about the same contact. Whatever the order of
    /// the effects, workers and contacts are written before what belongs to them; entries, letters
    /// and offers keep their order.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when a key is taken, [`StoreError::Stale`] when a contact's stored
    /// epoch is higher (of many turns it names one that may be another's neighbour),
    /// [`StoreError::Overtaken`] when the roster was changed since a turn was decided; otherwise when
    /// the database fails.
    pub async fn apply(&mut self, turns: &[Turn<'_>]) -> Result<(), StoreError> {
        pieces(turns).for_each(|turns| self.claim(turns));
        let sorted = Sorted::of(turns.iter().flat_map(|turn| turn.effects));
        pieces(&sorted.workers).for_each(|workers| self.introduce(workers));
        // Alone, each contact has a statement, so that a refusal names it.
        if turns.len() == 1 {
            sorted.contacts.chunks(1).for_each(|contact| self.keep(contact));
        } else {
            pieces(&sorted.contacts).for_each(|contacts| self.keep(contacts));
        }
        self.log(&sorted.entries);
        pieces(&sorted.letters).for_each(|letters| self.send(letters));
        self.mark(&sorted.marks);
        pieces(&sorted.cleared).for_each(|contacts| self.clear(contacts));
        pieces(&sorted.dropped).for_each(|timers| self.drop_timers(timers));
        pieces(&sorted.timers).for_each(|timers| self.set(timers));
        self.spend(&sorted.spent);
        sorted.rest.into_iter().for_each(|effect| self.carry_out(effect));
        dialect::run(&mut self.writer, turns.len() <= RECURRING_TURNS).await
    }

    fn claim(&mut self, turns: &[Turn<'_>]) {
        let Some(first) = turns.first() else { return };
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("claim an event", &CLAIM, turns.len());
            for turn in turns {
                let from = turn.event.from();
                script
                    .bind(turn.event.key.as_str())
                    .bind(micros(turn.event.at))
                    .bind(kind(&turn.event.what))
                    .bind(from.map(|from| from.channel.as_str()))
                    .bind(from.map(|from| from.handle.as_str()))
                    .bind(turn.contact.map(|contact| contact.0))
                    .bind(turn.words);
            }
            script.or(ErrorKind::UniqueViolation, StoreError::Duplicate(first.event.key.clone()));
        });
    }

    fn introduce(&mut self, workers: &[&Worker]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("remember a worker", &INTRODUCE, workers.len());
            for worker in workers {
                script.bind(worker.id.0).bind(worker.organisation.as_deref()).bind(worker.lang.code());
            }
            let script = writing.script.rows("remember a worker's address", &INTRODUCE_ADDRESS, workers.len());
            for worker in workers {
                script.bind(worker.address.channel.as_str()).bind(worker.address.handle.as_str()).bind(worker.id.0);
            }
        });
    }

    /// Carries out an effect whose place among others matters.
    fn carry_out(&mut self, effect: &Effect) {
        match effect {
            Effect::Offer(offer) => self.offer(offer),
            Effect::CloseOffers { contact } => self.close_offers(*contact),
            Effect::Pause { operator, until } => self.pause(operator, *until),
            Effect::Invite { code, worker, at, until } => self.invite(code, *worker, *at, *until),
            Effect::Join { worker, into } => self.join(*worker, *into),
            Effect::UseInvitation(id) => self.use_invitation(id),
            Effect::Guessed { address, guesses } => self.count_guesses(address, *guesses),
            Effect::Swap(swap) => self.swap(swap),
            Effect::Roster(roster) => self.change_roster(roster),
            Effect::Point(point) => self.keep_point(point),
            Effect::DropPoint(address) => self.drop_point(address),
            Effect::Warned(warned) => self.keep_warned(warned),
            Effect::Settle(key) => self.settle(key),
            Effect::OptOut { address, own, since } => self.opt_out(address, own.as_deref(), *since),
            Effect::Introduce(_)
            | Effect::Keep(_)
            | Effect::Log(_)
            | Effect::Send(_)
            | Effect::Set(_)
            | Effect::Drop(_)
            | Effect::Clear(_)
            | Effect::Spend { .. }
            | Effect::Mark { .. } => {}
        }
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
            Said::SignedIn => "signed_in",
            Said::NotSignedIn => "not_signed_in",
            Said::LockedOut { .. } => "locked_out",
            Said::HungUp => "hung_up",
            Said::Back { .. } => "back",
            Said::Attached { .. } => "attached",
            Said::Edited(_) => "edited",
            Said::Deleted => "deleted",
            Said::Unsupported(_) => "unsupported",
            Said::Blocked => "blocked",
            Said::Unblocked => "unblocked",
            Said::NewKeys => "new_keys",
            Said::NotAlone => "not_alone",
        },
        What::Ordered { .. } => "ordered",
        What::Challenged(_) => "challenged",
        What::Reported(_) => "reported",
        What::Rang(_) => "rang",
        What::Struck(_) => "struck",
        What::Looked(_) => "looked",
        What::CostReached { .. } => "cost_reached",
        What::Audited(_) => "audited",
        What::Filed { .. } => "filed",
        What::SwapDue(_) => "swap_due",
    }
}
