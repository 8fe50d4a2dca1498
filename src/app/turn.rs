//! Turns: each event is known already, or decided and carried out. Events that have nothing
//! in common are read, decided and written side by side; what comes out is what would have
//! come out one after another.

use super::error::InboxError;
use super::group::{decided_together, read_together};
use super::inbox::Accepted;
use crate::decision::decide;
use crate::domain::{ContactId, Effect, Event, Happened, Heard, Letter, Situation, What};
use crate::handbook::Handbook;
use crate::store::{Ask, Asked, Batch, Known, StoreError, Turn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;

type Taken = Result<Accepted, InboxError>;

/// Gives every event its turn, in order.
pub(super) async fn take(batch: &mut Batch, handbook: &Handbook, events: &[Event]) -> Vec<Taken> {
    let mut taken = Vec::with_capacity(events.len());
    let mut together_max = events.len();
    loop {
        let rest = events.get(taken.len()..).unwrap_or_default();
        let asked: Vec<_> = rest.iter().take(together_max).map(|event| asked(handbook, event)).collect();
        if asked.is_empty() {
            return taken;
        }
        let together = asked.get(..read_together(&asked)).unwrap_or(&asked);
        match batch.read(together).await {
            Ok(known) => taken.extend(side_by_side(batch, handbook, rest, known).await),
            // What cannot be read must not keep its neighbours from their turns.
            Err(_) if together.len() > 1 => together_max = 1,
            Err(error) => taken.push(Err(error.into())),
        }
    }
}

/// Decides the first events, as many as may be, and carries them out.
async fn side_by_side(batch: &mut Batch, handbook: &Handbook, events: &[Event], mut known: Vec<Known>) -> Vec<Taken> {
    known.truncate(decided_together(&known));
    let decided = decided(handbook, events, known);
    let turns: Vec<_> = events.iter().zip(&decided).filter_map(|(event, decided)| decided.turn(event)).collect();
    let carried_out = carry_out(batch, &turns).await;
    let mut carried_out = carried_out.into_iter();
    decided.into_iter().map(|decided| decided.taken(&mut carried_out)).collect()
}

/// Writes the turns together; when one is refused, each alone.
async fn carry_out(batch: &mut Batch, turns: &[Turn<'_>]) -> Vec<Result<(), StoreError>> {
    if turns.is_empty() {
        return Vec::new();
    }
    match batch.apply(turns).await {
        Ok(()) => turns.iter().map(|_| Ok(())).collect(),
        Err(error) if turns.len() == 1 => vec![Err(error)],
        Err(_) => {
            let mut results = Vec::with_capacity(turns.len());
            for turn in turns {
                results.push(batch.apply(slice::from_ref(turn)).await);
            }
            results
        }
    }
}

/// What was decided about one event.
enum Decided {
    Before(Vec<Letter>),
    Now { contact: Option<ContactId>, effects: Vec<Effect> },
    Broken,
}

impl Decided {
    fn turn<'a>(&'a self, event: &'a Event) -> Option<Turn<'a>> {
        let Self::Now { contact, effects } = self else { return None };
        Some(Turn { event, contact: *contact, words: words(effects), effects })
    }

    /// The answer to the sender; `carried_out` yields the fate of each turn in order.
    fn taken(self, carried_out: &mut impl Iterator<Item = Result<(), StoreError>>) -> Taken {
        match self {
            Self::Before(letters) => Ok(Accepted { letters, repeated: true }),
            Self::Broken => Err(InboxError::Decision),
            Self::Now { effects, .. } => {
                carried_out.next().unwrap_or(Ok(()))?;
                Ok(Accepted { letters: letters(effects), repeated: false })
            }
        }
    }
}

/// Decides events side by side; each new contact gets the next number.
fn decided(handbook: &Handbook, events: &[Event], known: Vec<Known>) -> Vec<Decided> {
    let mut number = 0;
    let decide_one = |(known, event): (Known, &Event)| match known {
        Known::Before(letters) => Decided::Before(letters),
        Known::Now(mut situation) => {
            situation.next_number = situation.next_number.max(number);
            let decided = decided_one(handbook, &situation, event);
            if let Decided::Now { effects, .. } = &decided {
                number = effects.iter().filter_map(opened).map(|number| number + 1).max().unwrap_or(0).max(number);
            }
            decided
        }
    };
    known.into_iter().zip(events).map(decide_one).collect()
}

/// A decision that breaks must not take the line with it.
fn decided_one(handbook: &Handbook, situation: &Situation, event: &Event) -> Decided {
    match catch_unwind(AssertUnwindSafe(|| decide(handbook, situation, event))) {
        Ok(effects) => Decided::Now { contact: contact(situation, &effects), effects },
        Err(_) => Decided::Broken,
    }
}

fn opened(effect: &Effect) -> Option<i64> {
    if let Effect::Keep(contact) = effect { Some(contact.number) } else { None }
}

/// What has to be read before the event can be decided.
fn asked<'a>(handbook: &Handbook, event: &'a Event) -> Asked<'a> {
    let ask = match &event.what {
        What::Heard(heard) => ask_heard(handbook, heard),
        What::Ordered { order, .. } => Ask::Contact(order.contact()),
        What::Reported(report) => Ask::Letter(report.letter),
        What::Rang(timer) => Ask::Timer(timer.clone()),
    };
    Asked { key: &event.key, at: event.at, ask }
}

/// An operator's phone speaks for the operator only about a letter that rang it.
fn ask_heard(handbook: &Handbook, heard: &Heard) -> Ask {
    let spoken = handbook.ability(&heard.from.channel).is_some_and(|ability| ability.inline);
    match handbook.operator_at(&heard.from) {
        Some(operator) if !spoken || heard.about.is_some() => Ask::Operator { operator: operator.id.clone(), letter: heard.about },
        Some(_) | None => Ask::Worker(heard.from.clone()),
    }
}

fn contact(situation: &Situation, effects: &[Effect]) -> Option<ContactId> {
    let kept = effects.iter().find_map(|effect| if let Effect::Keep(contact) = effect { Some(contact.id) } else { None });
    kept.or_else(|| situation.contact.as_ref().map(|contact| contact.id))
}

/// The masked words that were heard; the original is kept nowhere.
fn words(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Log(entry) => match &entry.what {
            Happened::Heard { words } | Happened::Relayed { words, .. } | Happened::Noted { words } => Some(words.as_str()),
            _ => None,
        },
        _ => None,
    })
}

fn letters(effects: Vec<Effect>) -> Vec<Letter> {
    effects.into_iter().filter_map(|effect| if let Effect::Send(letter) = effect { Some(letter) } else { None }).collect()
}
