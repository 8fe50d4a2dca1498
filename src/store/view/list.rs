//! The list of contacts: newest first, paged by key, any filter at any size.
//!
//! A single filter has an index of its own. Several filters are tried on the rarest one's index
//! when that is short (the counters tell), else on the index of all contacts, which holds every
//! filtered column; words are tried on the contacts themselves. Each look is bounded, so a page
//! costs the same at a thousand and at a million contacts: it may be short and still have a next one.

use crate::domain::{Contact, LineId, Region, Review, Stage, fold};
use crate::store::dialect::on;
use crate::store::error::Tried;
use crate::store::{Store, StoreError, micros};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// Which contacts; an empty filter means all. Different fields all have to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// At this stage.
    pub stage: Option<Stage>,
    /// At this state of the review.
    pub review: Option<Review>,
    /// Of this line.
    pub line: Option<LineId>,
    /// With a destination in this region.
    pub region: Option<Region>,
    /// From this channel, by its name.
    pub channel: Option<String>,
    /// With these words, in this order, in the question, the organisation, the place or the log.
    pub text: Option<String>,
    /// With this number.
    pub number: Option<i64>,
    /// Opened at or after this instant.
    pub from: Option<DateTime<Utc>>,
    /// Opened before this instant.
    pub to: Option<DateTime<Utc>>,
    /// Open, and either urgent or with no operator: waiting or promised.
    pub attention: bool,
}

/// Where a page ended; the next one begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When the last contact looked at was opened.
    pub opened_at: DateTime<Utc>,
    /// Its number.
    pub number: i64,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

/// Most rows of a page, for the console as for an export's steps.
const PAGE_MAX: i64 = 500;
/// Rows one page looks at in an index, and the longest index of a rarest filter: about three milliseconds.
const WINDOW: i64 = 5_000;
/// Contacts one page of a search for words looks at, with their logs: about as long.
const WORDS_WINDOW: i64 = 300;
/// Rows of a single filter's index that are dearer to look up than a window of all contacts.
const RARE: i64 = 1_000;

/// The statements of one driving index.
struct Driving {
    /// The contacts of a page.
    page: &'static str,
    /// The last row the page's window looks at, and how many it holds.
    end: &'static str,
}

macro_rules! window {
    ($columns:literal, $driven:literal) => {
        concat!(
            "(select ",
            $columns,
            " from contact where ",
            $driven,
            " and (opened_at, number) < ($2, $3) and opened_at >= $4 order by opened_at desc, number desc limit $5)"
        )
    };
}

macro_rules! driving {
    ($driven:literal) => {
        Driving {
            page: concat!(
                "select contact.body from ",
                window!("opened_at, number, stage, review, line, region, channel, urgent", $driven),
                " as seen join contact on contact.number = seen.number
                where ($6 is null or seen.stage = $6) and ($7 is null or seen.review = $7)
                and ($8 is null or seen.line = $8) and ($9 is null or seen.region = $9)
                and ($10 is null or seen.channel = $10)
                and (not $11 or (seen.stage <> 'closed' and (seen.stage in ('waiting', 'promised') or seen.urgent)))
                and ($12 is null or contact.words like $12 escape '\\'
                    or exists (select 1 from log where log.contact = contact.id and log.words like $12 escape '\\'))
                order by seen.opened_at desc, seen.number desc limit $13"
            ),
            end: concat!(
                "select seen.opened_at, seen.number, count(*) over () from ",
                window!("opened_at, number", $driven),
                " as seen order by seen.opened_at, seen.number limit 1"
            ),
        }
    };
}

const ALL: Driving = driving!("$1 is null");
const OPEN: Driving = driving!("stage <> 'closed' and $1 is null");
const STAGE: Driving = driving!("stage = $1");
const REVIEW: Driving = driving!("review = $1");
const LINE: Driving = driving!("line = $1");
const REGION: Driving = driving!("region = $1");
const CHANNEL: Driving = driving!("channel = $1");

/// The rarest of the values asked for; one that nothing carries has no counter.
const COUNT: &str = "
    select asked.column1, coalesce(tally.n, 0)
    from (values ('stage', $1), ('review', $2), ('line', $3), ('region', $4), ('channel', $5)) as asked
    left join tally on tally.kind = asked.column1 and tally.value = asked.column2
    where asked.column2 is not null order by 2, 1 limit 1";

