//! The grammar of documents in one table: which verb holds what, which attribute which value.
//! Only the portable subset; anything else is a fault. Sources: the provider's `TwiML` reference.

use super::document::Element;
use super::verb::attribute;

/// The longest text one Say takes.
const SAY_LETTERS_MAX: usize = 4_096;
/// The most numbers one Dial rings.
const NUMBERS_MAX: usize = 10;

/// What an attribute may hold.
enum Kind {
    Url,
    Flag,
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    Events(&'static [&'static str]),
    Keys(usize),
    Phone,
    Word,
}

const METHOD: Kind = Kind::OneOf(&["GET", "POST"]);
const LEG_EVENTS: Kind = Kind::Events(&["initiated", "ringing", "answered", "completed"]);
const RECORDING_EVENTS: Kind = Kind::Events(&["in-progress", "completed", "absent"]);

/// What may stand in a verb beside its attributes.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Nothing,
    Text,
    Speech,
    Verbs(&'static [&'static str]),
    TextOr(&'static str),
}

type Row = (&'static str, Inside, &'static [(&'static str, Kind)]);

/// The grammar. Ranges are those the reference gives.
const GRAMMAR: &[Row] = &[
    ("Response", Inside::Verbs(&["Say", "Play", "Pause", "Gather", "Dial", "Record", "Redirect", "Reject", "Hangup"]), &[]),
    ("Say", Inside::Speech, &[("voice", Kind::Word), ("language", Kind::Word), ("loop", Kind::Whole(0, 1_000))]),
    ("Play", Inside::Text, &[("loop", Kind::Whole(0, 1_000)), ("digits", Kind::Keys(50))]),
    ("Pause", Inside::Nothing, &[("length", Kind::Whole(0, 180))]),
    (
        "Gather",
        Inside::Verbs(&["Say", "Play", "Pause"]),
        &[
            ("input", Kind::OneOf(&["dtmf"])),
            ("action", Kind::Url),
            ("method", METHOD),
            ("timeout", Kind::Whole(1, 600)),
            ("numDigits", Kind::Whole(1, 1_000)),
            ("finishOnKey", Kind::Keys(1)),
            ("actionOnEmptyResult", Kind::Flag),
        ],
    ),
    (
        "Dial",
        Inside::TextOr("Number"),
        &[
            ("action", Kind::Url),
            ("method", METHOD),
            ("timeout", Kind::Whole(5, 600)),
            ("timeLimit", Kind::Whole(1, 86_400)),
            ("callerId", Kind::Phone),
            ("answerOnBridge", Kind::Flag),
            ("ringTone", Kind::Word),
            ("record", Kind::OneOf(&["do-not-record"])),
        ],
    ),
    (
        "Number",
        Inside::Text,
        &[
            ("url", Kind::Url),
            ("method", METHOD),
            ("statusCallback", Kind::Url),
            ("statusCallbackMethod", METHOD),
            ("statusCallbackEvent", LEG_EVENTS),
        ],
    ),
    (
        "Record",
        Inside::Nothing,
        &[
            ("action", Kind::Url),
            ("method", METHOD),
            ("timeout", Kind::Whole(0, 600)),
            ("maxLength", Kind::Whole(1, 14_400)),
            ("finishOnKey", Kind::Keys(12)),
            ("playBeep", Kind::Flag),
            ("trim", Kind::OneOf(&["trim-silence", "do-not-trim"])),
            ("recordingStatusCallback", Kind::Url),
            ("recordingStatusCallbackMethod", METHOD),
            ("recordingStatusCallbackEvent", RECORDING_EVENTS),
        ],
    ),
    ("Redirect", Inside::Text, &[("method", METHOD)]),
    ("Reject", Inside::Nothing, &[("reason", Kind::OneOf(&["rejected", "busy"]))]),
    ("Hangup", Inside::Nothing, &[]),
];

/// What a voice understands inside Say.
const SPEECH: &[&str] = &["break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"];

/// The Czech voices of the provider's list.
const CZECH_VOICES: &[&str] = &["Google.cs-CZ-Standard-A", "Google.cs-CZ-Standard-B", "Google.cs-CZ-Wavenet-A", "Google.cs-CZ-Wavenet-B"];

/// Everything that is wrong with a document.
pub(super) fn wrong(root: &Element, any_voice: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    if root.name == "Response" {
        judge(root, any_voice, &mut wrong);
    } else {
        wrong.push(format!("12100 the root element is <{}>", root.name));
    }
    wrong
}

fn judge(element: &Element, any_voice: bool, wrong: &mut Vec<String>) {
    let name = element.name.as_str();
    let Some((_, inside, attributes)) = GRAMMAR.iter().find(|row| row.0 == name) else {
        wrong.push(format!("12200 <{name}> is no verb of the portable subset"));
        return;
    };
    for (key, value) in &element.attributes {
        match attributes.iter().find(|(known, _)| known == key) {
            None => wrong.push(format!("12200 <{name}> has no attribute {key}")),
            Some((_, kind)) if !holds(kind, value) => wrong.push(format!("12200 <{name} {key}=\"{value}\"> is no value for it")),
            Some(_) => {}
        }
    }
    judge_inside(element, *inside, any_voice, wrong);
    if name == "Say" && !any_voice {
        judge_voice(element, wrong);
    }
}

fn judge_inside(element: &Element, inside: Inside, any_voice: bool, wrong: &mut Vec<String>) {
    let (name, text) = (&element.name, element.text());
    let inner: Vec<_> = element.elements().map(|child| child.name.as_str()).collect();
    let right = match inside {
        Inside::Nothing => inner.is_empty() && !element.has_own_text(),
        Inside::Text => inner.is_empty() && (!text.trim().is_empty() || !attribute(element, "digits").is_empty()),
        Inside::Speech => element.elements().all(is_speech) && !text.trim().is_empty() && text.chars().count() <= SAY_LETTERS_MAX,
        Inside::Verbs(allowed) => inner.iter().all(|name| allowed.contains(name)) && !element.has_own_text(),
        Inside::TextOr(only) => inner.len() <= NUMBERS_MAX && inner.iter().all(|name| *name == only) && (inner.is_empty() == element.has_own_text()),
    };
    if !right {
        wrong.push(format!("12200 <{name}> holds what it may not: {inner:?} “{text:.60}”"));
    }
    if matches!(inside, Inside::Verbs(_) | Inside::TextOr(_)) {
        element.elements().for_each(|child| judge(child, any_voice, wrong));
    }
    match name.as_str() {
        "Play" if attribute(element, "digits").is_empty() && !is_url(text.trim()) => wrong.push(format!("12200 <Play> of no absolute URL: “{text}”")),
        "Redirect" if !is_url(text.trim()) => wrong.push(format!("12200 <Redirect> to no absolute URL: “{text}”")),
        "Number" if !is_e164(text.trim()) => wrong.push(format!("13224 <Number> of no phone: “{text}”")),
        "Dial" if inner.is_empty() && !is_e164(text.trim()) => wrong.push(format!("13224 <Dial> of no phone: “{text}”")),
        _ => {}
    }
}

fn is_speech(element: &Element) -> bool {
    SPEECH.contains(&element.name.as_str()) && element.elements().all(is_speech)
}

fn judge_voice(element: &Element, wrong: &mut Vec<String>) {
    let (voice, language) = (attribute(element, "voice"), attribute(element, "language"));
    let czech = language == "cs-CZ" || voice.contains("cs-CZ");
    let right = match voice.split_once('.') {
        Some(("Google", _)) if czech => CZECH_VOICES.contains(&voice) && (language.is_empty() || language == "cs-CZ"),
        Some(("Google", rest)) => language.is_empty() || rest.starts_with(language),
        Some(("Polly", rest)) => !rest.is_empty() && !czech,
        Some(_) => false,
        None => matches!(voice, "man" | "woman" | "alice") && !czech,
    };
    if !right {
        wrong.push(format!("13512 <Say voice=\"{voice}\" language=\"{language}\"> is in no list of voices"));
    }
}

fn holds(kind: &Kind, value: &str) -> bool {
    let keys = |value: &str| value.chars().all(|c| c.is_ascii_digit() || "*#wW".contains(c));
    match kind {
        Kind::Url => is_url(value),
        Kind::Flag => matches!(value, "true" | "false"),
        Kind::Whole(min, max) => value.parse::<i64>().is_ok_and(|value| (*min..=*max).contains(&value)),
        Kind::OneOf(allowed) => allowed.contains(&value),
        Kind::Events(allowed) => !value.is_empty() && value.split(' ').all(|event| allowed.contains(&event)),
        Kind::Keys(max) => value.len() <= *max && keys(value),
        Kind::Phone => is_e164(value),
        Kind::Word => !value.is_empty() && !value.contains(char::is_whitespace),
    }
}

/// An absolute address of the web.
pub fn is_url(value: &str) -> bool {
    reqwest::Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) && !value.contains(char::is_whitespace)
}

/// A number as `+420719000201`.
pub fn is_e164(value: &str) -> bool {
    value.strip_prefix('+').is_some_and(|rest| (8..=15).contains(&rest.len()) && !rest.starts_with('0') && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
