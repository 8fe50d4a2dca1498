//! The filter of the list of contacts as an address carries it: read, and written again.

use super::address;
use super::moment::ZONE;
use crate::domain::{Lang, LineId, Region, Review, Stage};
use crate::store::{Cursor, Filter};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::Deserialize;

/// Longest search, in characters.
const WORDS_MAX: usize = 200;

/// What an address asks for; everything may be missing or wrong.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// Words, or a number such as `#4821`.
    pub(super) q: String,
    /// A stage by its code.
    pub(super) stage: String,
    /// A state of the review by its code.
    pub(super) review: String,
    /// A line by its id.
    pub(super) line: String,
    /// A region by its NUTS 3 code.
    pub(super) region: String,
    /// A channel by its name.
    pub(super) channel: String,
    /// The first day, `2026-02-04`.
    pub(super) from: String,
    /// The last day.
    pub(super) to: String,
    /// `1` for what needs attention.
    pub(super) attention: String,
    /// Where the page before ended: microseconds and number.
    pub(super) after: String,
}

impl Asked {
    /// Returns the filter, and what could not be understood of it.
    #[must_use]
    pub(super) fn filter(&self, lang: Lang) -> (Filter, Vec<String>) {
        let mut problems = Vec::new();
        let mut known = |value: &str, cs: &'static str, en: &'static str, found: bool| {
            if !value.is_empty() && !found {
                problems.push(format!("{} „{}“", lang.pick(cs, en), value.chars().take(40).collect::<String>()));
            }
        };
        let (stage, review, region) = (Stage::from_code(&self.stage), Review::from_code(&self.review), Region::from_code(&self.region));
        let (from, to) = (midnight(&self.from, 0), midnight(&self.to, 1));
        known(&self.stage, "Neznámý stav", "Unknown stage", stage.is_some());
        known(&self.review, "Neznámý stav kontroly", "Unknown review", review.is_some());
        known(&self.region, "Neznámý kraj", "Unknown region", region.is_some());
        known(&self.from, "Nerozumíme dni", "Not a day:", from.is_some());
        known(&self.to, "Nerozumíme dni", "Not a day:", to.is_some());
        let backwards = from.zip(to).is_some_and(|(from, to)| to <= from);
        known(&self.to, "Poslední den je před prvním:", "The last day is before the first:", !backwards);
        let words: String = self.q.trim().chars().take(WORDS_MAX).collect();
        let filter = Filter {
            stage,
            review,
            line: Some(&self.line).filter(|line| !line.is_empty()).map(LineId::new),
            region,
            channel: Some(self.channel.clone()).filter(|channel| !channel.is_empty()),
            number: number(&words),
            text: Some(words).filter(|words| !words.is_empty()),
            from,
            to,
            attention: !self.attention.is_empty(),
        };
        (filter, problems)
    }

    /// Returns where the page before ended.
    #[must_use]
    pub(super) fn cursor(&self) -> Option<Cursor> {
        let (micros, number) = self.after.split_once('.')?;
        Some(Cursor { opened_at: DateTime::from_timestamp_micros(micros.parse().ok()?)?, number: number.parse().ok()? })
    }

    /// Writes the address of `path` with this filter, from `after` on.
    #[must_use]
    pub(super) fn url(&self, path: &str, after: Option<Cursor>) -> String {
        let after = after.map(|cursor| format!("{}.{}", cursor.opened_at.timestamp_micros(), cursor.number)).unwrap_or_default();
        let pairs = self.pairs().into_iter().chain([("q", self.q.as_str()), ("after", after.as_str())]);
        address::with(path, pairs)
    }

    /// Counts the filters in use, the search aside.
    #[must_use]
    pub(super) fn used(&self) -> usize {
        self.pairs().iter().filter(|(_, value)| !value.is_empty()).count()
    }

    fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("stage", &self.stage),
            ("review", &self.review),
            ("line", &self.line),
            ("region", &self.region),
            ("channel", &self.channel),
            ("from", &self.from),
            ("to", &self.to),
            ("attention", &self.attention),
        ]
    }
}

