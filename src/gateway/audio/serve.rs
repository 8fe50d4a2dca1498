//! Hands a prompt's file to the provider. The name is looked up among the known files, never joined
//! to a path, and nothing is looked up before the signature was judged.

use super::Prompts;
use crate::channel::twilio::Form;
use crate::domain::Lang;
use crate::gateway::Gateway;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Serves a file, or a part of it.
pub(in crate::gateway) async fn serve(State(gateway): State<Arc<Gateway>>, Path((lang, file)): Path<(String, String)>, request: Request) -> Response {
    gateway.prompts.serve(&lang, &file, request).await
}

impl Prompts {
    pub(super) async fn serve(&self, lang: &str, file: &str, request: Request) -> Response {
        let query = Form::parse(request.uri().query().unwrap_or_default().as_bytes());
        let expiry = query.get("e").and_then(|expiry| expiry.parse().ok()).unwrap_or_default();
        if !self.signer.is_good(request.uri().path(), expiry, query.get("s").unwrap_or_default(), self.clock.now()) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let Some(path) = Lang::from_code(lang).and_then(|lang| self.shelf.file(lang, file)) else { return StatusCode::NOT_FOUND.into_response() };
        let Ok(served) = ServeFile::new(path).oneshot(request).await;
        let mut response = served.map(Body::new);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
        response
    }
}
