//! Matrix against a real homeserver, in encrypted rooms.

mod gate;
mod homeserver;
mod person;

pub use gate::Gate;
pub use homeserver::{Homeserver, PASSWORD, SERVER};
pub use person::{Person, Seen};
