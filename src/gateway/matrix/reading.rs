//! What was done in a room as the line's own events: files fetched and kept, signs and numbers looked up in
//! the letters they answer.

use super::Listener;
use crate::app::FileError;
use crate::channel::matrix::{Deed, Found, Incoming, NAME, Trouble, key};
use crate::domain::{ATTACHMENT_BYTES_MAX, Address, AttachmentError, Body, Event, EventKey, Heard, Letter, LetterId, Said, Via, What};
use crate::gateway::flood::Tide;
use crate::store::StoreError;
use serde_json::Value;
use thiserror::Error;

/// What a file is called that could not be had.
const OUT_OF_REACH: &str = "file";

/// Something could not be read now; it comes again.
#[derive(Debug, Error)]
pub(super) enum NotNow {
    #[error("the store cannot be read or written")]
    Store(#[from] StoreError),
    #[error("what belongs to it cannot be looked at")]
    Trouble(#[from] Trouble),
}

impl Listener {
    /// Returns the events of something that was done; none when nobody is heard.
    pub(super) async fn events(&self, found: &Found) -> Result<Vec<Event>, NotNow> {
        let from = Address::new(NAME, found.from.as_str());
        let serves = self.app.handbook().operator_at(&from).is_some();
        if !serves && (found.room.is_some() || self.is_too_much(&found.from)) {
            return Ok(Vec::new());
        }
        let key = name(&found.place.event);
        let (said, about) = match &found.what {
            Some(incoming) => self.said(&key, found, incoming).await?,
            // Its own name: the words themselves may still come.
            None => return Ok(vec![self.event(EventKey::new(format!("{key}:unread")), found, from, Said::Unsupported(Said::UNREADABLE.to_owned()), None)]),
        };
        let part = |n: usize| if n == 0 { key.clone() } else { EventKey::new(format!("{key}+{n}")) };
        Ok(said.into_iter().enumerate().map(|(n, said)| self.event(part(n), found, from.clone(), said, about)).collect())
    }

    fn event(&self, key: EventKey, found: &Found, from: Address, said: Said, about: Option<LetterId>) -> Event {
        let original = match found.what.as_ref().map(|incoming| &incoming.deed) {
            Some(Deed::Changed { event, .. } | Deed::TookBack(event)) => Some(name(event)),
            _ => None,
        };
        let via = Via { room: found.room.clone(), original, ..Via::default() };
        Event { key, at: self.app.clock().now(), what: What::Heard(Heard { from, said, about, introduced: None, via }) }
    }

    async fn said(&self, key: &EventKey, found: &Found, incoming: &Incoming) -> Result<(Vec<Said>, Option<LetterId>), NotNow> {
        let answered = self.answered(incoming).await?;
        let about = answered.as_ref().map(|letter| letter.id);
        Ok(match &incoming.deed {
            Deed::Wrote(words) => match self.chosen(found, answered, words).await? {
                Some((letter, said)) => (vec![said], Some(letter)),
                None => (vec![Said::Text(words.clone())], about),
            },
            Deed::Changed { words, .. } => (vec![Said::Edited(words.clone())], about),
            Deed::TookBack(event) if self.talk.was_message(&found.place.room, event).await? => (vec![Said::Deleted], about),
            Deed::Signed { to, sign } => match self.letter(to).await?.and_then(|letter| choice(&letter, sign)) {
                Some((letter, said)) => (vec![said], Some(letter)),
                None => (Vec::new(), None),
            },
            Deed::Attached { source, size, words } => (self.attached(key, source, *size, words).await?, about),
            Deed::Unsupported(kind) => (vec![Said::Unsupported((*kind).to_owned())], about),
            Deed::Moved { here: true } if found.room.is_none() => (vec![Said::Unblocked], None),
            Deed::Moved { here: false } if found.room.is_none() => (vec![Said::Blocked], None),
            Deed::TookBack(_) | Deed::Moved { .. } => (Vec::new(), None),
        })
    }

    /// The letter that is answered: by a reply, else by the thread it stands in.
    async fn answered(&self, incoming: &Incoming) -> Result<Option<Letter>, StoreError> {
        for event in &incoming.answers {
            if let Some(letter) = self.letter(event).await? {
                return Ok(Some(letter));
            }
        }
        Ok(None)
    }

    async fn letter(&self, event: &str) -> Result<Option<Letter>, StoreError> {
        match self.app.store().letter_called(NAME, event).await? {
            Some(letter) => self.app.store().letter(letter).await,
            None => Ok(None),
        }
    }

    /// A number alone is a choice of the letter it answers, else of the last one the person was sent.
    async fn chosen(&self, found: &Found, answered: Option<Letter>, words: &str) -> Result<Option<(LetterId, Said)>, StoreError> {
        if key(words).is_none() {
            return Ok(None);
        }
        let letter = match (answered, &found.room) {
            (Some(letter), _) => Some(letter),
            (None, None) => self.app.store().last_letter(&Address::new(NAME, found.from.as_str())).await?,
            (None, Some(_)) => None,
        };
        Ok(letter.and_then(|letter| choice(&letter, words)))
    }

    /// A file, kept; where it cannot be taken the words count and the sender learns why.
    async fn attached(&self, key: &EventKey, source: &Value, size: Option<u64>, words: &str) -> Result<Vec<Said>, NotNow> {
        let too_large = size.is_some_and(|size| size > ATTACHMENT_BYTES_MAX as u64);
        let kept = match if too_large { None } else { self.talk.fetch(source).await? } {
            Some(bytes) => self.app.keep_file(key, &bytes).await,
            None if too_large => Err(AttachmentError::TooLarge.into()),
            None => Err(AttachmentError::Empty.into()),
        };
        let kind = match kept {
            Ok(file) => return Ok(vec![Said::Attached { file, words: words.to_owned() }]),
            Err(FileError::Store(error)) => return Err(error.into()),
            Err(FileError::Refused(AttachmentError::TooLarge)) => Said::LARGE_FILE,
            Err(FileError::Refused(AttachmentError::Empty | AttachmentError::Format)) => OUT_OF_REACH,
        };
        let said = (!words.trim().is_empty()).then(|| Said::Text(words.to_owned()));
        Ok(said.into_iter().chain([Said::Unsupported(kind.to_owned())]).collect())
    }

    fn is_too_much(&self, person: &str) -> bool {
        let tide = self.flood.count(person, self.app.clock().now());
        if tide == Tide::Rising {
            tracing::warn!("one person sends more messages than people do; nothing more is heard for the rest of the hour");
        }
        tide != Tide::Fair
    }
}

/// Names what was said in an event.
fn name(event: &str) -> EventKey {
    EventKey::new(format!("{NAME}:{event}"))
}

/// The choice of a letter that a number or its keycap stands for.
fn choice(letter: &Letter, sign: &str) -> Option<(LetterId, Said)> {
    let (Body::Text { step, choices, .. }, Some(key)) = (&letter.body, key(sign)) else { return None };
    let chosen = choices.iter().find(|choice| choice.key == key)?;
    Some((letter.id, Said::Choice { step: step.clone(), value: chosen.value.clone() }))
}
