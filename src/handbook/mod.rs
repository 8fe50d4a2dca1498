//! Everything the line has declared and may look up while it decides: flows,
//! wordings, places, words, lines with their rosters, the catalogue, and what each
//! channel is able to do. Read-only and checked; a new version replaces it whole.
//!
//! It holds values and answers questions about them; it decides nothing.

mod command;
mod directory;
mod error;
pub mod inquiry;
mod phrase;
mod reply;
mod shut_out;
mod wish;
pub mod wording;

pub use command::Command;
pub use command::Commands;
pub use directory::Directory;
pub use error::HandbookError;
pub use phrase::{Phrase, Phrases};
pub use reply::{Replies, Reply};
pub use shut_out::ShutOut;
pub use wish::{Wish, Wishes};
pub use wording::Wording;

use crate::catalogue::Catalogue;
use crate::domain::{Ability, Address, Destination, Lang, LineId, Medium, OperatorId, OwnNumber, Place, Region, Tariff};
use crate::flow::{FlowSet, Voice};
use crate::place::Gazetteer;
use crate::routing::{self, Book, Line, Operator};
use crate::understanding::Lexicon;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The conversation a worker's first word begins.
pub const WORKER_FLOW: &str = "worker";

/// One version of everything declared.
#[derive(Clone)]
pub struct Handbook {
    /// Declared conversations.
    pub flows: Arc<FlowSet>,
    /// Wordings and commands outside them.
    pub wording: Arc<Wording>,
    /// Places and their forms.
    pub gazetteer: Arc<Gazetteer>,
    /// Words for needs and people.
    pub lexicon: Arc<Lexicon>,
    /// Lines and operators.
    pub book: Arc<Book>,
    /// The last version of the stored roster when the lines and operators were read.
    pub roster: i64,
    /// Numbers the line knows something of.
    pub directory: Arc<Directory>,
    /// Services.
    pub catalogue: Arc<Catalogue>,
    /// What each channel is able to do, by its name.
    pub channels: BTreeMap<String, Ability>,
    /// The line's own addresses: what comes from there is no person.
    pub own: Vec<Address>,
    /// The line's own phone numbers; none where a channel has but one way out.
    pub numbers: Vec<OwnNumber>,
    /// What messages and calls cost; without it nobody counts.
    pub tariff: Option<Tariff>,
}

impl Handbook {
    /// Gathers what the program was built with: flows, wordings, places and words, with
    /// empty lines, catalogue and channels.
    ///
    /// # Errors
    /// [`HandbookError`] when a built-in file is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, HandbookError> {
        Ok(Self {
            flows: Arc::new(FlowSet::builtin().map_err(HandbookError::Flows)?),
            wording: Arc::new(Wording::builtin()?),
            gazetteer: Arc::new(Gazetteer::builtin()?),
            lexicon: Arc::new(Lexicon::builtin()?),
            book: Arc::default(),
            roster: 0,
            directory: Arc::default(),
            catalogue: Arc::new(Catalogue::new(Vec::new())),
            channels: BTreeMap::new(),
            own: Vec::new(),
            numbers: Vec::new(),
            tariff: None,
        })
    }

    /// Returns the ability of a channel; `None` for one that is not switched on.
    #[must_use]
    pub fn ability(&self, channel: &str) -> Option<&Ability> {
        self.channels.get(channel)
    }

    /// Returns the first switched-on channel of a medium.
    #[must_use]
    pub fn channel_of(&self, medium: Medium) -> Option<&str> {
        self.channels.iter().find(|(_, ability)| ability.medium == medium).map(|(name, _)| name.as_str())
    }

    /// Finds the operator who is reached at an address.
    #[must_use]
    pub fn operator_at(&self, address: &Address) -> Option<&Operator> {
        let here = |operator: &&Operator| {
            operator.addresses.iter().any(|point| point.channel == address.channel && point.handle == address.handle)
        };
        self.book.operators.iter().find(here)
    }

    /// Tells whether an address is the room of a line's people.
    #[must_use]
    pub fn is_room(&self, address: &Address) -> bool {
        self.book.lines.iter().any(|line| line.room.as_ref() == Some(address))
    }

    /// Returns the day it is where the lines are.
    #[must_use]
    pub fn local_day(&self, now: DateTime<Utc>) -> NaiveDate {
        let zone = self.book.lines.first().map_or(Tz::Europe__Prague, |line| line.zone);
        now.with_timezone(&zone).date_naive()
    }

    /// Finds an operator by id.
    #[must_use]
    pub fn operator(&self, id: &OperatorId) -> Option<&Operator> {
        self.book.operators.iter().find(|operator| operator.id.as_str() == id.as_str())
    }

    /// Finds a line by id.
    #[must_use]
    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.book.lines.iter().find(|line| line.id.as_str() == id.as_str())
    }

    /// Returns who reads aloud, by language.
    #[must_use]
    pub fn voices(&self) -> &BTreeMap<Lang, Voice> {
        static NONE: BTreeMap<Lang, Voice> = BTreeMap::new();
        self.flows.current(WORKER_FLOW).map_or(&NONE, |flow| &flow.shared.voices)
    }

    /// Finds the line people know by one of the line's own numbers.
    #[must_use]
    pub fn line_of_number(&self, number: &str) -> Option<&LineId> {
        self.numbers.iter().find(|one| one.number == number).and_then(|one| one.line.as_ref())
    }

    /// Finds the line responsible for a destination at `at`. Returns abroad, and destinations nobody
    /// knows yet, go to the capital's line.
    #[must_use]
    pub fn line_for(&self, destination: Option<&Destination>, at: DateTime<Utc>) -> Option<&Line> {
        let region = destination.and_then(Destination::region).unwrap_or(Region::Praha);
        routing::line_for(&self.book.lines, region, at).or_else(|| self.book.lines.first())
    }

    /// Names a destination for people: `Most, Ústecký kraj`.
    #[must_use]
    pub fn describe(&self, destination: &Destination, lang: Lang) -> String {
        match destination {
            Destination::Place(place) => self.describe_place(place, lang),
            Destination::Abroad(country) => {
                format!("{} ({})", self.gazetteer.country(country, lang).unwrap_or(country), lang.pick("zahraničí", "abroad"))
            }
        }
    }

    /// Names a place for people.
    #[must_use]
    pub fn describe_place(&self, place: &Place, lang: Lang) -> String {
        self.gazetteer.describe(place, lang)
    }
}
