//! The console's own style and script, embedded, named with a fingerprint of their content.
//! The style all pages share is served by `page`.

use super::error::ConsoleError;
use axum::extract::Path;
use axum::http::{HeaderName, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// One embedded file.
struct Asset {
    name: &'static str,
    media: &'static str,
    content: &'static str,
}

const ASSETS: [Asset; 2] = [
    Asset { name: "console.css", media: "text/css; charset=utf-8", content: include_str!("asset/console.css") },
    Asset { name: "console.js", media: "text/javascript; charset=utf-8", content: include_str!("asset/console.js") },
];

static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut sum = Sha256::new();
    for asset in &ASSETS {
        sum.update(asset.content.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(sum.finalize().get(..6).unwrap_or_default())
});

/// Returns the address of a file; it changes with the content of any of them.
#[must_use]
pub(super) fn address(name: &str) -> String {
    format!("/console/asset/{name}?v={}", *FINGERPRINT)
}

/// Serves a file, to be kept for a year: another content has another address.
///
/// # Errors
/// When there is none of this name.
pub(super) async fn serve(Path(name): Path<String>) -> Result<([(HeaderName, &'static str); 2], &'static str), ConsoleError> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(ConsoleError::NotFound)?;
    let headers = [(header::CONTENT_TYPE, asset.media), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.content))
}
