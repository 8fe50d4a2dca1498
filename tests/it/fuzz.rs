//! What the fuzz targets of `tests/fuzz` look for, with made-up inputs and with their corpus: more cases with
//! `LINKA_FUZZ_CASES=100000`.

#[path = "../fuzz/src/property.rs"]
mod property;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::path::Path;

/// What makes inputs odd where they are read.
const PIECES: &[&str] = &[
    "=", "&", "+", "%", "%c4%8c", "%ff", "%0", "\n", "\r\n", " ", "Digits", "CallSid", "bodySHA256", "/twilio/sms?a=b", "application/json",
    "application/x-www-form-urlencoded", "algorithm=HMAC_SHA256", "<", ">", "]]>", "&amp;", "&#0;", "\"", "'", "#rc=1", "\u{0}", "\u{b}", "ř", "😀", "\u{fffe}", "\u{fffd}",
    "{\"update_id\":1,\"message\":", "{\"message_id\":7,\"from\":{\"id\":7},\"chat\":{\"id\":7,\"type\":\"private\"},", "\"text\":", "}", "}}", "[", "]", "\"edited_message\":{", "\"callback_query\":{\"id\":\"4\",",
];

#[expect(clippy::disallowed_methods, reason = "how long is looked is said by whoever runs the tests")]
fn cases() -> u32 {
    std::env::var("LINKA_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

fn drive(target: &str, property: fn(&[u8])) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/corpus")).join(target);
    let kept: Vec<_> = std::fs::read_dir(folder).expect("a corpus").map(|file| std::fs::read(file.expect("a file").path()).expect("an input")).collect();
    assert!(!kept.is_empty());
    for input in &kept {
        property(input);
    }
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => "\\PC{0,12}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    let input = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    let outcome = TestRunner::new(Config { cases: cases(), failure_persistence: None, ..Config::default() }).run(&input, |input| {
        property(&input);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{target}: {error}"));
}

#[test]
fn any_body_is_read() {
    drive("webhook_body", property::webhook_body);
}

#[test]
fn any_update_is_heard_or_passed_over() {
    drive("update", property::update);
}

#[test]
fn only_the_signature_that_fits_is_genuine() {
    drive("signature_input", property::signature_input);
}

#[test]
fn any_text_makes_a_document() {
    drive("twiml_text", property::twiml_text);
}
