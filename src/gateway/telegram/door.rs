//! Updates are taken in their order, together by one commit; presses are acknowledged after it.

use super::Listener;
use super::reading::NotNow;
use crate::app::InboxError;
use crate::channel::telegram::{Account, Deed, Incoming, NAME, incoming};
use crate::domain::{Address, Event};
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use teloxide::types::Update;

/// Updates read side by side: files are fetched meanwhile.
const READ_AT_ONCE: usize = 4;

/// An update, read.
struct Read {
    events: Vec<Event>,
    /// Presses to be acknowledged.
    queries: Vec<String>,
    /// The chats of those who have just begun.
    begun: Vec<u64>,
}

impl Listener {
    /// Takes updates for good and returns how many, counted from the first; the others have to come again.
    pub(super) async fn take(&self, updates: &[Update], account: &Account) -> usize {
        let reading: Vec<_> = updates.iter().map(|update| self.read(update, account)).collect();
        let read: Vec<Result<Read, NotNow>> = stream::iter(reading).buffered(READ_AT_ONCE).collect().await;
        let mut ready = Vec::with_capacity(read.len());
        for one in read {
            match one {
                Ok(one) => ready.push(one),
                Err(error) => {
                    tracing::warn!(%error, cause = std::error::Error::source(&error).map(ToString::to_string), "an update cannot be taken now; it comes again");
                    break;
                }
            }
        }
        // They wait for the switch in this order, whatever they wait for afterwards.
        let accepted = join_all(ready.iter().flat_map(|one| one.events.iter().cloned()).map(|event| self.stored(event))).await;
        let mut accepted = accepted.into_iter();
        let is_taken = |one: &Read| accepted.by_ref().take(one.events.len()).filter(|stored| !stored).count() == 0;
        let taken: Vec<bool> = ready.iter().map(is_taken).collect();
        let taken = taken.into_iter().take_while(|taken| *taken).count();
        let done = ready.get(..taken).unwrap_or_default();
        join_all(done.iter().flat_map(|one| &one.queries).map(|query| self.talk.acknowledge(query))).await;
        for person in done.iter().flat_map(|one| &one.begun) {
            if let Some(operator) = self.app.handbook().operator_at(&Address::new(NAME, person.to_string())) {
                self.shows_menu(operator).await;
            }
        }
        taken
    }

    async fn read(&self, update: &Update, account: &Account) -> Result<Read, NotNow> {
        let incoming = incoming(update, account);
        let mut read = Read { events: Vec::new(), queries: queries(&incoming), begun: Vec::new() };
        for one in &incoming {
            read.events.extend(self.events(one).await?);
            if matches!(&one.deed, Deed::Wrote(words) if words == "/start" || words.starts_with("kód ")) {
                read.begun.push(one.from);
            }
        }
        Ok(read)
    }

    /// Tells whether an event is stored for good, or put aside because it cannot be decided: that one would
    /// keep all others out for ever.
    async fn stored(&self, event: Event) -> bool {
        match self.app.accept(event).await {
            Ok(_) => true,
            Err(InboxError::Decision) => {
                tracing::error!("an update cannot be decided; it was put aside");
                true
            }
            Err(error) => {
                tracing::warn!(%error, "an update could not be stored; it comes again");
                false
            }
        }
    }
}

fn queries(incoming: &[Incoming]) -> Vec<String> {
    let query = |one: &Incoming| if let Deed::Pressed { query, .. } = &one.deed { Some(query.clone()) } else { None };
    incoming.iter().filter_map(query).collect()
}
