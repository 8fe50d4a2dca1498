//! The log of one contact in words: each entry becomes one item, grouped by days.
//! It explains and hides nothing; what is stored is already masked.

use super::label::{self, Badge};
use super::moment::{self, day_of, time};
use super::names::Names;
use super::telling::tell;
use crate::domain::{Attachment, AttachmentKind, Author, Delivery, Entry, Lang, LetterId};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The items of one day.
#[derive(Debug, Clone)]
pub(crate) struct Day {
    /// The day in full.
    pub(crate) title: String,
    /// What happened on it.
    pub(crate) items: Vec<Item>,
}

/// How an item looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The worker's words.
    Worker,
    /// The line's words.
    Line,
    /// An operator's words.
    Operator,
    /// An internal note.
    Note,
    /// Something that happened.
    Fact,
    /// Something good that happened.
    Good,
    /// Something to notice.
    Warn,
    /// Something that went wrong.
    Bad,
    /// The coordinator's review.
    Review,
}

impl Look {
    /// Returns the class of the style sheet.
    #[must_use]
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Line => "line",
            Self::Operator => "operator",
            Self::Note => "note",
            Self::Fact => "fact",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Review => "review",
        }
    }

    /// Tells whether it is somebody's words.
    #[must_use]
    pub(crate) const fn is_words(self) -> bool {
        matches!(self, Self::Worker | Self::Line | Self::Operator | Self::Note)
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The entry's id.
    pub(crate) id: String,
    /// For machines.
    pub(crate) iso: String,
    /// The time of day.
    pub(crate) time: String,
    /// How it looks.
    pub(crate) look: Look,
    /// Who.
    pub(crate) author: String,
    /// What.
    pub(crate) text: String,
    /// Why, in sentences.
    pub(crate) why: Vec<String>,
    /// The file it is about.
    pub(crate) file: Option<Shown>,
    /// How far its letter has come.
    pub(crate) ticks: Option<Badge>,
}

/// A file beside its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Its name in the address; none when it is kept no more.
    pub(crate) name: Option<String>,
    /// Whether it is to be listened to.
    pub(crate) audible: bool,
}

/// Turns a log into days.
pub(crate) struct Teller<'a> {
    /// The names behind ids.
    pub(crate) names: &'a Names,
    /// How far each letter has come.
    pub(crate) letters: &'a HashMap<LetterId, Delivery>,
    /// The files that are kept no more.
    pub(crate) gone: &'a HashSet<Uuid>,
    /// The organisation that asks.
    pub(crate) worker: &'a str,
    /// When the page is read.
    pub(crate) now: DateTime<Utc>,
    /// The page's language.
    pub(crate) lang: Lang,
}

impl Teller<'_> {
    /// Tells the whole log, oldest first.
    #[must_use]
    pub(crate) fn days(&self, entries: &[Entry]) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        let mut last = None;
        for entry in entries {
            let date = day_of(entry.at);
            if last != Some(date) {
                days.push(Day { title: label::sentence(&moment::long_day(date, self.lang)), items: Vec::new() });
                last = Some(date);
            }
            if let Some(day) = days.last_mut() {
                day.items.push(self.item(entry));
            }
        }
        days
    }

    fn item(&self, entry: &Entry) -> Item {
        let told = tell(self, entry);
        Item {
            id: entry.id.to_string(),
            iso: entry.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            time: time(entry.at),
            look: told.look,
            author: self.author(&entry.author, told.look),
            text: told.text,
            why: told.why,
            file: told.file.map(|file| self.shown(file)),
            ticks: told.letter.and_then(|letter| self.letters.get(&letter)).map(|state| label::delivery(*state, self.lang)),
        }
    }

    fn shown(&self, file: Attachment) -> Shown {
        let name = (!self.gone.contains(&file.id)).then(|| file.id.to_string());
        Shown { name, audible: file.format.kind() == AttachmentKind::Recording }
    }

    fn author(&self, author: &Author, look: Look) -> String {
        let name = match author {
            Author::Worker => self.worker.to_owned(),
            Author::Line => self.t("Linka", "The line").to_owned(),
            Author::Operator(id) => self.names.operator(id),
            Author::User(name) => format!("{name} ({})", self.t("koordinátor", "coordinator")),
        };
        if look == Look::Note { format!("{name} – {}", self.t("interní poznámka", "internal note")) } else { name }
    }

    /// Picks the wording of the page's language.
    #[must_use]
    pub(crate) const fn t<'b>(&self, cs: &'b str, en: &'b str) -> &'b str {
        self.lang.pick(cs, en)
    }
}
