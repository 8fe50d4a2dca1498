//! What the line does about an event. The store carries these out without a thought.

use super::{Address, Contact, ContactId, Delivery, Entry, Guesses, Letter, LetterId, LineId, OperatorId, Point, Spent, Swap, Timer, TimerId, Warned, Worker, WorkerId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How an operator's chance to take a contact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// May be taken.
    Open,
    /// Was taken by this operator.
    Taken,
    /// Was taken by somebody else, or is no longer offered.
    Gone,
    /// This operator declined or did not pick up.
    Declined,
}

impl OfferState {
    /// Returns the name used in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Gone => "gone",
            Self::Declined => "declined",
        }
    }

    /// Reads a name written by [`OfferState::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Taken, Self::Gone, Self::Declined].into_iter().find(|state| state.name() == name)
    }
}

/// A contact offered to one operator by one letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which contact.
    pub contact: ContactId,
    /// To whom.
    pub operator: OperatorId,
    /// The letter that asks.
    pub letter: LetterId,
    /// How it stands.
    pub state: OfferState,
    /// When it was made (µs UTC).
    pub at: DateTime<Utc>,
}

/// A row of the roster that a turn may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterRow {
    /// A line with its shifts.
    Line(LineId),
    /// A person with the addresses.
    Operator(OperatorId),
}

/// A changed row of the roster, to be kept as a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterChange {
    /// Which row.
    pub row: RosterRow,
    /// The whole row as the roster holds it.
    pub body: serde_json::Value,
    /// The last version of anything in the roster when it was decided; refused when there is a later one.
    pub after: i64,
    /// From when it is in force.
    pub at: DateTime<Utc>,
    /// Who changed it: operators by id, or a console user.
    pub author: String,
}

/// One thing to carry out in the turn's transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Remembers a worker and the address that was used.
    Introduce(Worker),
    /// Writes a contact, new or changed; refused when its stored epoch is higher.
    Keep(Box<Contact>),
    /// Adds an entry to the log.
    Log(Entry),
    /// Puts a letter into the outbox.
    Send(Letter),
    /// Makes or changes an offer (one per contact, operator and letter).
    Offer(Offer),
    /// Closes every open offer of a contact but the taker's.
    CloseOffers {
        /// Which contact.
        contact: ContactId,
    },
    /// Sets a timer.
    Set(Timer),
    /// Removes one timer: it has rung.
    Drop(TimerId),
    /// Removes every timer of a contact.
    Clear(ContactId),
    /// Moves a letter to a new state, and its next attempt.
    Mark {
        /// Which letter.
        letter: LetterId,
        /// The state it is in now.
        delivery: Delivery,
        /// What the channel said.
        error: Option<String>,
        /// When it may leave again.
        due_at: Option<DateTime<Utc>>,
        /// What the channel calls it.
        reference: Option<String>,
        /// The attempt does not count: there was too much at once.
        uncounted: bool,
    },
    /// Notes that nothing is to be sent from one of the line's numbers to an address any more.
    OptOut {
        /// Where nothing is to be sent.
        address: Address,
        /// From which number of the line's; `None` where a channel has but one.
        own: Option<String>,
        /// Since when; `None` when messages are wanted again.
        since: Option<DateTime<Utc>>,
    },
    /// Adds to what left on a local day and costs money.
    Spend {
        /// Which day.
        day: NaiveDate,
        /// How much.
        spent: Spent,
    },
    /// Keeps a code by which a worker joins another device; only the newest one counts.
    Invite {
        /// What has to be sent from the other device.
        code: String,
        /// Whose code it is.
        worker: WorkerId,
        /// When it was asked for.
        at: DateTime<Utc>,
        /// Until when it counts.
        until: DateTime<Utc>,
    },
    /// Makes one worker of two: the addresses and contacts of the one become the other's.
    Join {
        /// Who is no more.
        worker: WorkerId,
        /// Who stays.
        into: WorkerId,
    },
    /// Counts that an invitation was taken once more, by its name.
    UseInvitation(String),
    /// Writes how many wrong codes came from an address; `None` forgets them.
    Guessed {
        /// Where they came from.
        address: Address,
        /// How many, and when.
        guesses: Option<Guesses>,
    },
    /// Lets an operator rest until an instant; `None` ends the rest.
    Pause {
        /// Who.
        operator: OperatorId,
        /// Until when.
        until: Option<DateTime<Utc>>,
    },
    /// Writes a swap of shifts, new or changed.
    Swap(Box<Swap>),
    /// Puts a changed roster in force; what follows is decided by it.
    Roster(Box<RosterChange>),
    /// Writes what is known of a contact point.
    Point(Box<Point>),
    /// Forgets a contact point that is no longer anybody's.
    DropPoint(Address),
    /// Writes that a coordinator was warned.
    Warned(Warned),
    /// Forgets a warning whose matter is solved or over, by its key.
    Settle(String),
}
