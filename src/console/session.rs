//! A signed-in browser: a random token in a cookie, its hash in the store, its limits in time.

use crate::app::App;
use crate::store::{Session, StoreError};
use axum::http::HeaderMap;
use axum_extra::extract::cookie::CookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How long a session lasts without use.
const IDLE: TimeDelta = TimeDelta::minutes(30);
/// How long a session lasts at all.
const WHOLE: TimeDelta = TimeDelta::hours(12);
/// How often a use is written down.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The secret of a session, as the cookie carries it, or of a calendar's address.
#[derive(Clone)]
pub(super) struct Token(String);

/// Letters of a token: 32 bytes in base64.
const LETTERS: usize = 43;

impl Token {
    /// Makes a token of 32 random bytes.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Reads a token that somebody sent; what cannot be one is `None`.
    #[must_use]
    pub(super) fn read(text: &str) -> Option<Self> {
        let plain = text.len() == LETTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        plain.then(|| Self(text.to_owned()))
    }

    /// Returns the secret itself, for the one who is given it.
    #[must_use]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the token of a request.
    #[must_use]
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        jar.get(cookie_name(is_https(headers))).map(|cookie| Self(cookie.value().to_owned()))
    }

    /// Returns what the store keeps of it.
    #[must_use]
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Returns the word every form of this session sends back; it tells nothing of the token.
    #[must_use]
    pub(super) fn form_word(&self) -> String {
        let mut sum = Sha256::new();
        sum.update(b"linka console form\0");
        sum.update(self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(sum.finalize())
    }

    /// Tells in constant time whether a form sent the right word.
    #[must_use]
    pub(super) fn confirms(&self, word: &str) -> bool {
        self.form_word().as_bytes().ct_eq(word.as_bytes()).into()
    }

    /// Returns the cookie that carries it.
    #[must_use]
    pub(super) fn cookie(&self, headers: &HeaderMap) -> String {
        cookie(headers, &self.0, WHOLE.num_seconds())
    }
}

/// Returns the cookie that takes a session away.
#[must_use]
pub(super) fn no_cookie(headers: &HeaderMap) -> String {
    cookie(headers, "", 0)
}

fn cookie(headers: &HeaderMap, value: &str, seconds: i64) -> String {
    let https = is_https(headers);
    let secure = if https { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}", cookie_name(https))
}

/// Over HTTPS the name binds the cookie to this very host (RFC 6265bis, cookie prefixes);
/// browsers refuse that name without HTTPS, which the demo on one's own machine has not.
const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-linka" } else { "linka" }
}

/// Tells whether the browser came over HTTPS, as the proxy before the line says. Claiming it falsely
/// only costs the liar the own cookie.
fn is_https(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// Returns how the browser calls this line: `https://linka.example`. Nothing for a strange name.
#[must_use]
pub(super) fn origin(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'[' | b']'));
    if host.is_empty() || !plain {
        return String::new();
    }
    format!("{}://{host}", if is_https(headers) { "https" } else { "http" })
}

/// Finds the session of a token and writes its use down, once a minute; `None` when it has ended.
/// `used` is false for a page that only refreshes itself.
///
/// # Errors
/// When the database fails.
pub(super) async fn resume(app: &App, token: &Token, used: bool) -> Result<Option<Session>, StoreError> {
    let now = app.clock().now();
    let Some(session) = app.store().session(&token.hash()).await? else { return Ok(None) };
    // The demo's clock jumps over days; its sessions end with the program.
    if !app.clock().is_movable() && !is_good(&session, now) {
        app.store().end_session(&token.hash()).await?;
        return Ok(None);
    }
    if used && now.signed_duration_since(session.seen_at).abs() >= NOTED_EVERY {
        app.store().touch_session(&token.hash(), now).await?;
    }
    Ok(Some(session))
}

/// Begins a session and sweeps the ended ones away.
///
/// # Errors
/// When the database fails.
pub(super) async fn begin(app: &App, token: &Token, user: &str) -> Result<(), StoreError> {
    let now = app.clock().now();
    if !app.clock().is_movable() {
        app.store().sweep_sessions(now - IDLE, now - WHOLE).await?;
    }
    app.store().add_session(&token.hash(), user, now).await
}

fn is_good(session: &Session, now: DateTime<Utc>) -> bool {
    now.signed_duration_since(session.seen_at) < IDLE && now.signed_duration_since(session.created_at) < WHOLE
}

#[cfg(test)]
mod tests {
    use super::{Token, is_good, no_cookie};
    use crate::store::Session;
    use axum::http::{HeaderMap, HeaderValue};
    use chrono::{DateTime, TimeDelta, Utc};

    #[test]
    fn a_session_ends_idle_or_old() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let table = [(0, 0, true), (0, 29, true), (0, 30, false), (0, 719, false), (700, 719, true), (719, 720, false)];
        for (seen, now, good) in table {
            let at = |minutes| start + TimeDelta::minutes(minutes);
            let session = Session { user: "marie".into(), role: "coordinator".into(), created_at: start, seen_at: at(seen) };
            assert_eq!(is_good(&session, at(now)), good, "seen {seen}, now {now}");
        }
    }

    #[test]
    fn the_cookie_is_strict_and_bound_to_the_host_over_https() {
        let (token, mut headers) = (Token::random().unwrap(), HeaderMap::new());
        let plain = token.cookie(&headers);
        assert!(plain.starts_with("linka=") && plain.contains("HttpOnly; SameSite=Strict") && !plain.contains("Secure"), "{plain}");
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        let secure = token.cookie(&headers);
        assert!(secure.starts_with("__Host-linka=") && secure.contains("; Path=/;") && secure.ends_with("; Secure"), "{secure}");
        assert!(no_cookie(&headers).contains("Max-Age=0"));
        headers.insert("cookie", HeaderValue::from_str(secure.split(';').next().unwrap()).unwrap());
        assert_eq!(Token::of(&headers).unwrap().hash(), token.hash());
        headers.remove("x-forwarded-proto");
        assert!(Token::of(&headers).is_none(), "a cookie set over HTTPS is not taken without it");
    }

    #[test]
    fn forms_are_confirmed_by_the_session_alone() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert!(one.confirms(&one.form_word()));
        assert!(!one.confirms(&other.form_word()) && !one.confirms("") && !one.confirms(&one.0));
    }
}
