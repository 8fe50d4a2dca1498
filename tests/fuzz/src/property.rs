//! What must hold for any bytes at all. The fuzz targets and the ordinary tests drive the same functions.

use linka::channel::telegram::{Account, Deed, incoming, read};
use linka::channel::twilio::twiml::{Dial, Document, Gather, Leg, Prompt, Record, Say, Silence, Verb, Voice};
use linka::channel::twilio::{Algorithm, Form, Request, Secret, Vendor, Verdict, Verifier, sign};
use quick_xml::Reader;
use quick_xml::events::Event;

/// The provider's limit of a document.
const DOCUMENT_BYTES_MAX: usize = 64_000;

/// Any body is read, and what was read is written as a body that reads the same.
pub fn webhook_body(body: &[u8]) {
    let form = Form::parse(body);
    assert_eq!(Form::parse(form.encoded().as_bytes()), form);
    for (name, _) in form.pairs() {
        assert!(form.get(name).is_some());
    }
}

/// Any update is heard or passed over, and what is heard has a name of its own and a person behind it.
pub fn update(body: &[u8]) {
    let account = Account { id: 900, name: "LinkaBot".to_owned(), hears_groups: false, joins_groups: true };
    let Some(update) = read(body) else { return };
    let heard = incoming(&update, &account);
    assert!(heard.len() <= 2);
    for (n, one) in heard.iter().enumerate() {
        assert!(one.key.starts_with("telegram:900:") && heard.iter().skip(n + 1).all(|other| other.key != one.key));
        assert!(one.group.is_none() || !matches!(one.deed, Deed::Blocked | Deed::Unblocked));
    }
}

/// A request is genuine exactly when it carries the signature that fits. The input is its target, its
/// signature, its settings and its content type, a line each, and the body.
pub fn signature_input(input: &[u8]) {
    let mut lines = input.splitn(5, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let [target, signature, settings, content_type] = [line(), line(), line(), line()].map(String::from_utf8_lossy);
    let body = line();
    let token = Secret::new("a token");
    let verifier = Verifier::new("https://line.example.org/", [token.clone()], Vendor::Twilio.profile());
    let request = Request { target: &target, signature: Some(&signature), settings: Some(&settings), content_type: Some(&content_type), body };
    let verdict = verifier.judge(&request);
    assert_eq!(verdict == Verdict::Missing, signature.trim().is_empty());
    // Nothing a stranger knows makes a request genuine.
    assert_ne!(Verifier::new("https://line.example.org", [Secret::new("")], Vendor::Twilio.profile()).judge(&request), Verdict::Genuine);
    let form = Form::parse(body);
    let is_whole = form.pairs().all(|(name, value)| !name.contains('\u{fffd}') && !value.contains('\u{fffd}'));
    if !is_whole {
        return;
    }
    for base in ["https://line.example.org", "https://line.example.org:443"] {
        for (algorithm, settings) in [(Algorithm::Sha1, None), (Algorithm::Sha256, Some("key=k,algorithm=HMAC_SHA256"))] {
            let fitting = sign(&token, algorithm, &format!("{base}{target}"), &form);
            let content_type = Some("application/x-www-form-urlencoded; charset=UTF-8");
            let request = Request { target: &target, signature: Some(&fitting), settings, content_type, body };
            // An empty body is covered by nothing but its hash, where the address carries one.
            assert!(verifier.judge(&request) == Verdict::Genuine || body.is_empty(), "{base} {algorithm:?}");
            let stranger = sign(&Secret::new("another token"), algorithm, &format!("{base}{target}"), &form);
            let forged = Request { signature: Some(&stranger), ..request };
            assert_eq!(verifier.judge(&forged), Verdict::Wrong);
        }
    }
}

/// Any text makes documents that every XML parser reads, with the same words, and no longer than the provider takes.
pub fn twiml_text(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let say = || Say { text: text.clone(), voice: Voice { language: text.clone(), voice: text.clone() } };
    let spoken = Document(vec![Verb::Say(say())]);
    let url = || if text.len() > 2_000 { String::new() } else { text.clone() };
    let everything = Document(vec![
        Verb::Say(say()),
        Verb::Play { url: url() },
        Verb::Gather(Gather { prompts: vec![Prompt::Say(say()), Prompt::Pause { seconds: 1 }], action: url(), digits: 1, finish_on_key: None, timeout_s: 6, silence: Silence::Told }),
        Verb::Dial(Dial { action: url(), caller_id: url(), legs: vec![Leg { number: url(), url: Some(url()), status_callback: url() }], ..Dial::default() }),
        Verb::Record(Record { action: url(), recording_callback: url(), ..Record::default() }),
        Verb::Redirect { url: url() },
    ]);
    for profile in [Vendor::Twilio.profile(), Vendor::Compatible.profile()] {
        let written = spoken.write(profile);
        let heard = words(&written);
        assert!(written.len() <= DOCUMENT_BYTES_MAX);
        if text.len() < 1_000 && text.chars().all(|character| !character.is_control() && !character.is_whitespace() && character < '\u{fffe}') {
            assert_eq!(heard, text);
        }
        words(&everything.write(profile));
    }
}

/// Reads a document as any parser would; stops where it is not well formed.
fn words(document: &str) -> String {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut words, mut open) = (String::new(), 0_i32);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                open += 1;
                tag.attributes().for_each(|attribute| drop(attribute.expect("an attribute").unescape_value().expect("a value")));
            }
            Event::Empty(tag) => tag.attributes().for_each(|attribute| drop(attribute.expect("an attribute").unescape_value().expect("a value"))),
            Event::End(_) => open -= 1,
            Event::Text(text) => words.push_str(&text.decode().expect("text")),
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().expect("a reference").map(String::from);
                let named = || quick_xml::escape::resolve_predefined_entity(&name.decode().expect("a name")).map(str::to_owned);
                words.push_str(&character.or_else(named).expect("a known entity"));
            }
            Event::Eof => break,
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    assert_eq!(open, 0, "an element is left open");
    words
}
