//! The published example, the vectors both official libraries confirm, and what must not pass.

use super::{Algorithm, Request, Verdict, Verifier, sign};
use crate::channel::twilio::{Form, Secret, Vendor};
use proptest::prelude::*;

const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=UTF-8");
const SHA256: Option<&str> = Some("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256");

fn verifier(base: &str) -> Verifier {
    Verifier::new(base, [Secret::new("12345")], Vendor::Twilio.profile())
}

fn post<'a>(target: &'a str, signature: &'a str, body: &'a str) -> Request<'a> {
    Request { target, signature: Some(signature), settings: None, content_type: FORM, body: body.as_bytes() }
}

#[test]
fn signatures_of_the_provider_are_genuine() {
    // The first row is the example of the provider's own documentation; the others were computed by its Python library.
    let table = [
        (
            "https://mycompany.com",
            "/myapp.php?foo=1&bar=2",
            "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        ),
        ("https://line.example.org", "/sms", "From=%2B1&Body=+ahoj+%0A", "rfO7qb3yWThSQ2ET3tKmAxc0Prc="),
        ("https://line.example.org", "/v?s=7", "From=%2B420777000111&Digits=&CallSid=CA1", "EnILy1N2pESXYMVzDrplwZhziv8="),
        ("https://line.example.org/", "/x", "B=1&A=b&A=a&A=b", "0iaxhSMkKYXJ+CzMsiS0zEEc7UA="),
        ("https://line.example.org:8443", "/v", "CallSid=CA1", "/lHctCynczz9LzmLvg8ZigRKHPM="),
        ("https://line.example.org", "/v?CallSid=CA1&Digits=5", "", "6nJyOqi0gCcRNpwKuGYoBU1HuOo="),
    ];
    for (base, target, body, signature) in table {
        assert_eq!(verifier(base).judge(&post(target, signature, body)), Verdict::Genuine, "{target} {body}");
        let swapped = verifier(base).judge(&Request { settings: SHA256, ..post(target, signature, body) });
        assert_eq!(swapped, Verdict::Wrong, "{target} {body} under the other hash");
    }
}

#[test]
fn the_vectors_of_both_official_libraries_are_genuine() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/twilio_signature_vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("left out: no vectors beside the project");
        return;
    };
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 10);
    for vector in vectors {
        let (base, target) = halves(vector["url"].as_str().unwrap());
        let raw = vector["raw_body"].as_str();
        let body = raw.map_or_else(|| form_of(&vector["params"]).encoded(), str::to_owned);
        let content_type = if raw.is_some() { Some("application/json") } else { FORM };
        for (settings, key) in [(None, "sig_sha1"), (SHA256, "sig_sha256")] {
            let request = Request { target, signature: vector[key].as_str(), settings, content_type, body: body.as_bytes() };
            assert_eq!(verifier(base).judge(&request), Verdict::Genuine, "{vector} {key}");
        }
    }
}

fn halves(url: &str) -> (&str, &str) {
    let at = url.match_indices('/').nth(2).unwrap().0;
    url.split_at(at)
}

fn form_of(params: &serde_json::Value) -> Form {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let values = |value: &serde_json::Value| value.as_array().map_or_else(|| vec![text(value)], |list| list.iter().map(text).collect());
    let pairs = params.as_object().unwrap().iter();
    pairs.flat_map(|(key, value)| values(value).into_iter().map(move |value| (key.clone(), value))).collect()
}

