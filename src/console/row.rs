//! One contact as one row of a list: the same in the list, the overview and the search.

use super::label::{self, Badge};
use super::moment::{Moment, distance, length};
use super::names::Names;
use crate::domain::{Contact, Destination, Lang, Outcome, Review, Stage};
use chrono::{DateTime, Utc};

/// A row of the table of contacts.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The short number.
    pub(super) number: i64,
    /// When the worker first wrote or rang.
    pub(super) opened: Moment,
    /// The organisation.
    pub(super) from: String,
    /// What the worker holds in the hand.
    pub(super) medium: &'static str,
    /// Where the client returns.
    pub(super) place: String,
    /// Its region, where the place does not say it.
    pub(super) region: &'static str,
    /// What is needed.
    pub(super) topics: String,
    /// Whether it has to be answered at once.
    pub(super) urgent: bool,
    /// The line that is responsible.
    pub(super) line: String,
    /// The operator who has it; empty when nobody has.
    pub(super) owner: String,
    /// Where it stands.
    pub(super) stage: Badge,
    /// The promise's deadline while it matters.
    pub(super) due: Option<Due>,
    /// What came of it.
    pub(super) outcome: Option<Badge>,
    /// Where the review stands.
    pub(super) review: Badge,
    /// Why the coordinator should look at it now.
    pub(super) attention: Option<String>,
    /// That it ended without help and was not reviewed.
    pub(super) unhappy: Option<&'static str>,
}

/// A deadline.
#[derive(Debug, Clone)]
pub(super) struct Due {
    /// When.
    pub(super) moment: Moment,
    /// How far away, or that it has passed.
    pub(super) distance: String,
    /// Whether it has passed.
    pub(super) late: bool,
}

impl Due {
    /// Describes the promise of a contact; a closed contact has none left to keep.
    #[must_use]
    pub(super) fn of(contact: &Contact, now: DateTime<Utc>, lang: Lang) -> Option<Self> {
        let at = contact.promise_due.filter(|_| contact.is_open())?;
        let late = at < now;
        let away = if late { length(now.signed_duration_since(at), lang) } else { distance(at, now, lang) };
        let distance = if late { format!("{} {away}", lang.pick("po termínu", "overdue")) } else { away };
        Some(Self { moment: Moment::of(at, now, lang), distance, late })
    }
}

impl Row {
    /// Puts a contact into words as seen at `now`.
    #[must_use]
    pub(super) fn of(contact: &Contact, names: &Names, now: DateTime<Utc>, lang: Lang) -> Self {
        Self {
            number: contact.number,
            opened: Moment::of(contact.opened_at, now, lang),
            from: from(contact, lang),
            medium: label::medium(contact.medium, lang),
            place: label::destination(&contact.need, lang),
            region: region(contact, lang),
            topics: label::topics(&contact.need, lang),
            urgent: contact.urgent,
            line: contact.line.as_ref().map(|line| names.line(line, lang)).unwrap_or_default(),
            owner: contact.owner.as_ref().map(|owner| names.operator(owner)).unwrap_or_default(),
            stage: label::stage(contact.stage, lang),
            due: Due::of(contact, now, lang),
            outcome: contact.outcome.map(|outcome| label::outcome(outcome, lang)),
            review: label::review(contact.review, lang),
            attention: attention(contact, now, lang),
            unhappy: unhappy(contact, lang),
        }
    }
}

/// Names the region of a municipality.
fn region(contact: &Contact, lang: Lang) -> &'static str {
    match &contact.need.destination {
        Some(Destination::Place(place)) if place.municipality.is_some() => place.region.name(lang),
        Some(Destination::Place(_) | Destination::Abroad(_)) | None => "",
    }
}

/// Names who asks: the organisation, never a person.
#[must_use]
pub(super) fn from(contact: &Contact, lang: Lang) -> String {
    contact.worker_name.clone().unwrap_or_else(|| lang.pick("neuvedeno", "not given").to_owned())
}

/// Says in words why the coordinator should look at an open contact: the same contacts as the
/// filter "needs attention" of the store. `None` when there is no reason.
#[must_use]
pub(super) fn attention(contact: &Contact, now: DateTime<Utc>, lang: Lang) -> Option<String> {
    if contact.is_open() && contact.promise_due.is_some_and(|due| due < now) {
        return Some(lang.pick("příslib nebyl dodržen", "the promise was not kept").to_owned());
    }
    match contact.stage {
        Stage::Waiting => {
            Some(format!("{} {}", lang.pick("bez operátora", "nobody for"), length(now.signed_duration_since(contact.opened_at), lang)))
        }
        Stage::Promised => Some(lang.pick("někdo se má ozvat", "somebody has to answer").to_owned()),
        Stage::Asking | Stage::Held => contact.urgent.then(|| lang.pick("naléhavé, ještě neuzavřené", "urgent and still open").to_owned()),
        Stage::Closed => None,
    }
}

/// Says that a closed contact helped nobody and was not looked at yet.
#[must_use]
pub(super) fn unhappy(contact: &Contact, lang: Lang) -> Option<&'static str> {
    let unhappy = matches!(contact.outcome, Some(Outcome::NoPlace | Outcome::Unreachable | Outcome::Abandoned) | None);
    (!contact.is_open() && unhappy && contact.review == Review::New).then(|| lang.pick("bez pomoci", "no help given"))
}
