//! Addresses of recorded prompts, good for a day. Within an hour a prompt's address is the same, so
//! that the provider need not fetch the file for every call.

use crate::channel::twilio::Secret;
use crate::domain::Lang;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// How long an address is good, from the beginning of its hour.
const GOOD_FOR: TimeDelta = TimeDelta::hours(25);
/// What the key of addresses is made of, besides the token: whoever sees a signature learns nothing
/// about webhooks.
const PURPOSE: &[u8] = b"linka recorded prompts";

/// Signs addresses and judges them.
#[derive(Clone)]
pub(super) struct Signer(Vec<[u8; 32]>);

impl Signer {
    /// Takes the tokens valid at this time, the one to sign with first.
    pub(super) fn new(tokens: &[Secret]) -> Self {
        Self(tokens.iter().filter(|token| !token.is_empty()).map(|token| mac(token.expose().as_bytes(), PURPOSE)).collect())
    }

    /// Makes the path and query of a prompt's file.
    pub(super) fn address(&self, lang: Lang, file: &str, now: DateTime<Utc>) -> String {
        let hour = now.timestamp() - now.timestamp().rem_euclid(3_600);
        let expiry = hour.saturating_add(GOOD_FOR.num_seconds());
        let path = format!("/twilio/audio/{}/{file}", lang.code());
        let signature = self.0.first().map(|key| URL_SAFE_NO_PAD.encode(mac(key, signed(&path, expiry).as_bytes()))).unwrap_or_default();
        format!("{path}?e={expiry}&s={signature}")
    }

    /// Tells whether an address is one of ours and still good, in a time that does not depend on the
    /// signature's content.
    pub(super) fn is_good(&self, path: &str, expiry: i64, signature: &str, now: DateTime<Utc>) -> bool {
        let mut good = Choice::from(0);
        for key in &self.0 {
            good |= URL_SAFE_NO_PAD.encode(mac(key, signed(path, expiry).as_bytes())).as_bytes().ct_eq(signature.as_bytes());
        }
        bool::from(good) && now.timestamp() < expiry
    }
}

fn signed(path: &str, expiry: i64) -> String {
    format!("{path}?e={expiry}")
}

fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    // A key of any length is taken.
    Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(text).finalize().into_bytes().into()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Signer;
    use crate::channel::twilio::Secret;
    use crate::domain::Lang;
    use chrono::{DateTime, TimeDelta};

    fn parts(address: &str) -> (&str, i64, &str) {
        let (path, query) = address.split_once("?e=").unwrap();
        let (expiry, signature) = query.split_once("&s=").unwrap();
        (path, expiry.parse().unwrap(), signature)
    }

    #[test]
    fn an_address_is_good_for_a_day_and_the_same_for_an_hour() {
        let at = DateTime::from_timestamp(1_770_000_000, 0).unwrap();
        let (old, new) = (Secret::new("old"), Secret::new("new"));
        let signer = Signer::new(std::slice::from_ref(&old));
        let address = signer.address(Lang::Cs, "hello.mp3", at);
        let (path, expiry, signature) = parts(&address);
        assert_eq!(path, "/twilio/audio/cs/hello.mp3");
        assert!(signer.is_good(path, expiry, signature, at));
        assert!(signer.is_good(path, expiry, signature, at + TimeDelta::hours(24)));
        assert!(!signer.is_good(path, expiry, signature, at + TimeDelta::hours(25)));
        let changes = [("/twilio/audio/en/hello.mp3", expiry, signature), (path, expiry + 1, signature), (path, expiry, ""), (path, expiry, "00")];
        for (path, expiry, signature) in changes {
            assert!(!signer.is_good(path, expiry, signature, at), "{path} {expiry} {signature}");
        }
        let next = Signer::new(&[new, old]);
        assert!(next.is_good(path, expiry, signature, at), "while a new token takes over, both count");
        assert_ne!(next.address(Lang::Cs, "hello.mp3", at), address);
        assert!(!Signer::new(&[Secret::new("other")]).is_good(path, expiry, signature, at));
        assert!(!Signer::new(&[]).is_good(path, expiry, "", at), "without a token nothing is good");
        let hour = at - TimeDelta::seconds(at.timestamp() % 3_600);
        assert_eq!(signer.address(Lang::Cs, "a.wav", hour), signer.address(Lang::Cs, "a.wav", hour + TimeDelta::minutes(59)));
        assert_ne!(signer.address(Lang::Cs, "a.wav", hour), signer.address(Lang::Cs, "a.wav", hour + TimeDelta::minutes(60)));
    }
}
