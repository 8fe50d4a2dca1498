//! The services behind the handbook, and the version that every change of its rows raises. The
//! store keeps rows as JSON and knows nothing of their shape; the rest of them is in `roster`.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::{Json, Uuid};

const SAVE_SERVICE: &str = "
    insert into service (id, region, body) values ($1, $2, $3)
    on conflict (id) do update set region = excluded.region, body = excluded.body";
const REMOVE_SERVICES: &str = "delete from service";
const SERVICES: &str = "select body from service order by region, id";
const VERSION: &str = "select version from handbook";
pub(super) const RAISE: &str = "update handbook set version = version + 1";

impl Store {
    /// Writes one service (id, region's code, the service), new or changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_service<T: Serialize + Sync>(
        &self,
        id: Uuid,
        region: &str,
        service: &T,
    ) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        batch.save_service(id, region, service).await?;
        batch.raise().await
    }

    /// Puts a whole catalogue (id, region's code, the service) in the place of the old one.
    ///
    /// # Errors
    /// When the database fails; the old catalogue is then still there.
    pub async fn replace_services<T: Serialize + Sync>(
        &self,
        services: &[(Uuid, String, T)],
    ) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(REMOVE_SERVICES).execute(&mut *writing.tx).await.map(drop))
            .tried("empty the catalogue")?;
        for (id, region, service) in services {
            batch.save_service(*id, region, service).await?;
        }
        batch.raise().await
    }

    /// Returns the version that every change here raises; a new database has 0.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn handbook_version(&self) -> Result<i64, StoreError> {
        on!(&self.read, pool => sqlx::query_scalar(VERSION).fetch_one(pool).await).tried("read the handbook's version")
    }

    /// Returns every service, by region and id.
    ///
    /// # Errors
    /// When the database fails or a service is not of this shape.
    pub async fn load_services<T: DeserializeOwned + Send + Unpin + 'static>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(Json<T>,)> =
            on!(&self.read, pool => sqlx::query_as(SERVICES).fetch_all(pool).await).tried("read the catalogue")?;
        Ok(rows.into_iter().map(|(Json(body),)| body).collect())
    }
}

impl Batch {
    async fn save_service<T: Serialize + Sync>(
        &mut self,
        id: Uuid,
        region: &str,
        service: &T,
    ) -> Result<(), StoreError> {
        on!(&mut self.writer, writing => sqlx::query(SAVE_SERVICE)
            .bind(id).bind(region).bind(Json(service)).execute(&mut *writing.tx).await.map(drop))
        .tried("write a service")
    }

    /// Raises the version and commits with it.
    pub(super) async fn raise(mut self) -> Result<(), StoreError> {
        on!(&mut self.writer, writing => sqlx::query(RAISE).execute(&mut *writing.tx).await.map(drop))
            .tried("raise the handbook's version")?;
        self.commit().await
    }
}
