//! Signatures handed to the official library and taken from it (`tests/judge/judge.py`, by `tests/run`).

use linka::channel::twilio::{Algorithm, Form, Request, Secret, Vendor, Verdict, Verifier, sign};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;

/// What the judge knows to tell about one request.
type Drawn = (String, String, Vec<(String, String)>, Option<String>, bool, bool);

fn drawn() -> impl Strategy<Value = Drawn> {
    let word = || prop_oneof![".{0,10}", "[ +&=%#]{0,4}", Just(String::new())];
    let key = prop_oneof!["[A-Za-z]{1,8}", Just("Body".to_owned()), Just("body".to_owned()), Just("MediaUrl".to_owned())];
    let host = prop_oneof![Just(String::new()), Just(":443".to_owned()), Just(":8443".to_owned())];
    let query = "(\\?[a-z]{1,4}=[a-zA-Z0-9%'+_-]{0,12}(&[a-z]{1,4}=[a-z0-9]{0,4})?)?";
    let body = prop::option::weighted(0.2, word());
    (host, query, prop::collection::vec((key, word()), 0..7), body, any::<bool>(), prop::bool::weighted(0.8))
}

/// One request as the judge reads it: signed, and every fifth changed afterwards.
fn request((host, query, pairs, raw, sha256, genuine): Drawn) -> Value {
    let token = Secret::new("0123456789abcdef0123456789abcdef");
    let (algorithm, name) = if sha256 { (Algorithm::Sha256, "HMAC_SHA256") } else { (Algorithm::Sha1, "HMAC_SHA1") };
    let mut url = format!("https://line.example.org{host}/t/sms{query}");
    if let Some(body) = &raw {
        let hash = Sha256::digest(body).iter().fold(String::new(), |mut hash, byte| {
            write!(hash, "{byte:02x}").unwrap();
            hash
        });
        url = format!("{url}{}bodySHA256={hash}", if query.is_empty() { '?' } else { '&' });
    }
    let form: Form = if raw.is_some() { Form::default() } else { pairs.iter().cloned().collect() };
    let signature = sign(&token, algorithm, &url, &form);
    let url = if genuine { url } else { url.replace("/t/sms", "/t/smt") };
    let form = if raw.is_some() { Value::Null } else { json!(pairs) };
    json!({ "token": token.expose(), "url": url, "form": form, "body": raw, "algorithm": name, "signature": signature, "genuine": genuine })
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests/run names the folder by the environment")]
fn signatures_for_the_judge() {
    let Ok(folder) = std::env::var("LINKA_EVIDENCE") else {
        println!("left out: LINKA_EVIDENCE names no folder");
        return;
    };
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let lines: Vec<_> = (0..400).map(|_| request(drawn().new_tree(&mut runner).unwrap().current()).to_string()).collect();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(Path::new(&folder).join("signed.jsonl"), lines.join("\n")).unwrap();
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests/run names the file by the environment")]
fn what_the_official_library_signed_is_genuine() {
    let Ok(file) = std::env::var("LINKA_SIGNED_ELSEWHERE") else {
        println!("left out: LINKA_SIGNED_ELSEWHERE names no file");
        return;
    };
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.lines().count() >= 100);
    for line in text.lines() {
        let signed: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| signed[name].as_str().unwrap();
        let verifier = Verifier::new(field("base"), [Secret::new(field("token"))], Vendor::Twilio.profile());
        let settings = format!("key=webhooks_sharedkey_1,algorithm={}", field("algorithm"));
        let request = Request {
            target: field("target"),
            signature: Some(field("signature")),
            settings: Some(&settings),
            content_type: Some(field("content_type")),
            body: field("body").as_bytes(),
        };
        let expected = if signed["genuine"] == true { Verdict::Genuine } else { Verdict::Wrong };
        assert_eq!(verifier.judge(&request), expected, "{line}");
    }
}
