//! What was understood of one message, and the need it describes.

use super::{Destination, Flag, Kind, Lang, Place, Release, Topic, Who};
use serde::{Deserialize, Serialize};

/// The places of one text and the part each plays in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    /// Where the client returns, when it is one place.
    pub destination: Option<Place>,
    /// The places it could be when it is not one; never one entry alone.
    pub candidates: Vec<Place>,
    /// Where the client comes from.
    pub origin: Option<Place>,
    /// Places that were refused ("jen ne do Mostu").
    pub excluded: Vec<Place>,
    /// ISO 3166-1 alpha-2 code of a return abroad.
    pub abroad: Option<String>,
    /// Further destinations of the same text, after the first.
    pub further: Vec<Place>,
    /// The destination was chosen among namesakes, so the answer must say it back.
    pub assumed: bool,
}

impl Places {
    /// Returns the one destination, a Czech place or a country.
    #[must_use]
    pub fn one(&self) -> Option<Destination> {
        match (&self.destination, &self.abroad) {
            (Some(place), _) => Some(Destination::Place(place.clone())),
            (None, Some(country)) => Some(Destination::Abroad(country.clone())),
            (None, None) => None,
        }
    }
}

/// Words of a message and what they were taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was found, such as `topic:housing` or `flag:urgent`.
    pub found: String,
    /// The words of the (masked) message it came from.
    pub words: String,
}

/// Everything one message says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Understood {
    /// The places and their parts.
    pub places: Places,
    /// All topics asked for, the most certain first.
    pub topics: Vec<Topic>,
    /// The kinds of services that are named as a wish, in the order of the text.
    pub kinds: Vec<Kind>,
    /// What is said of the client.
    pub who: Who,
    /// When the client is released.
    pub release: Option<Release>,
    /// Everything that changes how the message is treated.
    pub flags: Vec<Flag>,
    /// The text with personal data covered; the only form that may be kept.
    pub masked: String,
    /// The language it is written in, when that is clear.
    pub lang: Option<Lang>,
    /// Where each finding came from.
    pub evidence: Vec<Evidence>,
}

impl Understood {
    /// Tells whether the message carries `flag`.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// Tells whether the message is about another client than `need`: another place together with a topic.
    /// Nothing of the one may be mixed into the other.
    #[must_use]
    pub fn is_about_another(&self, need: &Need) -> bool {
        let names_place = self.places.one().is_some() || !self.places.candidates.is_empty();
        let other = need.destination.is_some() && self.places.one() != need.destination;
        names_place && other && !self.topics.is_empty()
    }

    /// Returns the need this message describes by itself.
    #[must_use]
    pub fn need(&self) -> Need {
        Need {
            destination: self.places.one(),
            excluded: self.places.excluded.clone(),
            topics: self.topics.clone(),
            kinds: self.kinds.clone(),
            who: self.who.clone(),
            release: self.release,
            restricted: self.has(Flag::Restricted),
        }
    }
}

/// A client's need, as the catalogue is asked for it. It grows over a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Need {
    /// Where the client returns.
    pub destination: Option<Destination>,
    /// Places the client must not go to.
    pub excluded: Vec<Place>,
    /// What is needed.
    pub topics: Vec<Topic>,
    /// The kinds of services the person named, the first the one to say back; none when only the topic is known.
    pub kinds: Vec<Kind>,
    /// For whom.
    pub who: Who,
    /// From when.
    pub release: Option<Release>,
    /// A group many services refuse; such services are shown only as "ask".
    pub restricted: bool,
}
