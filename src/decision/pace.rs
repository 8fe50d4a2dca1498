//! How fast letters come to an operator: of many at once the first ones come as they are and the rest
//! as one, and what can wait does not wake anybody. Nothing is left out: what a letter would have said
//! stands in the lists an operator can ask for.

use super::desk::Desk;
use crate::domain::{Body, Contact, EventKey, Letter, LetterId, Offer, Sort, What};
use crate::handbook::Phrase;
use crate::routing::Line;
use chrono::{DateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

/// Letters of such a stretch become one.
const TOGETHER: TimeDelta = TimeDelta::minutes(2);
/// Hours of the day in which nobody is written to about what can wait: from the first to the second.
const QUIET: (u32, u32) = (20, 7);

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
    let quiet = can_wait(desk, &letter).then(|| end_of_quiet(desk.now(), desk.zone_of(operator))).flatten();
    Letter { due_at: quiet.unwrap_or(letter.due_at), ..letter }
}

/// The one letter that stands for all those of a stretch.
fn bundled(desk: &Desk<'_>, letter: Letter) -> Letter {
    let (id, due_at) = bundle(&letter.to.to_string(), desk.now());
    Letter { id, contact: None, sort: Sort::Offer, body: Body::text(desk.say(Phrase::Crowd, letter.lang, &[])), due_at, ..letter }
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

/// A shift's own bells ring when they ring, and a failure is told to whoever is just writing; other
/// notices find those who are not on duty in the morning.
fn can_wait(desk: &Desk<'_>, letter: &Letter) -> bool {
    let moved = !matches!(desk.event.what, What::Struck(_) | What::Reported(_));
    let serves = |line: &Line| desk.duty(line).on_duty.iter().any(|person| Some(&person.operator) == letter.operator.as_ref());
    letter.sort == Sort::Notice && moved && end_of_quiet(desk.now(), Line::ZONE).is_some() && !desk.handbook.book.lines.iter().any(serves)
}

/// When the quiet hours end that `now` falls into; `None` by day.
fn end_of_quiet(now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let (from, to) = QUIET;
    let local = now.with_timezone(&zone);
    let date = match local.hour() {
        hour if hour >= from => local.date_naive().succ_opt()?,
        hour if hour < to => local.date_naive(),
        _ => return None,
    };
    let morning = date.and_time(NaiveTime::from_hms_opt(to, 0, 0)?).and_local_timezone(zone).earliest()?;
    Some(morning.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::{bundle, end_of_quiet};
    use chrono::{DateTime, Utc};
    use chrono_tz::Europe::Prague;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn what_can_wait_waits_till_the_morning() {
        let table = [
            ("2026-02-02T18:59:00Z", None),
            ("2026-02-02T19:00:00Z", Some("2026-02-03T06:00:00Z")),
            ("2026-02-02T23:30:00Z", Some("2026-02-03T06:00:00Z")),
            ("2026-02-03T05:59:59Z", Some("2026-02-03T06:00:00Z")),
            ("2026-02-03T06:00:00Z", None),
            // The night that loses an hour.
            ("2026-03-28T22:00:00Z", Some("2026-03-29T05:00:00Z")),
        ];
        for (now, morning) in table {
            assert_eq!(end_of_quiet(at(now), Prague), morning.map(at), "{now}");
        }
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
