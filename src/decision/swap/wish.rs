//! What an operator asks for behind the word "vyměnit": a day, a colleague, perhaps a day in return
//! and a line. It reads words; whether such shifts exist is looked up elsewhere.

use crate::domain::fold;
use crate::understanding::days;
use chrono::NaiveDate;
use std::ops::Range;

/// Words before a colleague.
const WITH: [&str; 3] = ["s", "se", "with"];
/// Words before a day in return.
const FOR: [&str; 2] = ["za", "for"];
/// Words before a line.
const ON: [&str; 3] = ["na", "on", "at"];
/// Words beside the name of a line.
const LINE: [&str; 4] = ["lince", "linka", "line", "the"];

/// A swap as it was worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// The day of the shift to be given away.
    pub(super) day: NaiveDate,
    /// The colleague, as written.
    pub(super) with: String,
    /// The day to be served in return.
    pub(super) counter: Option<NaiveDate>,
    /// The line, as written; empty where none was named.
    pub(super) line: String,
}

/// A word of the text and where it stands.
struct Word {
    folded: String,
    at: Range<usize>,
}

/// Reads a wish; `None` where the day or the colleague is missing, or a day too many is named.
pub(super) fn read(text: &str, today: NaiveDate) -> Option<Wish> {
    let (days, words) = (days(text, today), words(text));
    let day_at = |word: &Word| days.iter().find(|(_, span)| word.at.start < span.end && span.start < word.at.end);
    let (mut day, mut counter, mut with, mut line) = (None, None, Vec::new(), Vec::new());
    let mut reading = Part::Day;
    for (at, word) in words.iter().enumerate() {
        let next_is_with = words.get(at + 1).is_some_and(|next| WITH.contains(&next.folded.as_str()));
        match day_at(word) {
            Some((_, span)) if span.start < word.at.start => {}
            Some((date, _)) => {
                let place = if reading == Part::For { &mut counter } else { &mut day };
                if place.replace(*date).is_some() {
                    return None;
                }
                reading = Part::Day;
            }
            None if FOR.contains(&word.folded.as_str()) => reading = Part::For,
            // "vyměnit se s Petrem": the first is no preposition.
            None if WITH.contains(&word.folded.as_str()) && !next_is_with => reading = Part::With,
            None if ON.contains(&word.folded.as_str()) => reading = Part::On,
            None if reading == Part::With => with.extend(text.get(word.at.clone())),
            None if reading == Part::On && !LINE.contains(&word.folded.as_str()) => line.extend(text.get(word.at.clone())),
            None => {}
        }
    }
    (!with.is_empty()).then_some(Wish { day: day?, with: with.join(" "), counter, line: line.join(" ") })
}

/// Reads the only day a text names when it names nothing else.
pub(super) fn only_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = days(text, today);
    let [(day, span)] = days.as_slice() else { return None };
    let around = [text.get(..span.start), text.get(span.end..)];
    let bare = around.into_iter().flatten().all(|rest| rest.chars().all(|c| !c.is_alphanumeric()));
    bare.then_some(*day)
}

/// What the word in front has announced.
#[derive(PartialEq, Eq)]
enum Part {
    Day,
    With,
    For,
    On,
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = 0;
    for piece in text.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let at = rest..rest + piece.len();
        rest = at.end + text.get(at.end..).and_then(|left| left.chars().next()).map_or(0, char::len_utf8);
        if !piece.is_empty() {
            words.push(Word { folded: fold(piece), at });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{only_day, read};

    type Row = (&'static str, Option<(&'static str, &'static str, Option<&'static str>, &'static str)>);

    #[test]
    fn a_wish_is_read_as_people_write_it() {
        // 2026-12-02 is a Wednesday.
        let today = "2026-12-02".parse().unwrap();
        let table: [Row; 18] = [
            ("9. 12. s Petrem", Some(("2026-12-09", "Petrem", None, ""))),
            ("9.12. s Petrem za 14.12.", Some(("2026-12-09", "Petrem", Some("2026-12-14"), ""))),
            ("9.12 s petrem", Some(("2026-12-09", "petrem", None, ""))),
            ("s Petrem 9. 12. za 14. 12.", Some(("2026-12-09", "Petrem", Some("2026-12-14"), ""))),
            ("za 14. 12. s Petrem 9. 12.", Some(("2026-12-09", "Petrem", Some("2026-12-14"), ""))),
            ("se s Petrem ve středu", Some(("2026-12-09", "Petrem", None, ""))),
            ("směnu zítra se Zdeňkem", Some(("2026-12-03", "Zdeňkem", None, ""))),
            ("zítra s paní Janou Vzorovou za pátek", Some(("2026-12-03", "paní Janou Vzorovou", Some("2026-12-04"), ""))),
            ("9. 12. s Petrem na lince Ústecký kraj", Some(("2026-12-09", "Petrem", None, "Ústecký kraj"))),
            ("9 Dec with Petr for 14 Dec", Some(("2026-12-09", "Petr", Some("2026-12-14"), ""))),
            ("my shift on Wednesday with Petr", Some(("2026-12-09", "Petr", None, ""))),
            ("9. 12. with Petr on the Ústí line", Some(("2026-12-09", "Petr", None, "Ústí"))),
            ("9. 12.", None),
            ("9. 12. Petr", None),
            ("s Petrem", None),
            ("9. 12. a 14. 12. s Petrem", None),
            ("30. 2. s Petrem", None),
            ("", None),
        ];
        for (text, expected) in table {
            let found = read(text, today).map(|wish| (wish.day.to_string(), wish.with, wish.counter.map(|day| day.to_string()), wish.line));
            let found = found.as_ref().map(|(day, with, counter, line)| (day.as_str(), with.as_str(), counter.as_deref(), line.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_day_alone_is_nothing_but_a_day() {
        let today = "2026-12-02".parse().unwrap();
        for (text, day) in [("9. 12.", Some("2026-12-09")), (" ve středu!", Some("2026-12-09")), ("9. 12. přijďte", None), ("", None), ("9. 12. a 10. 12.", None)] {
            assert_eq!(only_day(text, today), day.map(|day| day.parse().unwrap()), "{text}");
        }
    }
}
