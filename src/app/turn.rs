//! Turns: each event is known already, or decided and carried out. Events that have nothing
//! in common are read, decided and written side by side; what comes out is what would have
//! come out one after another.

use super::error::InboxError;
use super::crowd::Crowd;
use super::group::{decided_together, read_together};
use super::inbox::Accepted;
use crate::decision::{Prepared, decide, invitation_code, keyword, link_code, named_number, texted_at, wants_all};
use crate::domain::{Address, Attachment, Body, ContactId, Delivery, Effect, Event, Happened, Heard, Lang, Letter, Said, Situation, What};
use crate::handbook::Handbook;
use crate::store::{Ask, Asked, Batch, Known, StoreError, Turn};
use crate::understanding::mask;
use futures_util::poll;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::slice;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

/// Pieces a group is cut into, so that one is decided while another is written, and how small and
/// large a piece may be.
const PIECES: usize = 4;
const PIECE: RangeInclusive<usize> = 4..=64;

type Taken = Result<Accepted, InboxError>;

/// Gives every event its turn, in order. Whoever has just joined or left the roster is somebody else now:
/// what comes next from there is decided anew.
pub(super) async fn take(batch: &mut Batch, events: &[Prepared], crowd: &Mutex<Crowd>) -> Vec<Taken> {
    let mut taken: Vec<Taken> = Vec::with_capacity(events.len());
    let mut together_max = events.len();
    let mut moved: Vec<&Address> = Vec::new();
    loop {
        if let (Some(Ok(Accepted { roster: true, .. })), Some(before)) = (taken.last(), taken.len().checked_sub(1).and_then(|n| events.get(n))) {
            moved.extend(before.event.from());
        }
        let rest = events.get(taken.len()..).unwrap_or_default();
        let is_late = |prepared: &&Prepared| prepared.event.from().is_some_and(|from| moved.contains(&from));
        if let Some(late) = rest.first().filter(is_late) {
            taken.push(Err(StoreError::Overtaken(late.handbook.roster).into()));
            continue;
        }
        let asked: Vec<_> = rest.iter().take(together_max).take_while(|prepared| !is_late(prepared)).map(asked).collect();
        if asked.is_empty() {
            return taken;
        }
        let together = asked.get(..read_together(&asked)).unwrap_or(&asked);
        match batch.read(together).await {
            Ok(known) => taken.extend(side_by_side(batch, rest, known, crowd).await),
            // What cannot be read must not keep its neighbours from their turns.
            Err(_) if together.len() > 1 => together_max = 1,
            Err(error) => taken.push(Err(error.into())),
        }
    }
}

/// Decides the first events, as many as may be, and carries them out: while the database writes
/// some of them, the next are decided.
async fn side_by_side(batch: &mut Batch, events: &[Prepared], mut known: Vec<Known>, crowd: &Mutex<Crowd>) -> Vec<Taken> {
    known.truncate(decided_together(&known));
    let mut taken = Vec::with_capacity(known.len());
    let piece = known.len().div_ceil(PIECES).clamp(*PIECE.start(), *PIECE.end());
    let mut deciding = Deciding { piece, waiting: events.iter().zip(known), number: 0, crowd };
    let mut decided = deciding.next();
    while let Some((events, outcomes)) = decided {
        let turns: Vec<_> = events.into_iter().zip(&outcomes).filter_map(|(prepared, decided)| decided.turn(&prepared.event)).collect();
        let carried_out = {
            let mut writing = pin!(carry_out(batch, &turns));
            let begun = poll!(&mut writing);
            decided = deciding.next();
            match begun {
                Poll::Ready(results) => results,
                Poll::Pending => writing.await,
            }
        };
        let mut carried_out = carried_out.into_iter();
        taken.extend(outcomes.into_iter().map(|decided| decided.taken(&mut carried_out)));
    }
    taken
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
    Now { contact: Option<ContactId>, words: Option<String>, effects: Vec<Effect> },
    Broken,
}

