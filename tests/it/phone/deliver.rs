//! Two ways for the network to reach a line: within the process, and over a real connection.

use super::Deliver;
use axum::body::Body;
use axum::http::{Request, Response, header};
use futures_util::FutureExt;
use std::net::SocketAddr;
use std::sync::Arc;
use tower::ServiceExt;

/// Requests go straight to a router of this process.
pub fn within(router: axum::Router) -> Deliver {
    Arc::new(move |request| {
        let router = router.clone();
        async move { router.oneshot(request).await.expect("a router that never fails") }.boxed()
    })
}

/// Requests go to a port, whatever host their address names; no connection is told as such.
pub fn over_http(line: SocketAddr) -> Deliver {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    Arc::new(move |request| {
        let client = client.clone();
        async move { asks(&client, line, request).await }.boxed()
    })
}

async fn asks(client: &reqwest::Client, line: SocketAddr, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a form");
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let answer = client.request(head.method, format!("http://{line}{path}")).headers(head.headers).body(body).send().await;
    let Ok(answer) = answer else {
        let mut none = Response::new(Body::empty());
        none.extensions_mut().insert(super::Unreachable);
        return none;
    };
    let mut response = Response::builder().status(answer.status());
    if let Some(kind) = answer.headers().get(header::CONTENT_TYPE) {
        response = response.header(header::CONTENT_TYPE, kind);
    }
    response.body(Body::from(answer.bytes().await.unwrap_or_default())).expect("an answer")
}
