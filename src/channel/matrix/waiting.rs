//! How far the account has listened, and which events could not be read yet: kept beside its keys, written
//! after what was heard is stored for good. A line that stops in between hears it once more.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::io;
use std::path::Path;

const FILE: &str = "heard.json";
/// Most events that wait for a key; the oldest are let go.
const UNREAD_MAX: usize = 1_000;

/// One event of a room.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The room.
    pub room: String,
    /// The event.
    pub event: String,
}

/// What is kept between two looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Up to where the server was listened to.
    pub since: Option<String>,
    /// Events whose key has not come; the one looked at longest ago first.
    #[serde(default)]
    pub unread: VecDeque<Place>,
}

impl Waiting {
    /// Reads what is kept in a folder; nothing when there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match std::fs::read(folder.join(FILE)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Writes it, all or nothing.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let fresh = folder.join(format!("{FILE}.new"));
        let file = std::fs::File::create(&fresh)?;
        serde_json::to_writer(&file, self)?;
        file.sync_all()?;
        std::fs::rename(fresh, folder.join(FILE))
    }

    /// Takes the events that were looked at longest ago.
    pub fn next(&mut self, most: usize) -> Vec<Place> {
        self.unread.drain(..most.min(self.unread.len())).collect()
    }

    /// Keeps an event whose key has not come; tells whether it is new.
    pub fn misses(&mut self, place: Place) -> bool {
        if self.unread.contains(&place) {
            return false;
        }
        while self.unread.len() >= UNREAD_MAX {
            self.unread.pop_front();
        }
        self.unread.push_back(place);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, UNREAD_MAX, Waiting};

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Waiting::read(folder.path()).unwrap(), Waiting::default());
        let place = |n: usize| Place { room: "!a:example.org".into(), event: format!("${n:04}") };
        let mut waiting = Waiting { since: Some("s1".into()), ..Waiting::default() };
        assert!(waiting.misses(place(1)) && !waiting.misses(place(1)));
        waiting.write(folder.path()).unwrap();
        assert_eq!(Waiting::read(folder.path()).unwrap(), waiting);
        for n in 0..UNREAD_MAX + 5 {
            waiting.misses(place(n));
        }
        assert_eq!(waiting.unread.len(), UNREAD_MAX);
        let looked_at = waiting.next(2);
        waiting.unread.extend(looked_at.iter().cloned());
        assert!(!waiting.next(UNREAD_MAX - 2).contains(&looked_at[0]), "everybody has a turn");
        std::fs::write(folder.path().join("heard.json"), "{").unwrap();
        assert!(Waiting::read(folder.path()).is_err());
    }
}