impl Decided {
    fn turn<'a>(&'a self, event: &'a Event) -> Option<Turn<'a>> {
        let Self::Now { contact, words, effects } = self else { return None };
        Some(Turn { event, contact: *contact, words: words.as_deref(), effects })
    }

    /// The answer to the sender; `carried_out` yields the fate of each turn in order.
    fn taken(self, carried_out: &mut impl Iterator<Item = Result<(), StoreError>>) -> Taken {
        match self {
            Self::Before(letters) => Ok(Accepted { letters, repeated: true, roster: false }),
            Self::Broken => Err(InboxError::Decision),
            Self::Now { effects, .. } => {
                carried_out.next().unwrap_or(Ok(()))?;
                let roster = effects.iter().any(|effect| matches!(effect, Effect::Roster(_)));
                Ok(Accepted { letters: letters(effects), repeated: false, roster })
            }
        }
    }
}

/// Decides events some at a time; each new contact gets the next number.
struct Deciding<'c, W> {
    /// How many at a time.
    piece: usize,
    waiting: W,
    /// The first number that is free after what was decided.
    number: i64,
    /// Who was sent how much lately, also by what was just decided.
    crowd: &'c Mutex<Crowd>,
}

impl<'a, W: Iterator<Item = (&'a Prepared, Known)>> Deciding<'_, W> {
    fn next(&mut self) -> Option<(Vec<&'a Prepared>, Vec<Decided>)> {
        let some: Vec<_> = self.waiting.by_ref().take(self.piece).collect();
        let decided: (Vec<_>, Vec<_>) = some.into_iter().map(|(event, known)| (event, self.decide(event, known))).unzip();
        (!decided.0.is_empty()).then_some(decided)
    }

    fn decide(&mut self, event: &Prepared, known: Known) -> Decided {
        let mut situation = match known {
            Known::Before(letters) => return Decided::Before(letters),
            Known::Now(situation) => situation,
        };
        situation.next_number = situation.next_number.max(self.number);
        let mut crowd = self.crowd.lock().unwrap_or_else(PoisonError::into_inner);
        situation.crowded = crowd.crowded(event.event.at);
        let decided = decided_one(event, &situation);
        if let Decided::Now { effects, .. } = &decided {
            crowd.count(effects);
            self.number = effects.iter().filter_map(opened).map(|number| number + 1).max().unwrap_or(0).max(self.number);
        }
        decided
    }
}

/// Reading or deciding that breaks must not take the line with it, nor whoever brought the event.
pub(super) fn unbroken<T>(pure: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(pure)).ok()
}

fn decided_one(prepared: &Prepared, situation: &Situation) -> Decided {
    match unbroken(|| decide(prepared, situation)) {
        Some(effects) => Decided::Now { contact: contact(situation, &effects), words: words(situation, &prepared.event, &effects), effects },
        None => Decided::Broken,
    }
}

fn opened(effect: &Effect) -> Option<i64> {
    if let Effect::Keep(contact) = effect { Some(contact.number) } else { None }
}

/// What has to be read before the event can be decided.
fn asked(prepared: &Prepared) -> Asked<'_> {
    let Prepared { event, handbook, .. } = prepared;
    let ask = match &event.what {
        What::Heard(heard) => ask_heard(handbook, heard),
        What::Ordered { order, .. } => order.contact().map_or(Ask::Swaps, Ask::Contact),
        What::Challenged(_) | What::Looked(_) | What::CostReached { .. } => Ask::Ahead,
        What::Reported(report) if report.delivery == Delivery::Failed => Ask::Failure(report.letter),
        What::Reported(report) => Ask::Letter(report.letter),
        What::Rang(timer) => Ask::Timer(timer.clone()),
        What::Audited(contact) | What::Filed { contact, .. } => Ask::Contact(*contact),
        What::Struck(bell) => Ask::Shift { operator: bell.operator.clone(), line: bell.line.clone(), from: bell.from },
        What::SwapDue(_) => Ask::Swaps,
    };
    Asked { key: &event.key, at: event.at, ask, code: event.heard().and_then(|heard| Some((&heard.from, invitation_code(heard)?))) }
}

