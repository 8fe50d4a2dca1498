//! What a client needs, who the client is and when the release is – without a
//! name, a birth number or an offence.

use super::Lang;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident $all:literal { $($variant:ident $code:literal $cs:literal $en:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = $en] #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of this list.
            pub const ALL: [Self; $all] = [$(Self::$variant),+];

            /// Returns the stable code used in JSON, flows and the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a code; an unknown one is `None`.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.code() == code)
            }

            /// Returns the label a person reads.
            #[must_use]
            pub const fn label(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($cs, $en)),+ }
            }
        }
    };
}

words! {
    /// A kind of need, the first axis of the catalogue.
    Topic 16 {
        Housing "housing" "Bydlení" "Housing",
        Debts "debts" "Dluhy a exekuce" "Debts",
        Work "work" "Práce" "Work",
        Addiction "addiction" "Závislosti" "Addiction",
        Documents "documents" "Doklady" "Documents",
        Benefits "benefits" "Dávky a důchody" "Benefits",
        Legal "legal" "Právní pomoc" "Legal help",
        Health "health" "Zdraví" "Health",
        MentalHealth "mental_health" "Duševní zdraví" "Mental health",
        Family "family" "Rodina" "Family",
        Crisis "crisis" "Krize" "Crisis",
        MaterialAid "material_aid" "Materiální pomoc" "Material aid",
        Curator "curator" "Sociální kurátor" "Social curator",
        Probation "probation" "Probace" "Probation",
        Transport "transport" "Doprava" "Transport",
        Other "other" "Něco jiného" "Something else",
    }
}

words! {
    /// Something about a message that changes how it is treated.
    Flag 11 {
        Urgent "urgent" "spěchá" "urgent",
        Bulk "bulk" "více klientů" "several clients",
        Restricted "restricted" "omezená skupina" "restricted group",
        PersonalData "personal_data" "osobní údaje zakryty" "personal data masked",
        SelfHarm "self_harm" "ohrožení života" "threat to life",
        NotStaff "not_staff" "nepíše pracovník" "not from staff",
        ProviderUpdate "provider_update" "hlášení poskytovatele" "provider's update",
        OutcomeReport "outcome_report" "hlášení výsledku" "outcome report",
        WantsPerson "wants_person" "chce člověka" "wants a person",
        Abusive "abusive" "hrubost" "abusive",
        ForeignLanguage "foreign_language" "cizí jazyk" "foreign language",
    }
}

/// The client's sex, as constraints of services use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// A man.
    #[serde(rename = "m")]
    Male,
    /// A woman.
    #[serde(rename = "f")]
    Female,
}

impl Sex {
    /// Returns the word a person reads.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Male => lang.pick("muž", "man"),
            Self::Female => lang.pick("žena", "woman"),
        }
    }
}

/// The client's age in the bands services are licensed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AgeBand {
    /// 15 to 17 years.
    #[serde(rename = "15-17")]
    Minor,
    /// 18 to 26 years.
    #[serde(rename = "18-26")]
    Young,
    /// 27 to 64 years.
    #[serde(rename = "27-64")]
    Adult,
    /// 65 years and more.
    #[serde(rename = "65+")]
    Senior,
}

impl AgeBand {
    /// Returns the band of an age in years; children under 15 have none.
    #[must_use]
    pub const fn of(age: u8) -> Option<Self> {
        match age {
            0..=14 => None,
            15..=17 => Some(Self::Minor),
            18..=26 => Some(Self::Young),
            27..=64 => Some(Self::Adult),
            65.. => Some(Self::Senior),
        }
    }

    /// Returns the words a person reads.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Minor => lang.pick("15–17 let", "aged 15–17"),
            Self::Young => lang.pick("18–26 let", "aged 18–26"),
            Self::Adult => lang.pick("27–64 let", "aged 27–64"),
            Self::Senior => lang.pick("65 a více let", "aged 65 or more"),
        }
    }

    /// Returns the youngest and the oldest age of the band, in years.
    #[must_use]
    pub const fn years(self) -> (u8, u8) {
        match self {
            Self::Minor => (15, 17),
            Self::Young => (18, 26),
            Self::Adult => (27, 64),
            Self::Senior => (65, u8::MAX),
        }
    }
}

/// What is known of the client. `None` means not said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Who {
    /// Man or woman.
    pub sex: Option<Sex>,
    /// Whether minor children are part of the story.
    pub children: Option<bool>,
    /// The age band.
    pub age_band: Option<AgeBand>,
    /// Two partners look for a place together.
    pub couple: Option<bool>,
    /// How many clients the message is about, when more than one.
    pub count: Option<u8>,
    /// An animal comes along.
    pub pet: Option<bool>,
    /// A disability or a wheelchair.
    pub disability: Option<bool>,
    /// An expected child.
    pub pregnant: Option<bool>,
    /// No income at all.
    pub no_income: Option<bool>,
    /// Not a Czech citizen.
    pub foreigner: Option<bool>,
    /// Takes part in substitution treatment.
    pub substitution: Option<bool>,
    /// Has no identity card.
    pub without_id: Option<bool>,
    /// Already out of prison.
    pub released_already: Option<bool>,
}

/// When the client is released, as exact as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// A day.
    On(NaiveDate),
    /// A stretch of days, both included ("koncem února").
    Window(NaiveDate, NaiveDate),
}
