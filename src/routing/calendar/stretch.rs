//! What one person serves without a break, as one entry of a calendar.
//!
//! An entry is named after its start, so a start may not depend on where one begins to look: more
//! days are laid out than are asked for, and what goes on and on is cut at each midnight.

use crate::domain::OperatorId;
use crate::routing::wall::Wall;
use crate::routing::{Line, Span, days, span};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// The longest entry; whoever serves longer gets one a day.
const LENGTH_MAX: TimeDelta = TimeDelta::days(31);
/// Days laid out on either side of what is asked for: what reaches further is too long.
const AROUND: TimeDelta = TimeDelta::days(33);

/// A stretch somebody serves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    /// From when to when.
    pub(super) span: Span,
    /// The place in the row.
    pub(super) order: u8,
    /// Who.
    pub(super) operator: OperatorId,
}

/// Lists who serves when, wherever it touches `wanted`, by start.
pub(super) fn stretches(line: &Line, wanted: Span) -> Vec<Stretch> {
    let first = wanted.from.checked_sub_signed(AROUND).unwrap_or(wanted.from);
    let last = wanted.to.checked_add_signed(AROUND).unwrap_or(wanted.to);
    let n = usize::try_from(last.signed_duration_since(first).num_days()).unwrap_or(0) + 1;
    let mut places: BTreeMap<(OperatorId, u8), Vec<Span>> = BTreeMap::new();
    for served in days(line, first, n).into_iter().flat_map(|day| day.served) {
        places.entry((served.operator, served.order)).or_default().push(served.span);
    }
    let whole = places.into_iter().flat_map(|(place, spans)| span::joined(spans).into_iter().map(move |span| (place.clone(), span)));
    let cut = whole.flat_map(|((operator, order), span)| {
        let parts = if span.to.signed_duration_since(span.from) > LENGTH_MAX { by_days(line, span) } else { vec![span] };
        parts.into_iter().map(move |span| Stretch { span, order, operator: operator.clone() })
    });
    let mut stretches: Vec<Stretch> = cut.filter(|stretch| stretch.span.common(&wanted).is_some()).collect();
    stretches.sort();
    stretches
}

/// Cuts a stretch at each midnight on the line's wall.
fn by_days(line: &Line, span: Span) -> Vec<Span> {
    let wall = Wall::exact(line.zone);
    let midnights = wall.date(span.from).iter_days().skip(1).map(|date| wall.midnight(date)).take_while(|at| *at < span.to);
    let cuts: Vec<DateTime<Utc>> = midnights.collect();
    span.cut_at(&cuts.into_iter().map(|at| Span { from: at, to: at }).collect::<Vec<_>>())
}
