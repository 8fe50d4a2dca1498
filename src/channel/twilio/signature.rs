//! The signature of a webhook: verified for every request that claims to come from the
//! provider, made by whoever plays the provider. It carries no time, so a replay is genuine
//! here and stopped by the key of its event.
//!
//! The rule is Twilio's (<https://www.twilio.com/docs/usage/security#validating-requests>, for
//! SHA-256 <https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys>): base64 of the HMAC
//! over the URL followed by every received parameter, keys sorted, and within a key its
//! different values sorted, each as key and value without anything between.

use super::{Form, Profile, Secret, form};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subtle::{Choice, ConstantTimeEq};

/// The hash under the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// The usual one.
    Sha1,
    /// What `X-Twilio-Webhooks-Signature-Settings` asks for with `algorithm=HMAC_SHA256`.
    Sha256,
}

/// Whether a request may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Signed with one of our tokens; nothing of it was changed on the way.
    Genuine,
    /// Not signed: answered with 400.
    Missing,
    /// Signed by somebody else, or changed: answered with 403.
    Wrong,
}

/// What of a request the signature depends on, all as it was received.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The path with its query, not decoded.
    pub target: &'a str,
    /// The header `X-Twilio-Signature`.
    pub signature: Option<&'a str>,
    /// The header `X-Twilio-Webhooks-Signature-Settings`.
    pub settings: Option<&'a str>,
    /// The header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The body, untouched.
    pub body: &'a [u8],
}

/// Verifies requests to one public address.
#[derive(Debug, Clone)]
pub struct Verifier {
    /// The address without and with its port: the provider signs either.
    bases: [String; 2],
    tokens: Vec<Secret>,
    algorithms: &'static [Algorithm],
}

impl Verifier {
    /// Takes the address the provider calls – `scheme://host[:port][/prefix]` – and the tokens
    /// valid at this time. Without a token nothing is ever genuine.
    #[must_use]
    pub fn new(public_base: &str, tokens: impl IntoIterator<Item = Secret>, profile: &Profile) -> Self {
        let tokens = tokens.into_iter().filter(|token| !token.is_empty()).collect();
        Self { bases: with_and_without_port(public_base.trim_end_matches('/')), tokens, algorithms: profile.algorithms }
    }

    /// Judges a request, in a time that does not depend on the signature's content.
    #[must_use]
    pub fn judge(&self, request: &Request<'_>) -> Verdict {
        let Some(signature) = request.signature.map(str::trim).filter(|signature| !signature.is_empty()) else {
            return Verdict::Missing;
        };
        let Some(algorithm) = algorithm(request.settings).filter(|algorithm| self.algorithms.contains(algorithm)) else {
            return Verdict::Wrong;
        };
        let Some(pairs) = covered(request) else { return Verdict::Wrong };
        let mut genuine = Choice::from(0);
        for token in &self.tokens {
            for base in &self.bases {
                let expected = signature_over(token, algorithm, &format!("{base}{}", request.target), &pairs);
                genuine |= expected.as_bytes().ct_eq(signature.as_bytes());
            }
        }
        if bool::from(genuine) { Verdict::Genuine } else { Verdict::Wrong }
    }
}

/// Makes the signature of a request to `url` with these parameters in its body.
#[must_use]
pub fn sign(token: &Secret, algorithm: Algorithm, url: &str, form: &Form) -> String {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let pairs: Vec<_> = form.pairs().map(|(key, value)| (bytes(key), bytes(value))).collect();
    signature_over(token, algorithm, url, &pairs)
}

type Pairs = [(Vec<u8>, Vec<u8>)];

fn signature_over(token: &Secret, algorithm: Algorithm, url: &str, pairs: &Pairs) -> String {
    let signed = signed_text(url, pairs);
    match algorithm {
        Algorithm::Sha1 => Hmac::<Sha1>::new_from_slice(token.expose().as_bytes()).map(|mac| encoded(mac, &signed)),
        Algorithm::Sha256 => Hmac::<Sha256>::new_from_slice(token.expose().as_bytes()).map(|mac| encoded(mac, &signed)),
    }
    // A key of any length is taken; and nothing a request carries is ever equal to nothing.
    .unwrap_or_default()
}

fn encoded(mac: impl Mac, signed: &[u8]) -> String {
    STANDARD.encode(mac.chain_update(signed).finalize().into_bytes())
}

fn signed_text(url: &str, pairs: &Pairs) -> Vec<u8> {
    let mut values: BTreeMap<&[u8], Vec<&[u8]>> = BTreeMap::new();
    for (key, value) in pairs {
        values.entry(key).or_default().push(value);
    }
    let mut text = url.as_bytes().to_vec();
    for (key, mut values) in values {
        values.sort_unstable();
        values.dedup();
        for value in values {
            text.extend_from_slice(key);
            text.extend_from_slice(value);
        }
    }
    text
}

/// Returns the parameters the signature covers; `None` where the body is covered by nothing.
fn covered(request: &Request<'_>) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    if is_form(request.content_type) && !request.body.is_empty() {
        return Some(form::raw_pairs(request.body));
    }
    match body_hash(request.target) {
        Some(hash) => fits(&hash, request.body).then(Vec::new),
        None => request.body.is_empty().then(Vec::new),
    }
}

fn is_form(content_type: Option<&str>) -> bool {
    let essence = content_type.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn body_hash(target: &str) -> Option<String> {
    let (_, query) = target.split_once('?')?;
    Form::parse(query.as_bytes()).get("bodySHA256").map(str::to_ascii_lowercase)
}

fn fits(hash: &str, body: &[u8]) -> bool {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digits = Sha256::digest(body).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let computed: Vec<u8> = digits.filter_map(|digit| HEX.get(usize::from(digit)).copied()).collect();
    computed.ct_eq(hash.as_bytes()).into()
}

/// Reads the setting; none means SHA-1, one we do not know means nothing we can verify.
fn algorithm(settings: Option<&str>) -> Option<Algorithm> {
    let named = settings.unwrap_or_default().split(',').filter_map(|part| part.split_once('='));
    let mut named = named.filter(|(name, value)| name.trim() == "algorithm" && !value.trim().is_empty());
    match named.next().map(|(_, value)| value.trim().to_ascii_uppercase()).as_deref() {
        None | Some("HMAC_SHA1") => Some(Algorithm::Sha1),
        Some("HMAC_SHA256") => Some(Algorithm::Sha256),
        Some(_) => None,
    }
}

fn with_and_without_port(base: &str) -> [String; 2] {
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let (authority, prefix) = rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
    let usual = if scheme.eq_ignore_ascii_case("https") { "443" } else { "80" };
    // The colons of an IPv6 address stand in brackets.
    let (host, port) = authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).unwrap_or((authority, usual));
    [format!("{scheme}://{host}{prefix}"), format!("{scheme}://{host}:{port}{prefix}")]
}

#[cfg(test)]
mod tests;
