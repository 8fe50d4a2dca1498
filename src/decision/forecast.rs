//! A look ahead: whoever coordinates is warned of what the coming month holds – once when it first
//! shows, and once again on the last working morning with a day left – in one letter a morning.
//! What has been solved is not told again; what has just come up and bites within a day is told at
//! once. Contact points nobody has proven get their codes on the same occasion.

use super::{desk::Desk, point};
use crate::domain::{Effect, FORECAST_DAYS, Lang, LineId, Look, Occasion, OperatorId, Point, Sort, Warned};
use crate::handbook::Phrase;
use crate::routing::{Alike, Book, Span, Warning, WarningKind, alike, last_morning, warnings};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Matters named in one letter; the console has the others.
const NAMED_MAX: usize = 6;
/// What comes up so shortly before it bites is told at once, and the last reminder keeps so far away.
const NEAR: TimeDelta = TimeDelta::days(1);

/// A matter that is to be told now.
struct Call<'a> {
    warning: &'a Warning,
    again: bool,
}

/// Looks ahead for the lines of one zone.
pub(super) fn looked(desk: &mut Desk<'_>, look: &Look) {
    let all = &desk.handbook.book;
    let lines = all.lines.iter().filter(|line| line.zone == look.zone).cloned().collect();
    let book = Book { lines, ..Book::clone(all) };
    let warnings = warnings(&book, &desk.situation.points, desk.now(), FORECAST_DAYS);
    settle(desk, &book, &warnings);
    note_told(desk, &warnings);
    let calls: Vec<Call<'_>> = warnings.iter().filter_map(|warning| call(desk, look, warning)).collect();
    tell(desk, &calls);
    if look.occasion == Occasion::Morning {
        point::morning(desk, &book);
    }
}

/// Forgets what is solved or over: should it come up again, it is news again.
fn settle(desk: &mut Desk<'_>, book: &Book, warnings: &[Warning]) {
    let stands = |warned: &&Warned| warnings.iter().any(|warning| warning.key() == warned.key);
    let elsewhere = |warned: &&Warned| book.line(&warned.line).is_none() && desk.handbook.line(&warned.line).is_some();
    let over: Vec<String> = desk.situation.warned.iter().filter(|warned| !stands(warned) && !elsewhere(warned)).map(|warned| warned.key.clone()).collect();
    for key in over {
        desk.push(Effect::Settle(key));
    }
}

/// A contact point nothing arrives at was told when that happened; only the second call is left.
fn note_told(desk: &mut Desk<'_>, warnings: &[Warning]) {
    for warning in warnings {
        let first = warning.kind == WarningKind::Unreached && before(desk, warning).is_none();
        if let Some(first_at) = in_trouble_since(desk, warning).filter(|_| first) {
            desk.push(Effect::Warned(Warned { key: warning.key(), line: warning.line.clone(), first_at, again_at: None }));
        }
    }
}

fn in_trouble_since(desk: &Desk<'_>, warning: &Warning) -> Option<DateTime<Utc>> {
    let theirs = desk.situation.points.iter().filter(|point| Some(&point.operator) == warning.who.as_ref());
    theirs.filter_map(|point| point.trouble).map(|trouble| trouble.since).min()
}

fn before<'a>(desk: &Desk<'a>, warning: &Warning) -> Option<&'a Warned> {
    let key = warning.key();
    desk.situation.warned.iter().find(|warned| warned.key == key)
}

fn call<'a>(desk: &Desk<'_>, look: &Look, warning: &'a Warning) -> Option<Call<'a>> {
    let again = match before(desk, warning) {
        None if is_told_first(desk, look, warning) => false,
        Some(warned) if is_told_again(warned, warning.span.from, desk.now(), look.zone) => true,
        None | Some(_) => return None,
    };
    Some(Call { warning, again })
}

fn is_told_first(desk: &Desk<'_>, look: &Look, warning: &Warning) -> bool {
    let near = warning.span.from.signed_duration_since(desk.now()) <= NEAR;
    let is_news = match warning.kind {
        WarningKind::Unproven => was_asked(desk, warning),
        WarningKind::Unreached => in_trouble_since(desk, warning).is_none(),
        _ => true,
    };
    is_news && (near || look.occasion == Occasion::Morning)
}

/// Whether a code was sent in vain: before that, a missing proof is nobody's omission.
fn was_asked(desk: &Desk<'_>, warning: &Warning) -> bool {
    let theirs = |point: &&Point| Some(&point.operator) == warning.who.as_ref() && point.verified_at.is_none();
    let in_vain = |point: &Point| point.code.as_ref().is_some_and(|code| code.expires_at <= desk.now());
    desk.situation.points.iter().filter(theirs).any(in_vain)
}

