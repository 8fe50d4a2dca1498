//! What left and cost money, by local day.

use super::dialect::on;
use super::error::Tried;
use super::rows::{Rows, pieces};
use super::{Batch, Store, StoreError};
use crate::domain::Spent;
use chrono::NaiveDate;

const PART: &str = "part";
const MINUTE: &str = "minute";

const ADD: Rows = Rows {
    before: "insert into spend (day, kind, units) values ",
    columns: 3,
    after: " on conflict (day, kind) do update set units = spend.units + excluded.units",
};

const OF_DAY: &str = "select kind, units from spend where day = $1";

impl Store {
    /// Returns what was spent on a local day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn spent(&self, day: NaiveDate) -> Result<Spent, StoreError> {
        let rows: Vec<(String, i64)> =
            on!(&self.read, pool => sqlx::query_as(OF_DAY).bind(day.to_string()).fetch_all(pool).await).tried("read what was spent")?;
        let of = |kind: &str| rows.iter().find(|(known, _)| known == kind).map_or(0, |(_, units)| *units);
        Ok(Spent { parts: of(PART), minutes: of(MINUTE) })
    }
}

impl Batch {
    /// Adds what was spent; each day stands once.
    pub(super) fn spend(&mut self, days: &[(NaiveDate, Spent)]) {
        let units = days.iter().flat_map(|(day, spent)| [(day, PART, spent.parts), (day, MINUTE, spent.minutes)]);
        let units: Vec<_> = units.filter(|(.., units)| *units > 0).collect();
        for units in pieces(&units) {
            on!(&mut self.writer, writing => {
                let script = writing.script.rows("count what was spent", &ADD, units.len());
                for (day, kind, units) in units {
                    script.bind(day.to_string()).bind(*kind).bind(*units);
                }
            });
        }
    }
}