#[test]
fn the_port_may_be_there_or_not() {
    let token = Secret::new("12345");
    let form: Form = [("CallSid", "CA1")].into_iter().collect();
    let table = [
        ("https://a.example", "https://a.example:443/v", Verdict::Genuine),
        ("https://a.example:443", "https://a.example/v", Verdict::Genuine),
        ("https://a.example:8443/linka", "https://a.example:8443/linka/v", Verdict::Genuine),
        ("https://a.example:8443", "https://a.example/v", Verdict::Genuine),
        ("http://a.example", "http://a.example:80/v", Verdict::Genuine),
        ("https://[2001:db8::1]", "https://[2001:db8::1]:443/v", Verdict::Genuine),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]/v", Verdict::Genuine),
        ("https://a.example", "https://a.example:8443/v", Verdict::Wrong),
        ("https://a.example", "http://a.example/v", Verdict::Wrong),
        ("https://a.example", "https://b.example/v", Verdict::Wrong),
    ];
    for (base, url, verdict) in table {
        let signature = sign(&token, Algorithm::Sha1, url, &form);
        assert_eq!(verifier(base).judge(&post("/v", &signature, "CallSid=CA1")), verdict, "{base} {url}");
    }
}

#[test]
fn two_tokens_are_valid_while_one_replaces_the_other_and_none_is_never() {
    let form = Form::parse(b"a=1");
    let by = |token: &str| sign(&Secret::new(token), Algorithm::Sha1, "https://a.example/v", &form);
    let with = |tokens: &[&str]| Verifier::new("https://a.example", tokens.iter().map(|token| Secret::new(*token)), Vendor::Twilio.profile());
    let table: [(&[&str], &str, Verdict); 6] = [
        (&["old", "new"], "old", Verdict::Genuine),
        (&["old", "new"], "new", Verdict::Genuine),
        (&["new"], "old", Verdict::Wrong),
        (&[], "old", Verdict::Wrong),
        (&[""], "", Verdict::Wrong),
        (&[], "", Verdict::Wrong),
    ];
    for (tokens, token, verdict) in table {
        assert_eq!(with(tokens).judge(&post("/v", &by(token), "a=1")), verdict, "{tokens:?} {token}");
    }
}

#[test]
fn a_missing_signature_is_told_from_a_wrong_one() {
    let verifier = verifier("https://a.example");
    let judge = |signature| verifier.judge(&Request { signature, ..post("/v", "", "a=1") });
    assert_eq!([None, Some(""), Some(" "), Some("AAAA")].map(judge), [Verdict::Missing, Verdict::Missing, Verdict::Missing, Verdict::Wrong]);
}

#[test]
fn the_setting_names_the_hash() {
    let form = Form::parse(b"a=1");
    let table = [
        (None, Algorithm::Sha1, Verdict::Genuine),
        (Some(""), Algorithm::Sha1, Verdict::Genuine),
        (Some("key=k"), Algorithm::Sha1, Verdict::Genuine),
        (Some("key=k, algorithm = hmac_sha1"), Algorithm::Sha1, Verdict::Genuine),
        (SHA256, Algorithm::Sha256, Verdict::Genuine),
        (None, Algorithm::Sha256, Verdict::Wrong),
        (Some("key=k,algorithm=HMAC_MD5"), Algorithm::Sha1, Verdict::Wrong),
    ];
    for (settings, algorithm, verdict) in table {
        let signature = sign(&Secret::new("12345"), algorithm, "https://a.example/v", &form);
        let request = Request { settings, ..post("/v", &signature, "a=1") };
        assert_eq!(verifier("https://a.example").judge(&request), verdict, "{settings:?} {algorithm:?}");
        let compatible = Verifier::new("https://a.example", [Secret::new("12345")], Vendor::Compatible.profile());
        let expected = if algorithm == Algorithm::Sha256 { Verdict::Wrong } else { verdict };
        assert_eq!(compatible.judge(&request), expected, "{settings:?} {algorithm:?} at another vendor");
    }
}

