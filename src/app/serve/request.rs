//! One line of the log for each answered request, at level debug: which page, what came of it, how
//! long it took. The page is named by its route, never by the address with what stands in it.

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use std::time::Duration;
use tower_http::trace::TraceLayer;
use tracing::{Span, debug_span};

/// Has every request of the pages noted.
pub(super) fn noted<S: Clone + Send + Sync + 'static>(pages: Router<S>) -> Router<S> {
    let trace = TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(answered).on_body_chunk(()).on_eos(()).on_failure(());
    pages.layer(trace)
}

fn span(request: &Request) -> Span {
    let page = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    debug_span!("request", method = %request.method(), page)
}

fn answered(response: &Response, took: Duration, span: &Span) {
    let duration_ms = took.as_secs_f64() * 1_000.0;
    tracing::debug!(parent: span, status = response.status().as_u16(), duration_ms, "a request was answered");
}
