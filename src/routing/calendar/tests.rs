//! What calendars say and what is read from them, as tables.

mod feed;
mod hostile;
mod import;
