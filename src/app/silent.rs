//! Letters of which nothing is heard: their channel is asked what became of them, a few at a time.
//! What follows from the answer is decided where every report is decided.

use super::inbox::chain;
use super::{App, AppError};
use crate::channel::{Channel, Tells};
use crate::domain::{Delivery, Letter, Repeat, Reported};
use crate::store::Silent;

/// Letters asked about in one go: one request each.
const ASKED_MAX: i64 = 10;
/// What the key of an event begins with that found a letter missing; the letter that replaces it is
/// caused by it and is not replaced again.
const MISSING: &str = "missing:";

impl App {
    /// Asks every channel that can tell about its silent letters, and returns how many there were.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn ask_silent(&self) -> Result<usize, AppError> {
        let mut asked = 0;
        for channel in self.channels().all() {
            let too = match channel.tells() {
                Tells::Nothing => continue,
                Tells::Lost => Delivery::Unknown,
                Tells::Every => Delivery::Sent,
            };
            let silent = self.store().take_silent(channel.name(), too, self.clock().now(), ASKED_MAX).await?;
            asked += silent.len();
            for silent in &silent {
                self.ask(channel.as_ref(), silent).await?;
            }
        }
        Ok(asked)
    }

    async fn ask(&self, channel: &dyn Channel, Silent { letter, asks, last }: &Silent) -> Result<(), AppError> {
        let fate = format!("fate:{}:{asks}", letter.id);
        let given_up = || Reported::of(letter.id, Delivery::Unknown);
        let lost = letter.delivery == Delivery::Unknown;
        match channel.fate(letter).await {
            Ok(Some(found)) => match self.own_of(letter, found).await? {
                Some(report) => self.note(fate, report).await,
                None if lost => self.note(format!("{MISSING}{}", letter.id), missing(letter)).await,
                None => {}
            },
            // Nobody knows, and nobody is asked any more.
            Ok(None) if lost => self.note(fate, given_up()).await,
            Ok(None) => {}
            Err(error) => {
                tracing::info!(channel = channel.name(), error = chain(&error), "a channel cannot be asked about a letter now");
                if lost && *last {
                    self.note(fate, given_up()).await;
                }
            }
        }
        Ok(())
    }

    /// Of several messages that look alike the first one that belongs to no other letter.
    async fn own_of(&self, letter: &Letter, found: Vec<Reported>) -> Result<Option<Reported>, AppError> {
        for report in found {
            let taken = match &report.reference {
                Some(reference) => self.store().is_called(&letter.to, reference, letter.id).await?,
                None => false,
            };
            if !taken {
                return Ok(Some(report));
            }
        }
        Ok(None)
    }
}

/// A letter the channel never had is sent once more.
fn missing(letter: &Letter) -> Reported {
    let replaced = letter.cause.as_str().starts_with(MISSING);
    let repeat = (!replaced).then_some(Repeat { after_s: 0, attempts_max: i64::MAX });
    Reported { error: Some("it never left".to_owned()), repeat, ..Reported::of(letter.id, Delivery::Failed) }
}
