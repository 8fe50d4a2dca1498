//! Matrix against a real homeserver, in encrypted rooms.

mod homeserver;
mod person;

pub use homeserver::{Homeserver, PASSWORD, SERVER};
pub use person::{Person, Seen};
