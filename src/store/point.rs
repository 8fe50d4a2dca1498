//! Contact points of operators as rows.

use super::dialect::{self, on};
use super::error::Tried;
use super::{Batch, Store, StoreError, micros};
use crate::domain::{Address, OperatorId, Point};
use sqlx::types::Json;

const KEEP: &str = "
    insert into contact_point (channel, handle, operator, troubled_at, body) values ($1, $2, $3, $4, $5)
    on conflict (channel, handle) do update set
        operator = excluded.operator, troubled_at = excluded.troubled_at, body = excluded.body";

const DROP: &str = "delete from contact_point where channel = $1 and handle = $2";

const ALL: &str = "select body from contact_point order by channel, handle";

const OF_OPERATOR: &str = "select body from contact_point where operator = $1 order by channel, handle";

const TROUBLED: &str = "select body from contact_point where troubled_at is not null order by channel, handle";

impl Store {
    /// Returns what is known of every contact point.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn points(&self) -> Result<Vec<Point>, StoreError> {
        let rows: Vec<(Json<Point>,)> =
            on!(&self.read, pool => sqlx::query_as(ALL).fetch_all(pool).await).tried("read the contact points")?;
        Ok(unpacked(rows))
    }

    /// Writes what is known of contact points, without an event: as the data of a demo.
    ///
    /// # Errors
    /// When the database fails; nothing has changed then.
    pub async fn save_points(&self, points: &[Point]) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        for point in points {
            batch.keep_point(point);
        }
        dialect::run(&mut batch.writer, false).await?;
        batch.commit().await
    }
}

impl Batch {
    /// Writes what is known of a contact point.
    pub(super) fn keep_point(&mut self, point: &Point) {
        on!(&mut self.writer, writing => {
            writing.script.add("write a contact point", KEEP)
            .bind(point.address.channel.as_str())
            .bind(point.address.handle.as_str())
            .bind(point.operator.as_str())
            .bind(point.trouble.map(|trouble| micros(trouble.since)))
            .bind(Json(point));
        });
    }

    /// Forgets a contact point.
    pub(super) fn drop_point(&mut self, address: &Address) {
        on!(&mut self.writer, writing => {
            writing.script.add("forget a contact point", DROP).bind(address.channel.as_str()).bind(address.handle.as_str());
        });
    }

    /// Reads every contact point.
    pub(super) async fn points(&mut self) -> Result<Vec<Point>, StoreError> {
        let rows: Vec<(Json<Point>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(ALL).fetch_all(&mut *writing.tx).await).tried("read the contact points")?;
        Ok(unpacked(rows))
    }

    /// Reads the contact points of one operator.
    pub(super) async fn points_of(&mut self, operator: &OperatorId) -> Result<Vec<Point>, StoreError> {
        let rows: Vec<(Json<Point>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(OF_OPERATOR).bind(operator.as_str()).fetch_all(&mut *writing.tx).await)
                .tried("read an operator's contact points")?;
        Ok(unpacked(rows))
    }

    /// Reads the contact points where nothing arrives.
    pub(super) async fn points_in_trouble(&mut self) -> Result<Vec<Point>, StoreError> {
        let rows: Vec<(Json<Point>,)> =
            on!(&mut self.writer, writing => sqlx::query_as(TROUBLED).fetch_all(&mut *writing.tx).await)
                .tried("read contact points in trouble")?;
        Ok(unpacked(rows))
    }
}

fn unpacked(rows: Vec<(Json<Point>,)>) -> Vec<Point> {
    rows.into_iter().map(|(Json(point),)| point).collect()
}
