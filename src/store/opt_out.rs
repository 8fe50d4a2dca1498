//! Who wants no more short messages: one row for an address and the line's number it wrote to.

use super::dialect::on;
use super::error::Tried;
use super::rows::{Rows, filled, read_rows};
use super::{Batch, StoreError, micros};
use crate::domain::{Address, Letter, LetterId};
use chrono::{DateTime, Utc};
use sqlx::types::Uuid;

const ENTER: &str = "insert into opt_out (channel, handle, own, since) values ($1, $2, $3, $4) on conflict (channel, handle, own) do nothing";

const LEAVE: &str = "delete from opt_out where channel = $1 and handle = $2 and own = $3";

const OUT: &str = "select own from opt_out where channel = $1 and handle = $2 order by own";

const AMONG: Rows = Rows {
    before: "with wanted (id, channel, handle, own) as (values ",
    columns: 4,
    after: ") select wanted.id from wanted join opt_out on opt_out.channel = wanted.channel
        and opt_out.handle = wanted.handle and opt_out.own = wanted.own",
};

/// The line's number in a row; a channel that has but one names none.
fn number(own: Option<&str>) -> &str {
    own.unwrap_or_default()
}

impl Batch {
    /// Returns the line's numbers from which an address wants no messages; an empty one where there is but one.
    pub(super) async fn stopped(&mut self, address: &Address) -> Result<Vec<String>, StoreError> {
        let (channel, handle) = (address.channel.as_str(), address.handle.as_str());
        let rows: Vec<(String,)> = on!(&mut self.writer, writing => sqlx::query_as(OUT).bind(channel).bind(handle).fetch_all(&mut *writing.tx).await)
            .tried("look for opt-outs of an address")?;
        Ok(rows.into_iter().map(|(own,)| own).collect())
    }

    /// Returns the letters whose address wants no messages from the number they leave from.
    pub(super) async fn unwanted(&mut self, letters: &[Letter]) -> Result<Vec<LetterId>, StoreError> {
        let mut unwanted = Vec::new();
        for piece in filled(letters) {
            let found: Vec<(Uuid,)> = read_rows!(self, AMONG, &piece, |query, letter| query
                .bind(letter.id.0)
                .bind(letter.to.channel.as_str())
                .bind(letter.to.handle.as_str())
                .bind(number(letter.own.as_deref())))
            .tried("look for opt-outs")?;
            unwanted.extend(found.into_iter().map(|(id,)| LetterId(id)));
        }
        Ok(unwanted)
    }

    /// Writes since when an address wants no messages; the first time counts. `None` ends it.
    pub(super) fn opt_out(&mut self, address: &Address, own: Option<&str>, since: Option<DateTime<Utc>>) {
        let (channel, handle) = (address.channel.as_str(), address.handle.as_str());
        on!(&mut self.writer, writing => match since {
            Some(since) => {
                writing.script.add("note an opt-out", ENTER).bind(channel).bind(handle).bind(number(own)).bind(micros(since));
            }
            None => {
                writing.script.add("end an opt-out", LEAVE).bind(channel).bind(handle).bind(number(own));
            }
        });
    }
}