/// An operator's phone speaks for the operator only about a letter that rang it, or after a PIN.
fn ask_heard(handbook: &Handbook, heard: &Heard) -> Ask {
    let spoken = handbook.ability(&heard.from.channel).is_some_and(|ability| ability.inline);
    match handbook.operator_at(&heard.from) {
        _ if keyword(handbook, heard).is_some() => Ask::Keyword {
            address: heard.from.clone(),
            contact: heard.via.contact,
            operator: handbook.operator_at(&heard.from).map(|operator| operator.id.clone()),
        },
        Some(operator) if !spoken || heard.about.is_some() || heard.via.proven => Ask::Operator { operator: operator.id.clone(), letter: heard.about, original: heard.via.original.clone(), number: named_number(heard) },
        Some(_) | None => match link_code(heard) {
            Some(code) => Ask::Link { address: heard.from.clone(), code },
            None => Ask::Worker {
                address: heard.from.clone(),
                contact: heard.via.contact,
                letter: heard.about,
                original: heard.via.original.clone(),
                call: heard.via.prompt.and(heard.via.call.clone()),
                texts: texted_at(handbook, &heard.from),
                all: wants_all(handbook, heard),
            },
        },
    }
}

fn contact(situation: &Situation, effects: &[Effect]) -> Option<ContactId> {
    let kept = effects.iter().find_map(|effect| if let Effect::Keep(contact) = effect { Some(contact.id) } else { None });
    kept.or_else(|| situation.contact.as_ref().map(|contact| contact.id))
}

/// The masked words that were heard; the original is kept nowhere. What went into no log, such
/// as an operator's command, is masked here.
fn words(situation: &Situation, event: &Event, effects: &[Effect]) -> Option<String> {
    let What::Heard(heard) = &event.what else { return None };
    if let Said::Attached { file, words } = &heard.said {
        return Some(attached(file, words));
    }
    let logged = effects.iter().find_map(|effect| match effect {
        Effect::Log(entry) => match &entry.what {
            Happened::Heard { words } => Some(words.clone()),
            _ => None,
        },
        _ => None,
    });
    logged.or_else(|| match &heard.said {
        // Whoever reads it here could send it too.
        Said::Text(_) if situation.invitation.is_some() => Some("[kód]".to_owned()),
        Said::Text(text) | Said::Edited(text) => Some(mask(text).text),
        Said::Choice { value, .. } => situation.letter.as_ref().and_then(|letter| label(&letter.body, value)),
        Said::Attached { .. } | Said::Keys(_) | Said::Called | Said::Silence | Said::Recorded { .. } | Said::SignedIn | Said::NotSignedIn | Said::LockedOut { .. } | Said::HungUp | Said::Back { .. } | Said::Deleted | Said::Unsupported(_) | Said::Blocked | Said::Unblocked | Said::NewKeys | Said::NotAlone => None,
    })
}

/// A file is shown as what it is.
fn attached(file: &Attachment, words: &str) -> String {
    let label = format!("[{}]", file.label(Lang::Cs));
    if words.trim().is_empty() { label } else { format!("{label} {}", mask(words).text) }
}

/// What stood on the pressed button.
fn label(body: &Body, value: &str) -> Option<String> {
    let Body::Text { choices, .. } = body else { return None };
    choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.clone())
}

fn letters(effects: Vec<Effect>) -> Vec<Letter> {
    effects.into_iter().filter_map(|effect| if let Effect::Send(letter) = effect { Some(letter) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn what_breaks_is_nothing_and_no_more() {
        assert_eq!(unbroken(|| 1), Some(1));
        assert_eq!(unbroken(|| -> u8 { panic!("a fault of ours") }), None);
    }
}
