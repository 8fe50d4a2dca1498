//! The shape of each verb: which attributes it has, in Twilio's names.

use super::element::Element;
use super::text::readable;
use super::{Dial, Gather, Leg, Prompt, Record, Rejection, Say, Silence, Verb};
use crate::channel::twilio::Profile;

const ACTION: [&str; 2] = ["action", "method"];

impl Verb {
    /// The words it reads, for whoever must shorten them.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Say(say) => vec![&say.text],
            Self::Gather(gather) => gather.prompts.iter().filter_map(Prompt::text).collect(),
            Self::Play { .. }
            | Self::Pause { .. }
            | Self::Dial(_)
            | Self::Record(_)
            | Self::Redirect { .. }
            | Self::Reject { .. }
            | Self::Hangup => Vec::new(),
        }
    }

    /// Its elements: none for words that are blank, several for words that are long.
    pub(super) fn elements(&self, profile: &Profile, characters_max: usize) -> Vec<Element> {
        match self {
            Self::Say(words) => say(words, profile, characters_max),
            Self::Play { url } => vec![play(url)],
            Self::Pause { seconds } => vec![pause(*seconds)],
            Self::Gather(keys) => vec![gather(keys, profile, characters_max)],
            Self::Dial(phones) => vec![dial(phones, profile)],
            Self::Record(recording) => vec![record(recording, profile)],
            Self::Redirect { url } => vec![Element::new("Redirect").attribute("method", "POST").words(&profile.step_url(url))],
            Self::Reject { reason } => vec![Element::new("Reject").attribute("reason", reason.name())],
            Self::Hangup => vec![Element::new("Hangup")],
        }
    }
}

impl Prompt {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Say(say) => Some(&say.text),
            Self::Play { .. } | Self::Pause { .. } => None,
        }
    }

    fn elements(&self, profile: &Profile, characters_max: usize) -> Vec<Element> {
        match self {
            Self::Say(words) => say(words, profile, characters_max),
            Self::Play { url } => vec![play(url)],
            Self::Pause { seconds } if profile.pause_in_gather => vec![pause(*seconds)],
            Self::Pause { .. } => Vec::new(),
        }
    }
}

impl Rejection {
    const fn name(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Rejected => "rejected",
        }
    }
}

fn say(say: &Say, profile: &Profile, characters_max: usize) -> Vec<Element> {
    let voice = if profile.voices { say.voice.voice.as_str() } else { "" };
    let element = |text: &String| Element::new("Say").given("language", &say.voice.language).given("voice", voice).words(text);
    readable(&say.text, characters_max).iter().map(element).collect()
}

fn play(url: &str) -> Element {
    Element::new("Play").words(url)
}

fn pause(seconds: u32) -> Element {
    Element::new("Pause").attribute("length", &seconds.to_string())
}

/// Everything is an answer: `#` and `*` with `finishOnKey=""`, silence with `actionOnEmptyResult`
/// (<https://www.twilio.com/docs/voice/twiml/gather>).
fn gather(gather: &Gather, profile: &Profile, characters_max: usize) -> Element {
    let any_number = gather.digits == 0;
    let digits = if any_number { String::new() } else { gather.digits.to_string() };
    let finish = gather.finish_on_key.or(any_number.then_some('#')).map(String::from).unwrap_or_default();
    Element::new("Gather")
        .attribute("input", "dtmf")
        .given("numDigits", &digits)
        .attribute("finishOnKey", &finish)
        .attribute("timeout", &gather.timeout_s.to_string())
        .attribute("actionOnEmptyResult", if gather.silence == Silence::Told { "true" } else { "false" })
        .called(ACTION, &profile.step_url(&gather.action))
        .with(gather.prompts.iter().flat_map(|prompt| prompt.elements(profile, characters_max)).collect())
}

/// `answerOnBridge` keeps the caller's own ringing until somebody answers; a dial nobody waits
/// for the end of is the static fallback's, where the call has been answered already.
fn dial(dial: &Dial, profile: &Profile) -> Element {
    let answer = if dial.action.is_empty() { "" } else { "true" };
    let limit = if dial.time_limit_s == 0 { String::new() } else { dial.time_limit_s.to_string() };
    let tone = dial.ring_tone.as_deref().filter(|_| profile.ring_tone).unwrap_or_default();
    Element::new("Dial")
        .given("answerOnBridge", answer)
        .attribute("timeout", &dial.timeout_s.to_string())
        .given("timeLimit", &limit)
        .given("callerId", &dial.caller_id)
        .given("ringTone", tone)
        .called(ACTION, &profile.report_url(&dial.action))
        .with(dial.legs.iter().map(|phone| leg(phone, profile)).collect())
}

fn leg(leg: &Leg, profile: &Profile) -> Element {
    let events = if leg.status_callback.is_empty() { "" } else { "initiated ringing answered completed" };
    Element::new("Number")
        .called(["url", "method"], &profile.step_url(leg.url.as_deref().unwrap_or_default()))
        .given("statusCallbackEvent", events)
        .called(["statusCallback", "statusCallbackMethod"], &profile.report_url(&leg.status_callback))
        .words(&leg.number)
}

/// `absent` tells us that there will be no file, so that nobody waits for one
/// (<https://www.twilio.com/docs/voice/twiml/record>).
fn record(record: &Record, profile: &Profile) -> Element {
    Element::new("Record")
        .attribute("maxLength", &record.max_length_s.to_string())
        .attribute("timeout", &record.silence_s.to_string())
        .attribute("finishOnKey", &record.finish_on_key.map(String::from).unwrap_or_default())
        .attribute("playBeep", "true")
        .attribute("trim", "trim-silence")
        .called(ACTION, &profile.report_url(&record.action))
        .given("recordingStatusCallbackEvent", if record.recording_callback.is_empty() { "" } else { "completed absent" })
        .called(["recordingStatusCallback", "recordingStatusCallbackMethod"], &profile.report_url(&record.recording_callback))
}
