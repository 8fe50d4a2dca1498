//! How fast letters come to an operator: of many at once the first ones come as they are and the rest
//! as one, and what can wait does not wake anybody. Nothing is left out: what a letter would have said
//! stands in the lists an operator can ask for.

use super::{desk::Desk, opt_out};
use crate::domain::{Body, Contact, EventKey, Letter, LetterId, Offer, Sort, What};
use crate::handbook::Phrase;
use crate::routing::waking_of;
use chrono::{DateTime, TimeDelta, Utc};

/// Letters of such a stretch become one.
const TOGETHER: TimeDelta = TimeDelta::minutes(2);

/// Gives a letter to an operator its pace.
pub(super) fn paced(desk: &Desk<'_>, contact: Option<&Contact>, letter: Letter) -> Letter {
    let Some(operator) = &letter.operator else { return letter };
    let presses = desk.heard_from().is_some_and(|from| *from == letter.to);
    let counted = matches!(letter.sort, Sort::Offer | Sort::Notice);
    if !counted || presses || contact.is_some_and(|contact| contact.urgent) {
        return letter;
    }
    let spoken = desk.ability(&letter.to).is_none_or(|ability| ability.inline);
    if contact.is_some() && !spoken && desk.situation.crowded.contains(operator) {
        return bundled(desk, letter);
    }
    let due_at = if can_wait(desk, &letter) { waking_of(&desk.handbook.book.lines, operator, letter.due_at) } else { letter.due_at };
    Letter { due_at, ..letter }
}

/// The one letter that stands for all those of a stretch.
fn bundled(desk: &Desk<'_>, letter: Letter) -> Letter {
    let (id, due_at) = bundle(&letter.to.to_string(), desk.now());
    Letter { id, contact: None, sort: Sort::Offer, urgent: false, body: Body::text(desk.say(Phrase::Crowd, letter.lang, &[])), due_at, ..letter }
}

/// The name of the letter that stands for those to an address at an instant, and when it leaves.
fn bundle(to: &str, at: DateTime<Utc>) -> (LetterId, DateTime<Utc>) {
    let stretch = at.timestamp().div_euclid(TOGETHER.num_seconds());
    let ends = DateTime::from_timestamp((stretch + 1) * TOGETHER.num_seconds(), 0).unwrap_or(at);
    (LetterId(EventKey::new(format!("crowd:{to}:{stretch}")).caused(ends, 0)), ends)
}

/// Tells whether an offer was one of many in one letter: nobody was told of it by itself.
pub(super) fn was_bundled(desk: &Desk<'_>, offer: &Offer) -> bool {
    desk.every_written_point(&offer.operator).iter().any(|point| bundle(&point.to_string(), offer.at).0 == offer.letter)
}

/// A shift's own bells ring when they ring, and a failure is told to whoever is just writing, as is
/// that somebody wants no more messages; other notices find those who sleep in the morning.
fn can_wait(desk: &Desk<'_>, letter: &Letter) -> bool {
    letter.sort == Sort::Notice && !matches!(desk.event.what, What::Struck(_) | What::Reported(_)) && !opt_out::is_heard(desk)
}

#[cfg(test)]
mod tests {
    use super::bundle;
    use chrono::{DateTime, Utc};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn letters_of_one_stretch_are_one() {
        let (first, leaves) = bundle("chat:jana", at("2026-02-02T09:00:10Z"));
        assert_eq!((first, leaves), bundle("chat:jana", at("2026-02-02T09:01:59Z")));
        assert_eq!(leaves, at("2026-02-02T09:02:00Z"));
        assert_ne!(first, bundle("chat:jana", at("2026-02-02T09:02:00Z")).0);
        assert_ne!(first, bundle("chat:petr", at("2026-02-02T09:00:10Z")).0);
    }
}