impl Store {
    /// Returns the contacts that pass the filter, newest first, at most `limit` (and never more than
    /// 500) of them; an export reads page after page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts(
        &self,
        filter: &Filter,
        after: Option<Cursor>,
        limit: i64,
    ) -> Result<Page<Contact>, StoreError> {
        if let Some(number) = filter.number {
            let rows = self.contact_by_number(number).await?.into_iter().collect();
            return Ok(Page { rows, next: None });
        }
        let limit = limit.clamp(1, PAGE_MAX);
        let asked = Asked::of(filter, after);
        let (driving, value) = self.driving(filter, &asked).await?;
        let mut rows = self.page(&driving, value, &asked, limit + 1).await?;
        let full = i64::try_from(rows.len()).is_ok_and(|found| found > limit);
        let next = if full {
            rows.pop();
            rows.last().map(|last| Cursor { opened_at: last.opened_at, number: last.number })
        } else {
            self.end(&driving, value, &asked).await?
        };
        Ok(Page { rows, next })
    }

    /// Chooses the index to look through.
    async fn driving<'a>(
        &self,
        filter: &Filter,
        asked: &'a Asked,
    ) -> Result<(Driving, Option<&'a str>), StoreError> {
        if filter.attention {
            return Ok((OPEN, None));
        }
        let fewest: Option<(String, i64)> = on!(&self.read, pool => sqlx::query_as(COUNT)
            .bind(asked.stage)
            .bind(asked.review)
            .bind(asked.line.as_deref())
            .bind(asked.region)
            .bind(asked.channel.as_deref())
            .fetch_optional(pool).await)
        .tried("choose how to list contacts")?;
        let fits = fewest.filter(|(_, n)| asked.values() == 1 || *n <= RARE);
        Ok(match fits.as_ref().map(|(kind, _)| kind.as_str()) {
            Some("stage") => (STAGE, asked.stage),
            Some("review") => (REVIEW, asked.review),
            Some("line") => (LINE, asked.line.as_deref()),
            Some("region") => (REGION, asked.region),
            Some("channel") => (CHANNEL, asked.channel.as_deref()),
            Some(_) | None => (ALL, None),
        })
    }

    async fn page(
        &self,
        driving: &Driving,
        value: Option<&str>,
        asked: &Asked,
        limit: i64,
    ) -> Result<Vec<Contact>, StoreError> {
        let rows: Vec<(Json<Contact>,)> = on!(&self.read, pool => sqlx::query_as(driving.page)
            .bind(value)
            .bind(asked.before.opened_at)
            .bind(asked.before.number)
            .bind(asked.from)
            .bind(asked.window())
            .bind(asked.stage)
            .bind(asked.review)
            .bind(asked.line.as_deref())
            .bind(asked.region)
            .bind(asked.channel.as_deref())
            .bind(asked.attention)
            .bind(asked.text.as_deref())
            .bind(limit)
            .fetch_all(pool).await)
        .tried("list contacts")?;
        Ok(rows.into_iter().map(|(Json(contact),)| contact).collect())
    }

    /// Where to go on when a page was not filled: after its window, unless that was the last.
    async fn end(&self, driving: &Driving, value: Option<&str>, asked: &Asked) -> Result<Option<Cursor>, StoreError> {
        let end: Option<(DateTime<Utc>, i64, i64)> = on!(&self.read, pool => sqlx::query_as(driving.end)
            .bind(value)
            .bind(asked.before.opened_at)
            .bind(asked.before.number)
            .bind(asked.from)
            .bind(asked.window())
            .fetch_optional(pool).await)
        .tried("find where a page of contacts ends")?;
        Ok(end.filter(|(.., looked_at)| *looked_at >= asked.window()).map(|(opened_at, number, _)| Cursor { opened_at, number }))
    }
}

/// A filter in the database's words.
struct Asked {
    before: Cursor,
    from: DateTime<Utc>,
    stage: Option<&'static str>,
    review: Option<&'static str>,
    line: Option<String>,
    region: Option<&'static str>,
    channel: Option<String>,
    attention: bool,
    text: Option<String>,
}

impl Asked {
    fn of(filter: &Filter, after: Option<Cursor>) -> Self {
        let end = Cursor { opened_at: filter.to.map_or(LAST, micros), number: i64::MIN };
        let before = match after {
            Some(after) if after.opened_at < end.opened_at => after,
            Some(_) | None => end,
        };
        Self {
            before,
            from: filter.from.map_or(FIRST, micros),
            stage: filter.stage.map(Stage::code),
            review: filter.review.map(Review::code),
            line: filter.line.as_ref().map(|line| line.as_str().to_owned()),
            region: filter.region.map(Region::code),
            channel: filter.channel.clone(),
            attention: filter.attention,
            text: filter.text.as_deref().and_then(pattern),
        }
    }
}

impl Asked {
    /// How many of the filters with an index are set.
    fn values(&self) -> usize {
        let values = [self.stage, self.review, self.line.as_deref(), self.region, self.channel.as_deref()];
        values.iter().flatten().count()
    }

    /// How many rows a page may look at.
    const fn window(&self) -> i64 {
        if self.text.is_some() { WORDS_WINDOW } else { WINDOW }
    }
}

/// Before and after every contact: 1970 and 9999, both within what the databases can say.
const FIRST: DateTime<Utc> = DateTime::UNIX_EPOCH;
const LAST: DateTime<Utc> = match DateTime::from_timestamp(253_370_764_800, 0) {
    Some(last) => last,
    None => DateTime::<Utc>::MAX_UTC,
};

/// The words of a search, folded, in their order; `None` when there are none.
fn pattern(text: &str) -> Option<String> {
    let folded = fold(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let words: Vec<&str> = folded.split_whitespace().collect();
    (!words.is_empty()).then(|| format!("%{}%", words.join("%")))
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_search_is_folded_and_takes_signs_as_they_are() {
        assert_eq!(pattern("Azylový  dům").as_deref(), Some("%azylovy%dum%"));
        assert_eq!(pattern("100 %").as_deref(), Some("%100%\\%%"));
        assert_eq!(pattern("a_b").as_deref(), Some("%a\\_b%"));
        assert_eq!(pattern("  "), None);
    }
}
