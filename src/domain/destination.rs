//! Where a client returns: the fact every routing decision stands on.

use super::Region;
use serde::{Deserialize, Serialize};

/// A municipality by name, with its ČSÚ code where the tables know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Municipality {
    /// The six-digit ČSÚ code, such as `562335`.
    pub code: Option<String>,
    /// The official name in the nominative, such as `Děčín`.
    pub name: String,
}

/// A place in the Czech Republic, as exact as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The region (NUTS 3), always known.
    pub region: Region,
    /// The district's LAU 1 code, such as `CZ0421`.
    pub district: Option<String>,
    /// The four-digit code of the municipality with extended powers, such as `4202`.
    pub orp: Option<String>,
    /// The municipality itself.
    pub municipality: Option<Municipality>,
}

impl Place {
    /// A whole region, when nothing finer is known.
    #[must_use]
    pub const fn region(region: Region) -> Self {
        Self { region, district: None, orp: None, municipality: None }
    }
}

/// Where the client returns.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// A place in the Czech Republic.
    Place(Place),
    /// Another country by its ISO 3166-1 alpha-2 code, such as `SK`.
    Abroad(String),
}

impl Destination {
    /// Returns the region, `None` for a return abroad.
    #[must_use]
    pub const fn region(&self) -> Option<Region> {
        match self {
            Self::Place(place) => Some(place.region),
            Self::Abroad(_) => None,
        }
    }
}
