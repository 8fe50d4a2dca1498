//! A question to the catalogue as a worker would get it answered: search, fallback
//! and wording in one place, for conversations and for `linka ask` alike.

use super::{Handbook, WORKER_FLOW};
use crate::catalogue::{Answer, Asking, Fallback, Found, LineHours, answer, fallback, search};
use crate::domain::{Bilingual, Destination, Lang, Medium, Need};
use crate::flow::Listing;
use crate::routing::{Line, duty, say_when};
use chrono::{DateTime, Utc};

/// What the catalogue has for a need, and what to do besides.
#[derive(Debug, Clone)]
pub struct Inquiry {
    /// The services found.
    pub found: Found,
    /// The never-empty rest.
    pub fallback: Vec<Fallback>,
}

/// Looks a need up at an instant, leaving out the first `skip` services.
#[must_use]
pub fn inquire(handbook: &Handbook, need: &Need, skip: usize, now: DateTime<Utc>) -> Inquiry {
    let line = handbook.line_for(need.destination.as_ref(), now);
    let zone = line.map_or(Line::ZONE, |line| line.zone);
    let today = now.with_timezone(&zone).date_naive();
    let place = match &need.destination {
        Some(Destination::Place(place)) => Some(place),
        Some(Destination::Abroad(_)) | None => None,
    };
    let position = place.and_then(|place| handbook.gazetteer.position(place));
    let orp = place.and_then(|place| handbook.gazetteer.orp(place.orp.as_deref()?));
    let found = search(&handbook.catalogue, need, position, now, today, skip);
    // whoever takes such a contact is decided by routing; to name that line would only puzzle the person
    let line = line.filter(|_| place.is_some()).map(|line| line_hours(line, now));
    let asking = Asking { now, today, position, orp_name: orp.map(|orp| orp.name.clone()), line };
    Inquiry { found, fallback: fallback(&handbook.catalogue, need, &asking) }
}

/// Writes the answer of an inquiry for a language and a medium.
#[must_use]
pub fn written(handbook: &Handbook, inquiry: &Inquiry, need: &Need, lang: Lang, medium: Medium, now: DateTime<Utc>) -> Answer {
    let place = place_words(handbook, need, lang);
    answer(&inquiry.found, &inquiry.fallback, need, place.as_deref(), lang, medium, now)
}

/// Names the Czech place of a need as the gazetteer does; the catalogue has words of its own for the rest.
#[must_use]
pub fn place_words(handbook: &Handbook, need: &Need, lang: Lang) -> Option<String> {
    let home = need.destination.as_ref().filter(|destination| matches!(destination, Destination::Place(_)));
    home.map(|destination| handbook.describe(destination, lang))
}

/// Says whom to call when a life is in danger, whatever else was asked.
#[must_use]
pub fn crisis_numbers(handbook: &Handbook, lang: Lang, medium: Medium) -> String {
    let name = match medium {
        Medium::Voice => "crisis_numbers_voice",
        Medium::Chat | Medium::Web | Medium::Sms => "crisis_numbers",
    };
    handbook.flows.current(WORKER_FLOW).map_or_else(String::new, |flow| flow.shared.phrase(name, lang).to_owned())
}

/// Looks a need up and writes the answer, as a conversation wants it. Only services that the
/// answer names count as told: a short message or a spoken answer leaves the others for "more".
#[must_use]
pub fn listing(handbook: &Handbook, need: &Need, skip: usize, lang: Lang, medium: Medium, now: DateTime<Utc>) -> Listing {
    let inquiry = inquire(handbook, need, skip, now);
    let hits = &inquiry.found.hits;
    let Answer { text, told } = written(handbook, &inquiry, need, lang, medium, now);
    Listing {
        text,
        services: hits.iter().take(told).map(|hit| hit.service.id.to_string()).collect(),
        more: inquiry.found.more || told < hits.len(),
        found: !hits.is_empty(),
    }
}

fn line_hours(line: &Line, now: DateTime<Utc>) -> LineHours {
    let duty = duty(line, now);
    let say = |lang| duty.next_open.map(|at| say_when(at, line.zone, now, lang)).unwrap_or_default();
    LineHours { name: Bilingual::new(line.title(Lang::Cs), line.title(Lang::En)), open: duty.open, next_open: Bilingual::new(say(Lang::Cs), say(Lang::En)) }
}
