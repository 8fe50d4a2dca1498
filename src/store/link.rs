//! Codes by which a worker joins another device to a conversation, and the joining itself: every
//! address and contact of the one becomes the other's.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, StoreError, micros};
use crate::domain::{Address, ContactId, Lang, Worker, WorkerId};
use super::letter::unknown;
use chrono::{DateTime, Utc};
use sqlx::types::Uuid;

const SWEEP: &str = "delete from link where until < $1 or worker = $2";

const INVITE: &str = "
    insert into link (code, worker, until) values ($1, $2, $3)
    on conflict (code) do update set worker = excluded.worker, until = excluded.until";

const INVITED: &str = "
    select worker.id, worker.organisation, worker.lang from link join worker on worker.id = link.worker
    where code = $1 and until >= $2";

const JOIN_ADDRESSES: &str = "update worker_address set worker = $1 where worker = $2";

const JOIN_CONTACTS: &str = "update contact set worker = $1 where worker = $2";

const USED: &str = "delete from link where worker = $1";

const ADDRESSES: &str = "
    select worker_address.channel, worker_address.handle from contact
    join worker_address on worker_address.worker = contact.worker
    where contact.id = $1 order by worker_address.channel, worker_address.handle limit 20";

const OF_WORKER: &str = "select channel, handle from worker_address where worker = $1 order by channel, handle limit 20";

impl Batch {
    /// Keeps a code of a worker's; an older one of the same worker counts no more.
    pub(super) fn invite(&mut self, code: &str, worker: WorkerId, now: DateTime<Utc>, until: DateTime<Utc>) {
        on!(&mut self.writer, writing => {
            writing.script.add("sweep codes", SWEEP).bind(micros(now)).bind(worker.0);
            writing.script.add("keep a code", INVITE).bind(code).bind(worker.0).bind(micros(until));
        });
    }

    /// Makes one worker of two.
    pub(super) fn join(&mut self, worker: WorkerId, into: WorkerId) {
        on!(&mut self.writer, writing => {
            writing.script.add("join addresses", JOIN_ADDRESSES).bind(into.0).bind(worker.0);
            writing.script.add("join contacts", JOIN_CONTACTS).bind(into.0).bind(worker.0);
            writing.script.add("use a code up", USED).bind(into.0);
        });
    }

    /// Finds the worker whose code it is, with the addresses known by now; `None` when it is nobody's or too old.
    pub(super) async fn invited(&mut self, code: &str, now: DateTime<Utc>) -> Result<Option<(Worker, Vec<Address>)>, StoreError> {
        let row: Option<(Uuid, Option<String>, String)> = on!(&mut self.writer, writing => sqlx::query_as(INVITED)
            .bind(code).bind(micros(now)).fetch_optional(&mut *writing.tx).await)
        .tried("read a code")?;
        let Some((id, organisation, lang)) = row else { return Ok(None) };
        let lang = Lang::from_code(&lang).ok_or_else(|| unknown("language", &lang))?;
        let addresses = self.addresses_of(WorkerId(id)).await?;
        let Some(address) = addresses.first().cloned() else { return Ok(None) };
        Ok(Some((Worker { id: WorkerId(id), organisation, address, lang }, addresses)))
    }

    /// Lists every address of a worker.
    pub(super) async fn addresses_of(&mut self, worker: WorkerId) -> Result<Vec<Address>, StoreError> {
        let rows: Vec<(String, String)> =
            on!(&mut self.writer, writing => sqlx::query_as(OF_WORKER).bind(worker.0).fetch_all(&mut *writing.tx).await).tried("read a worker's addresses")?;
        Ok(rows.into_iter().map(|(channel, handle)| Address::new(channel, handle)).collect())
    }

    /// Lists every address of a contact's worker.
    pub(super) async fn addresses(&mut self, contact: ContactId) -> Result<Vec<Address>, StoreError> {
        let rows: Vec<(String, String)> =
            on!(&mut self.writer, writing => sqlx::query_as(ADDRESSES).bind(contact.0).fetch_all(&mut *writing.tx).await).tried("read a worker's addresses")?;
        Ok(rows.into_iter().map(|(channel, handle)| Address::new(channel, handle)).collect())
    }
}