/// The second call comes on the last working morning with a day left, unless the first one came then
/// or later. When the line was down on that morning, it comes late rather than never.
fn is_told_again(warned: &Warned, bites: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> bool {
    let last = last_morning(zone, bites.checked_sub_signed(NEAR).unwrap_or(bites));
    warned.again_at.is_none() && warned.first_at < last && last <= now && now < bites
}

/// Writes one letter to each who coordinates, and keeps what was told.
fn tell(desk: &mut Desk<'_>, calls: &[Call<'_>]) {
    let mut people: Vec<&OperatorId> = calls.iter().filter_map(|call| whom(desk, call.warning)).collect();
    people.sort();
    people.dedup();
    for who in people {
        let theirs: Vec<&Call<'_>> = calls.iter().filter(|call| whom(desk, call.warning) == Some(who)).collect();
        let lang = desk.lang_of(who);
        let text = desk.say(Phrase::Forecast, lang, &[("list", &list(desk, &theirs, lang))]);
        if desk.tell_operator(who, None, Sort::Notice, &text).is_some() {
            for call in theirs {
                keep(desk, call);
            }
        }
    }
}

/// Whoever coordinates the line, when that person can be written to; else the next who does.
fn whom<'a>(desk: &Desk<'a>, warning: &Warning) -> Option<&'a OperatorId> {
    let own = desk.coordinator(desk.handbook.line(&warning.line)?);
    if desk.every_written_point(own).is_empty() { desk.coordinator_after(own) } else { Some(own) }
}

fn keep(desk: &mut Desk<'_>, call: &Call<'_>) {
    let now = desk.now();
    let first_at = before(desk, call.warning).map_or(now, |warned| warned.first_at);
    let again_at = call.again.then_some(now);
    desk.push(Effect::Warned(Warned { key: call.warning.key(), line: call.warning.line.clone(), first_at, again_at }));
}

/// The matters in order of urgency; the same on several lines is said once, and where nobody serves
/// it is not said besides who is missing.
fn list(desk: &Desk<'_>, calls: &[&Call<'_>], lang: Lang) -> String {
    let gap = |line: &LineId, span: Span| calls.iter().any(|call| call.warning.kind == WarningKind::Gap && call.warning.line == *line && call.warning.span.common(&span).is_some());
    let told = |warning: &&Warning| warning.kind != WarningKind::EmptyShift || !gap(&warning.line, warning.span);
    let groups = alike(calls.iter().map(|call| call.warning).filter(told));
    let again = |group: &Alike<'_>| calls.iter().any(|call| call.again && call.warning == group.first);
    let said = |group: &Alike<'_>| {
        let names = [("lines", &*lines(desk, group, lang)), ("text", group.first.text.get(lang))];
        desk.say(if again(group) { Phrase::ForecastAgain } else { Phrase::ForecastItem }, lang, &names)
    };
    let mut items: Vec<String> = groups.iter().take(NAMED_MAX).map(said).collect();
    let more = groups.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        items.push(desk.say(Phrase::ForecastMore, lang, &[("n", &more.to_string())]));
    }
    items.join("\n")
}

fn lines(desk: &Desk<'_>, group: &Alike<'_>, lang: Lang) -> String {
    if group.all.len() > 1 && group.all.len() == desk.handbook.book.lines.len() {
        return lang.pick("všechny linky", "all lines").to_owned();
    }
    let named = group.all.iter().filter_map(|warning| desk.handbook.line(&warning.line));
    named.map(|line| line.name.get(lang)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::is_told_again;
    use crate::domain::{LineId, Warned};
    use chrono::{DateTime, Utc};
    use chrono_tz::Tz;

    /// All times in UTC: the morning in Prague is at eight in winter.
    fn utc(text: &str) -> DateTime<Utc> {
        format!("2026-{text}:00Z").parse().unwrap()
    }

    #[test]
    fn the_second_call_comes_on_the_last_working_morning() {
        let bites = "02-09T09:00";
        let table = [
            ("02-04T08:00", "02-05T08:00", None, false, "Thursday is too early for a Monday"),
            ("02-04T08:00", "02-06T08:00", None, true, "Friday is the last"),
            ("02-04T08:00", "02-06T13:00", None, true, "after downtime"),
            ("02-04T08:00", "02-08T13:00", None, true, "after a long downtime"),
            ("02-04T08:00", "02-09T09:00", None, false, "it has begun"),
            ("02-06T08:00", "02-06T08:00", None, false, "it was told this morning"),
            ("02-07T11:00", "02-09T08:00", None, false, "it was told after the last morning"),
            ("02-04T08:00", "02-06T08:00", Some("02-06T08:00"), false, "twice is enough"),
        ];
        for (first, now, again, expected, why) in table {
            let warned = Warned { key: "gap".into(), line: LineId::new("a"), first_at: utc(first), again_at: again.map(utc) };
            assert_eq!(is_told_again(&warned, utc(bites), utc(now), Tz::Europe__Prague), expected, "{why}");
        }
    }
}
