//! What help exists: services, what they ask of a client, whether they have a
//! free place, and the answer a person gets.
//!
//! Pure: a [`Catalogue`] is an immutable snapshot that the handbook builds from the
//! store and the decision searches; the instant, the day and the position asked
//! about are passed in. It knows no gazetteer: a service carries its own place.

mod answer;
mod capacity;
mod condition;
mod constraint;
mod demo;
mod dice;
mod distance;
mod error;
mod fallback;
mod freshness;
mod index;
mod invention;
mod rank;
mod read;
mod search;
mod service;
mod spoken;
mod text_message;
mod wish;
mod wording;
mod write;
mod written;

#[cfg(test)]
mod tests;

pub use answer::{Answer, answer, say_back};
pub use capacity::{Capacity, CapacityState};
pub use condition::{Conditions, PricePer, Rule};
pub use constraint::{Refusal, refusal};
pub use demo::{Seat, invent, invent_many};
pub use error::{CatalogueError, Mistake};
pub use fallback::{Asking, Fallback, FallbackKind, LineHours, fallback};
pub use freshness::Freshness;
pub use index::Catalogue;
pub use read::read;
pub use search::{Found, Hit, Scope, Wish, search};
#[doc(no_inline)]
pub use crate::domain::Kind;
pub use service::{Coverage, Service};
pub use write::write;
