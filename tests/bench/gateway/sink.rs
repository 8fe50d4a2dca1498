//! The provider's API as far as a server sends to it by itself: everything is taken.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpListener;

/// Answers from now on.
pub async fn open(address: SocketAddr) {
    let listener = TcpListener::bind(address).await.expect("an address");
    let router: Router = Router::new().fallback(take);
    tokio::spawn(async move { axum::serve(listener, router).await });
}

async fn take() -> impl IntoResponse {
    static TAKEN: AtomicU64 = AtomicU64::new(0);
    let n = TAKEN.fetch_add(1, Ordering::Relaxed);
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], format!("{{\"sid\":\"SM{n:032x}\",\"status\":\"queued\",\"num_segments\":\"1\"}}"))
}
