//! What each resource may be asked with: one table of names and kinds, and the check against it.
//! Source: the parameters of the official libraries; only what a line like ours can need is let in,
//! so that a slip of the pen is found.

use crate::phone::grammar::is_url;

/// What a parameter holds.
enum Kind {
    Text,
    Url,
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    Flag,
    Day,
}

const METHOD: Kind = Kind::OneOf(&["GET", "POST"]);
const PAGING: &[(&str, Kind)] = &[("Page", Kind::Whole(0, 100_000)), ("PageSize", Kind::Whole(1, 1_000)), ("PageToken", Kind::Text)];
const CALL_STATUS: Kind = Kind::OneOf(&["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"]);

type Shape = (&'static str, &'static str, &'static [(&'static str, Kind)]);

/// Method, resource (a dot ends its name where one of a kind is meant), parameters.
const SHAPES: &[Shape] = &[
    (
        "POST",
        "Messages.json",
        &[
            ("To", Kind::Text),
            ("From", Kind::Text),
            ("Body", Kind::Text),
            ("StatusCallback", Kind::Url),
            ("ValidityPeriod", Kind::Whole(1, 36_000)),
            ("MessagingServiceSid", Kind::Text),
            ("SmartEncoded", Kind::Flag),
            ("ProvideFeedback", Kind::Flag),
            ("MaxPrice", Kind::Text),
            ("Attempt", Kind::Whole(1, 100)),
            ("ContentRetention", Kind::OneOf(&["retain", "discard"])),
            ("AddressRetention", Kind::OneOf(&["retain", "obfuscate"])),
            ("RiskCheck", Kind::OneOf(&["enable", "disable"])),
        ],
    ),
    ("GET", "Messages.json", &[("To", Kind::Text), ("From", Kind::Text), ("DateSent", Kind::Day), ("DateSent<", Kind::Day), ("DateSent>", Kind::Day)]),
    ("POST", "Messages.", &[("Body", Kind::Text), ("Status", Kind::OneOf(&["canceled"]))]),
    (
        "POST",
        "Calls.json",
        &[
            ("To", Kind::Text),
            ("From", Kind::Text),
            ("Url", Kind::Url),
            ("Method", METHOD),
            ("FallbackUrl", Kind::Url),
            ("FallbackMethod", METHOD),
            ("Twiml", Kind::Text),
            ("StatusCallback", Kind::Url),
            ("StatusCallbackMethod", METHOD),
            ("StatusCallbackEvent", Kind::OneOf(&["initiated", "ringing", "answered", "completed"])),
            ("Timeout", Kind::Whole(1, 600)),
            ("TimeLimit", Kind::Whole(1, 86_400)),
            ("CallReason", Kind::Text),
        ],
    ),
    (
        "GET",
        "Calls.json",
        &[
            ("To", Kind::Text),
            ("From", Kind::Text),
            ("ParentCallSid", Kind::Text),
            ("Status", CALL_STATUS),
            ("StartTime", Kind::Day),
            ("StartTime<", Kind::Day),
            ("StartTime>", Kind::Day),
            ("EndTime", Kind::Day),
            ("EndTime<", Kind::Day),
            ("EndTime>", Kind::Day),
        ],
    ),
    (
        "POST",
        "Calls.",
        &[
            ("Url", Kind::Url),
            ("Method", METHOD),
            ("Status", Kind::OneOf(&["completed", "canceled"])),
            ("FallbackUrl", Kind::Url),
            ("FallbackMethod", METHOD),
            ("StatusCallback", Kind::Url),
            ("StatusCallbackMethod", METHOD),
            ("Twiml", Kind::Text),
            ("TimeLimit", Kind::Whole(1, 86_400)),
        ],
    ),
    ("GET", "Recordings.json", &[("CallSid", Kind::Text), ("DateCreated", Kind::Day), ("DateCreated<", Kind::Day), ("DateCreated>", Kind::Day)]),
    ("GET", "Recordings.", &[("RequestedChannels", Kind::Whole(1, 2))]),
    ("GET", "IncomingPhoneNumbers.json", &[("PhoneNumber", Kind::Text), ("FriendlyName", Kind::Text), ("Beta", Kind::Flag), ("Origin", Kind::Text)]),
    (
        "POST",
        "IncomingPhoneNumbers.",
        &[
            ("FriendlyName", Kind::Text),
            ("SmsUrl", Kind::Url),
            ("SmsMethod", METHOD),
            ("SmsFallbackUrl", Kind::Url),
            ("SmsFallbackMethod", METHOD),
            ("VoiceUrl", Kind::Url),
            ("VoiceMethod", METHOD),
            ("VoiceFallbackUrl", Kind::Url),
            ("VoiceFallbackMethod", METHOD),
            ("VoiceCallerIdLookup", Kind::Flag),
            ("VoiceReceiveMode", Kind::OneOf(&["voice", "fax"])),
            ("VoiceApplicationSid", Kind::Text),
            ("SmsApplicationSid", Kind::Text),
            ("StatusCallback", Kind::Url),
            ("StatusCallbackMethod", METHOD),
        ],
    ),
];

