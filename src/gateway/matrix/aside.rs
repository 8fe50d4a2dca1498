//! What becomes known beside what people write: which letters were read, whose room has others in it now,
//! whose keys have changed, who types.

use super::Listener;
use super::listen::NotHeard;
use crate::channel::matrix::{Found, NAME, News};
use crate::domain::{Address, Delivery, Event, EventKey, Heard, Reported, Said, Via, What};
use futures_util::future::join_all;
use std::collections::BTreeSet;

impl Listener {
    /// Notes whose own room others have come into; that is news once.
    pub(super) async fn note_crowded(&self, news: &News) -> Result<(), NotHeard> {
        for (room, owner) in &news.crowded {
            self.becomes_known(format!("{room}:not alone:{}", owner.handle), owner.clone(), Said::NotAlone).await?;
        }
        Ok(())
    }

    /// Notes whose keys are others than before, of those who were heard and those of whom the server told.
    pub(super) async fn note_keys(&self, heard: impl Iterator<Item = &Found>) -> Result<(), NotHeard> {
        let users: BTreeSet<String> = self.identities.told().into_iter().chain(heard.map(|found| found.from.clone())).collect();
        for user in users {
            let Some(key) = self.identities.other_key(&user).await else { continue };
            tracing::warn!("somebody encrypts with other keys than before; whoever talks with them is told");
            self.becomes_known(format!("{user}:key:{key}"), Address::new(NAME, user.as_str()), Said::NewKeys).await?;
            self.identities.remember(&user, &key).await;
        }
        Ok(())
    }

    /// Something about somebody that nobody wrote; told again under the same name it is no news.
    async fn becomes_known(&self, name: String, from: Address, said: Said) -> Result<(), NotHeard> {
        let heard = Heard { from, said, about: None, introduced: None, via: Via::default() };
        self.store(Event { key: EventKey::new(format!("{NAME}:{name}")), at: self.app.clock().now(), what: What::Heard(heard) }).await
    }

    /// Notes which letters were read.
    pub(super) async fn note_read(&self, news: &News) -> Result<(), NotHeard> {
        for place in &news.read {
            let letter = self.app.store().letter_called(NAME, &place.event).await.map_err(|error| NotHeard::NotTaken(error.to_string()))?;
            let Some(letter) = letter else { continue };
            let what = What::Reported(Reported::of(letter, Delivery::Read));
            self.store(Event { key: EventKey::new(format!("{NAME}:read:{}", place.event)), at: self.app.clock().now(), what }).await?;
        }
        Ok(())
    }

    /// Has it shown where somebody waits that an answer is being written.
    pub(super) async fn show_typing(&self, changed: &[(String, Vec<String>)]) {
        let now = self.app.clock().now();
        for (room, users) in changed {
            self.typing.note(room, users, now);
        }
        let users = self.typing.now(now).into_iter().map(|user| Address::new(NAME, user));
        join_all(users.map(|user| async move { self.app.types(&user).await })).await;
    }
}