#[test]
fn a_body_that_is_no_form_needs_its_hash_in_the_address() {
    let hash = "7a49348fd6e39123290509965a3aaeccee7d7e051ba7793e4a4a49e9e6aebfab";
    let (right, none) = (format!("/j?bodySHA256={hash}"), "/j".to_owned());
    let body = r#"{"a":1,"txt":"ěšč"}"#;
    let json = Some("application/json");
    let table = [
        (&right, json, body, Verdict::Genuine),
        (&right, None, body, Verdict::Genuine),
        (&right, json, r#"{"a":2,"txt":"ěšč"}"#, Verdict::Wrong),
        (&right, json, "", Verdict::Wrong),
        // Called a form, the body would be read as one.
        (&right, FORM, body, Verdict::Wrong),
        (&none, json, body, Verdict::Wrong),
        (&none, json, "", Verdict::Genuine),
        (&none, None, "", Verdict::Genuine),
        (&none, Some("multipart/form-data"), "a=1", Verdict::Wrong),
    ];
    for (target, content_type, body, verdict) in table {
        let signature = sign(&Secret::new("12345"), Algorithm::Sha1, &format!("https://a.example{target}"), &Form::default());
        let request = Request { content_type, ..post(target, &signature, body) };
        assert_eq!(verifier("https://a.example").judge(&request), verdict, "{target} {content_type:?} {body}");
    }
}

fn forms() -> impl Strategy<Value = Form> {
    prop::collection::vec(("[A-Za-z]{1,6}", ".{0,12}"), 1..6).prop_map(|pairs| pairs.into_iter().collect())
}

proptest! {
    #[test]
    fn what_we_sign_we_believe(form in forms(), query in "[a-zA-Z0-9=&%+_-]{0,30}", port in prop::option::of(1u16..), sha256: bool) {
        let base = port.map_or("https://a.example".to_owned(), |port| format!("https://a.example:{port}"));
        let target = format!("/t/sms?{query}");
        let (algorithm, settings) = if sha256 { (Algorithm::Sha256, SHA256) } else { (Algorithm::Sha1, None) };
        let body = form.encoded();
        let signature = sign(&Secret::new("12345"), algorithm, &format!("{base}{target}"), &form);
        let request = Request { settings, ..post(&target, &signature, &body) };
        prop_assert_eq!(verifier(&base).judge(&request), Verdict::Genuine);

        let other = Verifier::new(&base, [Secret::new("12346")], Vendor::Twilio.profile());
        prop_assert_eq!(other.judge(&request), Verdict::Wrong);
    }

    #[test]
    fn any_changed_byte_fails(form in forms(), at: prop::sample::Index, bit in 0u8..7) {
        let (target, body) = ("/t/sms?c=1&n=2", form.encoded());
        let signature = sign(&Secret::new("12345"), Algorithm::Sha1, &format!("https://a.example{target}"), &form);
        let changed = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            String::from_utf8(bytes).unwrap()
        };
        let verifier = verifier("https://a.example");
        prop_assert_ne!(verifier.judge(&post(&changed(target), &signature, &body)), Verdict::Genuine);
        prop_assert_ne!(verifier.judge(&post(target, &changed(&signature), &body)), Verdict::Genuine);
        // %2b is %2B, and the signature itself does not tell `k=v` from `k&v`: there is nothing between key and value.
        let other = changed(&body);
        let same = super::signed_text("", &super::form::raw_pairs(other.as_bytes())) == super::signed_text("", &super::form::raw_pairs(body.as_bytes()));
        prop_assert_eq!(verifier.judge(&post(target, &signature, &other)) == Verdict::Genuine, same);
    }

    #[test]
    fn nothing_a_stranger_sends_is_too_strange(
        target in ".{0,40}", signature in ".{0,40}", settings in prop::option::of(".{0,40}"),
        content_type in prop_oneof![Just(FORM), Just(Some("application/json")), Just(None)],
        body in prop::collection::vec(any::<u8>(), 0..200), base in ".{0,20}",
    ) {
        let request = Request { target: &target, signature: Some(&signature), settings: settings.as_deref(), content_type, body: &body };
        prop_assert_ne!(verifier(&base).judge(&request), Verdict::Genuine);
    }
}
