//! What phrases of the word list can stand for: topics, criteria of the client, cues of the message,
//! words of the surroundings. Names only; what follows from them is decided by `need`, `who` and `flag`.

use crate::domain::Topic;

/// What a phrase of the word list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::understanding) enum Sense {
    /// A topic, and how much the phrase says about it.
    Topic(Topic, Strength),
    /// A criterion of the client.
    Who(Criterion),
    /// Something that raises a flag.
    Flag(Cue),
    /// A word of the surroundings: asks, has, lost …
    Context(Frame),
    /// Ordinary words that would be mistaken for something else.
    Ignore,
}

/// How much a phrase says about its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::understanding) enum Strength {
    /// A thing one asks for; who has it does not need it.
    Thing,
    /// A trouble; who has it needs help.
    Trouble,
    /// Words that mean the need whatever stands around them.
    Need,
    /// Counts only when nothing else is said.
    Hint,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(in crate::understanding) enum $name { $(#[doc = concat!("`", $code, "`")] $variant),+ }
        impl $name {
            pub(in crate::understanding) const CODES: &'static [(&'static str, Self)] = &[$(($code, Self::$variant)),+];
        }
    };
}

names! {
    /// What words say of the client.
    Criterion {
        Man "man", Woman "woman", ManHint "man_hint", WomanHint "woman_hint",
        Children "children", NoChildren "no_children", ChildWord "child_word",
        Couple "couple", Pet "pet", Disability "disability", Pregnant "pregnant", NoIncome "no_income",
        Foreigner "foreigner", Substitution "substitution", WithoutId "without_id", Released "released_already",
        Minor "minor", Senior "senior", Person "person", People "people",
    }
}

impl Criterion {
    /// Returns the name used in the word list.
    pub(in crate::understanding) fn code(self) -> &'static str {
        Self::CODES.iter().find(|(_, value)| *value == self).map_or("", |(code, _)| code)
    }
}

names! {
    /// What words say of the message itself.
    Cue {
        Urgent "urgent", Homeless "homeless_now", Bulk "bulk", Restricted "restricted", Offence "offence",
        SelfHarm "self_harm", NotStaff "not_staff", Staff "staff", ProviderUpdate "provider_update",
        OutcomeReport "outcome_report", WantsPerson "wants_person", Abusive "abusive", Selling "selling",
    }
}

names! {
    /// Words around a finding that change its meaning.
    Frame {
        Refuses "refuses", Without "without", Asks "asks", Settled "settled", Before "before", Has "has", Tells "tells", Lost "lost",
        Release "release", ReleasePast "release_past", OtherDate "other_date",
    }
}
