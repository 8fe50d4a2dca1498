//! What of an operator's words reaches a worker: where a service is reached passes, the client's
//! data and the operator's own do not.

use super::desk::Desk;
use crate::domain::OperatorId;
use crate::understanding::{Masked, Personal, mask_but};
use std::ops::Range;

/// Contacts of services, which a worker needs.
const PASSED: [Personal; 3] = [Personal::Phone, Personal::Email, Personal::Address];
/// Digits by which a number is known, with or without its country.
const DIGITS: usize = 9;

/// Covers what must not be passed on, and tells what it was.
pub(super) fn for_worker(desk: &Desk<'_>, operator: &OperatorId, text: &str) -> Masked {
    let mut masked = mask_but(text, &PASSED);
    let points = desk.operator(operator).map(|operator| operator.addresses.as_slice()).unwrap_or_default();
    for handle in points.iter().map(|point| point.handle.as_str()) {
        while let Some(own) = find(&masked.text, handle) {
            masked.text.replace_range(own, Personal::Phone.token());
            masked.found.push(Personal::Phone);
        }
    }
    masked
}

/// Finds a handle in a text: a number however it is spaced, anything else as it is written.
fn find(text: &str, handle: &str) -> Option<Range<usize>> {
    let digits: String = handle.chars().filter(char::is_ascii_digit).collect();
    let Some(wanted) = digits.len().checked_sub(DIGITS).and_then(|from| digits.get(from..)) else {
        let whole = handle.chars().count() > 4 && handle.contains(['@', ':']);
        return text.find(handle).filter(|_| whole).map(|at| at..at + handle.len());
    };
    let shown: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let run = shown.windows(DIGITS).find(|run| {
        let number: String = run.iter().map(|(_, digit)| digit).collect();
        let (first, last) = (run.first().map_or(0, |(at, _)| *at), run.last().map_or(0, |(at, _)| *at));
        number == wanted && text.get(first..last).is_some_and(|between| between.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '.' | '/')))
    })?;
    Some(run.first()?.0..run.last()?.0 + 1)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for (text, found) in [
            ("volejte 719 000 101", Some("719 000 101")),
            ("+420719000101", Some("719000101")),
            ("719-000-101.", Some("719-000-101")),
            ("719 000 102", None),
            ("719 000 a 101", None),
        ] {
            assert_eq!(find(text, "+420719000101").and_then(|range| text.get(range)), found, "{text}");
        }
        assert_eq!(find("jsem jana", "jana"), None);
        assert_eq!(find("pište na @jana:linka.cz", "@jana:linka.cz"), Some(10..24));
    }
}
