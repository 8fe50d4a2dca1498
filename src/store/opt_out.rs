//! Who wants no more short messages: one row for an address and the line's number it wrote to.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use crate::domain::Address;
use chrono::{DateTime, Utc};

const ENTER: &str = "insert into opt_out (channel, handle, own, since) values ($1, $2, $3, $4) on conflict (channel, handle, own) do nothing";

const LEAVE: &str = "delete from opt_out where channel = $1 and handle = $2 and own = $3";

const IS_OUT: &str = "select exists (select 1 from opt_out where channel = $1 and handle = $2 and own = $3)";

/// The line's number in a row; a channel that has but one names none.
fn number(own: Option<&str>) -> &str {
    own.unwrap_or_default()
}

impl Store {
    /// Tells whether an address wants no messages from one of the line's numbers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_opted_out(&self, address: &Address, own: Option<&str>) -> Result<bool, StoreError> {
        let (channel, handle) = (address.channel.as_str(), address.handle.as_str());
        on!(&self.read, pool => sqlx::query_scalar(IS_OUT).bind(channel).bind(handle).bind(number(own)).fetch_one(pool).await)
            .tried("look for an opt-out")
    }
}

impl Batch {
    /// The same, within the turn.
    pub(super) async fn is_opted_out(&mut self, address: &Address, own: Option<&str>) -> Result<bool, StoreError> {
        let (channel, handle) = (address.channel.as_str(), address.handle.as_str());
        on!(&mut self.writer, writing => sqlx::query_scalar(IS_OUT)
            .bind(channel)
            .bind(handle)
            .bind(number(own))
            .fetch_one(&mut *writing.tx).await)
        .tried("look for an opt-out")
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
