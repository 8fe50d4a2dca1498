//! Twilio and the servers that speak like it: what is signed, said and asked for there.
//! Pieces without an opinion – they know neither the app nor the store; the gateway puts
//! them together.

pub mod client;
mod fault;
mod form;
mod profile;
mod signature;
pub mod sms;
pub mod twiml;
pub mod voice;

pub use fault::{Fate, Fault, delivery, fault, reasons, send_error};
pub use form::Form;
pub use profile::{Profile, Vendor};
pub use signature::{Algorithm, Request, Verdict, Verifier, sign};

pub use super::Secret;
use crate::domain::Letter;
use chrono::{DateTime, TimeDelta, Utc};

/// How far the provider's clock may be behind ours.
const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(2);

/// The earliest that the provider can have made something of a letter, by its own clock.
fn made_since(letter: &Letter) -> DateTime<Utc> {
    letter.created_at.checked_sub_signed(CLOCK_SLACK).unwrap_or(letter.created_at)
}
