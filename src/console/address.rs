//! Addresses of the console's own pages: written, taken apart, and checked before anybody is sent there.

use axum::http::Uri;
use std::fmt::Write;

/// Writes a value so that it may stand in a query.
#[must_use]
pub(super) fn encode(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            text.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// Writes a path with the pairs that have a value.
#[must_use]
pub(super) fn with<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> =
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Returns path and query without some of its pairs.
#[must_use]
pub(super) fn without(uri: &Uri, names: &[&str]) -> String {
    let kept = |pair: &&str| !names.iter().any(|name| pair.split('=').next() == Some(name));
    let pairs: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).filter(kept).collect();
    if pairs.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), pairs.join("&")) }
}

/// Returns the plain value of a pair; one that needs decoding is not for this.
#[must_use]
pub(super) fn value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?.split('&').filter_map(|pair| pair.split_once('=')).find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// Returns where to go after signing in: only to a page of the console, else to its first page.
#[must_use]
pub(super) fn inside(next: &str) -> &str {
    let inside = next == "/console" || next.starts_with("/console/") || next.starts_with("/console?");
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !next.contains("//") && !next.contains("..");
    if inside && plain && next.len() <= 500 && !next.starts_with("/console/sign-") { next } else { "/console" }
}

#[cfg(test)]
mod tests {
    use super::{inside, with, without};
    use axum::http::Uri;

    #[test]
    fn addresses_are_put_together_and_apart() {
        assert_eq!(
            with("/console/contacts", [("stage", ""), ("q", "azylový dům & více")]),
            "/console/contacts?q=azylov%C3%BD%20d%C5%AFm%20%26%20v%C3%ADce"
        );
        assert_eq!(with("/console/contacts", [("stage", "")]), "/console/contacts");
        let uri: Uri = "/console/contacts?lang=en&q=most&done=note".parse().unwrap();
        assert_eq!(without(&uri, &["lang", "done"]), "/console/contacts?q=most");
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        let fine = ["/console", "/console/contact/4821", "/console/contacts?q=most&stage=held"];
        for next in fine {
            assert_eq!(inside(next), next);
        }
        let bad = [
            "",
            "//evil.example",
            "https://evil.example",
            "/consolevil",
            "/console//evil",
            "/console/\\evil",
            "/console/../demo",
            "/demo",
            "/console/sign-out",
            "/console/a\r\nb",
        ];
        for next in bad {
            assert_eq!(inside(next), "/console", "{next}");
        }
    }
}
