//! The surroundings of a conversation as plain values and functions: the line, the
//! catalogue, the places. The engine knows nothing of who stands behind them.

use crate::domain::{Destination, Lang, Medium, Need, Place};

/// What the texts say about the regional line a need belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineFacts {
    /// The line's name in the nominative, such as `Linka Ústecký kraj`.
    pub name: String,
    /// Whether an operator can be asked now.
    pub open: bool,
    /// When it opens next, in words that follow "otevírá": `v pondělí 2. 2. v 9:00`; empty when it is not known.
    pub next_open: String,
    /// By when an answer is promised, in words that follow "ozveme se nejpozději": `v pondělí 2. 2. ve 12:00`.
    pub promise_due: String,
    /// The text of an unplanned closure, when there is one.
    pub closed_text: Option<String>,
}

/// One answer of the catalogue, already written for a language and a medium.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// What to say; with nothing found it is the fallback, never empty.
    pub text: String,
    /// Ids of the services named in it.
    pub services: Vec<String>,
    /// Whether there are further services.
    pub more: bool,
    /// Whether anything fits the need.
    pub found: bool,
}

/// Everything the engine may ask.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Tells about the line of a destination, or the common line without one.
    pub line: &'a dyn Fn(Option<&Destination>, Lang) -> LineFacts,
    /// Searches the catalogue, leaving out the first `skip` services.
    pub search: &'a dyn Fn(&Need, usize, Lang, Medium) -> Listing,
    /// Names a destination unmistakably, such as `Most, Ústecký kraj`.
    pub describe: &'a dyn Fn(&Destination, Lang) -> String,
    /// Finds the place of a postcode of five digits.
    pub postcode: &'a dyn Fn(&str) -> Option<Place>,
}

/// What the host holds of this one contact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hand {
    /// The contact's short number people can say.
    pub contact_number: String,
    /// The worker's organisation, empty when nobody vouches for one.
    pub worker: String,
    /// Whether a caller's number can receive a short message, and wants to.
    pub sms_possible: bool,
    /// Whether anybody can call or write back.
    pub reachable: bool,
    /// Whether an answer was promised before this call, and is still to come.
    pub promised: bool,
    /// The number of another open question of the same worker; empty where there is none.
    pub beside: String,
    /// Until when signing in is locked, in words; empty where it is not.
    pub locked_until: String,
}
