//! One line of the contact log: what happened, who did it and why. Entries are
//! added in the commit of the change they describe and never altered.

use super::{Attachment, Bilingual, ContactId, Delivery, EntryId, LetterId, Need, OperatorId, Outcome, Place, Review};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The worker who asks.
    Worker,
    /// The line itself.
    Line,
    /// An operator (or the coordinator answering as one).
    Operator(OperatorId),
    /// A signed-in user of the console.
    User(String),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// The worker wrote, said or pressed something; masked.
    Heard {
        /// The masked words, or a key, or what arrived instead of words.
        words: String,
    },
    /// The worker changed a message; masked.
    Edited {
        /// The masked words as they are now.
        words: String,
    },
    /// Somebody sent a file.
    Attached {
        /// The file.
        file: Attachment,
    },
    /// Something became of a file: it was listened to, forgotten, or could not be had.
    Filed {
        /// What, in words.
        what: Bilingual,
    },
    /// The worker took a message back.
    Deleted,
    /// The worker's device encrypts with other keys than before.
    NewKeys,
    /// The line kept silent where it would have answered.
    KeptSilent {
        /// Why.
        why: Bilingual,
    },
    /// The line answered.
    Said {
        /// The words.
        words: String,
        /// The letter that carries them.
        letter: LetterId,
    },
    /// Words were passed from one side to the other.
    Relayed {
        /// The masked words.
        words: String,
        /// The letter that carries them.
        letter: LetterId,
    },
    /// An internal note; never passed on.
    Noted {
        /// The note.
        words: String,
    },
    /// The message was understood.
    Understood {
        /// The need as it stands now.
        need: Need,
        /// Flags by code.
        flags: Vec<String>,
        /// Places of one name the message may have meant.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        among: Vec<Place>,
    },
    /// The catalogue was asked.
    LookedUp {
        /// Ids of the services shown.
        services: Vec<String>,
        /// Whether anything suitable was found.
        found: bool,
    },
    /// A line became responsible.
    Routed {
        /// The line's id.
        line: String,
        /// The decision in sentences.
        why: Vec<Bilingual>,
    },
    /// An operator was asked, by chat, SMS or a ringing phone.
    Offered {
        /// Who.
        operator: OperatorId,
        /// The letter that asks.
        letter: LetterId,
        /// The medium by name.
        by: String,
    },
    /// Nobody could be asked at this step.
    NobodyToAsk {
        /// Why.
        why: Bilingual,
    },
    /// An operator took the contact.
    Taken {
        /// Who.
        operator: OperatorId,
    },
    /// An operator came second.
    TooLate {
        /// Who.
        operator: OperatorId,
    },
    /// An operator declined, or a phone was not picked up.
    Declined {
        /// Who.
        operator: OperatorId,
        /// Why.
        why: Bilingual,
    },
    /// The contact went to somebody else.
    HandedOver {
        /// To whom, in words.
        to: String,
    },
    /// The next step of the chain was taken.
    Escalated {
        /// Why.
        why: Bilingual,
    },
    /// The worker was promised an answer by a deadline.
    Promised {
        /// The deadline.
        due: DateTime<Utc>,
    },
    /// The promise is near or past its deadline.
    Reminded {
        /// Whether the deadline has passed.
        late: bool,
    },
    /// A letter's fate changed in a way worth knowing.
    Delivered {
        /// Which letter.
        letter: LetterId,
        /// How far it came.
        delivery: Delivery,
        /// What the channel said.
        error: Option<String>,
    },
    /// The call was joined or ended.
    Call {
        /// What happened, in words.
        what: Bilingual,
    },
    /// The worker rated the help: 3 helped, 2 partly, 1 not.
    Rated {
        /// The rating.
        value: u8,
    },
    /// The contact was finished.
    Closed {
        /// What came of it.
        outcome: Outcome,
        /// Why.
        reason: Option<String>,
    },
    /// The worker wrote again and the contact was opened again.
    Reopened,
    /// The coordinator's review moved.
    Reviewed {
        /// Where it stands now.
        review: Review,
        /// What the coordinator wrote.
        note: Option<String>,
    },
    /// The coordinator corrected a field; the old value is kept here.
    Corrected {
        /// The field's name.
        field: String,
        /// Its old value.
        old: String,
        /// Its new value.
        new: String,
    },
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// The contact it belongs to.
    pub contact: ContactId,
    /// When it happened (µs UTC).
    pub at: DateTime<Utc>,
    /// Who did it.
    pub author: Author,
    /// What happened.
    pub what: Happened,
}
