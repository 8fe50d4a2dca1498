//! What came in as the line's own events: files fetched and kept, buttons looked up in their letters,
//! replies in the messages they answer.

use super::Listener;
use crate::app::FileError;
use crate::channel::telegram::{Deed, FetchError, Found, Incoming, NAME, Press, message_of};
use crate::domain::{Address, AttachmentError, Body, Event, EventKey, Heard, LetterId, Said, Via, What};
use crate::gateway::flood::Tide;
use crate::store::StoreError;
use std::sync::PoisonError;
use thiserror::Error;

/// Times a file is asked for before its sender learns that it cannot be taken.
const FETCHES_MAX: u32 = 5;
/// Files of which that is remembered.
const MISSED_MAX: usize = 1_000;
/// Names remembered of what was counted; more have not come again for long.
const COUNTED_MAX: usize = 10_000;
/// What a file is called that could not be had.
const OUT_OF_REACH: &str = "file";

/// Something could not be read now; it comes again.
#[derive(Debug, Error)]
pub(super) enum NotNow {
    #[error("the store cannot be read or written")]
    Store(#[from] StoreError),
    #[error("a file cannot be fetched")]
    File,
}

impl Listener {
    /// Returns the events of something that came in; none when nobody is heard.
    pub(super) async fn events(&self, incoming: &Incoming) -> Result<Vec<Event>, NotNow> {
        let from = Address::new(NAME, incoming.from.to_string());
        let serves = self.app.handbook().operator_at(&from).is_some();
        if !serves && (incoming.group.is_some() || self.is_too_much(incoming)) {
            return Ok(Vec::new());
        }
        if let Deed::Wrote(words) | Deed::Sent { words, .. } | Deed::Changed(words) = &incoming.deed
            && !self.words.are_new(&incoming.key, words)
            && matches!(incoming.deed, Deed::Changed(_))
        {
            return Ok(Vec::new());
        }
        let key = EventKey::new(incoming.key.as_str());
        let (said, about) = match &incoming.deed {
            Deed::Wrote(words) => (vec![Said::Text(words.clone())], self.answered(incoming).await?),
            Deed::Changed(words) => (vec![Said::Edited(words.clone())], self.answered(incoming).await?),
            Deed::Sent { file, words } => (self.sent(&key, file, words).await?, self.answered(incoming).await?),
            Deed::Pressed { press, .. } => self.pressed(*press, &from).await?,
            Deed::Blocked => (vec![Said::Blocked], None),
            Deed::Unblocked => (vec![Said::Unblocked], None),
            Deed::Unsupported(kind) => (vec![Said::Unsupported((*kind).to_owned())], None),
        };
        let room = incoming.group.map(|group| Address::new(NAME, group.to_string()));
        let original = matches!(incoming.deed, Deed::Changed(_)).then(|| EventKey::new(message_of(&incoming.key)));
        let (at, via) = (self.app.clock().now(), Via { room, original, ..Via::default() });
        let event = |(n, said): (usize, Said)| {
            let key = if n == 0 { key.clone() } else { EventKey::new(format!("{key}+{n}")) };
            let heard = Heard { from: from.clone(), said, about, introduced: None, via: via.clone() };
            Event { key, at, what: What::Heard(heard) }
        };
        Ok(said.into_iter().enumerate().map(event).collect())
    }

    /// What comes again because it could not be stored is counted once, and never passed over for it.
    fn is_too_much(&self, incoming: &Incoming) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= COUNTED_MAX {
            counted.clear();
        }
        if !counted.insert(incoming.key.clone()) {
            return false;
        }
        let tide = self.flood.count(&incoming.from.to_string(), self.app.clock().now());
        if tide == Tide::Rising {
            tracing::warn!("one person sends more messages than people do; nothing more is heard for the rest of the hour");
        }
        tide != Tide::Fair
    }

    /// The letter that is answered by a reply.
    async fn answered(&self, incoming: &Incoming) -> Result<Option<LetterId>, StoreError> {
        match &incoming.answers {
            Some(reference) => self.app.store().letter_called(NAME, reference).await,
            None => Ok(None),
        }
    }

    /// A button stands for the choice its letter has there. One the line never showed to this person, or
    /// no longer knows, is a press all the same: of a question that is over.
    async fn pressed(&self, press: Option<Press>, from: &Address) -> Result<(Vec<Said>, Option<LetterId>), StoreError> {
        let letter = match press {
            Some(press) => self.app.store().letter(press.letter).await?,
            None => None,
        };
        let shown = letter.filter(|letter| letter.to == *from || (letter.to.channel == NAME && letter.to.handle.starts_with('-')));
        let chosen = shown.as_ref().zip(press).and_then(|(letter, press)| match &letter.body {
            Body::Text { step, choices, .. } => choices.get(press.choice).map(|choice| (step.clone(), choice.value.clone())),
            Body::Rewrite { .. } | Body::Ring { .. } | Body::Join { .. } | Body::HangUp => None,
        });
        let (step, value) = chosen.unwrap_or_default();
        Ok((vec![Said::Choice { step, value }], shown.map(|letter| letter.id)))
    }

    /// A file, kept; where it cannot be taken the words count and the sender learns why.
    async fn sent(&self, key: &EventKey, file: &Found, words: &str) -> Result<Vec<Said>, NotNow> {
        let kept = match self.talk.fetch(&file.id).await {
            Ok(bytes) => self.app.keep_file(key, &bytes).await,
            Err(FetchError::Later) if self.misses(&file.id) < FETCHES_MAX => return Err(NotNow::File),
            Err(FetchError::TooLarge) => Err(AttachmentError::TooLarge.into()),
            Err(FetchError::Later | FetchError::Gone) => Err(AttachmentError::Empty.into()),
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

    /// Counts that a file could not be fetched.
    fn misses(&self, file: &str) -> u32 {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        if missed.len() >= MISSED_MAX {
            missed.clear();
        }
        let times = missed.entry(file.to_owned()).or_default();
        *times += 1;
        *times
    }
}
