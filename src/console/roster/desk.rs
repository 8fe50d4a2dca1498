//! What the pages of the roster work on: the book as it is stored this moment, with the number of
//! its last version, so that nothing is written over what somebody else has just changed.

use crate::app::stored_book;
use crate::console::error::ConsoleError;
use crate::console::form::Trouble;
use crate::console::moment::{self, Moment};
use crate::console::visit::Visit;
use crate::domain::{Lang, OperatorId, Point, Warned};
use crate::routing::{Book, Span, say_stretch};
use crate::store::{RosterEdit, RosterKind, RosterVersion};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use serde_json::Value;

/// The stored book and the number of its last version.
pub(in crate::console) struct Stored {
    /// The book.
    pub(in crate::console) book: Book,
    /// What is known of the contact points.
    points: Vec<Point>,
    /// What coordinators were warned of.
    warned: Vec<Warned>,
    version: i64,
}

impl Stored {
    /// Reads the book. The number is read first: what is written in between only makes it too old.
    ///
    /// # Errors
    /// When the store fails.
    pub(in crate::console) async fn read(visit: &Visit) -> Result<Self, ConsoleError> {
        let version = visit.app.store().roster_version(None).await?;
        let points = visit.app.store().points().await?;
        let warned = visit.app.store().warned().await?;
        Ok(Self { book: stored_book(visit.app.store(), None).await?, points, warned, version })
    }

    /// Returns the number of the book's last version.
    #[must_use]
    pub(in crate::console) const fn version(&self) -> i64 {
        self.version
    }

    /// Returns what the pages need to speak of the book.
    #[must_use]
    pub(in crate::console) fn desk(&self, visit: &Visit) -> Desk<'_> {
        Desk { book: &self.book, points: &self.points, warned: &self.warned, lang: visit.lang, now: visit.now, today: moment::day_of(visit.now) }
    }

    /// Writes edits as the signed-in user and takes them over; `false` when somebody else was faster
    /// and nothing was written.
    ///
    /// # Errors
    /// When the store fails; nothing was written then.
    pub(in crate::console) async fn write(&self, visit: &Visit, edits: &[RosterEdit]) -> Result<bool, ConsoleError> {
        let written = visit.app.store().write_roster_after(self.version, edits, visit.now, &visit.user).await?;
        if written {
            visit.takes_over().await;
        }
        Ok(written)
    }
}

/// The book in the words of a page.
#[derive(Clone, Copy)]
pub(in crate::console) struct Desk<'a> {
    /// The book.
    pub(in crate::console) book: &'a Book,
    /// What is known of the contact points.
    pub(in crate::console) points: &'a [Point],
    /// What coordinators were warned of.
    pub(in crate::console) warned: &'a [Warned],
    /// The page's language.
    pub(in crate::console) lang: Lang,
    /// When it is read.
    pub(in crate::console) now: DateTime<Utc>,
    /// On which day.
    pub(in crate::console) today: NaiveDate,
}

impl Desk<'_> {
    /// Names a person; somebody unknown keeps the id.
    #[must_use]
    pub(in crate::console) fn name<'a>(&'a self, id: &'a OperatorId) -> &'a str {
        self.book.operators.iter().find(|operator| operator.id == *id).map_or(id.as_str(), |operator| &operator.name)
    }

    /// Lists everybody one can choose, by name.
    #[must_use]
    pub(in crate::console) fn people(&self) -> Vec<(String, String)> {
        let mut people: Vec<_> = self.book.operators.iter().map(|operator| (operator.id.to_string(), operator.name.clone())).collect();
        people.sort_by_cached_key(|(_, name)| crate::domain::fold(name));
        people
    }

    /// Says a stretch with the weekday it begins on: `st 2. 12. 2026 9:00–12:00`.
    #[must_use]
    pub(in crate::console) fn stretch(&self, span: Span, zone: Tz) -> String {
        let weekday = span.from.with_timezone(&zone).weekday();
        format!("{} {}", moment::weekday_short(weekday, self.lang), say_stretch(span, zone, self.lang))
    }

    /// Says from when to when a rule is valid; nothing when it is bound to no dates.
    #[must_use]
    pub(in crate::console) fn validity(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
        let day = |word: &str, date: NaiveDate| format!("{word} {}", moment::date(date, self.today, self.lang));
        let from = from.map(|from| day(self.lang.pick("od", "from"), from));
        let to = to.map(|to| day(self.lang.pick("do", "to"), to));
        [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Names who made a version.
    #[must_use]
    pub(in crate::console) fn author(&self, author: &str) -> String {
        match author {
            "demo" => self.lang.pick("ukázková data", "invented data of the demo").to_owned(),
            "import" => self.lang.pick("nahráno ze souboru", "imported from a file").to_owned(),
            joined if let Some(who) = joined.strip_prefix("code:") => format!("{} {}", self.name(&OperatorId::new(who)), self.lang.pick("(kódem)", "(by a code)")),
            // A swap is the work of two.
            authors => authors.split(", ").map(|author| self.name(&OperatorId::new(author)).to_owned()).collect::<Vec<_>>().join(self.lang.pick(" a ", " and ")),
        }
    }
}

/// Says that the line was changed in the meantime, by whom and when.
///
/// # Errors
/// When the store fails.
pub(super) async fn overtaken(visit: &Visit, desk: &Desk<'_>, line: &str) -> Result<Trouble, ConsoleError> {
    let last: Vec<RosterVersion<Value>> = visit.app.store().roster_history(RosterKind::Line, line, 1).await?;
    let who = last.first().map(|version| {
        let at = Moment::of(version.at, visit.now, visit.lang);
        format!(" ({}, {} {})", desk.author(&version.author), at.day, at.time)
    });
    let who = who.unwrap_or_default();
    Ok(Trouble::one(match visit.lang {
        Lang::Cs => format!("Rozpis se mezitím změnil{who}. Níže už je nový stav; zkontrolujte ho prosím a uložte znovu."),
        Lang::En => format!("The roster has changed in the meantime{who}. This page shows the new state; please look at it and save again."),
    }))
}
