//! The contact log as rows: one holds what one turn wrote about one contact.

use super::dialect::on;
use super::rows::{Rows, pieces};
use super::{Batch, micros};
use crate::domain::{Author, ContactId, Entry, EntryId, Happened, fold};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use std::borrow::Cow;

/// An entry in its row, which names the contact.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Logged<'a> {
    id: EntryId,
    at: DateTime<Utc>,
    author: Cow<'a, Author>,
    what: Cow<'a, Happened>,
}

impl<'a> Logged<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self { id: entry.id, at: micros(entry.at), author: Cow::Borrowed(&entry.author), what: Cow::Borrowed(&entry.what) }
    }

    /// Returns the entry of this contact.
    pub(super) fn entry(self, contact: ContactId) -> Entry {
        Entry { id: self.id, contact, at: self.at, author: self.author.into_owned(), what: self.what.into_owned() }
    }
}

const LOG: Rows = Rows { before: "insert into log (contact, entries, words) values ", columns: 3, after: "" };

impl Batch {
    /// Adds entries to the log, in this order.
    pub(super) fn log(&mut self, entries: &[&Entry]) {
        let turns: Vec<_> = entries.chunk_by(|one, next| one.contact == next.contact).collect();
        pieces(&turns).for_each(|turns| self.log_turns(turns));
    }

    fn log_turns(&mut self, turns: &[&[&Entry]]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("write to the contact log", &LOG, turns.len());
            for entries in turns {
                script
                    .bind(entries.first().map(|entry| entry.contact.0))
                    .bind(Json(entries.iter().map(|entry| Logged::of(entry)).collect::<Vec<_>>()))
                    .bind(searched(entries));
            }
        });
    }
}

/// What the console's search looks through: what people wrote. What the line itself said is left
/// out: it would be found by every second search.
fn searched(entries: &[&Entry]) -> Option<String> {
    let words: Vec<_> = entries.iter().filter_map(|entry| words(&entry.what)).map(fold).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

fn words(what: &Happened) -> Option<&str> {
    match what {
        Happened::Heard { words } | Happened::Edited { words } | Happened::Relayed { words, .. } | Happened::Noted { words } => Some(words),
        Happened::HandedOver { to } => Some(to),
        Happened::Closed { reason, .. } => reason.as_deref(),
        Happened::Reviewed { note, .. } => note.as_deref(),
        Happened::Corrected { new, .. } => Some(new),
        Happened::Said { .. }
        | Happened::Understood { .. }
        | Happened::LookedUp { .. }
        | Happened::Routed { .. }
        | Happened::Offered { .. }
        | Happened::NobodyToAsk { .. }
        | Happened::Taken { .. }
        | Happened::TooLate { .. }
        | Happened::Declined { .. }
        | Happened::Escalated { .. }
        | Happened::Promised { .. }
        | Happened::Reminded { .. }
        | Happened::Delivered { .. }
        | Happened::Call { .. }
        | Happened::Rated { .. }
        | Happened::Reopened
        | Happened::Attached { .. }
        | Happened::Filed { .. }
        | Happened::Deleted
        | Happened::NewKeys
        | Happened::KeptSilent { .. } => None,
    }
}
