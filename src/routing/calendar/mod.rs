//! Duty as other people's calendars hold it (RFC 5545). Outwards: `feed` writes what the one
//! resolver says. Inwards: a file is taken apart (`content`), its events are read as rules
//! (`event`, with `moment`, `weekly` and `who`), and `import` says what they would change. Nothing
//! here reads a clock or a file.

mod content;
mod event;
mod feed;
mod import;
mod moment;
mod stretch;
mod weekly;
mod who;
mod wish;

pub use feed::{Edition, calendar};
pub use import::{CalendarImport, Fate, ImportEntry, Unread, import_calendar};

#[cfg(test)]
mod tests;
