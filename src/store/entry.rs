//! Entries of the contact log as rows.

use super::dialect::on;
use super::rows::Rows;
use super::{Batch, micros};
use crate::domain::{Author, ContactId, Entry, EntryId, Happened, fold};
use chrono::{DateTime, Utc};
use sqlx::types::{Json, Uuid};

/// The columns of an [`EntryRow`].
macro_rules! entry_columns {
    () => {
        "id, contact, at, author, body"
    };
}
pub(super) use entry_columns;

/// One row of `entry`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct EntryRow {
    id: Uuid,
    contact: Uuid,
    at: DateTime<Utc>,
    author: Json<Author>,
    body: Json<Happened>,
}

impl EntryRow {
    /// Returns the entry the row holds.
    pub(super) fn entry(self) -> Entry {
        Entry {
            id: EntryId(self.id),
            contact: ContactId(self.contact),
            at: self.at,
            author: self.author.0,
            what: self.body.0,
        }
    }
}

const LOG: Rows =
    Rows { before: "insert into entry (contact, id, at, kind, author, body, words) values ", columns: 7, after: "" };

impl Batch {
    /// Adds entries to the log, in this order.
    pub(super) fn log(&mut self, entries: &[&Entry]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("write to the contact log", &LOG, entries.len());
            for entry in entries {
                let (kind, words) = searched(&entry.what);
                script
                    .bind(entry.contact.0)
                    .bind(entry.id.0)
                    .bind(micros(entry.at))
                    .bind(kind)
                    .bind(Json(&entry.author))
                    .bind(Json(&entry.what))
                    .bind(words.map(fold));
            }
        });
    }
}

/// The kind of an entry, and the words of a person in it that the console's search looks through.
/// What the line itself said is left out: it would be found by every second search.
fn searched(what: &Happened) -> (&'static str, Option<&str>) {
    match what {
        Happened::Heard { words } => ("heard", Some(words)),
        Happened::Said { .. } => ("said", None),
        Happened::Relayed { words, .. } => ("relayed", Some(words)),
        Happened::Noted { words } => ("noted", Some(words)),
        Happened::Understood { .. } => ("understood", None),
        Happened::LookedUp { .. } => ("looked_up", None),
        Happened::Routed { .. } => ("routed", None),
        Happened::Offered { .. } => ("offered", None),
        Happened::NobodyToAsk { .. } => ("nobody_to_ask", None),
        Happened::Taken { .. } => ("taken", None),
        Happened::TooLate { .. } => ("too_late", None),
        Happened::Declined { .. } => ("declined", None),
        Happened::HandedOver { to } => ("handed_over", Some(to)),
        Happened::Escalated { .. } => ("escalated", None),
        Happened::Promised { .. } => ("promised", None),
        Happened::Reminded { .. } => ("reminded", None),
        Happened::Delivered { .. } => ("delivered", None),
        Happened::Call { .. } => ("call", None),
        Happened::Rated { .. } => ("rated", None),
        Happened::Closed { reason, .. } => ("closed", reason.as_deref()),
        Happened::Reopened => ("reopened", None),
        Happened::Reviewed { note, .. } => ("reviewed", note.as_deref()),
        Happened::Corrected { new, .. } => ("corrected", Some(new)),
    }
}
