//! Timers as rows. A timer that is due stays until its turn drops it, so none is lost to a crash.

use super::dialect::on;
use super::error::Tried;
use super::rows::Rows;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{Alarm, ContactId, Timer, TimerId};
use chrono::{DateTime, Utc};
use sqlx::types::{Json, Uuid};

#[derive(Debug, sqlx_macros::FromRow)]
struct TimerRow {
    id: Uuid,
    contact: Uuid,
    epoch: i64,
    body: Json<Alarm>,
    due_at: DateTime<Utc>,
}

impl TimerRow {
    fn timer(self) -> Timer {
        let Self { id, contact, epoch, body: Json(alarm), due_at } = self;
        Timer { id: TimerId(id), contact: ContactId(contact), epoch, alarm, due_at }
    }
}

const SET: Rows = Rows {
    before: "insert into timer (id, contact, epoch, kind, body, due_at) values ",
    columns: 6,
    after: " on conflict (id) do update set epoch = excluded.epoch, kind = excluded.kind, body = excluded.body, \
        due_at = excluded.due_at",
};

const DROP: Rows = Rows {
    before: "with rung (id) as (values ",
    columns: 1,
    after: ") delete from timer where id in (select id from rung)",
};

const CLEAR: Rows = Rows {
    before: "with cleared (contact) as (values ",
    columns: 1,
    after: ") delete from timer where contact in (select contact from cleared)",
};

const DUE: &str = "
    select id, contact, epoch, body, due_at from timer where due_at <= $1 order by due_at, id limit $2";

impl Batch {
    /// Sets timers.
    pub(super) fn set(&mut self, timers: &[&Timer]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("set a timer", &SET, timers.len());
            for timer in timers {
                script
                    .bind(timer.id.0)
                    .bind(timer.contact.0)
                    .bind(timer.epoch)
                    .bind(timer.alarm.name())
                    .bind(Json(timer.alarm))
                    .bind(micros(timer.due_at));
            }
        });
    }

    /// Removes timers.
    pub(super) fn drop_timers(&mut self, timers: &[TimerId]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("remove a timer", &DROP, timers.len());
            for timer in timers {
                script.bind(timer.0);
            }
        });
    }

    /// Removes every timer of these contacts.
    pub(super) fn clear(&mut self, contacts: &[ContactId]) {
        on!(&mut self.writer, writing => {
            let script = writing.script.rows("remove a contact's timers", &CLEAR, contacts.len());
            for contact in contacts {
                script.bind(contact.0);
            }
        });
    }
}

const LATE: &str = "
    select count(*) from (
        select 1 from timer where due_at < $1
        union all
        select 1 from swap where due_at < $1 limit 1000) as late";

impl Store {
    /// Counts the timers and swaps that were due before an instant, up to a thousand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn late_timers(&self, before: DateTime<Utc>) -> Result<i64, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(LATE).bind(micros(before)).fetch_one(pool).await).tried("count late timers")
    }

    /// Returns the timers that are due, the longest overdue first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_timers(&self, now: DateTime<Utc>, limit: i64) -> Result<Vec<Timer>, StoreError> {
        let rows: Vec<TimerRow> =
            on!(&self.read, pool => sqlx::query_as(DUE).bind(micros(now)).bind(limit).fetch_all(pool).await)
                .tried("read due timers")?;
        Ok(rows.into_iter().map(TimerRow::timer).collect())
    }
}
