//! The door out: due letters are taken, handed to their channels and reported back as
//! events. What a channel answered is decided there, not here.

use super::budget::Purse;
use super::inbox::chain;
use super::{App, AppError};
use crate::channel::{Channel, Handed, SendError, Tells, Then};
use crate::domain::{Barrier, Body, Delivery, Event, EventKey, Letter, LetterId, Medium, NODE_MINUTES_MAX, OUTBOX_LETTERS_MAX, Reported, Spent, THROTTLED_HOURS_MAX, What};
use crate::store::Elsewhere;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use std::borrow::Cow;
use std::collections::HashSet;

/// What is known of letters that leave together.
struct Round {
    /// Those whose address wants no messages.
    unwanted: HashSet<LetterId>,
    purse: Purse,
}

impl App {
    /// Hands over every letter that is due and returns how many there were. Letters to one
    /// address leave one after another, in order. What another node has to send is left to it.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub async fn deliver_due(&self) -> Result<usize, AppError> {
        let mut delivered = 0;
        loop {
            let outgoing = self.store().take_due_letters(self.clock().now(), OUTBOX_LETTERS_MAX, &self.elsewhere()).await?;
            if outgoing.letters.is_empty() {
                return Ok(delivered);
            }
            delivered += outgoing.letters.len();
            let round = Round { unwanted: outgoing.unwanted.into_iter().collect(), purse: self.purse().await };
            join_all(outgoing.letters.iter().map(|letter| self.deliver(letter, &round))).await;
        }
    }

    /// What is left to other nodes.
    fn elsewhere(&self) -> Elsewhere {
        let now = self.clock().now();
        let since = now.checked_sub_signed(TimeDelta::minutes(NODE_MINUTES_MAX)).unwrap_or(now);
        Elsewhere { channels: self.channels().elsewhere(), since }
    }

    /// Decides what becomes of letters that were on their way at `taken_before` and of which nothing
    /// was heard since, as when the line stopped in between: repeated where that shows them once,
    /// else "may have gone out", which a person is told.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn recover(&self, taken_before: DateTime<Utc>) -> Result<usize, AppError> {
        let stranded = self.store().stranded(taken_before).await?;
        join_all(stranded.iter().map(|letter| self.conclude(letter, Err(SendError::Unknown), Spent::default()))).await;
        Ok(stranded.len())
    }

    async fn deliver(&self, letter: &Letter, round: &Round) {
        let (result, spent) = match self.channels().named(&letter.to.channel) {
            Some(channel) if channel.is_here() => self.sent(letter, channel.as_ref(), round).await,
            Some(_) if letter.due_at > self.elsewhere().since => (Err(SendError::Stopped), Spent::default()),
            Some(_) => (Err(SendError::Never { reason: "no node that runs can use the channel".to_owned() }), Spent::default()),
            None => (Err(SendError::Never { reason: "the channel is not switched on".to_owned() }), Spent::default()),
        };
        self.conclude(letter, result, spent).await;
    }

    /// Hands a letter to its channel, unless the person wants none or the day has cost enough; tells also
    /// what that cost. Nothing leaves for a number that wants no messages; this is the one place that looks.
    async fn sent(&self, letter: &Letter, channel: &dyn Channel, round: &Round) -> (Result<Handed, SendError>, Spent) {
        let medium = channel.ability().medium;
        if medium == Medium::Sms && round.unwanted.contains(&letter.id) && !letter.body.answers_keyword() {
            return (Err(SendError::Barred { barrier: Barrier::OptedOut, reason: "the person has opted out".to_owned() }), Spent::default());
        }
        if let Some(refusal) = self.is_too_much(letter, medium, &round.purse).await {
            return (Err(refusal), Spent::default());
        }
        let placed = match self.placed(letter).await {
            Ok(placed) => placed,
            Err(refusal) => return (Err(refusal), Spent::default()),
        };
        let letter = placed.as_ref();
        let parts = self.parts(letter, medium);
        round.purse.take(parts);
        let result = channel.send(letter).await;
        let spent = if matches!(result, Ok(_) | Err(SendError::Unknown)) { Spent { parts, minutes: 0 } } else { Spent::default() };
        (result, spent)
    }

    /// Says what a letter belongs to where that shows only now: the message it changes, or the thread of
    /// its contact in a room.
    async fn placed<'l>(&self, letter: &'l Letter) -> Result<Cow<'l, Letter>, SendError> {
        let changed = match &letter.body {
            Body::Rewrite { letter, .. } => Some(*letter),
            Body::Text { .. } | Body::Ring { .. } | Body::Join { .. } | Body::HangUp => None,
        };
        let found = match (changed, letter.contact) {
            (Some(changed), _) => self.store().reference_of(changed).await,
            (None, Some(contact)) if self.handbook().is_room(&letter.to) => self.store().thread_of(&letter.to, contact).await,
            (None, _) => return Ok(Cow::Borrowed(letter)),
        };
        match found {
            Ok(None) if changed.is_some() => Err(SendError::Never { reason: "the message to be changed never left".to_owned() }),
            Ok(reference) => Ok(Cow::Owned(Letter { reference, ..letter.clone() })),
            Err(_) => Err(SendError::Later { after_s: 0 }),
        }
    }

    async fn conclude(&self, letter: &Letter, result: Result<Handed, SendError>, spent: Spent) {
        let channel = self.channels().named(&letter.to.channel);
        let idempotent = channel.is_some_and(|channel| channel.ability().idempotent);
        let report = match result {
            Ok(Handed { delivery, reference }) => Reported { reference, spent, ..Reported::of(letter.id, delivery) },
            Err(error) => {
                if let SendError::Ours { reason } = &error {
                    tracing::error!(channel = letter.to.channel, reason, "a channel refuses us; check its credentials");
                }
                let report = self.report_of(letter, &error, idempotent);
                Reported { asked: report.delivery == Delivery::Unknown && channel.is_some_and(|channel| channel.tells() != Tells::Nothing), spent, ..report }
            }
        };
        metrics::counter!("linka_letters_total", "channel" => letter.to.channel.clone(), "delivery" => report.delivery.name()).increment(1);
        // Attempts that do not count have the same number.
        let again = report.again_at.map_or(0, |at| at.timestamp_micros());
        self.note(format!("letter:{}:{}:{}:{again}", letter.id, letter.attempts, report.delivery.name()), report).await;
    }

    /// Takes a report in. One that cannot be noted is no loss: the letter is looked at again.
    pub(super) async fn note(&self, key: String, report: Reported) {
        let event = Event { key: EventKey::new(key), at: self.clock().now(), what: What::Reported(report) };
        if let Err(error) = self.accept(event).await {
            tracing::warn!(error = chain(&error), "a delivery could not be noted; it is looked at again");
        }
    }

    fn report_of(&self, letter: &Letter, error: &SendError, idempotent: bool) -> Reported {
        let (barrier, throttled) = (error.barrier(), matches!(error, SendError::Throttled { .. }));
        let waited = self.clock().now().signed_duration_since(letter.created_at);
        if throttled && waited >= TimeDelta::hours(THROTTLED_HOURS_MAX) {
            return Reported { error: Some(error.to_string()), ..Reported::of(letter.id, Delivery::Failed) };
        }
        let (delivery, error, again_at) = match error.then(letter.attempts, idempotent) {
            Then::Again(seconds) => {
                let again = self.clock().now().checked_add_signed(TimeDelta::seconds(seconds.into()));
                (Delivery::Queued, None, again)
            }
            Then::End(delivery, reason) => (delivery, Some(reason), None),
        };
        Reported { error, barrier, again_at, throttled, ..Reported::of(letter.id, delivery) }
    }
}
