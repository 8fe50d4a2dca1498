//! The verbs of a call that the network knows, their grammar in one table.
//! Only the portable subset; anything else is a fault. Sources: the provider's TwiML reference.

use super::document::Element;

/// Letters a voice says in a second.
const LETTERS_PER_S: usize = 15;
/// How long a recorded prompt plays, in ms.
const PLAY_MS: i64 = 5_000;
/// The longest text one Say takes.
const SAY_LETTERS_MAX: usize = 4_096;
/// The most numbers one Dial rings.
const NUMBERS_MAX: usize = 10;

/// An address to ask, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub url: String,
    pub method: String,
}

/// Where progress is reported, and of what.
#[derive(Clone, Debug)]
pub struct Callback {
    pub target: Target,
    pub events: Vec<String>,
}

/// Something heard: words, a recording, or a pause.
#[derive(Clone, Debug)]
pub struct Talk {
    pub words: Option<String>,
    pub audio: Option<String>,
    pub ms: i64,
}

#[derive(Clone, Debug)]
pub struct Gather {
    pub action: Option<Target>,
    pub digits: Option<usize>,
    pub finish: Option<char>,
    pub timeout_s: i64,
    pub on_empty: bool,
    pub prompts: Vec<Talk>,
}

#[derive(Clone, Debug)]
pub struct Dial {
    pub action: Option<Target>,
    pub timeout_s: i64,
    pub limit_s: i64,
    pub caller_id: Option<String>,
    pub answer_on_bridge: bool,
    pub callees: Vec<Callee>,
}

#[derive(Clone, Debug)]
pub struct Callee {
    pub number: String,
    pub whisper: Option<Target>,
    pub callback: Option<Callback>,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub action: Option<Target>,
    pub timeout_s: i64,
    pub max_s: i64,
    pub finish: String,
    pub callback: Option<Callback>,
}

/// One step of a document.
#[derive(Clone, Debug)]
pub enum Verb {
    Talk(Talk),
    Gather(Gather),
    Dial(Dial),
    Record(Record),
    Redirect(Target),
    Reject { busy: bool },
    Hangup,
}

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

/// Reads the verbs of a document, or says everything that is wrong with it.
pub fn read(root: &Element, any_voice: bool) -> Result<Vec<Verb>, Vec<String>> {
    let mut wrong = Vec::new();
    if root.name != "Response" {
        wrong.push(format!("12100 the root element is <{}>", root.name));
        return Err(wrong);
    }
    judge(root, any_voice, &mut wrong);
    if wrong.is_empty() { Ok(root.elements().map(verb).collect()) } else { Err(wrong) }
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

fn attribute<'a>(element: &'a Element, name: &str) -> &'a str {
    maybe(element, name).unwrap_or_default()
}

fn maybe<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn whole(element: &Element, name: &str, otherwise: i64) -> i64 {
    maybe(element, name).map_or(otherwise, |value| value.parse().expect("a judged number"))
}

fn target(element: &Element, url: &str, method: &str) -> Option<Target> {
    maybe(element, url).map(|url| Target { url: url.to_owned(), method: maybe(element, method).unwrap_or("POST").to_owned() })
}

fn callback(element: &Element, url: &str) -> Option<Callback> {
    let events = maybe(element, &format!("{url}Event")).unwrap_or("completed").split(' ').map(str::to_owned).collect();
    target(element, url, &format!("{url}Method")).map(|target| Callback { target, events })
}

fn verb(element: &Element) -> Verb {
    match element.name.as_str() {
        "Say" | "Play" | "Pause" => Verb::Talk(talk(element)),
        "Gather" => Verb::Gather(gather(element)),
        "Dial" => Verb::Dial(dial(element)),
        "Record" => Verb::Record(record(element)),
        "Redirect" => Verb::Redirect(Target { url: element.text().trim().to_owned(), method: maybe(element, "method").unwrap_or("POST").to_owned() }),
        "Reject" => Verb::Reject { busy: attribute(element, "reason") == "busy" },
        "Hangup" => Verb::Hangup,
        other => unreachable!("<{other}> was judged"),
    }
}

fn talk(element: &Element) -> Talk {
    let times = match whole(element, "loop", 1) {
        0 => 1_000,
        times => times,
    };
    let text = element.text().split_whitespace().collect::<Vec<_>>().join(" ");
    match element.name.as_str() {
        "Say" => {
            let ms = i64::try_from(text.chars().count() * 1_000 / LETTERS_PER_S).expect("a short text");
            Talk { words: Some(text), audio: None, ms: ms * times }
        }
        "Play" if text.is_empty() => Talk { words: None, audio: None, ms: 1_000 },
        "Play" => Talk { words: None, audio: Some(text), ms: PLAY_MS * times },
        _ => Talk { words: None, audio: None, ms: whole(element, "length", 1) * 1_000 },
    }
}

fn gather(element: &Element) -> Gather {
    Gather {
        action: target(element, "action", "method"),
        digits: maybe(element, "numDigits").map(|digits| digits.parse().expect("a judged number")),
        finish: maybe(element, "finishOnKey").unwrap_or("#").chars().next(),
        timeout_s: whole(element, "timeout", 5),
        on_empty: attribute(element, "actionOnEmptyResult") == "true",
        prompts: element.elements().map(talk).collect(),
    }
}

fn dial(element: &Element) -> Dial {
    let number = |element: &Element| Callee { number: element.text().trim().to_owned(), whisper: target(element, "url", "method"), callback: callback(element, "statusCallback") };
    let mut callees: Vec<_> = element.elements().map(number).collect();
    if callees.is_empty() {
        callees.push(Callee { number: element.text().trim().to_owned(), whisper: None, callback: None });
    }
    Dial {
        action: target(element, "action", "method"),
        timeout_s: whole(element, "timeout", 30),
        limit_s: whole(element, "timeLimit", 14_400),
        caller_id: maybe(element, "callerId").map(str::to_owned),
        answer_on_bridge: attribute(element, "answerOnBridge") == "true",
        callees,
    }
}

fn record(element: &Element) -> Record {
    Record {
        action: target(element, "action", "method"),
        timeout_s: whole(element, "timeout", 5),
        max_s: whole(element, "maxLength", 3_600),
        finish: maybe(element, "finishOnKey").unwrap_or("1234567890*#").to_owned(),
        callback: callback(element, "recordingStatusCallback"),
    }
}
