//! The least a durable line could do: an axum handler that writes four statements in one
//! transaction of its own and answers. `linka bench` in the same minute shows what the real
//! line costs beside it.
//!
//! `cargo bench --bench skeleton`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement stops where it cannot go on"
)]

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const CONNECTIONS: u32 = 32;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("skeleton.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
    sqlx::query("create table event (key text primary key, words text)").execute(&pool).await.expect("a table");
    sqlx::query("create table entry (id integer primary key, words text)").execute(&pool).await.expect("a table");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let address = listener.local_addr().expect("an address");
    let server = Router::new().route("/", post(take)).with_state(pool);
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, server).await });
    for per_second in [100, 1_000] {
        open_loop(address, per_second, per_second * 5).await;
    }
    flat_out(address, 5_000).await;
}

async fn take(State(pool): State<SqlitePool>, body: String) -> &'static str {
    let mut tx = pool.begin().await.expect("a transaction");
    let seen: bool = sqlx::query_scalar("select exists (select 1 from event where key = $1)").bind(&body).fetch_one(&mut *tx).await.expect("a look");
    assert!(!seen);
    sqlx::query("insert into event (key, words) values ($1, $1)").bind(&body).execute(&mut *tx).await.expect("an event");
    sqlx::query("insert into entry (words) values ($1)").bind(&body).execute(&mut *tx).await.expect("an entry");
    sqlx::query("insert into entry (words) values ($1)").bind(&body).execute(&mut *tx).await.expect("a letter");
    tx.commit().await.expect("a commit");
    "ok"
}

async fn post_one(stream: &mut TcpStream, body: &str) {
    let request = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = [0; 512];
    let read = stream.read(&mut answer).await.expect("an answer");
    assert!(answer[..read].starts_with(b"HTTP/1.1 200"));
}

/// Requests at their intended times over a few open connections, timed from the intended time.
async fn open_loop(address: std::net::SocketAddr, per_second: u32, events: u32) {
    let begun = Instant::now() + Duration::from_millis(50);
    let mut tasks = JoinSet::new();
    for connection in 0..CONNECTIONS {
        tasks.spawn(async move {
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            let mut times = Vec::new();
            let mut n = connection;
            while n < events {
                let intended = begun + Duration::from_secs_f64(f64::from(n) / f64::from(per_second));
                tokio::time::sleep_until(intended.into()).await;
                post_one(&mut stream, &format!("{per_second}-{n}")).await;
                times.push(intended.elapsed());
                n += CONNECTIONS;
            }
            times
        });
    }
    let mut times: Vec<Duration> = tasks.join_all().await.into_iter().flatten().collect();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    println!("skeleton at {per_second}/s: p50 {:.3} ms   p99 {:.3} ms   max {:.3} ms", at(50), at(99), at(100));
}

async fn flat_out(address: std::net::SocketAddr, events: u32) {
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for connection in 0..CONNECTIONS {
        tasks.spawn(async move {
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            let mut n = connection;
            while n < events {
                post_one(&mut stream, &format!("flat-{n}")).await;
                n += CONNECTIONS;
            }
        });
    }
    tasks.join_all().await;
    println!("skeleton flat out: {:.0} /s durable, one commit each", f64::from(events) / begun.elapsed().as_secs_f64());
}
