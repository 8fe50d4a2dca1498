//! When operators are told of their shifts: half an hour before, at the beginning and at the
//! end. A shift here is what an operator serves without a break, whatever rules it comes from.

use super::{Line, OperatorId, Span, days};
use crate::domain::{Bell, Toll};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// How long before its beginning a shift is announced.
const SOON: TimeDelta = TimeDelta::minutes(30);
/// Days looked at before and after the time asked for: a shift may run over them.
const AROUND: TimeDelta = TimeDelta::days(2);

/// Lists the bells of a line that ring after one instant and up to another, in order.
#[must_use]
pub fn bells(line: &Line, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Bell> {
    let shifts = shifts(line, after, until);
    let all = shifts.iter().flat_map(|(operator, spans)| spans.iter().flat_map(|span| of(line, operator, *span)));
    let mut bells: Vec<Bell> = all.filter(|bell| after < bell.at && bell.at <= until).collect();
    bells.sort_by(|one, other| (one.at, one.toll, &one.operator).cmp(&(other.at, other.toll, &other.operator)));
    bells
}

fn of(line: &Line, operator: &OperatorId, span: Span) -> [Bell; 3] {
    let soon = span.from.checked_sub_signed(SOON).unwrap_or(span.from);
    [(Toll::Soon, soon), (Toll::Begins, span.from), (Toll::Ends, span.to)].map(|(toll, at)| Bell {
        operator: operator.clone(),
        line: line.id.clone(),
        toll,
        at,
        from: span.from,
        to: span.to,
    })
}

/// Everybody's unbroken stretches of service around a time.
fn shifts(line: &Line, after: DateTime<Utc>, until: DateTime<Utc>) -> BTreeMap<OperatorId, Vec<Span>> {
    let first = after.checked_sub_signed(AROUND).unwrap_or(after);
    let last = until.checked_add_signed(AROUND).unwrap_or(until);
    let n = usize::try_from(last.signed_duration_since(first).num_days()).unwrap_or(0) + 2;
    let mut shifts: BTreeMap<OperatorId, Vec<Span>> = BTreeMap::new();
    for served in days(line, first, n).into_iter().flat_map(|day| day.served) {
        shifts.entry(served.operator).or_default().push(served.span);
    }
    shifts.into_iter().map(|(operator, spans)| (operator, super::span::joined(spans))).collect()
}

#[cfg(test)]
mod tests {
    use super::bells;
    use crate::domain::Toll;
    use crate::routing::tests::line;
    use crate::routing::{Line, OperatorId, Shift, Window};
    use chrono::{DateTime, TimeDelta, Utc};
    use chrono_tz::Tz;

    fn shift(operator: &str, window: &str) -> Shift {
        Shift { id: None, operator: OperatorId::new(operator), window: Window::read(window).unwrap(), order: 1, valid_from: None, valid_to: None }
    }

    fn rung(line: &Line, from: &str, hours: i64) -> Vec<(String, Toll, String)> {
        let from: DateTime<Utc> = from.parse().unwrap();
        let said = |at: DateTime<Utc>| at.with_timezone(&line.zone).format("%a %H:%M").to_string();
        bells(line, from, from + TimeDelta::hours(hours)).into_iter().map(|bell| (bell.operator.0, bell.toll, said(bell.at))).collect()
    }

    #[test]
    fn a_shift_rings_three_times_and_touching_ones_are_one() {
        let shifts = vec![shift("jana", "Mo 09:00-12:00"), shift("jana", "Mo 12:00-15:00"), shift("petr", "Mo 12:00-15:00")];
        let hours = vec![Window::read("Mo 09:00-15:00").unwrap()];
        let line = Line { hours, shifts, ..line(Tz::Europe__Prague) };
        let found = rung(&line, "2026-11-23T00:00:00Z", 24);
        let expected = [
            ("jana", Toll::Soon, "Mon 08:30"),
            ("jana", Toll::Begins, "Mon 09:00"),
            ("petr", Toll::Soon, "Mon 11:30"),
            ("petr", Toll::Begins, "Mon 12:00"),
            ("jana", Toll::Ends, "Mon 15:00"),
            ("petr", Toll::Ends, "Mon 15:00"),
        ];
        assert_eq!(found, expected.map(|(who, toll, at)| (who.to_owned(), toll, at.to_owned())));
    }

    #[test]
    fn a_bell_rings_on_one_side_of_a_border_only() {
        let shifts = vec![shift("jana", "Mo 22:00-06:00")];
        let hours = vec![Window::read("Mo 22:00-06:00").unwrap()];
        let line = Line { hours, shifts, ..line(Tz::Europe__Prague) };
        let border: DateTime<Utc> = "2026-11-23T21:00:00Z".parse().unwrap();
        let (before, after) = (rung(&line, "2026-11-23T20:00:00Z", 1), rung(&line, &border.to_rfc3339(), 24));
        assert_eq!(before.iter().map(|(_, toll, _)| *toll).collect::<Vec<_>>(), [Toll::Soon, Toll::Begins]);
        assert_eq!(after.iter().map(|(_, toll, at)| (*toll, at.as_str())).collect::<Vec<_>>(), [(Toll::Ends, "Tue 06:00")]);
    }
}
