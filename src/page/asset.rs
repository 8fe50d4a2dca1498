//! The pages' own styles, scripts and picture, embedded and named with a fingerprint of
//! their content, so that a browser keeps them until they change.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    media: &'static str,
    content: &'static str,
}

macro_rules! assets {
    ($($name:literal $media:literal),+ $(,)?) => {
        [$(Asset { name: $name, media: $media, content: include_str!(concat!("asset/", $name)) }),+]
    };
}

const ASSETS: [Asset; 8] = assets! {
    "base.css" "text/css; charset=utf-8",
    "device.css" "text/css; charset=utf-8",
    "demo.css" "text/css; charset=utf-8",
    "worker.css" "text/css; charset=utf-8",
    "home.css" "text/css; charset=utf-8",
    "demo.js" "text/javascript; charset=utf-8",
    "worker.js" "text/javascript; charset=utf-8",
    "linka.svg" "image/svg+xml",
};

static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut sum = Sha256::new();
    for asset in &ASSETS {
        sum.update(asset.content);
    }
    super::token::hex(&sum.finalize()).chars().take(12).collect()
});

/// Returns the address of a file; it changes with the content of any of them.
#[must_use]
pub fn address(name: &str) -> String {
    format!("/asset/{name}?v={}", *FINGERPRINT)
}

/// Serves one file.
pub(super) async fn show(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => {
            let headers = [(header::CONTENT_TYPE, asset.media), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, asset.content).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
