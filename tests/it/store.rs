//! The store's conformance suite: every public function on SQLite and, when `LINKA_TEST_POSTGRES`
//! names a server (`postgres://…`), on PostgreSQL in a database of its own for each test.

mod account;
mod checkpoint;
mod conversation;
mod database;
mod gate;
mod invitation;
mod lease;
mod letter;
mod recording;
mod roster;
mod sample;
mod situation;
mod timer;
mod turn;
mod view;

use linka::store::{DataKey, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test on every database there is.
async fn on_each(test: impl AsyncFn(Store)) {
    Box::pin(test(Store::open("sqlite::memory:").await.unwrap())).await;
    match postgres().await {
        Some(url) => {
            let store = Store::open(&url).await.unwrap().with_key(DataKey::fresh().unwrap());
            Box::pin(test(store.clone())).await;
            store.close().await;
        }
        None => println!("PostgreSQL was left out: LINKA_TEST_POSTGRES is not set"),
    }
}

/// Makes a database on the server and returns its address.
#[expect(clippy::disallowed_methods, reason = "the suite is told its server by whoever runs it")]
async fn postgres() -> Option<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("LINKA_TEST_POSTGRES").ok()?;
    // Another test may have installed it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let name = format!("linka_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut server_connection = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut server_connection).await.unwrap();
    let (address, options) = server.split_once('?').map_or((server.as_str(), None), |(a, o)| (a, Some(o)));
    let (host, _) = address.rsplit_once('/').unwrap();
    Some(options.map_or_else(|| format!("{host}/{name}"), |options| format!("{host}/{name}?{options}")))
}
