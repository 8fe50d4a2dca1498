//! One contact: from the first word of a worker to its outcome.

use super::{Address, Attachment, Bilingual, ContactId, Escalation, Lang, LetterId, LineId, Medium, Need, OperatorId, WorkerId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $code:literal $cs:literal $en:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every value, in the order people see.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name used in the database, in JSON and in links.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a code; an unknown one is `None`.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// Returns the label a person reads.
            #[must_use]
            pub const fn label(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($cs, $en)),+ }
            }
        }
    };
}

named! {
    /// Where a contact stands.
    Stage {
        /// The line itself is asking and answering.
        Asking "asking" "ptá se linky" "asking the line",
        /// Offered to operators; nobody has taken it yet.
        Waiting "waiting" "čeká na operátora" "waiting for an operator",
        /// An operator has it.
        Held "held" "u operátora" "with an operator",
        /// Somebody was promised to be answered by a deadline.
        Promised "promised" "příslib" "promised",
        /// Finished.
        Closed "closed" "uzavřeno" "closed",
    }
}

named! {
    /// What came of a contact. "Sent" is not "helped".
    Outcome {
        /// The client has a place or an appointment.
        Placed "placed" "zajištěno" "placed",
        /// Passed on to a service that will act.
        Referred "referred" "předáno službě" "referred",
        /// The worker has the information that was needed.
        Informed "informed" "informace podána" "informed",
        /// There was no suitable place.
        NoPlace "no_place" "místo se nenašlo" "no place found",
        /// The worker could not be reached again.
        Unreachable "unreachable" "pracovník nedostupný" "worker not reachable",
        /// The worker gave up or rang off before anything happened.
        Abandoned "abandoned" "nedokončeno" "abandoned",
        /// Anything else; the reason says what.
        Other "other" "jiné" "other",
    }
}

named! {
    /// Where the coordinator's review stands.
    Review {
        /// Not looked at yet.
        New "new" "nový" "new",
        /// Looked at and fine.
        Reviewed "reviewed" "zkontrolováno" "reviewed",
        /// A question was sent to the operator.
        Queried "queried" "dotaz operátorovi" "query to the operator",
        /// Corrected; the original is kept in the log.
        Corrected "corrected" "opraveno" "corrected",
    }
}

/// One contact as its entries have made it.
#[expect(clippy::struct_excessive_bools, reason = "each notes one thing that happened once, by name")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its name.
    pub id: ContactId,
    /// The short number people say.
    pub number: i64,
    /// The worker who asks.
    pub worker: WorkerId,
    /// How the worker is called towards operators: an organisation, never a person.
    pub worker_name: Option<String>,
    /// Where the worker is answered.
    pub address: Address,
    /// What the worker holds.
    pub medium: Medium,
    /// The worker's language.
    pub lang: Lang,
    /// The line that is responsible, once the destination is known.
    pub line: Option<LineId>,
    /// Where it stands.
    pub stage: Stage,
    /// The operator who has it; at most one at any instant.
    pub owner: Option<OperatorId>,
    /// Rises with every change of owner or chain; a write with an old epoch is refused.
    pub epoch: i64,
    /// The escalation step to take next while nobody has it.
    pub next_step: u32,
    /// The chain as it was when this contact was first offered; what the line changes meanwhile is for
    /// the contacts that come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Escalation>,
    /// The need as far as it is known.
    pub need: Need,
    /// The worker's question in the worker's own (masked) words.
    pub question: Option<String>,
    /// Where the declared conversation stands: a serialised flow position.
    pub position: Option<String>,
    /// Whether it has to be answered at once.
    pub urgent: bool,
    /// When the worker first wrote or rang.
    pub opened_at: DateTime<Utc>,
    /// When anything last changed.
    pub changed_at: DateTime<Utc>,
    /// When a person first answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// By when somebody was promised to answer.
    pub promise_due: Option<DateTime<Utc>>,
    /// When the worker last wrote in it, or turned to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_at: Option<DateTime<Utc>>,
    /// When an operator last wrote to the worker in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<DateTime<Utc>>,
    /// When it was finished.
    pub closed_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// Where the review stands.
    pub review: Review,
    /// The worker was told once that personal data is not needed.
    pub told_personal_data: bool,
    /// The worker was told once that an operator has read the question.
    #[serde(default)]
    pub told_seen: bool,
    /// What was written while people were asked, and when: whoever takes the contact may have been shown less.
    #[serde(default)]
    pub added: Vec<(DateTime<Utc>, String)>,
    /// Its owner was told of words that cannot be read, and none has come since that can.
    #[serde(default)]
    pub told_unreadable: bool,
    /// How often in a row the line answered words that brought nothing new.
    #[serde(default)]
    pub fruitless: u32,
    /// The last words heard while the line itself answers, folded: the same again bring nothing new.
    #[serde(default)]
    pub last_words: Option<String>,
    /// The operator was asked how it ended and has not answered yet.
    #[serde(default)]
    pub asked_outcome: bool,
    /// The worker was told that a promise was not kept.
    #[serde(default)]
    pub told_late: bool,
    /// Files the worker sent: whoever takes the contact gets them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The line's own handle the worker came to, such as its phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// The worker's call, as the channel names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// The caller's wait for an operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<Queue>,
    /// Addresses of the worker's at which a letter was lost, until something is heard from there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost_at: Vec<Address>,
    /// How it was offered in lines' rooms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
    /// The room whose thread its owner talks in; none where the owner talks alone with the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Address>,
    /// Its worker has another open one, so that words between the two sides say which they belong to. Not
    /// stored: found whenever the contact is read.
    #[serde(skip)]
    pub beside: bool,
}

/// A contact as it was offered in a line's room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The letter.
    pub letter: LetterId,
    /// The room.
    pub room: Address,
    /// It still may be taken there.
    pub open: bool,
}

/// A caller's wait for an operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Since when: whoever was asked before may be asked again.
    pub since: DateTime<Utc>,
    /// Who is rung before others: whoever had the contact already.
    pub first: Option<OperatorId>,
    /// What whoever picks up hears first, as the conversation words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whisper: Option<Bilingual>,
}

impl Contact {
    /// Tells whether the worker has been promised or put through to a person at any time.
    #[must_use]
    pub const fn asked_for_a_person(&self) -> bool {
        self.epoch > 0
    }

    /// Tells whether the worker can be answered, be it after a call: a hidden number cannot.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.medium != Medium::Voice || self.address.is_number()
    }

    /// When words last went between its worker and anybody here.
    #[must_use]
    pub fn talked_at(&self) -> DateTime<Utc> {
        self.heard_at.max(self.told_at).unwrap_or(self.opened_at)
    }

    /// Tells whether anything may still happen to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage != Stage::Closed
    }
}
