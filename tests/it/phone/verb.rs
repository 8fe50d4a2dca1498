//! The verbs of a call as the interpreter takes them, with the defaults of the reference.

use super::document::Element;
use super::grammar;

/// Letters a voice says in a second.
const LETTERS_PER_S: usize = 15;
/// How long a recorded prompt plays, in ms.
const PLAY_MS: i64 = 5_000;

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

/// Reads the verbs of a document, or says everything that is wrong with it.
pub fn read(root: &Element, any_voice: bool) -> Result<Vec<Verb>, Vec<String>> {
    let wrong = grammar::wrong(root, any_voice);
    if wrong.is_empty() { Ok(root.elements().map(verb).collect()) } else { Err(wrong) }
}

pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> &'a str {
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
