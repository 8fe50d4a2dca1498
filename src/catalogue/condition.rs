//! What a service asks of a client, criterion by criterion.

use serde::{Deserialize, Serialize};

/// Whether a service takes somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// It does.
    Yes,
    /// It does not, without exception.
    No,
    /// It depends, or nobody knows: ask.
    #[default]
    Ask,
}

impl Rule {
    /// Returns the stable code: `yes`, `no` or `ask`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Ask => "ask",
        }
    }

    /// Reads a code in English or Czech; anything else is `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "yes" | "ano" => Some(Self::Yes),
            "no" | "ne" => Some(Self::No),
            "ask" | "dotaz" => Some(Self::Ask),
            _ => None,
        }
    }
}

/// What a price is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PricePer {
    /// One night.
    Night,
    /// One month.
    Month,
}

/// The conditions of a service. A criterion nobody filled in is "ask".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// Men.
    pub men: Rule,
    /// Women.
    pub women: Rule,
    /// The youngest age, in years.
    pub age_min: Option<u8>,
    /// The oldest age, in years.
    pub age_max: Option<u8>,
    /// Minor children who come along.
    pub children: Rule,
    /// Two partners together.
    pub couples: Rule,
    /// Animals.
    pub pets: Rule,
    /// People without an identity card.
    pub without_id: Rule,
    /// People with debts or executions.
    pub debts: Rule,
    /// People in substitution treatment.
    pub substitution: Rule,
    /// People whose offence makes many services refuse; `yes` is still told as "ask".
    pub offence: Rule,
    /// People in a wheelchair.
    pub wheelchair: Rule,
    /// A place can be agreed while the client is still in prison.
    pub bookable_from_prison: Rule,
    /// How many days before the arrival the service wants to know.
    pub days_in_advance: Option<u16>,
    /// The deposit, in CZK; none when not known.
    pub deposit_czk: Option<u32>,
    /// The price, in CZK; 0 is free of charge, none when not known.
    pub price_czk: Option<u32>,
    /// What the price is paid for.
    pub price_per: Option<PricePer>,
}
