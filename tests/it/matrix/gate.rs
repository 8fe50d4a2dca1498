//! Stands between a client and its homeserver and passes everything on – but what it is told to lose or keep.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use std::sync::{Arc, Mutex};

/// Larger is nothing that a client asks for.
const BODY_MAX: usize = 64 * 1_024 * 1_024;

/// What is on its way, and what stays behind.
#[derive(Clone)]
pub struct Gate {
    server: String,
    url: String,
    /// What has this in its address gets no answer that helps.
    lost: Arc<Mutex<Option<&'static str>>>,
    /// What has this in its address is said to have arrived, and comes later.
    late: Arc<Mutex<Option<&'static str>>>,
    kept: Arc<Mutex<Vec<Asked>>>,
}

/// What a client asks.
struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Gate {
    /// Opens one before a server.
    pub async fn before(server: String) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let gate = Self { server, url, lost: Arc::default(), late: Arc::default(), kept: Arc::default() };
        let routes = axum::Router::new().fallback(asked).layer(axum::extract::DefaultBodyLimit::disable()).with_state(gate.clone());
        #[expect(clippy::disallowed_methods, reason = "it stands beside the line")]
        tokio::spawn(async move { axum::serve(listener, routes).await });
        gate
    }

    /// Where it is asked.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The server is away for whatever has this in its address; for nothing any more.
    pub fn loses(&self, part: Option<&'static str>) {
        *self.lost.lock().expect("what is lost") = part;
    }

    /// What has this in its address is late.
    pub fn keeps(&self, part: &'static str) {
        *self.late.lock().expect("what is late") = Some(part);
    }

    /// What was late arrives.
    pub async fn lets_through(&self) {
        *self.late.lock().expect("what is late") = None;
        let kept = std::mem::take(&mut *self.kept.lock().expect("what was kept"));
        for asked in kept {
            let response = self.passes(asked).await;
            assert!(response.status().is_success(), "what was late is refused");
        }
    }

    async fn passes(&self, Asked { method, uri, mut headers, body }: Asked) -> Response<Body> {
        headers.remove(header::HOST);
        let asked = reqwest::Client::new().request(method, format!("{}{uri}", self.server)).headers(headers).body(body).send().await;
        let Ok(answer) = asked else { return away() };
        let mut response = Response::builder().status(answer.status());
        for (name, value) in answer.headers().iter().filter(|(name, _)| **name != header::TRANSFER_ENCODING) {
            response = response.header(name, value);
        }
        match answer.bytes().await {
            Ok(bytes) => response.body(Body::from(bytes)).expect("a response"),
            Err(_) => away(),
        }
    }
}

async fn asked(State(gate): State<Gate>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let asked = Asked { method: parts.method, uri: parts.uri, headers: parts.headers, body: to_bytes(body, BODY_MAX).await.expect("a body") };
    let has = |part: &Mutex<Option<&'static str>>| part.lock().expect("a part").is_some_and(|part| asked.uri.path().contains(part));
    if has(&gate.lost) {
        return away();
    }
    if has(&gate.late) {
        gate.kept.lock().expect("what was kept").push(asked);
        return Response::builder().header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).expect("a response");
    }
    gate.passes(asked).await
}

fn away() -> Response<Body> {
    Response::builder().status(StatusCode::BAD_GATEWAY).body(Body::empty()).expect("a response")
}
