//! One service of one provider, at one place.

use super::{Capacity, Conditions, Kind};
use crate::domain::{Bilingual, Place, Region, Topic};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name space of service ids, chosen once; another value would give every service a new id.
const NAMESPACE: Uuid = Uuid::from_u128(0x1a6d_52c4_7d0b_5c6e_9b1f_3e5a_8c77_d1e0);

/// Where a service's clients may come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Municipalities with extended powers, by four-digit codes.
    Orps(Vec<String>),
    /// Districts, by LAU 1 codes.
    Districts(Vec<String>),
    /// Regions.
    Regions(Vec<Region>),
    /// The whole country.
    Country,
}

impl Coverage {
    /// Tells whether a client who returns to `home` may come. A service that lists finer
    /// areas than `home` is known to is judged by the region it stands in, `own`.
    #[must_use]
    pub fn reaches(&self, home: &Place, own: Region) -> bool {
        match self {
            Self::Orps(codes) => home.orp.as_ref().map_or(own == home.region, |orp| codes.contains(orp)),
            Self::Districts(codes) => home.district.as_ref().map_or(own == home.region, |code| codes.contains(code)),
            Self::Regions(regions) => regions.contains(&home.region),
            Self::Country => true,
        }
    }
}

/// A service. Three dates are kept apart: confirmed, checked and changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The id, a UUID v5 of a stable key, so that a repeated import changes nothing.
    pub id: Uuid,
    /// Who runs it.
    pub provider: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What it helps with; a subset or an extension of the kind's own topics.
    pub topics: Vec<Topic>,
    /// Where it stands.
    pub place: Place,
    /// Latitude and longitude in degrees, WGS 84.
    pub position: Option<(f64, f64)>,
    /// Street and number.
    pub address: Option<String>,
    /// A shelter whose address nobody may learn from us.
    pub secret: bool,
    /// The phone number as it is dialled.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The web page.
    pub web: Option<String>,
    /// When somebody picks up or opens the door.
    pub hours: Option<Bilingual>,
    /// What it asks of a client.
    pub conditions: Conditions,
    /// Where its clients may come from.
    pub serves: Coverage,
    /// The latest report of free places.
    pub capacity: Option<Capacity>,
    /// When somebody who knows last said the entry is right.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When we last tried to find out.
    pub checked_at: Option<DateTime<Utc>>,
    /// When a value last changed.
    pub changed_at: Option<DateTime<Utc>>,
    /// It has closed for good, or for so long that nobody may be sent there.
    pub ended: bool,
    /// What else a worker should know.
    pub note: Bilingual,
}

impl Service {
    /// Computes the id of a stable key, such as a register's number.
    #[must_use]
    pub fn id_of(key: &str) -> Uuid {
        Uuid::new_v5(&NAMESPACE, key.as_bytes())
    }

    /// Returns when somebody who knows last spoke: the confirmation or the report of free places.
    #[must_use]
    pub fn heard_at(&self) -> Option<DateTime<Utc>> {
        self.confirmed_at.max(self.capacity.as_ref().map(|report| report.reported_at))
    }

    /// Takes out everything that could give a secret shelter away: what is left is the region.
    #[must_use]
    pub fn guarded(mut self) -> Self {
        if self.secret {
            self.place = Place::region(self.place.region);
            self.position = None;
            self.address = None;
        }
        self
    }
}
