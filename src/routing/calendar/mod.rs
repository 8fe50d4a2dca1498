//! Duty as other people's calendars hold it (RFC 5545). Outwards: `feed` writes what the one
//! resolver says. Nothing here reads a clock or a file.

mod feed;
mod stretch;

pub use feed::{Edition, calendar};

#[cfg(test)]
mod tests;
