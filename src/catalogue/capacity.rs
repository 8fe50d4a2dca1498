//! A report of free places: who said it, when, and until when it may be believed.
//! Reports are appended, never changed; the service carries the latest one.

use super::Kind;
use crate::domain::Bilingual;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a service says of its free places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityState {
    /// There is a free place.
    Has,
    /// The service decides after it has met or heard the client.
    MustAssess,
    /// Nobody has said, or what was said has expired.
    #[default]
    Unknown,
    /// Full, with a waiting list.
    Waitlist,
    /// Full.
    None,
}

impl CapacityState {
    /// Every state, the most hopeful first.
    pub const ALL: [Self; 5] = [Self::Has, Self::MustAssess, Self::Unknown, Self::Waitlist, Self::None];

    /// Returns the stable code, such as `must_assess`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Has => "has",
            Self::MustAssess => "must_assess",
            Self::Unknown => "unknown",
            Self::Waitlist => "waitlist",
            Self::None => "none",
        }
    }

    /// Reads a code; an unknown one is `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One report of free places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// What was said.
    pub state: CapacityState,
    /// How many places, when a number was said.
    pub count: Option<u16>,
    /// Whom the places are for ("muži"), when that was said.
    pub target: Option<Bilingual>,
    /// The first day a place is free, when it is not free at once.
    pub available_from: Option<NaiveDate>,
    /// When it was said.
    pub reported_at: DateTime<Utc>,
    /// Who said it and how, such as `sms` or `obvolání`.
    pub reported_by: String,
    /// From this instant on nobody knows.
    pub expires_at: DateTime<Utc>,
}

impl Capacity {
    /// Records what a service of `kind` said at `at`; it expires by the kind's own days.
    #[must_use]
    pub fn reported(kind: Kind, state: CapacityState, count: Option<u16>, by: &str, at: DateTime<Utc>) -> Self {
        let expires_at = at.checked_add_days(Days::new(kind.capacity_days().into())).unwrap_or(at);
        Self { state, count, target: None, available_from: None, reported_at: at, reported_by: by.to_owned(), expires_at }
    }

    /// Returns the state that may be told at `now`: after expiry always unknown, never "free".
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> CapacityState {
        if now < self.expires_at { self.state } else { CapacityState::Unknown }
    }
}

#[cfg(test)]
mod tests {
    use super::{Capacity, CapacityState};
    use crate::catalogue::Kind;
    use chrono::{TimeDelta, TimeZone, Utc};

    #[test]
    fn an_expired_report_is_unknown_whatever_it_said() {
        let at = Utc.with_ymd_and_hms(2026, 11, 20, 9, 0, 0).unwrap();
        let table = [(Kind::NightShelter, 24), (Kind::CrisisBed, 48), (Kind::AsylumHouse, 168), (Kind::HalfwayHouse, 336)];
        for (kind, hours) in table {
            for state in CapacityState::ALL {
                let report = Capacity::reported(kind, state, Some(2), "sms", at);
                assert_eq!(report.state_at(at + TimeDelta::hours(hours) - TimeDelta::seconds(1)), state, "{kind:?}");
                assert_eq!(report.state_at(at + TimeDelta::hours(hours)), CapacityState::Unknown, "{kind:?}");
            }
        }
    }
}
