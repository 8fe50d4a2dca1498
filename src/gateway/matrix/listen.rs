//! Asking what was said. What was taken before comes again after a crash and is recognised by its name;
//! what could not be read is looked at again when more keys may have come.

use super::Listener;
use super::reading::NotNow;
use crate::app::InboxError;
use crate::channel::matrix::{Found, News, Place, Trouble, Waiting};
use crate::domain::{Event, Lang};
use crate::handbook::Phrase;
use futures_util::future::join_all;
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;
use thiserror::Error;

/// How long the server waits for news before it says that there are none; while somebody types, no longer
/// than that is shown.
const PATIENCE: Duration = Duration::from_secs(25);
const WHILE_TYPING: Duration = Duration::from_millis(3_100);
/// The pause before the same is asked for again of which something could not be stored, and the longest.
const NOT_TAKEN: Duration = Duration::from_secs(1);
const NOT_TAKEN_MAX: Duration = Duration::from_secs(30);
/// Events without a key that are looked at again in one turn.
const AGAIN_AT_ONCE: usize = 5;

/// Rooms that are told, once each, that open words are not read.
const TOLD_MAX: usize = 1_000;

/// A turn came to nothing.
#[derive(Debug, Error)]
pub enum NotHeard {
    /// The homeserver does not tell.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// Something could not be stored; all of it comes again.
    #[error("what was said could not be taken: {0}")]
    NotTaken(String),
    /// How far was listened cannot be kept.
    #[error("the account's folder cannot be used")]
    Folder(#[from] std::io::Error),
}

/// What became of one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turn {
    /// Events that were taken.
    pub taken: usize,
    /// Events whose key has not come.
    pub unread: usize,
}

impl Listener {
    /// Listens until it is dropped.
    pub async fn run(&self) {
        tracing::info!(user = self.talk.own(), "listening to Matrix");
        let (mut troubles, mut pause) = (0, NOT_TAKEN);
        loop {
            match self.turn(true).await {
                Ok(_) => (troubles, pause) = (0, NOT_TAKEN),
                Err(NotHeard::Trouble(trouble)) => {
                    let rest = trouble.rest(troubles);
                    match trouble {
                        Trouble::SignedOut => tracing::error!(%trouble, rest_s = rest.as_secs(), "nothing comes in over Matrix"),
                        Trouble::TooMuch(_) | Trouble::Refused(_) | Trouble::Away(_) => tracing::warn!(%trouble, rest_s = rest.as_secs(), "nothing can be heard; trying again"),
                    }
                    troubles = troubles.saturating_add(1);
                    tokio::time::sleep(rest).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "it comes again");
                    tokio::time::sleep(pause).await;
                    pause = pause.saturating_mul(2).min(NOT_TAKEN_MAX);
                }
            }
        }
    }

    /// Looks once; `patient` waits for something to be said.
    ///
    /// # Errors
    /// [`NotHeard`] when nothing can be had, or not be kept.
    pub async fn turn(&self, patient: bool) -> Result<Turn, NotHeard> {
        let mut waiting = Waiting::read(&self.folder)?;
        // Its client takes an answer once only: what could not be stored is kept here until it is.
        let mut behind = self.behind.lock().await;
        let news = match behind.take() {
            Some(news) => news,
            None => self.talk.news(waiting.since.as_deref(), self.patience(patient)).await?,
        };
        match self.hear(&news, &mut waiting).await {
            Ok(taken) => {
                self.show_typing(&news.typing).await;
                Ok(Turn { taken, unread: waiting.unread.len() })
            }
            Err(error) => {
                *behind = Some(news);
                Err(error)
            }
        }
    }

    /// Takes everything there is, and then knows how far was listened; returns how much was taken.
    async fn hear(&self, news: &News, waiting: &mut Waiting) -> Result<usize, NotHeard> {
        let again = self.again(waiting, news).await;
        self.note_keys(again.iter().chain(&news.found)).await?;
        let mut taken = 0;
        let mut last: BTreeMap<String, Place> = BTreeMap::new();
        for found in again.iter().chain(&news.found) {
            let hidden = found.what.is_none() && !waiting.misses(found.place.clone());
            if !hidden {
                taken += self.take(found).await?;
            }
            last.insert(found.place.room.clone(), found.place.clone());
        }
        self.note_read(news).await?;
        self.note_crowded(news).await?;
        waiting.since = Some(news.next.clone());
        waiting.write(&self.folder)?;
        join_all(last.values().map(|place| self.talk.reads(place))).await;
        Ok(taken)
    }

    fn patience(&self, patient: bool) -> Duration {
        let typed = !self.typing.now(self.app.clock().now()).is_empty();
        if !patient { Duration::ZERO } else if typed { WHILE_TYPING } else { PATIENCE }
    }

    /// What can be read now of what could not before.
    async fn again(&self, waiting: &mut Waiting, news: &News) -> Vec<Found> {
        let mut found = Vec::new();
        for place in waiting.next(AGAIN_AT_ONCE) {
            if news.found.iter().any(|one| one.place == place) {
                continue;
            }
            match self.talk.again(&place).await {
                Ok(Some(one)) if one.what.is_none() => waiting.unread.push_back(place),
                Ok(one) => found.extend(one),
                Err(trouble) => {
                    tracing::debug!(%trouble, "an event without a key cannot be looked at now");
                    waiting.unread.push_back(place);
                }
            }
        }
        found
    }

    async fn take(&self, found: &Found) -> Result<usize, NotHeard> {
        if found.open {
            if self.is_first_open(&found.place.room) {
                let phrases = &self.app.handbook().wording.phrases;
                let words = Lang::ALL.map(|lang| phrases.say(Phrase::RoomOpen, lang, &[]));
                self.talk.notes(&found.place, &words.join(" / ")).await;
            }
            return Ok(0);
        }
        let events = self.events(found).await.map_err(|error: NotNow| NotHeard::NotTaken(error.to_string()))?;
        let taken = events.len();
        for event in events {
            self.store(event).await?;
        }
        Ok(taken)
    }

    /// Tells whether nobody in a room was told yet that open words are not read there.
    fn is_first_open(&self, room: &str) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.len() < TOLD_MAX && told.insert(room.to_owned())
    }

    /// An event that cannot be decided is put aside: it would keep all others out for ever.
    pub(super) async fn store(&self, event: Event) -> Result<(), NotHeard> {
        match self.app.accept(event).await {
            Ok(_) => Ok(()),
            Err(InboxError::Decision) => {
                tracing::error!("something that was said cannot be decided; it was put aside");
                Ok(())
            }
            Err(error) => Err(NotHeard::NotTaken(error.to_string())),
        }
    }
}
