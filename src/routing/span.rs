//! The little arithmetic of stretches of time, and what they mean on a wall.
//! The forecast is built from it; the resolver itself needs only [`Span::covers`].

use super::wall::Wall;
pub use crate::domain::Span;
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

impl Span {
    /// Returns what two times on a wall mean: a start is its first occurrence, an end its last.
    #[must_use]
    pub fn on_wall(zone: Tz, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        let wall = Wall::exact(zone);
        Self { from: wall.start(from), to: wall.end(to) }
    }

    /// Returns the parts of the stretch between the instants at which any of `others` begins or ends.
    pub(super) fn cut_at(self, others: &[Self]) -> Vec<Self> {
        let inside = |at: &DateTime<Utc>| self.from < *at && *at < self.to;
        let mut cuts: Vec<DateTime<Utc>> = others.iter().flat_map(|other| [other.from, other.to]).filter(inside).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().copied().chain([self.to]);
        let begins = std::iter::once(self.from).chain(cuts.iter().copied());
        begins.zip(ends).map(|(from, to)| Self { from, to }).collect()
    }

    /// Returns what is left of the stretch when `other` is cut out: nothing, one or two parts.
    fn without(self, other: &Self) -> impl Iterator<Item = Self> {
        let before = Self { from: self.from, to: self.to.min(other.from) };
        let after = Self { from: self.from.max(other.to), to: self.to };
        let parts = if self.common(other).is_some() { [Some(before), Some(after)] } else { [Some(self), None] };
        parts.into_iter().flatten().filter(|part| part.from < part.to)
    }
}

/// Sorts stretches and joins those that touch or overlap; empty ones disappear.
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.from < span.to);
    spans.sort();
    let mut whole: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match whole.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            Some(_) | None => whole.push(span),
        }
    }
    whole
}

/// Cuts all of `holes` out of `spans`.
pub(super) fn without(spans: Vec<Span>, holes: impl IntoIterator<Item = Span>) -> Vec<Span> {
    holes.into_iter().fold(spans, |left, hole| left.into_iter().flat_map(|span| span.without(&hole)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Span, joined, without};
    use chrono::DateTime;

    fn span(from: i64, to: i64) -> Span {
        Span { from: DateTime::from_timestamp(from, 0).unwrap(), to: DateTime::from_timestamp(to, 0).unwrap() }
    }

    #[test]
    fn touching_spans_become_one() {
        assert_eq!(joined(vec![span(5, 7), span(1, 3), span(3, 4), span(9, 9)]), [span(1, 4), span(5, 7)]);
    }

    #[test]
    fn a_stretch_is_cut_where_others_begin_or_end() {
        assert_eq!(span(10, 20).cut_at(&[span(5, 12), span(12, 15), span(20, 30)]), [span(10, 12), span(12, 15), span(15, 20)]);
        assert_eq!(span(10, 20).cut_at(&[]), [span(10, 20)]);
    }

    #[test]
    fn cutting_leaves_the_rest() {
        let table: [(Span, Vec<Span>); 5] = [
            (span(0, 5), vec![span(10, 20)]),
            (span(5, 15), vec![span(15, 20)]),
            (span(12, 15), vec![span(10, 12), span(15, 20)]),
            (span(15, 25), vec![span(10, 15)]),
            (span(10, 20), vec![]),
        ];
        for (hole, left) in table {
            assert_eq!(without(vec![span(10, 20)], [hole]), left, "{hole:?}");
        }
    }
}