/// What in a request fits no shape.
pub(super) fn wrong(method: &str, path: &[&str], form: &[(String, String)]) -> Vec<String> {
    let (resource, list) = match path {
        ["", resource] => ((*resource).to_owned(), true),
        ["", resource, _] => (format!("{resource}."), false),
        _ => (String::new(), false),
    };
    let shape = SHAPES.iter().find(|(verb, name, _)| *verb == method && *name == resource).map_or(&[][..], |shape| shape.2);
    let paging: &[_] = if method == "GET" && list { PAGING } else { &[] };
    let mut wrong = Vec::new();
    for (key, value) in form {
        match shape.iter().chain(paging).find(|(known, _)| known == key) {
            None => wrong.push(format!("{key} is unknown here")),
            Some((_, kind)) if !holds(kind, value) => wrong.push(format!("{key}={value}")),
            Some(_) => {}
        }
    }
    let single = |key: &str| key != "StatusCallbackEvent" && form.iter().filter(|(other, _)| other == key).count() > 1;
    let twice: std::collections::BTreeSet<_> = form.iter().map(|(key, _)| key).filter(|key| single(key)).collect();
    wrong.extend(twice.iter().map(|key| format!("{key} stands twice")));
    wrong
}

fn holds(kind: &Kind, value: &str) -> bool {
    match kind {
        Kind::Text => true,
        // An empty address takes the setting away.
        Kind::Url => value.is_empty() || is_url(value),
        Kind::Whole(min, max) => value.parse::<i64>().is_ok_and(|value| (*min..=*max).contains(&value)),
        Kind::OneOf(allowed) => allowed.contains(&value),
        Kind::Flag => matches!(value, "true" | "false"),
        Kind::Day => value.len() >= 10 && chrono::NaiveDate::parse_from_str(value.get(..10).unwrap_or_default(), "%Y-%m-%d").is_ok(),
    }
}

/// The published names and kinds, which the official library confirms (`tests/judge/judge.py shapes`).
#[test]
fn the_table_asks_for_nothing_that_is_not_published() {
    let published: serde_json::Value = serde_json::from_str(include_str!("../../../judge/shapes.json")).expect("shapes");
    for (method, resource, parameters) in SHAPES {
        let kind = if *resource == "Recordings." { "wav" } else { "json" };
        let path = resource.strip_suffix('.').map_or_else(|| (*resource).to_owned(), |one| format!("{one}/{{Sid}}.{kind}"));
        let operation = &published["operations"][format!("{method} /2010-04-01/Accounts/{{AccountSid}}/{path}")];
        assert!(operation.is_object(), "{method} {path} is not published");
        for (name, kind) in *parameters {
            let known = &operation["parameters"][*name];
            assert!(!known.is_null(), "{method} {path} has no {name}");
            if let (Kind::OneOf(values), Some(allowed)) = (kind, known.as_array()) {
                assert!(values.iter().all(|value| allowed.contains(&(*value).into())), "{method} {path} {name}: {known}");
            }
        }
    }
}
