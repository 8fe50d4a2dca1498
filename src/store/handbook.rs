//! The rows behind the handbook: lines, operators, services. The store keeps them as JSON and
//! knows nothing of their shape; `handbook` reads them as one snapshot and watches the version.

use super::dialect::on;
use super::error::Tried;
use super::{Batch, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::{Json, Uuid};

const SAVE_LINE: &str =
    "insert into line (id, body) values ($1, $2) on conflict (id) do update set body = excluded.body";
const SAVE_OPERATOR: &str =
    "insert into operator (id, body) values ($1, $2) on conflict (id) do update set body = excluded.body";
const SAVE_SERVICE: &str = "
    insert into service (id, region, body) values ($1, $2, $3)
    on conflict (id) do update set region = excluded.region, body = excluded.body";
const REMOVE_LINE: &str = "delete from line where id = $1";
const REMOVE_OPERATOR: &str = "delete from operator where id = $1";
const REMOVE_SERVICES: &str = "delete from service";
const LINES: &str = "select body from line order by id";
const OPERATORS: &str = "select body from operator order by id";
const SERVICES: &str = "select body from service order by region, id";
const VERSION: &str = "select version from handbook";
const RAISE: &str = "update handbook set version = version + 1";

impl Store {
    /// Writes one line, new or changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_line<T: Serialize + Sync>(&self, id: &str, line: &T) -> Result<(), StoreError> {
        self.save(SAVE_LINE, id, line).await
    }

    /// Writes one operator, new or changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_operator<T: Serialize + Sync>(&self, id: &str, operator: &T) -> Result<(), StoreError> {
        self.save(SAVE_OPERATOR, id, operator).await
    }

    /// Removes a line; a line that is not there is no error.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_line(&self, id: &str) -> Result<(), StoreError> {
        self.remove(REMOVE_LINE, id).await
    }

    /// Removes an operator; an operator who is not there is no error.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_operator(&self, id: &str) -> Result<(), StoreError> {
        self.remove(REMOVE_OPERATOR, id).await
    }

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

    /// Returns every line, by id.
    ///
    /// # Errors
    /// When the database fails or a line is not of this shape.
    pub async fn load_lines<T: DeserializeOwned + Send + Unpin + 'static>(&self) -> Result<Vec<T>, StoreError> {
        self.load(LINES, "read the lines").await
    }

    /// Returns every operator, by id.
    ///
    /// # Errors
    /// When the database fails or an operator is not of this shape.
    pub async fn load_operators<T: DeserializeOwned + Send + Unpin + 'static>(&self) -> Result<Vec<T>, StoreError> {
        self.load(OPERATORS, "read the operators").await
    }

    /// Returns every service, by region and id.
    ///
    /// # Errors
    /// When the database fails or a service is not of this shape.
    pub async fn load_services<T: DeserializeOwned + Send + Unpin + 'static>(&self) -> Result<Vec<T>, StoreError> {
        self.load(SERVICES, "read the catalogue").await
    }

    async fn save<T: Serialize + Sync>(&self, text: &'static str, id: &str, body: &T) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(text).bind(id).bind(Json(body)).execute(&mut *writing.tx).await.map(drop))
            .tried("write the handbook")?;
        batch.raise().await
    }

    async fn remove(&self, text: &'static str, id: &str) -> Result<(), StoreError> {
        let mut batch = self.begin().await?;
        on!(&mut batch.writer, writing => sqlx::query(text).bind(id).execute(&mut *writing.tx).await.map(drop))
            .tried("remove from the handbook")?;
        batch.raise().await
    }

    async fn load<T: DeserializeOwned + Send + Unpin + 'static>(
        &self,
        text: &'static str,
        tried: &'static str,
    ) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(Json<T>,)> = on!(&self.read, pool => sqlx::query_as(text).fetch_all(pool).await).tried(tried)?;
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
    async fn raise(mut self) -> Result<(), StoreError> {
        on!(&mut self.writer, writing => sqlx::query(RAISE).execute(&mut *writing.tx).await.map(drop))
            .tried("raise the handbook's version")?;
        self.commit().await
    }
}
