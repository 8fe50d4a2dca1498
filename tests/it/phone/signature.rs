//! The provider's signature of a webhook, made from its published description alone,
//! so that it judges the line's own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};

/// Signs an address and the fields of a form: keys sorted, each with its sorted unique values.
pub fn sign(token: &str, url: &str, form: &[(String, String)]) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(token.as_bytes()).expect("a key of any length");
    mac.update(text(url, form).as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The same with the newer algorithm.
pub fn sign_sha256(token: &str, url: &str, form: &[(String, String)]) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(token.as_bytes()).expect("a key of any length");
    mac.update(text(url, form).as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn text(url: &str, form: &[(String, String)]) -> String {
    let mut pairs: Vec<_> = form.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let pairs: String = pairs.into_iter().flat_map(|(key, value)| [key, value]).collect();
    format!("{}{pairs}", url.split('#').next().unwrap_or(url))
}

#[test]
fn the_documented_example_is_signed_as_documented() {
    let form = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"), ("From", "+14158675309"), ("To", "+18005551212")];
    let form: Vec<_> = form.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2#rc=2";
    assert_eq!(sign("12345", url, &form), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assert_eq!(sign_sha256("12345", url, &form), "033hgUJA9M/hXIZsYjwkerEP/DBm35nEri5FhCYjA5s=");
}

#[test]
fn the_shared_vectors_are_signed_as_both_libraries_sign_them() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/twilio_signature_vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("left out: no vectors at {path}");
        return;
    };
    let file: serde_json::Value = serde_json::from_str(&text).expect("vectors");
    let token = file["auth_token"].as_str().expect("a token");
    for vector in file["vectors"].as_array().expect("vectors") {
        let mut form = Vec::new();
        for (key, value) in vector["params"].as_object().into_iter().flatten() {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            form.extend(values.iter().map(|value| (key.clone(), value.as_str().expect("a text").to_owned())));
        }
        let url = vector["url"].as_str().expect("an address");
        assert_eq!(sign(token, url, &form), vector["sig_sha1"].as_str().unwrap(), "{}", vector["name"]);
        assert_eq!(sign_sha256(token, url, &form), vector["sig_sha256"].as_str().unwrap(), "{}", vector["name"]);
    }
}
