//! One address's conversation as its person saw it: for the worker's page and the demo's devices.

use crate::domain::{Address, Letter};
use crate::store::dialect::on;
use crate::store::error::Tried;
use crate::store::letter::{LetterRow, letter_columns};
use crate::store::{Store, StoreError};
use chrono::{DateTime, Utc};

/// One side's words in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bubble {
    /// When it was heard or written (µs UTC).
    pub at: DateTime<Utc>,
    /// Whether the person at the address said it; otherwise it is a letter to that person.
    pub mine: bool,
    /// What the person did (`text`, `choice`, `keys`, `called`, `silence`, `recorded`, `hung_up`,
    /// `unsupported`), or `letter`.
    pub kind: String,
    /// The masked words, or the letter's.
    pub words: String,
    /// The letter with its choices and its fate; `None` for what was heard.
    pub letter: Option<Letter>,
}

const HEARD: &str = "
    select seq, at, kind, coalesce(words, '') as words from event
    where channel = $1 and handle = $2 order by seq desc limit $3";

const LETTERS: &str = concat!(
    "select coalesce(event.seq, 0) as heard, ",
    letter_columns!(),
    " from letter left join event on event.key = letter.cause
    where letter.channel = $1 and letter.handle = $2 order by letter.seq desc limit $3"
);

#[derive(Debug, sqlx_macros::FromRow)]
struct LetterOfEvent {
    heard: i64,
    #[sqlx(flatten)]
    letter: LetterRow,
}

/// The event in the order of acceptance, then the letters it caused in theirs: also right while
/// a hand-turned clock stands still.
type Place = (i64, i64);

impl Store {
    /// Returns the newest `limit` bubbles of an address, oldest first.
    ///
    /// # Errors
    /// When the database fails or holds a value this program does not know.
    pub async fn thread(&self, address: &Address, limit: i64) -> Result<Vec<Bubble>, StoreError> {
        let (channel, handle) = (address.channel.as_str(), address.handle.as_str());
        let heard: Vec<(i64, DateTime<Utc>, String, String)> = on!(&self.read, pool =>
            sqlx::query_as(HEARD).bind(channel).bind(handle).bind(limit).fetch_all(pool).await)
        .tried("read what an address said")?;
        let letters: Vec<LetterOfEvent> = on!(&self.read, pool =>
            sqlx::query_as(LETTERS).bind(channel).bind(handle).bind(limit).fetch_all(pool).await)
        .tried("read the letters to an address")?;
        let mut bubbles: Vec<(Place, Bubble)> = heard.into_iter().map(said).collect();
        for row in letters {
            bubbles.push(sent(row)?);
        }
        bubbles.sort_by_key(|(place, _)| *place);
        let surplus = bubbles.len().saturating_sub(usize::try_from(limit).unwrap_or(0));
        Ok(bubbles.into_iter().skip(surplus).map(|(_, bubble)| bubble).collect())
    }
}

fn said((seq, at, kind, words): (i64, DateTime<Utc>, String, String)) -> (Place, Bubble) {
    ((seq, 0), Bubble { at, mine: true, kind, words, letter: None })
}

fn sent(row: LetterOfEvent) -> Result<(Place, Bubble), StoreError> {
    let place = (row.heard, row.letter.seq);
    let letter = row.letter.letter()?;
    let words = letter.body.words().to_owned();
    let bubble = Bubble { at: letter.created_at, mine: false, kind: "letter".to_owned(), words, letter: Some(letter) };
    Ok((place, bubble))
}