/// Reads `4821` and `#4821`; longer rows of digits are words, such as a telephone number.
fn number(words: &str) -> Option<i64> {
    let digits = words.strip_prefix('#').map_or(words, str::trim);
    let short = (1..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if short { digits.parse().ok() } else { None }
}

/// Reads a day and returns the instant it begins, so many days later; a skipped midnight is the
/// first instant after it.
fn midnight(day: &str, later: u64) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(day.trim(), "%Y-%m-%d").ok()?.checked_add_days(chrono::Days::new(later))?;
    let sane = (NaiveDate::from_ymd_opt(1970, 1, 2)?..NaiveDate::from_ymd_opt(9000, 1, 1)?).contains(&day);
    let wall = day.and_time(NaiveTime::MIN);
    let at = ZONE.from_local_datetime(&wall).earliest().map_or_else(|| wall.and_utc(), |at| at.with_timezone(&Utc));
    sane.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{Asked, number};
    use crate::domain::{Lang, Region, Stage};
    use crate::store::Cursor;
    use chrono::DateTime;

    fn asked() -> Asked {
        Asked {
            q: "azylový dům".into(),
            stage: "held".into(),
            region: "CZ042".into(),
            from: "2026-02-02".into(),
            to: "2026-02-02".into(),
            ..Asked::default()
        }
    }

    #[test]
    fn a_filter_is_read() {
        let (filter, problems) = asked().filter(Lang::Cs);
        assert!(problems.is_empty());
        assert_eq!((filter.stage, filter.region, filter.number), (Some(Stage::Held), Some(Region::Ustecky), None));
        let day = |at: Option<DateTime<chrono::Utc>>| at.unwrap().to_rfc3339();
        assert_eq!((day(filter.from), day(filter.to)), ("2026-02-01T23:00:00+00:00".into(), "2026-02-02T23:00:00+00:00".into()));
    }

    #[test]
    fn what_is_wrong_is_said_and_left_out() {
        for (asked, expected) in [
            (Asked { stage: "nowhere".into(), ..Asked::default() }, "Neznámý stav „nowhere“"),
            (Asked { region: "CZ999".into(), ..Asked::default() }, "Neznámý kraj „CZ999“"),
            (Asked { from: "2026-02-30".into(), ..Asked::default() }, "Nerozumíme dni „2026-02-30“"),
            (Asked { to: "0001-01-01".into(), ..Asked::default() }, "Nerozumíme dni „0001-01-01“"),
            (Asked { to: "+262142-12-31".into(), ..Asked::default() }, "Nerozumíme dni „+262142-12-31“"),
        ] {
            let (filter, problems) = asked.filter(Lang::Cs);
            assert_eq!((problems, filter), (vec![expected.to_owned()], crate::store::Filter::default()));
        }
    }

    #[test]
    fn numbers_and_words_are_told_apart() {
        let table = [
            ("4821", Some(4821)),
            ("#4821", Some(4821)),
            ("# 4821", Some(4821)),
            ("719000101", None),
            ("4821 Most", None),
            ("#", None),
            ("", None),
        ];
        for (words, expected) in table {
            assert_eq!(number(words), expected, "{words}");
        }
    }

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let cursor = Cursor { opened_at: DateTime::from_timestamp_micros(1_770_000_000_123_456).unwrap(), number: 4821 };
        let url = asked().url("/console/contacts", Some(cursor));
        assert_eq!(
            url,
            "/console/contacts?stage=held&region=CZ042&from=2026-02-02&to=2026-02-02&q=azylov%C3%BD%20d%C5%AFm&after=1770000000123456.4821"
        );
        assert_eq!(Asked { after: "1770000000123456.4821".into(), ..Asked::default() }.cursor(), Some(cursor));
        for after in ["", "1", "x.1", "1.x", "99999999999999999999.1"] {
            assert_eq!(Asked { after: after.into(), ..Asked::default() }.cursor(), None);
        }
        assert_eq!(asked().used(), 4);
    }
}
